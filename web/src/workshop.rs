//! Workshop: what the page of a template can have done to an edited text: checked, tried out, put in force.

use std::ops::Range;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use engine::app::AppError;
use engine::domain::agency::Published;
use engine::domain::{Actor, Refusal, Timestamp};
use futures::future::BoxFuture;

/// A file with a text that is not saved yet.
#[derive(Clone, Debug)]
pub struct Edit {
    /// Relative to the folder of templates, such as `forms/smm-brief.yaml`.
    pub path: String,
    pub text: String,
    /// Of whoever reads what is found.
    pub language: String,
}

/// One thing that is wrong, in the words of the reader.
#[derive(Clone, Debug)]
pub struct Finding {
    pub code: &'static str,
    pub is_error: bool,
    /// Relative to the folder.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// In bytes of the file.
    pub span: Range<usize>,
    pub message: String,
    pub hint: Option<String>,
    /// What the place in bytes should be replaced by.
    pub fix: Option<(Range<usize>, String)>,
}

/// A dry run that is wanted.
#[derive(Clone, Debug)]
pub struct Trial {
    pub edit: Edit,
    /// `ideal`, `typical` or `silent`.
    pub manner: String,
    pub start: NaiveDate,
}

/// A line of the calendar of a dry run.
#[derive(Clone, Debug)]
pub struct DryLine {
    pub at: NaiveDateTime,
    /// `client`, `staff`, or nothing for what happens in the project.
    pub to: &'static str,
    pub words: String,
}

/// What a dry run found.
#[derive(Clone, Debug)]
pub struct DryRun {
    pub lines: Vec<DryLine>,
    /// Messages to the client.
    pub client: usize,
    /// Messages to the staff.
    pub staff: usize,
    /// What it waits for at its end, if it does not come further.
    pub waits: Vec<String>,
}

/// A text that somebody wants to be in force.
#[derive(Clone, Debug)]
pub struct Publishing {
    pub edit: Edit,
    /// The hash of the text that the edit began with, and the version that was in force then.
    pub base: (String, u32),
    pub how: Published,
    pub by: Actor,
    pub at: Timestamp,
    pub command_id: String,
}

/// What became of it.
#[derive(Clone, Debug)]
pub enum Verdict {
    InForce,
    Same,
    /// Nothing was written.
    Wrong(Vec<Finding>),
    /// Nothing was written.
    Refused(Refusal),
    /// The templates are those inside the program.
    Inside,
}

/// The files as they are: path and text.
pub type ReadFiles = Arc<dyn Fn() -> BoxFuture<'static, Vec<(String, String)>> + Send + Sync>;
/// The same checks as on the command line, of all files with the edited one among them.
pub type CheckEdit = Arc<dyn Fn(Edit) -> BoxFuture<'static, Vec<Finding>> + Send + Sync>;
/// The same dry run as on the command line; nothing where there is no service, no time, or no room for it now.
pub type TryOut = Arc<dyn Fn(Trial) -> BoxFuture<'static, Option<DryRun>> + Send + Sync>;
/// Writes the file and puts the whole set in force, or does nothing.
pub type PutInForce = Arc<dyn Fn(Publishing) -> BoxFuture<'static, Result<Verdict, AppError>> + Send + Sync>;

/// The schema of the file at a path, with explanations in a language, for the editor; nothing where there is none.
pub type SchemaOf = fn(&str, &str) -> Option<&'static str>;

/// What can be done with templates.
#[derive(Clone)]
pub struct Workshop {
    /// Whether there is a folder that can be written to.
    pub writable: bool,
    pub files: ReadFiles,
    pub check: CheckEdit,
    pub try_out: TryOut,
    pub publish: PutInForce,
    pub schema: SchemaOf,
}
