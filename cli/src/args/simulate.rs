//! Arguments of `simulate`.

use std::path::PathBuf;

use chrono::NaiveDate;

/// What is to be simulated; needs no server, no database and no network
#[derive(clap::Args)]
pub struct Simulate {
    /// The template: a file, or the name of a service
    pub file: PathBuf,
    /// How the client answers: within the hour; late, with one send-back; never
    #[arg(long, value_enum, default_value_t = Manner::Ideal)]
    pub client: Manner,
    /// The day on which the project is opened; without it, today
    #[arg(long, value_name = "DATE")]
    pub start: Option<NaiveDate>,
    /// The last day that is shown
    #[arg(long, value_name = "DATE")]
    pub until: Option<NaiveDate>,
    /// How many periods of a service that repeats
    #[arg(long, default_value_t = 2, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=24))]
    pub periods: u32,
    /// Messages in full instead of their beginning
    #[arg(long)]
    pub full: bool,
}

/// How a simulated client answers
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Manner {
    Ideal,
    Typical,
    Silent,
}
