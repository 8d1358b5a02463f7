//! Answers: remarks of the client after Send back, values and remarks of the staff (TG-29).

use engine::app::{Along, Answer, Ask};
use engine::domain::client::ClientCommand;
use engine::domain::definition::Gate;
use engine::domain::effect::AskPurpose;
use engine::domain::field::{Entered, FileRef};
use engine::domain::project::ProjectCommand;
use engine::domain::project::event::ContentRef;
use engine::domain::{Actor, ClientId, ProjectId, Refusal, Round, TaskId};
use engine::store::change::{Content, Copied, NewMessage, OutFace};
use engine::store::outbox::{self, Said};
use engine::store::talk;
use engine::words::Rendered;
use projections::directory;

use crate::bot::Bot;
use crate::fault::Fault;
use crate::handle::Turn;
use crate::on_time;
use crate::parse::{Message, Replied};
use crate::people::Somebody;

/// So many questions of a chat are looked at to find the one that is open.
const QUESTIONS: i64 = 20;

/// A round whose remarks are being taken.
struct Remarks {
    project: ProjectId,
    task: TaskId,
    round: Round,
}

impl Bot {
    /// Something was said in a client's chat: a remark if one is expected, else a message to the agency.
    pub(crate) async fn on_client_message(
        &self,
        turn: Turn,
        chat: i64,
        message: &Message,
    ) -> Result<(), Fault> {
        let client = directory::client_by_chat(self.store(), chat).await?;
        let Some(client) = client.filter(|_| !message.is_anonymous()) else { return self.settle(turn).await };
        let who = self.who(&message.from.clone().unwrap_or_default()).await?;
        let content = self.content(message, &who.person, turn.at);
        if let Some(open) = self.open_remarks(chat, message, &who).await? {
            let remark = reference(&content);
            let command = ProjectCommand::AddRemark { task: open.task, round: open.round, remark };
            let copy = self.copy_for_staff(turn, message);
            let answer =
                self.project_order(turn, &open.project, &who, command, (content.clone(), copy)).await?;
            if !matches!(answer, Answer::Refused(Refusal::RemarksClosed)) {
                return self.settle(turn).await;
            }
        }
        let (project, task) = self.place_of(chat, message, &client.client).await?;
        if who.is_staff {
            // A colleague who writes to the client is no question of the client, but an answer to one (T3).
            let command = ClientCommand::RecordAnswer {
                chat,
                message: message.message_id,
                content: reference(&content),
                project,
            };
            let along = Along { contents: vec![content], ..turn.along() };
            let by = Actor::Person(who.person);
            let ask = Ask { command_id: turn.step("answer"), at: turn.at, by, command, along };
            self.inner.app.client(&client.client, ask).await.map(drop)?;
            return Ok(());
        }
        let command = ClientCommand::RecordMessage {
            chat,
            message: message.message_id,
            person: who.person.clone(),
            content: reference(&content),
            edited: false,
            project,
            task,
        };
        let mut along = turn.along();
        along.profiles = who.profiles();
        along.contents = vec![content];
        along.messages.extend(self.copy_for_staff(turn, message));
        let by = Actor::Person(who.person);
        let ask = Ask { command_id: turn.step("message"), at: turn.at, by, command, along };
        self.inner.app.client(&client.client, ask).await.map(drop)?;
        Ok(())
    }

    /// The project and the task that a message is about: by what it answers, or the only one that is open (PF-32).
    async fn place_of(
        &self,
        chat: i64,
        message: &Message,
        client: &ClientId,
    ) -> Result<(Option<ProjectId>, Option<TaskId>), Fault> {
        let all = directory::projects(self.store()).await?;
        let all: Vec<ProjectId> =
            all.into_iter().filter(|entry| entry.client == *client).map(|entry| entry.project).collect();
        let Some(replied) = &message.reply_to_message else { return self.open_task(all).await };
        let Some(about) = talk::about(self.store(), chat, replied.message_id).await? else {
            return Ok((None, None));
        };
        let found = all.into_iter().find(|project| about.is(project));
        Ok((found.clone(), about.task.filter(|_| found.is_some())))
    }

