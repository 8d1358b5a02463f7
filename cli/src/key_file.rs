//! Key file: what seals the accesses of clients; made once, read by us alone, never shown (PF-86).

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;

use engine::vault::{KEY, Vault};

use crate::failure::Failure;
use crate::random;

/// The vault of a key file; none where there is no file.
pub fn read(path: &Path) -> Result<Option<Arc<Vault>>, Failure> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == ErrorKind::IsADirectory => return Ok(None),
        Err(error) => {
            return Err(Failure::failed(format!("{} cannot be read: {error}", path.display()))
                .with_hint("see secrets.key_file in signoff.toml"));
        }
    };
    let key = key(text.trim()).ok_or_else(|| {
        Failure::usage(format!("{} is no key: 64 hexadecimal digits are wanted", path.display()))
            .with_hint("see secrets.key_file in signoff.toml")
    })?;
    Ok(Some(Arc::new(Vault::new(key))))
}

/// Makes a key file that only its owner reads, unless there is one; answers whether it did.
pub fn make(path: &Path) -> std::io::Result<bool> {
    let mut key = [0_u8; KEY];
    random::fill(&mut key);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(mut file) => {
            for byte in key {
                write!(file, "{byte:02x}")?;
            }
            writeln!(file).map(|()| true)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

fn key(text: &str) -> Option<[u8; KEY]> {
    let is_hex = text.len() == 2 * KEY && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let byte = |at: usize| u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok();
    let bytes: Vec<u8> = (0..KEY).filter(|_| is_hex).filter_map(byte).collect();
    bytes.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_read_by_its_owner_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("signoff.key");
        assert!(read(&path).is_ok_and(|vault| vault.is_none()));
        assert!(make(&path).unwrap());
        let first = std::fs::read_to_string(&path).unwrap();
        assert!(!make(&path).unwrap());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), first);
        assert!(read(&path).is_ok_and(|vault| vault.is_some()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn what_is_no_key_is_refused_without_showing_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("signoff.key");
        std::fs::write(&path, "hunter2").unwrap();
        let Err(failure) = read(&path) else { panic!("it is no key") };
        assert!(failure.lines().iter().all(|line| !line.contains("hunter2")));
    }
}
