//! Given, when, then for the decisions of a project.

mod orders;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Duration, TimeZone, Utc};
use sha2::{Digest, Sha256};

use super::event::{ContentRef, FilledBy, ProjectEvent};
use super::{Project, ProjectCommand, decide};
use crate::domain::agency::Agency;
use crate::domain::calendar::weekdays;
use crate::domain::definition::{
    Approval, Button, CountedFrom, Definition, Every, Field, FieldKind, Form, Gate, Item, Kind, Months,
    NextRound, Period, Price, Reminder, ReminderClock, ReminderWhen, Repeats, Rules, Share, Stage, Task,
    Term, Text, Unit,
};
use crate::domain::envelope::AnswerTerms;
use crate::domain::field::{Entered, FileRef};
use crate::domain::money::Money;
use crate::domain::refusal::Missing;
use crate::domain::{Actor, Asked, Fact, Origin, PersonId, Refusal, Round, StreamId, Timestamp, World};

pub use orders::*;

/// A project and who speaks next.
#[derive(Clone)]
pub struct Given {
    pub state: Project,
    by: Actor,
    at: Timestamp,
    reached: Option<Timestamp>,
}

/// What a command led to.
pub struct Then(pub Result<Vec<ProjectEvent>, Refusal>);
impl Given {
    pub fn by(mut self, person: &str) -> Self {
        self.by = Actor::Person(person.into());
        self
    }

    /// Whoever has the address speaks next.
    pub fn by_link(mut self) -> Self {
        self.by = Actor::LinkHolder;
        self
    }

    pub fn later(mut self, seconds: i64) -> Self {
        self.at += Duration::seconds(seconds);
        self
    }

    /// The template says something else about a task.
    pub fn planned(mut self, task: &str, change: impl FnOnce(&mut Task)) -> Self {
        let opened = self.state.opened.as_mut().unwrap();
        let stages = &mut Arc::make_mut(&mut opened.definition).stages;
        change(stages.iter_mut().flat_map(|stage| &mut stage.tasks).find(|found| found.id == task).unwrap());
        self
    }

    /// The agency's rules about gates are others.
    pub fn ruled(mut self, change: impl FnOnce(&mut Rules)) -> Self {
        let opened = self.state.opened.as_mut().unwrap();
        change(&mut Arc::make_mut(&mut opened.definition).rules);
        self
    }

    /// A timer speaks next, at this local time.
    pub fn at(mut self, local: &str) -> Self {
        let local = chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap();
        (self.by, self.at) = (Actor::Timer, weekdays().instant(local));
        self
    }

    /// Nothing reaches the client's chat.
    pub fn unheard(mut self) -> Self {
        self.reached = None;
        self
    }

    /// What the client was sent reached it at this local time.
    pub fn reached(mut self, local: &str) -> Self {
        self.reached = Some(self.clone().at(local).at);
        self
    }

    /// Every timer that is wanted, with its local time.
    pub fn timers(&self) -> Vec<String> {
        let calendar = weekdays();
        let local = |at| calendar.local(at).format("%a %m-%d %H:%M");
        let wanted = self.state.timers(&calendar).into_iter();
        wanted.map(|(key, (due, _))| format!("{} {}", local(due), key.replace("smm-test/", ""))).collect()
    }

    pub fn without(mut self, role: &str) -> Self {
        self.state.opened.as_mut().unwrap().assigned.remove(role);
        self
    }

    pub fn given(&self, command: ProjectCommand) -> Self {
        let events = decide(&self.state, &self.asked(command)).unwrap();
        let mut next = self.clone();
        for event in events {
            let fact = next.fact(event);
            next.state = next.state.with(&fact);
        }
        next
    }

    pub fn when(&self, command: ProjectCommand) -> Then {
        Then(decide(&self.state, &self.asked(command)))
    }

