//! [`KeyRing`]: every secret of an oracle, as it stands in the file `oracle.key`.

mod document;
mod file;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::fmt;

use rand_core::{OsRng, RngCore};

pub use document::KeyRingError;
pub use file::KeyFileError;

use crate::limits::{ELEMENT_OCTETS, MAX_LOOKUP_KEYS};
use crate::lookup::LookupKey;
use crate::pin::{Pin, PublicKeys};
use crate::signing::SigningKey;

/// The secrets of an oracle: the signing key, the lookup keys under its pin, and what the store and the tokens are protected with.
///
/// `Debug` is redacted.
pub struct KeyRing {
    signing_seed: [u8; 32],
    signing: SigningKey,
    /// At least one, at most [`MAX_LOOKUP_KEYS`], in the order of their use.
    lookup: Vec<RingKey>,
    current: u8,
    vault_secret: [u8; 32],
    token_secret: [u8; 32],
}

/// A lookup key, or what is left of one that was erased.
struct RingKey {
    public: [u8; ELEMENT_OCTETS],
    secret: Option<([u8; 32], LookupKey)>,
}

impl KeyRing {
    /// The name of the file in a data folder.
    pub const FILE: &'static str = "oracle.key";

    /// How many lookup keys a ring has where nobody says otherwise.
    pub const DEFAULT_LOOKUP_KEYS: usize = 16;

    /// New secrets from the system's randomness, with so many lookup keys.
    ///
    /// # Errors
    /// [`GenerateError`].
    pub fn generate(lookup_keys: usize) -> Result<Self, GenerateError> {
        if !(1..=MAX_LOOKUP_KEYS).contains(&lookup_keys) {
            return Err(GenerateError::Count(lookup_keys));
        }
        let signing_seed = random()?;
        let mut lookup = Vec::with_capacity(lookup_keys);
        for _ in 0..lookup_keys {
            lookup.push(RingKey::of_seed(random()?).ok_or(GenerateError::Random)?);
        }
        Ok(Self {
            signing_seed,
            signing: SigningKey::from_seed(&signing_seed).ok_or(GenerateError::Random)?,
            lookup,
            current: 0,
            vault_secret: random()?,
            token_secret: random()?,
        })
    }

    /// The public keys, of erased lookup keys too: the pin commits to all.
    pub fn public(&self) -> PublicKeys {
        PublicKeys {
            signing: self.signing.public(),
            lookup: self.lookup.iter().map(|key| key.public).collect(),
        }
    }

    /// The pin that users of the oracle are to be given. The same for the whole life of the ring.
    pub fn pin(&self) -> Pin {
        self.public().pin()
    }

    /// The key by which everything is signed.
    pub fn signing(&self) -> &SigningKey {
        &self.signing
    }

    /// A lookup key by its index, from 0; `None` where there is none, or it was erased.
    pub fn lookup(&self, index: u8) -> Option<&LookupKey> {
        let (_, key) = self.lookup.get(usize::from(index))?.secret.as_ref()?;
        Some(key)
    }

    /// The index of the lookup key that the next epoch is built with.
    pub fn current(&self) -> u8 {
        self.current
    }

    /// How many lookup keys there are, erased ones included.
    pub fn lookup_keys(&self) -> usize {
        self.lookup.len()
    }

    /// How many of them are erased.
    pub fn erased(&self) -> usize {
        let erased = self.lookup.iter().filter(|key| key.secret.is_none());
        erased.count()
    }

    /// Goes to the next lookup key; its index. The one before stays until it is erased, for the epochs built with it.
    ///
    /// # Errors
    /// [`RotateError`], where all were used.
    pub fn rotate(&mut self) -> Result<u8, RotateError> {
        let keys = self.lookup.len();
        let next = self
            .current
            .checked_add(1)
            .filter(|next| usize::from(*next) < keys)
            .ok_or(RotateError { keys })?;
        self.current = next;
        Ok(next)
    }

    /// Forgets the lookup keys before this index, and never the current one; whether there were any. Epochs built with them can no
    /// longer be asked for. What the file system keeps of a file that was replaced is not overwritten.
    pub fn erase_before(&mut self, index: u8) -> bool {
        let end = usize::from(index.min(self.current));
        let mut erased = false;
        for key in self.lookup.iter_mut().take(end) {
            erased |= key.secret.take().is_some();
        }
        erased
    }

    /// What the sealed registrations are protected with.
    pub fn vault_secret(&self) -> &[u8; 32] {
        &self.vault_secret
    }

    /// What tokens are authenticated with.
    pub fn token_secret(&self) -> &[u8; 32] {
        &self.token_secret
    }
}

impl RingKey {
    fn of_seed(seed: [u8; 32]) -> Option<Self> {
        let key = LookupKey::from_seed(&seed)?;
        Some(Self {
            public: key.public(),
            secret: Some((seed, key)),
        })
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyRing")
            .field("pin", &self.pin())
            .field("lookup_keys", &self.lookup.len())
            .field("erased", &self.erased())
            .field("current", &self.current)
            .finish_non_exhaustive()
    }
}

/// 32 octets of the system's randomness.
fn random() -> Result<[u8; 32], GenerateError> {
    let mut octets = [0; 32];
    OsRng
        .try_fill_bytes(&mut octets)
        .map_err(|_| GenerateError::Random)?;
    Ok(octets)
}

/// Why there are no new secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GenerateError {
    /// No lookup key, or more than [`MAX_LOOKUP_KEYS`].
    Count(usize),
    /// The system gave no randomness.
    Random,
}

impl fmt::Display for GenerateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => write!(
                f,
                "{count} lookup keys; a ring has 1 to {MAX_LOOKUP_KEYS}, one for each time that you rotate"
            ),
            Self::Random => f.write_str("the system gives no random numbers"),
        }
    }
}

impl Error for GenerateError {}

/// Why there is no next lookup key: all under the pin were used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RotateError {
    /// How many there are.
    pub keys: usize,
}

impl fmt::Display for RotateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the last of {} lookup keys is in use; a new ring has a new pin, which users have to be given",
            self.keys
        )
    }
}

impl Error for RotateError {}
