//! Buttons under a message: labels and tokens. The card of a round is changed often and what its buttons mean seldom,
//! so a change of the card takes the tokens that are stored already.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use sha2::{Digest, Sha256};

use super::{AppError, Composer, Recipient};
use crate::domain::effect::{Label, Press, PressKind};
use crate::domain::{Audience, PersonId, ProjectId, Round, TaskId, Timestamp};
use crate::store::change::{Change, LinkPurpose, NewButton, NewFormLink};

/// How long a button works (RELIABILITY 6.2).
const BUTTON_DAYS: i64 = 30;
/// A button that works for less than this is not put under a message again.
const LEAST_DAYS: i64 = 29;
/// How long a client's link to a form works.
const FORM_DAYS: i64 = 60;
/// How long a client's address for an access works.
const ACCESS_DAYS: i64 = 14;
/// How long the staff's link to the answers works.
const ANSWERS_DAYS: i64 = 180;
/// More cards than are changed in a day; beyond it the memory starts afresh.
const MOST: usize = 4_096;

/// Rows of labels, each with its callback data.
pub(super) type Labels = Vec<Vec<(String, String)>>;
/// The chat of a card and its slot.
type Card = (i64, String);

/// The buttons of the staff's cards that this process has stored: a cache only, emptied without loss at any time.
#[derive(Default)]
pub struct Tokens {
    cards: Mutex<HashMap<Card, Vec<Held>>>,
}

/// A stored button, and what Telegram sends when it is pressed.
pub struct Held {
    data: String,
    button: NewButton,
}

impl Tokens {
    fn find(&self, card: &Card, press: &Press, at: Timestamp) -> Option<String> {
        let cards = self.cards.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = (&press.project, &press.task, press.round, &press.what, press.only.as_ref());
        let fits = |held: &&Held| {
            meaning(&held.button) == wanted && held.button.expires - at >= Duration::days(LEAST_DAYS)
        };
        cards.get(card)?.iter().find(fits).map(|held| held.data.clone())
    }

    /// Remembers buttons that are committed.
    pub fn keep(&self, stored: Vec<(Card, Vec<Held>)>) {
        let mut cards = self.cards.lock().unwrap_or_else(PoisonError::into_inner);
        if cards.len() >= MOST {
            cards.clear();
        }
        for (card, fresh) in stored {
            let held = cards.entry(card).or_default();
            held.retain(|old| fresh.iter().all(|new| meaning(&new.button) != meaning(&old.button)));
            held.extend(fresh);
        }
    }
}

fn meaning(button: &NewButton) -> (&ProjectId, &TaskId, Round, &PressKind, Option<&PersonId>) {
    (&button.project, &button.task, button.round, &button.press, button.only.as_ref())
}

/// The buttons that a change stores under cards of the staff.
pub fn of_cards(change: &Change, staff_chat: Option<i64>) -> Vec<(Card, Vec<Held>)> {
    let mut cards = Vec::new();
    for (index, message) in change.messages.iter().enumerate() {
        let Some(slot) = message.slot.as_ref().filter(|_| Some(message.chat) == staff_chat) else { continue };
        // Of two messages of one kind about one fact the outbox takes the first only.
        let same = (message.cause, message.chat, &message.kind);
        let is_second = change.messages[..index].iter().any(|one| (one.cause, one.chat, &one.kind) == same);
        if message.buttons.is_empty() || is_second {
            continue;
        }
        let data = message.payload.buttons.iter().flatten().map(|(_, data)| data);
        let by_hash: HashMap<String, &String> = data.map(|data| (hash(token(data)), data)).collect();
        let held = message.buttons.iter().filter_map(|button| {
            let data = (*by_hash.get(&button.token_sha256)?).clone();
            Some(Held { data, button: button.clone() })
        });
        cards.push(((message.chat, slot.clone()), held.collect()));
    }
    cards
}

/// The token in callback data, which has `1` and a letter before it.
fn token(data: &str) -> &str {
    data.get(2..).unwrap_or_default()
}

fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}

