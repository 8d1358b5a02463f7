//! `client erase`: what a client's people wrote goes; the log keeps hashes alone, and stays whole.

use engine::app::{Along, Answer, Reach};
use engine::domain::ClientId;
use engine::domain::client::event::Erased;
use engine::store::files::Files;
use engine::store::held;
use serde_json::json;

use crate::clock;
use crate::console::Console;
use crate::failure::Failure;
use crate::office::{Office, Setup};
use crate::server::SWEEP;

pub async fn run(
    typed: &str,
    (reach, yes): (Reach, bool),
    setup: &Setup,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let client = office.find_client(typed).await?.client;
    let found = office.app.erasable(&client, reach).await?;
    let (waiting, found) = (found.waiting.clone(), found.count());
    let mut done = false;
    if yes {
        match office.app.erase_answers(&client, office.ask((), Along::default()), reach).await? {
            Answer::Refused(refusal) => return Err(office.refused(refusal, None).await),
            Answer::Done { .. } => done = true,
            Answer::AlreadySo => {}
        }
        // What is younger may be on its way in; the server sweeps it when it is older.
        let files = Files::new(&setup.settings.files_dir);
        office.app.store().sweep_files(&files, clock::now() - SWEEP).await?;
    }
    let Erased { contents, drafts, messages, waiting: unsent, updates, accesses, people: profiles } = found;
    let ids: Vec<i64> = waiting.iter().map(|unsent| unsent.id).collect();
    let document = json!({
        "client": client, "contents": contents, "drafts": drafts, "messages": messages, "updates": updates,
        "accesses": accesses, "people": profiles, "unsent": unsent, "waiting": ids, "erased": done,
    });
    let said = if done { "erased" } else { "to erase" };
    let much = format!(
        "{contents} contents, {drafts} drafts, {messages} sent messages, {unsent} unsent ones, {updates} updates, \
         accesses of {accesses} projects and {profiles} people"
    );
    console.answer(&document, &format!("{client}: {much} {said}"));
    if !waiting.is_empty() {
        tell_of_waiting(&client, &ids, office, console).await?;
    }
    if !yes && found != Erased::default() {
        let flag = |set, flag| if set { flag } else { "" };
        let flags = [flag(reach.people, " --people"), flag(reach.unsent, " --unsent")].concat();
        console.words(&format!(
            "Nothing is erased yet, and nothing will bring it back.\nhint: signoff client erase {client}{flags} --yes"
        ));
    }
    Ok(())
}

/// What is not out yet, and how it is taken back.
async fn tell_of_waiting(
    client: &ClientId,
    waiting: &[i64],
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    console.words(&format!(
        "{} messages wait to be sent and keep their words until then; erase once more when they are out, or now.\n\
         hint: signoff client erase {client} --unsent --yes",
        waiting.len()
    ));
    // What goes out by itself in the morning nobody can drop.
    let held = held::droppable(office.store()).await?;
    let numbers: Vec<String> =
        held.iter().filter(|held| waiting.contains(&held.id)).map(|held| held.id.to_string()).collect();
    if !numbers.is_empty() {
        console.words(&format!("hint: signoff outbox drop {} --comment \"…\"", numbers.join(" ")));
    }
    Ok(())
}
