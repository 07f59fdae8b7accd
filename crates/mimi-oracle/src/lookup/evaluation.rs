//! What goes to `POST /v1/evaluate` and what comes back, in octets.

use std::error::Error;
use std::fmt;

use crate::encoding::Reader;
use crate::limits::{ELEMENT_OCTETS, MAX_BATCH, PROOF_OCTETS};

/// Blinded elements to evaluate under the key of one epoch.
///
/// In octets: the number of the epoch (8), how many elements (2), the elements (32 each). Numbers are big-endian.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvaluationRequest {
    /// The number of the epoch, which says which key is meant.
    pub epoch: u64,
    /// 1 to [`MAX_BATCH`] group elements, not yet decoded.
    pub elements: Vec<[u8; ELEMENT_OCTETS]>,
}

/// Evaluated elements, in the order asked, and one proof for all.
///
/// In octets: how many elements (2), the elements (32 each), the proof (64: the scalars c and s).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvaluationResponse {
    /// As many as were asked.
    pub elements: Vec<[u8; ELEMENT_OCTETS]>,
    /// That all were evaluated with the key of the epoch (RFC 9497 §2.2).
    pub proof: [u8; PROOF_OCTETS],
}

impl EvaluationRequest {
    /// Octets of the longest request.
    pub const MAX_OCTETS: usize = 8 + 2 + MAX_BATCH * ELEMENT_OCTETS;

    /// In octets.
    pub fn encode(&self) -> Vec<u8> {
        let mut octets = self.epoch.to_be_bytes().to_vec();
        write_elements(&self.elements, &mut octets);
        octets
    }

    /// From octets.
    ///
    /// # Errors
    /// [`EvaluationError`], for anything but exactly one request.
    pub fn decode(octets: &[u8]) -> Result<Self, EvaluationError> {
        let mut reader = Reader(octets);
        let epoch = reader.u64().ok_or(EvaluationError::Truncated)?;
        let elements = read_elements(&mut reader)?;
        if !reader.is_empty() {
            return Err(EvaluationError::Trailing);
        }
        Ok(Self { epoch, elements })
    }
}

impl EvaluationResponse {
    /// Octets of the longest response.
    pub const MAX_OCTETS: usize = 2 + MAX_BATCH * ELEMENT_OCTETS + PROOF_OCTETS;

    /// In octets.
    pub fn encode(&self) -> Vec<u8> {
        let mut octets = Vec::new();
        write_elements(&self.elements, &mut octets);
        octets.extend(self.proof);
        octets
    }

    /// From octets.
    ///
    /// # Errors
    /// [`EvaluationError`], for anything but exactly one response.
    pub fn decode(octets: &[u8]) -> Result<Self, EvaluationError> {
        let mut reader = Reader(octets);
        let elements = read_elements(&mut reader)?;
        let proof = reader.array().ok_or(EvaluationError::Truncated)?;
        if !reader.is_empty() {
            return Err(EvaluationError::Trailing);
        }
        Ok(Self { elements, proof })
    }
}

fn write_elements(elements: &[[u8; ELEMENT_OCTETS]], octets: &mut Vec<u8>) {
    // At most MAX_BATCH; more would be refused by whoever reads them.
    let count = u16::try_from(elements.len()).unwrap_or(u16::MAX);
    octets.extend(count.to_be_bytes());
    octets.extend(elements.as_flattened());
}

fn read_elements(reader: &mut Reader<'_>) -> Result<Vec<[u8; ELEMENT_OCTETS]>, EvaluationError> {
    let count = reader
        .u16()
        .map(usize::from)
        .ok_or(EvaluationError::Truncated)?;
    if count == 0 || count > MAX_BATCH {
        return Err(EvaluationError::Count(count));
    }
    let octets = reader
        .take(count * ELEMENT_OCTETS)
        .ok_or(EvaluationError::Truncated)?;
    let (elements, _) = octets.as_chunks();
    Ok(elements.to_vec())
}

/// Why octets are no evaluation request or response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EvaluationError {
    /// They end too early.
    Truncated,
    /// They go on after the end.
    Trailing,
    /// No element, or more than [`MAX_BATCH`].
    Count(usize),
    /// An element, at this place from 0, that is no group element in canonical form, or the identity (RFC 9497 §2.1).
    Element(usize),
    /// A proof that is no two scalars in canonical form.
    Proof,
}

impl fmt::Display for EvaluationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated => f.write_str("the message ends too early"),
            Self::Trailing => f.write_str("the message goes on after its end"),
            Self::Count(count) => write!(f, "{count} elements; 1 to {MAX_BATCH} are allowed"),
            Self::Element(index) => write!(f, "element {index} is no valid group element"),
            Self::Proof => f.write_str("the proof is not two valid scalars"),
        }
    }
}

impl Error for EvaluationError {}