impl Composer<'_> {
    /// Labels with their callback data, and the buttons that are not stored yet.
    pub(super) fn buttons(
        &mut self,
        rows: &[Vec<Press>],
        (audience, to): (&Audience, &Recipient),
        slot: Option<&String>,
    ) -> Result<(Labels, Vec<NewButton>), AppError> {
        let slot = slot.filter(|_| matches!(audience, Audience::Staff));
        let card = slot.map(|slot| (to.chat, slot.clone()));
        let mut labels = Vec::new();
        let mut fresh = Vec::new();
        for row in rows {
            let mut line = Vec::new();
            for press in row {
                let label = self.label(&press.label, to)?;
                if let Some(address) = self.address(press) {
                    line.push((label, address));
                    continue;
                }
                let known = card.as_ref().and_then(|card| self.app.inner.tokens.find(card, press, self.at));
                let data = known.unwrap_or_else(|| {
                    let (data, button) = self.button(press);
                    fresh.push(button);
                    data
                });
                line.push((label, data));
            }
            labels.push(line);
        }
        Ok((labels, fresh))
    }

    /// The address behind a button that opens a page; of its token only the hash is stored, like that of a press.
    fn address(&mut self, press: &Press) -> Option<String> {
        let (form, purpose, number, days) = match &press.what {
            PressKind::OpenForm { form, sending, .. } => (form, LinkPurpose::Fill, *sending, FORM_DAYS),
            PressKind::OpenAccess { item, sending } => (item, LinkPurpose::Access, *sending, ACCESS_DAYS),
            PressKind::ReadForm { form, version } => (form, LinkPurpose::Read, *version, ANSWERS_DAYS),
            PressKind::Approve
            | PressKind::SendBack
            | PressKind::Undo
            | PressKind::RemarksDone
            | PressKind::Start
            | PressKind::Pause
            | PressKind::Resume
            | PressKind::Submit
            | PressKind::Accept
            | PressKind::Return
            | PressKind::Fill { .. }
            | PressKind::Choose { .. }
            | PressKind::Tick { .. }
            | PressKind::Button { .. }
            | PressKind::SendForm { .. }
            | PressKind::NeedHelp { .. }
            | PressKind::Time
            | PressKind::Note { .. }
            | PressKind::Tried { .. }
            | PressKind::Decline
            | PressKind::Acknowledge { .. }
            | PressKind::AcceptHandoff { .. }
            | PressKind::ReturnHandoff { .. } => return None,
        };
        let mut token = [0_u8; 32];
        (self.desk.random)(&mut token);
        let token = URL_SAFE_NO_PAD.encode(token);
        self.change.form_links.push(NewFormLink {
            token_sha256: hash(&token),
            purpose,
            project: press.project.clone(),
            form: form.clone(),
            number,
            expires: self.at + Duration::days(days),
        });
        let page = match (&press.what, purpose) {
            (PressKind::OpenForm { elsewhere: Some(address), .. }, _) => {
                return Some(address.replace("{code}", &token));
            }
            (_, LinkPurpose::Fill) => 'f',
            (_, LinkPurpose::Read) => 'b',
            (_, LinkPurpose::Access) => 'a',
        };
        Some(format!("{}/{page}/{token}", self.desk.public_url))
    }

    fn label(&self, label: &Label, to: &Recipient) -> Result<String, AppError> {
        Ok(match label {
            Label::Key(key) => self.plain(to, key)?,
            Label::Words(mark, text) => shorten(&format!("{mark}{}", text.in_language(&to.language))),
        })
    }

    fn button(&self, press: &Press) -> (String, NewButton) {
        let mut token = [0_u8; 16];
        (self.desk.random)(&mut token);
        let token = URL_SAFE_NO_PAD.encode(token);
        let button = NewButton {
            token_sha256: hash(&token),
            project: press.project.clone(),
            task: press.task.clone(),
            round: press.round,
            press: press.what.clone(),
            only: press.only.clone(),
            expires: self.at + Duration::days(BUTTON_DAYS),
        };
        (format!("1{}{token}", letter(&press.what)), button)
    }
}

fn shorten(label: &str) -> String {
    const MOST: usize = 48;
    if label.chars().count() <= MOST {
        return label.to_owned();
    }
    let kept: String = label.chars().take(MOST - 1).collect();
    format!("{}…", kept.trim_end())
}

