//! `person password`: a way to sign in without the bot; the words come from the keyboard or a pipe, never as an argument.

use std::io::{IsTerminal, Read};

use engine::app::{Access, Along, Chosen};
use engine::domain::agency::AgencyCommand;
use serde_json::json;

use super::access::no_key;
use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;

pub async fn set(id: &str, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let person = office.staff(id).await?;
    let password = tokio::task::spawn_blocking(typed)
        .await
        .map_err(|error| Failure::failed(format!("the password could not be read: {error}")))??;
    let authenticator = office.app.new_authenticator(&person)?;
    let chosen = Chosen { password, secret: authenticator.secret.clone(), code: None };
    let ask = office.ask(AgencyCommand::SetPassword { person: person.clone() }, Along::default());
    match office.app.set_password(ask, chosen).await? {
        Access::Done(()) => {}
        Access::Refused(refusal) => return Err(office.refused(refusal, None).await),
        Access::NoKey | Access::OtherKey => return Err(no_key()),
    }
    let document =
        json!({ "person": person, "secret": authenticator.secret, "address": authenticator.address });
    let text = format!(
        "{person} signs in at {}/login/password with the password and a code.\n\
         Type this into an app for codes, or make a picture of the address: it is shown once.\n{}\n{}",
        office.settings.public_url, authenticator.secret, authenticator.address
    );
    console.answer(&document, &text);
    Ok(())
}

/// Twice at a keyboard, unseen; once from a pipe.
fn typed() -> Result<String, Failure> {
    let unread = |error: std::io::Error| Failure::failed(format!("the password could not be read: {error}"));
    if !std::io::stdin().is_terminal() {
        let mut text = String::new();
        std::io::stdin().take(4_096).read_to_string(&mut text).map_err(unread)?;
        return Ok(text.trim_end_matches(['\r', '\n']).to_owned());
    }
    let first = rpassword::prompt_password("New password: ").map_err(unread)?;
    let second = rpassword::prompt_password("The same again: ").map_err(unread)?;
    if first != second {
        return Err(Failure::failed("the two are not the same; nothing was changed"));
    }
    Ok(first)
}
