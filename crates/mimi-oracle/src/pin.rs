//! [`Pin`] and [`PublicKeys`]: the one value by which a user trusts an oracle, and every key it commits to.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use ring::digest;

use crate::encoding::{first_octets, from_base64, labelled, to_base64};
use crate::limits::ELEMENT_OCTETS;

/// The hash of all keys that an oracle uses or will use. Who holds it needs no certificate authority, and an oracle cannot show one
/// user other keys than another.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pin([u8; 32]);

impl Pin {
    /// The pin of these octets.
    pub const fn new(octets: [u8; 32]) -> Self {
        Self(octets)
    }

    /// Its octets.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// 43 characters of base64url.
impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_base64(&self.0))
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pin({self})")
    }
}

impl FromStr for Pin {
    type Err = PinError;

    fn from_str(text: &str) -> Result<Self, PinError> {
        from_base64(text).map(Self).ok_or(PinError {
            characters: text.chars().count(),
        })
    }
}

/// Why a text is not a pin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PinError {
    /// How many characters it has.
    pub characters: usize,
}

impl fmt::Display for PinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.characters {
            43 => f.write_str("the key of an oracle has 43 characters of A-Z, a-z, 0-9, - and _; this one has others, or was changed"),
            characters => write!(
                f,
                "the key of an oracle has 43 characters of A-Z, a-z, 0-9, - and _; this one has {characters}"
            ),
        }
    }
}

impl Error for PinError {}

/// The public keys of an oracle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKeys {
    /// By which everything is signed (Ed25519).
    pub signing: [u8; ELEMENT_OCTETS],
    /// By which proofs of evaluation are checked (RFC 9497, ristretto255), in the order of their use: at least one,
    /// at most [`MAX_LOOKUP_KEYS`](crate::limits::MAX_LOOKUP_KEYS).
    pub lookup: Vec<[u8; ELEMENT_OCTETS]>,
}

impl PublicKeys {
    /// The pin that commits to all of them and to their order.
    pub fn pin(&self) -> Pin {
        let mut octets = labelled("pin");
        octets.extend(self.signing);
        octets.extend(self.lookup.as_flattened());
        Pin(first_octets(
            digest::digest(&digest::SHA256, &octets).as_ref(),
        ))
    }
}
