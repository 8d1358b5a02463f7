//! The agency's own people: who is on the staff and in which roles.

pub mod command;
pub mod event;
pub mod state;

mod add_person;
mod publish_templates;
mod remove_person;
pub mod set_password;

pub use command::AgencyCommand;
pub use event::{AgencyEvent, Published, PublishedFile};
pub use remove_person::Successors;
pub use state::{Agency, Standing};

use super::{Asked, Refusal, Right};

/// Facts, or a refusal; nothing if it is already so.
pub fn decide(agency: &Agency, asked: &Asked<AgencyCommand>) -> Result<Vec<AgencyEvent>, Refusal> {
    match &asked.command {
        AgencyCommand::AddPerson { person, roles, known, profile_changed } => {
            Right::Lead.insist(asked, "person")?;
            add_person::may_give(agency, asked, person, roles)?;
            add_person::decide(agency, person, (roles, known), *profile_changed)
        }
        AgencyCommand::RemovePerson { person, to, by_role } => {
            Right::Head.insist(asked, "leave")?;
            remove_person::decide(agency, Successors { leaver: person, to: to.as_ref(), by_role })
        }
        AgencyCommand::SetPassword { person } => set_password::decide(agency, asked, person),
        AgencyCommand::PublishTemplates { files, how, base } => {
            Right::Operate.insist(asked, "templates")?;
            publish_templates::follows(agency, base.as_ref())?;
            Ok(publish_templates::decide(agency, files, how))
        }
    }
}
