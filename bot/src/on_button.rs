//! A button was pressed: the token says what it means, the domain says whether it may (RELIABILITY 6.2, TG-21).

use std::collections::HashMap;

use engine::app::{Along, Answer, Ask, Attempt};
use engine::domain::field::Entered;
use engine::domain::project::ProjectCommand;
use engine::domain::{Actor, PersonId, PressKind, Refusal};
use engine::store::buttons::{self, Button};
use engine::store::change::Content;
use engine::store::chats;
use projections::directory;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::bot::Bot;
use crate::fault::Fault;
use crate::handle::Turn;
use crate::on_reply::reference;
use crate::parse::Callback;
use crate::people::Somebody;

/// Length of a token: 16 bytes in base64url.
const TOKEN: usize = 22;

/// What the presser of a button is to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Telegram's id of the press.
    pub callback: String,
    /// At most 200 characters; may be empty.
    pub text: String,
    /// As a window that must be closed, instead of a passing line.
    pub alert: bool,
}

/// A press whose button is known and fits its chat.
pub(crate) struct Press<'a> {
    pub turn: Turn,
    pub chat: i64,
    /// The message under which the button stands.
    pub message: i64,
    pub button: Button,
    pub who: &'a Somebody,
    pub language: &'a str,
}

/// The hash of the token in callback data, or `None` if it is nothing of ours.
pub fn token_sha256(data: &str) -> Option<String> {
    let token = data.strip_prefix('1')?.get(1..)?;
    let is_token =
        token.len() == TOKEN && token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    is_token.then(|| hex::encode(Sha256::digest(token)))
}

impl Bot {
    pub(crate) async fn on_button(&self, turn: Turn, press: &Callback) -> Result<Reply, Fault> {
        let chat = match &press.message {
            Some(message) => chats::resolve(self.store(), message.chat.id).await?,
            None => 0,
        };
        let who = self.who(&press.from).await?;
        let language = self.language_in(chat, &who).await?;
        let reply = |(text, alert): (String, bool)| Reply { callback: press.id.clone(), text, alert };
        if press.from.is_fake() {
            // An anonymous admin is nobody in particular, so nobody's decision (TG-47).
            let (refused, _) = self.refuse(turn, &who, &Refusal::ForeignPress, &language).await?;
            let text = self.inner.voice.word(&language, "press-as-yourself");
            return Ok(reply((if text.is_empty() { refused } else { text }, true)));
        }
        let button = match self.button(turn, press, chat, &who).await? {
            Ok(button) => button,
            Err(refusal) => return self.refuse(turn, &who, &refusal, &language).await.map(reply),
        };
        let message = press.message.as_ref().map_or(0, |message| message.message_id);
        let press = Press { turn, chat, message, button, who: &who, language: &language };
        self.press(press).await.map(reply)
    }

    /// The button, if the token is known, belongs to this chat and person, and is not too old.
    async fn button(
        &self,
        turn: Turn,
        press: &Callback,
        chat: i64,
        who: &Somebody,
    ) -> Result<Result<Button, Refusal>, Fault> {
        let Some(hash) = press.data.as_deref().and_then(token_sha256) else {
            return Ok(Err(Refusal::ForeignPress));
        };
        let Some(button) = buttons::find(self.store(), &hash).await? else {
            return Ok(Err(Refusal::ForeignPress));
        };
        if chat == 0 || chats::resolve(self.store(), button.chat).await? != chat {
            return Ok(Err(Refusal::ForeignPress));
        }
        if turn.at > button.expires {
            return Ok(Err(Refusal::Stale));
        }
        let other = button.only.clone().filter(|only| *only != who.person);
        Ok(match other {
            Some(person) if button.press == PressKind::Undo => Err(Refusal::UndoNotYours { person }),
            Some(_) => Err(Refusal::ForeignPress),
            None => Ok(button),
        })
    }

    /// Staff buttons are for the staff; everything else is a question for the domain.
    async fn press(&self, press: Press<'_>) -> Result<(String, bool), Fault> {
        if let Some(wanted) = staff_step(&press.button.press)
            && !press.who.is_staff
        {
            let refusal = Refusal::NotAllowed { wanted: wanted.to_owned() };
            return self.refuse(press.turn, press.who, &refusal, press.language).await;
        }
        if let PressKind::Acknowledge { rules, sending } = press.button.press.clone() {
            return self.acknowledge(press, &rules, sending).await;
        }
        match command(&press.button) {
            Some(command) => self.order(press, command).await,
            None => self.ask_in_chat(press).await,
        }
    }

