//! Being an oracle: registrations, epochs, and HTTP over them.

mod epochs;
mod files;
mod key_ring;
mod store;

pub use store::{
    BackupError, Endorsement, Registration, RegistrationId, SpentToken, SqliteReader, SqliteStore,
    Store, StoreError, Vault, VaultError, VerifyError,
};
pub use epochs::{
    BuildError, Damage, Epochs, Phase, Progress, Publication, Publications, PublishError,
    Published, Publisher, Schedule, Step,
    Damage, Epochs, Fault, Phase, Progress, Publication, Publications, PublishError, Published,
    Publisher, Schedule, Step, verify_epochs,
};
pub use key_ring::{GenerateError, KeyFileError, KeyRing, KeyRingError, RotateError};
pub use store::{RegistrationId, SpentToken, Store, StoreError};
