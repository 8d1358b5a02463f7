//! Pressing a button of a task, such as "Ad launched" (PF-61, PF-62).

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::rules::{find, may_work, wrong_status};
use super::state::{Project, Status};
use super::{access, agreement, send_form};
use crate::domain::gate::{missing_for_button, missing_to_publish};
use crate::domain::{Asked, Refusal, TaskId};

/// The press, with the values of the fields at that moment.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    name: &str,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = find(project, id)?;
    may_work(project, asked, id, plan)?;
    let known = || plan.buttons.iter().map(|button| button.id.clone()).collect();
    let button = plan.button(name).ok_or_else(|| Refusal::NoButton {
        task: task.id.0.clone(),
        button: name.to_owned(),
        known: known(),
    })?;
    let (button_id, title) = (button.id.clone(), button.title.clone());
    if button.once && task.pressed.contains(name) {
        return Err(Refusal::ButtonUsed { button: button_id, title });
    }
    if !matches!(task.status, Status::InProgress | Status::Paused) {
        return Err(wrong_status(task, plan, "press"));
    }
    let mut missing = missing_for_button(project, plan, button, task);
    missing.extend(missing_to_publish(project, task));
    if !missing.is_empty() {
        return Err(Refusal::ButtonLocked { task: task.id.0.clone(), button: button_id, title, missing });
    }
    let needed = task.values.iter().filter(|(field, _)| button.needs.contains(field));
    let values = needed.map(|(field, value)| (field.clone(), value.clone())).collect();
    let sent = button.send_form.as_ref().map(|form| send_form::first(project, id, form)).transpose()?;
    let rules = match &button.ask_agreement {
        None => None,
        Some(rules) => match agreement::send(project, id, rules) {
            None => return Err(Refusal::ButtonUsed { button: button_id, title }),
            sent => sent,
        },
    };
    let access = match &button.ask_access {
        None => None,
        Some(item) => match access::ask_once(project, item)? {
            None => return Err(Refusal::ButtonUsed { button: button_id, title }),
            asked => asked,
        },
    };
    let pressed = ProjectEvent::ButtonPressed { task: id.clone(), button: button_id, values };
    Ok(std::iter::once(pressed).chain(sent).chain(rules).chain(access).collect())
}

#[cfg(test)]
mod tests {
    use crate::domain::definition::{Button, Gate};
    use crate::domain::project::testing::*;

    #[test]
    fn ad_launched_is_absent_until_its_fields_are_filled() {
        in_progress("ads").when(press("ads", "launched")).refused("button-locked");
        let filled = in_progress("ads").given(set("ads", &[("budget", "5000 UAH")]));
        filled.when(press("ads", "launched")).then(&["button_pressed"]);
    }

    #[test]
    fn ad_launched_disappears_when_a_field_is_cleared() {
        let filled = in_progress("ads").given(set("ads", &[("budget", "5000 UAH")]));
        let cleared = filled.given(set("ads", &[("budget", "")]));
        cleared.when(press("ads", "launched")).refused("button-locked");
    }

    #[test]
    fn ad_launched_works_once() {
        let filled = in_progress("ads").given(set("ads", &[("budget", "5000 UAH")]));
        filled.given(press("ads", "launched")).when(press("ads", "launched")).refused("button-used");
    }

    #[test]
    fn a_button_that_waits_for_a_form_is_there_once_the_client_filled_it_in() {
        let given = opened().given(start("brief")).planned("brief", |plan| {
            let ask =
                Button { id: "ask".into(), needs_form: Some("smm-brief".into()), ..plan.buttons[0].clone() };
            plan.buttons.push(Button { send_form: None, ask_access: Some("instagram".into()), ..ask });
            plan.finish_needs.push(Gate::Access("instagram".into()));
        });
        given.when(press("brief", "ask")).missing(&["gate form:smm-brief"]);
        let filled = given.given(receive_by_staff(&["business"]));
        filled.when(press("brief", "ask")).then(&["button_pressed", "access_asked"]);
    }

    #[test]
    fn a_button_that_is_not_there_is_answered_with_those_that_are() {
        in_progress("ads").when(press("ads", "lanched")).refused("no-button");
    }
}
