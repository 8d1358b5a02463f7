//! Which timers a project wants as it stands: they follow from the state, so none is ever forgotten.

use std::collections::BTreeMap;

use chrono::Duration;

use super::rules::{REMARK_MINUTES, UNDO_MINUTES};
use super::state::{Project, Status, Task};
use super::{ProjectCommand, announce_period, reminders};
use crate::domain::calendar::Calendar;
use crate::domain::definition::{self, Term};
use crate::domain::effect::TimerCommand;
use crate::domain::gate::outside;
use crate::domain::{Effect, ProjectId, Round, TaskId, Timestamp};

/// Timers by their key: when each is due, and what it then asks of the project.
pub type Wanted = BTreeMap<String, (Timestamp, ProjectCommand)>;

impl Project {
    /// The timers that this project wants now. Whatever makes one moot makes it disappear from here.
    pub fn timers(&self, calendar: &Calendar) -> Wanted {
        let Some(opened) = &self.opened else { return Wanted::new() };
        let mut list = List { project: self, id: &opened.project, calendar, wanted: Wanted::new() };
        for task in &self.tasks {
            undo_ends(&mut list, task);
            remarks_end(&mut list, task);
        }
        let rests = self.paused.is_some() || self.completed;
        let plans = self.tasks.iter().filter_map(|task| Some((task, self.plan(&task.id)?)));
        for (task, plan) in plans.filter(|_| !rests) {
            reminders_due(&mut list, task, plan);
            overdue(&mut list, task);
            unaccepted(&mut list, task, opened.definition.accept_within);
            consent_by_silence(&mut list, task, plan);
        }
        if !rests {
            periods_begin(&mut list);
        }
        promises_end(&mut list);
        list.wanted
    }
}

/// The effects that lead from the timers of one state to those of another.
pub fn changes(before: &Project, after: &Project, calendar: &Calendar) -> Vec<Effect> {
    difference(&before.timers(calendar), after, calendar)
}

/// The effects that make `had` what `after` wants.
pub fn difference(had: &Wanted, after: &Project, calendar: &Calendar) -> Vec<Effect> {
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
    project: &'a Project,
    id: &'a ProjectId,
    calendar: &'a Calendar,
    wanted: Wanted,
}

impl List<'_> {
    fn add(&mut self, what: &str, task: &TaskId, round: Round, due: Timestamp, command: ProjectCommand) {
        let key = format!("{what}/{}/{task}/{round}", self.id);
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
    let Some((decision, last)) = task.decision.as_ref().zip(task.clocks.remarked).filter(|_| waits) else {
        return;
    };
    let command = ProjectCommand::CloseRemarks { task: task.id.clone(), round: decision.round };
    list.add("remarks", &task.id, decision.round, last + Duration::minutes(REMARK_MINUTES), command);
}

/// The next time of every reminder.
fn reminders_due(list: &mut List<'_>, task: &Task, plan: &definition::Task) {
    for (reminder, next) in reminders::upcoming(list.project, task, plan, list.calendar) {
        let (task, round, rung) = (task.id.clone(), next.round, next.rung);
        let key = format!("remind/{}/{task}/{round}/{reminder}/{rung}", list.id);
        let command = ProjectCommand::Remind { task, round, reminder, rung };
        list.wanted.insert(key, (next.due, command));
    }
}

/// The due date passes while the result is still with us (T5).
fn overdue(list: &mut List<'_>, task: &Task) {
    let due = list.project.due_of(task, list.calendar);
    if let Some(due) = due.filter(|_| is_with_us(task) && !task.clocks.overdue) {
        let command = ProjectCommand::TellOverdue { task: task.id.clone(), round: task.round };
        list.add("overdue", &task.id, task.round, due, command);
    }
}

/// Whether the next step towards the result is ours; a pause is no time for reproaches.
pub fn is_with_us(task: &Task) -> bool {
    match task.status {
        Status::Ready | Status::InProgress | Status::InReview | Status::Rework => true,
        Status::Waiting
        | Status::Paused
        | Status::AwaitingApproval
        | Status::Completed
        | Status::Cancelled => false,
    }
}

/// Nobody starts a task that is ready (T6, PF-97).
fn unaccepted(list: &mut List<'_>, task: &Task, within: Option<Term>) {
    let clocks = &task.clocks;
    let waits = task.status == Status::Ready && !clocks.declined && !clocks.unaccepted;
    let Some((within, since)) = within.zip(clocks.offered).filter(|_| waits) else { return };
    let since = since.max(list.project.begins(&task.id, list.calendar).unwrap_or(since));
    let due = list.calendar.plus_resting(since, within, &list.project.rests);
    let command = ProjectCommand::TellUnaccepted { task: task.id.clone() };
    list.add("unaccepted", &task.id, task.round, due, command);
}

