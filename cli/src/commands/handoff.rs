//! `handoff`: from sales to production, with what was promised beside what the plan says (PF-76, PF-82).

use std::fmt::Write;

use engine::app::Along;
use engine::domain::ProjectId;
use engine::domain::project::event::Promised;
use engine::domain::project::{Project, ProjectCommand};
use engine::store::change::Content;
use serde_json::{Value as Json, json};

use super::project_new::price;
use super::task::said;
use crate::args::{self, Handoff};
use crate::clock;
use crate::console::Console;
use crate::failure::Failure;
use crate::files::comment;
use crate::office::Office;

pub async fn run(command: Handoff, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let (project, order, along) = match command {
        Handoff::Offer { project, promised } => {
            let (promised, contents) = promises(&promised, office)?;
            if promised.is_nothing() {
                return Err(Failure::usage("nothing is promised")
                    .with_hint("add --promised-by-date DATE, --promised WORDS or --promised-sum AMOUNT"));
            }
            (
                project,
                ProjectCommand::HandOver { promised: Box::new(promised) },
                Along { contents, ..Along::default() },
            )
        }
        Handoff::Accept { project } => {
            (project, ProjectCommand::AcceptHandoff { offer: None }, Along::default())
        }
        Handoff::Return { project, reason } => {
            said(&reason, "--reason")?;
            let (content, reason) = comment(&reason, office.by.person().cloned(), clock::now());
            let along = Along { contents: vec![content], ..Along::default() };
            (project, ProjectCommand::ReturnHandoff { reason }, along)
        }
    };
    let (id, _) = office.find_project(&project).await?;
    let changed = office.project(&id, None, order, along).await?;
    tell(&id, changed, office, console).await
}

/// The promises as typed, with what is kept beside the log.
pub fn promises(typed: &args::Promised, office: &Office) -> Result<(Promised, Vec<Content>), Failure> {
    let words = typed.promised.as_deref().filter(|words| !words.trim().is_empty());
    let kept = words.map(|words| comment(words, office.by.person().cloned(), clock::now()));
    let (content, scope) = kept.unzip();
    let sum = typed.promised_sum.as_deref().map(|text| price(text, "--promised-sum", office)).transpose()?;
    Ok((Promised { by: typed.promised_by_date, sum, scope }, content.into_iter().collect()))
}

async fn tell(
    id: &ProjectId,
    changed: bool,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let Some(state) = office.app.project_state(id).await? else { return Ok(()) };
    let mut document = json_of(&state, office);
    document["project"] = json!(id);
    document["changed"] = json!(changed);
    let word = state.handoff.word();
    console.answer(&document, &format!("{id}: the hand-over is {word}{}", beside(&state, office)));
    Ok(())
}

/// The hand-over for machines, with the difference between promise and plan.
pub fn json_of(state: &Project, office: &Office) -> Json {
    let calendar = &office.catalogue.agency().calendar;
    let planned = state.planned_end(calendar).map(|end| calendar.local(end).date());
    let promised = &state.handoff.promised;
    json!({
        "state": state.handoff.word(),
        "promised_by": promised.by,
        "promised_sum": promised.sum.as_ref().map(ToString::to_string),
        "planned_end": planned,
        "days_later": state.days_beyond_promise(calendar),
        "sum_beyond_price": state.sum_beyond_price().map(|sum| sum.to_string()),
    })
}

/// Promise and plan side by side; nothing where nothing was promised.
pub fn beside(state: &Project, office: &Office) -> String {
    let calendar = &office.catalogue.agency().calendar;
    let promised = &state.handoff.promised;
    let mut text = String::new();
    if let Some((by, end)) = promised.by.zip(state.planned_end(calendar)) {
        let days = state.days_beyond_promise(calendar);
        let late = if days > 0 { format!(", {days} business days later") } else { String::new() };
        let _ = write!(text, "\npromised by {by}, planned {}{late}", calendar.local(end).date());
    }
    if let Some(sum) = &promised.sum {
        let price = state.opened.as_ref().and_then(|opened| opened.price.as_ref());
        let price = price.map_or_else(|| "none yet".to_owned(), ToString::to_string);
        let beyond = state.sum_beyond_price().map(|sum| format!(", a difference of {sum}"));
        let _ = write!(text, "\npromised sum {sum}, price {price}{}", beyond.unwrap_or_default());
    }
    text
}
