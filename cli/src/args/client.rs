//! What `client write` takes.

use chrono::NaiveDate;
use clap::Args;

#[derive(Args)]
pub struct WriteToClient {
    pub client: String,
    pub text: String,
    /// What it is about
    #[arg(long)]
    pub project: Option<String>,
    /// The next step comes by the end of this day
    #[arg(long = "by", value_name = "DATE", requires = "project")]
    pub day: Option<NaiveDate>,
}
