//! Table: rows for people; framed on a terminal, plain columns otherwise.

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{ContentArrangement, Table};

/// The rows under their headings.
pub fn table(framed: bool, headings: &[&str], rows: &[Vec<String>]) -> String {
    if framed {
        let mut table = Table::new();
        table.load_preset(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(headings);
        table.add_rows(rows);
        return table.to_string();
    }
    let headings = headings.iter().map(|heading| (*heading).to_owned()).collect();
    let all: Vec<&Vec<String>> = std::iter::once(&headings).chain(rows).collect();
    let width =
        |column: usize| all.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..headings.len()).map(|column| width(column).unwrap_or(0)).collect();
    let lines = all.iter().map(|row| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_columns_line_up_in_cyrillic_too() {
        let rows = [vec!["ранок".to_owned(), "1".to_owned()], vec!["б".to_owned(), "22".to_owned()]];
        assert_eq!(table(false, &["client", "n"], &rows), "client  n\nранок   1\nб       22");
    }
}
