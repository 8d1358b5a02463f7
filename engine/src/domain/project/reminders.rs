//! Reminders of a template: what each waits for, from when it counts, and which time is next.

use chrono::Duration;

use super::ProjectCommand;
use super::clocks::{Rests, merged};
use super::event::ProjectEvent;
use super::state::{Project, Status, Task};
use crate::domain::calendar::Calendar;
use crate::domain::definition::{self, Reminder, ReminderClock, ReminderWhen, Term, Unit};
use crate::domain::gate::is_form_confirmed;
use crate::domain::{Asked, Refusal, Round, TaskId, Timestamp};

/// Without `repeat` the staff hears this much later that one reminder did not help.
const LAST: Term = Term { hundredths: 100, unit: Unit::BusinessDays };

/// The last day of a period as a moment: reckoned in days, its hour does not matter.
const NOON: chrono::NaiveTime = chrono::NaiveTime::from_hms_opt(12, 0, 0).unwrap();

/// A reminder that comes later than this moves those after it, so that no two come at once.
const LATE_MINUTES: i64 = 60;

/// From where a reminder counts.
#[derive(Clone, Debug, PartialEq)]
pub enum Counts {
    /// Something began here and has not ended.
    Since(Timestamp),
    /// Something is to end here; it has been known since `known`.
    Until { end: Timestamp, known: Timestamp },
}

/// What a reminder is about while it still matters: one occurrence of one state.
#[derive(Clone, Debug, PartialEq)]
pub struct Anchor {
    pub round: Round,
    pub from: Counts,
    /// Pauses in which nothing counts.
    pub rests: Rests,
}

/// One time that a reminder is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Rung {
    pub round: Round,
    /// 0 is the first time.
    pub rung: u32,
    pub due: Timestamp,
}

/// What the reminder is about, if it still matters; all kinds of `if` are decided here.
pub fn anchor(project: &Project, task: &Task, reminder: &Reminder, calendar: &Calendar) -> Option<Anchor> {
    if project.paused.is_some() || task.status.is_over() {
        return None;
    }
    let clocks = &task.clocks;
    let (round, since, rests) = match reminder.when {
        ReminderWhen::FormNotReceived => {
            let (round, since) = form_sent(project, reminder)?;
            (round, since, &[][..])
        }
        ReminderWhen::ApprovalNotGiven => {
            let asked = clocks.asked.filter(|_| task.status == Status::AwaitingApproval);
            (task.round, asked?, &[][..])
        }
        ReminderWhen::PaymentNotReceived => (1, payment_open(project, task, reminder)?, &[][..]),
        ReminderWhen::TaskNotStarted => {
            (task.round, clocks.ready.filter(|_| task.status == Status::Ready)?, &[][..])
        }
        ReminderWhen::RulesNotAcknowledged => (1, project.unacknowledged_since(task)?, &[][..]),
        ReminderWhen::AccessNotReceived => {
            let (round, since) = project.access_awaited(reminder.access.as_ref()?)?;
            (round, since, &[][..])
        }
        ReminderWhen::TaskNotFinished => (task.round, unfinished(task, reminder)?, &clocks.rests[..]),
    };
    let rests = merged(&project.rests, rests);
    let from = match reminder.clock {
        ReminderClock::After(_) => Counts::Since(since),
        ReminderClock::BeforeDue(_) => {
            Counts::Until { end: project.due_of(task, calendar)?, known: clocks.due_set? }
        }
        ReminderClock::BeforePeriodEnd(_) => {
            let (last_day, known) = project.payment_deadline(&task.id)?;
            Counts::Until { end: calendar.instant(last_day.and_time(NOON)), known }
        }
    };
    Some(Anchor { round, from, rests })
}

/// Since when the client has the form unanswered, and for which version of it: each has its own reminders.
fn form_sent(project: &Project, reminder: &Reminder) -> Option<(Round, Timestamp)> {
    let form = reminder.form.as_ref()?;
    if is_form_confirmed(project, form) {
        return None;
    }
    let state = project.sent_form(form);
    let version = state.received.map_or(0, |received| received.version);
    Some((version + 1, state.waiting_since?))
}

