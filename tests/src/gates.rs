//! How the gates of a task open in life: the brief comes in, the money comes in, an access is tried.

use engine::domain::definition::Gate;
use engine::domain::project::event::{ContentRef, FilledBy};
use engine::domain::project::{AccessState, Payment, Project, ProjectCommand};
use engine::domain::{Actor, TaskId};

use crate::desk::person;

/// The orders that open what the task still waits for, with who gives them; `said` is what each has to say.
pub fn opening(project: &Project, task: &TaskId, said: &ContentRef) -> Vec<(Actor, ProjectCommand)> {
    let plan = project.plan(task).expect("the task is planned");
    let gates = plan.start_needs.iter().chain(&plan.finish_needs);
    gates.filter_map(|gate| order(project, task, gate, said)).collect()
}

fn order(
    project: &Project,
    task: &TaskId,
    gate: &Gate,
    said: &ContentRef,
) -> Option<(Actor, ProjectCommand)> {
    match gate {
        Gate::Form(form) if project.received_form(form).is_some() => None,
        Gate::Form(id) => {
            let questions = &project.form(id).expect("the template has the form").questions;
            let required = questions.iter().filter(|question| question.required);
            let command = ProjectCommand::ReceiveForm {
                form: id.clone(),
                sending: None,
                content: said.clone(),
                answered: required.map(|question| question.id.clone()).collect(),
                card: Vec::new(),
                by: FilledBy::Staff,
            };
            Some((person("olena"), command))
        }
        Gate::Paid(which) => {
            let payment =
                project.payment_behind(task, *which).filter(|payment| !Payment::is_paid(payment))?;
            let payment = payment.id.clone();
            let command = ProjectCommand::ReceivePayment {
                payment,
                amount: None,
                on: None,
                reason: None,
                again: false,
            };
            Some((person("nadiia"), command))
        }
        // Tried once, for all tasks that wait for it.
        Gate::Access(item)
            if matches!(project.access_state(item), AccessState::Confirmed | AccessState::NotNeeded) =>
        {
            None
        }
        Gate::Access(_) => {
            let (task, gate, comment) = (task.clone(), gate.clone(), said.clone());
            Some((person("olena"), ProjectCommand::ConfirmGate { task, gate, comment }))
        }
        // The client agrees in its chat.
        Gate::Field(_) | Gate::Button(_) | Gate::Approved(_) | Gate::Acknowledged(_) => None,
    }
}
