//! Filling and clearing the fields of a result (PF-44).

use super::ProjectCommand;
use super::collect::collected;
use super::event::ProjectEvent;
use super::invoice_payment;
use super::rules::{find, may_handle_money, may_work, not_its_turn, wrong_status};
use super::state::{Project, Status};
use crate::domain::definition::{self, FieldKind, Kind};
use crate::domain::field::{Beside, Entered, Value, read};
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
    for (name, entered) in ranges_first(plan, values) {
        let known = || plan.result.iter().map(|field| field.id.clone()).collect();
        let field = plan.field(name).ok_or_else(|| Refusal::NoField {
            task: task.id.0.clone(),
            field: name.clone(),
            known: known(),
        })?;
        let before = now.get(name).cloned();
        let value = read(field, entered, before.as_ref(), Beside { currency, values: Some(&now) })?;
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

/// Whatever is filled together is read against the date ranges that are filled with it, whichever was named first.
fn ranges_first<'v>(
    plan: &definition::Task,
    values: &'v [(String, Entered)],
) -> impl Iterator<Item = &'v (String, Entered)> {
    let is_range = |name: &str| plan.field(name).is_some_and(|field| field.kind == FieldKind::DateRange);
    let (ranges, others): (Vec<_>, Vec<_>) = values.iter().partition(|(name, _)| is_range(name));
    ranges.into_iter().chain(others)
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
    use crate::domain::Refusal;
    use crate::domain::definition::{Field, FieldKind};
    use crate::domain::field::LineProblem;
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

    /// `plan` has a table of posts, whose days lie in the period.
    fn planning() -> Given {
        let day = Field { within: Some("period".into()), ..field("day", FieldKind::Date, true) };
        let posts = Field { columns: vec![day], ..field("posts_plan", FieldKind::Table, false) };
        in_progress("plan").planned("plan", |plan| {
            plan.result.extend([posts, field("period", FieldKind::DateRange, false)]);
        })
    }

    #[test]
    fn a_day_outside_its_period_is_refused_with_its_line_whatever_is_filled_first() {
        let rows = |rows: &str| set("plan", &[("posts_plan", rows), ("period", "2026-12-01..2026-12-31")]);
        planning().when(rows("2026-12-01\n2026-12-31")).then(&["field_set"; 2]);
        let refusal = planning().when(rows("day\n2026-12-31\n2027-01-01")).0.unwrap_err();
        let Refusal::BadLine(bad) = refusal else { panic!("{refusal:?}") };
        assert_eq!((bad.problem, bad.line, bad.given.as_str()), (LineProblem::Outside, 3, "2027-01-01"));
        assert_eq!(bad.known, ["2026-12-01..2026-12-31"]);
    }

    #[test]
    fn a_period_that_leaves_rows_behind_keeps_the_task_from_being_handed_over() {
        let filled = [("posts_plan", "2026-12-01\n2026-12-31"), ("link", "https://a.ua"), ("posts", "9")];
        let filled = planning().given(set("plan", &filled)).given(tick("plan", 1));
        let moved = filled.given(set("plan", &[("period", "2026-12-02..2026-12-30")]));
        moved.when(submit("plan")).missing(&["outside posts_plan [1, 2]"]);
        moved
            .given(set("plan", &[("posts_plan", "2026-12-30")]))
            .when(submit("plan"))
            .then(&["task_submitted"]);
    }

    #[test]
    fn nobody_says_yes_to_a_day_outside_its_period() {
        let day = Field { within: Some("period".into()), ..field("day", FieldKind::Date, true) };
        let posts = Field { columns: vec![day.clone()], ..field("posts_plan", FieldKind::Table, false) };
        let loose = Field { columns: vec![Field { within: None, ..day }], ..posts.clone() };
        let given = in_progress("plan").planned("plan", |plan| {
            plan.result.extend([loose, field("period", FieldKind::DateRange, false)]);
        });
        let filled = [("posts_plan", "2027-01-01"), ("link", "https://a.ua"), ("posts", "9")];
        let given =
            given.given(set("plan", &filled)).given(set("plan", &[("period", "2026-12-01..2026-12-31")]));
        let given = given.given(tick("plan", 1)).given(submit("plan")).by("olena").given(accept("plan"));
        // A newer version of the template knows that days belong into the period.
        let given = given.planned("plan", |plan| {
            plan.result
                .iter_mut()
                .filter(|field| field.id == posts.id)
                .for_each(|field| *field = posts.clone());
        });
        let given = given.by("sofiia");
        given.when(approve("plan", 1)).missing(&["outside posts_plan [1]"]);
        given.when(send_back("plan", 1)).then(&["task_sent_back"]);
    }
}
