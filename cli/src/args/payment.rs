//! Arguments of `payment`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Subcommand;

use super::TaskArg;

#[derive(Subcommand)]
pub enum Payment {
    /// Payments that somebody waits for, with what is open
    #[command(before_help = "Examples:\n  signoff payment list\n  signoff payment list ранок --all")]
    List {
        /// Only those of this project
        project: Option<String>,
        /// Also those that are paid or cancelled
        #[arg(long)]
        all: bool,
    },
    /// Write down that an invoice is out; the client is told
    #[command(
        before_help = "Examples:\n  signoff payment invoice ранок/2 --number СФ-117\n  signoff payment invoice ранок/2 --number СФ-117 --amount \"24000 UAH\" --date 2026-12-01 --file ./СФ-117.pdf"
    )]
    Invoice {
        #[arg(value_name = "PROJECT/PAYMENT")]
        payment: TaskArg,
        /// The number of the invoice
        #[arg(long)]
        number: String,
        /// What it asks for; left out, what is due
        #[arg(long)]
        amount: Option<String>,
        /// The day on it, such as 2026-12-01; left out, today
        #[arg(long)]
        date: Option<NaiveDate>,
        /// The invoice itself; the client gets it
        #[arg(long)]
        file: Option<PathBuf>,
    },
    /// Write down money that came in, all or a part; a negative amount corrects a mistake
    #[command(
        before_help = "Examples:\n  signoff payment receive ранок/2\n  signoff payment receive ранок/2 --amount \"10000 UAH\" --on 2026-12-03\n  signoff payment receive ранок/2 --amount=-10000 --comment \"Це був інший клієнт\""
    )]
    Receive {
        #[arg(value_name = "PROJECT/PAYMENT")]
        payment: TaskArg,
        /// What came; left out, all that is still open
        #[arg(long, allow_hyphen_values = true)]
        amount: Option<String>,
        /// The day on which it came, such as 2026-12-03; left out, today
        #[arg(long)]
        on: Option<NaiveDate>,
        /// Why, needed for a correction
        #[arg(long)]
        comment: Option<String>,
        /// It is other money than what came on that day with the same amount
        #[arg(long)]
        again: bool,
    },
    /// Write down money that came from a client and fits no payment yet
    #[command(
        before_help = "Examples:\n  signoff payment arrived ранок --amount \"12000 UAH\"\n  signoff payment arrived ранок --amount 12000 --on 2026-12-03 --reference 1040-77"
    )]
    Arrived {
        client: String,
        /// What came
        #[arg(long)]
        amount: String,
        /// The day on which it came, such as 2026-12-03; left out, today
        #[arg(long)]
        on: Option<NaiveDate>,
        /// The bank's number of the transfer
        #[arg(long)]
        reference: Option<String>,
        /// It is other money than what is written down already
        #[arg(long)]
        again: bool,
    },
    /// Say which payment such money is for; it is a receipt of that payment from then on
    #[command(
        before_help = "Examples:\n  signoff payment match ранок/1 ранок/2\n  signoff payment match ранок/1 smm-k7q2/2 --amount 10000"
    )]
    Match {
        /// The number of the money, as `payment list` shows it
        #[arg(value_name = "CLIENT/NUMBER")]
        money: TaskArg,
        #[arg(value_name = "PROJECT/PAYMENT")]
        payment: TaskArg,
        /// How much of it; left out, what the payment is open for
        #[arg(long)]
        amount: Option<String>,
        /// It is other money than what the payment has of that day with the same amount
        #[arg(long)]
        again: bool,
    },
    /// Write off what is left of such money: it went back to the client, or was a mistake
    #[command(before_help = "Examples:\n  signoff payment dismiss ранок/1 --comment \"Повернули клієнтові\"")]
    Dismiss {
        #[arg(value_name = "CLIENT/NUMBER")]
        money: TaskArg,
        /// Why
        #[arg(long)]
        comment: String,
    },
    /// Give a payment up, with the reason; its task is cancelled with it
    #[command(before_help = "Examples:\n  signoff payment cancel ранок/2 --comment \"Місяць у подарунок\"")]
    Cancel {
        #[arg(value_name = "PROJECT/PAYMENT")]
        payment: TaskArg,
        /// Why
        #[arg(long)]
        comment: String,
    },
}
