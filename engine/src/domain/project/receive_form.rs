//! A form comes back: complete, once per sending, and late if its reminder was due (PF-90, PF-92).

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::rules::may_lead;
use super::send_form::known;
use super::state::Project;
use crate::domain::form::unanswered;
use crate::domain::{Actor, Asked, Missing, Refusal};

/// The next version of the form.
pub fn decide(project: &Project, asked: &Asked<ProjectCommand>) -> Result<Vec<ProjectEvent>, Refusal> {
    let ProjectCommand::ReceiveForm { form, sending, content, answered, card, by } = &asked.command else {
        return Ok(Vec::new());
    };
    known(project, form)?;
    let state = project.sent_form(form);
    match sending {
        Some(sending) if !state.is_open(*sending) || project.completed => return Err(closed(project, form)),
        Some(_) if asked.by == Actor::LinkHolder => {}
        // Staff who fill it in for the client need no link.
        Some(_) | None => {
            may_lead(project, asked, "brief")?;
            if project.completed {
                return Err(Refusal::ProjectOver);
            }
        }
    }
    let plan = project.form(form);
    let missing: Vec<Missing> = plan
        .into_iter()
        .flat_map(|plan| unanswered(plan, answered))
        .map(|field| Missing::Field { field: field.id.clone(), title: field.title.clone() })
        .collect();
    if let (Some(plan), false) = (plan, missing.is_empty()) {
        return Err(Refusal::FormIncomplete { form: form.clone(), title: plan.title.clone(), missing });
    }
    let due = state.waiting_since.zip(project.form_term(form));
    let mut rests = project.rests.clone();
    rests.extend(project.paused.map(|from| (from, asked.at)));
    let late =
        due.is_some_and(|(since, term)| asked.at >= asked.world.calendar.plus_resting(since, term, &rests));
    Ok(vec![ProjectEvent::FormReceived {
        form: form.clone(),
        version: state.received.map_or(0, |received| received.version) + 1,
        content: content.clone(),
        answered: answered.clone(),
        card: card.clone(),
        late,
        by: *by,
    }])
}

fn closed(project: &Project, form: &str) -> Refusal {
    let title = project.form(form).map(|form| form.title.clone()).unwrap_or_default();
    Refusal::FormClosed { form: form.to_owned(), title }
}

#[cfg(test)]
mod tests {
    use crate::domain::project::ProjectCommand;
    use crate::domain::project::testing::*;

    #[test]
    fn a_form_that_came_back_opens_its_gate() {
        let sent = in_progress("brief").given(press("brief", "send"));
        sent.when(submit("brief")).missing(&["gate form:smm-brief"]);
        sent.given(receive_form(&["business"])).when(submit("brief")).then(&[
            "task_submitted",
            "task_completed",
            "task_ready",
        ]);
    }

    #[test]
    fn of_two_that_hand_in_at_once_the_first_counts() {
        let sent = in_progress("brief").given(press("brief", "send"));
        sent.given(receive_form(&["business"])).when(receive_form(&["business"])).refused("form-closed");
    }

    #[test]
    fn what_is_required_must_be_answered() {
        let sent = in_progress("brief").given(press("brief", "send"));
        sent.when(receive_form(&["budget"])).missing(&["field business"]);
    }

    #[test]
    fn a_second_before_the_reminder_is_in_time_and_at_its_hour_it_is_late() {
        let sent = in_progress("brief").given(press("brief", "send"));
        let late = |seconds: i64| {
            let back = sent.clone().later(seconds).given(receive_form(&["business"]));
            back.state.received_form("smm-brief").unwrap().late
        };
        let two_days = 2 * 24 * 3_600;
        assert!(!late(two_days - 1));
        assert!(late(two_days));
    }

    #[test]
    fn nobody_is_late_while_the_project_rests() {
        let sent = in_progress("brief").given(press("brief", "send")).later(3_600).by("olena");
        let paused = sent.given(ProjectCommand::PauseProject { reason: content() }).later(9 * 86_400);
        let back = paused.given(receive_form(&["business"]));
        assert!(!back.state.received_form("smm-brief").unwrap().late);
    }

    #[test]
    fn nobody_hands_in_what_was_not_sent() {
        in_progress("brief").when(receive_form(&["business"])).refused("form-closed");
    }

    #[test]
    fn staff_fill_it_in_for_the_client_without_a_link() {
        let filled = in_progress("brief").given(receive_by_staff(&["business"]));
        assert_eq!(filled.state.received_form("smm-brief").unwrap().version, 1);
        in_progress("brief").by("taras").when(receive_by_staff(&["business"])).refused("not-allowed");
    }

    #[test]
    fn nobody_fills_in_a_form_of_a_project_that_is_over() {
        let mut over = in_progress("brief");
        over.state.completed = true;
        over.when(receive_by_staff(&["business"])).refused("project-over");
    }

    #[test]
    fn work_that_began_on_an_older_version_is_flagged_until_it_begins_anew() {
        let sent = in_progress("brief").given(press("brief", "send")).given(receive_form(&["business"]));
        let plan = sent.given(submit("brief")).by("maksym").given(start("plan"));
        let changed = |given: &Given, task: &str| {
            given.state.changed_forms(given.state.task(&task.into()).unwrap()).len()
        };
        assert_eq!((changed(&plan, "brief"), changed(&plan, "plan")), (0, 0));
        let newer = plan.by("olena").given(receive_by_staff(&["business"]));
        assert_eq!((changed(&newer, "plan"), changed(&newer, "ads")), (1, 0));
    }
}
