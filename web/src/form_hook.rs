//! The hook for forms elsewhere: answers as JSON, by the same token as the client's address (PF-84).

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use engine::app::{Answer, AppError, HandIn, HandedIn};
use engine::domain::form::{MOST, Problem, Typed, Wrong, question_called};
use engine::domain::project::event::FilledBy;
use engine::domain::{Actor, Refusal};
use engine::store::change::LinkPurpose;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::body::{self, Unread};
use crate::door::{Room, Shut, is_token};
use crate::drafts;
use crate::guard::media_type;
use crate::site::Site;

/// The largest body, in bytes (RELIABILITY 6.6).
const LARGEST: usize = 128 * 1024;

/// What is posted: answers by the id or the title of their question.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Post {
    answers: BTreeMap<String, Value>,
}

/// Takes the answers of a form elsewhere.
pub(crate) async fn take(
    State(site): State<Site>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    if !is_token(&token) {
        return no_link();
    }
    let body = body::read(body, LARGEST).await;
    let room = match site.room(&token, LinkPurpose::Fill).await {
        Ok(room) => room,
        Err(Shut::Gone) => return no_link(),
        Err(Shut::Busy) => {
            return problem(StatusCode::TOO_MANY_REQUESTS, "too-many", "wait a minute and try again");
        }
        Err(Shut::Trouble(error)) => return trouble(&error),
    };
    // What the body says it is decides who reads it: nothing else is tried (RELIABILITY 6.6).
    if media_type(&headers) != "application/json" {
        return problem(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "not-json",
            "send JSON with Content-Type: application/json",
        );
    }
    let body = match body {
        Ok(body) => body,
        Err(Unread::TooLarge) => {
            return problem(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "the body has more than 128 KiB");
        }
        Err(Unread::Broken) => return problem(StatusCode::BAD_REQUEST, "broken", "the body broke off"),
    };
    match read(&room, &body) {
        Ok((typed, ignored)) => {
            hand_in(&site, &room, typed, ignored).await.unwrap_or_else(|error| trouble(&error))
        }
        Err(said) => problem(StatusCode::UNPROCESSABLE_ENTITY, "unreadable", &said),
    }
}

/// The answers by question, and how many belong to no question.
fn read(room: &Room, body: &[u8]) -> Result<(Typed, usize), String> {
    let post: Post = serde_json::from_slice(body).map_err(|error| {
        // The place only: the text of the error may quote the body.
        format!("not the JSON that is wanted, line {}, column {}", error.line(), error.column())
    })?;
    if post.answers.len() > MOST {
        return Err(format!("{} answers, at most {MOST} are taken", post.answers.len()));
    }
    let (mut typed, mut ignored) = (Typed::new(), 0);
    for (name, value) in post.answers {
        let mut entries =
            entries(&value).ok_or("an answer is a text, a number, true, false or a list of those")?;
        // A form elsewhere carries the token as one of its answers.
        entries.retain(|entry| entry.trim() != room.token);
        let question = match question_called(&room.form, &name) {
            Some(field) => field.id.clone(),
            None if room.form.questions.is_empty() => name.chars().take(200).collect(),
            None => {
                ignored += usize::from(!entries.is_empty());
                continue;
            }
        };
        typed.entry(question).or_default().extend(entries);
    }
    Ok((typed, ignored))
}

fn entries(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::String(text) => Some(vec![text.clone()]),
        Value::Number(number) => Some(vec![number.to_string()]),
        Value::Bool(flag) => Some(vec![if *flag { "yes" } else { "no" }.to_owned()]),
        Value::Array(all) if all.iter().all(|one| !one.is_array()) => {
            let each: Option<Vec<Vec<String>>> = all.iter().map(entries).collect();
            Some(each?.concat())
        }
        Value::Array(_) | Value::Object(_) => None,
    }
}

async fn hand_in(site: &Site, room: &Room, typed: Typed, ignored: usize) -> Result<Response, AppError> {
    let bytes = serde_json::to_vec(&typed).unwrap_or_default();
    let given = HandIn {
        project: room.link.project.clone(),
        form: room.link.form.clone(),
        typed,
        sending: Some(room.link.number),
        filled: FilledBy::External,
        by: Actor::LinkHolder,
        // The script asks again after a failure: the same answers are one command.
        command_id: format!("form:{}:{}", room.token_sha256, hex::encode(Sha256::digest(bytes))),
        at: site.now(),
    };
    Ok(match site.app.hand_in(given.clone()).await? {
        HandedIn::Given(Answer::Done { .. } | Answer::AlreadySo) => {
            Json(json!({ "received": true, "ignored": ignored })).into_response()
        }
        HandedIn::Given(Answer::Refused(Refusal::FormClosed { .. })) => closed(),
        HandedIn::Given(Answer::Refused(refusal)) => {
            problem(StatusCode::CONFLICT, &refusal.code(), &refusal.to_string())
        }
        HandedIn::Wrong(_) if !site.again(room).await?.is_open() => closed(),
        HandedIn::Wrong(wrong) => {
            if !keep(site, room, &given.typed).await? {
                return Ok(closed());
            }
            if !room.form.questions.is_empty() {
                let page = format!("{}/f/{}", site.app.desk().public_url, room.token);
                site.app.note_incomplete(&given, &wrong, page).await?;
            }
            incomplete(&wrong)
        }
    })
}

fn closed() -> Response {
    problem(StatusCode::CONFLICT, "form-closed", "this form was handed in already, or is no longer needed")
}

/// Nothing that came is lost: the client goes on from here on our page, or the staff do. False if the form was handed
/// in meanwhile.
async fn keep(site: &Site, room: &Room, typed: &Typed) -> Result<bool, AppError> {
    let earlier = match &room.state.received {
        Some(received) => site.app.answers_again(received).await?,
        None => Typed::new(),
    };
    let is_filled = |entries: &[String]| entries.iter().any(|entry| !entry.trim().is_empty());
    let came = || typed.iter().filter(|(_, entries)| is_filled(entries));
    let kept = drafts::keep(site, room, |before| {
        let mut all = before.map_or_else(|| earlier.clone(), |draft| draft.answers.clone());
        all.extend(came().map(|(question, entries)| (question.clone(), entries.clone())));
        (all, ())
    });
    Ok(kept.await?.is_some())
}

fn incomplete(wrong: &[Wrong]) -> Response {
    let errors: Vec<Value> = wrong
        .iter()
        .map(|wrong| json!({ "question": wrong.question, "problem": problem_word(&wrong.problem) }))
        .collect();
    let body = json!({
        "type": "about:blank",
        "title": "some answers have to be mended first; what came is kept",
        "status": 422,
        "code": "form-incomplete",
        "errors": errors,
    });
    let headers = [(CONTENT_TYPE, "application/problem+json")];
    (StatusCode::UNPROCESSABLE_ENTITY, headers, body.to_string()).into_response()
}

fn problem_word(problem: &Problem) -> &'static str {
    match problem {
        Problem::Missing => "missing",
        Problem::Unfit(_) => "does not fit the type of the question",
        Problem::TooLong => "too long",
        Problem::TooFew { .. } => "too few",
    }
}

fn problem(status: StatusCode, code: &str, title: &str) -> Response {
    let body = json!({ "type": "about:blank", "title": title, "status": status.as_u16(), "code": code });
    (status, [(CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}

fn no_link() -> Response {
    problem(StatusCode::NOT_FOUND, "no-link", "this address is unknown or too old")
}

fn trouble(error: &AppError) -> Response {
    tracing::error!(%error, "answers cannot be taken");
    problem(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "try again in a minute")
}
