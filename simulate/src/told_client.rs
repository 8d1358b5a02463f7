//! What the client did, or did not do, in the words of a calendar.

use engine::domain::project::{Project, ProjectEvent};

use crate::told::Teller;

/// The words for what concerns the client.
pub fn words(teller: &Teller<'_>, project: &Project, event: &ProjectEvent) -> Option<String> {
    let title = |task| teller.title(project, task);
    let form = |id: &str| {
        let form = project.form(id);
        form.map_or_else(|| id.to_owned(), |form| teller.text(&form.title))
    };
    if let ProjectEvent::FormSent { form: id, sending, .. } = event {
        let again = if *sending > 1 { " again" } else { "" };
        return Some(format!("the form “{}” goes out{again}", form(id)));
    }
    if let ProjectEvent::FormReceived { form: id, late, .. } = event {
        let late = if *late { ", late" } else { "" };
        return Some(format!("the form “{}” is back{late}", form(id)));
    }
    if let ProjectEvent::RulesSent { sending, .. } = event {
        let again = if *sending > 1 { " again" } else { "" };
        return Some(format!("the working rules go out{again}"));
    }
    if matches!(event, ProjectEvent::RulesAcknowledged { .. }) {
        return Some("the client agrees to the working rules".to_owned());
    }
    if let ProjectEvent::ApprovalAsked { task, .. } = event {
        return Some(format!("{}: with the client", title(task)));
    }
    if let ProjectEvent::TaskApproved { task, .. } = event {
        return Some(format!("{}: approved by the client", title(task)));
    }
    if let ProjectEvent::TaskSentBack { task, .. } = event {
        return Some(format!("{}: sent back by the client", title(task)));
    }
    if let ProjectEvent::RemarksClosed { task, remarks, .. } = event {
        return Some(format!("{}: remarks taken ({remarks})", title(task)));
    }
    if let ProjectEvent::ApprovalDeemed { task, .. } = event {
        return Some(format!("{}: counts as accepted, nobody answered in time", title(task)));
    }
    None
}
