//! Ticking a line of the checklist (PF-45).

use super::ProjectCommand;
use super::event::{ContentRef, ProjectEvent};
use super::rules::{find, may_work, wrong_status};
use super::state::{Project, Status};
use crate::domain::{Asked, Refusal, TaskId, definition};

/// The line is ticked, or the tick is taken away.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    (item, done, note): (u32, bool, Option<&ContentRef>),
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = find(project, id)?;
    may_work(project, asked, id, plan)?;
    let have = u32::try_from(plan.checklist.len()).unwrap_or(u32::MAX);
    if item == 0 || item > have {
        return Err(Refusal::NoItem { task: task.id.0.clone(), item, have });
    }
    if !matches!(task.status, Status::Ready | Status::InProgress | Status::Paused | Status::Rework) {
        return Err(wrong_status(task, plan, "tick"));
    }
    let known = task.notes.get(&item);
    if let (true, None, None, Some(line)) = (done, note, known, asks_for_a_note(plan, item)) {
        return Err(Refusal::NoteNeeded { task: task.id.0.clone(), item, text: line.text.clone() });
    }
    let note = note.filter(|_| done);
    let is_news = note.is_some_and(|note| known.is_none_or(|known| known.sha256 != note.sha256));
    if task.ticked.contains(&item) == done && !is_news {
        return Ok(Vec::new());
    }
    Ok(vec![ProjectEvent::ItemTicked { task: id.clone(), item, done, note: note.cloned() }])
}

/// The line, if it is ticked only with a note (PF-78).
pub fn asks_for_a_note(plan: &definition::Task, item: u32) -> Option<&definition::Item> {
    let place = usize::try_from(item).ok()?.checked_sub(1)?;
    plan.checklist.get(place).filter(|line| line.needs_note)
}

#[cfg(test)]
mod tests {
    use crate::domain::project::ProjectCommand;
    use crate::domain::project::event::ContentRef;
    use crate::domain::project::testing::*;

    #[test]
    fn a_line_is_ticked_once() {
        in_progress("plan").when(tick("plan", 1)).then(&["item_ticked"]);
        in_progress("plan").given(tick("plan", 1)).when(tick("plan", 1)).then(&[]);
    }

    #[test]
    fn a_line_that_needs_a_note_is_ticked_with_one_and_keeps_the_latest() {
        let talked = in_progress("plan").planned("plan", |plan| plan.checklist[0].needs_note = true);
        talked.when(tick("plan", 1)).refused("note-needed");
        let noted = |sha: &str| ProjectCommand::TickItem {
            task: "plan".into(),
            item: 1,
            done: true,
            note: Some(ContentRef { content: "c".into(), sha256: sha.into() }),
        };
        talked.when(noted("a")).then(&["item_ticked"]);
        let ticked = talked.given(noted("a"));
        ticked.when(noted("a")).then(&[]);
        ticked.when(tick("plan", 1)).then(&[]);
        ticked.when(noted("b")).then(&["item_ticked"]);
        let plan = ticked.given(noted("b")).state;
        assert_eq!(plan.task(&"plan".into()).unwrap().notes[&1].sha256, "b");
        let taken = ticked.given(untick("plan", 1));
        taken.when(tick("plan", 1)).refused("note-needed");
    }

    #[test]
    fn a_line_that_is_not_there_is_refused() {
        in_progress("plan").when(tick("plan", 3)).refused("no-item");
        in_progress("plan").when(tick("plan", 0)).refused("no-item");
    }
}
