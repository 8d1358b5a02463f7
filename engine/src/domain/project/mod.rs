//! A project: the tasks of one service for one client, one after another.

pub mod command;
pub mod event;
pub mod react;
pub mod state;
pub mod timers;

mod accept_task;
pub mod access;
pub mod agreement;
mod announce_period;
mod approve;
mod ask_for_help;
mod assign_role;
mod book_expense;
mod cancel_payment;
mod cancel_task;
mod card;
pub mod clocks;
mod close_project;
pub mod collect;
pub mod comment;
mod conclude;
mod confirm_gate;
mod decline_task;
pub mod due;
mod event_about;
pub mod figures;
pub mod forms;
pub mod handoff;
mod insert_task;
mod invoice_payment;
mod known_ids;
pub mod move_version;
mod open_period;
mod open_project;
pub mod order;
mod override_gate;
mod pause_project;
mod pause_task;
pub mod payment;
pub mod period;
mod press_button;
mod promise;
mod receive_form;
mod receive_payment;
mod remarks;
pub mod reminders;
mod return_task;
mod rules;
mod send_back;
mod send_form;
mod set_due;
mod set_fields;
mod set_price;
pub mod set_priority;
mod silence;
pub mod spans;
mod start_task;
mod submit_task;
#[cfg(test)]
pub(crate) mod testing;
mod tick_item;
mod tight;
pub mod time;
mod undo_decision;
pub mod waits;

pub use access::{Access, AccessState};
pub use agreement::rules_slot;
pub use card::{inputs, request_slot, result};
pub use command::ProjectCommand;
pub use event::ProjectEvent;
pub use override_gate::Overridden;
pub use payment::{Payment, PaymentState};
pub use period::ProjectPeriod;
pub use rules::UNDO_MINUTES;
pub use state::{Project, Status, Task};

use super::{Actor, Asked, Refusal};

/// The facts that follow from a command, or the refusal. "Already so" is no fact and no error.
pub fn decide(project: &Project, asked: &Asked<ProjectCommand>) -> Result<Vec<ProjectEvent>, Refusal> {
    Ok(conclude::conclude(project, asked, first(project, asked)?))
}

/// Whether the project, by the calendar of now, wants this of a timer now: what set it may have moved since.
fn is_due(project: &Project, asked: &Asked<ProjectCommand>) -> bool {
    let mut wanted = project.timers(&asked.world.calendar).into_values();
    wanted.any(|(due, command)| due <= asked.at && command == asked.command)
}

