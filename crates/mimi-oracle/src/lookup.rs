//! The oblivious function: VOPRF(ristretto255, SHA-512) of RFC 9497, with [`Subject`](crate::Subject)s as inputs.
//!
//! The client sends points that look random whatever is asked, and gets an output that only the holder of the key could compute, with a
//! proof that it is the pinned key.

mod blinding;
mod evaluation;
mod key;
#[cfg(test)]
mod tests;

use std::fmt;

use voprf::Ristretto255;

pub use blinding::{Blinding, BlindingError};
pub use evaluation::{EvaluationError, EvaluationRequest, EvaluationResponse};
pub use key::LookupKey;

use crate::limits::OUTPUT_OCTETS;

/// The ciphersuite.
type Suite = Ristretto255;

/// What the function gives for one subject under one key. Whoever has it can find and open the subject's entry.
///
/// `Debug` is redacted.
#[derive(Clone, PartialEq, Eq)]
pub struct LookupOutput([u8; OUTPUT_OCTETS]);

impl LookupOutput {
    /// The output with these octets.
    pub const fn new(octets: [u8; OUTPUT_OCTETS]) -> Self {
        Self(octets)
    }

    /// Its octets.
    pub const fn as_bytes(&self) -> &[u8; OUTPUT_OCTETS] {
        &self.0
    }
}

impl fmt::Debug for LookupOutput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LookupOutput(..)")
    }
}
