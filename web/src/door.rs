//! The door: from the token in an address to the form behind it.

use std::sync::Arc;

use engine::app::AppError;
use engine::domain::definition::Form;
use engine::domain::project::Project;
use engine::domain::project::forms::{ReceivedForm, SentForm};
use engine::store::change::LinkPurpose;
use engine::store::forms::FormLink;
use sha2::{Digest, Sha256};

use crate::site::Site;

/// Length of a token: 32 bytes in base64url.
const TOKEN: usize = 43;

/// A form behind an address.
#[derive(Clone)]
pub(crate) struct Room {
    pub token: String,
    pub token_sha256: String,
    pub link: FormLink,
    pub project: Arc<Project>,
    pub form: Form,
    pub state: SentForm,
    /// Of the client.
    pub language: String,
    pub client: String,
}

/// Why nobody is let in.
#[derive(Debug)]
pub(crate) enum Shut {
    /// Unknown or too old; never says which.
    Gone,
    Busy,
    Trouble(AppError),
}

impl From<AppError> for Shut {
    fn from(error: AppError) -> Self {
        Self::Trouble(error)
    }
}

/// Whether a token could be one of ours: what cannot be costs nothing further.
pub(crate) fn is_token(token: &str) -> bool {
    token.len() == TOKEN && token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

impl Site {
    /// The form behind a token of this purpose.
    pub(crate) async fn room(&self, token: &str, purpose: LinkPurpose) -> Result<Room, Shut> {
        if !is_token(token) {
            return Err(Shut::Gone);
        }
        let token_sha256 = hex::encode(Sha256::digest(token));
        if !self.limit.takes(&token_sha256, self.now()) {
            return Err(Shut::Busy);
        }
        let link = self.app.store().form_link(&token_sha256).await.map_err(AppError::from)?;
        let link = link.filter(|link| link.purpose == purpose).ok_or(Shut::Gone)?;
        self.limit.knows(&token_sha256, self.now());
        let project = self.app.project_state(&link.project).await?.ok_or(Shut::Gone)?;
        let form = project.form(&link.form).cloned().ok_or(Shut::Gone)?;
        let state = project.sent_form(&link.form);
        let opened = project.opened.as_ref().ok_or(Shut::Gone)?;
        let client = self.app.client_state(&opened.client).await?.ok_or(Shut::Gone)?;
        let (language, name) = (client.language.clone(), client.name.clone());
        let room = Room {
            token: token.to_owned(),
            token_sha256,
            link,
            form,
            state,
            language,
            client: name,
            project,
        };
        // What was handed in stays so, however old the client's address is.
        let thanks = purpose == LinkPurpose::Fill && room.handed_in().is_some();
        if self.now() > room.link.expires && !thanks {
            return Err(Shut::Gone);
        }
        Ok(room)
    }

    /// The same room as it stands by now.
    pub(crate) async fn again(&self, room: &Room) -> Result<Room, AppError> {
        let Some(project) = self.app.project_state(&room.link.project).await? else {
            return Ok(room.clone());
        };
        let state = project.sent_form(&room.link.form);
        Ok(Room { project, state, ..room.clone() })
    }
}

impl Room {
    /// Whether the form can be filled in here.
    pub(crate) fn is_open(&self) -> bool {
        self.state.is_open(self.link.number) && !self.project.completed
    }

    /// What came back for the sending of this address.
    pub(crate) fn handed_in(&self) -> Option<&ReceivedForm> {
        self.state.received.as_ref().filter(|_| self.link.number <= self.state.closed)
    }
}
