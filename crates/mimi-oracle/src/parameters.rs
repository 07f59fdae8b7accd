//! [`Parameters`]: the document at `/.well-known/mimi-oracle`, signed by the oracle.

use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::encoding::{from_base64, labelled, to_base64};
use crate::limits::{
    CLOCK_SKEW, ELEMENT_OCTETS, MAX_BUCKETS, MAX_EPOCHS, MAX_LOOKUP_KEYS, MAX_PARAMETERS_OCTETS,
    PROTOCOL, SALT_OCTETS,
};
use crate::object::{JsonFault, Object, from_json};
use crate::pin::{Pin, PublicKeys};
use crate::signing::{SigningKey, is_signed_by};

/// What a client has to know to look somebody up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// Every key of the oracle.
    pub keys: PublicKeys,
    /// The epochs that are served, 1 to [`MAX_EPOCHS`], in ascending order of their numbers.
    pub epochs: Vec<Epoch>,
    /// What a client without a token of its own may do.
    pub quota: Quota,
}

/// One set of buckets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Epoch {
    /// When it begins, in seconds since 1970: also its number.
    pub number: u64,
    /// When it is no longer served, in seconds since 1970.
    pub ends: u64,
    /// Which of the oracle's lookup keys it was built with, from 0.
    pub key: u8,
    /// Random, so that nothing of two epochs is alike.
    pub salt: [u8; SALT_OCTETS],
    /// How many buckets it has, at least one.
    pub buckets: u32,
}

/// How many evaluations a client may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// At once.
    pub burst: u32,
    /// In a day.
    pub per_day: u32,
}

/// The document as JSON. Members that are not known are passed over, and are not signed.
#[derive(Deserialize, Serialize)]
struct Document {
    protocol: String,
    signing_key: String,
    lookup_keys: Vec<String>,
    epochs: Vec<Object<EpochObject>>,
    quota: Object<QuotaObject>,
    signature: String,
}

#[derive(Deserialize, Serialize)]
struct EpochObject {
    number: u64,
    ends: u64,
    key: u8,
    salt: String,
    buckets: u32,
}

#[derive(Deserialize, Serialize)]
struct QuotaObject {
    burst: u32,
    per_day: u32,
}

impl Parameters {
    /// The document, signed.
    pub fn to_json(&self, key: &SigningKey) -> Vec<u8> {
        let epochs = self.epochs.iter().map(|epoch| {
            Object(EpochObject {
                number: epoch.number,
                ends: epoch.ends,
                key: epoch.key,
                salt: to_base64(&epoch.salt),
                buckets: epoch.buckets,
            })
        });
        let document = Document {
            protocol: PROTOCOL.to_owned(),
            signing_key: to_base64(&self.keys.signing),
            lookup_keys: self.keys.lookup.iter().map(|key| to_base64(key)).collect(),
            epochs: epochs.collect(),
            quota: Object(QuotaObject {
                burst: self.quota.burst,
                per_day: self.quota.per_day,
            }),
            signature: to_base64(&key.sign(&self.signed_octets())),
        };
        // Strings and numbers only: writing to memory does not fail.
        serde_json::to_vec_pretty(&document).unwrap_or_default()
    }

    /// Reads the document, and checks it against the pin.
    ///
    /// # Errors
    /// [`ParametersError`].
    pub fn from_json(octets: &[u8], pin: &Pin) -> Result<Self, ParametersError> {
        if octets.len() > MAX_PARAMETERS_OCTETS {
            return Err(ParametersError::TooLong);
        }
        // Also what is passed over has to be text.
        let text = str::from_utf8(octets).map_err(|error| {
            let (before, _) = octets.split_at(error.valid_up_to());
            let line = before.split(|octet| *octet == b'\n').next_back();
            ParametersError::Json {
                line: before.iter().filter(|octet| **octet == b'\n').count() + 1,
                column: line.map_or(0, <[u8]>::len) + 1,
            }
        })?;
        let document: Document = from_json(text.as_bytes())
            .map_err(|JsonFault { line, column }| ParametersError::Json { line, column })?;
        if document.protocol != PROTOCOL {
            return Err(ParametersError::Protocol);
        }
        let parameters = document.read()?;
        if parameters.keys.pin() != *pin {
            return Err(ParametersError::WrongPin(parameters.keys.pin()));
        }
        let signature: [u8; 64] =
            from_base64(&document.signature).ok_or(ParametersError::Member("signature"))?;
        if !is_signed_by(
            &parameters.keys.signing,
            &parameters.signed_octets(),
            &signature,
        ) {
            return Err(ParametersError::Signature);
        }
        Ok(parameters)
    }

