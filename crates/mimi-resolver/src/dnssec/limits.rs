//! What validating one answer may cost, whatever the answers say (D39). More is *budget*, and never half a validation.

/// Signatures handed to the validator for one identifier. It tries each with at most two keys (those with the same tag).
pub(super) const SIGNATURES: u16 = 128;
/// Signatures of one RRset, after those that cannot belong to it are gone.
pub(super) const SIGNATURES_OF_RRSET: usize = 8;
/// Keys of one zone.
pub(super) const KEYS: usize = 64;
/// DS records of one zone.
pub(super) const DIGESTS: usize = 32;
/// NSEC and NSEC3 RRsets of one response: three prove any absence (RFC 5155 §8), the rest is room.
pub(super) const DENIAL_RRSETS: usize = 8;
/// Octets of the records of one RRset: its signature covers them all, and each key that is tried hashes them anew.
pub(super) const OCTETS_OF_RRSET: usize = 65_535;
/// Above this an NSEC3 proof is worth nothing, and the data below counts as insecure (RFC 9276 §3.2): zones must use 0.
pub(super) const NSEC3_ITERATIONS_INSECURE: u16 = 0;
/// Above this an NSEC3 proof is bogus: nothing but an attack on the validator needs so many.
pub(super) const NSEC3_ITERATIONS_BOGUS: u16 = 50;
/// Verdicts on RRsets that the validator remembers while it validates one answer, so that a chain with branches is walked once.
pub(super) const REMEMBERED_VERDICTS: usize = 256;
/// How many steps a chain of trust may have, two for each zone. Each is a call within a call, so the stack is what this bounds.
pub(super) const DEPTH: usize = 26;
/// A chain through more zones than this has been cut off: that is no forgery.
pub(super) const ZONES: usize = DEPTH / 2 - 1;
