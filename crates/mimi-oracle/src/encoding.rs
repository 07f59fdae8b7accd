//! Octets as text, texts of known length, and octets of a message one after the other: what the parts of the protocol share.

use data_encoding::BASE64URL_NOPAD;

use crate::limits::PROTOCOL;

/// Octets in base64url without padding (RFC 4648 §5).
pub(crate) fn to_base64(octets: &[u8]) -> String {
    BASE64URL_NOPAD.encode(octets)
}

/// Exactly `N` octets from base64url without padding; anything else is `None`.
pub(crate) fn from_base64<const N: usize>(text: &str) -> Option<[u8; N]> {
    // Refused before it is decoded, so that a long text costs nothing.
    if text.len() != BASE64URL_NOPAD.encode_len(N) {
        return None;
    }
    let octets = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    octets.try_into().ok()
}

/// The beginning of what is hashed or signed: the protocol and what it is about, so that nothing is taken for something else.
pub(crate) fn labelled(label: &str) -> Vec<u8> {
    format!("{PROTOCOL} {label}\0").into_bytes()
}

/// The first `N` octets of a hash, a key or a signature, which has at least as many.
pub(crate) fn first_octets<const N: usize>(octets: &[u8]) -> [u8; N] {
    debug_assert!(octets.len() >= N, "{N} octets of {}", octets.len());
    let mut first = [0; N];
    for (octet, of_all) in first.iter_mut().zip(octets) {
        *octet = *of_all;
    }
    first
}

/// Takes octets from the front of a message.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn take(&mut self, octets: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(octets)?;
        self.0 = rest;
        Some(taken)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    pub(crate) fn u8(&mut self) -> Option<u8> {
        self.array::<1>().map(|[octet]| octet)
    }

    pub(crate) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_be_bytes)
    }

    pub(crate) fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_be_bytes)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
