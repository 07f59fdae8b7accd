//! `oracle.key` on the disk: never readable by others, never half written, never changed by two processes at once.

use std::error::Error;
use std::fmt;
use std::fs::File;
use std::io;
use std::path::Path;

use super::{KeyRing, KeyRingError};
use crate::server::files::{
    FolderLock, exposed, folder_of, read_bounded, replace_private, write_private,
};

impl KeyRing {
    /// Writes a new file that only its owner may read, down to the disk.
    ///
    /// # Errors
    /// [`KeyFileError::Exists`]; [`KeyFileError::Io`].
    pub fn create(&self, path: &Path) -> Result<(), KeyFileError> {
        match write_private(path, &self.to_json()) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(KeyFileError::Exists),
            written => written.map_err(KeyFileError::Io),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`KeyFileError::Exposed`], on Unix; [`KeyFileError::Content`]; [`KeyFileError::Io`].
    pub fn read(path: &Path) -> Result<Self, KeyFileError> {
        let file = File::open(path).map_err(KeyFileError::Io)?;
        if let Some(mode) = exposed(&file).map_err(KeyFileError::Io)? {
            return Err(KeyFileError::Exposed { mode });
        }
        let content = read_bounded(file, Self::MAX_OCTETS).map_err(KeyFileError::Io)?;
        Self::from_json(&content).map_err(KeyFileError::Content)
    }

    /// Replaces a file that is there, in one step and down to the disk; its owner and permissions stay. Two processes that read, change
    /// and save undo each other's changes: see [`update`](Self::update).
    ///
    /// # Errors
    /// [`KeyFileError::Io`].
    pub fn save(&self, path: &Path) -> Result<(), KeyFileError> {
        let lock = FolderLock::wait(folder_of(path)).map_err(KeyFileError::Io)?;
        let saved = replace_private(path, &self.to_json()).map_err(KeyFileError::Io);
        drop(lock);
        saved
    }

    /// Reads a file, changes what was in it, and saves it if `change` says `true`, while no other process does the same.
    ///
    /// # Errors
    /// As [`read`](Self::read) and [`save`](Self::save).
    pub fn update(
        path: &Path,
        change: impl FnOnce(&mut Self) -> bool,
    ) -> Result<Self, KeyFileError> {
        let lock = FolderLock::wait(folder_of(path)).map_err(KeyFileError::Io)?;
        let mut ring = Self::read(path)?;
        if change(&mut ring) {
            replace_private(path, &ring.to_json()).map_err(KeyFileError::Io)?;
        }
        drop(lock);
        Ok(ring)
    }
}

/// Why a file of secrets was not read or written.
#[derive(Debug)]
#[non_exhaustive]
pub enum KeyFileError {
    /// There is a file already, and it is never overwritten.
    Exists,
    /// Others than the owner have these permissions of Unix.
    Exposed {
        /// The nine bits of the owner, the group and others.
        mode: u32,
    },
    /// The content is not what it should be.
    Content(KeyRingError),
    /// The system refused.
    Io(io::Error),
}

impl fmt::Display for KeyFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists => f.write_str(
                "there is a file already; secrets are never overwritten, since a pin is lost with them",
            ),
            Self::Exposed { mode } => write!(
                f,
                "others than its owner may use it (mode {mode:04o}); say `chmod 600` on it, and make new secrets if others may have read it"
            ),
            Self::Content(error) => error.fmt(f),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl Error for KeyFileError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            // What is displayed is the whole of it.
            Self::Content(error) => error.source(),
            Self::Io(error) => error.source(),
            _ => None,
        }
    }
}
