//! What a client is, folded from its events.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;

use super::event::{BriefSource, ClientEvent};
use super::money::Arrived;
use crate::domain::project::event::ContentRef;
use crate::domain::{ClientId, Fact, PersonId, Timestamp};

/// A client as it stands.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// Version of the stream; 0 before it is added.
    pub version: i64,
    pub client: Option<ClientId>,
    pub name: String,
    pub language: String,
    /// Where it lives; `None`: where the agency is.
    pub zone: Option<Tz>,
    pub link: Option<Link>,
    pub chat: Option<Chat>,
    pub approvers: BTreeSet<PersonId>,
    /// Approvers who left the group and are not back.
    pub away: BTreeSet<PersonId>,
    /// What is known of the client, by field.
    pub card: BTreeMap<String, CardValue>,
    /// What briefs say otherwise, by field, until somebody decides.
    pub conflicts: BTreeMap<String, CardValue>,
    /// The first message that nobody has answered yet.
    pub unanswered: Option<Unanswered>,
    /// Money that came without a payment, by its number from 1 (PF-66).
    pub money: BTreeMap<u32, Arrived>,
}

/// A message that waits for an answer of ours (T3).
#[derive(Clone, Debug, PartialEq)]
pub struct Unanswered {
    pub message: i64,
    pub person: PersonId,
    pub since: Timestamp,
    /// The staff heard that the time runs out.
    pub warned: bool,
    /// The staff heard that it is over.
    pub late: bool,
}

impl Unanswered {
    /// Whether the staff heard of it: that the time runs out, or with `late` that it is over.
    pub fn told(&self, late: bool) -> bool {
        if late { self.late } else { self.warned }
    }
}

/// A value on the card, and where it came from; the words stand outside the log.
#[derive(Clone, Debug, PartialEq)]
pub struct CardValue {
    pub content: ContentRef,
    pub from: BriefSource,
    pub question: String,
    pub at: Timestamp,
}

/// A deep link that was offered and not used yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub token_sha256: String,
    pub expires: Timestamp,
}

/// The chat of a client.
#[derive(Clone, Debug, PartialEq)]
pub struct Chat {
    pub chat: i64,
    /// `private`, `group` or `supergroup`.
    pub kind: String,
    /// Who used the link.
    pub linked_by: PersonId,
    /// A PM has looked at title and person; before that nothing is sent there.
    pub confirmed: bool,
    /// The bot cannot write there: why.
    pub lost: Option<String>,
}

impl Client {
    /// How many people of the client's we know.
    pub fn contacts(&self) -> usize {
        let linked = self.chat.iter().map(|chat| &chat.linked_by);
        linked.chain(&self.approvers).chain(&self.away).collect::<BTreeSet<_>>().len()
    }

    /// The chat that messages go to.
    pub fn confirmed_chat(&self) -> Option<i64> {
        self.chat.as_ref().filter(|chat| chat.confirmed).map(|chat| chat.chat)
    }

    /// Whether messages reach the client, as far as is known.
    pub fn hears(&self) -> bool {
        self.chat.as_ref().is_some_and(|chat| chat.confirmed && chat.lost.is_none())
    }

    /// The state with one more fact.
    #[must_use]
    pub fn with(mut self, fact: &Fact<ClientEvent>) -> Self {
        self.version = fact.version;
        match &fact.event {
            ClientEvent::ClientAdded { client, name, language } => {
                self.client = Some(client.clone());
                self.name.clone_from(name);
                self.language.clone_from(language);
            }
            ClientEvent::LanguageChosen { language } => self.language.clone_from(language),
            ClientEvent::ZoneChosen { zone } => self.zone = zone.parse().ok(),
            ClientEvent::LinkOffered { token_sha256, expires } => {
                self.link = Some(Link { token_sha256: token_sha256.clone(), expires: *expires });
            }
            ClientEvent::ApproverNamed { person } => {
                self.approvers.insert(person.clone());
            }
            ClientEvent::ApproverRemoved { person } => {
                self.approvers.remove(person);
                self.away.remove(person);
            }
            ClientEvent::ApproverLeft { person, .. } => {
                self.away.insert(person.clone());
            }
            ClientEvent::ApproverReturned { person, .. } => {
                self.away.remove(person);
            }
            ClientEvent::ChatLinked { .. }
            | ClientEvent::ChatConfirmed { .. }
            | ClientEvent::ChatMigrated { .. }
            | ClientEvent::ChatLost { .. }
            | ClientEvent::ChatRestored { .. } => self.apply_chat(&fact.event),
            ClientEvent::CardFieldSet { field, .. } | ClientEvent::CardConflictFound { field, .. } => {
                let field = field.clone();
                self.apply_card(&field, fact);
            }
            ClientEvent::CardConflictResolved { field, taken, .. } => {
                let value = self.conflicts.remove(field).filter(|_| *taken);
                self.card.extend(value.map(|value| (field.clone(), value)));
            }
            ClientEvent::ClientWrote { .. }
            | ClientEvent::AnswerDue { .. }
            | ClientEvent::ClientAnswered { .. } => self.apply_answer(fact),
            ClientEvent::AnswersErased { .. } => {
                self.card.clear();
                self.conflicts.clear();
            }
            ClientEvent::MoneyArrived { .. }
            | ClientEvent::MoneyMatched { .. }
            | ClientEvent::MoneyDismissed { .. } => self.apply_money(&fact.event),
            ClientEvent::MessageEdited { .. }
            | ClientEvent::StaffWrote { .. }
            | ClientEvent::ClientTold { .. } => {}
        }
        self
    }

