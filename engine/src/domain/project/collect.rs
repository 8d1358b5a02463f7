//! What a report says by itself: everything that was finished in its period, with whose yes it was and the figures (PF-67).

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::state::{Project, Status, Task};
use crate::domain::definition::{self, FieldKind, Kind, Stage};
use crate::domain::field::{DoneFigure, DoneStage, DoneTask, Value};
use crate::domain::{Asked, TaskId};

type Order = Asked<ProjectCommand>;

/// When work begins, the fields for it are filled; the words that somebody put there stay.
pub fn prefilled(
    project: &Project,
    asked: &Order,
    task: &Task,
    plan: &definition::Task,
) -> Vec<ProjectEvent> {
    let fields = plan.result.iter().filter(|field| field.kind == FieldKind::Done);
    let mut events = Vec::new();
    for field in fields {
        let own_words = matches!(task.values.get(&field.id), Some(Value::Text(_)));
        let value = collected(project, asked, &task.id);
        let is_news = value.as_ref() != task.values.get(&field.id);
        if let Some(value) = value.filter(|_| !own_words && is_news) {
            let (task, field) = (task.id.clone(), field.id.clone());
            events.push(ProjectEvent::FieldSet { task, field, value });
        }
    }
    events
}

/// The finished tasks of the period, stage by stage; nothing if there are none.
pub fn collected(project: &Project, asked: &Order, report: &TaskId) -> Option<Value> {
    let definition = &project.opened.as_ref()?.definition;
    let stages = definition.stages.iter().filter_map(|stage| stage_of(project, asked, report, stage));
    let stages: Vec<DoneStage> = stages.collect();
    (!stages.is_empty()).then_some(Value::Done(stages))
}

fn stage_of(project: &Project, asked: &Order, report: &TaskId, stage: &Stage) -> Option<DoneStage> {
    let in_period = |task: &&Task| task.id.period() == report.period();
    let belongs = |task: &&Task| stage.tasks.iter().any(|plan| plan.id == task.id.plan_id());
    let of_stage = || project.tasks.iter().filter(in_period).filter(belongs);
    let tasks: Vec<DoneTask> = of_stage().filter_map(|task| done(project, asked, task)).collect();
    let is_through = project.is_reached(stage, report.period());
    let goal = stage.goal.clone().filter(|_| is_through);
    (!tasks.is_empty()).then(|| DoneStage { title: stage.title.clone(), goal, tasks })
}

/// The line of a task that was completed; reports and payments speak for themselves.
fn done(project: &Project, asked: &Order, task: &Task) -> Option<DoneTask> {
    let plan = project.plan(&task.id).filter(|plan| matches!(plan.kind, Kind::Work | Kind::Meeting))?;
    let over = task.clocks.over.filter(|_| task.status == Status::Completed)?;
    let decision = task.decision.as_ref().filter(|decision| decision.approved);
    Some(DoneTask {
        task: task.id.clone(),
        title: plan.title.clone(),
        on: over.with_timezone(&asked.world.calendar.zone).date_naive(),
        approved_by: decision.map(|decision| decision.person.clone()),
        deemed: decision.is_none() && task.deemed.is_some_and(|(round, _)| round == task.round),
        figures: figures(task, plan),
    })
}

fn figures(task: &Task, plan: &definition::Task) -> Vec<DoneFigure> {
    let is_figure = |kind| matches!(kind, FieldKind::Number | FieldKind::Money | FieldKind::Percent);
    let shown = plan.result.iter().filter(|field| field.client_sees && is_figure(field.kind));
    let figure = |field: &definition::Field| {
        let value = task.values.get(&field.id)?.clone();
        Some(DoneFigure { title: field.title.clone(), kind: field.kind, value })
    };
    shown.filter_map(figure).collect()
}

impl Project {
    /// Whether all that a stage has in a period is completed, so that its goal holds.
    pub fn is_reached(&self, stage: &Stage, period: u32) -> bool {
        let belongs = |task: &&Task| {
            task.id.period() == period && stage.tasks.iter().any(|plan| plan.id == task.id.plan_id())
        };
        let mut tasks = self.tasks.iter().filter(belongs).peekable();
        tasks.peek().is_some() && tasks.all(|task| task.status == Status::Completed)
    }
}
