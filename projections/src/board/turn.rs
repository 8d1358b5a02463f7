//! How a fact turns a task on the board: its status, its round and its due date.

use engine::domain::project::{ProjectEvent, Status};
use engine::domain::{Round, TaskId, Timestamp};

use super::{Due, Move, News};

impl News {
    /// A task is in another status from now on.
    pub(super) fn turn(&mut self, stream: &str, event: &ProjectEvent, at: Timestamp) {
        let Some((task, status)) = event.task().zip(status(event)) else { return };
        let (round, due) = terms(event);
        let key = (stream.to_owned(), TaskId::clone(task).0);
        let earlier = self.moves.get(&key);
        let round = round.or_else(|| earlier.and_then(|earlier| earlier.round));
        let due = match (due, earlier) {
            (Due::Stays, Some(earlier)) => earlier.due,
            (due, _) => due,
        };
        self.moves.insert(key, Move { status, since: at, round, due });
    }
}

fn status(event: &ProjectEvent) -> Option<Status> {
    use ProjectEvent as E;
    let turns: [(bool, Status); 9] = [
        (matches!(event, E::TaskReady { .. }), Status::Ready),
        (matches!(event, E::TaskUnreadied { .. }), Status::Waiting),
        (matches!(event, E::TaskStarted { .. } | E::TaskResumed { .. }), Status::InProgress),
        (matches!(event, E::TaskPaused { .. }), Status::Paused),
        (matches!(event, E::TaskSubmitted { .. }), Status::InReview),
        (matches!(event, E::ApprovalAsked { .. } | E::DecisionUndone { .. }), Status::AwaitingApproval),
        (matches!(event, E::TaskReturned { .. } | E::TaskSentBack { .. }), Status::Rework),
        (matches!(event, E::TaskCompleted { .. }), Status::Completed),
        (matches!(event, E::TaskCancelled { .. }), Status::Cancelled),
    ];
    turns.into_iter().find_map(|(is_so, status)| is_so.then_some(status))
}

/// What of round and due date the fact sets.
fn terms(event: &ProjectEvent) -> (Option<Round>, Due) {
    use ProjectEvent as E;
    if let E::TaskReady { due, .. } = event {
        return (None, Due::Is(*due));
    }
    if let E::TaskReturned { round, due, .. } | E::TaskSentBack { round, due, .. } = event {
        return (Some(round + 1), Due::Is(*due));
    }
    if let E::DecisionUndone { round, .. } = event {
        return (Some(*round), Due::Stays);
    }
    (None, if matches!(event, E::TaskUnreadied { .. }) { Due::Is(None) } else { Due::Stays })
}
