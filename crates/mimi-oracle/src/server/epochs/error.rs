//! Why an epoch is not built, or cannot be served.

use std::error::Error;
use std::fmt;
use std::io;

use crate::limits::{BUCKET_OCTETS, MAX_BUCKETS};
use crate::pin::Pin;
use crate::server::KeyFileError;

/// Why there is no new epoch, or a data folder cannot be published from.
#[derive(Debug)]
#[non_exhaustive]
pub enum PublishError {
    /// Another process publishes from the folder.
    Locked,
    /// The file of secrets.
    Key(KeyFileError),
    /// The file of secrets has become that of another ring, with this pin.
    OtherKeys(Pin),
    /// The last epoch begins at a time that is not past.
    ClockSteppedBack {
        /// The number of the last epoch, in seconds since 1970.
        last: u64,
        /// What time it is said to be, in seconds since 1970.
        now: u64,
    },
    /// The publications could not be read.
    Publications(Box<dyn Error + Send + Sync>),
    /// Two publications are about the same subject.
    Twice,
    /// No number of buckets up to [`MAX_BUCKETS`] has room for all slots.
    TooMany {
        /// How many slots the entries take.
        slots: u64,
    },
    /// The system gave no randomness.
    Random,
    /// What was built cannot be served: the disk does not give back what was written.
    Damaged(Damage),
    /// Somebody canceled it.
    Canceled,
    /// The disk.
    Io(io::Error),
}

impl From<io::Error> for PublishError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Locked => f.write_str(
                "another process publishes from this folder; end it, or use another folder",
            ),
            Self::Key(error) => write!(f, "oracle.key: {error}"),
            Self::OtherKeys(pin) => write!(
                f,
                "oracle.key has become that of another oracle, with the pin {pin}; put the right one back, or start again to serve with it"
            ),
            Self::ClockSteppedBack { last, now } => write!(
                f,
                "the clock says {now}, but the last epoch begins at {last}, and the next has to begin later; set the clock, or, if it was \
                 wrong when that epoch was built, end the oracle and remove the folder epochs/{last}"
            ),
            Self::Publications(error) => write!(f, "the registrations cannot be read: {error}"),
            Self::Twice => f.write_str("two registrations are about the same identifier"),
            Self::TooMany { slots } => {
                write!(f, "{slots} slots do not fit into {MAX_BUCKETS} buckets")
            }
            Self::Random => f.write_str("the system gives no random numbers"),
            Self::Damaged(damage) => write!(f, "what was just built cannot be served: {damage}"),
            Self::Canceled => f.write_str("the build was canceled"),
            Self::Io(error) => write!(f, "the folder of epochs: {error}"),
        }
    }
}

impl Error for PublishError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            // What is displayed is the whole of these.
            Self::Key(error) => error.source(),
            Self::Publications(error) => error.source(),
            Self::Io(error) => error.source(),
            _ => None,
        }
    }
}

/// An epoch on the disk that cannot be served.
#[derive(Debug)]
pub struct Damage {
    /// The number of the epoch.
    pub number: u64,
    /// What is wrong with it.
    pub fault: Fault,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "epoch {}: {}", self.number, self.fault)
    }
}

/// What is wrong with an epoch on the disk.
#[derive(Debug)]
#[non_exhaustive]
pub enum Fault {
    /// `epoch.json` is not what it should be, for this reason or folder.
    Document,
    /// It was built by the oracle with this pin.
    OtherKeys(Pin),
    /// The seed of its lookup key, with this index, was erased.
    KeyErased(u8),
    /// `buckets` has another length than it should, in octets.
    Length {
        /// What it should be.
        expected: u64,
        /// What it is.
        found: u64,
    },
    /// This bucket is not signed with the oracle's key.
    Signature(u32),
    /// A file cannot be read.
    Io(io::Error),
}

impl Fault {
    /// What a program can tell it by.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Document => "epoch-document",
            Self::OtherKeys(_) => "epoch-other-keys",
            Self::KeyErased(_) => "epoch-key-erased",
            Self::Length { .. } => "epoch-length",
            Self::Signature(_) => "bucket-signature",
            Self::Io(_) => "epoch-unreadable",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document => f.write_str("its epoch.json is malformed, or of another epoch"),
            Self::OtherKeys(pin) => write!(f, "it is of the oracle with the pin {pin}"),
            Self::KeyErased(key) => write!(f, "the seed of its lookup key {key} was erased"),
            Self::Length { expected, found } => write!(
                f,
                "its buckets have {found} octets, and should have {expected}: {BUCKET_OCTETS} each"
            ),
            Self::Signature(index) => {
                write!(f, "bucket {index} is not signed with the oracle's key")
            }
            Self::Io(error) => write!(f, "it cannot be read: {error}"),
        }
    }
}