    pub fn statuses(&self) -> Vec<&'static str> {
        self.state.tasks.iter().map(|task| task.status.word()).collect()
    }

    /// What is due for a payment altogether.
    pub fn due(&self, payment: &str) -> Option<String> {
        self.state.payment(&payment.into()).unwrap().due().map(ToString::to_string)
    }

    /// What is still to be paid.
    pub fn open(&self, payment: &str) -> Option<String> {
        self.state.payment(&payment.into()).unwrap().open_amount().map(|open| open.to_string())
    }

    pub fn payment_state(&self, payment: &str) -> &'static str {
        self.state.payment(&payment.into()).unwrap().state().word()
    }

    /// The same with one more field, an expense.
    pub fn spending(self, task: &str, id: &str) -> Self {
        let mut expense = field(id, FieldKind::Money, false);
        expense.is_expense = true;
        self.planned(task, |plan| {
            plan.result.retain(|field| field.id != id);
            plan.result.push(expense);
        })
    }

    /// The same with a choice that ends the project.
    pub fn ending(self, task: &str, id: &str, option: &str) -> Self {
        let mut choice = field(id, FieldKind::Choice, false);
        choice.options = vec![(option.into(), Text::plain(option))];
        self.planned(task, |plan| {
            plan.result.push(choice);
            plan.ends_project_if = Some((id.into(), option.into()));
        })
    }

    pub fn round(&self, task: &str) -> Round {
        self.state.task(&task.into()).unwrap().round
    }

    fn asked(&self, command: ProjectCommand) -> Asked<ProjectCommand> {
        Asked {
            command_id: "c".into(),
            at: self.at,
            by: self.by.clone(),
            world: World { reached: self.reached, ..world(&self.by) },
            command,
        }
    }

    pub fn fact(&self, event: ProjectEvent) -> Fact<ProjectEvent> {
        Fact {
            position: self.state.version + 1,
            stream: StreamId::of("project", "smm-test"),
            version: self.state.version + 1,
            command_id: "c".into(),
            cause: None,
            origin: Origin::Input,
            by: self.by.clone(),
            at: self.at,
            event,
        }
    }
}

impl Then {
    pub fn then(self, kinds: &[&str]) {
        let events = self.0.unwrap();
        let tag =
            |event: &ProjectEvent| serde_json::to_value(event).unwrap()["type"].as_str().unwrap().to_owned();
        assert_eq!(events.iter().map(tag).collect::<Vec<_>>(), kinds);
    }

    pub fn refused(self, code: &str) {
        assert_eq!(self.0.unwrap_err().code(), code);
    }

    pub fn missing(self, wanted: &[&str]) {
        let refusal = self.0.unwrap_err();
        let word = |missing: &Missing| match missing {
            Missing::Field { field, .. } => format!("field {field}"),
            Missing::More { field, .. } => format!("more {field}"),
            Missing::Gate { gate } => format!("gate {gate}"),
            Missing::Checklist { item, .. } => format!("checklist {item}"),
            Missing::Button { button, .. } => format!("button {button}"),
            Missing::Role { role } => format!("role {role}"),
            Missing::Task { task, .. } => format!("task {task}"),
            Missing::Approval { task, .. } => format!("approval {task}"),
            Missing::OtherFile { field, approved, .. } => format!("other {field} {approved}"),
            Missing::Outside { field, rows, .. } => format!("outside {field} {rows:?}"),
            Missing::Handoff { need } => format!("handoff {need}"),
        };
        assert_eq!(refusal.missing().iter().map(word).collect::<Vec<_>>(), wanted);
    }
}

fn staff() -> Agency {
    let people = ["olena", "maksym", "taras", "nadiia", "iryna", "ihor"];
    let people = people.into_iter().map(|person| (person.into(), BTreeSet::new())).collect();
    Agency { people, ..Agency::default() }
}

fn world(by: &Actor) -> World {
    let role = by.person().and_then(|person| match person.as_str() {
        "olena" => Some("pm"),
        "ihor" => Some("head"),
        _ => None,
    });
    World {
        calendar: Arc::new(weekdays()),
        staff: Arc::new(staff()),
        roles: role.into_iter().map(str::to_owned).collect(),
        approvers: BTreeSet::from(["sofiia".into(), "petro".into()]),
        client: None,
        answer: AnswerTerms::default(),
        reached: None,
    }
}

pub fn field(id: &str, kind: FieldKind, required: bool) -> Field {
    Field {
        id: id.into(),
        was: Vec::new(),
        title: Text::plain(id),
        kind,
        required,
        at_least: None,
        client_sees: true,
        options: Vec::new(),
        items: Vec::new(),
        columns: Vec::new(),
        within: None,
        hint: None,
        is_expense: false,
        sets_price: false,
        saves_to: None,
    }
}