/// The letter of an action in callback data (RELIABILITY 6.2).
fn letter(what: &PressKind) -> char {
    match what {
        PressKind::Approve => 'a',
        PressKind::SendBack => 'b',
        PressKind::Undo => 'u',
        PressKind::RemarksDone => 'd',
        PressKind::Start => 's',
        PressKind::Pause => 'p',
        PressKind::Resume => 'r',
        PressKind::Submit => 'f',
        PressKind::Accept => 'y',
        PressKind::Return => 'n',
        PressKind::Fill { .. } => 'e',
        PressKind::Choose { .. } => 'c',
        PressKind::Tick { .. } => 't',
        PressKind::Button { .. } => 'x',
        PressKind::SendForm { .. } => 'g',
        PressKind::NeedHelp { .. } => 'h',
        PressKind::Time => 'l',
        PressKind::Note { .. } => 'm',
        PressKind::Tried { .. } => 'q',
        PressKind::Decline => 'z',
        PressKind::Acknowledge { .. } => 'k',
        PressKind::AcceptHandoff { .. } => 'v',
        PressKind::ReturnHandoff { .. } => 'w',
        // These are addresses and never come back as a press.
        PressKind::OpenForm { .. } | PressKind::ReadForm { .. } | PressKind::OpenAccess { .. } => 'o',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::change::{Cause, NewMessage, OutFace, Payload, Policy};

    const STAFF: i64 = -500;

    fn at(hour: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + Duration::hours(hour)
    }

    fn press(what: PressKind, round: Round) -> Press {
        let label = Label::Key("button".into());
        Press { label, what, project: "p".into(), task: "ads".into(), round, only: None }
    }

    /// A message of the slot `card` with one button, made at the first hour.
    fn message(chat: i64, token: &str) -> NewMessage {
        let button = NewButton {
            token_sha256: hash(token),
            project: "p".into(),
            task: "ads".into(),
            round: 1,
            press: PressKind::Pause,
            only: None,
            expires: at(0) + Duration::days(BUTTON_DAYS),
        };
        let buttons = vec![vec![("Пауза".to_owned(), format!("1p{token}"))]];
        NewMessage {
            dedupe: String::new(),
            cause: Cause::Event(0),
            chat,
            kind: "staff-card".into(),
            face: OutFace::Replace,
            slot: Some("card".into()),
            reply_to: None,
            project: None,
            task: None,
            message_key: "staff-card".into(),
            arguments: serde_json::Value::Null,
            language: "uk".into(),
            payload: Payload { buttons, ..Payload::default() },
            ask: None,
            policy: Policy::AtLeastOnce,
            buttons: vec![button],
            quiet_zone: None,
        }
    }

    fn kept(messages: Vec<NewMessage>) -> Tokens {
        let tokens = Tokens::default();
        tokens.keep(of_cards(&Change { messages, ..Change::default() }, Some(STAFF)));
        tokens
    }

    #[test]
    fn a_button_of_a_card_is_used_again_for_a_day_while_it_means_the_same() {
        let tokens = kept(vec![message(STAFF, "token")]);
        let card = (STAFF, "card".to_owned());
        let find = |what, round, hour| tokens.find(&card, &press(what, round), at(hour));
        assert_eq!(find(PressKind::Pause, 1, 24), Some("1ptoken".to_owned()));
        assert_eq!(find(PressKind::Pause, 1, 25), None, "it would not work for long enough");
        assert_eq!(find(PressKind::Pause, 2, 0), None, "another round");
        assert_eq!(find(PressKind::Submit, 1, 0), None, "another step");
        let other = (STAFF, "another card".to_owned());
        assert_eq!(tokens.find(&other, &press(PressKind::Pause, 1), at(0)), None);
    }

    #[test]
    fn a_button_of_a_client_is_never_used_again() {
        let tokens = kept(vec![message(77, "token")]);
        assert_eq!(tokens.find(&(77, "card".to_owned()), &press(PressKind::Pause, 1), at(0)), None);
    }

    #[test]
    fn a_button_of_a_message_that_the_outbox_leaves_out_is_not_remembered() {
        let tokens = kept(vec![message(STAFF, "first"), message(STAFF, "second")]);
        let found = tokens.find(&(STAFF, "card".to_owned()), &press(PressKind::Pause, 1), at(0));
        assert_eq!(found, Some("1pfirst".to_owned()));
    }
}
