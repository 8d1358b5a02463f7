//! `verify`: checks the whole log and that everything else follows from it.

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
        format!("{:?}{position}: {}", finding.check, finding.what)
    });
    let summary = format!(
        "{} events in {} streams, read models {}: {}",
        report.events,
        report.streams,
        report.read_models.join(", "),
        if well { "all is well".to_owned() } else { format!("{} things are wrong", report.wrong) },
    );
    let lines: Vec<String> = findings.chain([summary]).collect();
    console.answer(&json!({ "well": well, "report": report }), &lines.join("\n"));
    if well { Ok(Exit::Done) } else { Err(Failure::Found) }
}
