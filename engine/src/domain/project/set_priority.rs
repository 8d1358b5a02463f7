//! What the PM wants done first: high before normal before low, within the order of the tasks (XP-04).

use serde::{Deserialize, Serialize};

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::rules::{find, may_lead, wrong_status};
use super::state::Project;
use crate::domain::{Asked, Refusal, TaskId};

/// How pressing a task is; the first is done first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    High,
    #[default]
    Normal,
    Low,
}

impl Priority {
    pub const ALL: [Self; 3] = [Self::High, Self::Normal, Self::Low];

    /// The word for machines.
    pub fn word(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Normal => "normal",
            Self::Low => "low",
        }
    }

    /// The priority of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.word() == word)
    }
}

/// It changes what people see first, never whose turn it is: the sequence stays that of the template.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    priority: Priority,
) -> Result<Vec<ProjectEvent>, Refusal> {
    may_lead(project, asked, "priority")?;
    let (task, plan) = find(project, id)?;
    if task.status.is_over() {
        return Err(wrong_status(task, plan, "priority"));
    }
    if task.priority == priority {
        return Ok(Vec::new());
    }
    Ok(vec![ProjectEvent::PrioritySet { task: id.clone(), priority }])
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    fn set(task: &str, priority: Priority) -> ProjectCommand {
        ProjectCommand::SetPriority { task: task.into(), priority }
    }

    #[test]
    fn the_pm_says_what_comes_first_and_nobody_s_turn_changes() {
        let first = opened().by("olena").given(set("ads", Priority::High));
        assert_eq!(first.state.task(&"ads".into()).unwrap().priority, Priority::High);
        assert_eq!(first.statuses(), ["ready", "waiting", "waiting"]);
        first.when(set("ads", Priority::High)).then(&[]);
        first.when(set("ads", Priority::Normal)).then(&["priority_set"]);
    }

    #[test]
    fn nobody_else_does_and_what_is_over_has_none() {
        opened().by("maksym").when(set("plan", Priority::High)).refused("not-allowed");
        completed("plan").by("olena").when(set("plan", Priority::High)).refused("wrong-status");
    }
}
