//! Accesses on their way in and out: sealed before they are stored, opened for whoever may see them (PF-86).

use super::{Along, Answer, App, AppError, Ask};
use crate::domain::project::ProjectCommand;
use crate::domain::{Actor, ProjectId, Refusal, Timestamp};
use crate::store::change::NewSecret;
use crate::store::secrets::Sealed;
use crate::vault::{NONCE, Place, Vault};

/// An access on its way in.
pub struct GivenAccess {
    pub project: ProjectId,
    pub item: String,
    /// Never logged, never in an event.
    pub text: String,
    /// The sending whose address it came through; `None` for the staff.
    pub sending: Option<u32>,
    pub by: Actor,
    pub command_id: String,
    pub at: Timestamp,
}

/// What became of an access, or of the wish to see one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access<T> {
    Done(T),
    Refused(Refusal),
    /// This server has no key.
    NoKey,
    /// The key is not the one with which it was sealed.
    OtherKey,
}

impl App {
    /// Whether an access can be taken and shown here.
    pub fn has_vault(&self) -> bool {
        self.desk().vault.is_some()
    }

    /// Seals an access and gives it to the project.
    pub async fn give_access(&self, given: GivenAccess) -> Result<Access<()>, AppError> {
        let Some(secret) = self.sealed(&given) else { return Ok(Access::NoKey) };
        let command = ProjectCommand::ReceiveAccess { item: given.item, sending: given.sending };
        let along = Along { secrets: vec![secret], ..Along::default() };
        let ask = Ask { command_id: given.command_id, at: given.at, by: given.by, command, along };
        Ok(match self.project(&given.project, ask).await? {
            Answer::Refused(refusal) => Access::Refused(refusal),
            Answer::Done { .. } | Answer::AlreadySo => Access::Done(()),
        })
    }

    /// The access in plain words for whoever may see it; each look is a fact.
    pub async fn see_access(
        &self,
        project: &ProjectId,
        ask: Ask<ProjectCommand>,
    ) -> Result<Access<String>, AppError> {
        let ProjectCommand::ViewAccess { item } = ask.command.clone() else {
            return Err(AppError::Broken("only a look at an access shows one".to_owned()));
        };
        let Some(vault) = self.desk().vault.clone() else { return Ok(Access::NoKey) };
        let command_id = ask.command_id.clone();
        match self.project(project, ask).await? {
            Answer::Refused(refusal) => return Ok(Access::Refused(refusal)),
            // A look that is on record already stands for one look, not for two.
            Answer::Done { repeated: true, .. } => {
                return Ok(Access::Refused(Refusal::CommandIdTaken { command_id }));
            }
            Answer::Done { .. } | Answer::AlreadySo => {}
        }
        let Some(sealed) = self.store().secret(project, &item).await? else {
            return Ok(Access::Refused(Refusal::AccessEmpty { item }));
        };
        Ok(vault.open(Place::Access { project, item: &item }, &sealed).map_or(Access::OtherKey, Access::Done))
    }

    fn sealed(&self, given: &GivenAccess) -> Option<NewSecret> {
        let desk = self.desk();
        let vault: &Vault = desk.vault.as_deref()?;
        let mut nonce = [0_u8; NONCE];
        (desk.random)(&mut nonce);
        let place = Place::Access { project: &given.project, item: &given.item };
        let Sealed { nonce, sealed } = vault.seal(place, &given.text, nonce)?;
        Some(NewSecret { project: given.project.clone(), item: given.item.clone(), nonce, sealed })
    }
}
