//! Ed25519 (RFC 8032): what an oracle vouches for.

use std::fmt;

use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

use crate::encoding::first_octets;
use crate::limits::{ELEMENT_OCTETS, SIGNATURE_OCTETS};

/// The key by which an oracle, or a provider beside it, signs.
pub struct SigningKey(Ed25519KeyPair);

impl SigningKey {
    /// The key of a seed of 32 octets; `None` only where the backend refuses it.
    pub fn from_seed(seed: &[u8; 32]) -> Option<Self> {
        Ed25519KeyPair::from_seed_unchecked(seed).ok().map(Self)
    }

    /// The octets by which others verify.
    pub fn public(&self) -> [u8; ELEMENT_OCTETS] {
        first_octets(self.0.public_key().as_ref())
    }

    /// The signature of a message.
    pub fn sign(&self, message: &[u8]) -> [u8; SIGNATURE_OCTETS] {
        first_octets(self.0.sign(message).as_ref())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(..)")
    }
}

/// Whether the owner of a public key signed a message.
pub fn is_signed_by(public: &[u8; ELEMENT_OCTETS], message: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&ED25519, public)
        .verify(message, signature)
        .is_ok()
}
