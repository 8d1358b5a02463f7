//! Sending the client a form: once by the button of its task, and again only when somebody says so (PF-89).

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::rules::{find, may_work};
use super::state::Project;
use crate::domain::{Asked, Refusal, TaskId};

/// The form goes out. `known` is how often it had been sent when it was asked whether to send it again;
/// `None` has not been asked.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    form: &str,
    known: Option<u32>,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (_, plan) = find(project, id)?;
    may_work(project, asked, id, plan)?;
    match known {
        // Somebody has sent it since: once is enough.
        Some(known) if known != project.sent_form(form).sendings => Ok(Vec::new()),
        Some(_) => Ok(vec![sent(project, id, form)?]),
        None => Ok(vec![first(project, id, form)?]),
    }
}

/// The form goes out, unless it is out or came back already.
pub fn first(project: &Project, task: &TaskId, form: &str) -> Result<ProjectEvent, Refusal> {
    let state = project.sent_form(form);
    let at =
        state.last_sent.filter(|_| state.is_out()).or(state.received.as_ref().map(|received| received.at));
    if let (Some(at), Some(plan)) = (at, project.form(form)) {
        let (title, received) = (plan.title.clone(), !state.is_out());
        return Err(Refusal::FormAgain {
            form: form.to_owned(),
            title,
            at,
            received,
            sendings: state.sendings,
        });
    }
    sent(project, task, form)
}

fn sent(project: &Project, task: &TaskId, form: &str) -> Result<ProjectEvent, Refusal> {
    if project.completed {
        return Err(Refusal::ProjectOver);
    }
    known(project, form)?;
    let sending = project.sent_form(form).sendings + 1;
    Ok(ProjectEvent::FormSent { task: task.clone(), form: form.to_owned(), sending })
}

/// A form of this project, or a refusal that names those there are.
pub fn known(project: &Project, form: &str) -> Result<(), Refusal> {
    if project.form(form).is_some() {
        return Ok(());
    }
    let all = project.opened.iter().flat_map(|opened| &opened.definition.forms);
    Err(Refusal::NoForm { form: form.to_owned(), known: all.map(|form| form.id.clone()).collect() })
}

#[cfg(test)]
mod tests {
    use crate::domain::project::testing::*;

    #[test]
    fn the_button_sends_the_form() {
        in_progress("brief").when(press("brief", "send")).then(&["button_pressed", "form_sent"]);
    }

    #[test]
    fn a_second_press_asks_before_it_sends_again() {
        let sent = in_progress("brief").given(press("brief", "send"));
        sent.when(press("brief", "send")).refused("form-again");
        sent.when(send_form(Some(1))).then(&["form_sent"]);
    }

    #[test]
    fn the_same_yes_sends_only_once() {
        let again = in_progress("brief").given(press("brief", "send")).given(send_form(Some(1)));
        again.when(send_form(Some(1))).then(&[]);
        assert_eq!(again.state.sent_form("smm-brief").sendings, 2);
    }

    #[test]
    fn sending_again_does_not_move_the_reminder() {
        let sent = in_progress("brief").given(press("brief", "send"));
        let since = sent.state.sent_form("smm-brief").waiting_since;
        let again = sent.later(86_400).given(send_form(Some(1)));
        assert!(since.is_some());
        assert_eq!(again.state.sent_form("smm-brief").waiting_since, since);
    }

    #[test]
    fn a_form_that_came_back_is_not_sent_again_by_a_slip() {
        let back = in_progress("brief").given(press("brief", "send")).given(receive_form(&["business"]));
        back.when(press("brief", "send")).refused("form-again");
        let again = back.given(send_form(Some(1)));
        assert!(again.state.sent_form("smm-brief").is_open(2));
        assert!(!again.state.sent_form("smm-brief").is_open(1), "an old link stays closed");
    }

    #[test]
    fn an_assignee_of_another_task_sends_no_forms() {
        in_progress("brief").by("taras").when(send_form(None)).refused("not-your-task");
    }
}
