//! Board: per project its tasks, how far each is, and who holds the ball.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use engine::domain::definition::{Months, Text};
use engine::domain::money::Money;
use engine::domain::project::set_priority::Priority;
use engine::domain::project::{ProjectEvent, Status};
use engine::domain::{ClientId, PersonId, ProjectId, Round, TaskId, Timestamp};
use engine::store::{Projection, ProjectionError, Store, StoredEvent};
use serde::Serialize;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

mod ball;
mod detail;
mod due;
mod order;
mod payment;
mod period;
mod promise;
mod recent;
mod turn;

pub use ball::Ball;
pub use payment::{BoardPayment, payments};
pub use period::BoardPeriod;
pub use promise::{BoardPromise, promises};
pub use recent::Recent;

use crate::ReadError;
use crate::rows::{Cell, count, from_json, instant, json, maybe_instant, put};

/// The read model.
pub struct Board;

const TABLES: &[&str] = &[
    // One row: one project as the board shows it.
    "CREATE TABLE IF NOT EXISTS board_projects (
        stream TEXT NOT NULL PRIMARY KEY,
        project TEXT NOT NULL,
        client TEXT NOT NULL,
        service TEXT NOT NULL,
        title TEXT NOT NULL,
        completed BIGINT NOT NULL,
        price_minor BIGINT,
        price_currency TEXT,
        opened_at BIGINT NOT NULL
    )",
    // One row: one task of a project, `place` from 1 in the order of the template.
    "CREATE TABLE IF NOT EXISTS board_tasks (
        stream TEXT NOT NULL,
        task TEXT NOT NULL,
        project TEXT NOT NULL,
        place BIGINT NOT NULL,
        title TEXT NOT NULL,
        status TEXT NOT NULL,
        round BIGINT NOT NULL,
        ball TEXT NOT NULL,
        assignee_role TEXT NOT NULL,
        assignee TEXT,
        auditor_role TEXT,
        auditor TEXT,
        due BIGINT,
        since BIGINT NOT NULL,
        priority TEXT NOT NULL,
        PRIMARY KEY (stream, task)
    )",
    period::TABLES[0],
    period::TABLES[1],
    period::TABLES[2],
    payment::TABLE,
    promise::TABLE,
];

/// A project on the board.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BoardProject {
    pub project: ProjectId,
    pub client: ClientId,
    pub service: String,
    pub title: Text,
    pub completed: bool,
    pub price: Option<Money>,
    pub opened: Timestamp,
    /// Its tasks in the order of the template.
    pub tasks: Vec<BoardTask>,
    /// Empty unless the service repeats.
    pub periods: Vec<BoardPeriod>,
    pub payments: Vec<BoardPayment>,
    /// Who holds which role in it (SC-35).
    pub roles: BTreeMap<String, PersonId>,
}

impl BoardProject {
    /// The first task that is not over; `None` when all are.
    pub fn current(&self) -> Option<&BoardTask> {
        self.tasks.iter().find(|task| !task.status.is_over())
    }

    /// Who leads it.
    pub fn pm(&self) -> Option<&PersonId> {
        self.roles.get("pm")
    }

    /// Whether a person holds any role in it.
    pub fn has(&self, person: &str) -> bool {
        self.roles.values().any(|holder| holder.as_str() == person)
    }

    /// The payment that comes next: the first one that is neither paid nor given up.
    pub fn open_payment(&self) -> Option<&BoardPayment> {
        self.payments.iter().find(|payment| payment.is_open())
    }

    /// Roles that nobody holds, of tasks that are not over.
    pub fn unassigned(&self) -> BTreeSet<&str> {
        let ahead = self.tasks.iter().filter(|task| !task.status.is_over());
        let roles = ahead.flat_map(|task| {
            let work = task.assignee.is_none().then_some(task.assignee_role.as_str());
            let check = task.auditor_role.as_deref().filter(|_| task.auditor.is_none());
            work.into_iter().chain(check)
        });
        roles.collect()
    }
}

/// A task on the board.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BoardTask {
    pub project: ProjectId,
    pub task: TaskId,
    /// From 1, in the order of the template.
    pub place: u32,
    pub title: Text,
    #[serde(serialize_with = "in_words")]
    pub status: Status,
    pub round: Round,
    pub ball: Ball,
    pub assignee_role: String,
    pub assignee: Option<PersonId>,
    pub auditor_role: Option<String>,
    pub auditor: Option<PersonId>,
    pub due: Option<Timestamp>,
    /// Since when it has this status.
    pub since: Timestamp,
    pub priority: Priority,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn in_words<S: serde::Serializer>(status: &Status, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(status.word())
}

