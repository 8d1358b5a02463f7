//! Payments on the board: what is owed, invoiced and in, over all projects.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use engine::domain::money::Money;
use engine::domain::project::{PaymentState, ProjectEvent};
use engine::domain::{PaymentId, ProjectId, TaskId};
use engine::store::Store;
use serde::Serialize;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::ReadError;
use crate::rows::of;

/// One row: one payment of a project; `due` is what the invoice says, before it what the template expects.
/// `place` keeps the order in which they came. Amounts in minor units, days as `2026-12-09`.
pub(super) const TABLE: &str = "CREATE TABLE IF NOT EXISTS board_payments (
        stream TEXT NOT NULL,
        payment TEXT NOT NULL,
        project TEXT NOT NULL,
        place BIGINT NOT NULL,
        task TEXT,
        due_minor BIGINT,
        received_minor BIGINT,
        currency TEXT,
        number TEXT,
        invoiced_on TEXT,
        paid_on TEXT,
        cancelled BIGINT NOT NULL,
        PRIMARY KEY (stream, payment)
    )";

/// A payment on the board.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BoardPayment {
    pub project: ProjectId,
    /// The number of the period that it pays for, or the id of its task.
    pub payment: PaymentId,
    #[serde(serialize_with = "in_words")]
    pub state: PaymentState,
    pub task: Option<TaskId>,
    pub due: Option<Money>,
    /// `None` if nothing ever came.
    pub received: Option<Money>,
    /// The number of the invoice.
    pub invoice: Option<String>,
    pub invoiced_on: Option<NaiveDate>,
    /// The day of the latest money.
    pub paid_on: Option<NaiveDate>,
}

impl BoardPayment {
    /// Something is still waited for.
    pub fn is_open(&self) -> bool {
        match self.state {
            PaymentState::NotInvoiced | PaymentState::Invoiced | PaymentState::PartlyPaid => true,
            PaymentState::Paid | PaymentState::Cancelled => false,
        }
    }

