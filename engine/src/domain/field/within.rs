//! Days of a table that belong into a date range of the same result: posts of a plan into its period (PF-53).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Value;
use crate::domain::definition::{Field, FieldKind};

/// The date range that the column names and the value does not lie in; none while the range is empty.
pub fn left(
    column: &Field,
    value: &Value,
    values: Option<&BTreeMap<String, Value>>,
) -> Option<(NaiveDate, NaiveDate)> {
    let Some(Value::DateRange(from, until)) = values?.get(column.within.as_ref()?) else { return None };
    let Value::Date(day) = value else { return None };
    (day < from || day > until).then_some((*from, *until))
}

/// Rows, from 1, with a day outside the date range of its column, which may have been changed after them.
pub fn rows_outside(field: &Field, values: &BTreeMap<String, Value>) -> Vec<u32> {
    let (FieldKind::Table, Some(Value::Table(rows))) = (field.kind, values.get(&field.id)) else {
        return Vec::new();
    };
    let is_outside = |row: &super::Row| {
        let cells = field.columns.iter().filter_map(|column| Some((column, row.get(&column.id)?)));
        cells.into_iter().any(|(column, value)| left(column, value, Some(values)).is_some())
    };
    let numbered = (1_u32..).zip(rows);
    numbered.filter(|(_, row)| is_outside(row)).map(|(number, _)| number).collect()
}
