//! Periods on the board: from which to which day each goes, and the tasks that it brings.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use engine::domain::definition::{Definition, Months, Text};
use engine::domain::project::ProjectEvent;
use engine::domain::{PersonId, ProjectId, TaskId, Timestamp};
use engine::store::Store;
use serde::{Deserialize, Serialize};
use sqlx::{AnyConnection, Row};

use super::payment::maybe_day;
use crate::ReadError;
use crate::rows::{Cell, count, json, of, put};

pub(super) const TABLES: [&str; 3] = [
    // One row: one period of a project; days as `2026-12-09`, empty while they are not known.
    "CREATE TABLE IF NOT EXISTS board_periods (
        stream TEXT NOT NULL,
        period BIGINT NOT NULL,
        project TEXT NOT NULL,
        first_day TEXT,
        last_day TEXT,
        PRIMARY KEY (stream, period)
    )",
    // One row: the tasks that each later period of a project brings, as JSON.
    "CREATE TABLE IF NOT EXISTS board_rounds (
        stream TEXT NOT NULL PRIMARY KEY,
        project TEXT NOT NULL,
        tasks TEXT NOT NULL
    )",
    // One row: who holds a role in a project.
    "CREATE TABLE IF NOT EXISTS board_roles (
        stream TEXT NOT NULL,
        role TEXT NOT NULL,
        person TEXT NOT NULL,
        PRIMARY KEY (stream, role)
    )",
];

/// A period on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BoardPeriod {
    /// From 1.
    pub period: u32,
    /// First and last day, as soon as they are known.
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

/// A task of later periods, as the template has it.
#[derive(Serialize, Deserialize)]
struct Planned {
    task: String,
    title: Text,
    assignee: String,
    auditor: Option<String>,
}

/// What facts say about periods, in their order.
#[derive(Default)]
pub(super) struct Periods {
    rows: Vec<Vec<Cell>>,
    rounds: Vec<Vec<Cell>>,
    roles: Vec<Vec<Cell>>,
    opened: Vec<(String, u32, Timestamp)>,
    began: Vec<(String, u32, NaiveDate, NaiveDate)>,
}

impl Periods {
    pub(super) fn open(
        &mut self,
        stream: &str,
        project: &ProjectId,
        definition: &Definition,
        assigned: &BTreeMap<String, PersonId>,
    ) {
        for (role, person) in assigned {
            self.roles.push(vec![stream.into(), role.as_str().into(), person.as_str().into()]);
        }
        let later = later(definition);
        if definition.repeats.is_none() || later.is_empty() {
            return;
        }
        let none = || None::<String>.into();
        self.rows.push(vec![stream.into(), 1i64.into(), project.as_str().into(), none(), none()]);
        self.rounds.push(vec![stream.into(), project.as_str().into(), json(&later).into()]);
    }

    pub(super) fn note(&mut self, stream: &str, event: &ProjectEvent, at: Timestamp) {
        if let ProjectEvent::PeriodOpened { period, .. } = event {
            self.opened.push((stream.to_owned(), *period, at));
        }
        if let ProjectEvent::PeriodBegan { period, from, until } = event {
            self.began.push((stream.to_owned(), *period, *from, *until));
        }
    }

    /// Roles first, so that the tasks of a period are given to who holds them at the end of the batch.
    pub(super) async fn save_new(&mut self, db: &mut AnyConnection) -> Result<(), sqlx::Error> {
        let rows = std::mem::take(&mut self.rows);
        let head = "INSERT INTO board_periods (stream, period, project, first_day, last_day) VALUES";
        put(db, head, "", rows).await?;
        let rounds = std::mem::take(&mut self.rounds);
        put(db, "INSERT INTO board_rounds (stream, project, tasks) VALUES", "", rounds).await?;
        let roles = std::mem::take(&mut self.roles);
        put(db, "INSERT INTO board_roles (stream, role, person) VALUES", "", roles).await
    }

    pub(super) async fn save(self, db: &mut AnyConnection) -> Result<(), sqlx::Error> {
        for (stream, period, at) in self.opened {
            save_opened(db, &stream, period, at).await?;
        }
        for (stream, period, from, until) in self.began {
            let update = sqlx::query(
                "UPDATE board_periods SET first_day = $1, last_day = $2 WHERE stream = $3 AND period = $4",
            );
            let update = update.bind(from.to_string()).bind(until.to_string());
            update.bind(stream).bind(i64::from(period)).execute(&mut *db).await?;
        }
        Ok(())
    }
}

/// The tasks that later periods bring.
fn later(definition: &Definition) -> Vec<Planned> {
    let later = definition.tasks().filter(|task| task.months != Months::First);
    let later = later.map(|task| Planned {
        task: task.id.clone(),
        title: task.title.clone(),
        assignee: task.assignee.clone(),
        auditor: task.auditor.clone(),
    });
    later.collect()
}