    /// The task that is under way, if the client has no other project where something could be meant.
    async fn open_task(&self, all: Vec<ProjectId>) -> Result<(Option<ProjectId>, Option<TaskId>), Fault> {
        let mut open = Vec::new();
        for project in all {
            let state = self.inner.app.project_state(&project).await?;
            open.extend(state.filter(|state| !state.completed).map(|state| (project, state)));
        }
        let [(project, state)] = open.as_slice() else { return Ok((None, None)) };
        let mut tasks = state.tasks.iter().filter(|task| task.started && !task.status.is_over());
        let (first, second) = (tasks.next(), tasks.next());
        let task = first.filter(|_| second.is_none()).map(|task| task.id.clone());
        Ok((Some(project.clone()), task))
    }

    /// Something was said in the staff chat: it counts only as an answer to a question.
    pub(crate) async fn on_staff_message(
        &self,
        turn: Turn,
        chat: i64,
        message: &Message,
    ) -> Result<(), Fault> {
        let question = match &message.reply_to_message {
            Some(replied) => self.replied_to(chat, replied).await?,
            None => None,
        };
        let slot = question.as_ref().and_then(|said| said.slot.clone());
        let about = question.as_ref().and_then(|said| said.project.clone().zip(said.task.clone()));
        let about = about.filter(|_| on_time::is_entry(&message.words()) && !message.is_anonymous());
        let purpose = question.and_then(|said| said.ask).map(|ask| ask.purpose);
        let question_asked = purpose.is_some();
        let purpose = purpose.or_else(|| about.map(|(project, task)| AskPurpose::Time { project, task }));
        let Some(purpose) = purpose.filter(|_| !message.is_anonymous()) else {
            return self.settle(turn).await;
        };
        let who = self.who(&message.from.clone().unwrap_or_default()).await?;
        let content = self.content(message, &who.person, turn.at);
        let (project, command, wanted) = match purpose {
            AskPurpose::Field { project, task, field } => {
                let Some(entered) = entered(&content) else { return self.settle(turn).await };
                let values = vec![(field, entered)];
                (project, ProjectCommand::SetFields { task, values }, "fill")
            }
            AskPurpose::Return { project, task, round } => {
                let (round, remark) = (Some(round), Some(reference(&content)));
                (project, ProjectCommand::ReturnTask { task, round, remark }, "return")
            }
            AskPurpose::Time { project, task } if who.is_staff => {
                let said = on_time::Said { turn, chat, message, who: &who };
                let written = self.on_time(said, (project, task), content).await?;
                return if written && question_asked {
                    self.answered(turn, chat, slot).await
                } else {
                    Ok(())
                };
            }
            AskPurpose::Time { project, task } => {
                (project, ProjectCommand::SetFields { task, values: Vec::new() }, "time")
            }
            AskPurpose::Note { project, task, item } => {
                let note = said(&content).then(|| reference(&content));
                (project, ProjectCommand::TickItem { task, item, done: true, note }, "tick")
            }
            AskPurpose::Tried { project, task, item } => match tried(task, item, &content) {
                Ok(command) => (project, command, "confirm"),
                Err(refusal) => {
                    let language = self.staff_language();
                    return self.say_no(turn, chat, message.message_id, &language, &refusal).await;
                }
            },
            AskPurpose::Decline { project, task } => {
                let reason = reference(&content);
                (project, ProjectCommand::DeclineTask { task, reason }, "decline")
            }
            AskPurpose::ReturnHandoff { project } => {
                let reason = reference(&content);
                (project, ProjectCommand::ReturnHandoff { reason }, "handoff")
            }
            AskPurpose::Remarks { .. } => return self.settle(turn).await,
        };
        let refusal = if who.is_staff {
            match self.project_order(turn, &project, &who, command, (content, None)).await? {
                Answer::Refused(refusal) => refusal,
                Answer::Done { .. } | Answer::AlreadySo => return self.answered(turn, chat, slot).await,
            }
        } else {
            let refusal = Refusal::NotAllowed { wanted: wanted.to_owned() };
            self.note(turn, &who, "answer", &refusal).await?;
            refusal
        };
        self.say_no(turn, chat, message.message_id, &self.staff_language(), &refusal).await
    }

