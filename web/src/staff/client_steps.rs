//! What the board can do about a client: confirm its chat, let people approve, offer a new link (TG-11, TG-21).

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use engine::app::{Along, Answer, AppError, Ask};
use engine::domain::client::ClientCommand;
use engine::domain::{Arg, ClientId, PersonId};
use engine::store::change::Profile;
use engine::store::notes;
use maud::{Markup, html};
use sha2::{Digest, Sha256};

use super::act::{Posted, refused};
use super::answer::command_id;
use super::client_page::{self, Above};
use super::frame::Ui;
use super::session::{Staff, hashed};
use crate::body;
use crate::site::Site;

/// A posted form, in bytes.
const LARGEST: usize = 16 * 1024;
/// How long a link may be used, in hours (TG-11).
const HOURS: i64 = 24;
/// So many letters of a token are asked for: more than 128 bits.
const TOKEN: usize = 22;

pub(super) async fn take(
    State(site): State<Site>,
    staff: Staff,
    Path((client, step)): Path<(String, String)>,
    body: Body,
) -> Response {
    let Ok(body) = body::read(body, LARGEST).await else {
        return site.plain(StatusCode::PAYLOAD_TOO_LARGE, &staff.language, "large");
    };
    let (client, posted) = (ClientId(client), Posted::read(&body));
    let done = match step.as_str() {
        "confirm" => {
            give(&site, &staff, &client, &posted, (ClientCommand::ConfirmChat, Along::default())).await
        }
        "approver" => approver(&site, &staff, &client, &posted).await,
        "link" => return link(&site, &staff, &client, &posted).await,
        _ => return site.plain(StatusCode::NOT_FOUND, &staff.language, "gone"),
    };
    match done {
        Ok(None) => (StatusCode::SEE_OTHER, [(LOCATION, format!("/c/{client}"))]).into_response(),
        Ok(Some(said)) => client_page::page(&site, &staff, &client, None, Some(Above::No(said))).await,
        Err(error) => site.trouble(&error, &staff.language),
    }
}

/// Gives a command; answers what the rules say against it.
async fn give(
    site: &Site,
    staff: &Staff,
    client: &ClientId,
    posted: &Posted,
    (command, along): (ClientCommand, Along),
) -> Result<Option<String>, AppError> {
    let command_id = command_id(staff, site, posted.token());
    let ask = Ask { command_id, at: site.now(), by: staff.actor(), command, along };
    match site.app.client(client, ask).await? {
        Answer::Done { .. } | Answer::AlreadySo => Ok(None),
        Answer::Refused(refusal) => Ok(Some(refused(site, staff, &refusal).await?)),
    }
}

/// Somebody we know, or a Telegram account by its number.
async fn approver(
    site: &Site,
    staff: &Staff,
    client: &ClientId,
    posted: &Posted,
) -> Result<Option<String>, AppError> {
    let known = PersonId::from(posted.get("person"));
    if posted.get("remove") == "yes" {
        let command = ClientCommand::RemoveApprover { person: known };
        return give(site, staff, client, posted, (command, Along::default())).await;
    }
    let (person, along) = if known.as_str().is_empty() {
        match posted.get("number").parse::<i64>() {
            Ok(number) if number > 0 => by_number(site, staff, posted, number).await?,
            Ok(_) | Err(_) => return Ok(Some(Ui::of(site, staff).t("ui-bad-number"))),
        }
    } else {
        (known, Along::default())
    };
    give(site, staff, client, posted, (ClientCommand::NameApprover { person }, along)).await
}

/// The person of an account; one that nobody knows is made, with the name that was typed.
async fn by_number(
    site: &Site,
    staff: &Staff,
    posted: &Posted,
    number: i64,
) -> Result<(PersonId, Along), AppError> {
    if let Some(profile) = site.app.store().profile_by_telegram(number).await? {
        return Ok((profile.person, Along::default()));
    }
    let seed = command_id(staff, site, posted.token());
    let person = PersonId(format!("p-{}", &hashed(&seed)[..12]));
    let name: String = posted.get("name").chars().filter(|letter| !letter.is_control()).take(200).collect();
    let profile =
        Profile { person: person.clone(), name, telegram_user: Some(number), username: None, language: None };
    Ok((person, Along { profiles: vec![profile], ..Along::default() }))
}

/// A new link; the same form sent twice offers the same one.
async fn link(site: &Site, staff: &Staff, client: &ClientId, posted: &Posted) -> Response {
    let seed = if posted.token().is_empty() { site.token() } else { posted.token().to_owned() };
    let digest = Sha256::digest(format!("chat-link:{client}:{seed}"));
    let token = URL_SAFE_NO_PAD.encode(digest)[..TOKEN].to_owned();
    let expires = site.now() + TimeDelta::hours(HOURS);
    let command = ClientCommand::OfferLink { token_sha256: hashed(&token), expires };
    let shown = match give(site, staff, client, posted, (command, Along::default())).await {
        Ok(None) => draw(site, staff, &token).await.map(Above::Link),
        Ok(Some(said)) => Ok(Above::No(said)),
        Err(error) => Err(error),
    };
    match shown {
        Ok(above) => client_page::page(site, staff, client, None, Some(above)).await,
        Err(error) => site.trouble(&error, &staff.language),
    }
}

async fn draw(site: &Site, staff: &Staff, token: &str) -> Result<Markup, AppError> {
    let ui = Ui::of(site, staff);
    let bot = notes::latest(site.app.store(), "telegram.name.").await?;
    let link = |start: &str| bot.as_ref().map(|bot| format!("https://t.me/{bot}?{start}={token}"));
    Ok(html! {
        section.card.panel.link role="status" {
            p { (ui.t("ui-link-once")) }
            @match (link("startgroup"), link("start")) {
                (Some(group), Some(private)) => {
                    p { b { (ui.t("ui-link-group")) } br; code { (group) } }
                    p { b { (ui.t("ui-link-private")) } br; code { (private) } }
                },
                _ => p { (ui.say("ui-link-token", &[("token", Arg::Text(token.to_owned()))])) },
            }
        }
    })
}