    /// What is still to be paid; less than nothing when too much came in.
    pub fn open_amount(&self) -> Option<Money> {
        let due = self.due.as_ref()?;
        self.received.as_ref().map_or_else(|| Some(due.clone()), |received| due.minus(received))
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn in_words<S: serde::Serializer>(state: &PaymentState, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(state.word())
}

/// All payments, by project in the order in which they came.
pub async fn payments(store: &Store) -> Result<Vec<BoardPayment>, ReadError> {
    read_payments(store, None).await
}

async fn read_payments(store: &Store, only: Option<&ProjectId>) -> Result<Vec<BoardPayment>, ReadError> {
    let all =
        "SELECT project, payment, task, due_minor, received_minor, currency, number, invoiced_on, paid_on,
                      cancelled
               FROM board_payments ORDER BY project, place";
    let one =
        "SELECT project, payment, task, due_minor, received_minor, currency, number, invoiced_on, paid_on,
                      cancelled
               FROM board_payments WHERE stream = $1 ORDER BY place";
    of(only, all, one).fetch_all(store.reads()).await?.iter().map(read).collect()
}

/// The payments of one project, or of all.
pub(super) async fn by_project(
    store: &Store,
    only: Option<&ProjectId>,
) -> Result<BTreeMap<ProjectId, Vec<BoardPayment>>, ReadError> {
    let mut found: BTreeMap<ProjectId, Vec<BoardPayment>> = BTreeMap::new();
    for payment in read_payments(store, only).await? {
        found.entry(payment.project.clone()).or_default().push(payment);
    }
    Ok(found)
}

fn read(row: &AnyRow) -> Result<BoardPayment, ReadError> {
    const NAME: &str = "board_payments";
    let currency: Option<String> = row.try_get("currency")?;
    let money =
        |minor: Option<i64>| minor.zip(currency.clone()).map(|(minor, currency)| Money { minor, currency });
    let (due, received): (Option<i64>, Option<i64>) =
        (row.try_get("due_minor")?, row.try_get("received_minor")?);
    let invoice: Option<String> = row.try_get("number")?;
    let is_cancelled = row.try_get::<i64, _>("cancelled")? != 0;
    Ok(BoardPayment {
        project: ProjectId(row.try_get("project")?),
        payment: PaymentId(row.try_get("payment")?),
        state: PaymentState::of(due, received, invoice.is_some(), is_cancelled),
        task: row.try_get::<Option<String>, _>("task")?.map(TaskId),
        due: money(due),
        received: money(received),
        invoice,
        invoiced_on: maybe_day(row, NAME, "invoiced_on")?,
        paid_on: maybe_day(row, NAME, "paid_on")?,
    })
}

/// A column of a day that may be empty.
pub(super) fn maybe_day(
    row: &AnyRow,
    table: &'static str,
    column: &'static str,
) -> Result<Option<NaiveDate>, ReadError> {
    let text: Option<String> = row.try_get(column)?;
    let day = text.map(|text| text.parse().map_err(|_| text)).transpose();
    day.map_err(|text| ReadError::Broken { table, reason: format!("{column} is no day: {text}") })
}

/// What one fact changes.
pub(super) async fn save(
    db: &mut AnyConnection,
    stream: &str,
    event: &ProjectEvent,
) -> Result<(), sqlx::Error> {
    if let ProjectEvent::PaymentExpected { payment, amount, task } = event {
        return expect(db, stream, payment, amount.as_ref(), task.as_ref()).await;
    }
    if let ProjectEvent::PaymentInvoiced { payment, number, amount, date, .. } = event {
        let update = sqlx::query(
            "UPDATE board_payments SET number = $1, invoiced_on = $2, due_minor = COALESCE($3, due_minor),
                currency = COALESCE($4, currency)
             WHERE stream = $5 AND payment = $6",
        );
        let update = update.bind(number.clone()).bind(date.to_string());
        let update = update.bind(amount.as_ref().map(|amount| amount.minor));
        let update = update.bind(amount.as_ref().map(|amount| amount.currency.clone()));
        update.bind(stream.to_owned()).bind(payment.0.clone()).execute(db).await?;
    } else if let ProjectEvent::PaymentReceived { payment, amount, on, .. } = event {
        let update = sqlx::query(
            "UPDATE board_payments SET received_minor = COALESCE(received_minor, 0) + $1, paid_on = $2,
                currency = COALESCE(currency, $3)
             WHERE stream = $4 AND payment = $5",
        );
        let update = update.bind(amount.minor).bind(on.to_string()).bind(amount.currency.clone());
        update.bind(stream.to_owned()).bind(payment.0.clone()).execute(db).await?;
    } else if let ProjectEvent::PaymentCancelled { payment, .. } = event {
        let update =
            sqlx::query("UPDATE board_payments SET cancelled = 1 WHERE stream = $1 AND payment = $2");
        update.bind(stream.to_owned()).bind(payment.0.clone()).execute(db).await?;
    } else if let ProjectEvent::PriceSet { price, .. } = event {
        let update =
            sqlx::query("UPDATE board_projects SET price_minor = $1, price_currency = $2 WHERE stream = $3");
        let update = update.bind(price.as_ref().map(|price| price.minor));
        let update = update.bind(price.as_ref().map(|price| price.currency.clone()));
        update.bind(stream.to_owned()).execute(db).await?;
    }
    Ok(())
}

async fn expect(
    db: &mut AnyConnection,
    stream: &str,
    payment: &PaymentId,
    amount: Option<&Money>,
    task: Option<&TaskId>,
) -> Result<(), sqlx::Error> {
    let insert = sqlx::query(
        "INSERT INTO board_payments (stream, payment, project, place, task, due_minor, currency, cancelled)
         SELECT $1, $2, project,
                (SELECT COUNT(*) FROM board_payments AS earlier WHERE earlier.stream = $1) + 1, $3,
                CAST($4 AS BIGINT), $5, 0
         FROM board_projects WHERE stream = $1
         ON CONFLICT (stream, payment) DO UPDATE SET task = excluded.task, due_minor = excluded.due_minor,
             currency = excluded.currency",
    );
    let insert = insert.bind(stream.to_owned()).bind(payment.0.clone());
    let insert = insert.bind(task.map(|task| task.0.clone())).bind(amount.map(|amount| amount.minor));
    insert.bind(amount.map(|amount| amount.currency.clone())).execute(db).await?;
    Ok(())
}
