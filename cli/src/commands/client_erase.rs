//! `client erase`: what a client's people wrote goes; the log keeps hashes alone, and stays whole.

use engine::app::{Along, Answer};
use engine::domain::client::event::Erased;
use serde_json::json;

use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;

pub async fn run(
    typed: &str,
    (people, yes): (bool, bool),
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let client = office.find_client(typed).await?.client;
    let found = office.app.erasable(&client, people).await?;
    let (waiting, found) = (found.waiting.clone(), found.count());
    let mut done = false;
    if yes {
        match office.app.erase_answers(&client, office.ask((), Along::default()), people).await? {
            Answer::Refused(refusal) => return Err(office.refused(refusal, None).await),
            Answer::Done { .. } => done = true,
            Answer::AlreadySo => {}
        }
    }
    let Erased { contents, drafts, messages, updates, accesses, people: profiles } = found;
    let document = json!({
        "client": client, "contents": contents, "drafts": drafts, "messages": messages, "updates": updates,
        "accesses": accesses, "people": profiles, "waiting": waiting, "erased": done,
    });
    let said = if done { "erased" } else { "to erase" };
    let much = format!(
        "{contents} contents, {drafts} drafts, {messages} sent messages, {updates} updates, accesses of {accesses} \
         projects and {profiles} people"
    );
    console.answer(&document, &format!("{client}: {much} {said}"));
    if !waiting.is_empty() {
        let numbers = waiting.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        console.words(&format!(
            "{} messages wait to be sent and keep their words until then; erase once more when they are out.\n\
             hint: signoff outbox drop {numbers} --comment \"…\"",
            waiting.len()
        ));
    }
    if !yes && found != Erased::default() {
        let flag = if people { " --people" } else { "" };
        console.words(&format!(
            "Nothing is erased yet, and nothing will bring it back.\nhint: signoff client erase {client}{flag} --yes"
        ));
    }
    Ok(())
}
