//! Being an oracle: registrations, epochs, and HTTP over them.

mod store;

pub use store::{
    BackupError, Endorsement, Registration, RegistrationId, SpentToken, SqliteReader, SqliteStore,
    Store, StoreError, Vault, VaultError, VerifyError,
};
