//! Arguments of `time`.

use chrono::NaiveDate;
use clap::Subcommand;

use super::TaskArg;

#[derive(Subcommand)]
pub enum Time {
    /// Write down working time on a task
    #[command(
        before_help = "Examples:\n  signoff time add ранок/communication 1h30m --kind call\n  signoff time add ранок/rubricator 45m --on 2026-11-24 --by maksym --comment \"Дописав теми\""
    )]
    Add {
        #[arg(value_name = "PROJECT/TASK")]
        task: TaskArg,
        /// How long: 45m, 1h30m, 1.5h or 1:30
        minutes: String,
        /// What it went on, such as call or meeting; left out where the task takes only one kind
        #[arg(long)]
        kind: Option<String>,
        /// The day of the work, such as 2026-11-24; left out, today
        #[arg(long, value_name = "DATE")]
        on: Option<NaiveDate>,
        /// Whose time it is; left out, yours, or the assignee's if the operator asks
        #[arg(long = "by", value_name = "PERSON")]
        person: Option<String>,
        /// What was done
        #[arg(long)]
        comment: Option<String>,
    },
    /// The time that was written down on a project
    #[command(before_help = "Examples:\n  signoff time list ранок\n  signoff time list ранок --all --json")]
    List {
        project: String,
        /// Also what was taken back
        #[arg(long)]
        all: bool,
    },
    /// Take an entry back; it stays in the log and counts no more
    #[command(before_help = "Examples:\n  signoff time cancel ранок/3 --comment \"Інший клієнт\"")]
    Cancel {
        #[arg(value_name = "PROJECT/ENTRY")]
        entry: TaskArg,
        /// Why
        #[arg(long)]
        comment: Option<String>,
    },
}
