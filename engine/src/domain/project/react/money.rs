//! What is said about money and periods, to the client and to the staff.

use std::borrow::Cow;

use chrono::{Datelike, Months, NaiveDate, NaiveTime};

use super::super::announce_period::first_task;
use super::super::card::card;
use super::{Scene, send, to_staff};
use crate::domain::definition::{self, FieldKind, Gate, Kind, Period, Term, Text, Unit};
use crate::domain::effect::{Arg, Face, Notify, ResultLine};
use crate::domain::field::{FileRef, Value};
use crate::domain::money::Money;
use crate::domain::project::ProjectEvent;
use crate::domain::project::event::ContentRef;
use crate::domain::project::payment::{Payment, PaymentState};
use crate::domain::project::state::{Project, Status, Task};
use crate::domain::{Effect, PaymentId, TaskId};

/// How long an invoice may wait when no task says so.
const USUAL_TERM: Term = Term { hundredths: 300, unit: Unit::BusinessDays };

/// Messages to the client about an invoice, money that came in, or the end.
pub(super) fn tell_client(scene: &Scene<'_>) -> Vec<Effect> {
    if let ProjectEvent::PaymentInvoiced { payment, file, .. } = &scene.fact.event {
        return invoiced(scene, payment, file.as_ref()).into_iter().map(send).collect();
    }
    if let ProjectEvent::PaymentReceived { payment, amount, .. } = &scene.fact.event {
        return received(scene, payment, amount).into_iter().map(send).collect();
    }
    closed(scene)
}

/// The staff hears that the days of a period are known, which may be before the first of them.
pub(super) fn began(scene: &Scene<'_>, period: u32) -> Vec<Effect> {
    let mut said = overview(scene);
    said.push(("number".into(), Arg::Number(i64::from(period))));
    said.push(("period".into(), period_words(scene, period)));
    vec![send(to_staff("period", "staff-period-began", said, Face::Post))]
}

/// The staff hears of an invoice; whoever typed its number into the card sees it there.
pub(super) fn staff_invoiced(scene: &Scene<'_>, payment: &PaymentId, number: &str) -> Vec<Effect> {
    if is_open(scene, payment) {
        return Vec::new();
    }
    let mut said = about(scene, payment);
    said.push(("number".into(), Arg::Text(number.to_owned())));
    vec![send(to_staff("payment", "staff-payment-invoiced", said, Face::Post))]
}

/// The staff hears of money, and the cards of tasks that waited for it change.
pub(super) fn staff_received(
    scene: &Scene<'_>,
    payment: &PaymentId,
    amount: &Money,
    reason: Option<&ContentRef>,
) -> Vec<Effect> {
    let mut said = about(scene, payment);
    said.retain(|(name, _)| name != "amount");
    said.push(("amount".into(), Arg::Money(amount.clone())));
    said.extend(because(reason));
    let key = if amount.minor < 0 { "staff-payment-corrected" } else { "staff-payment-received" };
    let news = send(to_staff("payment", key, said, Face::Post));
    std::iter::once(news).chain(waiting_cards(scene, payment)).collect()
}

/// The staff hears that nobody waits for this money any more.
pub(super) fn staff_cancelled(scene: &Scene<'_>, payment: &PaymentId, reason: &ContentRef) -> Vec<Effect> {
    let mut said = about(scene, payment);
    said.extend(because(Some(reason)));
    vec![send(to_staff("payment", "staff-payment-cancelled", said, Face::Post))]
}

fn because(reason: Option<&ContentRef>) -> Option<(String, Arg)> {
    Some(("reason".into(), Arg::Contents(vec![reason?.content.clone()])))
}

/// The first task of a later period can start: the client hears that the period begins, if it does.
pub(super) fn period_starts(scene: &Scene<'_>, id: &TaskId) -> Vec<Effect> {
    let begins = scene.project.begins(id, &scene.world.calendar);
    let is_early = begins.is_some_and(|begins| begins > scene.fact.at);
    let is_first = first_task(scene.project, id.period()).is_some_and(|first| first.id == *id);
    if id.period() == 1 || !is_first || is_early { Vec::new() } else { announced(scene, id.period()) }
}

