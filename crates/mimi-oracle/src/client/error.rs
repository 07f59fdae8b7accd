//! What can go wrong between a client and an oracle.

use std::error::Error;
use std::fmt;
use std::io;
use std::sync::Arc;

use super::problem::{Escaped, Problem};
use crate::bucket::BucketError;
use crate::entry::EntryError;
use crate::lookup::{BlindingError, EvaluationError};
use crate::parameters::ParametersError;

/// Why a request got no answer that can be used.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ExchangeError {
    /// Nothing came in time.
    Timeout,
    /// No connection: the host has no address, or nobody listens there.
    Connect(Arc<io::Error>),
    /// No encrypted channel: the certificate is not valid for the host, or nobody speaks TLS there.
    Tls(Arc<io::Error>),
    /// The connection ended before the answer was whole.
    Closed,
    /// What came is not HTTP, or has header fields beyond all bounds.
    NotHttp,
    /// More octets than such an answer may have.
    TooLong {
        /// How many it may have.
        max_octets: usize,
    },
    /// The body is of another media type.
    ContentType,
    /// The body is compressed, which nobody asked for.
    ContentEncoding,
    /// The oracle, or somebody before it, refuses. Redirects are not followed, and end here.
    Status {
        /// The status code.
        status: u16,
        /// What the oracle says about it.
        problem: Option<Problem>,
    },
    /// Asked too often.
    QuotaExceeded {
        /// After how many seconds the oracle wants to be asked again.
        retry_after: Option<u64>,
    },
}

impl ExchangeError {
    /// Whether the oracle has forgotten the epoch that was meant, or never had it.
    pub(super) fn is_epoch_over(&self) -> bool {
        matches!(
            self,
            Self::Status {
                status: 404 | 410,
                ..
            }
        )
    }
}

impl fmt::Display for ExchangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout => f.write_str("the oracle did not answer in time"),
            Self::Connect(error) => {
                write!(
                    f,
                    "no connection to the oracle: {}",
                    Escaped(&error.to_string())
                )
            }
            Self::Tls(error) => write!(
                f,
                "no encrypted channel to the oracle: {}",
                Escaped(&error.to_string())
            ),
            Self::Closed => f.write_str("the oracle closed the connection before it had answered"),
            Self::NotHttp => f.write_str("what the oracle answers is not HTTP"),
            Self::TooLong { max_octets } => write!(
                f,
                "the oracle answers with more than the {max_octets} octets that such an answer may have"
            ),
            Self::ContentType => f.write_str("the answer is of another type than an oracle's"),
            Self::ContentEncoding => {
                f.write_str("the answer is compressed, which was not asked for")
            }
            Self::Status {
                status,
                problem: Some(problem),
            } => write!(f, "the oracle refuses (status {status}): {problem}"),
            Self::Status {
                status: status @ 300..=399,
                problem: None,
            } => write!(
                f,
                "there is no oracle at this address: it redirects (status {status}), which is not followed"
            ),
            Self::Status {
                status,
                problem: None,
            } => write!(
                f,
                "there is no oracle at this address, or it refuses (status {status})"
            ),
            Self::QuotaExceeded {
                retry_after: Some(seconds),
            } => write!(f, "the oracle was asked too often; again in {seconds} s"),
            Self::QuotaExceeded { retry_after: None } => {
                f.write_str("the oracle was asked too often")
            }
        }
    }
}

impl Error for ExchangeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Connect(error) | Self::Tls(error) => Some(error),
            _ => None,
        }
    }
}

/// Why a lookup came to nothing. That an oracle has no entry is no error.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum LookupError {
    /// A request got no answer that can be used.
    Exchange(ExchangeError),
    /// The parameters are not those of the pinned oracle, or have no epoch for this time.
    Parameters(ParametersError),
    /// The answer to an evaluation is no answer.
    Evaluation(EvaluationError),
    /// The answer to an evaluation is not what the holder of the pinned key would say.
    Blinding(BlindingError),
    /// The bucket, or the entry in it, is not what it should be.
    Bucket(BucketError),
}

impl LookupError {
    /// Whether somebody says what the holder of the pinned keys did not say.
    pub const fn is_forgery(&self) -> bool {
        match self {
            Self::Parameters(error) => error.is_forgery(),
            Self::Bucket(error) => error.is_forgery(),
            // What is no element or scalar, the identity among them, comes from no holder of a key.
            Self::Blinding(error) => matches!(
                error,
                BlindingError::Forged
                    | BlindingError::Response(EvaluationError::Element(_) | EvaluationError::Proof)
            ),
            Self::Exchange(_) | Self::Evaluation(_) => false,
        }
    }

    /// Whether there was an entry, which is no longer true.
    pub const fn is_expired(&self) -> bool {
        matches!(
            self,
            Self::Bucket(BucketError::Entry(EntryError::Expired(_)))
        )
    }
}

impl From<ExchangeError> for LookupError {
    fn from(error: ExchangeError) -> Self {
        Self::Exchange(error)
    }
}

impl From<ParametersError> for LookupError {
    fn from(error: ParametersError) -> Self {
        Self::Parameters(error)
    }
}

impl From<BlindingError> for LookupError {
    fn from(error: BlindingError) -> Self {
        Self::Blinding(error)
    }
}

impl From<BucketError> for LookupError {
    fn from(error: BucketError) -> Self {
        Self::Bucket(error)
    }
}

impl fmt::Display for LookupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exchange(error) => error.fmt(f),
            Self::Parameters(error) => error.fmt(f),
            Self::Evaluation(error) => write!(f, "the oracle's evaluation is faulty: {error}"),
            Self::Blinding(error) => error.fmt(f),
            Self::Bucket(error) => error.fmt(f),
        }
    }
}

impl Error for LookupError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Exchange(error) => Some(error),
            Self::Parameters(error) => Some(error),
            Self::Evaluation(error) => Some(error),
            Self::Blinding(error) => Some(error),
            Self::Bucket(error) => Some(error),
        }
    }
}
