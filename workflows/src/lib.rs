//! What ops edit, and its reader: templates, forms, the agency file and the messages, checked and made ready to use.

mod agency;
mod catalogue;
mod checks;
mod clean;
mod draw;
mod field;
mod files;
mod keeper;
mod known;
mod lint;
mod locale;
mod markup;
mod messages;
mod moments;
mod nearest;
mod page;
mod problem;
mod refusal;
mod repair;
mod remind;
mod say;
#[cfg(test)]
mod schema;
mod shipped;
mod task;
mod tongue;
mod template;
mod trouble;
mod trouble_words;
mod trouble_words_uk;
mod unique;
mod values;
mod walk;
mod yaml;

pub use catalogue::{Catalogue, Checked, check};
pub use draw::draw;
pub use files::{Files, Source, Written, write_out};
pub use keeper::{Keeper, Look};
pub use moments::{Moment, system_variables, variables_of};
pub use problem::Problem;
pub use tongue::counted;
pub use trouble::Severity;
pub use walk::LANGUAGES;
