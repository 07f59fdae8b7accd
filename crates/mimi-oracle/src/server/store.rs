//! [`Store`]: where registrations are kept, sealed, so that whoever takes the file learns no identifier.

#[cfg(feature = "postgres")]
mod postgres;
mod registration;
mod sqlite;
mod vault;

use std::error::Error;
use std::fmt;

#[cfg(feature = "postgres")]
pub use self::postgres::PostgresStore;
pub use registration::{Endorsement, Registration};
pub use sqlite::{BackupError, SqliteReader, SqliteStore, VerifyError};
pub use vault::{Vault, VaultError};

/// Under what a registration is kept: a keyed hash of the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RegistrationId(pub [u8; 32]);

/// A token that must not be used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpentToken {
    /// What tells it from all other tokens.
    pub nonce: [u8; 8],
    /// When it would no longer be taken anyway, in seconds since 1970.
    pub expires: u64,
}

/// Keeps sealed registrations. Every function that returns `Ok` has its effect on the disk, also if the process is killed right after.
///
/// The functions block: call them from threads that may.
pub trait Store: Send + Sync + 'static {
    /// Keeps a registration in the place of the one before, if any, and spends a token: both or neither.
    ///
    /// # Errors
    /// [`StoreError::TokenSpent`], and nothing has changed.
    fn put(
        &self,
        id: RegistrationId,
        sealed: &[u8],
        expires: u64,
        token: SpentToken,
    ) -> Result<(), StoreError>;

    /// The registration, if there is one.
    ///
    /// # Errors
    /// [`StoreError`].
    fn get(&self, id: RegistrationId) -> Result<Option<Vec<u8>>, StoreError>;

    /// Removes a registration and spends a token, both or neither; whether there was one. Nothing of it is left in the store's files,
    /// as far as each store says.
    ///
    /// # Errors
    /// [`StoreError::TokenSpent`], and nothing has changed.
    fn remove(&self, id: RegistrationId, token: SpentToken) -> Result<bool, StoreError>;

    /// Shows every registration that has not expired at `now`, as of one moment, in any order.
    ///
    /// # Errors
    /// [`StoreError`]; some may have been shown before.
    fn for_each(
        &self,
        now: u64,
        show: &mut dyn FnMut(RegistrationId, Vec<u8>),
    ) -> Result<(), StoreError>;

    /// Removes what has expired: registrations and spent tokens.
    ///
    /// # Errors
    /// [`StoreError`].
    fn purge(&self, now: u64) -> Result<(), StoreError>;

    /// How many registrations there are.
    ///
    /// # Errors
    /// [`StoreError`].
    fn count(&self) -> Result<u64, StoreError>;
}

/// Why the store did not do what was asked.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// The token was used before.
    TokenSpent,
    /// Another server has the store open.
    InUse,
    /// The file or database is not a store of registrations.
    Foreign,
    /// The store was written by a later version.
    Version {
        /// The version of the store.
        found: i32,
        /// The latest version that is known here.
        known: i32,
    },
    /// The database refused.
    Database(Box<dyn Error + Send + Sync>),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TokenSpent => f.write_str("the token was used before"),
            Self::InUse => f.write_str("another server has the store of registrations open"),
            Self::Foreign => f.write_str("this is not a store of registrations"),
            Self::Version { found, known } => write!(
                f,
                "the store of registrations is of version {found}, and this program knows version {known}; use a later program"
            ),
            Self::Database(error) => write!(f, "the store of registrations failed: {error}"),
        }
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::TokenSpent | Self::InUse | Self::Foreign | Self::Version { .. } => None,
            Self::Database(error) => Some(error.as_ref()),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(Box::new(error))
    }
}
