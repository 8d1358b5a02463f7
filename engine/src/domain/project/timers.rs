//! Which timers a project wants as it stands: they follow from the state, so none is ever forgotten.

use std::collections::BTreeMap;

use chrono::Duration;

use super::ProjectCommand;
use super::rules::{REMARK_MINUTES, UNDO_MINUTES};
use super::state::{Project, Status, Task};
use crate::domain::calendar::Calendar;
use crate::domain::effect::TimerCommand;
use crate::domain::{Effect, ProjectId, Round, TaskId, Timestamp};

/// Timers by their key: when each is due, and what it then asks of the project.
pub type Wanted = BTreeMap<String, (Timestamp, ProjectCommand)>;

impl Project {
    /// The timers that this project wants now. Whatever makes one moot makes it disappear from here.
    pub fn timers(&self, _calendar: &Calendar) -> Wanted {
        let Some(opened) = &self.opened else { return Wanted::new() };
        let mut list = List { project: &opened.project, wanted: Wanted::new() };
        for task in &self.tasks {
            undo_ends(&mut list, task);
            remarks_end(&mut list, task);
        }
        list.wanted
    }
}

/// The effects that lead from the timers of one state to those of another.
pub fn changes(before: &Project, after: &Project, calendar: &Calendar) -> Vec<Effect> {
    difference(&before.timers(calendar), after, calendar)
}

/// The effects that make `had` what `after` wants.
fn difference(had: &Wanted, after: &Project, calendar: &Calendar) -> Vec<Effect> {
    let Some(opened) = &after.opened else { return Vec::new() };
    let mut wanted = after.timers(calendar);
    let gone = had.keys().filter(|key| !wanted.contains_key(*key));
    let mut effects: Vec<Effect> = gone.map(|key| Effect::CancelTimer { key: key.clone() }).collect();
    wanted.retain(|key, timer| had.get(key) != Some(timer));
    effects.extend(wanted.into_iter().map(|(key, (due, command))| {
        let command = TimerCommand::Project { project: opened.project.clone(), command };
        Effect::SetTimer { key, due, command }
    }));
    effects
}

/// Timers on their way into the list; the key names the purpose, the project, the task and the round.
struct List<'a> {
    project: &'a ProjectId,
    wanted: Wanted,
}

impl List<'_> {
    fn add(&mut self, what: &str, task: &TaskId, round: Round, due: Timestamp, command: ProjectCommand) {
        let key = format!("{what}/{}/{task}/{round}", self.project);
        self.wanted.insert(key, (due, command));
    }
}

/// A decision can be undone for two minutes.
fn undo_ends(list: &mut List<'_>, task: &Task) {
    let Some(decision) = task.decision.as_ref().filter(|decision| !decision.settled) else { return };
    let due = decision.at + Duration::minutes(i64::from(UNDO_MINUTES));
    let command = ProjectCommand::SettleDecision { task: task.id.clone(), round: decision.round };
    list.add("settle", &task.id, decision.round, due, command);
}

/// Ten minutes without a remark are taken for "That's all".
fn remarks_end(list: &mut List<'_>, task: &Task) {
    let waits = task.taking_remarks && task.status != Status::Cancelled;
    let Some((decision, last)) = task.decision.as_ref().zip(task.remarked_at).filter(|_| waits) else {
        return;
    };
    let command = ProjectCommand::CloseRemarks { task: task.id.clone(), round: decision.round };
    list.add("remarks", &task.id, decision.round, last + Duration::minutes(REMARK_MINUTES), command);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::weekdays;
    use crate::domain::project::testing::*;

    fn keys(given: &Given) -> Vec<String> {
        given.state.timers(&weekdays()).into_keys().collect()
    }

    fn told(effects: &[Effect]) -> Vec<String> {
        let say = |effect: &Effect| match effect {
            Effect::SetTimer { key, .. } => format!("set {key}"),
            Effect::CancelTimer { key } => format!("cancel {key}"),
            Effect::Notify(_) | Effect::MoveChat { .. } => "else".to_owned(),
        };
        effects.iter().map(say).collect()
    }

    fn changed(before: &Given, after: &Given) -> Vec<String> {
        told(&changes(&before.state, &after.state, &weekdays()))
    }

    #[test]
    fn a_decision_wants_its_end_and_an_undo_takes_it_away() {
        let (waits, approved) = (awaiting("plan").by("sofiia"), completed("plan").by("sofiia"));
        assert_eq!(keys(&approved), ["settle/smm-test/plan/1"]);
        assert_eq!(changed(&waits, &approved), ["set settle/smm-test/plan/1"]);
        assert_eq!(changed(&approved, &approved.given(undo("plan", 1))), ["cancel settle/smm-test/plan/1"]);
    }

    #[test]
    fn each_remark_moves_the_end_of_the_silence() {
        let back = sent_back("plan").by("sofiia").later(60);
        let remarked = back.given(remark("plan", 1, "a"));
        assert_eq!(changed(&back, &remarked), ["set remarks/smm-test/plan/1"]);
        let closed = remarked.given(close_remarks("plan", 1));
        assert_eq!(changed(&remarked, &closed), ["cancel remarks/smm-test/plan/1"]);
    }

    #[test]
    fn what_does_not_change_is_not_written_again() {
        let approved = completed("plan").by("olena");
        let cancelled = approved.given(ProjectCommand::CancelTask { task: "ads".into(), reason: content() });
        assert_eq!(changed(&approved, &cancelled), Vec::<String>::new());
    }
}
