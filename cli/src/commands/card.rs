//! The client's card as `client show` tells it: what briefs said, and where two of them differ.

use engine::domain::ClientId;
use engine::domain::client::state::CardValue;
use serde_json::{Value as Json, json};

use crate::failure::Failure;
use crate::office::Office;

/// A place on the card.
pub struct Place {
    field: String,
    words: Option<String>,
    /// `smm-k7q2/smm-brief, version 1`
    from: String,
    /// What a later brief says, until somebody decides.
    other: Option<(Option<String>, String)>,
}

/// All places, in the order of their names.
pub async fn of(client: &ClientId, office: &Office) -> Result<Vec<Place>, Failure> {
    let Some(state) = office.app.client_state(client).await? else { return Ok(Vec::new()) };
    let mut places = Vec::new();
    for (field, value) in &state.card {
        let other = match state.conflicts.get(field) {
            Some(other) => Some((words(other, office).await?, source(other))),
            None => None,
        };
        let (words, from) = (words(value, office).await?, source(value));
        places.push(Place { field: field.clone(), words, from, other });
    }
    Ok(places)
}

async fn words(value: &CardValue, office: &Office) -> Result<Option<String>, Failure> {
    Ok(office.app.store().content(&value.content.content).await?.map(|content| content.text))
}

fn source(value: &CardValue) -> String {
    format!("{}/{}, version {}", value.from.project, value.from.form, value.from.version)
}

/// For machines.
pub fn json(places: &[Place]) -> Json {
    let one = |place: &Place| {
        let other = place.other.as_ref().map(|(words, from)| json!({ "value": words, "from": from }));
        json!({ "field": place.field, "value": place.words, "from": place.from, "conflict": other })
    };
    places.iter().map(one).collect()
}

/// For people; nothing if the card is empty.
pub fn text(places: &[Place]) -> String {
    let shown = |words: &Option<String>| words.as_deref().unwrap_or("(erased)").replace('\n', ", ");
    let mut lines = Vec::new();
    for place in places {
        lines.push(format!("  {:<12}  {}  ({})", place.field, shown(&place.words), place.from));
        if let Some((words, from)) = &place.other {
            lines.push(format!("  {:<12}  differs: {}  ({from})", "", shown(words)));
        }
    }
    if lines.is_empty() { String::new() } else { format!("\n\ncard\n{}", lines.join("\n")) }
}
