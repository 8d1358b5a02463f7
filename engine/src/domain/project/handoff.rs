//! From sales to production: what was promised, what the plan says, and whether the PM takes it (PF-76, PF-82).

use std::collections::BTreeMap;

use super::ProjectCommand;
use super::event::{ContentRef, ProjectEvent, Promised};
use super::rules::may_lead;
use super::state::Project;
use crate::domain::calendar::Calendar;
use crate::domain::definition::{self, Term, Unit};
use crate::domain::money::Money;
use crate::domain::{Actor, Asked, Fact, Missing, Refusal, TaskId, Timestamp};

/// A hand-over as it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Handoff {
    /// How often sales handed it over with promises.
    pub offers: u32,
    pub promised: Promised,
    pub answer: Option<Answered>,
}

/// What production said to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// Why it was returned; accepted without one.
    pub returned: Option<ContentRef>,
    pub by: Actor,
    pub at: Timestamp,
}

impl Handoff {
    /// The word for machines: `none`, `offered`, `accepted` or `returned`.
    pub fn word(&self) -> &'static str {
        match &self.answer {
            Some(Answered { returned: Some(_), .. }) => "returned",
            Some(_) => "accepted",
            None if self.offers > 0 => "offered",
            None => "none",
        }
    }

    /// Work waits for the PM to take it, or for sales to mend it.
    pub fn is_open(&self) -> bool {
        matches!(self.word(), "offered" | "returned")
    }
}

type Order = Asked<ProjectCommand>;

/// Sales hand the project over, again.
pub fn offer(project: &Project, asked: &Order, promised: &Promised) -> Result<Vec<ProjectEvent>, Refusal> {
    if asked.by != Actor::Operator && asked.world.roles.is_empty() {
        return Err(Refusal::NotAllowed { wanted: "handoff".to_owned() });
    }
    not_begun(project)?;
    let same = project.handoff.offers > 0 && project.handoff.promised == *promised;
    if same && project.handoff.word() == "offered" {
        return Ok(Vec::new());
    }
    Ok(vec![ProjectEvent::SalesPromised { promised: promised.clone() }])
}

/// Production takes it.
pub fn accept(project: &Project, asked: &Order, offer: Option<u32>) -> Result<Vec<ProjectEvent>, Refusal> {
    may_lead(project, asked, "handoff")?;
    if project.completed {
        return Err(Refusal::ProjectOver);
    }
    if offer.is_some_and(|read| read != project.handoff.offers) {
        return Err(Refusal::Stale);
    }
    Ok(if project.handoff.word() == "accepted" { Vec::new() } else { vec![ProjectEvent::HandoffAccepted] })
}

/// Production sends it back to sales, while nothing has begun.
pub fn send_back(
    project: &Project,
    asked: &Order,
    reason: &ContentRef,
) -> Result<Vec<ProjectEvent>, Refusal> {
    may_lead(project, asked, "handoff")?;
    not_begun(project)?;
    if project.handoff.word() == "returned" {
        return Ok(Vec::new());
    }
    Ok(vec![ProjectEvent::HandoffReturned { reason: reason.clone() }])
}

fn not_begun(project: &Project) -> Result<(), Refusal> {
    if project.completed {
        return Err(Refusal::ProjectOver);
    }
    let Some(task) = project.tasks.iter().find(|task| task.started) else { return Ok(()) };
    let started_title = project.plan(&task.id).map(|plan| plan.title.clone()).unwrap_or_default();
    Err(Refusal::HandoffOver { started: task.id.0.clone(), started_title })
}

/// What keeps work from beginning: promises that nobody in production took.
pub fn missing(project: &Project) -> Option<Missing> {
    let need = if project.handoff.word() == "returned" { "mended" } else { "accepted" };
    let begun = project.tasks.iter().any(|task| task.started);
    (project.handoff.is_open() && !begun).then(|| Missing::Handoff { need: need.to_owned() })
}

impl Project {
    /// When everything of the first round is ready by the template: each task takes its term after those before it.
    pub fn planned_end(&self, calendar: &Calendar) -> Option<Timestamp> {
        let opened = self.opened.as_ref()?;
        let tasks: Vec<&TaskId> =
            self.tasks.iter().map(|task| &task.id).filter(|id| id.period() == 1).collect();
        let waits = |id: &TaskId| -> Vec<&TaskId> {
            tasks.iter().copied().filter(|other| self.waits_for(id, other)).collect()
        };
        let before: BTreeMap<&TaskId, Vec<&TaskId>> = tasks.iter().map(|id| (*id, waits(id))).collect();
        let mut ends: BTreeMap<&TaskId, Timestamp> = BTreeMap::new();
        // Whoever has fewer before him comes first.
        let mut order = tasks.clone();
        order.sort_by_key(|id| before.get(id).map_or(0, Vec::len));
        for id in order {
            let earlier = before.get(id).into_iter().flatten().filter_map(|other| ends.get(other)).max();
            let since = earlier.copied().unwrap_or(opened.at);
            ends.insert(id, self.plan(id).map_or(since, |plan| taken(calendar, since, plan)));
        }
        ends.into_values().max()
    }

