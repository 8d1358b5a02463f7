//! A comment or a file under a task: for the team, or, where somebody says so, for the client too (SC-36).

use super::ProjectCommand;
use super::event::{ContentRef, ProjectEvent};
use super::rules::{find, may_work};
use super::state::Project;
use crate::domain::definition::SignedBy;
use crate::domain::field::FileRef;
use crate::domain::{Actor, Asked, PersonId, Refusal, Right, TaskId, Timestamp, World};

/// What somebody said under a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub by: Actor,
    pub at: Timestamp,
    pub text: Option<ContentRef>,
    pub file: Option<FileRef>,
    /// Whether it went to the client's chat.
    pub to_client: bool,
}

/// What is to be said.
type Said<'a> = (Option<&'a ContentRef>, Option<&'a FileRef>, bool);

/// The team comments; only whoever works on the task speaks to the client by it.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    (text, file, to_client): Said<'_>,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (_, plan) = find(project, id)?;
    let is_member = asked.by.person().is_some_and(|by| project.has_member(by));
    if !is_member {
        Right::Member.insist(asked, "comment")?;
    }
    if to_client {
        may_work(project, asked, id, plan)?;
        // The operator of the machine has no name that a client could know.
        signed(project, &asked.by, &asked.world)
            .ok_or_else(|| Refusal::NotAllowed { wanted: "answer".to_owned() })?;
    }
    if text.is_none() && file.is_none() {
        return Ok(Vec::new());
    }
    let (task, text, file) = (id.clone(), text.cloned(), file.cloned());
    Ok(vec![ProjectEvent::Commented { task, text, file, to_client }])
}

/// Whose name the client reads (SC-23).
pub(super) fn signed<'a>(project: &'a Project, by: &'a Actor, world: &World) -> Option<&'a PersonId> {
    let (author, pm) = (by.person(), project.holder("pm"));
    match world.answer.signed_by {
        SignedBy::Pm => pm.or(author),
        SignedBy::Author => author.or(pm),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::project::testing::*;

    fn comment(to_client: bool) -> ProjectCommand {
        ProjectCommand::Comment { task: "plan".into(), text: Some(content()), file: None, to_client }
    }

    #[test]
    fn the_team_comments_whatever_the_status() {
        for person in ["maksym", "taras", "olena"] {
            in_progress("plan").by(person).when(comment(false)).then(&["commented"]);
            opened().by(person).when(comment(false)).then(&["commented"]);
        }
        let said = completed("plan").by("maksym").given(comment(false));
        assert_eq!(said.state.task(&"plan".into()).unwrap().comments.len(), 1);
    }

    #[test]
    fn who_is_outside_the_project_does_not_comment() {
        in_progress("plan").by("nobody").when(comment(false)).refused("outside-project");
    }

    #[test]
    fn only_whoever_works_on_the_task_speaks_to_the_client() {
        in_progress("plan").by("taras").when(comment(true)).refused("not-your-task");
        for person in ["maksym", "olena"] {
            in_progress("plan").by(person).when(comment(true)).then(&["commented"]);
        }
    }

    #[test]
    fn nothing_said_is_nothing() {
        let nothing =
            ProjectCommand::Comment { task: "plan".into(), text: None, file: None, to_client: false };
        in_progress("plan").when(nothing).then(&[]);
    }
}