/// The facts of the command itself; what they entail is concluded from them.
fn first(project: &Project, asked: &Asked<ProjectCommand>) -> Result<Vec<ProjectEvent>, Refusal> {
    use ProjectCommand as C;
    if let C::OpenProject { .. } = &asked.command {
        return open_project::decide(project, asked);
    }
    if project.opened.is_none() {
        return Err(Refusal::NoProject);
    }
    rules::still_here(asked)?;
    if asked.by == Actor::Timer && !is_due(project, asked) {
        return Ok(Vec::new());
    }
    match &asked.command {
        C::OpenProject { .. } => open_project::decide(project, asked),
        C::AssignRole { role, person } => assign_role::decide(project, asked, role, person),
        C::AssignRoles { roles } => assign_role::several(project, asked, roles),
        C::StartTask { task } => start_task::decide(project, asked, task),
        C::PauseTask { task } => pause_task::pause(project, asked, task),
        C::ResumeTask { task } => pause_task::resume(project, asked, task),
        C::SetFields { task, values } => set_fields::decide(project, asked, task, values),
        C::TickItem { task, item, done, note } => {
            tick_item::decide(project, asked, task, (*item, *done, note.as_ref()))
        }
        C::PressButton { task, button } => press_button::decide(project, asked, task, button),
        C::ConfirmGate { task, gate, comment } => confirm_gate::decide(project, asked, task, gate, comment),
        C::SubmitTask { task } => submit_task::decide(project, asked, task),
        C::AcceptTask { task, round } => accept_task::decide(project, asked, task, *round),
        C::ReturnTask { task, round, remark } => {
            return_task::decide(project, asked, task, *round, remark.as_ref())
        }
        C::CancelTask { task, reason } => cancel_task::decide(project, asked, task, reason),
        C::Approve { task, round } => approve::decide(project, asked, task, *round),
        C::SendBack { task, round } => send_back::decide(project, asked, task, *round),
        C::AddRemark { task, round, remark } => remarks::add(project, asked, task, *round, remark),
        C::CloseRemarks { task, round } => remarks::close(project, asked, task, *round),
        C::UndoDecision { task, round } => undo_decision::decide(project, asked, task, *round),
        C::SettleDecision { task, round } => undo_decision::settle(project, task, *round),
        C::Remind { task, round, reminder, rung } => {
            reminders::decide(project, asked, (task, *round), (*reminder, *rung))
        }
        C::TellOverdue { task, round } => silence::overdue(project, asked, task, *round),
        C::TellUnaccepted { task } => silence::unaccepted(project, task),
        C::DeemApproved { task, round } => silence::deem_approved(project, asked, task, *round),
        C::DeclineTask { task, reason } => decline_task::decide(project, asked, task, reason),
        C::Comment { task, text, file, to_client } => {
            comment::decide(project, asked, task, (text.as_ref(), file.as_ref(), *to_client))
        }
        C::SetDue { task, on, reason } => set_due::decide(project, asked, task, *on, reason.as_ref()),
        C::SetPriority { task, priority } => set_priority::decide(project, asked, task, *priority),
        C::PromiseNextStep { task, by, what } => promise::make(project, asked, task.as_ref(), *by, what),
        C::KeepPromise { task } => promise::keep(project, asked, task.as_ref()),
        C::TellPromiseMissed { task, by } => Ok(promise::missed(project, task.as_ref(), *by)),
        C::PauseProject { reason } => pause_project::pause(project, asked, reason),
        C::ResumeProject => pause_project::resume(project, asked),
        C::SendForm { task, form, known } => send_form::decide(project, asked, task, form, *known),
        C::ReceiveForm { .. } => receive_form::decide(project, asked),
        C::AskForHelp { task, form } => ask_for_help::decide(project, asked, task, form),
        C::AnnouncePeriod { period } => Ok(announce_period::decide(project, *period)),
        C::OpenPeriod { period } => open_period::decide(project, asked, *period),
        C::InvoicePayment { payment, .. } => invoice_payment::decide(project, asked, payment),
        C::ReceivePayment { payment, .. } => receive_payment::decide(project, asked, payment),
        C::CancelPayment { payment, reason } => cancel_payment::decide(project, asked, payment, reason),
        C::CloseProject { reason } => close_project::decide(project, asked, reason),
        C::OverrideGate { task, gate, reason } => override_gate::decide(project, asked, task, (gate, reason)),
        C::InsertTask { after, plan } => insert_task::decide(project, asked, after, plan),
        C::MoveVersion { definition } => move_version::decide(project, asked, definition),
        C::AddTime { task, .. } => time::add(project, asked, task),
        C::CancelTime { entry, reason } => time::cancel(project, asked, *entry, reason.as_ref()),
        C::AcknowledgeRules { .. } => agreement::decide(project, asked),
        C::HandOver { promised } => handoff::offer(project, asked, promised),
        C::AcceptHandoff { offer } => handoff::accept(project, asked, *offer),
        C::ReturnHandoff { reason } => handoff::send_back(project, asked, reason),
        C::AskAccess { item } => access::ask(project, asked, item),
        C::ReceiveAccess { item, sending } => access::receive(project, asked, item, *sending),
        C::ViewAccess { item } => access::view(project, asked, item),
        C::OverrideAudit { task, reason } => override_gate::audit(project, asked, task, reason),
    }
}