    /// Business days by which the plan ends after the day that was promised; 0 if it does not.
    pub fn days_beyond_promise(&self, calendar: &Calendar) -> u32 {
        let Some((promised, end)) = self.handoff.promised.by.zip(self.planned_end(calendar)) else {
            return 0;
        };
        let last = calendar.local(end).date();
        let days = promised.iter_days().skip(1).take_while(|day| *day <= last);
        u32::try_from(days.filter(|day| calendar.is_business_day(*day)).count()).unwrap_or(u32::MAX)
    }

    /// By how much the promised sum differs from the price, if both are known and it does; negative: less was promised.
    pub fn sum_beyond_price(&self) -> Option<Money> {
        let (sum, price) = self
            .handoff
            .promised
            .sum
            .as_ref()
            .zip(self.opened.as_ref().and_then(|opened| opened.price.as_ref()))?;
        let same = sum.currency == price.currency && sum.minor != price.minor;
        let minor = sum.minor.checked_sub(price.minor).filter(|_| same)?;
        Some(Money { minor, currency: sum.currency.clone() })
    }

    pub(super) fn apply_handoff(&mut self, fact: &Fact<ProjectEvent>) {
        let answered = |returned| Some(Answered { returned, by: fact.by.clone(), at: fact.at });
        if let ProjectEvent::SalesPromised { promised } = &fact.event {
            let offers = self.handoff.offers + 1;
            self.handoff = Handoff { offers, promised: promised.clone(), answer: None };
        }
        if fact.event == ProjectEvent::HandoffAccepted {
            self.handoff.answer = answered(None);
        }
        if let ProjectEvent::HandoffReturned { reason } = &fact.event {
            self.handoff.answer = answered(Some(reason.clone()));
        }
    }
}

/// When a task that begins at `since` is ready: by its due term, else by its hours.
fn taken(calendar: &Calendar, since: Timestamp, plan: &definition::Task) -> Timestamp {
    let hours = Term { hundredths: plan.minutes.saturating_mul(100) / 60, unit: Unit::BusinessHours };
    calendar.plus(since, plan.due.unwrap_or(hours))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::weekdays;
    use crate::domain::project::testing::*;

    fn offering(by: &str, sum: &str) -> ProjectCommand {
        let promised =
            Promised { by: Some(by.parse().unwrap()), sum: Some(uah(sum)), scope: Some(content()) };
        ProjectCommand::HandOver { promised: Box::new(promised) }
    }

    fn offered() -> Given {
        opened().given(offering("2026-11-27", "20000 UAH"))
    }

    fn taking(offer: Option<u32>) -> ProjectCommand {
        ProjectCommand::AcceptHandoff { offer }
    }

    fn returned() -> ProjectCommand {
        ProjectCommand::ReturnHandoff { reason: content() }
    }

    #[test]
    fn work_on_promises_waits_until_production_took_them() {
        offered().when(start("brief")).missing(&["handoff accepted"]);
        offered().by("maksym").when(taking(None)).refused("not-allowed");
        let taken = offered().given(taking(None));
        taken.when(taking(None)).then(&[]);
        taken.when(start("brief")).then(&["task_started"]);
    }

    #[test]
    fn production_returns_it_with_a_reason_until_work_has_begun() {
        let back = offered().given(returned());
        back.when(returned()).then(&[]);
        back.when(start("brief")).missing(&["handoff mended"]);
        let again = back.given(offering("2026-12-18", "20000 UAH"));
        assert_eq!((again.state.handoff.word(), again.state.handoff.offers), ("offered", 2));
        again.when(taking(Some(1))).refused("stale");
        let begun = again.given(taking(None)).given(start("brief"));
        begun.when(returned()).refused("handoff-over");
    }

    #[test]
    fn a_project_without_promises_waits_for_nobody_and_can_still_go_back() {
        opened().when(start("brief")).then(&["task_started"]);
        opened().when(taking(None)).then(&["handoff_accepted"]);
        opened().given(returned()).when(start("brief")).missing(&["handoff mended"]);
    }

    #[test]
    fn what_was_promised_is_held_against_the_plan() {
        let calendar = weekdays();
        let state = offered().state;
        let end = state.planned_end(&calendar).unwrap();
        assert_eq!(
            calendar.local(end).to_string(),
            "2026-12-01 10:00:00",
            "three tasks of two business days"
        );
        assert_eq!(state.days_beyond_promise(&calendar), 2);
        assert_eq!(state.sum_beyond_price(), None, "there is no price to hold it against");
        let later = opened().given(offering("2026-12-01", "1 UAH"));
        assert_eq!(later.state.days_beyond_promise(&calendar), 0);
    }

    #[test]
    fn less_was_promised_than_it_costs() {
        let month = monthly(crate::domain::definition::NextRound::WhenPaid);
        let sold = month.by("olena").given(offering("2026-12-18", "20000 UAH"));
        assert_eq!(sold.state.sum_beyond_price(), Some(Money { minor: -400_000, currency: "UAH".into() }));
    }
}
