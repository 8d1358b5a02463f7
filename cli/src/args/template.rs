//! Arguments of `template`.

use clap::Subcommand;

#[derive(Subcommand)]
pub enum Template {
    /// All files with their version in force, or all versions of one
    #[command(before_help = "Examples:\n  signoff template list\n  signoff template list smm.yaml")]
    List { file: Option<String> },
    /// The text of a file as it is in force, or as it was
    #[command(
        before_help = "Examples:\n  signoff template show smm.yaml --version 3",
        disable_version_flag = true
    )]
    Show {
        file: String,
        #[arg(long, value_name = "NUMBER")]
        version: Option<u32>,
    },
    /// What a version changed; without numbers the last one
    #[command(
        before_help = "Examples:\n  signoff template diff smm.yaml\n  signoff template diff smm.yaml 2 5"
    )]
    Diff {
        file: String,
        /// The earlier version; left out, the one before
        from: Option<u32>,
        /// The later version; left out, the one in force
        to: Option<u32>,
    },
    /// Check the folder and put it on record as it is; a running server does this by itself
    #[command(before_help = "Examples:\n  signoff template publish --as olena")]
    Publish,
    /// Write the text of an earlier version back, as a new version; running projects keep theirs
    #[command(before_help = "Examples:\n  signoff template restore smm.yaml 3 --as olena")]
    Restore {
        file: String,
        #[arg(value_name = "VERSION")]
        number: u32,
    },
}
