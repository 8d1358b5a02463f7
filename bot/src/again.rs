//! Asking again: decisions that are open in a chat, with fresh buttons, after a move or a return (TG-43, TG-44).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use engine::domain::definition::Text;
use engine::domain::project::Status;
use engine::domain::{Arg, Timestamp};
use engine::store::buttons::{self, Button};
use engine::store::change::{Entity, NewButton, NewMessage, OutFace, Payload};
use engine::store::outbox::{self, Said};
use engine::words::{LONGEST, Rendered};
use sha2::{Digest, Sha256};

use crate::bot::Bot;
use crate::fault::Fault;

/// How long a button works.
const BUTTON_DAYS: i64 = 30;

/// A decision that is open, and the message that asked for it last.
pub(crate) struct Request {
    pub button: Button,
    pub said: Said,
    pub title: Text,
}

impl Bot {
    /// The decisions that are open in a chat, the oldest first.
    pub(crate) async fn open_requests(&self, chat: i64) -> Result<Vec<Request>, Fault> {
        let mut found: Vec<Request> = Vec::new();
        for button in buttons::requests(self.store(), chat).await? {
            let same = |known: &Request| {
                (&known.button.project, &known.button.task) == (&button.project, &button.task)
            };
            if found.iter().any(same) {
                continue;
            }
            let Some(state) = self.inner.app.project_state(&button.project).await? else { continue };
            let (Some(task), Some(plan)) = (state.task(&button.task), state.plan(&button.task)) else {
                continue;
            };
            if task.status != Status::AwaitingApproval || task.round != button.round {
                continue;
            }
            if let Some(said) = outbox::by_id(self.store(), button.outbox_id).await? {
                found.push(Request { title: plan.title.clone(), button, said });
            }
        }
        found.reverse();
        Ok(found)
    }

    /// After a move: what was asked in the old chat is asked once in the new one; the old messages are dead there.
    pub(crate) async fn ask_again_in(&self, from: i64, to: i64, at: Timestamp) -> Result<(), Fault> {
        let mut messages = Vec::new();
        for request in self.open_requests(to).await? {
            if request.said.state == "sent" && request.said.chat == from {
                messages.push(self.again(&request, to, &format!("moved:{from}"), at).await?);
            }
        }
        if messages.is_empty() {
            return Ok(());
        }
        let along = engine::app::Along { messages, ..engine::app::Along::default() };
        Ok(self.inner.app.settle(format!("again:{from}:{to}"), at, along).await?)
    }

    /// The message that asked for the decision, once more, with buttons of its own.
    pub(crate) async fn again(
        &self,
        request: &Request,
        chat: i64,
        why: &str,
        at: Timestamp,
    ) -> Result<NewMessage, Fault> {
        let Request { button, said, title } = request;
        let head = self.inner.voice.text(
            &said.language,
            "approval-again",
            &[("task".to_owned(), Arg::Words(title.clone()))],
        );
        let old = Rendered { text: said.payload.text.clone(), entities: said.payload.entities.clone() };
        let text = match head {
            // Asked again before: the line is there already.
            Some(head) if old.text.starts_with(&head.text) => old,
            Some(head) => above(head, old),
            None => old,
        };
        let key = format!("again:{chat}:{why}:{}/{}/{}", button.project, button.task, button.round);
        let mut message = NewMessage::post(chat, &key, "approval-again", text);
        let (labels, fresh) = self.fresh_buttons(said, at).await?;
        message.kind.clone_from(&said.kind);
        message.face = OutFace::Post;
        message.slot.clone_from(&said.slot);
        message.project.clone_from(&said.project);
        message.task.clone_from(&said.task);
        message.language.clone_from(&said.language);
        message.payload.buttons = labels;
        message.buttons = fresh;
        Ok(message)
    }

    /// The same buttons under new tokens.
    async fn fresh_buttons(&self, said: &Said, at: Timestamp) -> Result<(Labels, Vec<NewButton>), Fault> {
        let known = buttons::of_message(self.store(), said.id).await?;
        let mut fresh = Vec::new();
        let mut labels = Vec::new();
        for row in &said.payload.buttons {
            let mut line = Vec::new();
            for (label, data) in row {
                let hash = crate::on_button::token_sha256(data);
                let Some(old) = known.iter().find(|button| Some(&button.token_sha256) == hash.as_ref())
                else {
                    continue;
                };
                let mut bytes = [0_u8; 16];
                (self.inner.app.desk().random)(&mut bytes);
                let token = URL_SAFE_NO_PAD.encode(bytes);
                let start: String = data.chars().take(2).collect();
                line.push((label.clone(), format!("{start}{token}")));
                fresh.push(NewButton {
                    token_sha256: hex::encode(Sha256::digest(&token)),
                    project: old.project.clone(),
                    task: old.task.clone(),
                    round: old.round,
                    press: old.press.clone(),
                    only: old.only.clone(),
                    expires: at + Duration::days(BUTTON_DAYS),
                });
            }
            labels.push(line);
        }
        Ok((labels, fresh))
    }
}

type Labels = Vec<Vec<(String, String)>>;

/// The line above the text, or alone if both together are too long for one message.
fn above(head: Rendered, text: Rendered) -> Rendered {
    let shift = head.text.encode_utf16().count() + 2;
    if text.text.is_empty() || shift + text.text.encode_utf16().count() > LONGEST {
        return head;
    }
    let moved = text.entities.into_iter().map(|entity| Entity { offset: entity.offset + shift, ..entity });
    let entities = head.entities.into_iter().chain(moved).collect();
    Rendered { text: format!("{}\n\n{}", head.text, text.text), entities }
}

/// A message without words of its own is not worth repeating.
pub(crate) fn has_words(payload: &Payload) -> bool {
    !payload.text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use engine::store::change::EntityKind;

    use super::*;

    fn text(words: &str) -> Rendered {
        let entity = Entity { offset: 0, length: 1, kind: EntityKind::Bold };
        Rendered { text: words.to_owned(), entities: vec![entity] }
    }

    #[test]
    fn the_line_stands_above_and_the_formatting_moves_down() {
        let found = above(text("Чекає"), text("План готовий"));
        assert_eq!(found.text, "Чекає\n\nПлан готовий");
        assert_eq!(found.entities[1].offset, 7);
    }

    #[test]
    fn two_texts_that_do_not_fit_leave_the_line_alone() {
        assert_eq!(above(text("Чекає"), text(&"ж".repeat(LONGEST))).text, "Чекає");
    }
}
