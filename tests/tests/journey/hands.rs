//! What people of the staff do in their chat, and how a refusal must sound there.

use std::sync::Arc;

use engine::app::Answer;
use engine::domain::definition::Definition;
use engine::domain::money::Money;
use engine::domain::project::ProjectCommand;
use engine::domain::{Actor, Refusal, StreamId};
use journeys::desk::{self, STAFF, STAFF_CHAT, done};
use journeys::house::House;
use sandbox::MessageView;

pub const OLENA: i64 = 1001;
pub const MAKSYM: i64 = 1002;
pub const IRYNA: i64 = 1003;
pub const TARAS: i64 = 1004;
pub const NADIIA: i64 = 1005;

/// Presses a button of the staff chat; answers the words of the alert or of the passing line.
pub async fn tap(house: &House, person: i64, label: &str) -> String {
    let answer = house.press(person, STAFF_CHAT, label).await.expect("every press is answered");
    answer.text.unwrap_or_default()
}

/// Presses a button that must answer with an alert of at most 200 characters.
pub async fn alert(house: &House, person: i64, label: &str) -> String {
    let answer = house.press(person, STAFF_CHAT, label).await.expect("every press is answered");
    let text = answer.text.unwrap_or_default();
    assert!(answer.show_alert, "{label}: {text}");
    assert!((1..=200).contains(&text.encode_utf16().count()), "{label}: {text}");
    text
}

/// Presses the button of a field; answers the question that follows.
pub async fn ask(house: &House, person: i64, label: &str) -> MessageView {
    assert_eq!(tap(house, person, label).await, "", "{label}");
    let question = house.sandbox.last_message(STAFF_CHAT).expect("a message");
    assert!(question.force_reply, "{label}:\n{}", house.transcript(STAFF_CHAT));
    question
}

/// Replies to a message of the staff chat.
pub async fn reply(house: &House, person: i64, to: i64, text: &str) {
    house.sandbox.send_text(person, STAFF_CHAT, text, Some(to)).expect("said");
    house.settle().await;
}

/// Fills a field by its button and a reply.
pub async fn fill(house: &House, person: i64, label: &str, text: &str) {
    let question = ask(house, person, label).await;
    reply(house, person, question.id, text).await;
}

/// Fills a field with a document.
pub async fn attach(house: &House, person: i64, label: &str, name: &str) {
    let question = ask(house, person, label).await;
    let file = sandbox::SentFile {
        file_name: Some(name.into()),
        mime: Some("application/pdf".into()),
        reply_to: Some(question.id),
        ..sandbox::SentFile::new(person, STAFF_CHAT, sandbox::FileKind::Document)
    };
    house.sandbox.send_file(&file).expect("sent");
    house.settle().await;
}

/// A command that must be refused and must change nothing: no fact of the project, one line of the audit.
pub async fn refused(house: &House, by: Actor, command: ProjectCommand) -> Refusal {
    let before = standing(house).await;
    let said = format!("{command:?}");
    let answer = house.try_order(by, command).await;
    let Answer::Refused(refusal) = answer else { panic!("{said}: {answer:?}") };
    assert_eq!(standing(house).await, (before.0, before.1 + 1), "{said}");
    refusal
}

/// The version of the project, and how many attempts the audit holds.
pub async fn standing(house: &House) -> (i64, usize) {
    let project = house.app.project_state(&house.project).await.unwrap().unwrap();
    let audit = house.app.store().stream(StreamId::audit(), 0).await.unwrap();
    (project.version, audit.len())
}

/// The sentence of a refusal, as a chat says it.
pub fn sentence(house: &House, refusal: &Refusal) -> String {
    house.catalogue.refusal_in_chat("uk", refusal, &name)
}

/// The sentence of a refusal, as an alert says it.
pub fn in_alert(house: &House, refusal: &Refusal) -> String {
    house.catalogue.refusal_alert("uk", refusal, &name)
}

fn name(person: &engine::domain::PersonId) -> String {
    let known = STAFF.iter().find(|(id, ..)| *id == person.as_str());
    known.map_or_else(|| person.to_string(), |(_, name, ..)| (*name).to_owned())
}

/// What the task waits for comes in: brief and money.
pub async fn confirm(house: &House, task: &str) {
    house.open_gates(task).await;
    house.settle().await;
}

/// The command that opens a project for the house's client, with everybody at their usual work.
pub fn open_command(
    house: &House,
    project: &str,
    definition: &Arc<Definition>,
    price: Option<Money>,
) -> ProjectCommand {
    let people = STAFF.iter().map(|(person, _, role, _)| ((*role).to_owned(), (*person).into()));
    ProjectCommand::OpenProject {
        project: project.into(),
        client: house.client.clone(),
        definition: Arc::clone(definition),
        assigned: people.collect(),
        price,
        promised: Box::default(),
    }
}

/// A project of the house by another definition; from now on the house speaks of this one.
pub async fn open_as(house: &mut House, project: &str, definition: Arc<Definition>) {
    let command = open_command(house, project, &definition, None);
    house.project = project.into();
    done(house.app.project(&house.project, desk::ask(house.now(), Actor::Operator, command)).await.unwrap());
    house.settle().await;
}
