//! CSV as RFC 4180 says, with a mark of its encoding, and without a cell that a spreadsheet would run (RELIABILITY 6.5).

use chrono_tz::Tz;

use crate::sheets::{Cell, Sheet};

/// By it spreadsheets see that the text is UTF-8.
const MARK: &str = "\u{FEFF}";

/// The whole sheet; moments in the zone.
pub fn text(sheet: &Sheet, zone: Tz) -> String {
    let headings = sheet.headings.iter().map(|heading| (*heading).to_owned()).collect::<Vec<_>>().join(",");
    let mut text = format!("{MARK}{headings}\r\n");
    for row in &sheet.rows {
        let cells: Vec<String> = row.iter().map(|cell| field(cell, zone)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

fn field(cell: &Cell, zone: Tz) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => quoted(&harmless(text)),
        Cell::Number(number) => number.clone(),
        Cell::Flag(flag) => (if *flag { "yes" } else { "no" }).to_owned(),
        Cell::Day(day) => day.to_string(),
        Cell::Moment(at) => at.with_timezone(&zone).to_rfc3339_opts(chrono::SecondsFormat::Secs, false),
    }
}

/// What would begin a formula begins with an apostrophe.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(cells: Vec<Cell>) -> String {
        let sheet = Sheet { name: "tasks", headings: vec!["a"; cells.len()], rows: vec![cells] };
        let text = text(&sheet, chrono_tz::Europe::Kyiv);
        text.split_once("\r\n").unwrap().1.trim_end_matches("\r\n").to_owned()
    }

    fn of(text: &str) -> String {
        line(vec![Cell::Text(text.to_owned())])
    }

    #[test]
    fn no_text_is_a_formula() {
        assert_eq!(of("=1+1"), "'=1+1");
        assert_eq!(of("+380"), "'+380");
        assert_eq!(of("-5"), "'-5");
        assert_eq!(of("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(of("\t=1"), "'\t=1");
        assert_eq!(of("\r=1"), "\"'\r=1\"");
        assert_eq!(of("=HYPERLINK(\"http://x\",\"y\")"), "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
        assert_eq!(of("a=1"), "a=1");
    }

    #[test]
    fn a_number_stays_a_number() {
        assert_eq!(line(vec![Cell::Number("-24000.50".into()), Cell::Number("12".into())]), "-24000.50,12");
    }

    #[test]
    fn commas_quotes_and_lines_stay_inside_their_cell() {
        assert_eq!(of("Кава «Ранок», SMM"), "\"Кава «Ранок», SMM\"");
        assert_eq!(of("один\nдва"), "\"один\nдва\"");
        assert_eq!(of("say \"так\""), "\"say \"\"так\"\"\"");
    }

    #[test]
    fn the_file_says_its_encoding_and_ends_each_line() {
        let sheet =
            Sheet { name: "t", headings: vec!["a", "b"], rows: vec![vec![Cell::Empty, Cell::Flag(true)]] };
        assert_eq!(text(&sheet, chrono_tz::UTC), "\u{FEFF}a,b\r\n,yes\r\n");
    }

    #[test]
    fn a_moment_says_its_place() {
        let at = "2026-11-23T07:30:00Z".parse().unwrap();
        assert_eq!(line(vec![Cell::Moment(at)]), "2026-11-23T09:30:00+02:00");
    }
}
