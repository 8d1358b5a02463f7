//! `client`: the organisations that pay, their chats and who may decide for them.

use engine::app::{Along, Answer, Reach};
use engine::domain::client::ClientCommand;
use engine::domain::client::event::Answered;
use engine::domain::{ClientId, PersonId, Refusal};
use engine::store::change::Profile;
use projections::directory::{self, ClientEntry};
use serde_json::{Value as Json, json};

use super::{card, client_erase, client_link, client_write};
use crate::args::Client;
use crate::clock;
use crate::console::Console;
use crate::failure::Failure;
use crate::files;
use crate::office::{Office, Setup};
use crate::random::letters;
use crate::slug::slug;
use crate::table::table;

pub async fn run(
    command: Client,
    setup: &Setup,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    match command {
        Client::Add { name } => {
            let client = add(&name, setup.lang.as_deref(), office).await?;
            console.answer(&json!({ "client": client }), client.as_str());
        }
        Client::Set { client, language, zone } => set(&client, language, zone, office, console).await?,
        Client::Answered { client, how, comment } => {
            answered(&client, &how, comment, office, console).await?;
        }
        Client::Write(wanted) => client_write::write(wanted, office, console).await?,
        Client::Waiting => client_write::waiting(office, console).await?,
        Client::Link { client } => client_link::run(&client, office, console).await?,
        Client::Confirm { client } => {
            let entry = office.find_client(&client).await?;
            let changed = office.client(&entry.client, ClientCommand::ConfirmChat, Along::default()).await?;
            let text = format!("{}: chat confirmed", entry.client);
            console.answer(&json!({ "client": entry.client, "confirmed": true, "changed": changed }), &text);
        }
        Client::Approver { client, telegram_user, name, remove } => {
            let entry = office.find_client(&client).await?;
            let person = if remove {
                remove_approver(&entry, telegram_user, office).await?
            } else {
                name_approver(&entry.client, telegram_user, name, office).await?
            };
            let word = if remove { "no longer decides" } else { "may approve and send back" };
            console.answer(&json!({ "client": entry.client, "person": person }), &format!("{person} {word}"));
        }
        Client::Erase { client, people, unsent, yes } => {
            client_erase::run(&client, (Reach { people, unsent }, yes), setup, office, console).await?;
        }
        Client::Show { client } => {
            let entry = office.find_client(&client).await?;
            show(&entry, office, console).await?;
        }
        Client::Resolve { client, field, choice } => {
            let entry = office.find_client(&client).await?;
            let take = choice == "take";
            let command = ClientCommand::ResolveCard { field: field.clone(), take };
            office.client(&entry.client, command, Along::default()).await?;
            let text = format!(
                "{}: {field}, the value {} holds",
                entry.client,
                if take { "of the brief" } else { "on the card" }
            );
            console.answer(&json!({ "client": entry.client, "field": field, "taken": take }), &text);
        }
        Client::List => list(office, console).await?,
    }
    Ok(())
}

/// Adds a client under an id made from its name; a second one of that name gets a number.
pub async fn add(name: &str, language: Option<&str>, office: &Office) -> Result<ClientId, Failure> {
    let languages = office.catalogue.languages().to_vec();
    let first = languages.first().cloned().unwrap_or_default();
    let language = language.map_or(first, str::to_owned);
    presentable(name, "a client")?;
    let stem = slug(name);
    for number in 1..1_000 {
        let office = office.step(&number.to_string());
        let before = office.done_before().await?.and_then(|fact| fact["client"].as_str().map(ClientId::from));
        let client = ClientId(if number == 1 { stem.clone() } else { format!("{stem}-{number}") });
        if before.is_none() && office.app.client_state(&client).await?.is_some() {
            continue;
        }
        let command = ClientCommand::AddClient {
            client: client.clone(),
            name: name.to_owned(),
            language: language.clone(),
            languages: languages.clone(),
        };
        match office.app.client(&client, office.ask(command, Along::default())).await? {
            Answer::Refused(Refusal::ClientExists { .. }) => {}
            Answer::Refused(refusal) => return Err(office.refused(refusal, None).await),
            Answer::Done { .. } | Answer::AlreadySo => return Ok(before.unwrap_or(client)),
        }
    }
    Err(Failure::failed(format!("there are too many clients called {name}")))
}

