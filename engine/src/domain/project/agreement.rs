//! The client agrees to a text with one press: who, when and to exactly which words (PF-80).

use super::ProjectCommand;
use super::card::slot;
use super::event::{ContentRef, ProjectEvent};
use super::rules::approver;
use super::state::{Project, Task};
use crate::domain::effect::Slot;
use crate::domain::{Asked, Fact, PersonId, Refusal, TaskId, Timestamp};

/// A text that the client was asked to agree to.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// The task whose button sent it last.
    pub task: TaskId,
    pub sendings: u32,
    /// Since when it is unanswered: the anchor of its reminder. Sending again does not move it.
    pub since: Timestamp,
    pub given: Option<Given>,
}

/// An agreement that was given.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    pub person: PersonId,
    pub at: Timestamp,
    /// The text as it was shown.
    pub shown: ContentRef,
}

/// Where the message with the text stands.
pub fn rules_slot(project: &Project, task: &TaskId, rules: &str, sending: u32) -> Slot {
    slot(project, task, sending, &format!("rules-{rules}"))
}

/// The text goes out; one that the client agreed to does not go out again.
pub fn send(project: &Project, task: &TaskId, rules: &str) -> Option<ProjectEvent> {
    let known = project.agreements.get(rules);
    let sending = known.map_or(0, |known| known.sendings) + 1;
    let sent = ProjectEvent::RulesSent { task: task.clone(), rules: rules.to_owned(), sending };
    known.is_none_or(|known| known.given.is_none()).then_some(sent)
}

/// An approver agrees, once; a text of a sending that never was is refused.
pub fn decide(project: &Project, asked: &Asked<ProjectCommand>) -> Result<Vec<ProjectEvent>, Refusal> {
    let ProjectCommand::AcknowledgeRules { task, rules, sending, shown } = &asked.command else {
        return Ok(Vec::new());
    };
    let person = approver(asked)?;
    if project.completed {
        return Err(Refusal::ProjectOver);
    }
    let known = project.agreements.get(rules).filter(|known| (1..=known.sendings).contains(sending));
    if known.ok_or(Refusal::Stale)?.given.is_some() {
        return Ok(Vec::new());
    }
    let (task, rules, sending, shown) = (task.clone(), rules.clone(), *sending, shown.clone());
    Ok(vec![ProjectEvent::RulesAcknowledged { task, rules, sending, person, shown }])
}

impl Project {
    /// Whether the client agreed to the text of this message.
    pub fn is_acknowledged(&self, rules: &str) -> bool {
        self.agreements.get(rules).is_some_and(|known| known.given.is_some())
    }

    /// Since when the client has a text of this task unanswered, the oldest of them.
    pub fn unacknowledged_since(&self, task: &Task) -> Option<Timestamp> {
        let open = self.agreements.values().filter(|known| known.given.is_none() && known.task == task.id);
        open.map(|known| known.since).min()
    }

    /// What was written about risks, task by task (PF-79).
    pub fn risks(&self) -> Vec<(TaskId, ContentRef)> {
        let notes = self.tasks.iter().flat_map(|task| {
            let lines = self.plan(&task.id).map(|plan| plan.checklist.as_slice()).unwrap_or_default();
            let risky = (1u32..).zip(lines).filter(|(_, line)| line.lists_risks);
            risky.filter_map(|(item, _)| Some((task.id.clone(), task.notes.get(&item)?.clone())))
        });
        notes.collect()
    }

    pub(super) fn apply_agreement(&mut self, fact: &Fact<ProjectEvent>) {
        if let ProjectEvent::RulesSent { task, rules, sending } = &fact.event {
            let fresh = Agreement { task: task.clone(), sendings: 0, since: fact.at, given: None };
            let known = self.agreements.entry(rules.clone()).or_insert(fresh);
            (known.task, known.sendings) = (task.clone(), *sending);
        }
        if let ProjectEvent::RulesAcknowledged { rules, person, shown, .. } = &fact.event
            && let Some(known) = self.agreements.get_mut(rules)
        {
            known.given = Some(Given { person: person.clone(), at: fact.at, shown: shown.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::definition::{Gate, Reminder, ReminderClock, ReminderWhen, Term, Unit};
    use crate::domain::project::ProjectCommand;
    use crate::domain::project::testing::{Given, *};

    fn started() -> Given {
        let given = in_progress("brief").planned("brief", |plan| {
            plan.buttons[0].send_form = None;
            plan.buttons[0].ask_agreement = Some("working-rules".into());
            plan.finish_needs = vec![Gate::Acknowledged("working-rules".into())];
            plan.remind = vec![Reminder {
                when: ReminderWhen::RulesNotAcknowledged,
                form: None,
                access: None,
                clock: ReminderClock::After(Term { hundredths: 200, unit: Unit::BusinessDays }),
                tell_client: Some("rules-reminder".into()),
                tell_staff: None,
                repeat: None,
                then_tell_staff: None,
            }];
        });
        given.when(press("brief", "send")).then(&["button_pressed", "rules_sent"]);
        given
    }

    fn agree(sending: u32) -> ProjectCommand {
        let (task, rules) = ("brief".into(), "working-rules".to_owned());
        ProjectCommand::AcknowledgeRules { task, rules, sending, shown: content() }
    }

    #[test]
    fn work_goes_on_when_an_approver_agreed_to_the_rules() {
        let sent = started().given(press("brief", "send"));
        sent.when(submit("brief")).missing(&["gate acknowledged:working-rules"]);
        sent.clone().by("stranger").when(agree(1)).refused("not-an-approver");
        sent.when(agree(1)).refused("not-an-approver");
        let agreed = sent.by("sofiia").given(agree(1));
        agreed.when(agree(1)).then(&[]);
        assert_eq!(agreed.state.agreements["working-rules"].given.as_ref().unwrap().shown, content());
        agreed.by("olena").when(submit("brief")).then(&["task_submitted", "task_completed", "task_ready"]);
    }

    #[test]
    fn nobody_opens_it_for_the_client() {
        let pass = ProjectCommand::OverrideGate {
            task: "brief".into(),
            gate: Gate::Acknowledged("working-rules".into()),
            reason: content(),
        };
        started().by("ihor").when(pass).refused("no-override");
    }

    #[test]
    fn it_can_be_sent_again_until_somebody_agreed_and_each_of_the_messages_counts() {
        let sent = started().given(press("brief", "send"));
        sent.clone().by("sofiia").when(agree(2)).refused("stale");
        let twice = sent.later(3_600).given(press("brief", "send"));
        assert_eq!(twice.state.agreements["working-rules"].sendings, 2);
        let agreed = twice.by("sofiia").given(agree(1));
        agreed.by("olena").when(press("brief", "send")).refused("button-used");
    }

    #[test]
    fn the_client_is_reminded_until_somebody_agreed() {
        let started = started();
        let reminders = |given: &Given| -> Vec<String> {
            given.timers().into_iter().filter(|timer| timer.contains("remind/brief")).collect()
        };
        assert_eq!(reminders(&started), Vec::<String>::new());
        let sent = started.given(press("brief", "send"));
        assert_eq!(reminders(&sent), ["Wed 11-25 10:00 remind/brief/1/0/0"]);
        let twice = sent.clone().later(7_200).given(press("brief", "send"));
        assert_eq!(reminders(&twice), reminders(&sent), "sending it again starts no second clock");
        assert_eq!(reminders(&sent.by("sofiia").given(agree(1))), Vec::<String>::new());
    }
}
