//! [`LookupKey`]: the oracle's side of a lookup.

use std::fmt;

use rand_core::OsRng;
use voprf::{BlindedElement, Group, VoprfServer};

use super::evaluation::{EvaluationError, EvaluationRequest, EvaluationResponse};
use super::{LookupOutput, Suite};
use crate::limits::{ELEMENT_OCTETS, PROTOCOL};
use crate::subject::Subject;

/// A secret key of the oblivious function.
pub struct LookupKey(pub(super) VoprfServer<Suite>);

impl LookupKey {
    /// The key of a seed (RFC 9497 §3.2.1, DeriveKeyPair, with `mimi-oracle/1` as info); `None` for the one seed in 2^252 that has none.
    pub fn from_seed(seed: &[u8; 32]) -> Option<Self> {
        VoprfServer::new_from_seed(seed, PROTOCOL.as_bytes())
            .ok()
            .map(Self)
    }

    /// The octets by which clients verify.
    pub fn public(&self) -> [u8; ELEMENT_OCTETS] {
        <Suite as voprf::CipherSuite>::Group::serialize_elem(self.0.get_public_key()).into()
    }

    /// Evaluates what a client blinded, and proves it. Learns nothing of the subjects.
    ///
    /// # Errors
    /// [`EvaluationError::Element`], for octets that are no group element or the identity.
    pub fn evaluate_blinded(
        &self,
        request: &EvaluationRequest,
    ) -> Result<EvaluationResponse, EvaluationError> {
        let mut blinded = Vec::with_capacity(request.elements.len());
        for (index, element) in request.elements.iter().enumerate() {
            let element = BlindedElement::<Suite>::deserialize(element)
                .map_err(|_| EvaluationError::Element(index))?;
            blinded.push(element);
        }
        let evaluated = self
            .0
            .batch_blind_evaluate(&mut OsRng, &blinded)
            .map_err(|_| EvaluationError::Count(blinded.len()))?;
        Ok(EvaluationResponse {
            elements: evaluated
                .messages
                .iter()
                .map(|element| element.serialize().into())
                .collect(),
            proof: evaluated.proof.serialize().into(),
        })
    }

    /// The output for a subject that is known, as when buckets are built; `None` for a subject whose hash is the identity.
    pub fn evaluate(&self, subject: &Subject) -> Option<LookupOutput> {
        let output = self.0.evaluate(subject.as_bytes()).ok()?;
        Some(LookupOutput::new(output.into()))
    }
}

impl fmt::Debug for LookupKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LookupKey(..)")
    }
}
