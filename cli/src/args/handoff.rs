//! Arguments of hand-overs and of the accesses of a client.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

/// What sales promised with a project.
#[expect(clippy::struct_field_names, reason = "each is the name of an option")]
#[derive(Args, Clone, Debug, Default)]
pub struct Promised {
    /// Sales promised everything by this day, such as 2026-12-18
    #[arg(long, value_name = "DATE")]
    pub promised_by_date: Option<NaiveDate>,
    /// The sum that sales named
    #[arg(long, value_name = "AMOUNT")]
    pub promised_sum: Option<String>,
    /// What sales promised, in words
    #[arg(long, value_name = "WORDS")]
    pub promised: Option<String>,
}

#[derive(Subcommand)]
pub enum Handoff {
    /// Hand a project over once more, with other promises
    #[command(
        before_help = "Examples:\n  signoff handoff offer ранок --promised-by-date 2026-12-18 --promised \"Сайт із кошиком\" --promised-sum \"110000 UAH\""
    )]
    Offer {
        project: String,
        #[command(flatten)]
        promised: Promised,
    },
    /// Take the project into production
    #[command(before_help = "Examples:\n  signoff handoff accept ранок --as olena")]
    Accept { project: String },
    /// Give it back to sales, with the reason; possible until work begins
    #[command(
        before_help = "Examples:\n  signoff handoff return ранок --reason \"Два тижні на це замало\" --as olena"
    )]
    Return {
        project: String,
        #[arg(long)]
        reason: String,
    },
}

#[derive(Subcommand)]
pub enum Access {
    /// The accesses that a project needs, and how far each is
    #[command(before_help = "Examples:\n  signoff access list ранок")]
    List { project: String },
    /// Ask the client for an access: its chat gets an address of its own for it
    #[command(before_help = "Examples:\n  signoff access ask ранок hosting --as olena")]
    Ask { project: String, access: String },
    /// Write an access down for the client; it is read from the standard input and kept encrypted
    #[command(
        before_help = "Examples:\n  signoff access set ранок hosting --as olena < access.txt\n  signoff access set ранок hosting --from access.txt --as olena"
    )]
    Set {
        project: String,
        access: String,
        /// A file instead of the standard input
        #[arg(long, value_name = "FILE")]
        from: Option<PathBuf>,
    },
    /// Show an access to a person who may see it; each look is on record
    #[command(before_help = "Examples:\n  signoff access show ранок hosting --as olena")]
    Show { project: String, access: String },
}
