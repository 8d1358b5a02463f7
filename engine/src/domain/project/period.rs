//! Periods: what is worked and paid for at a time, and from which to which day.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime};

use super::event::ProjectEvent;
use super::payment::PaymentState;
use super::state::{Project, Task};
use crate::domain::calendar::Calendar;
use crate::domain::definition::{self, CountedFrom, Every, Months as In, Repeats};
use crate::domain::{TaskId, Timestamp};

/// A period of a service that repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectPeriod {
    /// From 1.
    pub number: u32,
    /// Its first and last day, as soon as they are known.
    pub dates: Option<(NaiveDate, NaiveDate)>,
    /// Since when they are known.
    pub known: Option<Timestamp>,
    /// The client was told on its first day.
    pub announced: bool,
}

impl ProjectPeriod {
    /// A period that was opened and has not begun.
    pub fn new(number: u32) -> Self {
        Self { number, dates: None, known: None, announced: false }
    }
}

impl Every {
    /// The last day of the period that starts on `from`.
    ///
    /// Months keep the day on which the first period started (`first`): from the 31st of January the next
    /// ones start on the 28th of February and on the 31st of March, so nothing drifts and no day is lost.
    pub fn last_day(self, first: NaiveDate, from: NaiveDate) -> Option<NaiveDate> {
        let next = match self {
            Self::Week => from.checked_add_days(Days::new(7)),
            Self::TwoWeeks => from.checked_add_days(Days::new(14)),
            Self::Month => same_day_after(first, from, 1),
            Self::Quarter => same_day_after(first, from, 3),
        };
        next?.pred_opt()
    }
}

fn same_day_after(first: NaiveDate, from: NaiveDate, months: u32) -> Option<NaiveDate> {
    let month = from.with_day(1)?;
    let keeps = day_in(month, first.day()) == Some(from);
    let day = if keeps { first.day() } else { from.day() };
    day_in(month.checked_add_months(Months::new(months))?, day)
}

/// A day of the month that begins with `month`, or its last one when it has fewer.
fn day_in(month: NaiveDate, day: u32) -> Option<NaiveDate> {
    month.with_day(day).or_else(|| month.checked_add_months(Months::new(1))?.pred_opt())
}

impl Project {
    /// How the service repeats; a template without tasks for later periods does not.
    pub fn repeats(&self) -> Option<&Repeats> {
        let definition = &self.opened.as_ref()?.definition;
        let goes_on = definition.tasks().any(|task| task.months != In::First);
        definition.repeats.as_ref().filter(|_| goes_on)
    }

    /// The last period that was opened, from 1; 0 when the service does not repeat.
    pub fn last_period(&self) -> u32 {
        self.periods.last().map_or(0, |period| period.number)
    }

    /// First and last day of a period: as they are, or as they follow from the last one that began.
    pub fn dates_of(&self, number: u32) -> Option<(NaiveDate, NaiveDate)> {
        let every = self.repeats()?.every;
        let first = self.counts_from(number)?;
        let begun =
            self.periods.iter().rev().find(|period| period.number <= number && period.dates.is_some());
        let ProjectPeriod { number: known, dates, .. } = begun?;
        let mut dates = (*dates)?;
        for _ in *known..number {
            let from = dates.1.succ_opt()?;
            dates = (from, every.last_day(first, from)?);
        }
        Some(dates)
    }

    /// The first day from which the periods up to `number` are counted: that of the last one which opened late.
    fn counts_from(&self, number: u32) -> Option<NaiveDate> {
        let begun: Vec<(NaiveDate, NaiveDate)> = self
            .periods
            .iter()
            .filter(|period| period.number <= number)
            .filter_map(|period| period.dates)
            .collect();
        let mut anew =
            begun.windows(2).filter(|pair| pair[0].1.succ_opt() != Some(pair[1].0)).map(|pair| pair[1].0);
        let first = begun.first()?.0;
        // Calendar months stay calendar months, whatever opened late.
        let is_grid = self.repeats()?.counted_from == CountedFrom::FirstDayOfMonth;
        Some(anew.next_back().filter(|_| !is_grid).unwrap_or(first))
    }

    /// The days of a later period that opens on `today`: nobody pays for days on which it had not opened.
    /// It begins today if its first day is over, and lasts as long as any other; a calendar month ends with it.
    pub(super) fn dates_from(&self, number: u32, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let (mut from, mut until) = self.dates_of(number)?;
        if from >= today {
            return Some((from, until));
        }
        let repeats = self.repeats()?;
        if repeats.counted_from != CountedFrom::FirstDayOfMonth {
            return Some((today, repeats.every.last_day(today, today)?));
        }
        let first = self.counts_from(number)?;
        while until < today {
            from = until.succ_opt()?;
            until = repeats.every.last_day(first, from)?;
        }
        Some((from.max(today), until))
    }

    /// The end that the payment of a task has to come before: its last day, and since when that is known.
    ///
    /// It runs whatever the task is doing; a payment that came, or that nobody waits for, ends it (T2).
    pub fn payment_deadline(&self, task: &TaskId) -> Option<(NaiveDate, Timestamp)> {
        let payment = self.payment(&self.payment_of(task)?)?;
        let waits = match payment.state() {
            PaymentState::NotInvoiced | PaymentState::Invoiced | PaymentState::PartlyPaid => !self.completed,
            PaymentState::Paid | PaymentState::Cancelled => false,
        };
        let period = self.periods.iter().find(|period| period.number == task.period()).filter(|_| waits)?;
        Some((period.dates?.1, period.known?))
    }

    /// When a later period begins, whose tasks may be ready before: nobody is late with them until then.
    pub fn begins(&self, task: &TaskId, calendar: &Calendar) -> Option<Timestamp> {
        let (from, _) = self.dates_of(task.period()).filter(|_| task.period() > 1)?;
        Some(calendar.instant(from.and_time(NaiveTime::MIN)))
    }

