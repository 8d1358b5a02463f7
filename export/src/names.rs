//! Names of files that every system takes, whatever people called them.

use std::collections::HashSet;

/// The longest name, in bytes.
const LONGEST: usize = 120;

/// Names that one system keeps for its devices.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com1", "lpt1"];

/// A name without paths, control characters and what some system forbids; never empty.
pub fn safe_name(name: &str) -> String {
    let kept = |c: char| if c.is_control() || "<>:\"/\\|?*".contains(c) || is_hidden(c) { '_' } else { c };
    let name: String = name.chars().map(kept).collect();
    let name = name.trim_matches(['.', ' ']);
    let (stem, ending) = split(name);
    let room = LONGEST.saturating_sub(ending.len());
    let stem = stem.get(..stem.floor_char_boundary(room)).unwrap_or_default();
    let is_device = DEVICES.contains(&stem.to_lowercase().as_str());
    match (stem.is_empty(), is_device) {
        (true, _) => format!("file{ending}"),
        (false, true) => format!("_{stem}{ending}"),
        (false, false) => format!("{stem}{ending}"),
    }
}

/// Characters that turn the order of letters around, or do not show.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// The name, and its ending with the dot.
fn split(name: &str) -> (&str, &str) {
    let dot = name.rfind('.').filter(|at| *at > 0 && name.len() - at <= 12);
    dot.map_or((name, ""), |at| name.split_at(at))
}

/// Paths that were given away; some systems do not tell `A` from `a`.
#[derive(Default)]
pub struct Taken(HashSet<String>);

impl Taken {
    /// A path in a folder that nothing else has.
    pub fn path(&mut self, folder: &str, name: &str) -> String {
        let name = safe_name(name);
        let (stem, ending) = split(&name);
        let mut path = format!("{folder}/{name}");
        let mut number = 1;
        while !self.0.insert(path.to_lowercase()) {
            number += 1;
            path = format!("{folder}/{stem} ({number}){ending}");
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_and_stays_readable() {
        assert_eq!(safe_name("Кошторис №1.pdf"), "Кошторис №1.pdf");
        assert_eq!(safe_name("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(safe_name("a\\b:c\n\u{202e}fdp.exe"), "a_b_c__fdp.exe");
        assert_eq!(safe_name(" .. "), "file");
        assert_eq!(safe_name("con.txt"), "_con.txt");
    }

    #[test]
    fn a_long_name_keeps_its_ending_and_whole_letters() {
        let name = safe_name(&format!("{}.pdf", "ї".repeat(200)));
        assert!(name.len() <= LONGEST && name.ends_with("ї.pdf"), "{name}");
    }

    #[test]
    fn two_files_of_one_name_are_both_there() {
        let mut taken = Taken::default();
        let paths = ["План.pdf", "план.PDF", "План.pdf"].map(|name| taken.path("files/plan", name));
        assert_eq!(paths, ["files/plan/План.pdf", "files/plan/план (2).PDF", "files/plan/План (3).pdf"]);
    }
}
