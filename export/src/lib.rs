//! Export: everything that is known of a project as one archive that needs no Signoff to be read (SC-39).

mod archive;
mod book;
mod check;
mod csv;
mod document;
mod gather;
mod names;
mod papers;
mod sheets;

pub use archive::{FORMAT, Summary, write};
pub use check::{Checked, check};

pub use gather::{Gathered, gather};
pub use names::safe_name;

use engine::app::AppError;
use engine::store::StoreError;
use projections::ReadError;

/// Why there is no archive.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    App(#[from] AppError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
    #[error(transparent)]
    Book(#[from] rust_xlsxwriter::XlsxError),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

impl From<ExportError> for AppError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::App(error) => error,
            ExportError::Store(error) | ExportError::Read(ReadError::Store(error)) => Self::Store(error),
            ExportError::Read(ReadError::Broken { .. })
            | ExportError::Io(_)
            | ExportError::Zip(_)
            | ExportError::Book(_)
            | ExportError::Json(_) => Self::Broken(error.to_string()),
        }
    }
}
