//! A result that says what the project costs: fields marked `sets_price`, such as the total of a quotation.

use super::event::ProjectEvent;
use super::state::{Project, Task};
use crate::domain::TaskId;
use crate::domain::definition;
use crate::domain::field::Value;

/// The new price, if the finished task brings one.
pub fn of(project: &Project, task: &Task, plan: &definition::Task) -> Option<ProjectEvent> {
    let field = plan.result.iter().find(|field| field.sets_price)?;
    let price = match task.values.get(&field.id) {
        Some(Value::Money(price)) => Some(price.clone()),
        _ => None,
    };
    let now = project.opened.as_ref()?.price.clone();
    (price.is_some() && price != now).then(|| ProjectEvent::PriceSet { task: task.id.clone(), price })
}

/// The price as it was, when the approval of the task that set it is taken back.
pub fn back(project: &Project, id: &TaskId) -> Option<ProjectEvent> {
    let (task, price) = project.price_before.as_ref().filter(|(task, _)| task == id)?;
    Some(ProjectEvent::PriceSet { task: task.clone(), price: price.clone() })
}

#[cfg(test)]
mod tests {
    use crate::domain::project::testing::*;

    #[test]
    fn an_approved_quotation_sets_the_price_and_what_each_payment_asks_for() {
        let campaign = quoted("100000 UAH");
        assert_eq!(campaign.due("advance"), None);
        let approved = campaign.by("sofiia").given(approve("quotation", 1));
        assert_eq!(approved.due("advance").as_deref(), Some("50000 UAH"));
        assert_eq!(approved.due("final").as_deref(), Some("50000 UAH"));
    }

    #[test]
    fn an_approval_that_is_taken_back_takes_the_price_with_it() {
        let undone =
            quoted("100000 UAH").by("sofiia").given(approve("quotation", 1)).given(undo("quotation", 1));
        assert_eq!((undone.due("advance"), undone.due("final")), (None, None));
        let again = undone.given(approve("quotation", 1));
        assert_eq!(again.due("final").as_deref(), Some("50000 UAH"));
    }
}