/// A later period begins.
pub(super) fn announced(scene: &Scene<'_>, period: u32) -> Vec<Effect> {
    let ours = || scene.project.tasks.iter().filter(|task| task.id.period() == period);
    let Some(id) = ours().next().map(|first| &first.id) else { return Vec::new() };
    let title = scene.project.plan(id).map_or_else(Text::default, |plan| plan.title.clone());
    let said = vec![
        ("period".into(), period_words(scene, period)),
        ("tasks".into(), Arg::Number(i64::try_from(ours().count()).unwrap_or(i64::MAX))),
        ("next".into(), Arg::Words(title)),
    ];
    // Said anew only if an approval before it was taken back, and then in the same place.
    let face = Face::Replace(scene.slot(id, 1, "period"));
    vec![send(scene.to_client("period", "month-starts", said, face))]
}

/// Whether the client was asked for this money before the task began.
pub(super) fn was_invoiced(scene: &Scene<'_>, task: &TaskId) -> bool {
    payment_of(scene.project, task).is_some_and(|payment| payment.invoice.is_some())
}

/// Whether the client heard that the money of this task came, when it came.
pub(super) fn was_received(scene: &Scene<'_>, task: &TaskId) -> bool {
    payment_of(scene.project, task).is_some_and(|payment| !payment.receipts.is_empty())
}

fn payment_of<'a>(project: &'a Project, task: &TaskId) -> Option<&'a Payment> {
    project.payment(&project.payment_of(task)?)
}

/// The words about money and time that messages about a task may use.
pub(super) fn words(scene: &Scene<'_>, task: &Task, plan: &definition::Task) -> Vec<(String, Arg)> {
    let next = u32::from(plan.pays_for == Some(Period::Next));
    let is_payment = plan.kind == Kind::Payment;
    let words = if is_payment { paid_period_words } else { period_words };
    let mut found = vec![("period".into(), words(scene, task.id.period() + next))];
    if is_payment {
        let amount = amount_due(scene, &task.id);
        found.push(("amount".into(), amount.map_or_else(|| Arg::Text("—".into()), Arg::Money)));
        let term = plan.due.unwrap_or(USUAL_TERM);
        let until = task.due.unwrap_or_else(|| scene.world.calendar.plus(scene.fact.at, term));
        found.push(("until".into(), Arg::Date(until)));
    }
    found
}

/// What the client has to pay for a payment task; for any other task the price.
pub(super) fn amount_due(scene: &Scene<'_>, task: &TaskId) -> Option<Money> {
    let price = || scene.project.opened.as_ref()?.price.clone();
    payment_of(scene.project, task).and_then(to_pay).or_else(price)
}

/// What is still open, or all of it when nothing is.
fn to_pay(payment: &Payment) -> Option<Money> {
    let open = payment.open_amount().filter(|open| open.minor > 0);
    open.or_else(|| payment.due().cloned())
}

/// A period that is paid for: by its number while nobody knows its days, because a month that was guessed would be
/// taken for what was paid.
fn paid_period_words(scene: &Scene<'_>, number: u32) -> Arg {
    let is_open = scene.project.repeats().is_some() && scene.project.dates_of(number).is_none();
    if is_open { Arg::Text(number.to_string()) } else { period_words(scene, number) }
}

