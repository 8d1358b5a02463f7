//! The table: what was measured, with which durability, against which target.

use std::fmt;
use std::time::Duration;

/// One measured thing.
struct Row {
    what: String,
    durability: String,
    figure: String,
    target: String,
    ratio: Option<f64>,
}

/// Everything that one run measured.
#[derive(Default)]
pub struct Table {
    rows: Vec<Row>,
}

impl Table {
    /// Something of which more is better.
    pub fn rate(&mut self, what: &str, durability: &str, per_second: f64, target: f64) {
        self.rows.push(Row {
            what: what.into(),
            durability: durability.into(),
            figure: format!("{per_second:.0}/s"),
            target: format!("≥ {target:.0}/s"),
            ratio: Some(per_second / target),
        });
        eprintln!("{what} ({durability}): {per_second:.0}/s");
    }

    /// Something of which less is better; without a target it stands for itself.
    pub fn less(&mut self, what: &str, durability: &str, found: f64, unit: &str, target: Option<f64>) {
        self.rows.push(Row {
            what: what.into(),
            durability: durability.into(),
            figure: format!("{found:.1} {unit}"),
            target: target.map_or_else(String::new, |target| format!("≤ {target:.0} {unit}")),
            ratio: target.map(|target| target / found),
        });
        eprintln!("{what} ({durability}): {found:.1} {unit}");
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| what | durability | measured | target | measured ÷ target |")?;
        writeln!(f, "|---|---|---|---|---|")?;
        for row in &self.rows {
            let ratio = row.ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"));
            writeln!(f, "| {} | {} | {} | {} | {ratio} |", row.what, row.durability, row.figure, row.target)?;
        }
        Ok(())
    }
}

/// The value below which this share of the durations lies, in milliseconds.
pub fn percentile(sorted: &[Duration], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an index into a short list"
    )]
    let at = (last as f64 * share).round() as usize;
    sorted.get(at).map_or(0.0, |found| found.as_secs_f64() * 1_000.0)
}

/// So many in so much time, per second.
pub fn per_second(count: usize, took: Duration) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    let count = count as f64;
    count / took.as_secs_f64()
}
