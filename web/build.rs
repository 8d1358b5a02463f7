//! Packs what pages load, once, so that no server does it and no reader waits for it.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use flate2::Compression;
use flate2::write::GzEncoder;

fn main() -> Result<(), Box<dyn Error>> {
    let to = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    for folder in ["assets", "assets/vendor"] {
        println!("cargo::rerun-if-changed={folder}");
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|kind| ["css", "js", "svg"].iter().any(|known| kind == *known)) {
                pack(&path, &to)?;
            }
        }
    }
    Ok(())
}

fn pack(path: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    let name = path.file_name().ok_or("no name")?.to_string_lossy().into_owned();
    let mut packer = GzEncoder::new(fs::File::create(to.join(name + ".gz"))?, Compression::best());
    packer.write_all(&fs::read(path)?)?;
    packer.finish()?;
    Ok(())
}
