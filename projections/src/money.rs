//! Money that came and fits no payment yet, a row each time it came (PF-66).

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::NaiveDate;
use engine::domain::ClientId;
use engine::domain::client::ClientEvent;
use engine::domain::money::Money;
use engine::store::{Projection, ProjectionError, Store, StoredEvent};
use sqlx::{AnyConnection, Row};

use crate::ReadError;

/// The read model.
pub struct LooseMoney;

const TABLES: &[&str] = &[
    // `left_minor` fits no payment still; `on_day` is the day on which it came.
    "CREATE TABLE IF NOT EXISTS loose_money (
        stream TEXT NOT NULL,
        number BIGINT NOT NULL,
        currency TEXT NOT NULL,
        amount_minor BIGINT NOT NULL,
        left_minor BIGINT NOT NULL,
        on_day TEXT NOT NULL,
        reference TEXT,
        PRIMARY KEY (stream, number)
    )",
];

/// Money that fits no payment still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loose {
    pub client: ClientId,
    /// From 1 for each client.
    pub number: u32,
    pub amount: Money,
    pub left: Money,
    /// The day on which it came.
    pub on: NaiveDate,
    /// The bank's number of the transfer.
    pub reference: Option<String>,
}

/// All money that fits no payment still, the oldest first; `clients` are all that there are.
pub async fn loose(store: &Store, clients: &[ClientId]) -> Result<Vec<Loose>, ReadError> {
    let rows = sqlx::query(
        "SELECT stream, number, currency, amount_minor, left_minor, on_day, reference FROM loose_money
         WHERE left_minor > 0 ORDER BY on_day, stream, number",
    );
    let rows = rows.fetch_all(store.reads()).await?;
    let known: HashMap<String, &ClientId> =
        clients.iter().map(|client| (client.stream().to_string(), client)).collect();
    let broken = |reason: &str| ReadError::Broken { table: "loose_money", reason: reason.to_owned() };
    let mut found = Vec::new();
    for row in &rows {
        let Some(client) = known.get(&row.try_get::<String, _>("stream")?) else { continue };
        let currency: String = row.try_get("currency")?;
        let money = |minor| Money { minor, currency: currency.clone() };
        let on: String = row.try_get("on_day")?;
        found.push(Loose {
            client: (*client).clone(),
            number: u32::try_from(row.try_get::<i64, _>("number")?).map_err(|_| broken("number"))?,
            amount: money(row.try_get("amount_minor")?),
            left: money(row.try_get("left_minor")?),
            on: on.parse().map_err(|_| broken("on_day"))?,
            reference: row.try_get("reference")?,
        });
    }
    Ok(found)
}

#[async_trait]
impl Projection for LooseMoney {
    fn name(&self) -> &'static str {
        "loose_money"
    }

    fn version(&self) -> i64 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        TABLES
    }

    fn table_names(&self) -> &'static [&'static str] {
        &["loose_money"]
    }

    async fn apply(&self, db: &mut AnyConnection, events: &[StoredEvent]) -> Result<(), ProjectionError> {
        let of_money = ["money_arrived", "money_matched", "money_dismissed"];
        for event in events.iter().filter(|event| of_money.contains(&event.kind.as_str())) {
            follow(db, event).await?;
        }
        Ok(())
    }
}

async fn follow(db: &mut AnyConnection, event: &StoredEvent) -> Result<(), ProjectionError> {
    let fact = event.fact::<ClientEvent>()?.event;
    if let ClientEvent::MoneyArrived { number, amount, on, reference } = fact {
        let sql = "INSERT INTO loose_money
            (stream, number, currency, amount_minor, left_minor, on_day, reference)
            VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let insert = sqlx::query(sql).bind(event.stream.to_string()).bind(i64::from(number));
        let insert = insert
            .bind(amount.currency)
            .bind(amount.minor)
            .bind(amount.minor)
            .bind(on.to_string())
            .bind(reference);
        insert.execute(&mut *db).await?;
        return Ok(());
    }
    if let ClientEvent::MoneyMatched { number, amount, .. }
    | ClientEvent::MoneyDismissed { number, amount, .. } = fact
    {
        let sql = "UPDATE loose_money SET left_minor = left_minor - $3 WHERE stream = $1 AND number = $2";
        let update = sqlx::query(sql).bind(event.stream.to_string()).bind(i64::from(number));
        update.bind(amount.minor).execute(&mut *db).await?;
    }
    Ok(())
}
