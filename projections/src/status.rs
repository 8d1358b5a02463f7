//! Status: where a project stands now, in the tasks that matter; the same for the chat and the command line (SC-24).

use std::collections::BTreeSet;

use engine::app::{App, AppError};
use engine::domain::definition::{Kind, Text};
use engine::domain::project::{Project, Status};
use engine::domain::{TaskId, Timestamp};

use crate::board::{Ball, BoardProject, BoardTask};

/// A project and how far it is.
#[derive(Clone, Debug)]
pub struct Standing<'a> {
    pub project: &'a BoardProject,
    /// The stage of what is done now; `None` when nothing is left to do.
    pub stage: Option<Text>,
    pub is_paused: bool,
    /// Tasks that the client said yes to.
    approved: BTreeSet<TaskId>,
    /// Tasks about money: nothing for the client's status.
    money: BTreeSet<TaskId>,
    now: Timestamp,
}

/// Where the projects stand: what is late first, what is paused last.
pub async fn standings<'a>(
    app: &App,
    projects: impl IntoIterator<Item = &'a BoardProject>,
    now: Timestamp,
) -> Result<Vec<Standing<'a>>, AppError> {
    let mut found = Vec::new();
    for project in projects {
        if let Some(state) = app.project_state(&project.project).await? {
            found.push(Standing::of(project, &state, now));
        }
    }
    found.sort_by_key(Standing::rank);
    Ok(found)
}

impl<'a> Standing<'a> {
    fn of(project: &'a BoardProject, state: &Project, now: Timestamp) -> Self {
        let is_money = |task: &TaskId| state.plan(task).is_some_and(|plan| plan.kind == Kind::Payment);
        let ids = |fits: &dyn Fn(&engine::domain::project::Task) -> bool| {
            state.tasks.iter().filter(|task| fits(task)).map(|task| task.id.clone()).collect()
        };
        Self {
            project,
            stage: stage(project, state),
            is_paused: state.paused.is_some(),
            approved: ids(&|task| task.decision.as_ref().is_some_and(|decision| decision.approved)),
            money: ids(&|task| is_money(&task.id)),
            now,
        }
    }

    /// Tasks over their day whose next step is ours; none while the project rests.
    pub fn late(&self) -> Vec<&'a BoardTask> {
        self.tasks(|task| !self.is_paused && task.is_late(self.now))
    }

    /// Tasks that wait for a check inside.
    pub fn check(&self) -> Vec<&'a BoardTask> {
        self.tasks(|task| task.ball == Ball::Check)
    }

    /// Tasks that wait for the client's decision.
    pub fn client(&self) -> Vec<&'a BoardTask> {
        self.tasks(|task| task.ball == Ball::Client)
    }

    /// Tasks that are worked on or can be.
    pub fn work(&self) -> Vec<&'a BoardTask> {
        self.tasks(|task| matches!(task.ball, Ball::Us | Ball::Rework))
    }

    /// What the client may know of those on our side, checks and all: no money.
    pub fn ours_for_client(&self) -> Vec<&'a BoardTask> {
        let is_ours = |task: &BoardTask| matches!(task.ball, Ball::Us | Ball::Check | Ball::Rework);
        self.tasks(|task| is_ours(task) && !self.money.contains(&task.task))
    }

    /// What is done in the latest period and how much there is, without money.
    pub fn done_for_client(&self) -> (Vec<&'a BoardTask>, usize) {
        let latest = self.project.tasks.iter().map(|task| task.task.period()).max().unwrap_or(1);
        let all = self.tasks(|task| {
            let counts = task.status != Status::Cancelled && !self.money.contains(&task.task);
            counts && task.task.period() == latest
        });
        let total = all.len();
        (all.into_iter().filter(|task| task.status == Status::Completed).collect(), total)
    }

    /// Whether the client said yes to a task.
    pub fn is_approved(&self, task: &BoardTask) -> bool {
        self.approved.contains(&task.task)
    }

    fn tasks(&self, fits: impl Fn(&BoardTask) -> bool) -> Vec<&'a BoardTask> {
        self.project.tasks.iter().filter(|task| fits(task)).collect()
    }

    /// Late first and the longest late before all, then what waits for a check, for the client, for work, for better days.
    fn rank(&self) -> (u8, Option<Timestamp>, Timestamp) {
        let late = self.late().into_iter().filter_map(|task| task.due).min();
        let place = match () {
            () if self.is_paused => 4,
            () if late.is_some() => 0,
            () if !self.check().is_empty() => 1,
            () if !self.client().is_empty() => 2,
            () => 3,
        };
        (place, late, self.project.opened)
    }
}

/// The stage of the first task that somebody has to do something on, or else of the first that is not over.
fn stage(project: &BoardProject, state: &Project) -> Option<Text> {
    let active = project.tasks.iter().find(|task| task.ball != Ball::Nobody);
    let task = active.or_else(|| project.current())?;
    let stages = &state.opened.as_ref()?.definition.stages;
    let holds =
        |plans: &[engine::domain::definition::Task]| plans.iter().any(|plan| plan.id == task.task.plan_id());
    stages.iter().find(|stage| holds(&stage.tasks)).map(|stage| stage.title.clone())
}
