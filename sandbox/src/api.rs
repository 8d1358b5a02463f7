//! One request to the Bot API: token, fault, method, answer.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::stream;

use crate::faults::{FaultKind, Play, Spoil};
use crate::info::file_bytes;
use crate::journal::{Kind, Note};
use crate::line::Scissors;
use crate::methods;
use crate::params::{Params, percent_decode};
use crate::poll;
use crate::refusal::Refusal;
use crate::server::Inner;

type Outcome = Result<String, Refusal>;

/// Everything below `/bot…` and `/file/bot…`.
pub(crate) async fn serve(
    Shared(inner): Shared<Arc<Inner>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    // Clients encode the token's colon and a file path's slashes as they like; a plus is a plus in a path.
    let path = percent_decode(&request.uri().path().replace('+', "%2B"));
    if let Some((token, file)) = path.strip_prefix("/file/bot").and_then(|rest| rest.split_once('/')) {
        return serve_file(&inner, token, file);
    }
    let Some((token, method)) = path.strip_prefix("/bot").and_then(|rest| rest.split_once('/')) else {
        return answer(Err(Refusal { description: "Not Found".to_owned(), ..Refusal::unknown_method() }));
    };
    let method = method.trim_end_matches('/').to_ascii_lowercase();
    let params = match Params::read(request).await {
        Ok(params) => params,
        Err(refusal) => return answer(Err(refusal)),
    };
    let note = Note { params: Some(params.shown()), ..methods::call(&method, &params) };
    inner.change(|state| state.note(Kind::Call, note));
    if inner.read(|state| token != state.token) {
        return refuse(&inner, &method, &params, Refusal::unauthorized());
    }
    match inner.read(|state| state.pick_fault(&method, params.int("chat_id"))) {
        None => answer(perform(&inner, &method, &params).await),
        Some(fault) => misbehave(inner, scissors, method, params, fault).await,
    }
}

fn serve_file(inner: &Inner, token: &str, path: &str) -> Response {
    if inner.read(|state| token != state.token) {
        return answer(Err(Refusal::unauthorized()));
    }
    match inner.read(|state| file_bytes(state, path)) {
        Some((bytes, mime)) => ([(header::CONTENT_TYPE, mime)], bytes).into_response(),
        None => answer(Err(Refusal { description: "Not Found".to_owned(), ..Refusal::unknown_method() })),
    }
}

async fn perform(inner: &Inner, method: &str, params: &Params) -> Outcome {
    if method == "getupdates" {
        let outcome = poll::get_updates(inner, params).await;
        if let Err(refusal) = &outcome {
            inner.change(|state| state.note(Kind::Refused, methods::refused(method, params, refusal)));
        }
        return outcome;
    }
    inner.change(|state| methods::run(state, method, params)).map(|result| result.to_string())
}

fn answer(outcome: Outcome) -> Response {
    let (status, body) = match outcome {
        Ok(result) => (StatusCode::OK, format!("{{\"ok\":true,\"result\":{result}}}")),
        Err(refusal) => {
            let status = StatusCode::from_u16(refusal.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, refusal.body().to_string())
        }
    };
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

fn refuse(inner: &Inner, method: &str, params: &Params, refusal: Refusal) -> Response {
    inner.change(|state| state.note(Kind::Refused, methods::refused(method, params, &refusal)));
    answer(Err(refusal))
}

/// Lets the connection end without an answer.
fn cut(scissors: &Scissors) -> Response {
    scissors.cut();
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// Says nothing until the client gives up (this future is dropped then), or for `ms`.
async fn silence(inner: &Inner, ms: Option<u64>) {
    inner.pause(ms.unwrap_or(u64::from(u32::MAX))).await;
}

async fn misbehave(
    inner: Arc<Inner>,
    scissors: Scissors,
    method: String,
    params: Params,
    fault: FaultKind,
) -> Response {
    let note = Note { detail: fault.name().to_owned(), ..methods::call(&method, &params) };
    inner.change(|state| state.note(Kind::Fault, note));
    match fault.play() {
        Play::Refuse(refusal) => refuse(&inner, &method, &params, refusal),
        Play::Reset => cut(&scissors),
        Play::Hang(ms) => {
            silence(&inner, ms).await;
            cut(&scissors)
        }
        Play::Late { after_gone, reset, ms } => {
            let gone = after_gone.then(|| scissors.clone());
            // The call is left to a task that outlives the connection.
            inner.spawn(accept_later(Arc::clone(&inner), (method, params), gone, ms));
            if !reset {
                silence(&inner, None).await;
            }
            cut(&scissors)
        }
        Play::Spoil(spoil) => {
            let outcome = perform(&inner, &method, &params).await;
            garble(&inner, &scissors, spoil, outcome).await
        }
    }
}

async fn accept_later(inner: Arc<Inner>, call: (String, Params), gone: Option<Scissors>, ms: u64) {
    if let Some(scissors) = gone {
        tokio::select! {
            () = scissors.gone() => {}
            () = inner.stopped() => {}
        }
    }
    inner.pause(ms).await;
    let (method, params) = call;
    // A late getUpdates has nobody to hand its updates to.
    if method != "getupdates" && !inner.is_stopping() {
        let _ = perform(&inner, &method, &params).await;
    }
}

/// What the client sees of a call that was carried out.
async fn garble(inner: &Inner, scissors: &Scissors, spoil: Spoil, outcome: Outcome) -> Response {
    match spoil {
        Spoil::Error => answer(Err(Refusal::server_error())),
        Spoil::Reset => cut(scissors),
        Spoil::Hang(ms) => {
            silence(inner, ms).await;
            answer(outcome)
        }
        Spoil::WrongJson => {
            let body = outcome.unwrap_or_default();
            let half: String = body.chars().take(body.chars().count() / 2).collect();
            let broken = format!("{{\"ok\":true,\"result\":{half}");
            ([(header::CONTENT_TYPE, "application/json")], broken).into_response()
        }
        Spoil::Drip(ms) => drip(outcome, ms),
    }
}

/// The whole answer in twenty pieces, spread over `ms`.
fn drip(outcome: Outcome, ms: u64) -> Response {
    let text = match outcome {
        Ok(result) => format!("{{\"ok\":true,\"result\":{result}}}"),
        Err(refusal) => refusal.body().to_string(),
    };
    let size = text.len().div_ceil(20).max(1);
    let pieces: Vec<Vec<u8>> = text.into_bytes().chunks(size).map(<[u8]>::to_vec).collect();
    let body = stream::unfold(pieces.into_iter(), move |mut left| async move {
        let piece = left.next()?;
        tokio::time::sleep(Duration::from_millis(ms / 20)).await;
        Some((Ok::<_, Infallible>(piece), left))
    });
    ([(header::CONTENT_TYPE, "application/json")], Body::from_stream(body)).into_response()
}
