//! What journeys look at from outside: how the project stands, what was refused, what a presser saw.

use chrono::NaiveDateTime;
use engine::app::Along;
use engine::domain::client::ClientCommand;
use engine::domain::{PersonId, TaskId};
use engine::domain::{StreamId, Timestamp};
use journeys::db::Db;
use journeys::desk;
use journeys::house::{GROUP, House, SOFIIA};
use sandbox::{CallbackAnswer, MessageView};
use serde_json::Value;

/// The first task that the client decides on.
pub const PLAN: &str = "content_plan";

/// A house in which the content plan waits for the client.
pub async fn plan_awaits(db: &Db, language: &str) -> House {
    let house = House::open(db, language).await;
    house.work_until(PLAN).await;
    house.work(PLAN).await;
    house
}

/// Version of the project, and status and round of each task: equal before and after means nothing happened.
pub async fn standing(house: &House) -> (i64, Vec<String>) {
    let state =
        house.app.project_state(&house.project).await.expect("the store answers").expect("it is there");
    let line =
        |task: &engine::domain::project::state::Task| format!("{} {:?} {}", task.id, task.status, task.round);
    (state.version, state.tasks.iter().map(line).collect())
}

/// The codes of all refusals in the audit stream, oldest first.
pub async fn refusals(house: &House) -> Vec<String> {
    let stored = house.app.store().stream(StreamId::audit(), 0).await.expect("the store answers");
    let code = |data: &str| {
        serde_json::from_str::<Value>(data).expect("it is there")["refusal"]["code"]
            .as_str()
            .expect("it is there")
            .to_owned()
    };
    stored.iter().map(|event| code(&event.data)).collect()
}

/// How many facts of this kind the whole log holds.
pub async fn facts(house: &House, kind: &str) -> usize {
    let all = house.app.store().events(0, 100_000).await.expect("the store answers");
    all.iter().filter(|event| event.kind == kind).count()
}

/// How many decisions of the client the log holds.
pub async fn decisions(house: &House) -> usize {
    facts(house, "task_approved").await + facts(house, "task_sent_back").await
}

/// The round of a task.
pub async fn round(house: &House, task: &str) -> u32 {
    let state =
        house.app.project_state(&house.project).await.expect("the store answers").expect("it is there");
    state.task(&TaskId::from(task)).expect("it is there").round
}

/// What a button carries.
pub fn data(message: &MessageView, label: &str) -> String {
    message.button(label).and_then(|button| button.data.clone()).expect("a button with data")
}

/// A press with any data on any message; answers what the person sees.
pub async fn press_raw(house: &House, person: i64, chat: i64, message: i64, data: &str) -> CallbackAnswer {
    let press = house.sandbox.press_raw(person, chat, message, data).expect("a press");
    house.settle().await;
    house.sandbox.callback_answer(&press).expect("every press is answered")
}

/// The press is refused in a window that only the presser sees; nothing else happens but one line in the audit.
pub async fn refused_raw(
    house: &House,
    person: i64,
    chat: i64,
    message: i64,
    data: &str,
) -> (String, String) {
    let (before, audit, said) = (standing(house).await, refusals(house).await.len(), everything_said(house));
    let answer = press_raw(house, person, chat, message, data).await;
    let text = answer.text.unwrap_or_default();
    assert!(answer.show_alert && !text.is_empty() && text.encode_utf16().count() <= 200, "{text:?}");
    assert_eq!(standing(house).await, before, "{text}");
    assert_eq!(everything_said(house), said, "a refusal is nobody else's business");
    let refusals = refusals(house).await;
    assert_eq!(refusals.len(), audit + 1, "{text}");
    (refusals.last().expect("it is there").clone(), text)
}

/// Every message of the bot that was accepted, and every change of one.
fn everything_said(house: &House) -> usize {
    let journal = house.sandbox.journal(0);
    journal.iter().filter(|entry| entry.is_accepted_send() || entry.kind == sandbox::Kind::Edit).count()
}

/// Another person of the client's who may decide.
pub async fn also_approves(house: &House, person: &str, name: &str, user: i64) {
    let profiles = vec![House::contact(person, name, user)];
    let along = Along { profiles, ..Along::default() };
    house.app.settle(journeys::desk::command_id(), house.now(), along).await.expect("the store answers");
    house.client_order(&house.client, ClientCommand::NameApprover { person: person.into() }).await;
}

/// Who Sofiia is to us.
pub async fn sofiia(house: &House) -> PersonId {
    house
        .app
        .store()
        .profile_by_telegram(SOFIIA)
        .await
        .expect("the store answers")
        .expect("it is there")
        .person
}

/// The last text of the bot in the client's group.
pub fn last_said(house: &House) -> String {
    house.said(GROUP).pop().unwrap_or_default()
}

/// A chat as people see it from the welcome on, without message ids, which depend on what other chats get meanwhile.
pub fn script(house: &House, chat: i64) -> String {
    let shown = |message: &MessageView| {
        let buttons: Vec<_> =
            message.buttons.iter().flatten().map(|button| format!("[{}]", button.label)).collect();
        let file = message.file.as_ref().map(|file| format!("<{:?}> ", file.kind)).unwrap_or_default();
        let reply = if message.reply_to.is_some() { "↳ " } else { "" };
        format!("{}: {reply}{file}{} {}", message.from_name, message.text, buttons.join(" "))
            .trim_end()
            .to_owned()
    };
    let messages = house.sandbox.messages(chat).into_iter();
    let lines = messages
        .filter(|message| message.service.is_none() && !message.deleted)
        .map(|message| shown(&message));
    lines.collect::<Vec<_>>().join("\n\n")
}

/// The log and its read models are as they should be.
pub async fn is_well(house: House) {
    let report = house.app.store().verify().await.expect("the store answers");
    assert!(report.is_well(), "{report:?}");
    house.app.store().close().await;
}

/// A moment by the agency's clock.
pub fn kyiv(local: &str) -> Timestamp {
    let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").expect("a time");
    desk::catalogue().agency().calendar.instant(local)
}

/// Time goes on to this moment as it does in life: each timer fires when it is due.
pub async fn until(house: &House, local: &str) {
    let target = kyiv(local);
    assert!(target >= house.now(), "time does not go back to {local}");
    loop {
        house.settle().await;
        let next = house.app.store().next_timer_due().await.expect("the store answers");
        let to = next.filter(|next| *next > house.now()).unwrap_or(target).min(target);
        let seconds = (to - house.now()).num_seconds();
        if seconds == 0 && to == target {
            return;
        }
        house.skip(seconds.max(1));
    }
}
