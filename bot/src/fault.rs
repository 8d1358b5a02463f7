//! Fault: why a tick of the bot could not finish, split by what the caller can do.

use engine::app::AppError;
use engine::store::StoreError;
use projections::ReadError;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    App(#[from] AppError),
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The update is not what Telegram sends; only its place is said, never its text.
    #[error("the update cannot be read: {0}")]
    Unreadable(String),
    #[error("handling the update panicked")]
    Panicked,
}

impl Fault {
    /// The database refuses at the moment; nothing is wrong with the update.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Store(error) | Self::App(AppError::Store(error)) | Self::Read(ReadError::Store(error)) => {
                is_passing(error)
            }
            Self::App(AppError::Busy) => true,
            Self::App(AppError::Words(_) | AppError::Broken(_))
            | Self::Read(ReadError::Broken { .. })
            | Self::Unreadable(_)
            | Self::Panicked => false,
        }
    }
}

fn is_passing(error: &StoreError) -> bool {
    !matches!(error, StoreError::Broken { .. } | StoreError::Duplicate { .. })
}