    /// The latest epoch that is served at this time, in seconds since 1970.
    ///
    /// # Errors
    /// [`ParametersError::NoEpoch`], where all are over or none has begun; clocks may differ by [`CLOCK_SKEW`].
    pub fn epoch_at(&self, now: u64) -> Result<&Epoch, ParametersError> {
        self.epochs
            .iter()
            .rev()
            .find(|epoch| epoch.number <= now.saturating_add(CLOCK_SKEW) && now < epoch.ends)
            .ok_or(ParametersError::NoEpoch)
    }

    /// The lookup key of one of its epochs.
    pub fn lookup_key(&self, epoch: &Epoch) -> Option<&[u8; ELEMENT_OCTETS]> {
        self.keys.lookup.get(usize::from(epoch.key))
    }

    /// What is signed: everything, at fixed widths.
    fn signed_octets(&self) -> Vec<u8> {
        let mut octets = labelled("parameters");
        octets.extend(self.keys.pin().as_bytes());
        octets.extend(self.quota.burst.to_be_bytes());
        octets.extend(self.quota.per_day.to_be_bytes());
        for epoch in &self.epochs {
            octets.extend(epoch.number.to_be_bytes());
            octets.extend(epoch.ends.to_be_bytes());
            octets.push(epoch.key);
            octets.extend(epoch.salt);
            octets.extend(epoch.buckets.to_be_bytes());
        }
        octets
    }
}

impl Document {
    fn read(&self) -> Result<Parameters, ParametersError> {
        let member = ParametersError::Member;
        if self.lookup_keys.is_empty() || self.lookup_keys.len() > MAX_LOOKUP_KEYS {
            return Err(member("lookup_keys"));
        }
        if self.epochs.is_empty() || self.epochs.len() > MAX_EPOCHS {
            return Err(member("epochs"));
        }
        let lookup: Option<Vec<_>> = self
            .lookup_keys
            .iter()
            .map(|key| from_base64(key))
            .collect();
        let keys = PublicKeys {
            signing: from_base64(&self.signing_key).ok_or(member("signing_key"))?,
            lookup: lookup.ok_or(member("lookup_keys"))?,
        };
        let mut epochs: Vec<Epoch> = Vec::with_capacity(self.epochs.len());
        for Object(object) in &self.epochs {
            let is_later = epochs.last().is_none_or(|last| last.number < object.number);
            if !is_later
                || object.ends <= object.number
                || usize::from(object.key) >= keys.lookup.len()
                || object.buckets == 0
                || object.buckets > MAX_BUCKETS
            {
                return Err(member("epochs"));
            }
            epochs.push(Epoch {
                number: object.number,
                ends: object.ends,
                key: object.key,
                salt: from_base64(&object.salt).ok_or(member("epochs"))?,
                buckets: object.buckets,
            });
        }
        Ok(Parameters {
            keys,
            epochs,
            quota: Quota {
                burst: self.quota.0.burst,
                per_day: self.quota.0.per_day,
            },
        })
    }
}

/// Why a document is not the parameters of the oracle that the user trusts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParametersError {
    /// Longer than [`MAX_PARAMETERS_OCTETS`].
    TooLong,
    /// No JSON of the right shape.
    Json {
        /// The line of the fault, from 1.
        line: usize,
        /// Its column, from 1.
        column: usize,
    },
    /// Another protocol than `mimi-oracle/1`.
    Protocol,
    /// A member with a value that it cannot have.
    Member(&'static str),
    /// The keys are not those that were pinned. Their pin is this one.
    WrongPin(Pin),
    /// The signature is not that of the pinned key.
    Signature,
    /// No epoch is served at this time.
    NoEpoch,
}

impl ParametersError {
    /// Whether somebody says what the holder of the pinned keys did not say.
    pub const fn is_forgery(&self) -> bool {
        matches!(self, Self::WrongPin(_) | Self::Signature)
    }
}

impl fmt::Display for ParametersError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "more than {MAX_PARAMETERS_OCTETS} octets of parameters"),
            Self::Json { line, column } => write!(
                f,
                "no parameters of an oracle: the JSON is faulty at line {line}, column {column}"
            ),
            Self::Protocol => write!(f, "the oracle does not speak {PROTOCOL}"),
            Self::Member(name) => write!(f, "the parameters have a faulty {name}"),
            Self::WrongPin(pin) => {
                write!(
                    f,
                    "the oracle has other keys than the pinned ones; theirs is {pin}"
                )
            }
            Self::Signature => f.write_str("the parameters are not signed with the pinned key"),
            Self::NoEpoch => f.write_str(
                "the oracle serves no epoch at this time; its clock or the one here may be wrong",
            ),
        }
    }
}

impl Error for ParametersError {}
