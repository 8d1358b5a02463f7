//! Many rows in few statements: rows go in groups of 64, 32, 16 … 1, so that few texts are ever prepared.
//!
//! The largest group stays far below the parameter limits (SQLite 32,766, PostgreSQL 65,535).

use std::sync::OnceLock;

use sqlx::Any;
use sqlx::AnyConnection;
use sqlx::any::AnyArguments;
use sqlx::query::Query;

use super::dialect;

/// How many rows one INSERT has at most: a power of two.
const LARGEST: usize = 64;

/// A query that values are bound to.
pub(crate) type Values = Query<'static, Any, AnyArguments>;

/// An INSERT of rows into one table.
pub(crate) struct Insert {
    /// Up to and including `VALUES`.
    start: &'static str,
    columns: usize,
    /// What follows the rows, such as `ON CONFLICT …`; may be empty.
    end: &'static str,
    /// By the size of the group, for each of the two databases.
    texts: [[OnceLock<String>; 7]; 2],
}

impl Insert {
    pub const fn new(start: &'static str, columns: usize, end: &'static str) -> Self {
        Self { start, columns, end, texts: [const { [const { OnceLock::new() }; 7] }; 2] }
    }

    /// Inserts all rows, in their order.
    pub async fn run<T>(
        &'static self,
        connection: &mut AnyConnection,
        mut rows: &[T],
        bind: impl Fn(Values, &T) -> Values,
    ) -> Result<(), sqlx::Error> {
        while !rows.is_empty() {
            let count = LARGEST.min(1 << rows.len().ilog2());
            let (now, later) = rows.split_at(count);
            let query = now.iter().fold(sqlx::query(self.text(connection, count)), &bind);
            // There are no rows to come: asking for one spares the wait for the end of the answer.
            query.fetch_optional(&mut *connection).await?;
            rows = later;
        }
        Ok(())
    }

    fn text(&'static self, connection: &AnyConnection, count: usize) -> &'static str {
        let texts = &self.texts[usize::from(connection.backend_name() == "SQLite")];
        texts[count.ilog2() as usize].get_or_init(|| {
            format!("{} {} {}", self.start, groups(connection, count, self.columns), self.end)
        })
    }
}

/// `($1, $2), ($3, $4)` for two rows of two, to which the values are bound in this order.
pub fn groups(connection: &AnyConnection, rows: usize, width: usize) -> String {
    grouped(rows, width, |number| dialect::parameter(connection, number))
}

fn grouped(rows: usize, width: usize, parameter: impl Fn(usize) -> String) -> String {
    let row = |row: usize| {
        let values: Vec<_> = (1..=width).map(|column| parameter(row * width + column)).collect();
        format!("({})", values.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
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
        assert_eq!(grouped(2, 2, |number| format!("${number}")), "($1, $2), ($3, $4)");
        assert_eq!(grouped(2, 2, |_| "?".to_owned()), "(?, ?), (?, ?)");
        assert_eq!(placeholders(3, 3), "$3, $4, $5");
    }
}
