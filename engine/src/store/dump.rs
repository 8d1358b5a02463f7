//! A table as text, the same on both databases, for comparing.

use sqlx::any::{AnyRow, AnyTypeInfoKind};
use sqlx::{AssertSqlSafe, Column, Row, ValueRef};

use super::{Store, StoreError};

impl Store {
    /// All rows of a table, one a line, as `column=value` in the order of the columns, the lines sorted.
    pub async fn dump(&self, table: &str) -> Result<String, StoreError> {
        if !is_name(table) {
            return Err(StoreError::broken(format!("{table:?} is not the name of a table")));
        }
        let rows =
            sqlx::query(AssertSqlSafe(format!("SELECT * FROM {table}"))).fetch_all(self.reads()).await?;
        let mut lines = rows.iter().map(line).collect::<Result<Vec<_>, _>>()?;
        lines.sort_unstable();
        Ok(lines.join("\n"))
    }
}

/// True for what may stand in a statement as it is.
pub(super) fn is_name(table: &str) -> bool {
    !table.is_empty()
        && table.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// A row as `column=value column=value`.
pub(super) fn line(row: &AnyRow) -> Result<String, StoreError> {
    let mut values = Vec::with_capacity(row.columns().len());
    for (index, column) in row.columns().iter().enumerate() {
        values.push(format!("{}={}", column.name(), value(row, index)?));
    }
    Ok(values.join(" "))
}

fn value(row: &AnyRow, index: usize) -> Result<String, StoreError> {
    let raw = row.try_get_raw(index)?;
    if raw.is_null() {
        return Ok("NULL".to_owned());
    }
    Ok(match raw.type_info().kind() {
        AnyTypeInfoKind::SmallInt | AnyTypeInfoKind::Integer | AnyTypeInfoKind::BigInt => {
            row.try_get::<i64, _>(index)?.to_string()
        }
        AnyTypeInfoKind::Real | AnyTypeInfoKind::Double => format!("{:?}", row.try_get::<f64, _>(index)?),
        AnyTypeInfoKind::Text => format!("{:?}", row.try_get::<&str, _>(index)?),
        AnyTypeInfoKind::Bool | AnyTypeInfoKind::Blob | AnyTypeInfoKind::Null => {
            return Err(StoreError::broken(format!("column {index} is neither text nor a number")));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_go_into_a_statement() {
        assert!(is_name("events") && is_name("board_v2"));
        assert!(!is_name("") && !is_name("events; DROP TABLE events") && !is_name("Events"));
    }
}
