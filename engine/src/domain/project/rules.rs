//! What several decisions share: who may do what, and how a task ends.

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::state::{Project, Task};
use super::{book_expense, close_project, due, receive_payment, set_price};
use crate::domain::definition::{self, Approval};
use crate::domain::{Asked, PersonId, Refusal, Right, Round, TaskId};

/// How long a decision of the client can be undone.
pub const UNDO_MINUTES: u32 = 2;

/// How long remarks are waited for after the latest one (TG-29).
pub const REMARK_MINUTES: i64 = 10;

type Order = Asked<ProjectCommand>;

/// The task and its plan, or a refusal that says so.
pub fn find<'a>(project: &'a Project, id: &TaskId) -> Result<(&'a Task, &'a definition::Task), Refusal> {
    let unknown = || Refusal::NoTask { task: id.0.clone() };
    let task = project.task(id).ok_or_else(unknown)?;
    Ok((task, project.plan(id).ok_or_else(unknown)?))
}

/// Whoever left the agency does nothing any more (CR-30), unless a client named them as an approver since.
pub fn still_here(asked: &Order) -> Result<(), Refusal> {
    let gone = |by: &&PersonId| asked.world.staff.left.contains(by) && !asked.world.approvers.contains(by);
    match asked.by.person().filter(gone) {
        Some(person) => Err(Refusal::HasLeft { person: person.clone() }),
        None => Ok(()),
    }
}

/// The assignee, a PM, the head, the owner and the operator may work on a task.
pub fn may_work(
    project: &Project,
    asked: &Order,
    id: &TaskId,
    plan: &definition::Task,
) -> Result<(), Refusal> {
    let assignee = project.holder(&plan.assignee);
    if leads(project, asked) || asked.by.person().is_some_and(|by| Some(by) == assignee) {
        return Ok(());
    }
    let people = assignee.into_iter().chain(project.holder("pm")).cloned();
    Err(Refusal::NotYourTask { task: id.0.clone(), title: plan.title.clone(), people: distinct(people) })
}

/// The auditor of the task, the agency's auditors, the head, the owner and the operator may check; nobody his own work (PF-43).
pub fn may_check(
    project: &Project,
    asked: &Order,
    task: &Task,
    plan: &definition::Task,
) -> Result<(), Refusal> {
    let role = plan.auditor.as_deref().unwrap_or("pm");
    let is_assignee = asked.by.person().is_some_and(|by| Some(by) == project.holder(&plan.assignee));
    if is_assignee || task.submitted_by.as_ref() == Some(&asked.by) {
        return Err(Refusal::OwnWork { task: task.id.0.clone(), title: plan.title.clone() });
    }
    let is_auditor = asked.by.person().is_some_and(|by| Some(by) == project.holder(role));
    let has_role = asked.by.person().is_some() && asked.world.roles.contains(role);
    if is_auditor || has_role || Right::Audit.is_had_by(asked) {
        return Ok(());
    }
    let people = distinct(project.holder(role).into_iter().cloned());
    Err(Refusal::NotYourCheck { task: task.id.0.clone(), title: plan.title.clone(), people })
}

/// A PM, the head, the owner and the operator lead a project.
pub fn may_lead(project: &Project, asked: &Order, wanted: &str) -> Result<(), Refusal> {
    if leads(project, asked) {
        return Ok(());
    }
    Err(Refusal::NotAllowed { wanted: wanted.to_owned() })
}

/// The accountant, a PM, the head, the owner and the operator deal with money (PF-69).
pub fn may_handle_money(project: &Project, asked: &Order) -> Result<(), Refusal> {
    let is_accountant = asked.by.person().is_some_and(|by| Some(by) == project.holder("accountant"));
    if is_accountant || leads(project, asked) || Right::Money.is_had_by(asked) {
        return Ok(());
    }
    let people = project.holder("accountant").into_iter().chain(project.holder("pm")).cloned();
    Err(Refusal::NotYourMoney { people: distinct(people) })
}

