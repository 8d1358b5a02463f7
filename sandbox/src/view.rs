//! What a person would see: messages with their buttons, and a summary of the whole state.

use serde::Serialize;
use serde_json::Value;

use crate::model::{CallbackAnswer, Chat, ChatKind, FileKind, Message, Person, Seat};
use crate::state::{BOT_ID, State};

/// One button as a person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ButtonView {
    pub label: String,
    pub data: Option<String>,
    pub url: Option<String>,
    /// `success` or `danger` when the bot colours it.
    pub style: Option<String>,
}

/// A message's file as a person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileView {
    pub kind: FileKind,
    pub file_id: String,
    pub name: Option<String>,
    pub mime: Option<String>,
    pub size: u64,
}

/// One message as a person sees it; `at_ms` is milliseconds UTC of the sandbox's clock.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing a person sees")]
pub struct MessageView {
    pub id: i64,
    pub at_ms: i64,
    pub from_id: i64,
    pub from_name: String,
    pub is_bot: bool,
    pub text: String,
    pub entities: Vec<Value>,
    pub buttons: Vec<Vec<ButtonView>>,
    pub reply_to: Option<i64>,
    pub force_reply: bool,
    pub placeholder: Option<String>,
    pub edited: bool,
    pub deleted: bool,
    pub file: Option<FileView>,
    /// The name of a kind of content that is neither text nor file, such as `location`.
    pub other: Option<String>,
    /// The topic it stands in, by id.
    pub topic: Option<i64>,
    /// Messages of one album have the same.
    pub album: Option<String>,
    /// A sentence for a service message, such as who joined.
    pub service: Option<String>,
}

impl MessageView {
    /// The first button whose label contains these words.
    pub fn button(&self, label: &str) -> Option<&ButtonView> {
        self.buttons.iter().flatten().find(|button| button.label.contains(label))
    }
}

/// A chat without its messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChatView {
    pub id: i64,
    pub kind: ChatKind,
    pub title: String,
    pub members: Vec<i64>,
    pub bot: Seat,
    /// Topics by id and title, if the chat has them.
    pub topics: Vec<(i64, String)>,
    pub migrated_to: Option<i64>,
    pub messages: usize,
}

/// A press that the bot answered with words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PressView {
    pub id: String,
    pub person: i64,
    pub chat: i64,
    pub message: i64,
    pub answer: Option<CallbackAnswer>,
}

/// Everything but the messages.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    pub bot: Value,
    pub now_ms: i64,
    pub privacy: bool,
    pub people: Vec<Person>,
    pub chats: Vec<ChatView>,
    /// The last fifty presses, oldest first.
    pub presses: Vec<PressView>,
    pub pending_updates: usize,
    pub next_update_id: i64,
    pub faults: usize,
    pub journal: u64,
}

impl State {
    pub(crate) fn view_messages(&self, chat: i64) -> Vec<MessageView> {
        let room = self.chats.get(&chat);
        room.map_or_else(Vec::new, |room| room.messages.values().map(|message| self.view(message)).collect())
    }

    fn view(&self, message: &Message) -> MessageView {
        let prompt = message.force_reply.as_ref();
        MessageView {
            id: message.id,
            at_ms: message.at_ms,
            from_id: message.from,
            from_name: self.name_of(message.from),
            is_bot: message.from == BOT_ID,
            text: message.text.clone(),
            entities: message.entities.clone(),
            buttons: message.keyboard.iter().map(|row| row.iter().map(button).collect()).collect(),
            reply_to: message.reply_to,
            force_reply: prompt.is_some(),
            placeholder: prompt.and_then(|prompt| prompt.placeholder.clone()),
            edited: message.edited_ms.is_some(),
            deleted: message.deleted,
            file: message.file.as_ref().map(|file| {
                let stored = self.files.get(&file.file_id);
                FileView {
                    kind: file.kind,
                    file_id: file.file_id.clone(),
                    name: stored.and_then(|stored| stored.name.clone()),
                    mime: stored.and_then(|stored| stored.mime.clone()),
                    size: stored.map_or(0, |stored| stored.size),
                }
            }),
            other: message.other.as_ref().and_then(|other| Some(other.as_object()?.keys().next()?.clone())),
            topic: message.topic,
            album: message.album.clone(),
            service: message.service.as_ref().map(|extra| self.service_words(message.from, extra)),
        }
    }

    fn service_words(&self, from: i64, extra: &Value) -> String {
        let name = |user: &Value| user["first_name"].as_str().unwrap_or_default().to_owned();
        if let Some(joined) = extra.get("new_chat_members") {
            return format!("{} joined", name(&joined[0]));
        }
        if let Some(left) = extra.get("left_chat_member") {
            return format!("{} left", name(left));
        }
        if let Some(topic) = extra.get("forum_topic_created") {
            return format!(
                "{} opened the topic {}",
                self.name_of(from),
                topic["name"].as_str().unwrap_or_default()
            );
        }
        if extra.get("forum_topic_closed").is_some() {
            return format!("{} closed the topic", self.name_of(from));
        }
        if extra.get("forum_topic_reopened").is_some() {
            return format!("{} opened the topic again", self.name_of(from));
        }
        if let Some(timer) = extra.get("message_auto_delete_timer_changed") {
            return format!("Messages vanish after {} seconds", timer["message_auto_delete_time"]);
        }
        if let Some(new) = extra.get("migrate_to_chat_id") {
            return format!("The group became supergroup {new}");
        }
        if let Some(old) = extra.get("migrate_from_chat_id") {
            return format!("This supergroup was group {old}");
        }
        self.name_of(from)
    }

    pub(crate) fn summary(&self) -> Summary {
        let skip = self.presses.len().saturating_sub(50);
        let mut presses: Vec<_> = self.presses.iter().collect();
        presses.sort_by_key(|(_, press)| press.at_ms);
        Summary {
            bot: crate::shape::bot(self),
            now_ms: self.now_ms(),
            privacy: self.privacy,
            people: self.people.values().cloned().collect(),
            chats: self.chats.values().map(chat).collect(),
            presses: presses
                .into_iter()
                .skip(skip)
                .map(|(id, press)| PressView {
                    id: id.clone(),
                    person: press.person,
                    chat: press.chat,
                    message: press.message,
                    answer: press.answer.clone(),
                })
                .collect(),
            pending_updates: self.updates.queue.len(),
            next_update_id: self.updates.next_id,
            faults: self.faults.len(),
            journal: self.journal.len(),
        }
    }
}

fn button(value: &Value) -> ButtonView {
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    ButtonView {
        label: text("text").unwrap_or_default(),
        data: text("callback_data"),
        url: text("url"),
        style: text("style"),
    }
}

fn chat(room: &Chat) -> ChatView {
    ChatView {
        id: room.id,
        kind: room.kind,
        title: room.title.clone(),
        members: room.members.iter().copied().collect(),
        bot: room.seat,
        topics: if room.forum {
            room.topics.iter().map(|(id, topic)| (*id, topic.title.clone())).collect()
        } else {
            Vec::new()
        },
        migrated_to: room.migrated_to,
        messages: room.messages.len(),
    }
}