    /// The client agrees to the text under which the button stands, exactly as it was sent (PF-80).
    async fn acknowledge(
        &self,
        press: Press<'_>,
        rules: &str,
        sending: u32,
    ) -> Result<(String, bool), Fault> {
        let Button { project, task, .. } = &press.button;
        let sent = (task, rules, sending);
        let Some(shown) = self.inner.app.shown_rules(project, sent, press.turn.at).await? else {
            return self.refuse(press.turn, press.who, &Refusal::Stale, press.language).await;
        };
        let (task, rules) = (task.clone(), rules.to_owned());
        let command = ProjectCommand::AcknowledgeRules { task, rules, sending, shown: reference(&shown) };
        self.order_with(press, command, vec![shown]).await
    }

    async fn order(&self, press: Press<'_>, command: ProjectCommand) -> Result<(String, bool), Fault> {
        self.order_with(press, command, Vec::new()).await
    }

    async fn order_with(
        &self,
        press: Press<'_>,
        command: ProjectCommand,
        contents: Vec<Content>,
    ) -> Result<(String, bool), Fault> {
        let mut along = press.turn.along();
        along.contents = contents;
        along.profiles = press.who.profiles();
        let by = Actor::Person(press.who.person.clone());
        let ask = Ask { command_id: press.turn.command_id(), at: press.turn.at, by, command, along };
        match self.inner.app.project(&press.button.project, ask).await? {
            Answer::Done { .. } => {
                Ok((self.inner.voice.word(press.language, thanks(&press.button.press)), false))
            }
            // A second cry for help is thanked for like the first.
            Answer::AlreadySo if matches!(press.button.press, PressKind::NeedHelp { .. }) => {
                Ok((self.inner.voice.word(press.language, thanks(&press.button.press)), false))
            }
            Answer::AlreadySo => Ok((self.inner.voice.word(press.language, "press-done"), false)),
            Answer::Refused(refusal) => {
                self.ask_to_send_again(&press, &refusal).await?;
                self.alert(press.language, &refusal).await
            }
        }
    }

    /// A press that reaches no project: said politely, kept in the audit, changing nothing.
    pub(crate) async fn refuse(
        &self,
        turn: Turn,
        who: &Somebody,
        refusal: &Refusal,
        language: &str,
    ) -> Result<(String, bool), Fault> {
        self.note(turn, who, "press", refusal).await?;
        self.settle(turn).await?;
        self.alert(language, refusal).await
    }

    /// Keeps an attempt that reaches no stream; whoever answers it settles the update.
    pub(crate) async fn note(
        &self,
        turn: Turn,
        who: &Somebody,
        what: &str,
        refusal: &Refusal,
    ) -> Result<(), Fault> {
        let attempt = Attempt {
            command_id: turn.command_id(),
            at: turn.at,
            by: Actor::Person(who.person.clone()),
            what: what.to_owned(),
            refusal: refusal.clone(),
            along: Along { profiles: who.profiles(), ..Along::default() },
        };
        Ok(self.inner.app.note_attempt(attempt).await?)
    }

    pub(crate) async fn alert(&self, language: &str, refusal: &Refusal) -> Result<(String, bool), Fault> {
        let names = self.names_in(refusal).await?;
        Ok(((self.inner.voice.refusal_alert)(language, refusal, &names), true))
    }

    /// The display names of everybody whom a refusal speaks of.
    pub(crate) async fn names_in(&self, refusal: &Refusal) -> Result<HashMap<PersonId, String>, Fault> {
        let people = people_in(refusal);
        Ok(if people.is_empty() { HashMap::new() } else { self.inner.app.names(&people).await? })
    }

    /// In a client's chat the client's language, in the staff chat the agency's, elsewhere the reader's.
    pub(crate) async fn language_in(&self, chat: i64, who: &Somebody) -> Result<String, Fault> {
        if self.staff_chat().await? == Some(chat) {
            return Ok(self.staff_language());
        }
        let client = directory::client_by_chat(self.store(), chat).await?;
        Ok(client.map_or_else(|| self.language_of(who.language.as_deref()), |client| client.language))
    }
}

/// The step of the staff that a button stands for; `None` for buttons of the client.
fn staff_step(press: &PressKind) -> Option<&'static str> {
    match press {
        PressKind::Approve
        | PressKind::SendBack
        | PressKind::Undo
        | PressKind::RemarksDone
        | PressKind::NeedHelp { .. }
        | PressKind::Acknowledge { .. }
        | PressKind::OpenAccess { .. }
        | PressKind::OpenForm { .. } => None,
        PressKind::Start => Some("start"),
        PressKind::Pause => Some("pause"),
        PressKind::Resume => Some("resume"),
        PressKind::Submit => Some("submit"),
        PressKind::Accept => Some("accept"),
        PressKind::Return => Some("return"),
        PressKind::Fill { .. } | PressKind::Choose { .. } => Some("fill"),
        PressKind::Tick { .. } | PressKind::Note { .. } => Some("tick"),
        PressKind::Tried { .. } => Some("confirm"),
        PressKind::Decline => Some("decline"),
        PressKind::AcceptHandoff { .. } | PressKind::ReturnHandoff { .. } => Some("handoff"),
        PressKind::Button { .. } | PressKind::SendForm { .. } => Some("press"),
        PressKind::ReadForm { .. } => Some("brief"),
        PressKind::Time => Some("time"),
    }
}