/// All projects with their tasks, in the order in which they were opened.
pub async fn projects(store: &Store) -> Result<Vec<BoardProject>, ReadError> {
    let rows = sqlx::query(
        "SELECT project, task, place, title, status, round, assignee_role, assignee, auditor_role,
                auditor, due, since, priority
         FROM board_tasks ORDER BY project, place",
    );
    let mut tasks: BTreeMap<ProjectId, Vec<BoardTask>> = BTreeMap::new();
    for row in rows.fetch_all(store.reads()).await? {
        let task = read_task(&row)?;
        tasks.entry(task.project.clone()).or_default().push(task);
    }
    let mut periods = period::all(store, None).await?;
    let mut payments = payment::by_project(store, None).await?;
    let mut roles = period::roles(store, None).await?;
    let rows = sqlx::query(
        "SELECT project, client, service, title, completed, price_minor, price_currency, opened_at
         FROM board_projects ORDER BY opened_at, project",
    );
    let rows = rows.fetch_all(store.reads()).await?;
    rows.iter()
        .map(|row| {
            let mut project = read_project(row)?;
            project.tasks = tasks.remove(&project.project).unwrap_or_default();
            project.periods = periods.remove(&project.project).unwrap_or_default();
            project.payments = payments.remove(&project.project).unwrap_or_default();
            project.roles = roles.remove(&project.project).unwrap_or_default();
            Ok(project)
        })
        .collect()
}

/// One project with its tasks.
pub async fn project(store: &Store, project: &ProjectId) -> Result<Option<BoardProject>, ReadError> {
    let stream = project.stream().to_string();
    let row = sqlx::query(
        "SELECT project, client, service, title, completed, price_minor, price_currency, opened_at
         FROM board_projects WHERE stream = $1",
    );
    let Some(row) = row.bind(stream.clone()).fetch_optional(store.reads()).await? else {
        return Ok(None);
    };
    let rows = sqlx::query(
        "SELECT project, task, place, title, status, round, assignee_role, assignee, auditor_role,
                auditor, due, since, priority
         FROM board_tasks WHERE stream = $1 ORDER BY place",
    );
    let rows = rows.bind(stream).fetch_all(store.reads()).await?;
    let mut found = read_project(&row)?;
    found.tasks = rows.iter().map(read_task).collect::<Result<_, _>>()?;
    found.periods = period::all(store, Some(project)).await?.remove(project).unwrap_or_default();
    found.payments = payment::by_project(store, Some(project)).await?.remove(project).unwrap_or_default();
    found.roles = period::roles(store, Some(project)).await?.remove(project).unwrap_or_default();
    Ok(Some(found))
}

#[async_trait]
impl Projection for Board {
    fn name(&self) -> &'static str {
        "board"
    }

    fn version(&self) -> i64 {
        4
    }

    fn tables(&self) -> &'static [&'static str] {
        TABLES
    }

    fn table_names(&self) -> &'static [&'static str] {
        &[
            "board_projects",
            "board_tasks",
            "board_periods",
            "board_rounds",
            "board_roles",
            "board_payments",
            "board_promises",
        ]
    }

    async fn apply(&self, db: &mut AnyConnection, events: &[StoredEvent]) -> Result<(), ProjectionError> {
        let mut news = News::default();
        let ours =
            events.iter().filter(|event| event.aggregate == "project" && !detail::is_detail(&event.kind));
        for event in ours {
            let fact = event.fact::<ProjectEvent>()?;
            news.note(&event.stream.to_string(), &fact.event, fact.at);
        }
        news.save(db).await?;
        Ok(())
    }
}

/// What a batch of facts changes, one entry per row, so that it takes a statement per kind of change.
#[derive(Default)]
struct News {
    projects: Vec<Vec<Cell>>,
    tasks: Vec<Vec<Cell>>,
    /// Stream and task.
    moves: BTreeMap<(String, String), Move>,
    /// Stream and role.
    holders: BTreeMap<(String, String), PersonId>,
    completed: BTreeSet<String>,
    /// Streams whose open tasks were cancelled with the project, and when.
    closed: BTreeMap<String, Timestamp>,
    /// Facts about money, each with its stream, in their order.
    money: Vec<(String, ProjectEvent)>,
    periods: period::Periods,
    /// Facts about which tasks there are, each with its stream, in their order.
    order: Vec<(String, ProjectEvent, Timestamp)>,
    dues: due::Dues,
    /// Stream and task.
    priorities: BTreeMap<(String, String), Priority>,
    promises: promise::Promises,
}

