//! Reminders on a moved clock: T1, T4, T5, T6 and T7, tests 6 and 7 of the requirements as far as they go.

use std::sync::Arc;

use chrono::NaiveDate;
use engine::app::Answer;
use engine::domain::Refusal;
use engine::domain::definition::{Term, Unit};
use engine::domain::project::{ProjectCommand, Status};
use engine::timekeeper;
use journeys::db::{self, Db};
use journeys::desk::{self, STAFF_CHAT, person};
use journeys::house::{GROUP, House, SOFIIA};

use super::letters::count;
use super::witness::{PLAN, facts, is_well, plan_awaits, press_raw, until};

const BRIEF: &str = "communication";
const NUDGE: &str = "Ми ще не бачимо заповненого брифу";
const STUCK: &str = "не заповнює бриф, нагадали 3 рази";
const WAITS: &str = "чекає на ваше рішення вже";

/// A house whose client was sent the brief at this moment.
async fn brief_sent(db: &Db, at: &str) -> House {
    let house = House::open(db, "uk").await;
    until(&house, at).await;
    house.order(person("olena"), ProjectCommand::StartTask { task: BRIEF.into() }).await;
    house.order(person("olena"), press()).await;
    house.settle().await;
    house
}

fn press() -> ProjectCommand {
    ProjectCommand::PressButton { task: BRIEF.into(), button: "send_brief".into() }
}

/// The brief is here: the PM filled it in for the client.
async fn brief_comes(house: &House) {
    house.open_gates(BRIEF).await;
    house.settle().await;
}

/// The agency edits its file: these days are holidays now, and no timer follows yet.
fn edited(house: &House, days: &[(i32, u32, u32)]) {
    let mut desk = (*house.app.desk()).clone();
    let mut agency = (*desk.agency).clone();
    let day = |(year, month, day): &(i32, u32, u32)| NaiveDate::from_ymd_opt(*year, *month, *day);
    agency.calendar.holidays.extend(days.iter().filter_map(day));
    desk.agency = Arc::new(agency);
    house.app.set_desk(desk);
}

