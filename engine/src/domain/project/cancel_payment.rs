//! Giving a payment up, with a reason: nobody waits for it any more.

use super::ProjectCommand;
use super::event::{ContentRef, ProjectEvent};
use super::invoice_payment::find;
use super::payment::PaymentState;
use super::rules::{may_handle_money, open_next};
use super::state::Project;
use crate::domain::{Asked, PaymentId, Refusal};

/// The payment is cancelled, and its task with it; what already came in has to be corrected first.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &PaymentId,
    reason: &ContentRef,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let payment = find(project, id)?;
    may_handle_money(project, asked)?;
    if payment.state() == PaymentState::Cancelled {
        return Ok(Vec::new());
    }
    if payment.received().is_some_and(|received| received.minor > 0) {
        let (payment, state) = (id.0.clone(), payment.state().word().to_owned());
        return Err(Refusal::PaymentClosed { payment, state });
    }
    let cancelled = ProjectEvent::PaymentCancelled { payment: id.clone(), reason: reason.clone() };
    let waits =
        |task: &&super::Task| !task.status.is_over() && project.payment_of(&task.id).as_ref() == Some(id);
    let tasks = project.tasks.iter().find(waits).into_iter().flat_map(|task| {
        let over = ProjectEvent::TaskCancelled { task: task.id.clone(), reason: reason.clone() };
        std::iter::once(over).chain(open_next(project, asked, &task.id))
    });
    Ok(std::iter::once(cancelled).chain(tasks).collect())
}

#[cfg(test)]
mod tests {
    use crate::domain::definition::NextRound;
    use crate::domain::project::ProjectCommand;
    use crate::domain::project::testing::*;

    fn give_up(payment: &str) -> ProjectCommand {
        ProjectCommand::CancelPayment { payment: payment.into(), reason: content() }
    }

    #[test]
    fn nobody_waits_for_a_cancelled_payment_or_works_on_its_task() {
        let monthly = monthly(NextRound::WhenPaid).by("nadiia");
        monthly.when(give_up("2")).then(&["payment_cancelled", "task_cancelled"]);
        let given_up = monthly.given(give_up("2"));
        given_up.when(give_up("2")).then(&[]);
        given_up.when(receive("2", None)).refused("payment-closed");
    }

    #[test]
    fn what_came_in_has_to_be_corrected_first() {
        let part = monthly(NextRound::WhenPaid).given(receive("1", Some("10 UAH")));
        part.when(give_up("1")).refused("payment-closed");
        part.given(back("1", "10 UAH", true)).when(give_up("1")).then(&["payment_cancelled"]);
    }

    #[test]
    fn an_assignee_gives_no_payment_up() {
        monthly(NextRound::WhenPaid).by("maksym").when(give_up("1")).refused("not-your-money");
    }
}