pub fn task(id: &str, assignee: &str) -> Task {
    Task {
        id: id.into(),
        was: Vec::new(),
        title: Text::plain(id),
        kind: Kind::Work,
        months: Months::Every,
        after: None,
        assignee: assignee.into(),
        auditor: Some("pm".into()),
        minutes: 60,
        time: Vec::new(),
        inputs: Vec::new(),
        due: Some(Term { hundredths: 200, unit: Unit::BusinessDays }),
        approval: Approval::None,
        approve_after_silence: None,
        rework_rounds: None,
        stays_open: false,
        start_message: Some("task-started".into()),
        finish_message: Some("task-finished".into()),
        instructions: None,
        checklist: Vec::new(),
        result: Vec::new(),
        buttons: Vec::new(),
        start_needs: Vec::new(),
        finish_needs: Vec::new(),
        remind: Vec::new(),
        pays_for: None,
        amount: None,
        ends_project_if: None,
    }
}

fn button(id: &str, title: &str) -> Button {
    Button {
        id: id.into(),
        was: Vec::new(),
        title: Text::plain(title),
        needs: Vec::new(),
        needs_form: None,
        once: false,
        send_form: None,
        tell_client: None,
        tell_staff: None,
        ask_agreement: None,
        ask_access: None,
        access_title: None,
    }
}

/// Three tasks: `brief` by the PM, `plan` by maksym with approval, `ads` by taras with a button.
pub fn definition() -> Definition {
    let mut brief = task("brief", "pm");
    brief.auditor = None;
    brief.finish_needs = vec![Gate::Form("smm-brief".into())];
    brief.buttons = vec![Button { send_form: Some("smm-brief".into()), ..button("send", "Send the brief") }];
    brief.remind = vec![Reminder {
        when: ReminderWhen::FormNotReceived,
        form: Some("smm-brief".into()),
        access: None,
        clock: ReminderClock::After(Term { hundredths: 200, unit: Unit::BusinessDays }),
        tell_client: Some("brief-reminder".into()),
        tell_staff: None,
        repeat: None,
        then_tell_staff: None,
    }];
    let mut plan = task("plan", "smm");
    plan.approval = Approval::Required;
    plan.result = vec![field("link", FieldKind::Link, true), field("posts", FieldKind::Number, true)];
    let line = |optional| Item { text: Text::plain("line"), optional, needs_note: false, lists_risks: false };
    plan.checklist = vec![line(false), line(true)];
    let mut ads = task("ads", "ads");
    ads.result = vec![field("budget", FieldKind::Money, false)];
    ads.buttons = vec![Button {
        needs: vec!["budget".into()],
        once: true,
        tell_client: Some("ad-launched".into()),
        ..button("launched", "Ad launched")
    }];
    ads.finish_needs = vec![Gate::Button("launched".into())];
    let stage =
        Stage { id: "all".into(), title: Text::plain("all"), goal: None, tasks: vec![brief, plan, ads] };
    let questions =
        vec![field("business", FieldKind::LongText, true), field("budget", FieldKind::Money, false)];
    let form = Form {
        id: "smm-brief".into(),
        title: Text::plain("Brief"),
        intro: None,
        questions,
        google_form: None,
    };
    Definition {
        service: "smm".into(),
        title: Text::plain("SMM"),
        price: None,
        repeats: None,
        languages: vec!["uk".into()],
        accept_within: Some(Term { hundredths: 400, unit: Unit::BusinessHours }),
        rules: Rules::default(),
        stages: vec![stage],
        forms: vec![form],
        hash: "h".into(),
    }
}

/// A service by the month: `work` in the first one, then `report` and `payment`, for 24000 UAH.
pub fn monthly(next_round: NextRound) -> Given {
    opened_as(month_by_month(next_round))
}

