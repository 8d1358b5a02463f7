//! The client cannot go on with a form and says so with one press (PF-93).

use chrono::Duration;

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::send_form::known;
use super::state::Project;
use crate::domain::{Asked, Refusal, TaskId};

/// A second press within the hour is no second cry.
const QUIET_MINUTES: i64 = 60;

/// Somebody of the client's needs help.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    task: &TaskId,
    form: &str,
) -> Result<Vec<ProjectEvent>, Refusal> {
    known(project, form)?;
    let Some(person) = asked.by.person() else {
        return Err(Refusal::NotAllowed { wanted: "help".to_owned() });
    };
    let earlier = project.sent_form(form).help_asked;
    let quiet = earlier.is_some_and(|at| asked.at < at + Duration::minutes(QUIET_MINUTES));
    if quiet || !project.sent_form(form).is_out() {
        return Ok(Vec::new());
    }
    Ok(vec![ProjectEvent::HelpAsked { task: task.clone(), form: form.to_owned(), person: person.clone() }])
}

#[cfg(test)]
mod tests {
    use crate::domain::project::testing::*;

    #[test]
    fn the_staff_hear_it_once_an_hour() {
        let sent = in_progress("brief").given(press("brief", "send")).by("sofiia");
        sent.when(help()).then(&["help_asked"]);
        let asked = sent.given(help());
        asked.when(help()).then(&[]);
        asked.later(3_600).when(help()).then(&["help_asked"]);
    }

    #[test]
    fn nobody_needs_help_with_a_form_that_came_back() {
        let back = in_progress("brief").given(press("brief", "send")).given(receive_form(&["business"]));
        back.by("sofiia").when(help()).then(&[]);
    }
}
