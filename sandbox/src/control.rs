//! The same handle over HTTP, as JSON: for the chat page and for tests in other processes.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Path, Query, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::faults::Fault;
use crate::handle::{Sandbox, SentFile, Unable};
use crate::model::ChatKind;
use crate::server::Inner;

type Done = Result<Value, Unable>;

/// The body of an action, read field by field.
struct Ask(Value);

impl Ask {
    fn get<T: DeserializeOwned>(&self, key: &str) -> Result<T, Unable> {
        let value = self.0.get(key).cloned().unwrap_or(Value::Null);
        T::deserialize(value).map_err(|error| Unable(format!("{key}: {error}")))
    }

    fn all<T: DeserializeOwned>(&self) -> Result<T, Unable> {
        T::deserialize(self.0.clone()).map_err(|error| Unable(error.to_string()))
    }
}

/// POST /control/{action} with a JSON object; the content type keeps other sites' forms out.
pub(crate) async fn act(
    Shared(inner): Shared<Arc<Inner>>,
    Path(action): Path<String>,
    Json(body): Json<Value>,
) -> Response {
    answer(run(&Sandbox::of(&inner), &action, &Ask(body)))
}

/// GET /control/{action} for the ones that only look.
pub(crate) async fn ask(
    Shared(inner): Shared<Arc<Inner>>,
    Path(action): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> Response {
    if !matches!(action.as_str(), "messages" | "state" | "journal" | "callback_answer" | "stats") {
        return answer(Err(Unable(format!("{action} needs POST"))));
    }
    let read = |(key, value): (String, String)| {
        let number = value.parse::<i64>().ok().filter(|_| key != "id");
        (key, number.map_or_else(|| json!(value), |number| json!(number)))
    };
    let body = Value::Object(query.into_iter().map(read).collect());
    answer(run(&Sandbox::of(&inner), &action, &Ask(body)))
}

fn answer(done: Done) -> Response {
    match done {
        Ok(result) => Json(json!({"ok": true, "result": result})).into_response(),
        Err(Unable(error)) => {
            (StatusCode::BAD_REQUEST, Json(json!({"ok": false, "error": error}))).into_response()
        }
    }
}

fn run(sandbox: &Sandbox, action: &str, ask: &Ask) -> Done {
    people(sandbox, action, ask)
        .or_else(|| chats(sandbox, action, ask))
        .or_else(|| tester(sandbox, action, ask))
        .unwrap_or_else(|| Err(Unable(format!("no action {action}"))))
}

/// Wraps an outcome without a value.
fn done(result: Result<(), Unable>) -> Done {
    result.map(|()| Value::Null)
}

fn people(sandbox: &Sandbox, action: &str, ask: &Ask) -> Option<Done> {
    Some(match action {
        "add_person" => add_person(sandbox, ask),
        "open_link" => open_link(sandbox, ask),
        "send_text" => send_text(sandbox, ask),
        "send_other" => send_other(sandbox, ask),
        "send_file" => send_file(sandbox, ask),
        "edit_text" => edit_text(sandbox, ask),
        "delete_message" => delete_message(sandbox, ask),
        "press" => press(sandbox, ask),
        "press_raw" => press_raw(sandbox, ask),
        "callback_answer" => ask.get::<String>("id").map(|id| json!(sandbox.callback_answer(&id))),
        "deactivate" => ask.get("person").and_then(|person| done(sandbox.deactivate(person))),
        "block_bot" => ask.get("person").and_then(|person| done(sandbox.block_bot(person))),
        "unblock_bot" => ask.get("person").and_then(|person| done(sandbox.unblock_bot(person))),
        _ => return None,
    })
}

fn chats(sandbox: &Sandbox, action: &str, ask: &Ask) -> Option<Done> {
    let chat = || ask.get::<i64>("chat");
    Some(match action {
        "add_chat" => add_chat(sandbox, ask),
        "join" => chat().and_then(|chat| done(sandbox.join(ask.get("person")?, chat))),
        "leave" => chat().and_then(|chat| done(sandbox.leave(ask.get("person")?, chat))),
        "kick_bot" => chat().and_then(|chat| done(sandbox.kick_bot(chat))),
        "return_bot" => chat().and_then(|chat| done(sandbox.return_bot(chat))),
        "mute_bot" => chat().and_then(|chat| done(sandbox.mute_bot(chat, ask.get("mute")?))),
        "promote_bot" => chat().and_then(|chat| done(sandbox.promote_bot(chat))),
        "migrate" => chat().and_then(|chat| Ok(json!({"chat": sandbox.migrate(chat)?}))),
        "set_forum" => chat().and_then(|chat| done(sandbox.set_forum(chat, ask.get("on")?))),
        "add_topic" => add_topic(sandbox, ask),
        "close_topic" => close_topic(sandbox, ask),
        "delete_topic" => chat().and_then(|chat| done(sandbox.delete_topic(chat, ask.get("topic")?))),
        "set_auto_delete" => set_auto_delete(sandbox, ask),
        "messages" => chat().map(|chat| json!(sandbox.messages(chat))),
        _ => return None,
    })
}

fn tester(sandbox: &Sandbox, action: &str, ask: &Ask) -> Option<Done> {
    Some(match action {
        "inject_raw" => ask.get::<String>("json").map(|json| json!({"update_id": sandbox.inject_raw(&json)})),
        "advance" => ask.get("seconds").map(|seconds| {
            sandbox.advance(seconds);
            json!({"now_ms": sandbox.now_ms()})
        }),
        "fault_add" => ask.all::<Fault>().map(|fault| {
            sandbox.fault_add(fault);
            Value::Null
        }),
        "fault_clear" => {
            sandbox.fault_clear();
            Ok(Value::Null)
        }
        "journal" => ask.get::<Option<u64>>("from").map(|from| json!(sandbox.journal(from.unwrap_or(1)))),
        "stats" => Ok(stats(sandbox)),
        "set_token" => ask.get::<String>("token").map(|token| {
            sandbox.set_token(&token);
            Value::Null
        }),
        "set_privacy" => ask.get("privacy").map(|privacy| {
            sandbox.set_privacy(privacy);
            Value::Null
        }),
        "replay_updates" => ask.get("n").map(|n| json!({"replayed": sandbox.replay_updates(n)})),
        "hold_updates" => ask.get("hold").map(|hold| {
            sandbox.hold_updates(hold);
            Value::Null
        }),
        "duplicate_updates" => ask.get("n").map(|n| {
            sandbox.duplicate_updates(n);
            Value::Null
        }),
        "reorder_updates" => {
            sandbox.reorder_updates();
            Ok(Value::Null)
        }
        "jump_update_id" => ask.get("to").map(|to| {
            sandbox.jump_update_id(to);
            Value::Null
        }),
        "state" => Ok(json!(sandbox.summary())),
        _ => return None,
    })
}

fn add_person(sandbox: &Sandbox, ask: &Ask) -> Done {
    let (name, username): (String, Option<String>) = (ask.get("name")?, ask.get("username")?);
    let language: Option<String> = ask.get("language")?;
    done(sandbox.add_person(ask.get("id")?, &name, username.as_deref(), language.as_deref()))
}

fn add_chat(sandbox: &Sandbox, ask: &Ask) -> Done {
    let (kind, title): (ChatKind, String) = (ask.get("kind")?, ask.get("title")?);
    done(sandbox.add_chat(ask.get("id")?, kind, &title))
}

fn open_link(sandbox: &Sandbox, ask: &Ask) -> Done {
    let (token, link): (Option<String>, Option<String>) = (ask.get("token")?, ask.get("link")?);
    let link = link.or(token).ok_or_else(|| Unable("link or token is missing".to_owned()))?;
    let message = sandbox.open_link(ask.get("person")?, ask.get("chat")?, &link)?;
    Ok(json!({"message": message}))
}

fn send_text(sandbox: &Sandbox, ask: &Ask) -> Done {
    let (person, chat): (i64, i64) = (ask.get("person")?, ask.get("chat")?);
    let (text, reply): (String, Option<i64>) = (ask.get("text")?, ask.get("reply_to")?);
    let topic = ask.get::<Option<i64>>("topic")?.filter(|_| reply.is_none());
    let message = match (ask.get::<Option<Vec<Value>>>("entities")?, topic) {
        (Some(entities), _) => sandbox.send_text_with(person, chat, &text, reply, entities)?,
        (None, Some(topic)) => sandbox.send_text_in(person, chat, topic, &text)?,
        (None, None) => sandbox.send_text(person, chat, &text, reply)?,
    };
    Ok(json!({"message": message}))
}

fn send_other(sandbox: &Sandbox, ask: &Ask) -> Done {
    let content: Value = ask.get("content")?;
    let reply: Option<i64> = ask.get("reply_to")?;
    let message = sandbox.send_other(ask.get("person")?, ask.get("chat")?, &content, reply)?;
    Ok(json!({"message": message}))
}

fn add_topic(sandbox: &Sandbox, ask: &Ask) -> Done {
    let title: String = ask.get("title")?;
    Ok(json!({"topic": sandbox.add_topic(ask.get("person")?, ask.get("chat")?, &title)?}))
}

fn close_topic(sandbox: &Sandbox, ask: &Ask) -> Done {
    let (topic, close): (Option<i64>, bool) = (ask.get("topic")?, ask.get("close")?);
    done(sandbox.close_topic(ask.get("person")?, ask.get("chat")?, topic, close))
}

fn set_auto_delete(sandbox: &Sandbox, ask: &Ask) -> Done {
    done(sandbox.set_auto_delete(ask.get("person")?, ask.get("chat")?, ask.get("seconds")?))
}

fn send_file(sandbox: &Sandbox, ask: &Ask) -> Done {
    let file: SentFile = ask.all()?;
    let message = match ask.get::<Option<String>>("base64")? {
        Some(bytes) => {
            let bytes = STANDARD.decode(bytes).map_err(|error| Unable(format!("base64: {error}")))?;
            sandbox.send_file_bytes(&file, &bytes)?
        }
        None => sandbox.send_file(&file)?,
    };
    Ok(json!({"message": message}))
}

fn edit_text(sandbox: &Sandbox, ask: &Ask) -> Done {
    let text: String = ask.get("text")?;
    done(sandbox.edit_text(ask.get("person")?, ask.get("chat")?, ask.get("message")?, &text))
}

fn delete_message(sandbox: &Sandbox, ask: &Ask) -> Done {
    done(sandbox.delete_message(ask.get("chat")?, ask.get("message")?))
}

fn press(sandbox: &Sandbox, ask: &Ask) -> Done {
    let button: String = ask.get("button")?;
    let id = sandbox.press(ask.get("person")?, ask.get("chat")?, ask.get("message")?, &button)?;
    Ok(json!({"press": id}))
}

fn press_raw(sandbox: &Sandbox, ask: &Ask) -> Done {
    let data: String = ask.get("data")?;
    let id = sandbox.press_raw(ask.get("person")?, ask.get("chat")?, ask.get("message")?, &data)?;
    Ok(json!({"press": id}))
}

fn stats(sandbox: &Sandbox) -> Value {
    let stats = sandbox.stats();
    let copies: Vec<_> = stats
        .copies
        .iter()
        .map(|((chat, text), copies)| json!({"chat": chat, "text": text, "copies": copies}))
        .collect();
    json!({
        "copies": copies,
        "order": stats.order,
        "max_per_second": stats.max_per_second,
        "max_per_minute": stats.max_per_minute,
        "max_overall_per_second": stats.max_overall_per_second,
        "violations": stats.violations,
    })
}

#[derive(Deserialize)]
pub(crate) struct Since {
    #[serde(default)]
    since: u64,
}

/// GET /control/watch?since=N: waits until something changed after N, up to 20 s; answers the new N and the summary.
pub(crate) async fn watch(
    Shared(inner): Shared<Arc<Inner>>,
    Query(Since { since }): Query<Since>,
) -> Response {
    let mut changes = inner.changes();
    let newer = changes.wait_for(|count| *count != since);
    tokio::select! {
        _ = newer => {}
        () = tokio::time::sleep(Duration::from_secs(20)) => {}
        () = inner.stopped() => {}
    }
    let seq = *inner.changes().borrow();
    answer(Ok(json!({"seq": seq, "state": Sandbox::of(&inner).summary()})))
}

/// GET /control/file/{id}: a file's bytes for the page, never shown as a document of this origin.
pub(crate) async fn file(Shared(inner): Shared<Arc<Inner>>, Path(id): Path<String>) -> Response {
    let found = inner.read(|state| {
        let path = state.files.get(&id)?.path.clone();
        crate::info::file_bytes(state, &path)
    });
    let Some((bytes, mime)) = found else { return StatusCode::NOT_FOUND.into_response() };
    let picture = matches!(mime.as_str(), "image/png" | "image/jpeg" | "image/gif" | "image/webp");
    let mime = if picture { mime } else { "application/octet-stream".to_owned() };
    let headers = [
        (header::CONTENT_TYPE, mime.as_str()),
        (header::CONTENT_DISPOSITION, if picture { "inline" } else { "attachment" }),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "sandbox"),
    ];
    (headers, bytes).into_response()
}
