//! The sheets as one workbook, with numbers, days and moments that spreadsheets reckon with.

use std::io::{Seek, Write};
use std::path::Path;

use chrono::{Datelike, NaiveDateTime, Timelike};
use chrono_tz::Tz;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::sheets::{Cell, Sheet};

/// A cell holds no more, in UTF-16 units.
const LONGEST: usize = 32_767;

/// Writes the workbook; rows go to a file in the folder as they come.
pub fn write<W: Write + Seek + Send>(
    sheets: &[Sheet],
    (zone, folder): (Tz, &Path),
    out: W,
) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    book.set_tempdir(folder)?;
    let formats = Formats {
        head: Format::new().set_bold(),
        day: Format::new().set_num_format("yyyy-mm-dd"),
        moment: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
    };
    for sheet in sheets {
        let page = book.add_worksheet_with_constant_memory()?;
        page.set_name(sheet.name)?;
        page.set_freeze_panes(1, 0)?;
        for (column, heading) in (0_u16..).zip(&sheet.headings) {
            page.set_column_width(column, 16)?;
            page.write_string_with_format(0, column, *heading, &formats.head)?;
        }
        for (at, row) in (1_u32..).zip(&sheet.rows) {
            for (column, cell) in (0_u16..).zip(row) {
                put(page, (at, column), cell, (zone, &formats))?;
            }
        }
    }
    book.save_to_writer(out)
}

struct Formats {
    head: Format,
    day: Format,
    moment: Format,
}

/// A text is never a formula here: the format tells them apart.
fn put(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    (zone, formats): (Tz, &Formats),
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            page.write_string(row, column, fitting(text))?;
        }
        Cell::Number(number) => match number.parse::<f64>() {
            Ok(number) => {
                page.write_number(row, column, number)?;
            }
            Err(_) => {
                page.write_string(row, column, number)?;
            }
        },
        Cell::Flag(flag) => {
            page.write_boolean(row, column, *flag)?;
        }
        Cell::Day(day) => {
            let at = excel(day.and_time(chrono::NaiveTime::MIN))?;
            page.write_datetime_with_format(row, column, at, &formats.day)?;
        }
        Cell::Moment(at) => {
            let at = excel(at.with_timezone(&zone).naive_local())?;
            page.write_datetime_with_format(row, column, at, &formats.moment)?;
        }
    }
    Ok(())
}

fn excel(at: NaiveDateTime) -> Result<ExcelDateTime, XlsxError> {
    let part = |part: u32| u8::try_from(part).unwrap_or_default();
    let year = u16::try_from(at.year()).unwrap_or(1900);
    let day = ExcelDateTime::from_ymd(year, part(at.month()), part(at.day()))?;
    day.and_hms(u16::from(part(at.hour())), part(at.minute()), part(at.second()))
}

/// As much as a cell holds, without what XML forbids.
fn fitting(text: &str) -> String {
    let allowed = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    let mut units = 0;
    let within = allowed.take_while(|c| {
        units += c.len_utf16();
        units <= LONGEST
    });
    within.collect()
}
