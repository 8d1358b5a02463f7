//! People on the pages: names, initials, and a colour of their own.

use std::collections::HashMap;

use engine::app::AppError;
use engine::domain::PersonId;
use maud::{Markup, html};

use crate::site::Site;

/// So many colours there are; each has its class in the stylesheet.
const COLOURS: u32 = 8;

/// The names of people, such as everybody on the staff.
pub(super) struct Names(HashMap<PersonId, String>);

impl Names {
    pub async fn of_staff(site: &Site) -> Result<Self, AppError> {
        let agency = site.app.agency_state().await?;
        let people: Vec<PersonId> = agency.people.keys().cloned().collect();
        Self::among(site, &people).await
    }

    /// The names of these people, whether they are on the staff or not.
    pub async fn among(site: &Site, people: &[PersonId]) -> Result<Self, AppError> {
        Ok(Self(site.app.names(people).await?))
    }

    /// The name, or the id of somebody without one.
    pub fn of<'a>(&'a self, person: &'a PersonId) -> &'a str {
        self.0.get(person).map_or(person.as_str(), String::as_str)
    }

    /// For texts that name people.
    pub fn map(&self) -> &HashMap<PersonId, String> {
        &self.0
    }
}

/// A round mark with the initials of a name.
pub(super) fn avatar(name: &str, large: bool) -> Markup {
    let initials: String = name.split_whitespace().take(2).filter_map(|word| word.chars().next()).collect();
    let mixed =
        name.bytes().fold(2_166_136_261_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(16_777_619));
    let colour = (mixed >> 16) % COLOURS;
    let class = format!("ava p{colour}{}", if large { " large" } else { "" });
    html! { span class=(class) title=(name) aria-hidden="true" { (initials.to_uppercase()) } }
}