/// Later periods bring what another version of the template says.
pub(super) async fn plan_rounds(
    db: &mut AnyConnection,
    stream: &str,
    definition: &Definition,
) -> Result<(), sqlx::Error> {
    let update = sqlx::query("UPDATE board_rounds SET tasks = $1 WHERE stream = $2");
    update.bind(json(&later(definition))).bind(stream.to_owned()).execute(db).await?;
    Ok(())
}

/// Who holds each role of a project.
pub(super) async fn holders(
    db: &mut AnyConnection,
    stream: &str,
) -> Result<BTreeMap<String, String>, sqlx::Error> {
    let roles = sqlx::query("SELECT role, person FROM board_roles WHERE stream = $1 ORDER BY role");
    let mut holders: BTreeMap<String, String> = BTreeMap::new();
    for row in roles.bind(stream.to_owned()).fetch_all(db).await? {
        holders.insert(row.try_get("role")?, row.try_get("person")?);
    }
    Ok(holders)
}

/// Everybody who holds a role, by project; of one project or of all.
pub(super) async fn roles(
    store: &Store,
    only: Option<&ProjectId>,
) -> Result<BTreeMap<ProjectId, BTreeMap<String, PersonId>>, ReadError> {
    let all = "SELECT project, role, person FROM board_roles
               JOIN board_projects ON board_projects.stream = board_roles.stream";
    let one = "SELECT project, role, person FROM board_roles
               JOIN board_projects ON board_projects.stream = board_roles.stream WHERE board_roles.stream = $1";
    let rows = of(only, all, one);
    let mut roles: BTreeMap<ProjectId, BTreeMap<String, PersonId>> = BTreeMap::new();
    for row in rows.fetch_all(store.reads()).await? {
        let project = ProjectId(row.try_get("project")?);
        let holder = PersonId(row.try_get("person")?);
        roles.entry(project).or_default().insert(row.try_get("role")?, holder);
    }
    Ok(roles)
}

/// Somebody else holds a role from now on.
pub(super) async fn save_holder(
    db: &mut AnyConnection,
    stream: &str,
    role: &str,
    person: &PersonId,
) -> Result<(), sqlx::Error> {
    let upsert = sqlx::query(
        "INSERT INTO board_roles (stream, role, person) VALUES ($1, $2, $3)
         ON CONFLICT (stream, role) DO UPDATE SET person = excluded.person",
    );
    upsert.bind(stream.to_owned()).bind(role.to_owned()).bind(person.0.clone()).execute(db).await?;
    Ok(())
}

async fn save_opened(
    db: &mut AnyConnection,
    stream: &str,
    period: u32,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    let round = sqlx::query("SELECT project, tasks FROM board_rounds WHERE stream = $1");
    let Some(round) = round.bind(stream.to_owned()).fetch_optional(&mut *db).await? else { return Ok(()) };
    let (project, tasks): (String, String) = (round.try_get("project")?, round.try_get("tasks")?);
    let planned: Vec<Planned> = serde_json::from_str(&tasks).unwrap_or_default();
    let row = vec![
        stream.into(),
        i64::from(period).into(),
        project.as_str().into(),
        None::<String>.into(),
        None::<String>.into(),
    ];
    let head = "INSERT INTO board_periods (stream, period, project, first_day, last_day) VALUES";
    put(db, head, "", vec![row]).await?;
    let last = sqlx::query("SELECT CAST(MAX(place) AS BIGINT) AS place FROM board_tasks WHERE stream = $1");
    let last: Option<i64> = last.bind(stream.to_owned()).fetch_one(&mut *db).await?.try_get("place")?;
    let holders = holders(db, stream).await?;
    let holder = |role: &str| holders.get(role).cloned();
    let rows = (last.unwrap_or(0) + 1..).zip(planned).map(|(place, plan)| {
        let id = TaskId::of(&plan.task, period).0;
        let who = (holder(&plan.assignee), plan.auditor.as_deref().and_then(holder));
        super::waiting_row(
            stream,
            &project,
            (place, id),
            (&plan.title, &plan.assignee, plan.auditor),
            who,
            at,
        )
    });
    put(db, super::INSERT_TASKS, "", rows.collect()).await
}

/// The periods of one project, or of all.
pub(super) async fn all(
    store: &Store,
    only: Option<&ProjectId>,
) -> Result<BTreeMap<ProjectId, Vec<BoardPeriod>>, ReadError> {
    let all = "SELECT project, period, first_day, last_day FROM board_periods ORDER BY project, period";
    let one =
        "SELECT project, period, first_day, last_day FROM board_periods WHERE stream = $1 ORDER BY period";
    let rows = of(only, all, one);
    let mut found: BTreeMap<ProjectId, Vec<BoardPeriod>> = BTreeMap::new();
    for row in rows.fetch_all(store.reads()).await? {
        let period = BoardPeriod {
            period: count(&row, "board_periods", "period")?,
            from: maybe_day(&row, "board_periods", "first_day")?,
            until: maybe_day(&row, "board_periods", "last_day")?,
        };
        found.entry(ProjectId(row.try_get("project")?)).or_default().push(period);
    }
    Ok(found)
}