/// Since when the payment is waited for: the clock of the period runs before the task does (T2).
fn payment_open(project: &Project, task: &Task, reminder: &Reminder) -> Option<Timestamp> {
    if let ReminderClock::BeforePeriodEnd(_) = reminder.clock {
        return project.payment_deadline(&task.id).map(|(_, known)| known);
    }
    let is_payment = project.payment_of(&task.id).is_some();
    task.clocks.ready.filter(|_| is_payment && task.status != Status::Waiting)
}

/// Since when the assignee works on it, or for a reminder before the due date since when it is his turn.
fn unfinished(task: &Task, reminder: &Reminder) -> Option<Timestamp> {
    let before_due = matches!(reminder.clock, ReminderClock::BeforeDue(_));
    match task.status {
        Status::InProgress | Status::InReview => task.clocks.began,
        Status::Ready | Status::Rework if before_due => task.clocks.ready,
        Status::Ready
        | Status::Rework
        | Status::Waiting
        | Status::Paused
        | Status::AwaitingApproval
        | Status::Completed
        | Status::Cancelled => None,
    }
}

/// The next time that this reminder is sent, if there is one.
pub fn next(calendar: &Calendar, anchor: &Anchor, reminder: &Reminder, sent: &[Timestamp]) -> Option<Rung> {
    let mut due = first(calendar, anchor, reminder)?;
    let (every, times) = reminder.repeat.unwrap_or((LAST, 0));
    for at in sent {
        let late = (*at - due).abs() > Duration::minutes(LATE_MINUTES);
        due = calendar.plus_resting(if late { *at } else { due }, every, &anchor.rests);
    }
    let rung = u32::try_from(sent.len()).ok()?;
    let last = times + u32::from(reminder.then_tell_staff.is_some());
    (rung <= last).then_some(Rung { round: anchor.round, rung, due })
}

fn first(calendar: &Calendar, anchor: &Anchor, reminder: &Reminder) -> Option<Timestamp> {
    match (&anchor.from, reminder.clock) {
        (Counts::Since(at), ReminderClock::After(term)) => {
            Some(calendar.plus_resting(*at, term, &anchor.rests))
        }
        // A term so short that its reminder would come with the task itself needs none.
        (Counts::Until { end, known }, ReminderClock::BeforeDue(term)) => {
            Some(calendar.before(*end, term)).filter(|due| due > known)
        }
        (Counts::Until { end, known }, ReminderClock::BeforePeriodEnd(term)) => {
            Some(calendar.before(*end, term).max(calendar.opening(*known)))
        }
        (Counts::Since(_), ReminderClock::BeforeDue(_) | ReminderClock::BeforePeriodEnd(_))
        | (Counts::Until { .. }, ReminderClock::After(_)) => None,
    }
}

/// The reminder is sent if this very time of it is still the next one.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    (id, round): (&TaskId, Round),
    (place, rung): (u32, u32),
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = super::rules::find(project, id)?;
    let found = upcoming(project, task, plan, &asked.world.calendar);
    let stands = found.iter().any(|(at, next)| *at == place && (next.round, next.rung) == (round, rung));
    let reminder = plan.remind.get(place as usize).filter(|_| stands);
    let is_moot = reminder.is_none_or(|reminder| is_moot(project, task, (place, reminder), asked));
    let sent = ProjectEvent::ReminderSent { task: id.clone(), round, reminder: place, rung };
    Ok((!is_moot).then_some(sent).into_iter().collect())
}

/// Whether what the reminder counts towards is here, so that nobody has to hear of it any more.
fn is_moot(
    project: &Project,
    task: &Task,
    (place, reminder): (u32, &Reminder),
    asked: &Asked<ProjectCommand>,
) -> bool {
    let calendar = &asked.world.calendar;
    match reminder.clock {
        ReminderClock::After(_) => false,
        // Once the due date has passed, the staff hears that instead.
        ReminderClock::BeforeDue(_) => project.due_of(task, calendar).is_some_and(|due| due <= asked.at),
        // Once the period ends, the staff hears of the payment, and hears it once.
        ReminderClock::BeforePeriodEnd(_) => anchor(project, task, reminder, calendar).is_none_or(|anchor| {
            let sent = task.clocks.reminded.get(&(anchor.round, place)).and_then(|sent| sent.last());
            sent.is_some_and(|at| is_too_late(calendar, &anchor, reminder, *at))
        }),
    }
}