    /// Whether everything of the periods up to `number` is over.
    pub fn is_through(&self, number: u32) -> bool {
        self.tasks.iter().filter(|task| task.id.period() <= number).all(|task| task.status.is_over())
    }

    /// The day on which the first period starts, if what it waits for has happened; that was `at`.
    pub(super) fn first_day(&self, calendar: &Calendar, at: Timestamp) -> Option<NaiveDate> {
        let start = calendar.local(self.opened.as_ref()?.at).date();
        let today = calendar.local(at).date();
        let in_first = || self.tasks.iter().filter(|task| task.id.period() == 1);
        match &self.repeats()?.counted_from {
            CountedFrom::ProjectStart => Some(start),
            CountedFrom::FirstDayOfMonth if start.day() == 1 => Some(start),
            CountedFrom::FirstDayOfMonth => start.with_day(1)?.checked_add_months(Months::new(1)),
            CountedFrom::Task(id) => {
                let done = |task: &Task| task.id.0 == *id && task.status == super::Status::Completed;
                in_first().any(done).then_some(today)
            }
            CountedFrom::Button(id) => in_first().any(|task| task.pressed.contains(id)).then_some(today),
        }
    }

    pub(super) fn apply_period(&mut self, event: &ProjectEvent, at: Timestamp) {
        if let ProjectEvent::PeriodOpened { period, .. } = event {
            self.periods.push(ProjectPeriod::new(*period));
            let new = self.tasks_planned(*period);
            self.tasks.extend(new);
        }
        if let ProjectEvent::PeriodBegan { period, from, until } = event
            && let Some(found) = self.periods.iter_mut().find(|found| found.number == *period)
        {
            (found.dates, found.known) = (Some((*from, *until)), Some(at));
        }
        if let ProjectEvent::PeriodAnnounced { period } = event
            && let Some(found) = self.periods.iter_mut().find(|found| found.number == *period)
        {
            found.announced = true;
        }
        if let ProjectEvent::DecisionUndone { task, approved: true, .. } = event {
            self.stop_counting(task);
        }
    }

    /// The tasks of a period, all waiting.
    pub(super) fn tasks_planned(&self, period: u32) -> Vec<Task> {
        let left_out = if period == 1 { In::FromSecond } else { In::First };
        let plans = self.opened.iter().flat_map(|opened| opened.definition.tasks());
        let plans = plans.filter(|plan: &&definition::Task| plan.months != left_out);
        plans.map(|plan| Task::new(TaskId::of(&plan.id, period))).collect()
    }

    /// The approval from which the first period counts was taken back; it counts from the next one.
    fn stop_counting(&mut self, task: &TaskId) {
        let counts =
            self.repeats().is_some_and(|repeats| repeats.counted_from == CountedFrom::Task(task.0.clone()));
        if let [first, later @ ..] = self.periods.as_mut_slice()
            && counts
            && later.iter().all(|period| period.dates.is_none())
        {
            (first.dates, first.known) = (None, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The first days of the first periods.
    fn starts(every: Every, first: &str, count: usize) -> Vec<String> {
        let next = |from: &NaiveDate| every.last_day(day(first), *from)?.succ_opt();
        std::iter::successors(Some(day(first)), next).take(count).map(|from| from.to_string()).collect()
    }

    #[test]
    fn a_month_ends_on_the_day_before_the_same_day_of_the_next_month() {
        assert_eq!(Every::Month.last_day(day("2026-12-09"), day("2026-12-09")), Some(day("2027-01-08")));
        assert_eq!(Every::Month.last_day(day("2026-11-01"), day("2026-11-01")), Some(day("2026-11-30")));
    }

    #[test]
    fn a_month_from_the_31st_ends_before_the_last_day_of_a_shorter_month_and_comes_back_to_the_31st() {
        let wanted = ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"];
        assert_eq!(starts(Every::Month, "2027-01-31", 5), wanted);
        assert_eq!(Every::Month.last_day(day("2027-01-31"), day("2027-01-31")), Some(day("2027-02-27")));
        assert_eq!(starts(Every::Month, "2028-01-30", 3), ["2028-01-30", "2028-02-29", "2028-03-30"]);
    }

    #[test]
    fn weeks_two_weeks_and_quarters_are_counted_likewise() {
        assert_eq!(starts(Every::Week, "2026-12-28", 3), ["2026-12-28", "2027-01-04", "2027-01-11"]);
        assert_eq!(starts(Every::TwoWeeks, "2026-12-28", 2), ["2026-12-28", "2027-01-11"]);
        assert_eq!(starts(Every::Quarter, "2026-11-30", 3), ["2026-11-30", "2027-02-28", "2027-05-30"]);
    }

    proptest! {
        #[test]
        fn periods_never_overlap_leave_no_gap_and_keep_their_day(
            offset in 0u64..20_000, which in 0usize..4, count in 1usize..60
        ) {
            let every = [Every::Week, Every::TwoWeeks, Every::Month, Every::Quarter][which];
            let first = day("2000-01-01").checked_add_days(Days::new(offset)).unwrap();
            let mut from = first;
            for _ in 0..count {
                let until = every.last_day(first, from).unwrap();
                let length = (until - from).num_days() + 1;
                let (least, most) = [(7, 7), (14, 14), (28, 31), (89, 92)][which];
                prop_assert!((least..=most).contains(&length), "{from} {until}");
                from = until.succ_opt().unwrap();
                let keeps = day_in(from.with_day(1).unwrap(), first.day()) == Some(from);
                prop_assert!(keeps || which < 2, "{first} {from}");
            }
        }
    }
}
