//! Words of the status: a line a project for the staff, a few lines for the client (SC-24).

use std::collections::BTreeMap;

use engine::domain::definition::Text;
use engine::domain::{Arg, ClientId};
use engine::words::{LONGEST, Render, Rendered, Saying, WordsError};
use projections::board::BoardTask;
use projections::status::Standing;

use crate::digest::lines;

/// So many tasks are named in a line; of the others only the number.
const NAMED: usize = 2;
/// So many finished tasks the client reads.
const DONE: usize = 6;
/// The longest title or name in a line.
const TITLE: usize = 48;
/// What the note about the rest needs.
const REST: usize = 300;

/// Who reads it, and what knows the words.
pub struct Teller<'a> {
    pub say: &'a Render,
    pub language: &'a str,
    /// The names of clients.
    pub clients: &'a BTreeMap<ClientId, String>,
}

impl Teller<'_> {
    /// All projects, however many, as on a wide screen.
    pub fn all(&self, standings: &[Standing<'_>]) -> Result<Rendered, WordsError> {
        self.staff_lines(standings).map(lines)
    }

    /// The open projects in one message: as many as fit, then how many more there are and where.
    pub fn staff(&self, standings: &[Standing<'_>], board: &str) -> Result<Rendered, WordsError> {
        let said = self.staff_lines(standings)?;
        let more =
            |count| self.text("standing-more", &[("count", count), ("link", Arg::Text(board.to_owned()))]);
        fitting(said, 1, more)
    }

    /// The client's own projects, without anything of ours.
    pub fn client(&self, standings: &[Standing<'_>]) -> Result<Rendered, WordsError> {
        if standings.is_empty() {
            return self.text("standing-mine-none", &[]);
        }
        let said: Result<Vec<_>, _> = standings.iter().map(|standing| self.mine(standing)).collect();
        fitting(said?, 0, |count| self.text("standing-mine-more", &[("count", count)]))
    }

    fn staff_lines(&self, standings: &[Standing<'_>]) -> Result<Vec<Rendered>, WordsError> {
        if standings.is_empty() {
            return Ok(vec![self.text("standing-none", &[])?]);
        }
        let count = i64::try_from(standings.len()).unwrap_or(i64::MAX);
        let mut said = vec![self.text("standing-title", &[("count", Arg::Number(count))])?];
        for standing in standings {
            said.push(self.line(standing)?);
        }
        Ok(said)
    }

    fn line(&self, standing: &Standing<'_>) -> Result<Rendered, WordsError> {
        let project = standing.project;
        let client = self.clients.get(&project.client).map_or(project.client.as_str(), String::as_str);
        let args = [
            ("mark", Arg::Text(mark(standing).to_owned())),
            ("client", Arg::Text(cut(client))),
            ("project", Arg::Text(project.project.to_string())),
            ("service", Arg::Text(self.title(&project.title))),
            ("stage", Arg::Text(self.stage(standing)?)),
            ("parts", Arg::Text(self.parts(standing)?.join("; "))),
        ];
        self.text("standing-line", &args)
    }

    /// What is late, checked, with the client; or else what is worked on.
    fn parts(&self, standing: &Standing<'_>) -> Result<Vec<String>, WordsError> {
        let mut parts = Vec::new();
        if standing.is_paused {
            parts.push(self.text("standing-paused", &[])?.text);
        }
        for (key, tasks) in [
            ("standing-late", standing.late()),
            ("standing-check", standing.check()),
            ("standing-client", standing.client()),
        ] {
            parts.extend(self.part(key, &tasks)?);
        }
        if parts.is_empty() {
            parts.extend(self.part("standing-work", &standing.work())?);
        }
        if parts.is_empty() {
            parts.push(self.text("standing-nothing", &[])?.text);
        }
        Ok(parts)
    }

    fn part(&self, key: &str, tasks: &[&BoardTask]) -> Result<Option<String>, WordsError> {
        if tasks.is_empty() {
            return Ok(None);
        }
        let name = |task: &BoardTask| match task.due.filter(|_| key == "standing-late") {
            Some(due) => self.task("standing-task-due", task, &[("due", Arg::Date(due))]),
            None => self.task("standing-task", task, &[]),
        };
        let names = named(tasks.iter().map(|task| name(task)), NAMED)?;
        Ok(Some(self.text(key, &[("tasks", Arg::Text(names))])?.text))
    }

    fn mine(&self, standing: &Standing<'_>) -> Result<Rendered, WordsError> {
        let service = Arg::Text(self.title(&standing.project.title));
        let stage = Arg::Text(self.stage(standing)?);
        let mut said = vec![self.text("standing-mine", &[("service", service), ("stage", stage)])?];
        if standing.is_paused {
            said.push(self.text("standing-mine-paused", &[])?);
        }
        for (key, tasks) in
            [("standing-mine-client", standing.client()), ("standing-mine-work", standing.ours_for_client())]
        {
            let names = named(tasks.iter().map(|task| self.task("standing-task", task, &[])), DONE)?;
            if !tasks.is_empty() {
                said.push(self.text(key, &[("tasks", Arg::Text(names))])?);
            }
        }
        said.extend(self.done(standing)?);
        Ok(lines(said))
    }

    fn done(&self, standing: &Standing<'_>) -> Result<Option<Rendered>, WordsError> {
        let (done, total) = standing.done_for_client();
        if done.is_empty() {
            return Ok(None);
        }
        let name = |task: &&&BoardTask| {
            let key = if standing.is_approved(task) { "standing-task-approved" } else { "standing-task" };
            self.task(key, task, &[])
        };
        // The latest first: what lies further back is only counted.
        let names = named(done.iter().rev().map(|task| name(&task)), DONE)?;
        let number = |count| Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
        let args = [("done", number(done.len())), ("total", number(total)), ("tasks", Arg::Text(names))];
        self.text("standing-mine-done", &args).map(Some)
    }

    fn stage(&self, standing: &Standing<'_>) -> Result<String, WordsError> {
        match &standing.stage {
            Some(stage) => Ok(self.title(stage)),
            None => Ok(self.text("standing-stage-none", &[])?.text),
        }
    }

    fn task(&self, key: &str, task: &BoardTask, more: &[(&str, Arg)]) -> Result<String, WordsError> {
        let title = ("task", Arg::Text(self.title(&task.title)));
        let args: Vec<_> = std::iter::once(title).chain(more.iter().cloned()).collect();
        Ok(self.text(key, &args)?.text)
    }

    fn title(&self, title: &Text) -> String {
        cut(title.in_language(self.language))
    }

    fn text(&self, key: &str, args: &[(&str, Arg)]) -> Result<Rendered, WordsError> {
        let args: Vec<_> = args.iter().map(|(name, arg)| ((*name).to_owned(), arg.clone())).collect();
        (self.say)(Saying { language: self.language, key, args: &args })
    }
}

/// What is worst about a project, to be seen before it is read.
fn mark(standing: &Standing<'_>) -> &'static str {
    match () {
        () if standing.is_paused => "⏸",
        () if !standing.late().is_empty() => "🔴",
        () if !standing.check().is_empty() => "👀",
        () if !standing.client().is_empty() => "⏳",
        () => "▶️",
    }
}

/// The first few, and how many more.
fn named(
    names: impl ExactSizeIterator<Item = Result<String, WordsError>>,
    most: usize,
) -> Result<String, WordsError> {
    let more = names.len().saturating_sub(most);
    let some: Vec<String> = names.take(most).collect::<Result<_, _>>()?;
    let more = if more == 0 { String::new() } else { format!(" +{more}") };
    Ok(format!("{}{more}", some.join(", ")))
}

/// One message of what fits; `heads` lines at its beginning are no projects.
fn fitting(
    said: Vec<Rendered>,
    heads: usize,
    more: impl Fn(Arg) -> Result<Rendered, WordsError>,
) -> Result<Rendered, WordsError> {
    let all = said.len();
    let mut room = LONGEST - REST;
    let mut kept = Vec::new();
    for line in said {
        let needs = line.text.encode_utf16().count() + 1;
        if needs > room {
            break;
        }
        room -= needs;
        kept.push(line);
    }
    if kept.len() < all {
        let left = all - kept.len().max(heads);
        kept.push(more(Arg::Number(i64::try_from(left).unwrap_or(i64::MAX)))?);
    }
    Ok(lines(kept))
}

/// A title that leaves room for the others.
fn cut(title: &str) -> String {
    if title.chars().count() <= TITLE {
        return title.to_owned();
    }
    let kept: String = title.chars().take(TITLE - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: String) -> Rendered {
        Rendered { text, entities: Vec::new() }
    }

    #[test]
    fn what_does_not_fit_is_counted_and_the_message_stays_one() {
        let said = (0..100).map(|n| plain(format!("{n} {}", "ї".repeat(90)))).collect();
        let more = |count| Ok(plain(format!("more {count:?}")));
        let found = fitting(said, 1, more).unwrap().text;
        let kept = found.lines().count() - 1;
        assert!(found.encode_utf16().count() <= LONGEST && kept > 30);
        assert!(found.ends_with(&format!("Number({})", 100 - kept)), "{found}");
    }

    #[test]
    fn all_that_fits_is_said_whole() {
        let said = vec![plain("a".to_owned()), plain("b".to_owned())];
        let found = fitting(said, 1, |_| Ok(plain("more".to_owned()))).unwrap();
        assert_eq!(found.text, "a\nb");
        assert_eq!(cut(&"ж".repeat(TITLE + 1)).chars().count(), TITLE);
    }
}