/// The template takes a long silence for consent; without a term nobody's silence ever is.
fn consent_by_silence(list: &mut List<'_>, task: &Task, plan: &definition::Task) {
    let can_agree = task.status == Status::AwaitingApproval && outside(plan, task).is_empty();
    let since = task.clocks.silent_since.filter(|_| can_agree);
    let Some((term, since)) = plan.approve_after_silence.zip(since) else { return };
    // It is the client's silence, so the client's days and hours count (T4).
    let due = list.calendar.of_client().plus_resting(since, term, &list.project.rests);
    let command = ProjectCommand::DeemApproved { task: task.id.clone(), round: task.round };
    list.add("silence", &task.id, task.round, due, command);
}

/// The first day of a period that was opened before it.
fn periods_begin(list: &mut List<'_>) {
    for (period, due) in announce_period::upcoming(list.project, list.calendar) {
        let key = format!("announce/{}/{period}", list.id);
        list.wanted.insert(key, (due, ProjectCommand::AnnouncePeriod { period }));
    }
}

/// A promised day passes (T7); the promise of a step that is over is kept.
fn promises_end(list: &mut List<'_>) {
    for (about, promise) in list.project.promises.iter().filter(|(_, promise)| !promise.missed) {
        if is_kept(list.project, about.as_ref()) {
            continue;
        }
        let task = about.as_ref().map_or("", TaskId::as_str);
        let key = format!("promise/{}/{task}/{}", list.id, promise.by);
        let command = ProjectCommand::TellPromiseMissed { task: about.clone(), by: promise.by };
        list.wanted.insert(key, (list.calendar.closing(promise.by), command));
    }
}

