//! Arguments of briefs.

use clap::Subcommand;

use super::pair;

#[derive(Subcommand)]
pub enum Brief {
    /// Send the client the form; sending it once more needs --again
    #[command(
        before_help = "Examples:\n  signoff brief send ранок\n  signoff brief send ранок smm-brief --again"
    )]
    Send {
        project: String,
        /// Its name; may be left out where the project has one form
        form: Option<String>,
        /// Also if it was sent before
        #[arg(long)]
        again: bool,
    },
    /// How far the forms of a project are, with the answers so far
    #[command(
        before_help = "Examples:\n  signoff brief show ранок\n  signoff brief show ранок smm-brief --json"
    )]
    Show { project: String, form: Option<String> },
    /// Write down answers for the client, without handing the form in
    #[command(
        before_help = "Examples:\n  signoff brief set ранок smm-brief website=https://ranok.example budget=\"5000 UAH\""
    )]
    Set {
        project: String,
        form: String,
        #[arg(value_name = "QUESTION=ANSWER", value_parser = pair, required = true)]
        answers: Vec<(String, String)>,
    },
    /// Hand the form in for the client; it is marked as filled in by the staff
    #[command(before_help = "Examples:\n  signoff brief submit ранок smm-brief --as olena")]
    Submit {
        project: String,
        form: Option<String>,
        /// Also what the client has typed and not handed in
        #[arg(long)]
        with_draft: bool,
    },
}
