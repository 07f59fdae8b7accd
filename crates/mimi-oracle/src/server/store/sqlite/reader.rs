//! [`SqliteReader`]: reads the file beside whoever writes it.

use std::error::Error;
use std::fmt;
use std::path::Path;

use rusqlite::{Connection, ErrorCode, params};

use super::file;
use super::slots::FREE;
use crate::server::store::{RegistrationId, StoreError};

/// Registrations in a SQLite file, open for reading, also while a [`SqliteStore`](super::SqliteStore) writes.
#[derive(Debug)]
pub struct SqliteReader {
    pub(super) connection: Connection,
}

impl SqliteReader {
    /// Opens a file that is there.
    ///
    /// # Errors
    /// [`StoreError::Foreign`], [`StoreError::Version`] and [`StoreError::Database`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let connection = file::open_to_read(path)?;
        Ok(Self { connection })
    }

    /// As [`Store::for_each`](crate::server::Store::for_each).
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn for_each(
        &self,
        now: u64,
        show: &mut dyn FnMut(RegistrationId, Vec<u8>),
    ) -> Result<(), StoreError> {
        // One statement sees one moment, and holds a row at a time.
        let mut statement = self.connection.prepare(
            "SELECT id, sealed FROM registration WHERE id <> ?1 AND expires > ?2 ORDER BY slot",
        )?;
        let mut rows = statement.query(params![FREE, now.to_be_bytes()])?;
        while let Some(row) = rows.next()? {
            show(RegistrationId(row.get(0)?), row.get(1)?);
        }
        Ok(())
    }

    /// Has SQLite check every page and every row.
    ///
    /// # Errors
    /// [`VerifyError::Damaged`], with what it found.
    pub fn verify(&self) -> Result<(), VerifyError> {
        match self.integrity_check() {
            Ok(found) if found == ["ok"] => Ok(()),
            Ok(found) => Err(VerifyError::Damaged(found)),
            // So damaged that it could not go on.
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => {
                Err(VerifyError::Damaged(vec![error.to_string()]))
            }
            Err(error) => Err(VerifyError::Store(error.into())),
        }
    }

    fn integrity_check(&self) -> rusqlite::Result<Vec<String>> {
        let mut statement = self.connection.prepare("PRAGMA integrity_check")?;
        let lines = statement.query_map([], |row| row.get(0))?;
        lines.collect()
    }
}

/// Why the file was not found to be whole.
#[derive(Debug)]
#[non_exhaustive]
pub enum VerifyError {
    /// What SQLite found, a line for each damage, at most 100.
    Damaged(Vec<String>),
    /// It could not be read at all.
    Store(StoreError),
}

impl From<StoreError> for VerifyError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(lines) => {
                let first = lines.first().map_or("", String::as_str);
                let count = lines.len();
                write!(f, "the store is damaged in {count} places, first: {first}")
            }
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl Error for VerifyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Damaged(_) => None,
            Self::Store(error) => error.source(),
        }
    }
}