/// Only people named as approvers of the client decide; an empty list is nobody (TG-21).
pub fn approver(asked: &Order) -> Result<PersonId, Refusal> {
    let people = || asked.world.approvers.iter().cloned().collect();
    let person = asked.by.person().filter(|by| asked.world.approvers.contains(by));
    person.cloned().ok_or_else(|| Refusal::NotAnApprover { people: people() })
}

/// The head, the owner and the operator: who may let work go on over a closed gate (1.6.4).
pub fn is_head(project: &Project, asked: &Order) -> bool {
    let is_head = asked.by.person().is_some_and(|by| Some(by) == project.holder("head"));
    is_head || Right::Head.is_had_by(asked)
}

fn leads(project: &Project, asked: &Order) -> bool {
    let is_pm = asked.by.person().is_some_and(|by| Some(by) == project.holder("pm"));
    is_pm || Right::Lead.is_had_by(asked)
}

fn distinct(people: impl Iterator<Item = PersonId>) -> Vec<PersonId> {
    let mut found: Vec<PersonId> = Vec::new();
    for person in people {
        if !found.contains(&person) {
            found.push(person);
        }
    }
    found
}

/// The refusal of a step that does not fit the status.
pub fn wrong_status(task: &Task, plan: &definition::Task, wanted: &str) -> Refusal {
    Refusal::WrongStatus {
        task: task.id.0.clone(),
        title: plan.title.clone(),
        status: task.status.word().to_owned(),
        wanted: wanted.to_owned(),
    }
}

/// The refusal of a step on a task whose turn has not come, if that is so (G5).
pub fn not_its_turn(project: &Project, task: &Task, plan: &definition::Task) -> Option<Refusal> {
    let before = project.unfinished_before(&task.id)?;
    let before_plan = project.plan(&before.id)?;
    Some(Refusal::NotItsTurn {
        task: task.id.0.clone(),
        title: plan.title.clone(),
        before: before.id.0.clone(),
        before_title: before_plan.title.clone(),
    })
}

/// The result goes to the client: asked for a decision, or the task is completed.
pub fn hand_over(
    project: &Project,
    asked: &Order,
    task: &TaskId,
    round: Round,
    sha256: &str,
) -> Vec<ProjectEvent> {
    let plan = project.plan(task);
    if plan.is_some_and(|plan| plan.approval == Approval::Required) {
        let result_sha256 = sha256.to_owned();
        return vec![ProjectEvent::ApprovalAsked { task: task.clone(), round, result_sha256 }];
    }
    complete(project, asked, task, round)
}

/// The task is completed with all that its result means, and the next one opens, or the project is over.
pub fn complete(project: &Project, asked: &Order, id: &TaskId, round: Round) -> Vec<ProjectEvent> {
    let completed = ProjectEvent::TaskCompleted { task: id.clone(), round };
    let Ok((task, plan)) = find(project, id) else { return vec![completed] };
    let mut events = receive_payment::with_task(project, task);
    events.push(completed);
    events.extend(book_expense::of(task, plan));
    events.extend(set_price::of(project, task, plan));
    match close_project::lost(task, plan) {
        Some(lost) => events.push(lost),
        None => events.extend(open_next(project, asked, id)),
    }
    events
}

/// What follows when nothing remains to be done on `task`: all whose turn it is are ready, or the project is over.
pub fn open_next(project: &Project, asked: &Order, task: &TaskId) -> Vec<ProjectEvent> {
    let mut others = project.tasks.iter().filter(|found| found.id != *task);
    if !others.all(|found| found.status.is_over()) {
        return turns(project, asked, Some(task));
    }
    // A service that repeats goes on with its next period, or is closed by a person.
    let is_through = project.repeats().is_none() && !project.completed;
    is_through.then_some(ProjectEvent::ProjectCompleted).into_iter().collect()
}

/// Every task whose turn it is becomes ready, `ending` taken as over already.
pub fn turns(project: &Project, asked: &Order, ending: Option<&TaskId>) -> Vec<ProjectEvent> {
    let turns = project.turns_after(ending).into_iter();
    turns.map(|task| ready(project, asked, &task.id)).collect()
}

fn ready(project: &Project, asked: &Order, id: &TaskId) -> ProjectEvent {
    ProjectEvent::TaskReady { task: id.clone(), due: due::in_period(project, asked, id) }
}
