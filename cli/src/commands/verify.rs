//! `verify`: checks the whole log and that everything else follows from it.

use engine::store::verify::Check;
use serde_json::json;

use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::office::{Database, Setup, open_store};

pub async fn run(setup: &Setup, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let store = open_store(&setup.settings, Database::MustExist).await?;
    let report = store.verify().await;
    store.close().await;
    let report = report?;
    let well = report.is_well();
    let findings = report.findings.iter().map(|finding| {
        let position =
            finding.position.map(|position| format!(" at position {position}")).unwrap_or_default();
        format!("{}{position}: {}", word(finding.check), finding.what)
    });
    let summary = format!(
        "{} events in {} streams, read models {}: {}",
        report.events,
        report.streams,
        report.read_models.join(", "),
        match report.wrong {
            0 => "all is well".to_owned(),
            1 => "1 thing is wrong".to_owned(),
            wrong => format!("{wrong} things are wrong"),
        },
    );
    let lines: Vec<String> = findings.chain([summary]).collect();
    console.answer(&json!({ "well": well, "report": report }), &lines.join("\n"));
    if well { Ok(Exit::Done) } else { Err(Failure::Found) }
}

/// What a finding speaks against, for people.
pub fn word(check: Check) -> &'static str {
    match check {
        Check::Position => "positions",
        Check::Chain => "chain of hashes",
        Check::Version => "versions of a stream",
        Check::Command => "commands and causes",
        Check::Head => "end of the log",
        Check::Outbox => "messages, buttons and timers",
        Check::ReadModel => "read model",
    }
}
