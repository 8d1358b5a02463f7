//! Many rows in few statements: rows go in groups of few sizes, so that few texts are ever prepared.

use std::sync::OnceLock;

use sqlx::Any;
use sqlx::AnyConnection;
use sqlx::any::AnyArguments;
use sqlx::query::Query;

use super::dialect;

/// The sizes of groups, and so the number of texts of one table; two groups take nearly every number up to 32.
const SIZES: [usize; 12] = [512, 64, 32, 24, 16, 12, 8, 6, 4, 3, 2, 1];
/// SQLite takes 32,766 values in a statement, PostgreSQL 65,535.
pub const VALUES_A_STATEMENT: usize = 30_000;

/// A query that values are bound to.
pub(crate) type Values = Query<'static, Any, AnyArguments>;

/// A statement over rows of values, such as an INSERT.
pub(crate) struct Insert {
    /// Up to and including `VALUES`.
    start: &'static str,
    columns: usize,
    /// What follows the rows, such as `ON CONFLICT …`; may be empty.
    end: &'static str,
    /// By the size of the group, for each of the two databases.
    texts: [[OnceLock<String>; SIZES.len()]; 2],
}

impl Insert {
    pub const fn new(start: &'static str, columns: usize, end: &'static str) -> Self {
        Self { start, columns, end, texts: [const { [const { OnceLock::new() }; SIZES.len()] }; 2] }
    }

    /// Takes all rows, in their order.
    pub async fn run<T>(
        &'static self,
        connection: &mut AnyConnection,
        mut rows: &[T],
        bind: impl Fn(Values, &T) -> Values,
    ) -> Result<(), sqlx::Error> {
        while !rows.is_empty() {
            let size = group_size(rows.len(), self.columns);
            let (now, later) = rows.split_at(size);
            let query = now.iter().fold(sqlx::query(self.text(connection, size)), &bind);
            // There are no rows to come: asking for one spares the wait for the end of the answer.
            query.fetch_optional(&mut *connection).await?;
            rows = later;
        }
        Ok(())
    }

    fn text(&'static self, connection: &AnyConnection, size: usize) -> &'static str {
        let texts = &self.texts[usize::from(connection.backend_name() == "SQLite")];
        let place = SIZES.iter().position(|one| *one == size).unwrap_or_default();
        texts[place]
            .get_or_init(|| format!("{} {} {}", self.start, groups(connection, size, self.columns), self.end))
    }
}

/// How many of `left` rows go into the next statement. Few sizes make few texts, which stay prepared.
pub fn group_size(left: usize, columns: usize) -> usize {
    let fits = |size: &usize| *size <= left && size * columns <= VALUES_A_STATEMENT;
    SIZES.into_iter().find(fits).unwrap_or(1)
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
    fn rows_are_cut_into_few_sizes_that_the_databases_take() {
        let sizes = [2_000, 511, 31, 7, 1].map(|left| group_size(left, 9));
        assert_eq!(sizes, [512, 64, 24, 6, 1]);
        assert_eq!(group_size(2_000, 100), 64);
    }

    #[test]
    fn each_row_gets_its_own_placeholders() {
        assert_eq!(grouped(2, 2, |number| format!("${number}")), "($1, $2), ($3, $4)");
        assert_eq!(grouped(2, 2, |_| "?".to_owned()), "(?, ?), (?, ?)");
        assert_eq!(placeholders(3, 3), "$3, $4, $5");
    }
}
