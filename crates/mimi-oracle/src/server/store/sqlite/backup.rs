//! [`SqliteReader::backup`]: a copy of the file as of one moment, while it is in use.

use std::error::Error;
use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::{SqliteReader, file};
use crate::server::store::StoreError;

/// Pages copied between two reports of the progress: 4 MiB.
const PAGES: i32 = 1024;

impl SqliteReader {
    /// Copies the store to a file that is not there yet, readable by its owner only. The copy has its name once it is whole and on the
    /// disk. `progress` is told how many pages are done, and of how many.
    ///
    /// # Errors
    /// [`BackupError`].
    pub fn backup(&self, to: &Path, mut progress: impl FnMut(u64, u64)) -> Result<(), BackupError> {
        if fs::exists(to)? {
            return Err(BackupError::Exists(to.to_owned()));
        }
        let partial = Partial::new(to)?;
        self.copy(&partial.0, &mut progress)
            .map_err(StoreError::from)?;
        File::open(&partial.0)?.sync_all()?;
        partial.rename(to)
    }

    fn copy(&self, to: &Path, progress: &mut impl FnMut(u64, u64)) -> rusqlite::Result<()> {
        let mut copy = Connection::open_with_flags(to, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // All of one moment: without it, SQLite would start again whenever somebody wrote meanwhile.
        let snapshot = self.connection.unchecked_transaction()?;
        snapshot.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        let backup = Backup::new(&snapshot, &mut copy)?;
        loop {
            let step = backup.step(PAGES)?;
            let pages = backup.progress();
            let of = u64::try_from(pages.pagecount).unwrap_or_default();
            let remaining = u64::try_from(pages.remaining).unwrap_or_default();
            progress(of.saturating_sub(remaining), of);
            if step == StepResult::Done {
                return Ok(());
            }
        }
    }
}

/// A copy that is not whole yet, and goes when it is let go of.
struct Partial(PathBuf);

impl Partial {
    fn new(of: &Path) -> io::Result<Self> {
        let path = file::beside(of, &format!(".{}.partial", std::process::id()));
        file::create_new(&path)?;
        Ok(Self(path))
    }

    /// Gives the copy its name, unless somebody else took it.
    fn rename(self, to: &Path) -> Result<(), BackupError> {
        match fs::hard_link(&self.0, to) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(BackupError::Exists(to.to_owned()));
            }
            // A file system without links.
            Err(_) => fs::rename(&self.0, to)?,
        }
        drop(self);
        Ok(file::sync_folder_of(to)?)
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // Gone already after a rename; otherwise there is nothing better to do about it.
        drop(fs::remove_file(&self.0));
    }
}

/// Why there is no backup.
#[derive(Debug)]
#[non_exhaustive]
pub enum BackupError {
    /// There is a file of that name.
    Exists(PathBuf),
    /// The file could not be made.
    Io(io::Error),
    /// The store could not be read, or the copy not written.
    Store(StoreError),
}

impl From<io::Error> for BackupError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<StoreError> for BackupError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl fmt::Display for BackupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists(path) => write!(
                f,
                "{:?} is there already; a backup overwrites nothing",
                path.display().to_string()
            ),
            Self::Io(error) => write!(f, "the backup could not be written: {error}"),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl Error for BackupError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Exists(_) => None,
            Self::Io(error) => Some(error),
            Self::Store(error) => error.source(),
        }
    }
}
