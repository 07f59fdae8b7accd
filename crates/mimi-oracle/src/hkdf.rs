//! HKDF (RFC 5869) to a number of octets that is known beforehand.

use ring::hkdf::{KeyType, Prk};

/// How many octets are wanted.
struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

/// HKDF-Expand: `N` octets, at most 64, for the joined parts of `info`.
pub(crate) fn expand<const N: usize>(prk: &Prk, info: &[&[u8]]) -> [u8; N] {
    let mut octets = [0; N];
    // HKDF gives up to 255 times its hash.
    let filled = prk
        .expand(info, Length(N))
        .and_then(|okm| okm.fill(&mut octets));
    debug_assert!(filled.is_ok(), "HKDF gives {N} octets");
    octets
}
