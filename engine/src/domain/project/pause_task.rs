//! Pausing work and taking it up again; the client hears nothing of it (PF-51).

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::rules::{find, may_work, wrong_status};
use super::state::{Project, Status};
use crate::domain::{Asked, Refusal, TaskId};

/// Work rests.
pub fn pause(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = find(project, id)?;
    may_work(project, asked, id, plan)?;
    if task.status == Status::Paused {
        return Ok(Vec::new());
    }
    if task.status != Status::InProgress {
        return Err(wrong_status(task, plan, "pause"));
    }
    Ok(vec![ProjectEvent::TaskPaused { task: id.clone() }])
}

/// Work goes on.
pub fn resume(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = find(project, id)?;
    may_work(project, asked, id, plan)?;
    if task.status == Status::InProgress {
        return Ok(Vec::new());
    }
    if task.status != Status::Paused {
        return Err(wrong_status(task, plan, "resume"));
    }
    Ok(vec![ProjectEvent::TaskResumed { task: id.clone() }])
}

#[cfg(test)]
mod tests {
    use crate::domain::project::ProjectCommand;
    use crate::domain::project::testing::*;

    fn pause() -> ProjectCommand {
        ProjectCommand::PauseTask { task: "brief".into() }
    }

    fn resume() -> ProjectCommand {
        ProjectCommand::ResumeTask { task: "brief".into() }
    }

    #[test]
    fn work_rests_and_goes_on() {
        opened().given(start("brief")).when(pause()).then(&["task_paused"]);
        opened().given(start("brief")).given(pause()).when(resume()).then(&["task_resumed"]);
    }

    #[test]
    fn only_work_in_progress_can_rest() {
        opened().when(pause()).refused("wrong-status");
        opened().when(resume()).refused("wrong-status");
    }
}
