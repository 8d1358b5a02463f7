//! A project rests and goes on: nobody is reminded of anything meanwhile.

use super::event::{ContentRef, ProjectEvent};
use super::rules::may_lead;
use super::state::Project;
use super::{ProjectCommand, due};
use crate::domain::{Asked, Refusal};

/// The project rests.
pub fn pause(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    reason: &ContentRef,
) -> Result<Vec<ProjectEvent>, Refusal> {
    may_lead(project, asked, "pause")?;
    if project.completed {
        return Err(Refusal::ProjectOver);
    }
    let paused = ProjectEvent::ProjectPaused { reason: reason.clone() };
    Ok(project.paused.is_none().then_some(paused).into_iter().collect())
}

/// The project goes on; what is open is due later by as long as it rested.
pub fn resume(project: &Project, asked: &Asked<ProjectCommand>) -> Result<Vec<ProjectEvent>, Refusal> {
    may_lead(project, asked, "resume")?;
    if project.paused.is_none() {
        return Ok(Vec::new());
    }
    Ok(std::iter::once(ProjectEvent::ProjectResumed).chain(due::moved(project, asked)).collect())
}

#[cfg(test)]
mod tests {
    use crate::domain::project::ProjectCommand;
    use crate::domain::project::testing::*;

    fn pause() -> ProjectCommand {
        ProjectCommand::PauseProject { reason: content() }
    }

    #[test]
    fn a_project_rests_and_goes_on() {
        opened().when(pause()).then(&["project_paused"]);
        opened().given(pause()).when(pause()).then(&[]);
        opened().given(pause()).when(ProjectCommand::ResumeProject).then(&["project_resumed"]);
        opened().when(ProjectCommand::ResumeProject).then(&[]);
    }

    #[test]
    fn an_assignee_does_not_pause_a_project() {
        opened().by("maksym").when(pause()).refused("not-allowed");
    }

    #[test]
    fn nothing_starts_in_a_project_that_rests() {
        opened().given(pause()).when(start("brief")).refused("project-paused");
    }
}
