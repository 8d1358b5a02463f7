//! Next steps that were promised to clients and not made yet (XP-07).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use engine::domain::project::ProjectEvent;
use engine::domain::{ContentId, ProjectId, TaskId};
use engine::store::Store;
use serde::Serialize;
use sqlx::{AnyConnection, Row};

use super::payment::maybe_day;
use crate::ReadError;

/// One row: a promise about a task, or about the whole project where `task` is empty. The day as `2026-12-09`.
pub(super) const TABLE: &str = "CREATE TABLE IF NOT EXISTS board_promises (
        stream TEXT NOT NULL,
        task TEXT NOT NULL,
        by_day TEXT NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (stream, task)
    )";

/// A next step that a client waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BoardPromise {
    pub project: ProjectId,
    /// `None`: about the project as a whole.
    pub task: Option<TaskId>,
    /// Until the end of this day in the agency's zone.
    pub by: NaiveDate,
    /// What was promised, in words.
    pub content: ContentId,
}

/// All promises that stand, the earliest day first; one about what is over is kept.
pub async fn promises(store: &Store) -> Result<Vec<BoardPromise>, ReadError> {
    let rows = sqlx::query(
        "SELECT projects.project, promises.task, promises.by_day, promises.content
         FROM board_promises AS promises JOIN board_projects AS projects ON projects.stream = promises.stream
         WHERE projects.completed = 0 AND (promises.task = '' OR EXISTS (
            SELECT 1 FROM board_tasks AS tasks WHERE tasks.stream = promises.stream
            AND tasks.task = promises.task AND tasks.status NOT IN ('completed', 'cancelled')))
         ORDER BY promises.by_day, projects.project, promises.task",
    );
    let mut found = Vec::new();
    for row in rows.fetch_all(store.reads()).await? {
        let task: String = row.try_get("task")?;
        let Some(by) = maybe_day(&row, "board_promises", "by_day")? else { continue };
        found.push(BoardPromise {
            project: ProjectId(row.try_get("project")?),
            task: (!task.is_empty()).then_some(TaskId(task)),
            by,
            content: ContentId(row.try_get("content")?),
        });
    }
    Ok(found)
}

/// Stream and task, and the promise that stands, if one does.
#[derive(Default)]
pub(super) struct Promises(BTreeMap<(String, String), Option<(NaiveDate, ContentId)>>);

impl Promises {
    pub fn note(&mut self, stream: &str, event: &ProjectEvent) {
        let key = |task: &Option<TaskId>| {
            (stream.to_owned(), task.as_ref().map_or_else(String::new, |task| task.0.clone()))
        };
        if let ProjectEvent::NextStepPromised { task, by, what } = event {
            self.0.insert(key(task), Some((*by, what.content.clone())));
        }
        if let ProjectEvent::PromiseKept { task } = event {
            self.0.insert(key(task), None);
        }
    }

    pub async fn save(self, db: &mut AnyConnection) -> Result<(), sqlx::Error> {
        for ((stream, task), promise) in self.0 {
            let Some((by, content)) = promise else {
                let delete = sqlx::query("DELETE FROM board_promises WHERE stream = $1 AND task = $2");
                delete.bind(stream).bind(task).execute(&mut *db).await?;
                continue;
            };
            let insert = sqlx::query(
                "INSERT INTO board_promises (stream, task, by_day, content) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (stream, task) DO UPDATE SET by_day = excluded.by_day, content = excluded.content",
            );
            let insert = insert.bind(stream).bind(task).bind(by.to_string()).bind(content.0);
            insert.execute(&mut *db).await?;
        }
        Ok(())
    }
}