/// The command of a press; `None` if something must be asked first.
fn command(button: &Button) -> Option<ProjectCommand> {
    let (task, round) = (button.task.clone(), button.round);
    Some(match &button.press {
        PressKind::Approve => ProjectCommand::Approve { task, round },
        PressKind::SendBack => ProjectCommand::SendBack { task, round },
        PressKind::Undo => ProjectCommand::UndoDecision { task, round },
        PressKind::RemarksDone => ProjectCommand::CloseRemarks { task, round },
        PressKind::Start => ProjectCommand::StartTask { task },
        PressKind::Pause => ProjectCommand::PauseTask { task },
        PressKind::Resume => ProjectCommand::ResumeTask { task },
        PressKind::Submit => ProjectCommand::SubmitTask { task },
        PressKind::Accept => ProjectCommand::AcceptTask { task, round: Some(round) },
        PressKind::Choose { field, option } => {
            ProjectCommand::SetFields { task, values: vec![(field.clone(), Entered::Text(option.clone()))] }
        }
        PressKind::Tick { item } => ProjectCommand::TickItem { task, item: *item, done: true, note: None },
        PressKind::AcceptHandoff { offer } => ProjectCommand::AcceptHandoff { offer: Some(*offer) },
        PressKind::Button { button } => ProjectCommand::PressButton { task, button: button.clone() },
        PressKind::SendForm { form, known } => {
            ProjectCommand::SendForm { task, form: form.clone(), known: Some(*known) }
        }
        PressKind::NeedHelp { form } => ProjectCommand::AskForHelp { task, form: form.clone() },
        PressKind::Fill { .. }
        | PressKind::Return
        | PressKind::Time
        | PressKind::Note { .. }
        | PressKind::Tried { .. }
        | PressKind::Decline
        | PressKind::ReturnHandoff { .. }
        | PressKind::Acknowledge { .. }
        | PressKind::OpenAccess { .. }
        | PressKind::OpenForm { .. }
        | PressKind::ReadForm { .. } => return None,
    })
}

fn thanks(press: &PressKind) -> &'static str {
    match press {
        PressKind::Approve => "press-thanks-approve",
        PressKind::SendBack => "press-thanks-send-back",
        PressKind::Undo => "undo-done",
        PressKind::RemarksDone => "press-thanks",
        PressKind::NeedHelp { .. } => "press-thanks-help",
        PressKind::Acknowledge { .. } => "press-thanks-acknowledge",
        PressKind::Start
        | PressKind::Pause
        | PressKind::Resume
        | PressKind::Submit
        | PressKind::Accept
        | PressKind::Return
        | PressKind::Time
        | PressKind::Fill { .. }
        | PressKind::Choose { .. }
        | PressKind::Tick { .. }
        | PressKind::Note { .. }
        | PressKind::Tried { .. }
        | PressKind::Decline
        | PressKind::AcceptHandoff { .. }
        | PressKind::ReturnHandoff { .. }
        | PressKind::OpenAccess { .. }
        | PressKind::Button { .. }
        | PressKind::SendForm { .. }
        | PressKind::OpenForm { .. }
        | PressKind::ReadForm { .. } => "press-done",
    }
}

fn people_in(refusal: &Refusal) -> Vec<PersonId> {
    let Ok(Value::Object(parts)) = serde_json::to_value(refusal) else { return Vec::new() };
    let many = parts.get("people").and_then(Value::as_array).into_iter().flatten();
    let one = parts.get("person");
    many.chain(one).filter_map(Value::as_str).map(PersonId::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_data_of_our_shape_is_looked_up() {
        let token = "AbCdEfGhIjKlMnOpQrSt-_";
        assert_eq!(token_sha256(&format!("1a{token}")), Some(hex::encode(Sha256::digest(token))));
        for data in [
            "",
            "1",
            "1a",
            "1ashort",
            "2aAbCdEfGhIjKlMnOpQrSt-_",
            "1aAbCdEfGhIjKlMnOpQrSt-_x",
            "1éAbCdEfGhIjKlMnOpQrSt-",
            "1aAbCdEfGhIjKlMnOpQr;DR",
        ] {
            assert_eq!(token_sha256(data), None, "{data}");
        }
    }

    #[test]
    fn the_people_of_a_refusal_are_found() {
        let refusal = Refusal::NotAnApprover { people: vec!["sofiia".into(), "petro".into()] };
        assert_eq!(people_in(&refusal), ["sofiia".into(), "petro".into()]);
        assert_eq!(people_in(&Refusal::UndoNotYours { person: "sofiia".into() }), ["sofiia".into()]);
        assert_eq!(people_in(&Refusal::Stale), []);
    }
}