    /// An answered question is taken away: the card says what was answered.
    async fn answered(&self, turn: Turn, chat: i64, slot: Option<String>) -> Result<(), Fault> {
        let mut along = turn.along();
        if slot.is_some() {
            let mut gone = NewMessage::post(chat, &turn.step("answered"), "answered", Rendered::default());
            gone.face = OutFace::Remove;
            gone.slot = slot;
            along.messages.push(gone);
        }
        Ok(self.inner.app.settle(turn.step("answered"), turn.at, along).await?)
    }

    /// What is neither text nor file, such as a place on the map, can be shown to the staff by a copy alone.
    fn copy_for_staff(&self, turn: Turn, message: &Message) -> Option<NewMessage> {
        let staff = self.inner.app.desk().staff_chat?;
        message.unknown_kind().filter(|_| message.file().is_none())?;
        let mut copy = NewMessage::post(staff, &turn.step("copy"), "copy", Rendered::default());
        copy.payload.copy = Some(Copied { chat: message.chat.id, message: message.message_id });
        Some(copy)
    }

    /// The message of ours that was answered. People answer sooner than an unknown outcome is found out, and they
    /// may answer a copy that we know nothing of (RELIABILITY 3.3).
    async fn replied_to(&self, chat: i64, replied: &Replied) -> Result<Option<Said>, Fault> {
        if let Some(said) = outbox::by_message(self.store(), chat, replied.message_id).await? {
            return Ok(Some(said));
        }
        let unsure = outbox::by_unsure_message(self.store(), chat, replied.message_id).await?;
        let is_it = |said: &Said| replied.text.as_deref() == Some(said.payload.text.as_str());
        if let Some(said) = unsure.filter(is_it) {
            return Ok(Some(said));
        }
        // A copy that Telegram took late stands below the message that we know: the words tell which question it is.
        let asked = outbox::unsure_questions(self.store(), chat, QUESTIONS).await?;
        Ok(asked.into_iter().find(is_it))
    }

    /// Does not settle the update: what follows a refusal does, so that nothing said is lost in between.
    pub(crate) async fn project_order(
        &self,
        turn: Turn,
        project: &ProjectId,
        who: &Somebody,
        command: ProjectCommand,
        (content, copy): (Content, Option<NewMessage>),
    ) -> Result<Answer, Fault> {
        let messages = copy.into_iter().collect();
        let along = Along { profiles: who.profiles(), contents: vec![content], messages, ..Along::default() };
        let by = Actor::Person(who.person.clone());
        let ask = Ask { command_id: turn.command_id(), at: turn.at, by, command, along };
        Ok(self.inner.app.project(project, ask).await?)
    }

    /// The round that this message is a remark on, if any: by what it answers, or by who writes while remarks are taken.
    async fn open_remarks(
        &self,
        chat: i64,
        message: &Message,
        who: &Somebody,
    ) -> Result<Option<Remarks>, Fault> {
        if let Some(replied) = &message.reply_to_message
            && let Some(said) = self.replied_to(chat, replied).await?
        {
            return self.remarks_of(&said).await;
        }
        if message.words().starts_with('/') {
            return Ok(None);
        }
        for said in outbox::questions(self.store(), chat, QUESTIONS).await? {
            if let Some(open) = self.remarks_of(&said).await?
                && self.is_awaited(&open, who).await?
            {
                return Ok(Some(open));
            }
        }
        Ok(None)
    }

