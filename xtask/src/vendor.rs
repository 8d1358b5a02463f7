//! What comes from elsewhere is what its list says, byte for byte, and each piece has its licence beside it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::editor;

/// Where it lies.
pub const FOLDER: &str = "web/assets/vendor";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    pub asset: Vec<Asset>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asset {
    name: String,
    version: String,
    licence: String,
    pub licence_file: String,
    pub file: String,
    pub sha256: String,
    /// Of the package that the file was taken from, which whoever refreshes it compares; or of what it is made from.
    pub package_sha256: String,
    /// The folder of what it is made from by `cargo xtask vendor`.
    pub made_from: Option<String>,
}

impl List {
    /// The list, and its text.
    pub fn read(root: &Path) -> Result<(String, Self)> {
        let text = fs::read_to_string(root.join(FOLDER).join("VENDOR.toml"));
        let text = text.context("VENDOR.toml cannot be read")?;
        let list = toml::from_str(&text).context("VENDOR.toml cannot be understood")?;
        Ok((text, list))
    }
}

/// Compares every file with the list; a file that the list does not name is a mistake as well.
pub fn check(root: &Path) -> Result<usize> {
    let folder = root.join(FOLDER);
    let (_, list) = List::read(root)?;
    let mut troubles = Vec::new();
    for asset in &list.asset {
        troubles.extend(wrong(&folder, asset));
        if let Some(source) = &asset.made_from
            && editor::source_hash(&root.join(source))? != asset.package_sha256
        {
            troubles.push(format!("{} is older than {source}: run `cargo xtask vendor`", asset.file));
        }
    }
    for entry in fs::read_dir(&folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let named = list.asset.iter().any(|asset| asset.file == name || asset.licence_file == name);
        if !named && name != "VENDOR.toml" {
            troubles.push(format!("{name} is not in VENDOR.toml"));
        }
    }
    if !troubles.is_empty() {
        bail!("{}", troubles.join("\n"));
    }
    Ok(list.asset.len())
}

fn wrong(folder: &Path, asset: &Asset) -> Vec<String> {
    let Asset { name, version, licence, licence_file, file, sha256, package_sha256, made_from: _ } = asset;
    let mut troubles = Vec::new();
    match fs::read(folder.join(file)) {
        Ok(bytes) if hex::encode(Sha256::digest(&bytes)) == *sha256 => {}
        Ok(_) => troubles.push(format!("{file} is not what {name} {version} is: its hash differs")),
        Err(error) => troubles.push(format!("{file} cannot be read: {error}")),
    }
    let text = fs::read_to_string(folder.join(licence_file)).unwrap_or_default();
    if licence.is_empty() || text.trim().is_empty() {
        troubles.push(format!("{name} {version} has no licence text in {licence_file}"));
    }
    if package_sha256.len() != 64 {
        troubles.push(format!("{name} {version} does not name the hash of its package"));
    }
    troubles
}

#[cfg(test)]
mod tests {
    use super::*;

    const LICENCE: &str = "Permission is granted";

    fn folder(hash: &str) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join(FOLDER);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a.js"), "let a;").unwrap();
        fs::write(folder.join("a.LICENSE"), LICENCE).unwrap();
        let package = "0".repeat(64);
        let list = format!(
            "[[asset]]\nname = \"a\"\nversion = \"1\"\nlicence = \"MIT\"\nlicence_file = \"a.LICENSE\"\nfile = \"a.js\"\nsha256 = \"{hash}\"\npackage_sha256 = \"{package}\"\n"
        );
        fs::write(folder.join("VENDOR.toml"), list).unwrap();
        root
    }

    #[test]
    fn a_changed_an_unnamed_and_an_unlicensed_file_are_found() {
        let hash = hex::encode(Sha256::digest("let a;"));
        let root = folder(&hash);
        assert_eq!(check(root.path()).unwrap(), 1);
        let place = root.path().join(FOLDER);
        fs::write(place.join("b.js"), "let b;").unwrap();
        assert!(check(root.path()).unwrap_err().to_string().contains("b.js is not in"));
        fs::remove_file(place.join("b.js")).unwrap();
        fs::write(place.join("a.LICENSE"), " ").unwrap();
        assert!(check(root.path()).unwrap_err().to_string().contains("no licence text"));
        fs::write(place.join("a.LICENSE"), LICENCE).unwrap();
        fs::write(place.join("a.js"), "let evil;").unwrap();
        assert!(check(root.path()).unwrap_err().to_string().contains("its hash differs"));
    }

    #[test]
    fn a_file_that_is_older_than_what_it_is_made_from_is_found() {
        let root = folder(&hex::encode(Sha256::digest("let a;")));
        let source = root.path().join("tools/a");
        fs::create_dir_all(&source).unwrap();
        fs::write(source.join("a.js"), "let a").unwrap();
        let list = root.path().join(FOLDER).join("VENDOR.toml");
        let text = fs::read_to_string(&list).unwrap() + "made_from = \"tools/a\"\n";
        fs::write(&list, text.replace(&"0".repeat(64), &editor::source_hash(&source).unwrap())).unwrap();
        assert_eq!(check(root.path()).unwrap(), 1);
        fs::write(source.join("a.js"), "let a, b").unwrap();
        assert!(check(root.path()).unwrap_err().to_string().contains("a.js is older than tools/a"));
    }
}
