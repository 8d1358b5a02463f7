//! What is written in the client's chat is kept at receipt (PF-34); an edit keeps both versions (TG-41).

use super::event::{Answered, ClientEvent};
use super::state::Client;
use super::{ClientCommand, may_answer};
use crate::domain::project::event::ContentRef;
use crate::domain::{Asked, PersonId, ProjectId, Refusal, TaskId};

/// A message of the chat, and the project that it is about where that can be told.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub chat: i64,
    pub message: i64,
    pub content: &'a ContentRef,
    pub project: Option<&'a ProjectId>,
    pub task: Option<&'a TaskId>,
}

impl Said<'_> {
    fn is_of(&self, state: &Client) -> bool {
        state.chat.as_ref().is_some_and(|known| known.chat == self.chat)
    }
}

/// The message, or its later version, in the client's history.
pub(super) fn decide(state: &Client, person: &PersonId, said: Said<'_>, edited: bool) -> Vec<ClientEvent> {
    if !said.is_of(state) {
        return Vec::new();
    }
    let (chat, message) = (said.chat, said.message);
    let (person, content) = (person.clone(), said.content.clone());
    vec![if edited {
        ClientEvent::MessageEdited { chat, message, person, content }
    } else {
        let (project, task) = (said.project.cloned(), said.task.cloned());
        ClientEvent::ClientWrote { chat, message, person, content, project, task }
    }]
}

/// A colleague's message; whoever waits is answered by it (T3).
pub(super) fn colleague(
    state: &Client,
    asked: &Asked<ClientCommand>,
    said: Said<'_>,
) -> Result<Vec<ClientEvent>, Refusal> {
    may_answer(asked)?;
    let Some(person) = asked.by.person().filter(|_| said.is_of(state)) else { return Ok(Vec::new()) };
    let wrote = ClientEvent::StaffWrote {
        chat: said.chat,
        message: said.message,
        person: person.clone(),
        content: said.content.clone(),
        project: said.project.cloned(),
    };
    let answers = ClientEvent::ClientAnswered { how: Answered::Message, note: None };
    Ok(std::iter::once(wrote).chain(state.unanswered.as_ref().map(|_| answers)).collect())
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::super::{ClientCommand, ClientEvent, decide};
    use crate::domain::Refusal;

    #[test]
    fn a_message_of_the_linked_chat_is_kept() {
        let linked = given(&[add(), offer("a"), link("a")]);
        let write = |chat| ClientCommand::RecordMessage {
            chat,
            message: 7,
            person: "sofiia".into(),
            content: content(),
            edited: false,
            project: None,
            task: None,
        };
        assert_eq!(decide(&linked, &asked(write(-100), 1)).unwrap().len(), 1);
        assert_eq!(decide(&linked, &asked(write(-200), 1)), Ok(vec![]));
    }

    #[test]
    fn what_a_colleague_writes_is_kept_and_answers_only_whoever_waits() {
        let (linked, waits) = (given(&[add(), offer("a"), link("a")]), waiting());
        let write = ClientCommand::RecordAnswer { chat: -100, message: 8, content: content(), project: None };
        assert_eq!(decide(&linked, &by("olena", write.clone())).unwrap().len(), 1);
        let answered = decide(&waits, &by("olena", write.clone())).unwrap();
        assert!(matches!(answered.last(), Some(ClientEvent::ClientAnswered { .. })), "{answered:?}");
        let stranger = decide(&waits, &by("nobody", write));
        assert_eq!(stranger, Err(Refusal::NotAllowed { wanted: "answer".into() }));
    }
}
