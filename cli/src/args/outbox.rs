//! Arguments of the messages that do not go out by themselves.

use clap::Subcommand;

#[derive(Subcommand)]
pub enum Outbox {
    /// Messages that wait for a word of yours: for whom, what, since when and why
    #[command(before_help = "Examples:\n  signoff outbox held\n  signoff outbox held --json")]
    Held,
    /// Let messages into the line again, at their old places; a lost chat is tried again
    #[command(before_help = "Examples:\n  signoff outbox release 41 42")]
    Release {
        /// As `outbox held` numbers them
        #[arg(required = true)]
        messages: Vec<i64>,
    },
    /// Take messages out of the line for good, with the reason
    #[command(before_help = "Examples:\n  signoff outbox drop 41 --comment \"Сказали телефоном\"")]
    Drop {
        /// As `outbox held` numbers them
        #[arg(required = true)]
        messages: Vec<i64>,
        /// Why nobody needs them
        #[arg(long)]
        comment: String,
    },
}
