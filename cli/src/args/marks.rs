//! Arguments that say which projects are meant.

use chrono::NaiveDate;
use clap::Args;

/// Marks of projects; all of them together.
#[expect(clippy::struct_excessive_bools, reason = "a flag of the command line each")]
#[derive(Args)]
pub struct Marks {
    /// Also those that are over
    #[arg(long)]
    pub all: bool,
    /// The service, such as smm
    #[arg(long)]
    pub service: Option<String>,
    /// The client, by id or a part of the name
    #[arg(long)]
    pub client: Option<String>,
    /// Who leads them
    #[arg(long, value_name = "PERSON")]
    pub pm: Option<String>,
    /// Who has a role in them
    #[arg(long)]
    pub person: Option<String>,
    /// Opened on this day or later
    #[arg(long, value_name = "DAY")]
    pub from: Option<NaiveDate>,
    /// Opened on this day or before
    #[arg(long, value_name = "DAY")]
    pub until: Option<NaiveDate>,
    /// Something in it is late on our side
    #[arg(long)]
    pub late: bool,
    /// An invoice is out and not paid, or paid in part
    #[arg(long)]
    pub unpaid: bool,
    /// Something in it waits for the client
    #[arg(long)]
    pub with_client: bool,
}