/// What becomes of a task; a round that is `None` stays.
struct Move {
    status: Status,
    since: Timestamp,
    round: Option<Round>,
    due: Due,
}

/// What becomes of the day a task is due.
#[derive(Clone, Copy)]
enum Due {
    Stays,
    Is(Option<Timestamp>),
}

impl News {
    fn note(&mut self, stream: &str, event: &ProjectEvent, at: Timestamp) {
        match event {
            ProjectEvent::TaskReady { .. }
            | ProjectEvent::TaskUnreadied { .. }
            | ProjectEvent::TaskStarted { .. }
            | ProjectEvent::TaskResumed { .. }
            | ProjectEvent::TaskPaused { .. }
            | ProjectEvent::TaskSubmitted { .. }
            | ProjectEvent::ApprovalAsked { .. }
            | ProjectEvent::TaskReturned { .. }
            | ProjectEvent::TaskSentBack { .. }
            | ProjectEvent::DecisionUndone { .. }
            | ProjectEvent::TaskCompleted { .. }
            | ProjectEvent::TaskCancelled { .. } => self.turn(stream, event, at),
            ProjectEvent::DueMoved { task, due } | ProjectEvent::DueSet { task, due, .. } => {
                self.dues.note(stream, task, *due, &mut self.moves);
            }
            ProjectEvent::PrioritySet { task, priority } => {
                self.priorities.insert((stream.to_owned(), task.0.clone()), *priority);
            }
            ProjectEvent::ProjectOpened { .. } => self.open(stream, event, at),
            ProjectEvent::RoleAssigned { role, person } => {
                self.holders.insert((stream.to_owned(), role.clone()), person.clone());
            }
            ProjectEvent::ProjectCompleted => self.over(stream, None),
            ProjectEvent::FieldSet { .. }
            | ProjectEvent::FieldCleared { .. }
            | ProjectEvent::ItemTicked { .. }
            | ProjectEvent::ButtonPressed { .. }
            | ProjectEvent::GateConfirmed { .. }
            | ProjectEvent::TaskAccepted { .. }
            | ProjectEvent::TaskApproved { .. }
            | ProjectEvent::RemarkAdded { .. }
            | ProjectEvent::RemarksClosed { .. }
            | ProjectEvent::ReminderSent { .. }
            | ProjectEvent::TaskOverdue { .. }
            | ProjectEvent::TaskUnaccepted { .. }
            | ProjectEvent::SilencePutOff { .. }
            | ProjectEvent::TaskDeclined { .. }
            | ProjectEvent::ApprovalDeemed { .. }
            | ProjectEvent::Commented { .. }
            | ProjectEvent::TimeAdded { .. }
            | ProjectEvent::TimeCancelled { .. }
            | ProjectEvent::PromiseMissed { .. }
            | ProjectEvent::ProjectPaused { .. }
            | ProjectEvent::ProjectResumed
            | ProjectEvent::PeriodAnnounced { .. }
            | ProjectEvent::DecisionSettled { .. }
            | ProjectEvent::FormSent { .. }
            | ProjectEvent::FormReceived { .. }
            | ProjectEvent::RulesSent { .. }
            | ProjectEvent::RulesAcknowledged { .. }
            | ProjectEvent::SalesPromised { .. }
            | ProjectEvent::HandoffAccepted
            | ProjectEvent::HandoffReturned { .. }
            | ProjectEvent::AccessAsked { .. }
            | ProjectEvent::AccessReceived { .. }
            | ProjectEvent::AccessViewed { .. }
            | ProjectEvent::AccessesPurged { .. }
            | ProjectEvent::HelpAsked { .. }
            | ProjectEvent::ExpenseBooked { .. }
            | ProjectEvent::GateOverridden { .. }
            | ProjectEvent::AuditOverridden { .. } => {}
            ProjectEvent::NextStepPromised { .. } | ProjectEvent::PromiseKept { .. } => {
                self.promises.note(stream, event);
            }
            ProjectEvent::ProjectClosed { .. } => self.over(stream, Some(at)),
            ProjectEvent::TaskInserted { .. } | ProjectEvent::DefinitionChanged { .. } => {
                self.order.push((stream.to_owned(), event.clone(), at));
            }
            ProjectEvent::PeriodOpened { .. } | ProjectEvent::PeriodBegan { .. } => {
                self.periods.note(stream, event, at);
            }
            ProjectEvent::PriceSet { .. }
            | ProjectEvent::PaymentExpected { .. }
            | ProjectEvent::PaymentInvoiced { .. }
            | ProjectEvent::PaymentReceived { .. }
            | ProjectEvent::PaymentCancelled { .. } => self.money.push((stream.to_owned(), event.clone())),
        }
    }