/// Whether the end that a client should be warned of ahead is already here.
pub fn is_too_late(calendar: &Calendar, anchor: &Anchor, reminder: &Reminder, at: Timestamp) -> bool {
    let day = |at| calendar.local(at).date();
    match (&anchor.from, reminder.clock) {
        (Counts::Until { end, .. }, ReminderClock::BeforePeriodEnd(_)) => day(at) >= day(*end),
        (Counts::Until { .. } | Counts::Since(_), _) => false,
    }
}

/// The next time of each reminder of a task that still matters, with the reminder's place in the template.
pub fn upcoming(
    project: &Project,
    task: &Task,
    plan: &definition::Task,
    calendar: &Calendar,
) -> Vec<(u32, Rung)> {
    let placed = (0u32..).zip(&plan.remind);
    let found = placed.filter_map(|(place, reminder)| {
        let anchor = anchor(project, task, reminder, calendar)?;
        let sent = task.clocks.reminded.get(&(anchor.round, place)).map_or(&[][..], Vec::as_slice);
        if reminder.when != ReminderWhen::ApprovalNotGiven || calendar.client_zone.is_none() {
            return Some((place, next(calendar, &anchor, reminder, sent)?));
        }
        let mut rung = next(&calendar.of_client(), &anchor, reminder, sent)?;
        if rung.rung > reminder.repeat.map_or(0, |(_, times)| times) {
            // The last of them is for the staff, and comes when somebody is there.
            rung.due = calendar.opening(rung.due);
        }
        Some((place, rung))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::definition::Every;
    use crate::domain::project::testing::*;

    fn days(hundredths: u32) -> Term {
        Term { hundredths, unit: Unit::BusinessDays }
    }

    fn reminder(when: ReminderWhen, clock: ReminderClock) -> Reminder {
        Reminder {
            when,
            form: Some("smm-brief".into()),
            access: None,
            clock,
            tell_client: Some("reminder".into()),
            tell_staff: None,
            repeat: None,
            then_tell_staff: None,
        }
    }

    fn ladder(when: ReminderWhen) -> Reminder {
        Reminder {
            repeat: Some((days(200), 2)),
            then_tell_staff: Some("stuck".into()),
            ..reminder(when, ReminderClock::After(days(200)))
        }
    }

    /// The reminders that are next, without the other timers.
    fn next_of(given: &Given) -> Vec<String> {
        given.timers().into_iter().filter(|timer| timer.contains("remind/")).collect()
    }

    fn remind(task: &str, rung: u32) -> ProjectCommand {
        ProjectCommand::Remind { task: task.into(), round: 1, reminder: 0, rung }
    }

    fn with_ladder(given: Given, task: &str, when: ReminderWhen) -> Given {
        given.planned(task, |plan| plan.remind = vec![ladder(when)])
    }

    #[test]
    fn a_ladder_goes_up_rung_by_rung_and_ends_with_the_staff() {
        let mut given = with_ladder(awaiting("plan"), "plan", ReminderWhen::ApprovalNotGiven);
        let steps = ["Wed 11-25 10:00", "Fri 11-27 10:00", "Tue 12-01 10:00", "Thu 12-03 10:00"];
        let times = ["2026-11-25 10:00", "2026-11-27 10:00", "2026-12-01 10:00", "2026-12-03 10:00"];
        for (rung, (step, time)) in (0..).zip(steps.iter().zip(times)) {
            assert_eq!(next_of(&given), [format!("{step} remind/plan/1/0/{rung}")]);
            given = given.at(time);
            given.when(remind("plan", rung)).then(&["reminder_sent"]);
            given = given.given(remind("plan", rung));
            given.when(remind("plan", rung)).then(&[]);
        }
        assert_eq!(next_of(&given), Vec::<String>::new());
    }

    #[test]
    fn the_ladder_of_an_approval_goes_by_the_clients_clock_and_its_last_rung_by_the_agencys() {
        let given = with_ladder(awaiting("plan"), "plan", ReminderWhen::ApprovalNotGiven);
        let mut calendar = crate::domain::calendar::weekdays();
        calendar.client_zone = Some(chrono_tz::America::New_York);
        let next = |given: &Given| -> Vec<String> {
            let timers =
                given.state.timers(&calendar).into_iter().filter(|(key, _)| key.starts_with("remind/"));
            timers.map(|(_, (due, _))| calendar.local(due).format("%a %m-%d %H:%M").to_string()).collect()
        };
        // Asked on Monday at 10:00 in Kyiv, which is 3:00 in New York: his Monday begins at 9:00, our 16:00.
        assert_eq!(next(&given), ["Wed 11-25 16:00"]);
        let mut all = Vec::new();
        let mut state = given.state.clone();
        for (rung, time) in (0..).zip(["2026-11-25 16:00", "2026-11-27 16:00", "2026-12-01 16:00"]) {
            let late = given.clone().at(time);
            let sent = ProjectEvent::ReminderSent { task: "plan".into(), round: 1, reminder: 0, rung };
            state = state.with(&late.fact(sent));
            let mut later = given.clone();
            later.state = state.clone();
            all.extend(next(&later));
        }
        assert_eq!(all, ["Fri 11-27 16:00", "Tue 12-01 16:00", "Thu 12-03 16:00"]);
    }

    #[test]
    fn a_reminder_that_comes_days_late_moves_those_after_it() {
        let given = with_ladder(awaiting("plan"), "plan", ReminderWhen::ApprovalNotGiven);
        let punctual = given.clone().at("2026-11-25 10:01").given(remind("plan", 0));
        assert_eq!(next_of(&punctual), ["Fri 11-27 10:00 remind/plan/1/0/1"]);
        let late = given.at("2026-11-30 11:00").given(remind("plan", 0));
        assert_eq!(next_of(&late), ["Wed 12-02 11:00 remind/plan/1/0/1"]);
    }

    #[test]
    fn a_decision_ends_the_ladder_and_the_next_round_has_its_own() {
        let given = with_ladder(awaiting("plan"), "plan", ReminderWhen::ApprovalNotGiven);
        let reminded = given.at("2026-11-25 10:00").given(remind("plan", 0));
        let approved = reminded.clone().by("sofiia").given(approve("plan", 1));
        assert_eq!(next_of(&approved), Vec::<String>::new());
        approved.at("2026-11-27 10:00").when(remind("plan", 1)).then(&[]);
        let back = reminded.by("sofiia").given(send_back("plan", 1)).by("maksym");
        let again = back.given(start("plan")).given(submit("plan")).by("olena").given(accept("plan"));
        assert_eq!(next_of(&again), ["Fri 11-27 10:00 remind/plan/2/0/0"]);
    }

    #[test]
    fn a_form_is_asked_for_from_when_it_was_sent_until_it_is_here() {
        let given = with_ladder(in_progress("brief"), "brief", ReminderWhen::FormNotReceived);
        assert_eq!(next_of(&given), Vec::<String>::new());
        let sent = given.given(press("brief", "send"));
        assert_eq!(next_of(&sent), ["Wed 11-25 10:00 remind/brief/1/0/0"]);
        let twice = sent.clone().later(7_200).given(send_form(Some(1)));
        assert_eq!(next_of(&twice), next_of(&sent), "pressing it again starts no second clock");
        let resting = sent.given(ProjectCommand::PauseTask { task: "brief".into() });
        assert_eq!(next_of(&resting), next_of(&sent), "the client is waited for, not the assignee");
        assert_eq!(next_of(&sent.given(receive_form(&["business"]))), Vec::<String>::new());
        let again = sent.given(receive_form(&["business"])).later(3_600).given(send_form(Some(1)));
        assert_eq!(
            next_of(&again),
            ["Wed 11-25 11:00 remind/brief/2/0/0"],
            "the next version has its own clock"
        );
        let received = sent.clone().by("olena").given(receive_by_staff(&["business"]));
        assert_eq!(next_of(&received), Vec::<String>::new());
        received.at("2026-11-25 10:00").when(remind("brief", 0)).then(&[]);
    }

    #[test]
    fn a_task_that_nobody_starts_or_finishes_is_reminded_of() {
        let idle = with_ladder(completed("brief"), "plan", ReminderWhen::TaskNotStarted);
        assert_eq!(next_of(&idle), ["Wed 11-25 10:00 remind/plan/1/0/0"]);
        assert_eq!(next_of(&idle.given(start("plan"))), Vec::<String>::new());
        let working = with_ladder(in_progress("plan"), "plan", ReminderWhen::TaskNotFinished);
        assert_eq!(next_of(&working), ["Wed 11-25 10:00 remind/plan/1/0/0"]);
        let done = with_ladder(awaiting("plan"), "plan", ReminderWhen::TaskNotFinished);
        assert_eq!(next_of(&done), Vec::<String>::new());
    }

    #[test]
    fn a_pause_moves_what_counts_the_work() {
        let working = with_ladder(in_progress("plan"), "plan", ReminderWhen::TaskNotFinished);
        let paused = working.given(ProjectCommand::PauseTask { task: "plan".into() });
        assert_eq!(next_of(&paused), Vec::<String>::new());
        let resumed = paused.later(86_400).given(ProjectCommand::ResumeTask { task: "plan".into() });
        assert_eq!(next_of(&resumed), ["Thu 11-26 10:00 remind/plan/1/0/0"]);
    }

    #[test]
    fn before_the_due_date_means_the_days_before_it_unless_the_task_is_shorter_than_that() {
        let soon = |hundredths| {
            let before = ReminderClock::BeforeDue(days(hundredths));
            let reminders = vec![reminder(ReminderWhen::TaskNotFinished, before)];
            next_of(&in_progress("plan").planned("plan", |plan| plan.remind = reminders))
        };
        assert_eq!(soon(100), ["Tue 11-24 09:00 remind/plan/1/0/0"]);
        assert_eq!(soon(200), Vec::<String>::new());
    }

    #[test]
    fn after_the_due_date_nobody_hears_that_it_is_near() {
        let before = ReminderClock::BeforeDue(days(100));
        let reminders = vec![reminder(ReminderWhen::TaskNotFinished, before)];
        let given = in_progress("plan").planned("plan", |plan| plan.remind = reminders);
        given.clone().at("2026-11-24 09:00").when(remind("plan", 0)).then(&["reminder_sent"]);
        given.at("2026-11-25 10:00").when(remind("plan", 0)).then(&[]);
    }

    #[test]
    fn without_repeat_the_staff_hears_a_business_day_later() {
        let once = Reminder { repeat: None, ..ladder(ReminderWhen::ApprovalNotGiven) };
        let given = awaiting("plan").planned("plan", |plan| plan.remind = vec![once]);
        let reminded = given.at("2026-11-25 10:00").given(remind("plan", 0));
        assert_eq!(next_of(&reminded), ["Thu 11-26 10:00 remind/plan/1/0/1"]);
    }

    #[test]
    fn a_payment_is_asked_for_while_its_task_is_open() {
        let pay = |plan: &mut definition::Task| {
            plan.kind = definition::Kind::Payment;
            plan.remind = vec![ladder(ReminderWhen::PaymentNotReceived)];
        };
        let open = completed("brief").planned("plan", pay);
        assert_eq!(next_of(&open), ["Wed 11-25 10:00 remind/plan/1/0/0"]);
        assert_eq!(next_of(&completed("plan").planned("plan", pay)), Vec::<String>::new());
        assert_eq!(next_of(&opened().planned("plan", pay)), Vec::<String>::new());
    }

    #[test]
    fn the_payment_is_asked_for_five_business_days_before_the_period_ends() {
        let monday = ["Mon 11-23 09:00 remind/payment/1/0/0"];
        // From the 1st to Monday the 30th, and from the 31st to Sunday the 29th.
        assert_eq!(next_of(&monthly_since("2026-11-01 12:00", Every::Month, 5)), monday);
        assert_eq!(next_of(&monthly_since("2026-10-31 12:00", Every::Month, 5)), monday);
        let given = monthly_since("2026-11-01 12:00", Every::Month, 5);
        let mut calendar = crate::domain::calendar::weekdays();
        calendar.holidays = vec![chrono::NaiveDate::from_ymd_opt(2026, 11, 27).unwrap()];
        let due = given.state.timers(&calendar).into_iter().find(|(key, _)| key.starts_with("remind/"));
        assert_eq!(calendar.local(due.unwrap().1.0).to_string(), "2026-11-20 09:00:00", "a holiday moves it");
    }

    #[test]
    fn with_fewer_days_left_the_payment_is_asked_for_at_once_in_business_hours() {
        let within = monthly_since("2026-11-23 10:30", Every::Week, 5);
        assert_eq!(next_of(&within), ["Mon 11-23 10:30 remind/payment/1/0/0"]);
        let at_night = monthly_since("2026-11-24 22:00", Every::Week, 5);
        assert_eq!(next_of(&at_night), ["Wed 11-25 09:00 remind/payment/1/0/0"]);
    }

    #[test]
    fn a_payment_reminder_is_said_once_whatever_its_task_does_and_not_after_the_money() {
        let given = monthly_since("2026-11-01 12:00", Every::Month, 5);
        let remind = ProjectCommand::Remind { task: "payment".into(), round: 1, reminder: 0, rung: 0 };
        let due = given.clone().at("2026-11-23 09:00");
        due.when(remind.clone()).then(&["reminder_sent"]);
        let said = due.given(remind.clone());
        said.when(remind.clone()).then(&[]);
        let ready = said.by("olena").given(cancel("work")).given(cancel("report"));
        assert_eq!(next_of(&ready), Vec::<String>::new(), "not again when its task is ready");
        let paid = due.clone().by("nadiia").given(receive("2", None));
        paid.at("2026-11-23 09:00").when(remind.clone()).then(&[]);
        let part = due.by("nadiia").given(receive("2", Some("100 UAH")));
        part.at("2026-11-23 09:00").when(remind).then(&["reminder_sent"]);
    }

    #[test]
    fn money_that_comes_after_the_end_is_followed_by_no_demand() {
        let late = monthly_since("2026-11-01 12:00", Every::Month, 5).later(36 * 86_400).by("nadiia");
        let paid = late.given(receive("2", None));
        assert_eq!(next_of(&paid), ["Wed 12-30 09:00 remind/payment.2/1/0/0"], "before the 6th of January");
    }

    #[test]
    fn on_the_last_day_the_staff_hears_of_the_payment_and_hears_it_once() {
        let given = monthly_since("2026-11-01 12:00", Every::Month, 5).planned("payment", |plan| {
            plan.remind[0].then_tell_staff = Some("staff-payment-late".into());
        });
        let remind = |rung| ProjectCommand::Remind { task: "payment".into(), round: 1, reminder: 0, rung };
        let late = given.at("2026-12-01 09:00");
        late.when(remind(0)).then(&["reminder_sent"]);
        let told = late.given(remind(0)).at("2026-12-03 09:00");
        told.when(remind(1)).then(&[]);
    }

    #[test]
    fn each_period_has_its_own_reminder() {
        let paid = monthly_since("2026-11-01 12:00", Every::Month, 5).by("nadiia").given(receive("2", None));
        assert_eq!(next_of(&paid), ["Thu 12-24 09:00 remind/payment.2/1/0/0"], "before the 31st of December");
    }

    #[test]
    fn a_project_that_rests_asks_nobody_and_loses_none_of_its_time() {
        let given = with_ladder(awaiting("plan"), "plan", ReminderWhen::ApprovalNotGiven).by("olena");
        let paused = given.later(3_600).given(ProjectCommand::PauseProject { reason: content() });
        assert_eq!(next_of(&paused), Vec::<String>::new());
        paused.clone().at("2026-11-25 10:00").when(remind("plan", 0)).then(&[]);
        let resumed = paused.later(2 * 86_400).given(ProjectCommand::ResumeProject);
        assert_eq!(next_of(&resumed), ["Fri 11-27 10:00 remind/plan/1/0/0"]);
    }
}