/// Whether what a promise is about is over.
pub fn is_kept(project: &Project, about: Option<&TaskId>) -> bool {
    match about {
        Some(id) => project.task(id).is_none_or(|task| task.status.is_over()),
        None => project.completed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::weekdays;
    use crate::domain::definition::Every;
    use crate::domain::project::testing::*;

    fn keys(given: &Given) -> Vec<String> {
        let keys = given.state.timers(&weekdays()).into_keys();
        keys.filter(|key| key.starts_with("settle/")).collect()
    }

    fn told(effects: &[Effect]) -> Vec<String> {
        let say = |effect: &Effect| match effect {
            Effect::SetTimer { key, .. } => format!("set {key}"),
            Effect::CancelTimer { key } => format!("cancel {key}"),
            Effect::Notify(_)
            | Effect::MoveChat { .. }
            | Effect::DropDraft { .. }
            | Effect::DropSecrets { .. } => "else".to_owned(),
        };
        effects.iter().map(say).filter(|told| told.contains("settle") || told.contains("remarks")).collect()
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

    #[test]
    fn a_task_that_is_ready_has_a_due_date_and_a_time_to_be_taken() {
        let timers = opened().timers();
        assert_eq!(timers, ["Wed 11-25 10:00 overdue/brief/1", "Mon 11-23 14:00 unaccepted/brief/1"]);
    }

    #[test]
    fn whoever_starts_or_declines_has_taken_notice() {
        assert_eq!(in_progress("brief").timers(), ["Wed 11-25 10:00 overdue/brief/1"]);
        let decline = ProjectCommand::DeclineTask { task: "brief".into(), reason: content() };
        let declined = opened().given(decline);
        assert_eq!(declined.timers(), ["Wed 11-25 10:00 overdue/brief/1"]);
        let role = ProjectCommand::AssignRole { role: "pm".into(), person: "taras".into() };
        let given = declined.later(3_600).given(role);
        assert_eq!(given.timers()[1], "Mon 11-23 15:00 unaccepted/brief/1");
    }

    #[test]
    fn the_pm_hears_once_that_nobody_takes_a_task() {
        let tell = ProjectCommand::TellUnaccepted { task: "brief".into() };
        let late = opened().at("2026-11-23 14:00");
        late.when(tell.clone()).then(&["task_unaccepted"]);
        late.given(tell.clone()).when(tell.clone()).then(&[]);
        in_progress("brief").at("2026-11-23 14:00").when(tell).then(&[]);
    }

    #[test]
    fn nobody_has_to_take_a_task_before_its_period_begins() {
        let paid = monthly_since("2026-11-01 12:00", Every::Month, 5).by("nadiia").given(receive("2", None));
        let mut early = paid.at("2026-11-26 10:00").by("olena");
        for task in ["work", "report"] {
            early = early.given(cancel(task));
        }
        let timers = early.timers();
        assert!(timers.contains(&"Tue 12-01 13:00 unaccepted/report.2/1".to_owned()), "{timers:?}");
    }

    #[test]
    fn a_due_date_that_passes_is_told_once_and_only_while_the_result_is_with_us() {
        let tell = ProjectCommand::TellOverdue { task: "plan".into(), round: 1 };
        let late = in_progress("plan").at("2026-11-25 10:00");
        late.when(tell.clone()).then(&["task_overdue"]);
        late.given(tell.clone()).when(tell.clone()).then(&[]);
        awaiting("plan").at("2026-11-25 10:00").when(tell.clone()).then(&[]);
        let paused = in_progress("plan").given(ProjectCommand::PauseTask { task: "plan".into() });
        paused.at("2026-11-25 10:00").when(tell).then(&[]);
    }

    #[test]
    fn the_date_stays_through_a_pause_but_nobody_is_told_meanwhile() {
        let paused = in_progress("brief").given(ProjectCommand::PauseTask { task: "brief".into() });
        assert_eq!(paused.timers(), Vec::<String>::new());
        let resumed = paused.later(400_000).given(ProjectCommand::ResumeTask { task: "brief".into() });
        assert_eq!(resumed.timers(), ["Wed 11-25 10:00 overdue/brief/1"]);
    }

    #[test]
    fn nobody_s_silence_is_taken_for_consent_unless_the_template_says_so() {
        let silent = awaiting("plan");
        assert_eq!(silent.timers(), Vec::<String>::new());
        let deem = ProjectCommand::DeemApproved { task: "plan".into(), round: 1 };
        silent.clone().at("2027-11-25 10:00").when(deem.clone()).then(&[]);
        let agreed = silent.planned("plan", |plan| plan.approve_after_silence = Some(days(10)));
        assert_eq!(agreed.timers(), ["Mon 12-07 10:00 silence/plan/1"]);
        let over = agreed.clone().at("2026-12-07 10:00");
        over.when(deem.clone()).then(&["approval_deemed", "task_completed", "task_ready"]);
        agreed.by("sofiia").when(deem.clone()).refused("not-allowed");
        let late = over.given(deem).by("sofiia");
        late.when(approve("plan", 1)).refused("already-decided");
        late.when(send_back("plan", 1)).refused("already-decided");
    }

    #[test]
    fn the_silence_of_a_client_far_away_is_counted_by_its_own_clock() {
        let agreed = awaiting("plan").planned("plan", |plan| plan.approve_after_silence = Some(days(10)));
        let mut calendar = weekdays();
        calendar.client_zone = Some(chrono_tz::America::New_York);
        let (due, _) = agreed.state.timers(&calendar)["silence/smm-test/plan/1"].clone();
        // Asked on Monday at 10:00 in Kyiv, in New York that is 3:00: his days are full at 9:00, our 16:00.
        assert_eq!(calendar.local(due).format("%a %m-%d %H:%M").to_string(), "Mon 12-07 16:00");
    }

    #[test]
    fn nobody_is_silent_about_what_never_reached_him() {
        let agreed = awaiting("plan").planned("plan", |plan| plan.approve_after_silence = Some(days(10)));
        let deem = ProjectCommand::DeemApproved { task: "plan".into(), round: 1 };
        let unheard = agreed.at("2026-12-07 10:00").unheard();
        unheard.when(deem.clone()).then(&["silence_put_off"]);
        let again = unheard.given(deem.clone());
        assert_eq!(again.timers(), ["Mon 12-21 10:00 silence/plan/1"]);
        again.clone().at("2026-12-21 10:00").when(deem.clone()).then(&["silence_put_off"]);
        let late = again.reached("2026-12-09 15:00").at("2026-12-21 10:00").given(deem.clone());
        assert_eq!(late.timers(), ["Wed 12-23 15:00 silence/plan/1"], "from when it came");
        late.at("2026-12-23 15:00").when(deem).then(&["approval_deemed", "task_completed", "task_ready"]);
    }

    #[test]
    fn an_approval_taken_back_begins_the_silence_anew() {
        let agreed = awaiting("plan").planned("plan", |plan| plan.approve_after_silence = Some(days(10)));
        let approved = agreed.later(86_400).by("sofiia").given(approve("plan", 1));
        let undone = approved.later(60).given(undo("plan", 1));
        assert!(
            undone.timers().contains(&"Tue 12-08 10:01 silence/plan/1".to_owned()),
            "{:?}",
            undone.timers()
        );
    }

    #[test]
    fn a_promise_ends_at_closing_time_and_moves_with_a_new_one() {
        let promise = |day| ProjectCommand::PromiseNextStep {
            task: None,
            by: chrono::NaiveDate::from_ymd_opt(2026, 11, day).unwrap(),
            what: content(),
        };
        let first = opened().given(promise(25));
        assert!(first.timers().contains(&"Wed 11-25 18:00 promise//2026-11-25".to_owned()));
        let second = first.given(promise(28));
        assert!(second.timers().contains(&"Mon 11-30 09:00 promise//2026-11-28".to_owned()));
        assert_eq!(second.timers().len(), first.timers().len());
        let kept = second.given(ProjectCommand::KeepPromise { task: None });
        assert_eq!(kept.timers(), opened().timers());
    }

    #[test]
    fn a_project_that_rests_reminds_nobody_and_goes_on_where_it_stopped() {
        let paused = opened().later(3_600).given(ProjectCommand::PauseProject { reason: content() });
        assert_eq!(paused.timers(), Vec::<String>::new());
        let resumed = paused.later(86_400).given(ProjectCommand::ResumeProject);
        assert_eq!(
            resumed.timers(),
            ["Thu 11-26 10:00 overdue/brief/1", "Tue 11-24 14:00 unaccepted/brief/1"]
        );
    }

    fn days(days: u32) -> Term {
        Term { hundredths: days * 100, unit: crate::domain::definition::Unit::BusinessDays }
    }
}
