//! Opening the next period by hand, where the template leaves it to the PM or no payment is to come.

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::payment::PaymentState;
use super::rules::may_lead;
use super::state::Project;
use crate::domain::definition::NextRound;
use crate::domain::{Asked, PaymentId, Refusal};

/// The period is open; `number` is the one that was meant.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    number: u32,
) -> Result<Vec<ProjectEvent>, Refusal> {
    may_lead(project, asked, "open-period")?;
    let Some(repeats) = project.repeats() else { return Err(Refusal::NoPeriods) };
    let last = project.last_period();
    if number >= 1 && number <= last {
        return Ok(Vec::new());
    }
    if project.completed {
        return Err(Refusal::ProjectOver);
    }
    let next = last + 1;
    let payment = PaymentId::period(next);
    let is_free = project.payment(&payment).is_some_and(|payment| payment.state() == PaymentState::Cancelled);
    let may_open = match repeats.next_round {
        NextRound::WhenThePmSaysSo => true,
        NextRound::WhenPaid => is_free,
        NextRound::Automatically => false,
    };
    if number != next || !may_open {
        let pays = (repeats.next_round == NextRound::WhenPaid).then_some(payment);
        return Err(Refusal::PeriodNotYet { next, payment: pays });
    }
    Ok(vec![ProjectEvent::PeriodOpened { period: next, asked: true }])
}

#[cfg(test)]
mod tests {
    use crate::domain::definition::{CountedFrom, Every, NextRound};
    use crate::domain::project::ProjectCommand;
    use crate::domain::project::testing::*;

    fn open(period: u32) -> ProjectCommand {
        ProjectCommand::OpenPeriod { period }
    }

    #[test]
    fn where_the_pm_says_so_the_pm_opens_the_next_period() {
        let monthly = monthly(NextRound::WhenThePmSaysSo);
        monthly.when(open(2)).then(&["period_opened", "payment_expected", "period_began"]);
        let second = monthly.given(open(2));
        assert_eq!(second.statuses(), ["ready", "waiting", "waiting", "waiting", "waiting"]);
        second.when(open(2)).then(&[]);
        second.when(open(4)).refused("period-not-yet");
        monthly.by("maksym").when(open(2)).refused("not-allowed");
    }

    #[test]
    fn where_payment_opens_it_the_pm_does_not() {
        let monthly = monthly(NextRound::WhenPaid);
        monthly.when(open(2)).refused("period-not-yet");
        let free = monthly.given(ProjectCommand::CancelPayment { payment: "2".into(), reason: content() });
        free.when(open(2)).then(&["period_opened", "payment_expected", "period_began"]);
    }

    #[test]
    fn a_period_that_opens_by_itself_opens_when_the_last_task_is_over() {
        let monthly = monthly(NextRound::Automatically);
        monthly.when(open(2)).refused("period-not-yet");
        let paid = monthly.given(cancel("work")).given(cancel("report")).by("nadiia");
        let done = paid.given(receive("2", Some("24000 UAH")));
        assert_eq!(done.statuses(), ["cancelled", "cancelled", "completed", "ready", "waiting"]);
        assert_eq!(done.state.last_period(), 2);
    }

    #[test]
    fn a_project_without_periods_has_none_to_open() {
        opened().when(open(2)).refused("no-periods");
    }

    #[test]
    fn a_period_that_was_paid_early_waits_for_its_turn() {
        let monthly = monthly(NextRound::WhenPaid).by("nadiia").given(receive("2", None));
        assert_eq!(monthly.statuses(), ["ready", "waiting", "waiting", "waiting", "waiting"]);
        let worked = monthly.by("olena").given(cancel("work")).given(cancel("report"));
        assert_eq!(worked.statuses(), ["cancelled", "cancelled", "completed", "ready", "waiting"]);
    }

    #[test]
    fn a_payment_is_due_by_the_end_of_its_period_whatever_its_task_is_doing() {
        let until =
            |given: &Given| given.state.payment_deadline(&"payment".into()).map(|(day, _)| day.to_string());
        let monthly = monthly(NextRound::WhenPaid).by("nadiia");
        assert_eq!(until(&monthly).as_deref(), Some("2026-12-22"), "its task is waiting");
        assert_eq!(until(&monthly.given(receive("2", Some("100 UAH")))).as_deref(), Some("2026-12-22"));
        assert_eq!(until(&monthly.given(receive("2", None))), None, "it is paid");
        let reason = content();
        assert_eq!(until(&monthly.by("olena").given(ProjectCommand::CloseProject { reason })), None);
    }

    #[test]
    fn a_task_that_is_ready_before_its_period_begins_is_due_in_the_period() {
        let early = monthly(NextRound::WhenPaid).by("nadiia").given(receive("2", None));
        let ready = early.by("olena").given(cancel("work")).given(cancel("report"));
        let due = ready.state.task(&"report.2".into()).unwrap().due.unwrap();
        assert_eq!(due.to_string(), "2026-12-25 07:00:00 UTC", "two business days from Wednesday the 23rd");
    }

    #[test]
    fn a_period_that_opens_late_begins_on_the_day_it_opens_and_the_next_ones_follow_it() {
        let late = monthly(NextRound::WhenPaid).later(73 * 86_400).by("nadiia").given(receive("2", None));
        let dates = |number| late.state.dates_of(number).map(|(from, until)| format!("{from}..{until}"));
        assert_eq!(dates(1).as_deref(), Some("2026-11-23..2026-12-22"));
        assert_eq!(dates(2).as_deref(), Some("2027-02-04..2027-03-03"));
        assert_eq!(dates(3).as_deref(), Some("2027-03-04..2027-04-03"), "reckoned from there");
    }

    #[test]
    fn a_calendar_month_that_opens_late_ends_with_the_month() {
        let mut given = monthly_since("2026-11-01 12:00", Every::Month, 5).by("nadiia");
        let definition = &mut given.state.opened.as_mut().unwrap().definition;
        std::sync::Arc::make_mut(definition).repeats.as_mut().unwrap().counted_from =
            CountedFrom::FirstDayOfMonth;
        let dates = |given: &Given, number| {
            given.state.dates_of(number).map(|(from, until)| format!("{from}..{until}")).unwrap()
        };
        let late = given.clone().later(35 * 86_400).given(receive("2", None));
        assert_eq!(
            (dates(&late, 2), dates(&late, 3)),
            ("2026-12-06..2026-12-31".into(), "2027-01-01..2027-01-31".into())
        );
        let later = given.later(70 * 86_400).given(receive("2", None));
        assert_eq!(dates(&later, 2), "2027-01-10..2027-01-31");
    }

    #[test]
    fn later_periods_begin_on_the_day_after_the_one_before() {
        let monthly = monthly(NextRound::WhenPaid).by("nadiia").given(receive("2", None));
        let dates = |number| monthly.state.dates_of(number).map(|(from, until)| format!("{from}..{until}"));
        assert_eq!(dates(1).as_deref(), Some("2026-11-23..2026-12-22"));
        assert_eq!(dates(2).as_deref(), Some("2026-12-23..2027-01-22"));
        assert_eq!(monthly.state.periods[1].dates, monthly.state.dates_of(2));
        assert_eq!(dates(3).as_deref(), Some("2027-01-23..2027-02-22"), "the one after is reckoned");
    }
}
