//! Periods and payments: the months of a service, its money by commands, and a website paid in parts.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use engine::app::{Along, Answer, Ask};
use engine::domain::definition::{CountedFrom, Definition};
use engine::domain::field::Entered;
use engine::domain::money::Money;
use engine::domain::project::{PaymentState, Project, ProjectCommand, Status};
use engine::domain::{Actor, PersonId, Refusal};
use journeys::db;
use journeys::desk::{STAFF, STAFF_CHAT, ask, done, person};
use journeys::house::{GROUP, House, SOFIIA};

use super::hands::{refused, sentence};

const MONTHLY: [&str; 4] = ["content_plan", "ads", "report", "payment"];

pub async fn state(house: &House) -> Arc<Project> {
    house.app.project_state(&house.project).await.unwrap().unwrap()
}

fn uah(text: &str) -> Option<Money> {
    Money::parse(text, None)
}

pub fn receive(payment: &str, amount: Option<Money>) -> ProjectCommand {
    ProjectCommand::ReceivePayment { payment: payment.into(), amount, on: None, reason: None, again: false }
}

fn invoice(payment: &str) -> ProjectCommand {
    let (payment, number) = (payment.into(), "СФ-117".into());
    ProjectCommand::InvoicePayment { payment, number, amount: None, date: None, file: None }
}

async fn payment(house: &House, id: &str) -> PaymentState {
    state(house).await.payment(&id.into()).unwrap().state()
}

/// Works on a task, the client approving if it is asked.
async fn finish(house: &House, task: &str) {
    house.work(task).await;
    if house.status(task).await == Status::AwaitingApproval {
        house.press(SOFIIA, GROUP, "✅").await;
    }
    assert_eq!(house.status(task).await, Status::Completed, "{task}");
}

/// Opens another project of the client, of a shipped service.
pub async fn open(house: &mut House, service: &str, definition: Option<Arc<Definition>>) {
    let others = ["seo", "copywriter", "developer", "planner", "creative"];
    let roles = others.map(|role| (role.to_owned(), PersonId::from("maksym")));
    let staff = STAFF.iter().map(|(id, _, role, _)| ((*role).to_owned(), PersonId::from(*id)));
    let assigned: BTreeMap<String, PersonId> = staff.chain(roles).collect();
    house.project = format!("{service}-test").into();
    let command = ProjectCommand::OpenProject {
        project: house.project.clone(),
        client: house.client.clone(),
        definition: definition.unwrap_or_else(|| house.catalogue.definition(service).unwrap()),
        assigned,
        price: None,
        promised: Box::default(),
    };
    let asked = ask(house.now(), Actor::Operator, command);
    done(house.app.project(&house.project, asked).await.unwrap());
    house.settle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn smm_runs_over_two_periods_and_each_payment_opens_the_next() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        house.order(person("nadiia"), invoice("1")).await;
        house.order(person("nadiia"), receive("1", None)).await;
        house.settle().await;
        assert_eq!(payment(&house, "1").await, PaymentState::Paid);
        house.work_until("ads").await;
        for task in &MONTHLY[1..] {
            finish(&house, task).await;
        }
        let first = state(&house).await;
        assert_eq!((first.last_period(), payment(&house, "2").await), (2, PaymentState::Paid));
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(first.periods[0].dates, Some((day("2026-11-23"), day("2026-12-22"))));
        assert_eq!(first.periods[1].dates, Some((day("2026-12-23"), day("2027-01-22"))));
        house.pass(30 * 86_400).await;
        for task in MONTHLY {
            finish(&house, &format!("{task}.2")).await;
        }
        let second = state(&house).await;
        assert_eq!((second.last_period(), second.completed), (3, false), "{}", db.name);
        assert_eq!(house.status("content_plan.3").await, Status::Ready);
        assert_eq!(second.payments.len(), 4, "the payment of the fourth period is expected");
        house.pass(130).await;
        if db.name == "SQLite" {
            insta::assert_snapshot!("two_periods_client", super::witness::script(&house, GROUP));
        }
        let before = board(&house).await;
        assert_eq!(house.app.store().rebuild(None).await.unwrap(), Vec::new());
        assert_eq!(board(&house).await, before, "{}: the board built again is the same", db.name);
        assert!(house.app.store().verify().await.unwrap().is_well(), "{}", db.name);
        house.app.store().close().await;
    }
}

