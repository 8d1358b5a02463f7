//! The editor of the template page is made of packages, once, here: whoever builds Signoff needs no npm.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::vendor::{Asset, FOLDER, List};

/// Makes each file that is made here anew, with the licences of what went into it, and writes its hashes into the list.
pub fn make(root: &Path) -> Result<()> {
    let (mut text, list) = List::read(root)?;
    for asset in &list.asset {
        let Some(source) = &asset.made_from else { continue };
        let folder = root.join(source);
        run(&folder, "npm", &["ci"])?;
        let file = root.join(FOLDER).join(&asset.file);
        bundle(&folder, &file)?;
        let licences = licences(&folder.join("node_modules"))?;
        fs::write(root.join(FOLDER).join(&asset.licence_file), licences)?;
        text = renewed(&text, asset, &hex::encode(Sha256::digest(fs::read(&file)?)), &source_hash(&folder)?);
    }
    fs::write(root.join(FOLDER).join("VENDOR.toml"), text).context("VENDOR.toml cannot be written")
}

fn bundle(folder: &Path, file: &Path) -> Result<()> {
    let out = format!("--outfile={}", file.display());
    let how = [
        "--bundle",
        "--minify",
        "--format=iife",
        "--global-name=SignoffEditor",
        "--target=es2022",
        "--legal-comments=none",
    ];
    run(folder, "node_modules/.bin/esbuild", &[&["editor.js"], &how[..], &[&out]].concat())
}

fn run(folder: &Path, program: &str, args: &[&str]) -> Result<()> {
    let status = Command::new(program).args(args).current_dir(folder).status();
    if !status
        .with_context(|| format!("{program} could not be started; `vendor` needs Node and npm"))?
        .success()
    {
        bail!("{program} {} failed", args.join(" "));
    }
    Ok(())
}

fn renewed(list: &str, asset: &Asset, file: &str, source: &str) -> String {
    list.replace(&asset.sha256, file).replace(&asset.package_sha256, source)
}

/// The hash of all that the file is made from: our own lines and the lock, which has the hash of each package.
pub fn source_hash(folder: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    for name in names(folder, is_source)? {
        let bytes = fs::read(folder.join(&name))?;
        hash.update(format!("{name}\0{}\0", bytes.len()));
        hash.update(bytes);
    }
    Ok(hex::encode(hash.finalize()))
}

fn is_source(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|kind| kind == "js" || kind == "json")
}

/// The licence texts of all packages, but of the tool that bundles them: it is not in the file.
fn licences(packages: &Path) -> Result<String> {
    let mut all = Vec::new();
    for scope in names(packages, |name| name != "esbuild" && name != "@esbuild" && !name.starts_with('.'))? {
        let folder = packages.join(&scope);
        let inner = if scope.starts_with('@') { names(&folder, |_| true)? } else { vec![String::new()] };
        for name in inner {
            let package = folder.join(&name);
            let Some(file) = names(&package, |name| name.to_uppercase().starts_with("LICEN"))?.pop() else {
                bail!("{scope} {name} has no licence text");
            };
            let text = fs::read_to_string(package.join(file))?;
            let name = [scope.as_str(), &name].join("/");
            all.push(format!("{}\n\n{}\n\n", name.trim_end_matches('/'), text.trim()));
        }
    }
    Ok(all.concat())
}

fn names(folder: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        all.push(entry?.file_name().to_string_lossy().into_owned());
    }
    all.retain(|name| wanted(name));
    all.sort();
    Ok(all)
}