async fn set(
    client: &str,
    language: Option<String>,
    zone: Option<String>,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let client = office.find_client(client).await?.client;
    let language = language.map(|language| {
        let languages = office.catalogue.languages().to_vec();
        ("language", ClientCommand::ChooseLanguage { language, languages })
    });
    let zone = zone.map(|zone| ("zone", ClientCommand::ChooseZone { zone }));
    let commands: Vec<(&str, ClientCommand)> = language.into_iter().chain(zone).collect();
    // Both or neither: nothing changes before the rules have said yes to everything.
    for (_, command) in &commands {
        let ask = office.ask(command.clone(), Along::default());
        if let Some(refusal) = office.app.rehearse_client(&client, ask).await? {
            return Err(office.attempt("set_client", refusal).await);
        }
    }
    for (name, command) in commands {
        office.step(name).client(&client, command, Along::default()).await?;
    }
    let state = office.app.client_state(&client).await?;
    let language = state.as_ref().map_or("", |state| state.language.as_str());
    let zone = state.as_ref().and_then(|state| state.zone).map(|zone| zone.to_string());
    let json = json!({ "client": client, "language": language, "zone": zone });
    console
        .answer(&json, &format!("{client}: {language}, {}", zone.as_deref().unwrap_or("the agency's zone")));
    Ok(())
}

async fn answered(
    client: &str,
    how: &str,
    comment: Option<String>,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let client = office.find_client(client).await?.client;
    let how = match how {
        "message" => Answered::Message,
        "next-step" => Answered::NextStep,
        _ => Answered::Call,
    };
    let said = comment.map(|text| files::comment(&text, office.by.person().cloned(), clock::now()));
    let (contents, note) = match said {
        Some((content, note)) => (vec![content], Some(note)),
        None => (Vec::new(), None),
    };
    let along = Along { contents, ..Along::default() };
    let changed = office.client(&client, ClientCommand::NoteAnswer { how, note }, along).await?;
    let text = if changed { "nobody waits for an answer any more" } else { "nobody waited for an answer" };
    console.answer(&json!({ "client": client, "changed": changed }), &format!("{client}: {text}"));
    Ok(())
}

/// Names a Telegram user as one who decides; the person is made if nobody has this account yet.
pub async fn name_approver(
    client: &ClientId,
    telegram_user: i64,
    name: Option<String>,
    office: &Office,
) -> Result<PersonId, Failure> {
    let known = office.store().profile_by_telegram(telegram_user).await?;
    let mut along = Along::default();
    let is_known = known.is_some();
    let mut profile = known.unwrap_or_else(|| Profile {
        person: PersonId(format!("p-{}", letters(8))),
        // Empty until the person writes: the bot fills it from Telegram then.
        name: String::new(),
        telegram_user: Some(telegram_user),
        username: None,
        language: None,
    });
    let person = profile.person.clone();
    let is_staff = office.app.agency_state().await?.people.contains_key(&person);
    let renamed = name.filter(|name| !is_staff && *name != profile.name);
    if renamed.is_some() || !is_known {
        profile.name = renamed.unwrap_or(profile.name);
        along.profiles.push(profile);
    }
    office.client(client, ClientCommand::NameApprover { person: person.clone() }, along).await?;
    Ok(person)
}

async fn remove_approver(
    entry: &ClientEntry,
    telegram_user: i64,
    office: &Office,
) -> Result<PersonId, Failure> {
    let Some(profile) = office.store().profile_by_telegram(telegram_user).await? else {
        return Err(Failure::not_found(format!("nobody with Telegram user {telegram_user} is known")));
    };
    let command = ClientCommand::RemoveApprover { person: profile.person.clone() };
    office.client(&entry.client, command, Along::default()).await?;
    Ok(profile.person)
}

