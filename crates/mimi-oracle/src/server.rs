//! Being an oracle: registrations, epochs, and HTTP over them.
//!
//! [`OracleServer`] is the whole of it. It keeps registrations in a [`Store`], publishes them in epochs by a [`Publisher`], and answers over
//! HTTPS. What it tells whoever runs it are [`Event`]s and metrics, which name nobody.

mod certificate;
mod epochs;
mod events;
mod files;
mod http;
mod key_ring;
mod metrics;
mod oracle_server;
mod providers;
mod quota;
mod registrar;
mod senders;
mod store;
mod token;

pub use certificate::{CertificateError, CertificateFiles};
pub use epochs::{
    Damage, Epochs, Fault, Phase, Progress, Publication, Publications, PublishError, Published,
    Publisher, Schedule, Step, published_epochs, verify_epochs,
};
pub use events::{Event, EventSink};
pub use http::{AddressSource, Clock, RegistrationRequest, RequestRefused};
pub use key_ring::{GenerateError, KeyFileError, KeyRing, KeyRingError, RotateError};
pub use oracle_server::{Config, OracleServer, Running, StartError, Transport};
pub use providers::{Provider, ProviderError, Providers, endorsed_octets};
pub use quota::{Admission, Credentials, ProofLimits, QuotaAdmission, Refusal};
pub use senders::{CommandSender, MailConfigError, MailSender, ProofSender, SendError};
#[cfg(feature = "postgres")]
pub use store::PostgresStore;
pub use store::{
    BackupError, Endorsement, Registration, RegistrationId, SpentToken, SqliteReader, SqliteStore,
    Store, StoreError, Vault, VaultError, VerifyError,
};
pub use token::{
    PROOF_TOKEN_CHARACTERS, PROOF_TOKEN_LIFETIME, ProofToken, QUOTA_TOKEN_CHARACTERS, QuotaGrant,
    TokenSecret,
};