async fn holidays(house: &House, days: &[(i32, u32, u32)]) {
    edited(house, days);
    house.app.follow_calendar(house.now()).await.expect("the store answers");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_brief_sent_on_thursday_before_a_holiday_is_reminded_of_on_tuesday() {
    for db in db::both().await {
        let house = brief_sent(&db, "2026-11-26 16:00").await;
        holidays(&house, &[(2026, 11, 27)]).await;
        until(&house, "2026-12-01 15:59").await;
        assert_eq!(count(&house, GROUP, NUDGE), 0, "{}\n{}", db.name, house.transcript(GROUP));
        until(&house, "2026-12-01 16:00").await;
        assert_eq!(count(&house, GROUP, NUDGE), 1, "{}\n{}", db.name, house.transcript(GROUP));
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn by_a_calendar_of_yesterday_nothing_fires_and_nothing_is_forgotten() {
    for db in db::both().await {
        let house = brief_sent(&db, "2026-11-23 16:00").await;
        edited(&house, &[(2026, 11, 24)]);
        until(&house, "2026-11-26 15:59").await;
        assert_eq!(count(&house, GROUP, NUDGE), 0, "{}\n{}", db.name, house.transcript(GROUP));
        until(&house, "2026-11-26 16:00").await;
        assert_eq!(count(&house, GROUP, NUDGE), 1, "{}\n{}", db.name, house.transcript(GROUP));
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_brief_sent_on_saturday_is_reminded_of_on_wednesday_at_opening() {
    let db = db::sqlite();
    let house = brief_sent(&db, "2026-11-28 12:00").await;
    until(&house, "2026-12-02 08:59").await;
    assert_eq!(count(&house, GROUP, NUDGE), 0);
    until(&house, "2026-12-02 09:00").await;
    assert_eq!(count(&house, GROUP, NUDGE), 1, "{}", house.transcript(GROUP));
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_brief_is_asked_for_three_times_and_then_the_pm_calls() {
    for db in db::both().await {
        let mut house = brief_sent(&db, "2026-11-23 16:00").await;
        let times = ["2026-11-25 16:00", "2026-11-27 16:00", "2026-12-01 16:00"];
        for (told, time) in (1..).zip(times) {
            until(&house, time).await;
            assert_eq!(count(&house, GROUP, NUDGE), told, "{} {time}", db.name);
            house.tune(|_| ()).await;
        }
        assert_eq!(count(&house, STAFF_CHAT, STUCK), 0);
        until(&house, "2026-12-03 16:00").await;
        assert_eq!(count(&house, STAFF_CHAT, STUCK), 1, "{}", house.transcript(STAFF_CHAT));
        until(&house, "2027-02-01 09:00").await;
        assert_eq!((count(&house, GROUP, NUDGE), count(&house, STAFF_CHAT, STUCK)), (3, 1), "{}", db.name);
        assert_eq!(facts(&house, "reminder_sent").await - due_soon(&house), 4);
        is_well(house).await;
    }
}

/// Reminders of the due date that the staff got.
fn due_soon(house: &House) -> usize {
    count(house, STAFF_CHAT, "⏳")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_brief_that_comes_a_second_before_is_not_asked_for_and_one_that_comes_after_ends_the_ladder() {
    let db = db::sqlite();
    let house = brief_sent(&db, "2026-11-23 16:00").await;
    until(&house, "2026-11-25 15:59").await;
    house.pass(59).await;
    brief_comes(&house).await;
    until(&house, "2026-12-20 12:00").await;
    assert_eq!(count(&house, GROUP, NUDGE), 0, "{}", house.transcript(GROUP));
    is_well(house).await;

    let db = db::sqlite();
    let house = brief_sent(&db, "2026-11-23 16:00").await;
    until(&house, "2026-11-25 16:00").await;
    assert_eq!(count(&house, GROUP, NUDGE), 1);
    brief_comes(&house).await;
    until(&house, "2026-12-20 12:00").await;
    assert_eq!((count(&house, GROUP, NUDGE), count(&house, STAFF_CHAT, STUCK)), (1, 0));
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sending_the_brief_again_starts_no_second_clock() {
    let db = db::sqlite();
    let house = brief_sent(&db, "2026-11-23 16:00").await;
    until(&house, "2026-11-24 10:00").await;
    let answer = house.try_order(person("olena"), press()).await;
    assert!(matches!(answer, Answer::Refused(Refusal::FormAgain { sendings: 1, .. })), "{answer:?}");
    let again = ProjectCommand::SendForm { task: BRIEF.into(), form: "smm-brief".into(), known: Some(1) };
    house.order(person("olena"), again).await;
    until(&house, "2026-11-26 12:00").await;
    assert_eq!(count(&house, GROUP, NUDGE), 1, "{}", house.transcript(GROUP));
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_that_rests_asks_for_nothing_and_a_cancelled_task_never_again() {
    let db = db::sqlite();
    let house = brief_sent(&db, "2026-11-23 16:00").await;
    until(&house, "2026-11-24 10:00").await;
    let reason = house.content("Клієнт у відпустці").await;
    house.order(person("olena"), ProjectCommand::PauseProject { reason }).await;
    until(&house, "2026-12-01 10:00").await;
    assert_eq!(count(&house, GROUP, NUDGE), 0);
    assert_eq!(count(&house, STAFF_CHAT, "на паузі, нагадувань не буде"), 1);
    let refused = house.try_order(person("olena"), ProjectCommand::ResumeTask { task: BRIEF.into() }).await;
    assert_eq!(refused, Answer::AlreadySo, "the task itself was never paused");
    house.order(person("olena"), ProjectCommand::ResumeProject).await;
    until(&house, "2026-12-02 15:59").await;
    assert_eq!(count(&house, GROUP, NUDGE), 0, "five business days of pause do not count");
    until(&house, "2026-12-02 16:00").await;
    assert_eq!(count(&house, GROUP, NUDGE), 1, "{}", house.transcript(GROUP));
    let reason = house.content("Без брифу").await;
    house.order(person("olena"), ProjectCommand::CancelTask { task: BRIEF.into(), reason }).await;
    until(&house, "2026-12-20 12:00").await;
    assert_eq!((count(&house, GROUP, NUDGE), count(&house, STAFF_CHAT, STUCK)), (1, 0));
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_on_one_database_remind_once() {
    for db in db::both().await {
        let house = brief_sent(&db, "2026-11-23 16:00").await;
        let other = desk::app(db.open_with(desk::options()).await, &house.catalogue);
        until(&house, "2026-11-25 15:59").await;
        for _ in 0..4 {
            house.skip(60);
            let (one, two) = tokio::join!(
                timekeeper::tick(&house.app, house.now()),
                timekeeper::tick(&other, house.now())
            );
            assert_eq!((one.expect("a tick").failed, two.expect("a tick").failed), (0, 0), "{}", db.name);
        }
        house.settle().await;
        assert_eq!(count(&house, GROUP, NUDGE), 1, "{}\n{}", db.name, house.transcript(GROUP));
        other.store().close().await;
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_that_changes_moves_what_is_open_and_what_was_sent_stays_sent() {
    for db in db::both().await {
        let mut house = brief_sent(&db, "2026-11-23 16:00").await;
        until(&house, "2026-11-25 16:00").await;
        assert_eq!(count(&house, GROUP, NUDGE), 1);
        holidays(&house, &[(2026, 11, 24), (2026, 11, 27), (2026, 12, 1)]).await;
        until(&house, "2026-11-30 15:59").await;
        assert_eq!(count(&house, GROUP, NUDGE), 1, "{}: the second waits a day longer", db.name);
        until(&house, "2026-11-30 16:00").await;
        assert_eq!(count(&house, GROUP, NUDGE), 2, "{}\n{}", db.name, house.transcript(GROUP));
        // After a restart the file is the shipped one again: the holidays are gone.
        house.tune(|_| ()).await;
        assert!(house.app.follow_calendar(house.now()).await.expect("the store answers") > 0);
        assert_eq!(house.app.follow_calendar(house.now()).await.expect("the store answers"), 0);
        until(&house, "2026-12-02 16:00").await;
        assert_eq!(count(&house, GROUP, NUDGE), 3, "{}\n{}", db.name, house.transcript(GROUP));
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_without_power_sends_one_late_reminder_and_not_the_whole_ladder() {
    let db = db::sqlite();
    let mut house = brief_sent(&db, "2026-11-23 16:00").await;
    house.skip(9 * 86_400);
    house.tune(|_| ()).await;
    house.settle().await;
    assert_eq!(count(&house, GROUP, NUDGE), 1, "{}", house.transcript(GROUP));
    until(&house, "2026-12-04 15:59").await;
    assert_eq!(count(&house, GROUP, NUDGE), 1);
    until(&house, "2026-12-04 16:00").await;
    assert_eq!(count(&house, GROUP, NUDGE), 2);
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_is_asked_for_again_with_the_days_that_the_timer_counted_and_never_given_by_silence() {
    for db in db::both().await {
        let house = plan_awaits(&db, "uk").await;
        let asked = house.with_button(GROUP, "✅");
        let (first, second) = (house.said(GROUP).len(), "2026-11-27 12:00");
        until(&house, "2026-11-25 12:00").await;
        let reminder = house.sandbox.last_message(GROUP).expect("a message");
        assert!(reminder.text.contains(&format!("{WAITS} 2 робочі дні")), "{}: {}", db.name, reminder.text);
        assert_eq!(reminder.reply_to, Some(asked.id), "a tap leads to the buttons");
        assert_eq!(house.said(GROUP).len(), first + 1);
        until(&house, second).await;
        assert_eq!(count(&house, GROUP, &format!("{WAITS} 4 робочі дні")), 1, "{}", house.transcript(GROUP));
        until(&house, "2026-12-01 12:00").await;
        assert_eq!(count(&house, GROUP, &format!("{WAITS} 6 робочих днів")), 1);
        until(&house, "2026-12-03 12:00").await;
        assert_eq!(count(&house, STAFF_CHAT, "мовчить про «Контент-план» 8 робочих днів"), 1);
        until(&house, "2026-12-20 12:00").await;
        assert_eq!(house.status(PLAN).await, Status::AwaitingApproval, "silence is no answer");
        assert_eq!((count(&house, GROUP, WAITS), facts(&house, "approval_deemed").await), (3, 0));
        house.press(SOFIIA, GROUP, "✅").await;
        assert_eq!(
            house.status(PLAN).await,
            Status::Completed,
            "the buttons of the first message still work"
        );
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_or_a_new_version_ends_the_reminders_of_the_old_one() {
    let db = db::sqlite();
    let house = plan_awaits(&db, "uk").await;
    until(&house, "2026-11-24 12:00").await;
    house.press(SOFIIA, GROUP, "✏️").await;
    until(&house, "2026-11-26 12:00").await;
    assert_eq!(count(&house, GROUP, WAITS), 0, "{}", house.transcript(GROUP));
    house.work(PLAN).await;
    until(&house, "2026-11-30 11:59").await;
    assert_eq!(count(&house, GROUP, WAITS), 0);
    until(&house, "2026-11-30 12:00").await;
    assert_eq!(count(&house, GROUP, &format!("{WAITS} 2 робочі дні")), 1, "{}", house.transcript(GROUP));
    house.press(SOFIIA, GROUP, "✅").await;
    until(&house, "2026-12-20 12:00").await;
    assert_eq!(count(&house, GROUP, WAITS), 1);
    is_well(house).await;
}

/// A house with a project whose content plan counts as accepted after ten business days.
async fn silence_agreed(db: &Db) -> House {
    let mut house = House::empty(db).await;
    house.link("uk").await;
    let mut definition = (*house.catalogue.definition("smm").expect("shipped")).clone();
    let tasks = definition.stages.iter_mut().flat_map(|stage| &mut stage.tasks);
    let term = Term { hundredths: 1_000, unit: Unit::BusinessDays };
    tasks.filter(|task| task.id == PLAN).for_each(|task| task.approve_after_silence = Some(term));
    let assigned = desk::STAFF.iter().map(|(id, _, role, _)| ((*role).to_owned(), (*id).into())).collect();
    let open = ProjectCommand::OpenProject {
        project: "smm-silent".into(),
        client: house.client.clone(),
        definition: Arc::new(definition),
        assigned,
        price: None,
        promised: Box::default(),
    };
    house.project = "smm-silent".into();
    house.order(engine::domain::Actor::Operator, open).await;
    house.work_until(PLAN).await;
    house.work(PLAN).await;
    house
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_template_agrees_a_long_silence_counts_as_accepted_and_is_marked_as_that() {
    for db in db::both().await {
        let house = silence_agreed(&db).await;
        let asked = house.with_button(GROUP, "✅");
        let approve = asked.button("✅").and_then(|button| button.data.clone()).expect("a button");
        until(&house, "2026-12-07 09:59").await;
        assert_eq!(house.status(PLAN).await, Status::AwaitingApproval);
        until(&house, "2026-12-07 10:00").await;
        assert_eq!(house.status(PLAN).await, Status::Completed, "{}", db.name);
        assert_eq!((facts(&house, "approval_deemed").await, facts(&house, "task_approved").await), (1, 0));
        let now = house.sandbox.messages(GROUP).into_iter().find(|message| message.id == asked.id);
        let now = now.expect("it is still there");
        assert!(now.buttons.is_empty() && now.text.contains("☑️ Вважаємо погодженим"), "{}", now.text);
        assert!(!house.transcript(GROUP).contains("✅ Погоджено"), "nobody approved anything");
        assert_eq!(count(&house, GROUP, "«Контент-план» вважаємо погодженим: за 10 робочих днів"), 1);
        assert_eq!(count(&house, STAFF_CHAT, "сам клієнт не погоджував"), 1);
        let late = press_raw(&house, SOFIIA, GROUP, asked.id, &approve).await;
        assert!(late.text.unwrap_or_default().contains("минув без зауважень"), "{}", db.name);
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_about_a_result_that_does_not_reach_the_client_is_no_consent() {
    for db in db::both().await {
        let house = silence_agreed(&db).await;
        house.sandbox.kick_bot(GROUP).expect("it is there");
        house.settle().await;
        until(&house, "2026-12-07 10:00").await;
        assert_eq!(house.status(PLAN).await, Status::AwaitingApproval, "{}", db.name);
        let told = (facts(&house, "silence_put_off").await, facts(&house, "approval_deemed").await);
        assert_eq!(told, (1, 0), "{}", db.name);
        let news = "не можна вважати погодженим через мовчання";
        assert_eq!(count(&house, STAFF_CHAT, news), 1, "{}", house.transcript(STAFF_CHAT));
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_staff_hears_before_the_due_date_and_once_when_it_has_passed() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        house.work_until("rubricator").await;
        house.order(person("maksym"), ProjectCommand::StartTask { task: "rubricator".into() }).await;
        until(&house, "2026-11-24 23:59").await;
        assert_eq!(count(&house, STAFF_CHAT, "⏳"), 0, "{}", house.transcript(STAFF_CHAT));
        until(&house, "2026-11-25 09:00").await;
        assert_eq!(count(&house, STAFF_CHAT, "«Рубрикатор» треба здати до 26 листопада"), 1, "{}", db.name);
        until(&house, "2026-11-26 09:59").await;
        assert_eq!(count(&house, STAFF_CHAT, "🔴"), 0);
        until(&house, "2026-11-30 12:00").await;
        assert_eq!(count(&house, STAFF_CHAT, "🔴"), 1, "{}", house.transcript(STAFF_CHAT));
        assert_eq!(count(&house, STAFF_CHAT, "строк щойно минув"), 1, "{}", house.transcript(STAFF_CHAT));
        assert_eq!(count(&house, GROUP, "🔴"), 0, "the client is not told");
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pm_hears_of_a_task_that_nobody_takes_and_of_one_that_is_declined() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        until(&house, "2026-11-23 14:59").await;
        assert_eq!(count(&house, STAFF_CHAT, "🕓"), 0, "{}", house.transcript(STAFF_CHAT));
        until(&house, "2026-11-23 15:00").await;
        assert_eq!(count(&house, STAFF_CHAT, "🕓"), 1, "{}\n{}", db.name, house.transcript(STAFF_CHAT));
        until(&house, "2026-11-25 15:00").await;
        assert_eq!(count(&house, STAFF_CHAT, "🕓"), 1, "once");
        house.work("communication").await;
        let reason = house.content("Я у відпустці").await;
        let decline = ProjectCommand::DeclineTask { task: "accounts".into(), reason };
        house.order(person("maksym"), decline).await;
        house.settle().await;
        let said = house.said(STAFF_CHAT).join("\n");
        assert!(
            said.contains("Максим")
                && said.contains("не бере «Створення акаунтів")
                && said.contains("Я у відпустці"),
            "{said}"
        );
        until(&house, "2026-11-30 15:00").await;
        assert_eq!(count(&house, STAFF_CHAT, "🕓"), 1, "whoever declined was heard");
        let assign = ProjectCommand::AssignRole { role: "smm".into(), person: "taras".into() };
        house.order(person("olena"), assign).await;
        until(&house, "2026-12-01 12:00").await;
        assert_eq!(count(&house, STAFF_CHAT, "🕓"), 2, "{}", house.transcript(STAFF_CHAT));
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_to_the_client_that_passes_is_told_to_the_pm_and_one_that_is_kept_is_not() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        let by = NaiveDate::from_ymd_opt(2026, 11, 25).expect("a day");
        let what = house.content("Надішлемо кошторис").await;
        house.order(person("olena"), ProjectCommand::PromiseNextStep { task: None, by, what }).await;
        let what = house.content("Покажемо цілі").await;
        let task = Some("communication".into());
        house.order(person("olena"), ProjectCommand::PromiseNextStep { task: task.clone(), by, what }).await;
        until(&house, "2026-11-25 17:59").await;
        house.order(person("olena"), ProjectCommand::KeepPromise { task }).await;
        assert_eq!(count(&house, STAFF_CHAT, "🤝"), 0);
        until(&house, "2026-11-30 12:00").await;
        assert_eq!(count(&house, STAFF_CHAT, "🤝"), 1, "{}\n{}", db.name, house.transcript(STAFF_CHAT));
        assert_eq!(count(&house, STAFF_CHAT, "Надішлемо кошторис"), 1, "{}", house.transcript(STAFF_CHAT));
        is_well(house).await;
    }
}
