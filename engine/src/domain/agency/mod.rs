//! The agency's own people: who is on the staff and in which roles.

pub mod command;
pub mod event;
pub mod state;

mod add_person;
mod publish_templates;

pub use command::AgencyCommand;
pub use event::{AgencyEvent, Published, PublishedFile};
pub use state::{Agency, Standing};

use super::{Actor, Asked, Refusal};

/// Facts, or a refusal; nothing if it is already so.
pub fn decide(agency: &Agency, asked: &Asked<AgencyCommand>) -> Result<Vec<AgencyEvent>, Refusal> {
    match &asked.command {
        AgencyCommand::AddPerson { person, roles, known, profile_changed } => {
            may_lead(asked, "person")?;
            add_person::decide(agency, person, (roles, known), *profile_changed)
        }
        AgencyCommand::PublishTemplates { files, how } => {
            may_lead(asked, "templates")?;
            Ok(publish_templates::decide(agency, files, how))
        }
    }
}

/// What concerns the whole agency is for those who lead it, and for whoever runs the server.
fn may_lead(asked: &Asked<AgencyCommand>, wanted: &str) -> Result<(), Refusal> {
    let leads = ["pm", "head", "owner"].iter().any(|role| asked.world.roles.contains(*role));
    if leads || asked.by == Actor::Operator {
        return Ok(());
    }
    Err(Refusal::NotAllowed { wanted: wanted.to_owned() })
}
