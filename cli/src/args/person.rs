//! Arguments of the people of the agency.

use clap::Subcommand;

use super::pair;

#[derive(Subcommand)]
pub enum Person {
    /// Add a person, or change name, roles or Telegram user of one
    #[command(
        before_help = "Examples:\n  signoff person add olena --name \"Олена Коваль\" --role pm --telegram-user 100200300\n  signoff person add taras --name Taras --role ads,seo"
    )]
    Add {
        /// A short name in Latin letters, used in templates and commands
        id: String,
        /// The name that others read
        #[arg(long)]
        name: String,
        /// Roles of agency.yaml, with commas between them
        #[arg(long, value_delimiter = ',', required = true, value_name = "ROLE")]
        role: Vec<String>,
        /// The number of the person's Telegram account
        #[arg(long, value_name = "NUMBER")]
        telegram_user: Option<i64>,
    },
    /// Everybody, with roles
    List,
    /// A link by which a person signs in to the board: once, within 10 minutes
    #[command(before_help = "Examples:\n  signoff person link olena\n  signoff user link olena --json")]
    Link {
        /// The id of the person
        id: String,
    },
    /// Give a person a password and the secret for codes, to sign in without the bot; the password is asked for, or read
    /// from a pipe
    #[command(
        visible_alias = "passwd",
        before_help = "Examples:\n  signoff person password olena\n  signoff user passwd olena --json < password.txt"
    )]
    Password {
        /// The id of the person
        id: String,
    },
    /// What a person holds: roles, tasks and checks in projects that are not over
    #[command(before_help = "Examples:\n  signoff person owns maksym\n  signoff person owns maksym --json")]
    Owns {
        /// The id of the person
        id: String,
    },
    /// Take a person off the staff and give all that they hold to others, in one step
    #[command(
        visible_alias = "deactivate",
        before_help = "Examples:\n  signoff person leave maksym --to olena\n  signoff person leave maksym --assign smm=iryna ads=taras"
    )]
    Leave {
        /// The id of the person
        id: String,
        /// Who gets everything that --assign does not name
        #[arg(long, value_name = "PERSON")]
        to: Option<String>,
        /// Who gets a role, in every project
        #[arg(long, value_name = "ROLE=PERSON", num_args = 1.., value_parser = pair)]
        assign: Vec<(String, String)>,
    },
}
