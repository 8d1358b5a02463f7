//! `person`: the people of the agency.

use engine::app::Along;
use engine::domain::agency::AgencyCommand;
use engine::domain::{PersonId, Refusal, Timestamp};
use engine::store::change::Profile;
use engine::store::sessions::{Offer, link_until};
use projections::directory;
use serde_json::json;

use super::client::presentable;
use super::{person_leave, person_password};
use crate::args::Person;
use crate::clock;
use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;
use crate::random::{long_token, sha256};
use crate::table::table;

pub async fn run(command: Person, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    match command {
        Person::Add { id, name, role, telegram_user } => {
            presentable(&name, "a person")?;
            let wanted = Wanted { person: PersonId(id), name, roles: role, telegram_user };
            let added = add(wanted, office).await?;
            let text = format!("{}: {}", added.person, added.roles.join(", "));
            console.answer(&json!({ "person": added.person, "roles": added.roles }), &text);
            Ok(())
        }
        Person::List => list(office, console).await,
        Person::Owns { id } => person_leave::owns(&id, office, console).await,
        Person::Leave { id, to, assign } => person_leave::leave(&id, (to, assign), office, console).await,
        Person::Password { id } => person_password::set(&id, office, console).await,
        Person::Link { id } => {
            let person = office.staff(&id).await?;
            let (link, expires) = sign_in_link(&person, office).await?;
            console.answer(&json!({ "person": person, "link": link, "expires": expires }), &link);
            Ok(())
        }
    }
}

/// A link by which the person signs in to the board, and until when (RELIABILITY 6.4).
pub async fn sign_in_link(person: &PersonId, office: &Office) -> Result<(String, Timestamp), Failure> {
    let (token, now) = (long_token(), clock::now());
    let offer = Offer { token_sha256: sha256(token.as_bytes()), browser_sha256: None, most: None };
    office.store().offer_sign_in(person, offer, now).await?;
    Ok((format!("{}/login/{token}", office.settings.public_url), link_until(now)))
}

/// A person as asked for.
pub struct Wanted {
    pub person: PersonId,
    pub name: String,
    pub roles: Vec<String>,
    pub telegram_user: Option<i64>,
}

/// Adds the person, or changes what is different.
pub async fn add(wanted: Wanted, office: &Office) -> Result<Wanted, Failure> {
    let before = office.store().profile(&wanted.person).await?;
    if let Some(user) = wanted.telegram_user {
        let owner = office.store().profile_by_telegram(user).await?;
        if let Some(owner) = owner.filter(|owner| owner.person != wanted.person) {
            return Err(office.attempt("add_person", Refusal::TelegramTaken { person: owner.person }).await);
        }
    }
    let profile = Profile {
        person: wanted.person.clone(),
        name: wanted.name.clone(),
        telegram_user: wanted.telegram_user.or(before.as_ref().and_then(|before| before.telegram_user)),
        username: before.as_ref().and_then(|before| before.username.clone()),
        language: before.as_ref().and_then(|before| before.language.clone()),
    };
    let profile_changed = before.as_ref().is_some_and(|before| *before != profile);
    let known = office.catalogue.agency().roles.iter().map(|role| role.id.clone()).collect();
    let command = AgencyCommand::AddPerson {
        person: wanted.person.clone(),
        roles: wanted.roles.clone(),
        known,
        profile_changed,
    };
    let along = Along { profiles: vec![profile], ..Along::default() };
    office.agency(command, along).await?;
    Ok(wanted)
}

async fn list(office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let staff = directory::staff(office.store()).await?;
    let mut profiles = Vec::new();
    for entry in &staff {
        profiles.push(office.store().profile(&entry.person).await?);
    }
    let people: Vec<_> = staff.iter().zip(&profiles).collect();
    let json: Vec<_> = people
        .iter()
        .map(|(entry, profile)| {
            json!({
                "person": entry.person,
                "name": profile.as_ref().map(|profile| &profile.name),
                "roles": entry.roles,
                "telegram_user": profile.as_ref().and_then(|profile| profile.telegram_user),
            })
        })
        .collect();
    let rows: Vec<Vec<String>> = people
        .iter()
        .map(|(entry, profile)| {
            let name = profile.as_ref().map_or_else(String::new, |profile| profile.name.clone());
            let user = profile.as_ref().and_then(|profile| profile.telegram_user);
            let roles: Vec<&str> = entry.roles.iter().map(String::as_str).collect();
            let user = user.map_or_else(|| "-".to_owned(), |user| user.to_string());
            vec![entry.person.to_string(), name, roles.join(", "), user]
        })
        .collect();
    let text = table(console.draws(), &["person", "name", "roles", "telegram"], &rows);
    console.answer(&json!({ "people": json }), &text);
    Ok(())
}
