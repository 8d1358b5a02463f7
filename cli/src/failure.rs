//! Failure: why a command did not do its work, with the exit code that says so to scripts.

use engine::app::AppError;
use engine::domain::Refusal;
use engine::store::StoreError;
use projections::ReadError;
use serde_json::{Value as Json, json};

use crate::task_view::{MissingLine, missing_json};

/// The exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Done,
    Failed,
    Usage,
    /// `check` or `verify` found something.
    Found,
    /// The rules say no.
    Refused,
    NotFound,
    /// The database cannot be reached.
    Unreachable,
}

impl Exit {
    /// The number for the operating system.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Found => 3,
            Self::Refused => 4,
            Self::NotFound => 5,
            Self::Unreachable => 6,
        }
    }
}

/// Why a command did not do its work.
#[derive(Debug)]
pub enum Failure {
    Usage {
        text: String,
        hint: Option<String>,
    },
    /// Something was found, and has been shown already.
    Found,
    Refused(Box<Refused>),
    NotFound {
        text: String,
        hint: Option<String>,
    },
    Unreachable {
        text: String,
    },
    Failed {
        text: String,
        hint: Option<String>,
    },
}

/// A no of the rules, in words.
#[derive(Debug)]
pub struct Refused {
    pub refusal: Refusal,
    /// The sentence, the same as in the chat.
    pub text: String,
    pub missing: Vec<MissingLine>,
    /// A command to paste.
    pub hint: Option<String>,
}

impl Failure {
    /// The commands that help, with the client's id in its place.
    #[must_use]
    pub fn about_client(mut self, client: &engine::domain::ClientId) -> Self {
        if let Self::Refused(refused) = &mut self
            && let Some(hint) = &mut refused.hint
        {
            *hint = hint.replace("CLIENT", client.as_str());
        }
        self
    }

    pub fn usage(text: impl Into<String>) -> Self {
        Self::Usage { text: text.into(), hint: None }
    }

    pub fn not_found(text: impl Into<String>) -> Self {
        Self::NotFound { text: text.into(), hint: None }
    }

    pub fn failed(text: impl Into<String>) -> Self {
        Self::Failed { text: text.into(), hint: None }
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn with_hint(mut self, to_do: impl Into<String>) -> Self {
        if let Self::Refused(refused) = &mut self {
            refused.hint = Some(to_do.into());
            return self;
        }
        if let Self::Usage { hint, .. } | Self::NotFound { hint, .. } | Self::Failed { hint, .. } = &mut self
        {
            *hint = Some(to_do.into());
        }
        self
    }

    pub fn exit(&self) -> Exit {
        match self {
            Self::Usage { .. } => Exit::Usage,
            Self::Found => Exit::Found,
            Self::Refused(refused) if names_nothing(&refused.refusal) => Exit::NotFound,
            Self::Refused(_) => Exit::Refused,
            Self::NotFound { .. } => Exit::NotFound,
            Self::Unreachable { .. } => Exit::Unreachable,
            Self::Failed { .. } => Exit::Failed,
        }
    }

    /// The lines for people: what happened first, what to do last.
    pub fn lines(&self) -> Vec<String> {
        let (text, missing, hint): (_, &[MissingLine], _) = match self {
            Self::Found => return Vec::new(),
            Self::Refused(refused) => (&refused.text, &refused.missing, refused.hint.as_ref()),
            Self::Unreachable { text } => (text, &[], None),
            Self::Usage { text, hint } | Self::NotFound { text, hint } | Self::Failed { text, hint } => {
                (text, &[], hint.as_ref())
            }
        };
        let width = missing.iter().map(|line| line.name.chars().count()).max().unwrap_or(0);
        let first = std::iter::once(format!("error: {text}"));
        let missing = missing.iter().map(|line| line.text(width));
        first.chain(missing).chain(hint.map(|hint| format!("hint: {hint}"))).collect()
    }

    /// The document for machines.
    pub fn json(&self) -> Json {
        match self {
            Self::Refused(refused) => {
                let missing: Vec<Json> = refused.refusal.missing().iter().map(missing_json).collect();
                json!({ "refused": {
                    "code": refused.refusal.code(),
                    "text": refused.text,
                    "missing": missing,
                    "hint": refused.hint,
                }})
            }
            Self::Found => Json::Null,
            Self::Unreachable { text } => error_json("unreachable", text, None),
            Self::Usage { text, hint } => error_json("usage", text, hint.as_ref()),
            Self::NotFound { text, hint } => error_json("not-found", text, hint.as_ref()),
            Self::Failed { text, hint } => error_json("failed", text, hint.as_ref()),
        }
    }
}

/// What was named is not there: the exit code of everything else that is not found.
fn names_nothing(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::NoProject
            | Refusal::NoClient
            | Refusal::NoTask { .. }
            | Refusal::NoField { .. }
            | Refusal::NoQuestion { .. }
            | Refusal::NoButton { .. }
            | Refusal::NoItem { .. }
            | Refusal::NoGate { .. }
            | Refusal::NoRole { .. }
            | Refusal::NoPerson { .. }
            | Refusal::NoPayment { .. }
            | Refusal::NoMoney { .. }
    )
}

fn error_json(code: &str, text: &str, hint: Option<&String>) -> Json {
    json!({ "error": { "code": code, "text": text, "hint": hint } })
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let text = error.to_string();
        match error {
            StoreError::Unavailable { .. }
            | StoreError::Locked
            | StoreError::ReadOnly
            | StoreError::NotADatabase { .. }
            | StoreError::NotOurs { .. }
            | StoreError::NoSchema { .. }
            | StoreError::WrongSchema { .. }
            | StoreError::TooOldSqlite { .. } => Self::Unreachable { text },
            StoreError::Duplicate { .. } | StoreError::Broken { .. } => Self::failed(text),
        }
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Store(error) => error.into(),
            ReadError::Broken { .. } => Self::failed(error.to_string()),
        }
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Store(error) => error.into(),
            AppError::Busy => Self::failed("others change the same thing again and again; nothing was done")
                .with_hint("try again in a moment"),
            AppError::Words(error) => {
                Self::failed(format!("a text could not be finished: {error}")).with_hint("signoff check")
            }
            AppError::Broken(what) => Self::failed(what),
        }
    }
}