/// A calendar month by its name, any other period by its days; a guess by the month while it has none.
fn period_words(scene: &Scene<'_>, number: u32) -> Arg {
    let calendar = &scene.world.calendar;
    let month = |day: NaiveDate| Arg::Date(calendar.instant(day.and_time(NaiveTime::MIN)));
    let Some((from, until)) = scene.project.dates_of(number) else {
        let first = scene.project.periods.first().map_or(1, |period| period.number);
        let today = calendar.local(scene.fact.at).date();
        let later = Months::new(number.saturating_sub(first));
        return month(today.checked_add_months(later).unwrap_or(today));
    };
    let is_month = from.day() == 1 && from.checked_add_months(Months::new(1)) == until.succ_opt();
    if is_month {
        return month(from);
    }
    let value = Some(Value::DateRange(from, until));
    let line = ResultLine::plain(FieldKind::DateRange, value);
    Arg::Result(vec![line])
}

/// The task that speaks for a payment: its own, or one like it that is not there yet.
fn speaker<'a>(
    scene: &'a Scene<'_>,
    id: &PaymentId,
) -> Option<(Option<&'a TaskId>, Cow<'a, Task>, &'a definition::Task)> {
    let own = scene.project.payment(id).and_then(|payment| payment.task.as_ref());
    if let Some((task, plan)) = own.and_then(|task| scene.task(task)) {
        return Some((own, Cow::Borrowed(task), plan));
    }
    let opened = scene.project.opened.as_ref()?;
    let plan = opened.definition.tasks().find(|plan| plan.kind == Kind::Payment)?;
    Some((None, Cow::Owned(Task::new(TaskId(plan.id.clone()))), plan))
}

/// A message about a payment in the words of its task; those of a payment without one are put right.
fn said(scene: &Scene<'_>, id: &PaymentId, amount: Option<Money>) -> Vec<(String, Arg)> {
    let Some((own, task, plan)) = speaker(scene, id) else { return Vec::new() };
    let mut said = super::client::words(scene, &task, plan);
    let mut put = |name: &str, arg: Arg| {
        said.retain(|(known, _)| known != name);
        said.push((name.to_owned(), arg));
    };
    if own.is_none() {
        let period = id.as_str().parse().unwrap_or(1);
        put("period", paid_period_words(scene, period));
        let open = scene.project.payment(id).and_then(to_pay);
        put("amount", open.map_or_else(|| Arg::Text("—".into()), Arg::Money));
    }
    if let Some(amount) = amount {
        put("amount", Arg::Money(amount));
    }
    said
}

/// The client is asked once: by the start of the task, or by the invoice if that comes first or brings a file.
fn invoiced(scene: &Scene<'_>, id: &PaymentId, file: Option<&FileRef>) -> Option<Notify> {
    let (own, task, plan) = speaker(scene, id)?;
    let message = plan.start_message.as_ref()?;
    if own.is_some() && task.started && file.is_none() {
        return None;
    }
    let mut message = scene.to_client("invoice", message, said(scene, id, None), Face::Post);
    message.files = file.into_iter().cloned().collect();
    Some(message)
}

/// Money came in; a correction of ours is no news for the client.
fn received(scene: &Scene<'_>, id: &PaymentId, amount: &Money) -> Option<Notify> {
    let payment = scene.project.payment(id).filter(|_| amount.minor > 0)?;
    let (own, task, plan) = speaker(scene, id)?;
    let message = plan.finish_message.as_ref()?;
    let mut words = said(scene, id, Some(amount.clone()));
    let open = payment.open_amount().filter(|open| open.minor > 0);
    if let (PaymentState::PartlyPaid, Some(open)) = (payment.state(), open) {
        words.push(("rest".into(), Arg::Money(open)));
        return Some(scene.to_client("finish", "payment-part-received", words, Face::Post));
    }
    let face = own.map_or(Face::Post, |own| Face::PostAs(scene.slot(own, task.round, "finish")));
    Some(scene.to_client("finish", message, words, face))
}

