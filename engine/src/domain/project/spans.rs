//! Spans: who held the ball of each task, from when to when (SURFACES 1.2, PF-26).

use std::collections::BTreeMap;

use super::state::{Project, Status, Task};
use crate::domain::calendar::Calendar;
use crate::domain::{TaskId, Timestamp};

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// Those who do the work, for the first time.
    Work,
    /// Those who check it inside.
    Check,
    /// The client decides.
    Client,
    /// Those who mend what was sent back.
    Rework,
}

impl Holder {
    pub const ALL: [Self; 4] = [Self::Work, Self::Check, Self::Client, Self::Rework];

    /// Whose turn a task is now; nobody's before it begins, while it is paused, and when it is over.
    pub fn of(task: &Task) -> Option<Self> {
        match task.status {
            Status::Waiting | Status::Ready | Status::Paused | Status::Completed | Status::Cancelled => None,
            Status::InProgress if task.round > 1 => Some(Self::Rework),
            Status::InProgress => Some(Self::Work),
            Status::InReview => Some(Self::Check),
            Status::AwaitingApproval => Some(Self::Client),
            Status::Rework => Some(Self::Rework),
        }
    }
}

/// A stretch of time in which one side held the ball of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub task: TaskId,
    pub holder: Holder,
    pub from: Timestamp,
    /// Nothing while it still does.
    pub until: Option<Timestamp>,
}

/// Follows a project from fact to fact.
#[derive(Debug, Default)]
pub struct Ball {
    spans: Vec<Span>,
    open: BTreeMap<TaskId, usize>,
}

impl Ball {
    /// So the project stands since a moment; called in the order of time.
    pub fn saw(&mut self, project: &Project, at: Timestamp) {
        for task in &project.tasks {
            let holder = Holder::of(task);
            let running = self.open.get(&task.id).copied();
            if running.map(|index| self.spans[index].holder) == holder {
                continue;
            }
            if let Some(index) = running {
                self.spans[index].until = Some(at);
                self.open.remove(&task.id);
            }
            if let Some(holder) = holder {
                self.open.insert(task.id.clone(), self.spans.len());
                self.spans.push(Span { task: task.id.clone(), holder, from: at, until: None });
            }
        }
    }

    /// All spans in the order in which they began, those of no length left out.
    pub fn spans(mut self) -> Vec<Span> {
        self.spans.retain(|span| span.until != Some(span.from));
        self.spans
    }
}

/// When a task is to be worked on: from its turn to its day. Of those whose turn has not come, what follows if
/// everything before them keeps its day (SC-32).
pub fn plan(
    project: &Project,
    calendar: &Calendar,
    now: Timestamp,
) -> BTreeMap<TaskId, (Timestamp, Timestamp)> {
    let mut planned: BTreeMap<TaskId, (Timestamp, Timestamp)> = BTreeMap::new();
    for task in project.tasks.iter().filter(|task| task.status != Status::Cancelled) {
        let known = task.clocks.due_set.zip(project.due_of(task, calendar));
        let term = project.plan(&task.id).and_then(|plan| plan.due);
        let reckoned = || {
            let before = planned.iter().filter(|(earlier, _)| project.waits_for(&task.id, earlier));
            let from = before.map(|(_, (_, until))| *until).fold(now, Timestamp::max);
            let from = project.begins(&task.id, calendar).map_or(from, |begins| begins.max(from));
            Some((from, term.map_or(from, |term| calendar.plus(from, term))))
        };
        if let Some(span) = known.or_else(|| (task.status == Status::Waiting).then(reckoned).flatten()) {
            planned.insert(task.id.clone(), span);
        }
    }
    planned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::weekdays;
    use crate::domain::project::testing::*;

    #[test]
    fn the_ball_goes_from_work_to_the_check_to_the_client_and_comes_back_as_rework() {
        let days = [in_progress("plan"), in_review("plan"), awaiting("plan"), sent_back("plan")];
        let noon = Timestamp::UNIX_EPOCH;
        let mut ball = Ball::default();
        for (day, given) in (0..).zip(&days) {
            ball.saw(&given.state, noon + chrono::Duration::days(day));
            ball.saw(&given.state, noon + chrono::Duration::days(day) + chrono::Duration::hours(1));
        }
        let spans = ball.spans().into_iter().filter(|span| span.task == TaskId::from("plan"));
        let told: Vec<_> =
            spans.map(|span| (span.holder, span.until.map(|until| until - span.from))).collect();
        let day = Some(chrono::Duration::days(1));
        let wanted =
            [(Holder::Work, day), (Holder::Check, day), (Holder::Client, day), (Holder::Rework, None)];
        assert_eq!(told, wanted);
    }

    #[test]
    fn what_has_not_begun_is_planned_one_after_another_behind_what_has() {
        let project = in_progress("plan").state;
        let calendar = weekdays();
        let now = project.task(&"plan".into()).and_then(|task| task.clocks.due_set).unwrap();
        let planned = plan(&project, &calendar, now);
        let (_, ends) = planned[&TaskId::from("plan")];
        let waiting: Vec<_> = project.tasks.iter().filter(|task| task.status == Status::Waiting).collect();
        assert!(!waiting.is_empty());
        let mut before = ends;
        for task in waiting {
            let (from, until) = planned[&task.id];
            assert_eq!(from, before, "{}", task.id);
            before = until;
        }
    }
}
