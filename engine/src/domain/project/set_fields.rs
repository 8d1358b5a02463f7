//! Filling and clearing the fields of a result (PF-44).

use super::ProjectCommand;
use super::collect::collected;
use super::event::ProjectEvent;
use super::invoice_payment;
use super::rules::{find, may_handle_money, may_work, not_its_turn, wrong_status};
use super::state::{Project, Status};
use crate::domain::definition::{FieldKind, Kind};
use crate::domain::field::{Entered, Value, read};
use crate::domain::{Asked, Refusal, TaskId};

/// All of the values, or a refusal that names the first that does not fit.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    values: &[(String, Entered)],
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = find(project, id)?;
    may_work(project, asked, id, plan)?;
    if plan.kind == Kind::Payment {
        may_handle_money(project, asked)?;
    }
    match task.status {
        Status::Ready | Status::InProgress | Status::Paused | Status::Rework => {}
        Status::Waiting => {
            let turn = not_its_turn(project, task, plan);
            return Err(turn.unwrap_or_else(|| wrong_status(task, plan, "fill")));
        }
        Status::InReview | Status::AwaitingApproval | Status::Completed | Status::Cancelled => {
            return Err(wrong_status(task, plan, "fill"));
        }
    }
    let price = project.opened.as_ref().and_then(|opened| opened.price.as_ref());
    let currency = price.map(|price| price.currency.as_str());
    let mut now = task.values.clone();
    let mut events = Vec::new();
    for (name, entered) in values {
        let known = || plan.result.iter().map(|field| field.id.clone()).collect();
        let field = plan.field(name).ok_or_else(|| Refusal::NoField {
            task: task.id.0.clone(),
            field: name.clone(),
            known: known(),
        })?;
        let before = now.get(name).cloned();
        let value = read(field, entered, before.as_ref(), currency)?;
        // Emptied, it holds again what the engine collects.
        let collects = value.is_none() && field.kind == FieldKind::Done;
        let value = if collects { collected(project, asked, id) } else { value };
        if value == before {
            continue;
        }
        let (task, field) = (id.clone(), name.clone());
        if let Some(value) = value {
            now.insert(name.clone(), value.clone());
            events.push(ProjectEvent::FieldSet { task, field, value });
        } else {
            now.remove(name);
            events.push(ProjectEvent::FieldCleared { task, field });
        }
    }
    Ok(events.into_iter().flat_map(|event| with_invoice(project, asked, event)).collect())
}

/// The field `invoice` of a payment task and the invoice of its payment are one thing.
fn with_invoice(project: &Project, asked: &Asked<ProjectCommand>, event: ProjectEvent) -> Vec<ProjectEvent> {
    let mut invoiced = None;
    if let ProjectEvent::FieldSet { task, field, value: Value::Text(number) } = &event
        && field == "invoice"
    {
        invoiced = invoice_payment::with_task(project, asked, task, number);
    }
    std::iter::once(event).chain(invoiced).collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::project::testing::*;

    #[test]
    fn several_fields_are_filled_at_once() {
        in_progress("plan")
            .when(set("plan", &[("link", "https://a.ua"), ("posts", "9")]))
            .then(&["field_set"; 2]);
    }

    #[test]
    fn an_empty_value_clears_a_field_that_was_filled() {
        let filled = in_progress("plan").given(set("plan", &[("posts", "9")]));
        filled.when(set("plan", &[("posts", "")])).then(&["field_cleared"]);
    }

    #[test]
    fn the_same_value_again_changes_nothing() {
        let filled = in_progress("plan").given(set("plan", &[("posts", "9")]));
        filled.when(set("plan", &[("posts", "9")])).then(&[]);
    }

    #[test]
    fn one_value_that_does_not_fit_stops_all() {
        let command = set("plan", &[("link", "https://a.ua"), ("posts", "nine")]);
        in_progress("plan").when(command).refused("bad-value");
    }

    #[test]
    fn an_unknown_field_is_answered_with_the_known_ones() {
        in_progress("plan").when(set("plan", &[("lnk", "x")])).refused("no-field");
    }

    #[test]
    fn the_result_is_fixed_once_it_is_handed_over() {
        awaiting("plan").when(set("plan", &[("posts", "3")])).refused("wrong-status");
    }
}