    fn over(&mut self, stream: &str, closed: Option<Timestamp>) {
        self.completed.insert(stream.to_owned());
        self.closed.extend(closed.map(|at| (stream.to_owned(), at)));
    }

    fn open(&mut self, stream: &str, event: &ProjectEvent, at: Timestamp) {
        let ProjectEvent::ProjectOpened { project, client, definition, assigned, price } = event else {
            return;
        };
        self.projects.push(vec![
            stream.into(),
            project.as_str().into(),
            client.as_str().into(),
            definition.service.as_str().into(),
            json(&definition.title).into(),
            false.into(),
            price.as_ref().map(|price| price.minor).into(),
            price.as_ref().map(|price| price.currency.clone()).into(),
            at.into(),
        ]);
        self.periods.open(stream, project, definition, assigned);
        let holder = |role: &str| assigned.get(role).map(|person| person.0.clone());
        let first_round = definition.tasks().filter(|task| task.months != Months::FromSecond);
        for (place, task) in (1i64..).zip(first_round) {
            let who = (holder(&task.assignee), task.auditor.as_deref().and_then(holder));
            let plan = (&task.title, task.assignee.as_str(), task.auditor.clone());
            self.tasks.push(waiting_row(stream, project.as_str(), (place, task.id.clone()), plan, who, at));
        }
    }

    async fn save(self, db: &mut AnyConnection) -> Result<(), sqlx::Error> {
        put(
            db,
            "INSERT INTO board_projects (stream, project, client, service, title, completed, price_minor,
                price_currency, opened_at) VALUES",
            "",
            self.projects,
        )
        .await?;
        put(db, INSERT_TASKS, "", self.tasks).await?;
        let mut periods = self.periods;
        periods.save_new(db).await?;
        save_holders(db, self.holders).await?;
        periods.save(db).await?;
        for (stream, event, at) in &self.order {
            order::save(db, stream, event, *at).await?;
        }
        self.dues.save(db).await?;
        self.promises.save(db).await?;
        due::save_priorities(db, self.priorities).await?;
        save_moves(db, self.moves).await?;
        for (stream, event) in &self.money {
            payment::save(db, stream, event).await?;
        }
        for (stream, at) in self.closed {
            save_closed(db, stream, at).await?;
        }
        for stream in self.completed {
            let update = sqlx::query("UPDATE board_projects SET completed = 1 WHERE stream = $1");
            update.bind(stream).execute(&mut *db).await?;
        }
        Ok(())
    }
}

const INSERT_TASKS: &str =
    "INSERT INTO board_tasks (stream, task, project, place, title, status, round, ball,
                assignee_role, assignee, auditor_role, auditor, due, since, priority) VALUES";

/// A task whose turn has not come: its place and id, its plan (title, assignee's and auditor's role), who holds those.
fn waiting_row(
    stream: &str,
    project: &str,
    (place, task): (i64, String),
    (title, assignee_role, auditor_role): (&Text, &str, Option<String>),
    (assignee, auditor): (Option<String>, Option<String>),
    at: Timestamp,
) -> Vec<Cell> {
    vec![
        stream.into(),
        task.into(),
        project.into(),
        place.into(),
        json(title).into(),
        Status::Waiting.word().into(),
        1i64.into(),
        Ball::of(Status::Waiting).word().into(),
        assignee_role.into(),
        assignee.into(),
        auditor_role.into(),
        auditor.into(),
        None::<i64>.into(),
        at.into(),
        Priority::default().word().into(),
    ]
}

/// What was not over when the project was closed is cancelled with it.
async fn save_closed(db: &mut AnyConnection, stream: String, at: Timestamp) -> Result<(), sqlx::Error> {
    let update = sqlx::query(
        "UPDATE board_tasks SET status = 'cancelled', ball = 'nobody', since = $1
         WHERE stream = $2 AND status NOT IN ('completed', 'cancelled')",
    );
    update.bind(at.timestamp_micros()).bind(stream).execute(db).await?;
    Ok(())
}

