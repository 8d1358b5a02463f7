//! Arguments of `project export`.

use std::path::PathBuf;

use clap::Args;

#[derive(Args)]
#[command(
    before_help = "Examples:\n  signoff project export ранок\n  signoff project export smm-k7q2 --to /backup/ранок.zip --json\n  signoff project export --check /backup/ранок.zip"
)]
pub struct Export {
    #[arg(required_unless_present = "check")]
    pub project: Option<String>,
    /// The archive; without it, a name in this folder
    #[arg(long, value_name = "FILE.zip")]
    pub to: Option<PathBuf>,
    /// Only look whether this archive is whole: the hash of each part and of each event
    #[arg(long, value_name = "FILE.zip", conflicts_with_all = ["project", "to"])]
    pub check: Option<PathBuf>,
}