    fn apply_answer(&mut self, fact: &Fact<ClientEvent>) {
        if let ClientEvent::ClientWrote { message, person, .. } = &fact.event
            && self.unanswered.is_none()
        {
            let (message, person) = (*message, person.clone());
            self.unanswered =
                Some(Unanswered { message, person, since: fact.at, warned: false, late: false });
        }
        if let (ClientEvent::AnswerDue { late, .. }, Some(waits)) = (&fact.event, &mut self.unanswered) {
            waits.warned = true;
            waits.late |= *late;
        }
        if matches!(fact.event, ClientEvent::ClientAnswered { .. }) {
            self.unanswered = None;
        }
    }

    fn apply_card(&mut self, field: &str, fact: &Fact<ClientEvent>) {
        if let ClientEvent::CardFieldSet { content, from, question, .. }
        | ClientEvent::CardConflictFound { content, from, question, .. } = &fact.event
        {
            let (content, from, question) = (content.clone(), from.clone(), question.clone());
            let value = CardValue { content, from, question, at: fact.at };
            let is_set = matches!(fact.event, ClientEvent::CardFieldSet { .. });
            let values = if is_set { &mut self.card } else { &mut self.conflicts };
            values.insert(field.to_owned(), value);
        }
    }

    fn apply_chat(&mut self, event: &ClientEvent) {
        if let ClientEvent::ChatLinked { chat, chat_kind, person, .. } = event {
            self.link = None;
            if self.chat.as_ref().is_none_or(|known| known.chat != *chat) {
                self.away.clear();
            }
            // The same chat linked again stays confirmed.
            let confirmed = self.confirmed_chat() == Some(*chat);
            self.chat = Some(Chat {
                chat: *chat,
                kind: chat_kind.clone(),
                linked_by: person.clone(),
                confirmed,
                lost: None,
            });
        }
        let Some(chat) = &mut self.chat else { return };
        match event {
            ClientEvent::ChatConfirmed { .. } => chat.confirmed = true,
            ClientEvent::ChatMigrated { to, .. } => {
                chat.chat = *to;
                "supergroup".clone_into(&mut chat.kind);
            }
            ClientEvent::ChatLost { reason, .. } => chat.lost = Some(reason.clone()),
            ClientEvent::ChatRestored { .. } => chat.lost = None,
            ClientEvent::ClientAdded { .. }
            | ClientEvent::LanguageChosen { .. }
            | ClientEvent::ZoneChosen { .. }
            | ClientEvent::LinkOffered { .. }
            | ClientEvent::ChatLinked { .. }
            | ClientEvent::ApproverLeft { .. }
            | ClientEvent::ApproverReturned { .. }
            | ClientEvent::ApproverNamed { .. }
            | ClientEvent::ApproverRemoved { .. }
            | ClientEvent::ClientWrote { .. }
            | ClientEvent::StaffWrote { .. }
            | ClientEvent::ClientTold { .. }
            | ClientEvent::AnswerDue { .. }
            | ClientEvent::ClientAnswered { .. }
            | ClientEvent::MessageEdited { .. }
            | ClientEvent::CardFieldSet { .. }
            | ClientEvent::CardConflictFound { .. }
            | ClientEvent::AnswersErased { .. }
            | ClientEvent::MoneyArrived { .. }
            | ClientEvent::MoneyMatched { .. }
            | ClientEvent::MoneyDismissed { .. }
            | ClientEvent::CardConflictResolved { .. } => {}
        }
    }
}