/// The end: what waited for a decision waits no more; a deal that was lost needs no farewell.
fn closed(scene: &Scene<'_>) -> Vec<Effect> {
    let Some(closed) = &scene.project.closed else { return Vec::new() };
    let waiting = closed.left.iter().filter_map(|id| scene.project.task(id));
    let waiting = waiting.filter(|task| task.result_sha256.is_some()).map(|task| {
        let face = Face::Append(scene.slot(&task.id, task.round, "finish"));
        send(scene.to_client("outcome", "task-cancelled", Vec::new(), face))
    });
    let title = scene.project.opened.as_ref().map(|opened| opened.definition.title.clone());
    let words = vec![("project".into(), Arg::Words(title.unwrap_or_default()))];
    let farewell = scene.to_client("project", "project-finished", words, Face::Post);
    waiting.chain((!closed.lost).then(|| send(farewell))).collect()
}

fn overview(scene: &Scene<'_>) -> Vec<(String, Arg)> {
    let Some(opened) = &scene.project.opened else { return Vec::new() };
    vec![
        ("client".into(), Arg::Text(scene.client.name.clone())),
        ("project".into(), Arg::Text(opened.project.0.clone())),
        ("service".into(), Arg::Words(opened.definition.title.clone())),
    ]
}

/// A payment for the staff: whose, for what, how much, by whom.
fn about(scene: &Scene<'_>, id: &PaymentId) -> Vec<(String, Arg)> {
    let mut found = overview(scene);
    let payment = scene.project.payment(id);
    let amount = payment.and_then(to_pay);
    found.push(("payment".into(), Arg::Text(id.0.clone())));
    found.push(("amount".into(), amount.map_or_else(|| Arg::Text("—".into()), Arg::Money)));
    let state = payment.map_or(PaymentState::NotInvoiced, Payment::state).word().replace('_', "-");
    found.push(("state".into(), Arg::Key(format!("payment-state-{state}"))));
    let by = scene.fact.by.person().cloned();
    found.push(("person".into(), by.map_or_else(|| Arg::Text("signoff".into()), Arg::Person)));
    found
}

fn is_open(scene: &Scene<'_>, id: &PaymentId) -> bool {
    let task = scene.project.payment(id).and_then(|payment| scene.project.task(payment.task.as_ref()?));
    task.is_some_and(|task| task.status.is_open())
}

/// Cards of tasks in work that wait for this money: what is missing there has changed.
fn waiting_cards(scene: &Scene<'_>, id: &PaymentId) -> Vec<Effect> {
    let waits = |task: &&Task| {
        let plan = scene.project.plan(&task.id);
        let gates = plan.into_iter().flat_map(|plan| plan.start_needs.iter().chain(&plan.finish_needs));
        let ours = |which: Period| {
            scene.project.payment_behind(&task.id, which).is_some_and(|payment| payment.id == *id)
        };
        let mut paid =
            gates.filter_map(|gate| if let Gate::Paid(which) = gate { Some(*which) } else { None });
        let is_own = scene.project.payment_of(&task.id).as_ref() == Some(id);
        matches!(task.status, Status::InProgress | Status::Paused) && (is_own || paid.any(ours))
    };
    let tasks = scene.project.tasks.iter().filter(waits);
    tasks
        .filter_map(|task| {
            Some(send(card(scene.project, task, scene.project.plan(&task.id)?, &scene.client.name)))
        })
        .collect()
}

/// The cards of what was left open, and the news.
pub(super) fn ended(scene: &Scene<'_>, reason: Option<&ContentRef>, lost: bool) -> Vec<Effect> {
    let left = scene.project.closed.iter().flat_map(|closed| &closed.left);
    let cards = left.filter_map(|id| scene.task(id));
    let cards = cards.map(|(task, plan)| card(scene.project, task, plan, &scene.client.name));
    let mut said = overview(scene);
    let by = scene.fact.by.person().cloned();
    said.push(("person".into(), by.map_or_else(|| Arg::Text("signoff".into()), Arg::Person)));
    said.extend(because(reason));
    let key = if lost { "staff-project-lost" } else { "staff-project-closed" };
    let news = to_staff("finished", key, said, Face::Post);
    cards.chain([news]).map(send).collect()
}
