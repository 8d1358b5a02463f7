//! Working time from the staff chat: an answer to the button's question, or `+45m call` under any message about a task (PF-46).

use engine::app::Answer;
use engine::domain::project::{Project, ProjectCommand, time};
use engine::domain::worktime::{TIME_KINDS, TimeKind, read_entry};
use engine::domain::{Arg, ProjectId, Refusal, TaskId};
use engine::store::change::{Content, NewMessage};

use crate::bot::Bot;
use crate::fault::Fault;
use crate::handle::Turn;
use crate::on_reply::reference;
use crate::parse::Message;
use crate::people::Somebody;
use crate::post::literally;

/// What somebody answered, and where.
pub(crate) struct Said<'a> {
    pub turn: Turn,
    pub chat: i64,
    pub message: &'a Message,
    pub who: &'a Somebody,
}

/// Whether a reply without a question means working time.
pub(crate) fn is_entry(text: &str) -> bool {
    let rest = text.trim().strip_prefix('+').map(str::trim_start);
    rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
}

impl Bot {
    /// Writes the time down and says so, or says why not; answers whether it was written down.
    pub(crate) async fn on_time(
        &self,
        said: Said<'_>,
        (project, task): (ProjectId, TaskId),
        content: Content,
    ) -> Result<bool, Fault> {
        let Said { turn, chat, message, who } = said;
        let state = self.inner.app.project_state(&project).await?;
        let answer = match read_entry(&content.text) {
            None => Err(Refusal::TimeUnread { given: content.text.chars().take(80).collect() }),
            Some((minutes, words)) => {
                let kinds = state.as_deref().and_then(|state| state.plan(&task)).map(time::kinds);
                let (kind, rest) = self.kind(&words, &kinds.unwrap_or_default());
                let comment = (!rest.is_empty()).then(|| reference(&content));
                let task = task.clone();
                Ok(ProjectCommand::AddTime { task, kind, minutes, on: None, person: None, comment })
            }
        };
        let refusal = match answer {
            Err(refusal) => {
                self.note(turn, who, "time", &refusal).await?;
                refusal
            }
            Ok(command) => match self.project_order(turn, &project, who, command, (content, None)).await? {
                Answer::Refused(refusal) => refusal,
                Answer::Done { .. } | Answer::AlreadySo => {
                    self.thank_for_time(turn, chat, message.message_id, &task, &project).await?;
                    return Ok(true);
                }
            },
        };
        self.say_no(turn, chat, message.message_id, &self.staff_language(), &refusal).await?;
        Ok(false)
    }

    /// The kind that the words begin with, and what follows it; where only one is possible, all is a comment.
    fn kind(&self, words: &str, possible: &[TimeKind]) -> (Option<String>, String) {
        let lower = words.to_lowercase();
        let names = TIME_KINDS.into_iter().flat_map(|kind| self.called(kind).map(|name| (kind, name)));
        let begins = |name: &str| {
            let rest = lower.strip_prefix(name)?;
            (rest.is_empty() || !rest.starts_with(char::is_alphanumeric)).then_some(name.chars().count())
        };
        let found = names.filter_map(|(kind, name)| Some((begins(&name)?, kind)));
        match found.max_by_key(|(length, _)| *length) {
            Some((length, kind)) => {
                let rest: String = words.chars().skip(length).collect();
                (Some(kind.word().to_owned()), rest.trim_matches([' ', ',', ':', '.']).to_owned())
            }
            None if possible.len() == 1 => (None, words.to_owned()),
            None => (Some(words.to_owned()).filter(|words| !words.is_empty()), String::new()),
        }
    }

    /// What a kind is called: its word, with and without the line, and in the language of the staff.
    fn called(&self, kind: TimeKind) -> [String; 3] {
        let name = self.inner.voice.word(&self.staff_language(), &kind.message_key()).to_lowercase();
        let word = kind.word().to_owned();
        [word.replace('_', " "), word.clone(), if name.is_empty() { word } else { name }]
    }

    async fn thank_for_time(
        &self,
        turn: Turn,
        chat: i64,
        message: i64,
        task: &TaskId,
        project: &ProjectId,
    ) -> Result<(), Fault> {
        let language = self.staff_language();
        let state = self.inner.app.project_state(project).await?;
        let args = state.as_deref().and_then(|state| self.entry(state, task, &language));
        let mut along = turn.along();
        if let Some((person, mut args)) = args {
            let names = self.inner.app.names(std::slice::from_ref(&person)).await?;
            args.push(("person".to_owned(), Arg::Text(names.get(&person).cloned().unwrap_or_default())));
            args.push(("project".to_owned(), Arg::Text(project.to_string())));
            if let Some(text) = self.inner.voice.text(&language, "staff-time-added", &args) {
                let mut thanks = NewMessage::post(chat, &turn.step("time"), "staff-time-added", text);
                thanks.reply_to = Some(literally(message));
                thanks.language = language;
                // Answered with a plus, it takes more time.
                (thanks.project, thanks.task) = (Some(project.clone()), Some(task.clone()));
                along.messages.push(thanks);
            }
        }
        Ok(self.inner.app.settle(turn.step("time"), turn.at, along).await?)
    }

    /// The latest entry on the task in words, and whose it is.
    fn entry(
        &self,
        state: &Project,
        task: &TaskId,
        language: &str,
    ) -> Option<(engine::domain::PersonId, Vec<(String, Arg)>)> {
        let entry = state.time.iter().rev().find(|entry| entry.task == *task && !entry.cancelled)?;
        let title = state.plan(task)?.title.clone();
        let args = vec![
            ("task".to_owned(), Arg::Words(title)),
            ("amount".to_owned(), Arg::Text(self.duration(entry.minutes, language))),
            ("what".to_owned(), Arg::Key(entry.kind.message_key())),
            ("entry".to_owned(), Arg::Number(i64::from(entry.number))),
            ("spent".to_owned(), Arg::Text(self.duration(state.minutes_of(task), language))),
        ];
        Some((entry.person.clone(), args))
    }

    fn duration(&self, minutes: u32, language: &str) -> String {
        let number = |number: u32| Arg::Number(i64::from(number));
        let args = [("hours".to_owned(), number(minutes / 60)), ("minutes".to_owned(), number(minutes % 60))];
        self.inner.voice.text(language, "word-duration", &args).map(|text| text.text).unwrap_or_default()
    }
}

/// The kinds of time that a task takes, in words, for the question.
pub(crate) fn choices(bot: &Bot, state: &Project, task: &TaskId, language: &str) -> Option<String> {
    let kinds = time::kinds(state.plan(task)?);
    let words = kinds.iter().map(|kind| bot.inner.voice.word(language, &kind.message_key()));
    Some(words.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plus_with_a_number_is_taken_for_time() {
        for text in ["+45m call", "+ 1h", "+1:30"] {
            assert!(is_entry(text), "{text}");
        }
        for text in ["+", "+1", "45m", "+ дякую", "-45m"] {
            assert_eq!(is_entry(text), text == "+1", "{text}");
        }
    }
}
