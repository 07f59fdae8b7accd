//! The content of `oracle.key`: JSON, read strictly, since what is misread here is lost at the next saving.

use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{KeyRing, RingKey};
use crate::encoding::{from_base64, to_base64};
use crate::limits::{MAX_LOOKUP_KEYS, PROTOCOL};
use crate::object::{JsonFault, from_json};
use crate::signing::SigningKey;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Document {
    protocol: String,
    pin: String,
    signing_seed: String,
    lookup_keys: Vec<KeyObject>,
    current: u8,
    store_secret: String,
    token_secret: String,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct KeyObject {
    public: String,
    // Also when it is null it has to be there: a key without seed was erased, not forgotten.
    #[serde(deserialize_with = "Option::deserialize")]
    seed: Option<String>,
}

impl KeyRing {
    /// Octets of the longest file.
    pub const MAX_OCTETS: usize = 16 * 1024;

    /// The content of the file.
    pub(super) fn to_json(&self) -> Vec<u8> {
        let lookup_keys = self.lookup.iter().map(|key| KeyObject {
            public: to_base64(&key.public),
            seed: key.secret.as_ref().map(|(seed, _)| to_base64(seed)),
        });
        let document = Document {
            protocol: PROTOCOL.to_owned(),
            pin: self.pin().to_string(),
            signing_seed: to_base64(&self.signing_seed),
            lookup_keys: lookup_keys.collect(),
            current: self.current,
            store_secret: to_base64(&self.vault_secret),
            token_secret: to_base64(&self.token_secret),
        };
        // Strings and numbers only: writing to memory does not fail.
        let mut octets = serde_json::to_vec_pretty(&document).unwrap_or_default();
        octets.push(b'\n');
        octets
    }

    /// The secrets in the content of a file.
    ///
    /// # Errors
    /// [`KeyRingError`]. No octet of the content is in it.
    pub fn from_json(octets: &[u8]) -> Result<Self, KeyRingError> {
        if octets.len() > Self::MAX_OCTETS {
            return Err(KeyRingError::TooLong);
        }
        let document: Document = from_json(octets)
            .map_err(|JsonFault { line, column }| KeyRingError::Json { line, column })?;
        document.read()
    }
}

impl Document {
    fn read(&self) -> Result<KeyRing, KeyRingError> {
        let member = KeyRingError::Member;
        if self.protocol != PROTOCOL {
            return Err(KeyRingError::Protocol);
        }
        // Before a key is computed of any.
        if !(1..=MAX_LOOKUP_KEYS).contains(&self.lookup_keys.len()) {
            return Err(member("lookup_keys"));
        }
        let mut lookup = Vec::with_capacity(self.lookup_keys.len());
        for (index, object) in self.lookup_keys.iter().enumerate() {
            lookup.push(object.read().ok_or(KeyRingError::LookupKey(index))?);
        }
        let current = lookup
            .get(usize::from(self.current))
            .ok_or(member("current"))?;
        if current.secret.is_none() {
            return Err(KeyRingError::CurrentErased);
        }
        let signing_seed = from_base64(&self.signing_seed).ok_or(member("signing_seed"))?;
        let ring = KeyRing {
            signing_seed,
            signing: SigningKey::from_seed(&signing_seed).ok_or(member("signing_seed"))?,
            lookup,
            current: self.current,
            vault_secret: from_base64(&self.store_secret).ok_or(member("store_secret"))?,
            token_secret: from_base64(&self.token_secret).ok_or(member("token_secret"))?,
        };
        if ring.pin().to_string() != self.pin {
            return Err(KeyRingError::Pin);
        }
        Ok(ring)
    }
}

impl KeyObject {
    /// `None` where a text is no key, or the public key is not that of the seed.
    fn read(&self) -> Option<RingKey> {
        let public = from_base64(&self.public)?;
        let Some(seed) = &self.seed else {
            return Some(RingKey {
                public,
                secret: None,
            });
        };
        RingKey::of_seed(from_base64(seed)?).filter(|key| key.public == public)
    }
}

/// Why content is not that of a file of secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyRingError {
    /// More octets than [`KeyRing::MAX_OCTETS`].
    TooLong,
    /// No JSON of the right shape.
    Json {
        /// The line of the fault, from 1.
        line: usize,
        /// Its column, from 1.
        column: usize,
    },
    /// Of another protocol than `mimi-oracle/1`.
    Protocol,
    /// A member with a value that it cannot have.
    Member(&'static str),
    /// A lookup key, at this place from 0, that is none, or whose public key is not that of its seed.
    LookupKey(usize),
    /// The current lookup key was erased.
    CurrentErased,
    /// The pin is not that of the keys.
    Pin,
}

impl fmt::Display for KeyRingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(
                f,
                "more than {} octets: no secrets of an oracle",
                KeyRing::MAX_OCTETS
            ),
            Self::Json { line, column } => write!(
                f,
                "no secrets of an oracle: the JSON is faulty at line {line}, column {column}"
            ),
            Self::Protocol => write!(f, "the secrets are not for {PROTOCOL}"),
            Self::Member(name) => write!(f, "the secrets have a faulty {name}"),
            Self::LookupKey(index) => write!(
                f,
                "lookup key {index} is faulty, or its public key is not that of its seed"
            ),
            Self::CurrentErased => f.write_str("the current lookup key has no seed"),
            Self::Pin => f.write_str("the pin is not that of the keys: some were changed"),
        }
    }
}

impl Error for KeyRingError {}