async fn show(entry: &ClientEntry, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let approvers: Vec<PersonId> = entry.approvers.iter().cloned().collect();
    let mut people: Vec<PersonId> = approvers.clone();
    people.extend(entry.linked_by.clone());
    let names = office.store().names(&people).await?;
    let named = |person: &PersonId| {
        names.get(person).filter(|name| !name.is_empty()).cloned().unwrap_or_else(|| person.to_string())
    };
    let projects: Vec<_> = directory::projects(office.store()).await?;
    let projects: Vec<_> = projects.into_iter().filter(|project| project.client == entry.client).collect();
    let card = card::of(&entry.client, office).await?;
    let state = office.app.client_state(&entry.client).await?;
    let zone = state.as_ref().and_then(|state| state.zone).map(|zone| zone.to_string());
    let unanswered = state.as_ref().and_then(|state| state.unanswered.as_ref()).map(|waits| waits.since);
    let json = json!({
        "client": entry.client,
        "card": card::json(&card),
        "name": entry.name,
        "language": entry.language,
        "zone": zone,
        "unanswered_since": unanswered,
        "chat": chat_json(entry, &named),
        "approvers": approvers.iter().map(|person| json!({ "person": person, "name": named(person) })).collect::<Vec<_>>(),
        "link_expires": entry.link_expires,
        "projects": projects.iter().map(|project| &project.project).collect::<Vec<_>>(),
    });
    let or_dash = |list: Vec<String>| if list.is_empty() { "-".to_owned() } else { list.join(", ") };
    let chat = entry
        .chat
        .map_or_else(|| "none".to_owned(), |chat| format!("{chat} ({})", entry.chat_state().word()));
    let lines = [
        ("client", entry.client.to_string()),
        ("name", entry.name.clone()),
        ("language", entry.language.clone()),
        ("zone", zone.unwrap_or_else(|| "the agency's".to_owned())),
        (
            "unanswered",
            unanswered.map_or_else(|| "-".to_owned(), |since| format!("since {}", office.local(since))),
        ),
        ("chat", chat),
        ("approvers", or_dash(approvers.iter().map(named).collect())),
        ("projects", or_dash(projects.iter().map(|project| project.project.to_string()).collect())),
    ];
    let text: Vec<String> = lines.iter().map(|(name, value)| format!("{name:<10}  {value}")).collect();
    console.answer(&json, &format!("{}{}", text.join("\n"), card::text(&card)));
    Ok(())
}

fn chat_json(entry: &ClientEntry, named: &impl Fn(&PersonId) -> String) -> Json {
    json!({
        "id": entry.chat,
        "kind": entry.chat_kind,
        "state": entry.chat_state(),
        "lost": entry.chat_lost,
        "linked_by": entry.linked_by.as_ref().map(|person| json!({ "person": person, "name": named(person) })),
    })
}

async fn list(office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let clients = directory::clients(office.store()).await?;
    let json: Vec<Json> = clients
        .iter()
        .map(|entry| {
            json!({
                "client": entry.client,
                "name": entry.name,
                "language": entry.language,
                "chat_state": entry.chat_state(),
                "approvers": entry.approvers,
            })
        })
        .collect();
    let rows: Vec<Vec<String>> = clients
        .iter()
        .map(|entry| {
            let state = entry.chat_state().word().to_owned();
            let approvers = entry.approvers.len().to_string();
            vec![entry.client.to_string(), entry.name.clone(), entry.language.clone(), state, approvers]
        })
        .collect();
    let text = table(console.draws(), &["client", "name", "language", "chat", "approvers"], &rows);
    console.answer(&json!({ "clients": json }), &text);
    Ok(())
}

/// A name that people can read in one line: not empty, not endless, without control characters.
pub fn presentable(name: &str, whose: &str) -> Result<(), Failure> {
    if name.trim().is_empty() {
        return Err(Failure::usage(format!("{whose} needs a name")));
    }
    if name.chars().count() > 200 || name.chars().any(char::is_control) {
        return Err(Failure::usage(format!("the name of {whose} has at most 200 characters, in one line")));
    }
    Ok(())
}