async fn save_moves(
    db: &mut AnyConnection,
    moves: BTreeMap<(String, String), Move>,
) -> Result<(), sqlx::Error> {
    let rows = moves.into_iter().map(|((stream, task), to)| {
        let (sets_due, due) = match to.due {
            Due::Stays => (false, None),
            Due::Is(due) => (true, due),
        };
        vec![
            stream.into(),
            task.into(),
            to.status.word().into(),
            Ball::of(to.status).word().into(),
            to.since.into(),
            to.round.map(i64::from).into(),
            sets_due.into(),
            due.into(),
        ]
    });
    put(
        db,
        "WITH moved (stream, task, status, ball, since, round, sets_due, due) AS (VALUES",
        ") UPDATE board_tasks SET status = moved.status, ball = moved.ball, since = moved.since,
            round = COALESCE(moved.round, board_tasks.round),
            due = CASE WHEN moved.sets_due = 1 THEN moved.due ELSE board_tasks.due END
        FROM moved WHERE board_tasks.stream = moved.stream AND board_tasks.task = moved.task",
        rows.collect(),
    )
    .await
}

async fn save_holders(
    db: &mut AnyConnection,
    holders: BTreeMap<(String, String), PersonId>,
) -> Result<(), sqlx::Error> {
    for ((stream, role), person) in holders {
        period::save_holder(db, &stream, &role, &person).await?;
        let work =
            sqlx::query("UPDATE board_tasks SET assignee = $1 WHERE stream = $2 AND assignee_role = $3");
        work.bind(person.0.clone()).bind(stream.clone()).bind(role.clone()).execute(&mut *db).await?;
        let check =
            sqlx::query("UPDATE board_tasks SET auditor = $1 WHERE stream = $2 AND auditor_role = $3");
        check.bind(person.0).bind(stream).bind(role).execute(&mut *db).await?;
    }
    Ok(())
}

fn read_project(row: &AnyRow) -> Result<BoardProject, ReadError> {
    const TABLE: &str = "board_projects";
    let minor: Option<i64> = row.try_get("price_minor")?;
    let currency: Option<String> = row.try_get("price_currency")?;
    Ok(BoardProject {
        project: ProjectId(row.try_get("project")?),
        client: ClientId(row.try_get("client")?),
        service: row.try_get("service")?,
        title: from_json(row, TABLE, "title")?,
        completed: row.try_get::<i64, _>("completed")? != 0,
        price: minor.zip(currency).map(|(minor, currency)| Money { minor, currency }),
        opened: instant(row, TABLE, "opened_at")?,
        tasks: Vec::new(),
        periods: Vec::new(),
        payments: Vec::new(),
        roles: BTreeMap::new(),
    })
}

fn read_task(row: &AnyRow) -> Result<BoardTask, ReadError> {
    const TABLE: &str = "board_tasks";
    let status = read_status(row.try_get::<&str, _>("status")?)?;
    let person = |column| row.try_get::<Option<String>, _>(column).map(|person| person.map(PersonId));
    Ok(BoardTask {
        project: ProjectId(row.try_get("project")?),
        task: TaskId(row.try_get("task")?),
        place: count(row, TABLE, "place")?,
        title: from_json(row, TABLE, "title")?,
        status,
        round: count(row, TABLE, "round")?,
        ball: Ball::of(status),
        assignee_role: row.try_get("assignee_role")?,
        assignee: person("assignee")?,
        auditor_role: row.try_get("auditor_role")?,
        auditor: person("auditor")?,
        due: maybe_instant(row, TABLE, "due")?,
        since: instant(row, TABLE, "since")?,
        priority: Priority::of(row.try_get::<&str, _>("priority")?).unwrap_or_default(),
    })
}

fn read_status(word: &str) -> Result<Status, ReadError> {
    let all = [
        Status::Waiting,
        Status::Ready,
        Status::InProgress,
        Status::Paused,
        Status::InReview,
        Status::AwaitingApproval,
        Status::Rework,
        Status::Completed,
        Status::Cancelled,
    ];
    all.into_iter()
        .find(|status| status.word() == word)
        .ok_or(ReadError::Broken { table: "board_tasks", reason: format!("{word} is no status") })
}
