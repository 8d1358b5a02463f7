//! Tasks that come, go or move while a project runs: put in by hand, or by another version of the template.

use std::collections::{BTreeMap, BTreeSet};

use engine::domain::definition::{Definition, Task};
use engine::domain::project::ProjectEvent;
use engine::domain::{TaskId, Timestamp};
use sqlx::{AnyConnection, Row};

use super::period;
use crate::rows::{json, put};

/// One fact about which tasks a project has.
pub(super) async fn save(
    db: &mut AnyConnection,
    stream: &str,
    event: &ProjectEvent,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    if let ProjectEvent::TaskInserted { task, after, plan } = event {
        let place = place_of(db, stream, after).await?;
        make_room(db, stream, place).await?;
        insert(db, stream, (place + 1, task), plan, at).await?;
    }
    if let ProjectEvent::DefinitionChanged { definition, tasks } = event {
        follow(db, stream, (definition, tasks), at).await?;
        period::plan_rounds(db, stream, definition).await?;
    }
    Ok(())
}

async fn place_of(db: &mut AnyConnection, stream: &str, task: &TaskId) -> Result<i64, sqlx::Error> {
    let place = sqlx::query("SELECT place FROM board_tasks WHERE stream = $1 AND task = $2");
    let row = place.bind(stream.to_owned()).bind(task.0.clone()).fetch_optional(db).await?;
    row.map_or(Ok(0), |row| row.try_get("place"))
}

async fn make_room(db: &mut AnyConnection, stream: &str, place: i64) -> Result<(), sqlx::Error> {
    let update = sqlx::query("UPDATE board_tasks SET place = place + 1 WHERE stream = $1 AND place > $2");
    update.bind(stream.to_owned()).bind(place).execute(db).await?;
    Ok(())
}

async fn insert(
    db: &mut AnyConnection,
    stream: &str,
    (place, task): (i64, &TaskId),
    plan: &Task,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    let project = sqlx::query("SELECT project FROM board_projects WHERE stream = $1");
    let row = project.bind(stream.to_owned()).fetch_optional(&mut *db).await?;
    let Some(row) = row else { return Ok(()) };
    let project: String = row.try_get("project")?;
    let holders = period::holders(db, stream).await?;
    let holder = |role: &str| holders.get(role).cloned();
    let who = (holder(&plan.assignee), plan.auditor.as_deref().and_then(holder));
    let words = (&plan.title, plan.assignee.as_str(), plan.auditor.clone());
    let row = super::waiting_row(stream, &project, (place, task.0.clone()), words, who, at);
    put(db, super::INSERT_TASKS, "", vec![row]).await
}

/// The tasks as they are from now on: those that go, those that stay under new words, those that come.
async fn follow(
    db: &mut AnyConnection,
    stream: &str,
    (definition, tasks): (&Definition, &[TaskId]),
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    let rows = sqlx::query("SELECT task FROM board_tasks WHERE stream = $1 ORDER BY place");
    let mut known: BTreeSet<String> = BTreeSet::new();
    for row in rows.bind(stream.to_owned()).fetch_all(&mut *db).await? {
        known.insert(row.try_get("task")?);
    }
    let stays: BTreeSet<&str> = tasks.iter().map(TaskId::as_str).collect();
    for gone in known.iter().filter(|task| !stays.contains(task.as_str())) {
        let delete = sqlx::query("DELETE FROM board_tasks WHERE stream = $1 AND task = $2");
        delete.bind(stream.to_owned()).bind(gone.clone()).execute(&mut *db).await?;
    }
    let holders = period::holders(db, stream).await?;
    for (place, task) in (1i64..).zip(tasks) {
        let Some(plan) = definition.tasks().find(|plan| plan.id == task.plan_id()) else { continue };
        if known.contains(task.as_str()) {
            rename(db, stream, (place, task), plan, &holders).await?;
        } else {
            insert(db, stream, (place, task), plan, at).await?;
        }
    }
    Ok(())
}

async fn rename(
    db: &mut AnyConnection,
    stream: &str,
    (place, task): (i64, &TaskId),
    plan: &Task,
    holders: &BTreeMap<String, String>,
) -> Result<(), sqlx::Error> {
    let update = sqlx::query(
        "UPDATE board_tasks SET place = $1, title = $2, assignee_role = $3, assignee = $4,
            auditor_role = $5, auditor = $6
         WHERE stream = $7 AND task = $8",
    );
    let auditor = plan.auditor.as_ref().and_then(|role| holders.get(role).cloned());
    let update = update.bind(place).bind(json(&plan.title)).bind(plan.assignee.clone());
    let update = update.bind(holders.get(&plan.assignee).cloned()).bind(plan.auditor.clone()).bind(auditor);
    update.bind(stream.to_owned()).bind(task.0.clone()).execute(db).await?;
    Ok(())
}
