//! Many rows in few statements: rows go in groups of 64, 32, 16 … 1, so that few texts are ever prepared.
//!
//! The largest group stays far below the parameter limits (SQLite 32,766, PostgreSQL 65,535).

use std::sync::OnceLock;

use sqlx::Any;
use sqlx::AnyConnection;
use sqlx::any::AnyArguments;
use sqlx::query::Query;

use super::dialect;

/// A query that values are bound to.
pub(crate) type Values = Query<'static, Any, AnyArguments>;

/// An INSERT of rows into one table.
pub(crate) struct Insert {
    /// Up to and including `VALUES`.
    start: &'static str,
    columns: usize,
    /// What follows the rows, such as `ON CONFLICT …`; may be empty.
    end: &'static str,
    texts: [OnceLock<String>; 7],
}

impl Insert {
    pub const fn new(start: &'static str, columns: usize, end: &'static str) -> Self {
        Self { start, columns, end, texts: [const { OnceLock::new() }; 7] }
    }

    /// Inserts all rows, in their order.
    pub async fn run<T>(
        &'static self,
        connection: &mut AnyConnection,
        mut rows: &[T],
        bind: impl Fn(Values, &T) -> Values,
    ) -> Result<(), sqlx::Error> {
        let largest = dialect::rows_at_once(connection);
        while !rows.is_empty() {
            let count = largest.min(1 << rows.len().ilog2());
            let (now, later) = rows.split_at(count);
            let query = now.iter().fold(sqlx::query(self.text(count)), &bind);
            // There are no rows to come: asking for one spares the wait for the end of the answer.
            query.fetch_optional(&mut *connection).await?;
            rows = later;
        }
        Ok(())
    }

    fn text(&'static self, count: usize) -> &'static str {
        self.texts[count.ilog2() as usize].get_or_init(|| {
            let row = |row: usize| format!("({})", placeholders(row * self.columns + 1, self.columns));
            let rows: Vec<_> = (0..count).map(row).collect();
            format!("{} {} {}", self.start, rows.join(", "), self.end)
        })
    }
}

/// `$3, $4, $5` for `first` 3 and `count` 3.
pub(crate) fn placeholders(first: usize, count: usize) -> String {
    let numbered: Vec<_> = (first..first + count).map(|number| format!("${number}")).collect();
    numbered.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_gets_its_own_placeholders() {
        static TWO: Insert = Insert::new("INSERT INTO t (a, b) VALUES", 2, "ON CONFLICT (a) DO NOTHING");
        assert_eq!(TWO.text(2), "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT (a) DO NOTHING");
    }
}