/// The same, opened at a local time, with a reminder of the payment `days` business days before the period ends.
pub fn monthly_since(local: &str, every: Every, days: u32) -> Given {
    let mut definition = month_by_month(NextRound::WhenPaid);
    definition.repeats.as_mut().unwrap().every = every;
    let term = Term { hundredths: days * 100, unit: Unit::BusinessDays };
    definition.stages[0].tasks[2].remind = vec![Reminder {
        when: ReminderWhen::PaymentNotReceived,
        form: None,
        access: None,
        clock: ReminderClock::BeforePeriodEnd(term),
        tell_client: Some("payment-reminder".into()),
        tell_staff: None,
        repeat: None,
        then_tell_staff: None,
    }];
    let empty = nothing(Actor::Operator, Timestamp::UNIX_EPOCH);
    empty.at(local).by("olena").given(open_with(definition))
}

pub fn month_by_month(next_round: NextRound) -> Definition {
    let mut work = task("work", "pm");
    work.months = Months::First;
    work.finish_needs = vec![Gate::Paid(Period::This)];
    let mut payment = payment("payment");
    payment.pays_for = Some(Period::Next);
    let mut definition = definition();
    definition.price = Some(Price { amount: uah("24000 UAH"), per: Some(Every::Month) });
    let counted_from = CountedFrom::ProjectStart;
    definition.repeats = Some(Repeats { every: Every::Month, counted_from, next_round });
    definition.stages[0].tasks = vec![work, task("report", "pm"), payment];
    for plan in &mut definition.stages[0].tasks {
        plan.auditor = None;
    }
    definition
}

/// A service without a price: `work`, then `payment`.
pub fn unpriced(amount: Option<Share>) -> Given {
    let mut definition = definition();
    let mut pay = payment("payment");
    pay.amount = amount;
    definition.stages[0].tasks = vec![task("work", "pm"), pay];
    opened_as(definition).by("nadiia")
}

/// A campaign whose quotation waits for the client; half of the total in advance, the rest at the end.
pub fn quoted(total: &str) -> Given {
    let mut quotation = task("quotation", "pm");
    (quotation.auditor, quotation.approval) = (None, Approval::Required);
    let mut sum = field("total", FieldKind::Money, true);
    sum.sets_price = true;
    quotation.result = vec![sum];
    let (mut advance, mut last) = (payment("advance"), payment("final"));
    (advance.amount, last.amount) = (Some(Share::Percent(5_000)), Some(Share::Rest));
    let mut definition = definition();
    definition.stages[0].tasks = vec![quotation, advance, last];
    opened_as(definition)
        .given(start("quotation"))
        .given(set("quotation", &[("total", total)]))
        .given(submit("quotation"))
}

fn payment(id: &str) -> Task {
    let mut plan = task(id, "accountant");
    (plan.kind, plan.auditor) = (Kind::Payment, None);
    let (amount, on) = (field("amount", FieldKind::Money, true), field("paid_on", FieldKind::Date, true));
    plan.result = vec![field("invoice", FieldKind::Text, false), amount, on];
    plan
}

pub fn uah(text: &str) -> Money {
    Money::parse(text, None).unwrap()
}

pub fn open_command() -> ProjectCommand {
    open_with(definition())
}

pub fn open_with(definition: Definition) -> ProjectCommand {
    let people = [("pm", "olena"), ("smm", "maksym"), ("ads", "taras"), ("accountant", "nadiia")];
    let assigned: BTreeMap<String, PersonId> =
        people.iter().map(|(role, person)| ((*role).to_owned(), PersonId::from(*person))).collect();
    ProjectCommand::OpenProject {
        project: "smm-test".into(),
        client: "ranok".into(),
        definition: Arc::new(definition),
        assigned,
        price: None,
        promised: Box::default(),
    }
}

/// Nothing is opened yet.
pub fn empty() -> Given {
    let at = Utc.with_ymd_and_hms(2026, 11, 23, 8, 0, 0).unwrap();
    nothing(Actor::Person("olena".into()), at)
}

pub fn opened() -> Given {
    opened_as(definition())
}

/// No project yet; whatever is sent reaches the client at once.
fn nothing(by: Actor, at: Timestamp) -> Given {
    Given { state: Project::default(), by, at, reached: Some(Timestamp::UNIX_EPOCH) }
}

pub fn opened_as(definition: Definition) -> Given {
    empty().given(open_with(definition))
}

fn worker(task: &str) -> &'static str {
    match task {
        "brief" => "olena",
        "plan" => "maksym",
        _ => "taras",
    }
}

