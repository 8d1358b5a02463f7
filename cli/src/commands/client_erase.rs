//! `client erase`: what a client's people wrote goes; the log keeps hashes alone, and stays whole.

use engine::app::{Along, Answer, Erasable};
use serde_json::json;

use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;

pub async fn run(typed: &str, yes: bool, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let client = office.find_client(typed).await?.client;
    let Erasable { contents, drafts } = office.app.erasable(&client).await?;
    let (contents, drafts) = (contents.len(), drafts.len());
    let mut erased = false;
    if yes {
        match office.app.erase_answers(&client, office.ask((), Along::default())).await? {
            Answer::Refused(refusal) => return Err(office.refused(refusal, None).await),
            Answer::Done { .. } => erased = true,
            Answer::AlreadySo => {}
        }
    }
    let document = json!({ "client": client, "contents": contents, "drafts": drafts, "erased": erased });
    let done = if erased { "erased" } else { "to erase" };
    console.answer(&document, &format!("{client}: {contents} contents and {drafts} drafts {done}"));
    if !yes && contents + drafts > 0 {
        console.words(&format!(
            "Nothing is erased yet, and nothing will bring it back.\nhint: signoff client erase {client} --yes"
        ));
    }
    Ok(())
}
