//! `task comment`, `task due` and `task priority`, as they are typed.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use engine::domain::project::set_priority::Priority;

use super::TaskArg;

#[derive(Args)]
#[command(
    before_help = "Examples:\n  signoff task comment ранок/ads \"Бюджет погоджено\"\n  signoff task comment ранок/ads \"Ось макети\" --file banners.pdf --client"
)]
pub struct CommentOnTask {
    #[arg(value_name = "PROJECT/TASK")]
    pub task: TaskArg,
    /// What there is to say; may be left out with a file
    #[arg(required_unless_present = "file")]
    pub text: Option<String>,
    /// A file of at most 50 MB that goes with it
    #[arg(long, value_name = "PATH")]
    pub file: Option<PathBuf>,
    /// The client sees it too: it goes to the client's chat
    #[arg(long)]
    pub client: bool,
}

#[derive(Args)]
#[command(before_help = "Examples:\n  signoff task priority ранок/ads high --as olena")]
pub struct SetPriority {
    #[arg(value_name = "PROJECT/TASK")]
    pub task: TaskArg,
    pub priority: Wanted,
}

/// When something is to be done.
#[derive(Clone, Copy, ValueEnum)]
pub enum Wanted {
    /// Before other work
    High,
    Normal,
    /// After other work
    Low,
}

impl From<Wanted> for Priority {
    fn from(wanted: Wanted) -> Self {
        match wanted {
            Wanted::High => Self::High,
            Wanted::Normal => Self::Normal,
            Wanted::Low => Self::Low,
        }
    }
}

#[derive(Args)]
#[command(
    before_help = "Examples:\n  signoff task due ранок/ads 2026-12-04 --comment \"Клієнт дав матеріали пізніше\" --as olena"
)]
pub struct SetDue {
    #[arg(value_name = "PROJECT/TASK")]
    pub task: TaskArg,
    /// The last day, such as 2026-12-04
    #[arg(value_name = "DATE")]
    pub day: NaiveDate,
    /// Why
    #[arg(long)]
    pub comment: String,
}