async fn board(house: &House) -> String {
    let found = projections::board::project(house.app.store(), &house.project).await.unwrap().unwrap();
    let state = state(house).await;
    assert_eq!(found.tasks.len(), state.tasks.len());
    for (shown, task) in found.tasks.iter().zip(&state.tasks) {
        assert_eq!((&shown.task, shown.status), (&task.id, task.status));
        assert_eq!(shown.assignee.as_ref(), state.assignee(&task.id));
    }
    for (shown, known) in found.payments.iter().zip(&state.payments) {
        assert_eq!((&shown.payment, shown.state), (&known.id, known.state()));
        assert_eq!((shown.due.as_ref(), shown.open_amount()), (known.due(), known.open_amount()));
    }
    for (shown, known) in found.periods.iter().zip(&state.periods) {
        assert_eq!((shown.period, shown.from.zip(shown.until)), (known.number, known.dates));
    }
    assert_eq!((found.payments.len(), found.periods.len()), (state.payments.len(), state.periods.len()));
    format!("{found:?}")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_by_command_is_said_once_and_opens_the_gate_of_production() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        let before = house.said(GROUP).len();
        house.order(person("nadiia"), invoice("1")).await;
        house.order(person("nadiia"), invoice("1")).await;
        house.order(person("nadiia"), receive("1", uah("10000 UAH"))).await;
        house.settle().await;
        assert_eq!(payment(&house, "1").await, PaymentState::PartlyPaid);
        house.order(person("olena"), receive("1", None)).await;
        house.settle().await;
        let said = house.said(GROUP).split_off(before);
        let says = |text: &str| said.iter().filter(|message| message.contains(text)).count();
        assert_eq!(
            (said.len(), says("Виставили рахунок"), says("лишилося"), says("оплачено")),
            (3, 1, 1, 1),
            "{said:?}"
        );
        house.order(person("olena"), ProjectCommand::StartTask { task: "communication".into() }).await;
        let submit = ProjectCommand::SubmitTask { task: "communication".into() };
        let refusal = refused(&house, person("olena"), submit).await;
        assert!(!format!("{refusal:?}").contains("paid:this-period"), "{}: {refusal:?}", db.name);
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_about_money_are_refused_in_words_or_corrected_with_a_reason() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let refusal = refused(&house, person("maksym"), receive("1", None)).await;
    let words = sentence(&house, &refusal);
    assert!(words.contains("Надія Шевчук") && words.contains("Олена Коваль"), "{words}");
    let refusal = refused(&house, person("nadiia"), receive("1", uah("100 EUR"))).await;
    assert!(matches!(refusal, Refusal::OtherCurrency { .. }), "{refusal:?}");
    let refusal = refused(&house, person("nadiia"), receive("9", None)).await;
    assert!(sentence(&house, &refusal).contains("1, 2"), "{refusal:?}");
    let twice = || Ask {
        command_id: "cli:the-same".into(),
        at: house.now(),
        by: person("nadiia"),
        command: receive("1", uah("10000 UAH")),
        along: Along::default(),
    };
    done(house.app.project(&house.project, twice()).await.unwrap());
    let again = house.app.project(&house.project, twice()).await.unwrap();
    assert!(matches!(again, Answer::Done { repeated: true, .. }), "{again:?}");
    let received = |state: &Arc<Project>| state.payment(&"1".into()).unwrap().received();
    assert_eq!(received(&state(&house).await), uah("10000 UAH"));
    house.order(person("nadiia"), receive("1", uah("15000 UAH"))).await;
    let over = state(&house).await;
    assert_eq!(over.payment(&"1".into()).unwrap().open_amount(), uah("1000 UAH").unwrap().negated());
    let wrong = || uah("10000 UAH").unwrap().negated();
    let refusal = refused(&house, person("nadiia"), receive("1", wrong())).await;
    assert!(matches!(refusal, Refusal::ReasonNeeded { .. }), "{refusal:?}");
    house.settle().await;
    let said = house.said(GROUP).len();
    let reason = Some(house.content("Гроші іншого клієнта").await);
    let command = ProjectCommand::ReceivePayment {
        payment: "1".into(),
        amount: wrong(),
        on: None,
        reason,
        again: false,
    };
    house.order(person("nadiia"), command).await;
    house.settle().await;
    assert_eq!(payment(&house, "1").await, PaymentState::PartlyPaid);
    assert_eq!(house.said(GROUP).len(), said, "a mistake of ours is no news for the client");
    assert!(house.said(STAFF_CHAT).last().unwrap().contains("Гроші іншого клієнта"));
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_website_is_paid_in_parts_and_the_rest_is_what_is_left() {
    for db in db::both().await {
        let mut house = House::open(&db, "uk").await;
        open(&mut house, "website", None).await;
        let due = |state: &Project, id: &str| state.payment(&id.into()).unwrap().due().cloned();
        let opened = state(&house).await;
        let parts = ["prepayment", "design_payment", "final_payment"].map(|id| due(&opened, id));
        assert_eq!(parts, [uah("48000 UAH"), uah("36000 UAH"), uah("36000 UAH")]);
        finish(&house, "communication").await;
        house.order(person("nadiia"), receive("prepayment", uah("50000 UAH"))).await;
        house.settle().await;
        assert_eq!(house.status("prepayment").await, Status::Completed, "its money completes it");
        assert_eq!(house.status("structure").await, Status::Ready);
        for task in ["structure", "texts", "mockup", "design_payment", "development", "launch"] {
            if task == "launch" {
                house.open_gates(task).await;
            }
            finish(&house, task).await;
        }
        finish(&house, "final_payment").await;
        let end = state(&house).await;
        assert!(end.completed, "{}: the last payment ends it", db.name);
        assert!(end.payments.iter().all(|payment| payment.state() == PaymentState::Paid));
        assert_eq!(end.payment(&"final_payment".into()).unwrap().received(), uah("34000 UAH"));
        board(&house).await;
        house.pass(130).await;
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ppc_and_seo_begin_their_first_period_where_their_templates_say() {
    for db in db::both().await {
        let mut house = House::open(&db, "uk").await;
        for (service, counted, again) in [("ppc", "campaign", 3), ("seo", "month_plan", 6)] {
            open(&mut house, service, None).await;
            house.order(person("nadiia"), receive("1", None)).await;
            house.work_until(counted).await;
            assert_eq!(state(&house).await.periods[0].dates, None, "{service}");
            house.pass(86_400).await;
            finish(&house, counted).await;
            let zone = house.catalogue.agency().calendar.zone;
            let today = house.now().with_timezone(&zone).date_naive();
            assert_eq!(state(&house).await.periods[0].dates.unwrap().0, today, "{service}");
            house.order(person("nadiia"), receive("2", None)).await;
            house.settle().await;
            let paid = state(&house).await;
            let second = paid.tasks.iter().filter(|task| task.id.period() == 2).count();
            assert_eq!((paid.last_period(), second), (2, again), "{service}");
            board(&house).await;
        }
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_from_the_first_day_of_a_month_begins_with_the_next_month() {
    let db = db::sqlite();
    let mut house = House::open(&db, "uk").await;
    let mut definition = house.catalogue.definition("smm").unwrap();
    if let Some(repeats) = &mut Arc::make_mut(&mut definition).repeats {
        repeats.counted_from = CountedFrom::FirstDayOfMonth;
    }
    open(&mut house, "month", Some(definition)).await;
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    assert_eq!(state(&house).await.periods[0].dates, Some((day("2026-12-01"), day("2026-12-31"))));
    assert!(house.said(STAFF_CHAT).iter().any(|said| said.contains("період 1: грудень 2026")));
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pitch_that_is_lost_closes_the_campaign_without_a_farewell() {
    let db = db::sqlite();
    let mut house = House::open(&db, "uk").await;
    open(&mut house, "campaign", None).await;
    let plan = state(&house).await.plan(&"pitch".into()).unwrap().clone();
    let (field, lost) = plan.ends_project_if.clone().expect("the template says when it ends");
    house.work_until("pitch").await;
    let set = |field: &str, value: &str| ProjectCommand::SetFields {
        task: "pitch".into(),
        values: vec![(field.to_owned(), Entered::Text(value.to_owned()))],
    };
    house.order(person("olena"), set("at", "2026-12-09 10:00")).await;
    house.order(person("olena"), ProjectCommand::StartTask { task: "pitch".into() }).await;
    let deck = vec![("deck".to_owned(), Entered::Files(vec![house.file("ідея.pdf").await]))];
    house.order(person("olena"), ProjectCommand::SetFields { task: "pitch".into(), values: deck }).await;
    house.order(person("olena"), set(&field, &lost)).await;
    let said = house.said(GROUP).len();
    house.order(person("olena"), ProjectCommand::SubmitTask { task: "pitch".into() }).await;
    house.order(Actor::Operator, ProjectCommand::AcceptTask { task: "pitch".into(), round: None }).await;
    house.settle().await;
    if house.status("pitch").await == Status::AwaitingApproval {
        house.press(SOFIIA, GROUP, "✅").await;
    }
    let end = state(&house).await;
    assert!(end.closed.as_ref().is_some_and(|closed| closed.lost), "{:?}", end.closed);
    assert!(house.said(GROUP).iter().skip(said).all(|message| !message.contains("завершено")));
    assert!(
        house.said(STAFF_CHAT).last().unwrap().contains("угоди не буде"),
        "{}",
        house.transcript(STAFF_CHAT)
    );
    assert_eq!(house.status("quotation").await, Status::Cancelled);
    board(&house).await;
    house.app.store().close().await;
}

/// An SMM project whose month began when it was opened, on Monday the 23rd of November at ten.
async fn from_the_start(house: &mut House) {
    let mut definition = house.catalogue.definition("smm").unwrap();
    if let Some(repeats) = &mut Arc::make_mut(&mut definition).repeats {
        repeats.counted_from = CountedFrom::ProjectStart;
    }
    open(house, "counted", Some(definition)).await;
}

/// Seconds from now until Tuesday the 15th of December, 09:00 in Kyiv: five business days before the 22nd.
fn until_the_reminder(house: &House) -> i64 {
    let due = "2026-12-15T07:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    (due - house.now()).num_seconds()
}

fn reminders(house: &House) -> usize {
    house.said(GROUP).iter().filter(|said| said.contains("5 робочих днів")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_payment_reminder_comes_once_at_opening_five_business_days_before_the_end() {
    for db in db::both().await {
        let mut house = House::open(&db, "uk").await;
        from_the_start(&mut house).await;
        house.pass(until_the_reminder(&house) - 1).await;
        assert_eq!(reminders(&house), 0, "{}", db.name);
        house.tune(|_| {}).await;
        house.skip(1);
        house.tune(|_| {}).await;
        house.settle().await;
        assert_eq!(reminders(&house), 1, "{}: {}", db.name, house.transcript(GROUP));
        assert!(house.said(GROUP).last().unwrap().contains("24\u{202f}000"));
        house.tune(|_| {}).await;
        house.pass(3 * 86_400).await;
        assert_eq!(reminders(&house), 1, "{}", db.name);
        let late = house.said(STAFF_CHAT).iter().filter(|said| said.contains("немає оплати")).count();
        assert_eq!(late, 1, "{}: the staff hears that it did not help", db.name);
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_in_the_same_second_is_not_reminded_of() {
    for db in db::both().await {
        let mut house = House::open(&db, "uk").await;
        from_the_start(&mut house).await;
        house.pass(until_the_reminder(&house) - 1).await;
        house.skip(1);
        house.order(person("nadiia"), receive("2", None)).await;
        house.settle().await;
        house.pass(10 * 86_400).await;
        assert_eq!(reminders(&house), 0, "{}: {}", db.name, house.transcript(GROUP));
        house.app.store().close().await;
    }
}