/// The task in progress, everything before it completed, its assignee speaking.
pub fn in_progress(task: &str) -> Given {
    let before = match task {
        "brief" => opened(),
        "plan" => completed("brief"),
        _ => completed("plan"),
    };
    before.by(worker(task)).given(start(task))
}

pub fn ready_to_submit(task: &str) -> Given {
    let working = in_progress(task);
    match task {
        "brief" => working.given(receive_by_staff(&["business"])),
        "plan" => {
            working.given(set("plan", &[("link", "https://a.ua"), ("posts", "9")])).given(tick("plan", 1))
        }
        _ => working.given(set("ads", &[("budget", "5000 UAH")])).given(press("ads", "launched")),
    }
}

/// Handed over, the auditor speaking.
pub fn in_review(task: &str) -> Given {
    ready_to_submit(task).given(submit(task)).by("olena")
}

/// The client was asked, nobody in particular speaking.
pub fn awaiting(task: &str) -> Given {
    in_review(task).given(accept(task))
}

/// The task completed, its successor's assignee speaking.
pub fn completed(task: &str) -> Given {
    match task {
        "brief" => ready_to_submit("brief").given(submit("brief")).by("maksym"),
        _ => awaiting("plan").by("sofiia").given(approve("plan", 1)).by("taras"),
    }
}

pub fn sent_back(task: &str) -> Given {
    awaiting(task).by("sofiia").given(send_back(task, 1))
}

pub fn content() -> ContentRef {
    ContentRef { content: "c-1".into(), sha256: "0".into() }
}

pub fn start(task: &str) -> ProjectCommand {
    ProjectCommand::StartTask { task: task.into() }
}

pub fn submit(task: &str) -> ProjectCommand {
    ProjectCommand::SubmitTask { task: task.into() }
}

pub fn accept(task: &str) -> ProjectCommand {
    ProjectCommand::AcceptTask { task: task.into(), round: None }
}

pub fn approve(task: &str, round: Round) -> ProjectCommand {
    ProjectCommand::Approve { task: task.into(), round }
}

pub fn send_back(task: &str, round: Round) -> ProjectCommand {
    ProjectCommand::SendBack { task: task.into(), round }
}

pub fn undo(task: &str, round: Round) -> ProjectCommand {
    ProjectCommand::UndoDecision { task: task.into(), round }
}

pub fn remark(task: &str, round: Round, content: &str) -> ProjectCommand {
    let remark = ContentRef { content: content.into(), sha256: "0".into() };
    ProjectCommand::AddRemark { task: task.into(), round, remark }
}

pub fn close_remarks(task: &str, round: Round) -> ProjectCommand {
    ProjectCommand::CloseRemarks { task: task.into(), round }
}

pub fn confirm(task: &str, form: &str) -> ProjectCommand {
    ProjectCommand::ConfirmGate { task: task.into(), gate: Gate::Form(form.into()), comment: content() }
}

pub fn try_access(task: &str, item: &str) -> ProjectCommand {
    ProjectCommand::ConfirmGate { task: task.into(), gate: Gate::Access(item.into()), comment: content() }
}

pub fn set(task: &str, values: &[(&str, &str)]) -> ProjectCommand {
    let entered = |(field, value): &(&str, &str)| ((*field).to_owned(), Entered::Text((*value).to_owned()));
    ProjectCommand::SetFields { task: task.into(), values: values.iter().map(entered).collect() }
}

pub fn tick(task: &str, item: u32) -> ProjectCommand {
    ProjectCommand::TickItem { task: task.into(), item, done: true, note: None }
}

pub fn untick(task: &str, item: u32) -> ProjectCommand {
    ProjectCommand::TickItem { task: task.into(), item, done: false, note: None }
}

pub fn press(task: &str, button: &str) -> ProjectCommand {
    ProjectCommand::PressButton { task: task.into(), button: button.into() }
}

/// A file with these bytes.
pub fn attach(task: &str, field: &str, bytes: &str) -> ProjectCommand {
    let sha256 = hex::encode(Sha256::digest(bytes));
    let file = FileRef { content: bytes.into(), sha256 };
    let values = vec![(field.to_owned(), Entered::Files(vec![file]))];
    ProjectCommand::SetFields { task: task.into(), values }
}
