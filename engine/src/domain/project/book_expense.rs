//! Booking what a finished task spent: its fields marked `is_expense`.

use super::event::ProjectEvent;
use super::state::Task;
use crate::domain::definition;
use crate::domain::field::Value;

/// One fact for each expense in the result.
pub fn of(task: &Task, plan: &definition::Task) -> Vec<ProjectEvent> {
    let fields = plan.result.iter().filter(|field| field.is_expense);
    let spent = fields.filter_map(|field| match task.values.get(&field.id) {
        Some(Value::Money(amount)) if amount.minor != 0 => Some((field.id.clone(), amount.clone())),
        _ => None,
    });
    spent
        .map(|(field, amount)| ProjectEvent::ExpenseBooked { task: task.id.clone(), field, amount })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::project::testing::*;

    #[test]
    fn what_a_task_spent_is_booked_when_it_is_finished_and_not_before() {
        let spending = in_progress("ads").spending("ads", "budget");
        let pressed = spending.given(set("ads", &[("budget", "5000 UAH")])).given(press("ads", "launched"));
        assert_eq!(pressed.state.expenses, []);
        let reviewed = pressed.given(submit("ads")).by("olena");
        reviewed.when(accept("ads")).then(&[
            "task_accepted",
            "task_completed",
            "expense_booked",
            "project_completed",
        ]);
        let done = reviewed.given(accept("ads"));
        assert_eq!(done.state.expenses[0].amount.to_string(), "5000 UAH");
    }

    #[test]
    fn an_approval_that_is_taken_back_takes_its_expense_with_it() {
        let plan =
            ready_to_submit("plan").spending("plan", "cost").given(set("plan", &[("cost", "300 UAH")]));
        let asked = plan.given(submit("plan")).by("olena").given(accept("plan")).by("sofiia");
        let approved = asked.given(approve("plan", 1));
        assert_eq!(approved.state.expenses.len(), 1);
        let undone = approved.given(undo("plan", 1));
        assert_eq!(undone.state.expenses, []);
        assert_eq!(undone.given(approve("plan", 1)).state.expenses.len(), 1, "and it is booked once");
    }
}
