//! Arguments of what changes the plan of a running project, and of reports.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

/// A task that no template has.
#[derive(Args)]
#[command(
    before_help = "Examples:\n  signoff task insert ранок --after content_plan --title \"Банер до акції\" --role designer --due \"2 business days\" --approval"
)]
pub struct InsertTask {
    pub project: String,
    /// The task that it comes after; what waited for that one waits for both
    #[arg(long, value_name = "TASK")]
    pub after: String,
    #[arg(long)]
    pub title: String,
    /// Who does it: a role of agency.yaml
    #[arg(long)]
    pub role: String,
    /// How long it may take, such as "2 business days"
    #[arg(long)]
    pub due: Option<String>,
    /// The client decides on the result
    #[arg(long)]
    pub approval: bool,
    /// Its id; left out, it is made from the title
    #[arg(long)]
    pub id: Option<String>,
}

/// Another version of the template for a running project.
#[derive(Args)]
#[command(
    before_help = "Examples:\n  signoff project move-version ранок --dry-run\n  signoff project move-version ранок\n  signoff project move-version ранок --to 2 --dry-run"
)]
pub struct MoveVersion {
    pub project: String,
    /// Which version: `current`, the number that `signoff template list FILE` shows, or the beginning of its hash
    #[arg(long, default_value = "current", value_name = "VERSION")]
    pub to: String,
    /// Only say what would change
    #[arg(long)]
    pub dry_run: bool,
}

/// Which time is looked at.
#[derive(Args)]
#[command(
    before_help = "Examples:\n  signoff report time\n  signoff report time --client ранок --from 2026-11-01 --to 2026-11-30 --json"
)]
pub struct ReportTime {
    /// Only this project
    #[arg(long)]
    pub project: Option<String>,
    /// Only projects of this client
    #[arg(long)]
    pub client: Option<String>,
    /// From this day on
    #[arg(long, value_name = "DATE")]
    pub from: Option<NaiveDate>,
    /// Up to this day, which belongs to it
    #[arg(long = "to", visible_alias = "until", value_name = "DATE")]
    pub until: Option<NaiveDate>,
}

#[derive(Subcommand)]
pub enum Report {
    /// Working time by client, project and kind, what it costs inside, beside price and profit
    Time(ReportTime),
    /// How long each task and invoice waited for us, the client or money, in business hours, and who was waited for most
    #[command(
        before_help = "Examples:\n  signoff report waits\n  signoff report waits --from 2026-11-01 --until 2026-11-30 --json"
    )]
    Waits {
        /// From this day on
        #[arg(long, value_name = "DATE")]
        from: Option<NaiveDate>,
        /// Up to this day, which belongs to it
        #[arg(long, value_name = "DATE")]
        until: Option<NaiveDate>,
    },
    /// Closed gates that work went on over: who allowed it, when and why
    #[command(
        before_help = "Examples:\n  signoff report overrides\n  signoff report overrides --from 2026-11-01 --until 2026-11-30 --json"
    )]
    Overrides {
        /// From this day on
        #[arg(long, value_name = "DATE")]
        from: Option<NaiveDate>,
        /// Up to this day, which belongs to it
        #[arg(long, value_name = "DATE")]
        until: Option<NaiveDate>,
    },
}