    /// The round that a message of ours speaks of: the question itself, or another message about the same task.
    async fn remarks_of(&self, said: &Said) -> Result<Option<Remarks>, Fault> {
        if let Some(AskPurpose::Remarks { project, task, round }) = said.ask.as_ref().map(|ask| &ask.purpose)
        {
            return Ok(Some(Remarks { project: project.clone(), task: task.clone(), round: *round }));
        }
        let (Some(project), Some(task)) = (&said.project, &said.task) else { return Ok(None) };
        let state = self.inner.app.project_state(project).await?;
        let found = state.as_deref().and_then(|state| state.task(task));
        let decision = found.filter(|task| task.taking_remarks).and_then(|task| task.decision.as_ref());
        let round = decision.filter(|decision| !decision.approved).map(|decision| decision.round);
        Ok(round.map(|round| Remarks { project: project.clone(), task: task.clone(), round }))
    }

    /// Whether remarks are taken now, from this very person.
    async fn is_awaited(&self, open: &Remarks, who: &Somebody) -> Result<bool, Fault> {
        let state = self.inner.app.project_state(&open.project).await?;
        let task =
            state.as_deref().and_then(|state| state.task(&open.task)).filter(|task| task.taking_remarks);
        let decision = task.and_then(|task| task.decision.as_ref());
        Ok(decision.is_some_and(|decision| decision.round == open.round && decision.person == who.person))
    }
}

/// Whether it says something: text, or a file such as a voice message.
fn said(content: &Content) -> bool {
    content.file_id.is_some() || !content.text.trim().is_empty()
}

/// What an event keeps of a content.
pub fn reference(content: &Content) -> ContentRef {
    ContentRef { content: content.content.clone(), sha256: content.sha256.clone() }
}

/// What came of trying an access; after a dash, why none is needed.
fn tried(task: TaskId, item: String, content: &Content) -> Result<ProjectCommand, Box<Refusal>> {
    let gate = Gate::Access(item);
    let Some(why) = content.text.trim().strip_prefix(['-', '–', '—']) else {
        if !said(content) {
            return Err(Box::new(Refusal::ReasonNeeded { wanted: "confirm".to_owned() }));
        }
        return Ok(ProjectCommand::ConfirmGate { task, gate, comment: reference(content) });
    };
    if why.trim().is_empty() {
        return Err(Box::new(Refusal::ReasonNeeded { wanted: "confirm".to_owned() }));
    }
    Ok(ProjectCommand::OverrideGate { task, gate, reason: reference(content) })
}

/// A file, or typed text; a lone dash clears the field, because Telegram sends no empty message.
/// Nothing if it is neither, such as a place on the map.
fn entered(content: &Content) -> Option<Entered> {
    if content.file_id.is_some() {
        let file = FileRef { content: content.content.clone(), sha256: content.sha256.clone() };
        return Some(Entered::Files(vec![file]));
    }
    let text = content.text.trim();
    let clears = matches!(text, "-" | "–" | "—");
    let typed = Entered::Text(if clears { String::new() } else { text.to_owned() });
    (!text.is_empty()).then_some(typed)
}

#[cfg(test)]
mod tests {
    use engine::domain::Timestamp;

    use super::*;

    fn content(text: &str, file: Option<&str>) -> Content {
        Content {
            content: "c".into(),
            person: None,
            kind: "text".into(),
            text: text.into(),
            file_id: file.map(str::to_owned),
            file_name: None,
            mime: None,
            size: None,
            sha256: "h".into(),
            created: Timestamp::from_timestamp_micros(0).unwrap(),
        }
    }

    #[test]
    fn a_file_is_entered_as_a_file_and_text_as_text() {
        assert!(
            matches!(entered(&content("підпис", Some("f"))), Some(Entered::Files(files)) if files.len() == 1)
        );
        assert_eq!(entered(&content(" 12,5 ", None)), Some(Entered::Text("12,5".into())));
        assert_eq!(entered(&content(" ", None)), None, "a place on the map empties no field");
    }

    #[test]
    fn a_lone_dash_clears() {
        for dash in ["-", "—", " – "] {
            assert_eq!(entered(&content(dash, None)), Some(Entered::Text(String::new())));
        }
        assert_eq!(entered(&content("- перше", None)), Some(Entered::Text("- перше".into())));
    }
}
