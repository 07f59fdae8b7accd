//! [`Event`]: what whoever runs an oracle should hear of. No event names an identifier, a token, a blinded element, or a client.

use std::fmt;
use std::io;
use std::sync::Arc;

use mimi_id::Kind;

use super::certificate::CertificateError;
use super::epochs::{Damage, Progress, PublishError, Published};
use super::senders::SendError;
use super::store::StoreError;

/// Who is told of events. Called from any thread; what it does must not take long.
pub type EventSink = Arc<dyn Fn(&Event<'_>) + Send + Sync>;

/// Something that happened to a server.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A folder in `epochs` is none that can be served.
    EpochDamaged(&'a Damage),
    /// How far the building of an epoch is, every few seconds.
    EpochBuilding(Progress),
    /// A new epoch is there.
    EpochBuilt(Published),
    /// Epochs with these numbers are over, and were removed.
    EpochsRemoved(Vec<u64>),
    /// Seeds of lookup keys that no epoch needs any more were erased.
    KeysErased,
    /// A server that follows another has these epochs, and had others before.
    EpochsFollowed(Vec<u64>),
    /// A server that follows another has read `oracle.key` anew.
    KeysFollowed,
    /// A server that follows another cannot look into the folder; it looks again.
    FollowFailed(PublishError),
    /// A server that follows another has no epoch to serve; it waits for one.
    NothingToServe,
    /// There is no new epoch; it is tried again.
    EpochFailed(PublishError),
    /// So many registrations cannot be opened with the secret of `oracle.key`, and are not published.
    RegistrationsUnreadable(u64),
    /// So many registrations are not published, since their provider is none of this oracle any more.
    RegistrationsOfFormerProviders(u64),
    /// The store did not do what was asked.
    StoreFailed(StoreError),
    /// A token was not sent.
    ProofNotSent {
        /// To a subject of this kind.
        kind: Kind,
        /// Why.
        error: SendError,
    },
    /// A bucket could not be read.
    BucketUnreadable(io::Error),
    /// A new certificate is shown to clients.
    CertificateReloaded,
    /// The certificate was not read anew; the one before is still shown.
    CertificateNotReloaded(CertificateError),
    /// The system gave no connection, as where too many files are open.
    AcceptFailed(io::Error),
    /// A part of the server ended with an error.
    ListenerFailed(io::Error),
}

impl Event<'_> {
    /// A stable name in kebab case.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::EpochDamaged(_) => "epoch-damaged",
            Self::EpochBuilding(_) => "epoch-building",
            Self::EpochBuilt(_) => "epoch-built",
            Self::EpochsRemoved(_) => "epochs-removed",
            Self::KeysErased => "keys-erased",
            Self::EpochsFollowed(_) => "epochs-followed",
            Self::KeysFollowed => "keys-followed",
            Self::FollowFailed(_) => "follow-failed",
            Self::NothingToServe => "nothing-to-serve",
            Self::EpochFailed(_) => "epoch-failed",
            Self::RegistrationsUnreadable(_) => "registrations-unreadable",
            Self::RegistrationsOfFormerProviders(_) => "registrations-of-former-providers",
            Self::StoreFailed(_) => "store-failed",
            Self::ProofNotSent { .. } => "proof-not-sent",
            Self::BucketUnreadable(_) => "bucket-unreadable",
            Self::CertificateReloaded => "certificate-reloaded",
            Self::CertificateNotReloaded(_) => "certificate-not-reloaded",
            Self::AcceptFailed(_) => "accept-failed",
            Self::ListenerFailed(_) => "listener-failed",
        }
    }

    /// Whether somebody should look into it.
    pub const fn is_failure(&self) -> bool {
        !matches!(
            self,
            Self::EpochBuilding(_)
                | Self::EpochBuilt(_)
                | Self::EpochsRemoved(_)
                | Self::KeysErased
                | Self::EpochsFollowed(_)
                | Self::KeysFollowed
                | Self::RegistrationsOfFormerProviders(_)
                | Self::CertificateReloaded
        )
    }
}

impl fmt::Display for Event<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EpochDamaged(damage) => damage.fmt(f),
            Self::EpochBuilding(progress) => progress.fmt(f),
            Self::EpochBuilt(published) => write!(
                f,
                "epoch {} was built in {} s: {} entries in {} buckets, {} left out",
                published.epoch.number,
                published.seconds,
                published.entries,
                published.epoch.buckets,
                published.left_out
            ),
            Self::EpochsRemoved(numbers) => {
                f.write_str("epochs that are over were removed:")?;
                numbers.iter().try_for_each(|number| write!(f, " {number}"))
            }
            Self::KeysErased => {
                f.write_str("the seeds of lookup keys that no epoch needs any more were erased")
            }
            Self::EpochsFollowed(numbers) => {
                f.write_str("the epochs in the folder are now:")?;
                numbers.iter().try_for_each(|number| write!(f, " {number}"))
            }
            Self::KeysFollowed => f.write_str("oracle.key was read anew"),
            Self::FollowFailed(error) => {
                write!(f, "what another server publishes cannot be read: {error}")
            }
            Self::NothingToServe => f.write_str(
                "there is no epoch to serve; waiting until a whole one is in the folder",
            ),
            Self::EpochFailed(error) => write!(f, "no new epoch: {error}"),
            Self::RegistrationsUnreadable(count) => write!(
                f,
                "{count} registrations cannot be opened with this oracle.key, and are not published"
            ),
            Self::RegistrationsOfFormerProviders(count) => write!(
                f,
                "{count} registrations are not published: their provider is not among those configured"
            ),
            Self::StoreFailed(error) => error.fmt(f),
            Self::ProofNotSent { kind, error } => {
                write!(f, "a token was not sent ({}): {error}", kind.as_str())
            }
            Self::BucketUnreadable(error) => write!(f, "a bucket cannot be read: {error}"),
            Self::CertificateReloaded => f.write_str("the certificate was read anew"),
            Self::CertificateNotReloaded(error) => {
                write!(f, "the certificate was not read anew: {error}")
            }
            Self::AcceptFailed(error) => write!(f, "a connection was not accepted: {error}"),
            Self::ListenerFailed(error) => write!(f, "a listener ended: {error}"),
        }
    }
}
