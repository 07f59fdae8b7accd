//! The folder of an oracle.

use std::fs::DirBuilder;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Result, anyhow};
use mimi_oracle::server::{KeyFileError, KeyRing};

use crate::zones::shown_path;

/// The secrets.
pub(crate) fn key_file(data: &Path) -> PathBuf {
    data.join(KeyRing::FILE)
}

/// The registrations.
pub(crate) fn registrations(data: &Path) -> PathBuf {
    data.join("registrations.sqlite")
}

/// Reads the secrets.
pub(crate) fn read_keys(data: &Path) -> Result<KeyRing> {
    let path = key_file(data);
    KeyRing::read(&path).map_err(|error| cannot_read_key(&path, &error))
}

/// Says what to do where there is no file.
pub(crate) fn cannot_read_key(path: &Path, error: &KeyFileError) -> anyhow::Error {
    let shown = shown_path(path);
    match error {
        KeyFileError::Io(error) if error.kind() == io::ErrorKind::NotFound => {
            anyhow!("there is no {shown}; `mimi oracle key new` makes it")
        }
        error => anyhow!("cannot use {shown}: {error}"),
    }
}

/// Makes a folder that only its owner may look into, where there is none.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// Seconds since 1970.
pub(crate) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}
