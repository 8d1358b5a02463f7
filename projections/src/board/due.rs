//! Days that move, and priorities, while all else of a task stays.

use std::collections::BTreeMap;

use engine::domain::project::set_priority::Priority;
use engine::domain::{TaskId, Timestamp};
use sqlx::AnyConnection;

use super::{Due, Move};

/// Stream and task, and the day that it is due from now on.
#[derive(Default)]
pub(super) struct Dues(BTreeMap<(String, String), Timestamp>);

impl Dues {
    /// What already moves takes the day along; its later moves come after this.
    pub fn note(
        &mut self,
        stream: &str,
        task: &TaskId,
        due: Timestamp,
        moves: &mut BTreeMap<(String, String), Move>,
    ) {
        let key = (stream.to_owned(), task.0.clone());
        match moves.get_mut(&key) {
            Some(moving) => moving.due = Due::Is(Some(due)),
            None => drop(self.0.insert(key, due)),
        }
    }

    pub async fn save(self, db: &mut AnyConnection) -> Result<(), sqlx::Error> {
        for ((stream, task), due) in self.0 {
            let update = sqlx::query("UPDATE board_tasks SET due = $1 WHERE stream = $2 AND task = $3");
            update.bind(due.timestamp_micros()).bind(stream).bind(task).execute(&mut *db).await?;
        }
        Ok(())
    }
}

/// What comes first from now on, by stream and task.
pub(super) async fn save_priorities(
    db: &mut AnyConnection,
    priorities: BTreeMap<(String, String), Priority>,
) -> Result<(), sqlx::Error> {
    for ((stream, task), priority) in priorities {
        let update = sqlx::query("UPDATE board_tasks SET priority = $1 WHERE stream = $2 AND task = $3");
        update.bind(priority.word()).bind(stream).bind(task).execute(&mut *db).await?;
    }
    Ok(())
}
