//! [`Blinding`]: the client's side of a lookup.

use std::error::Error;
use std::fmt;

use rand_core::OsRng;
use voprf::{EvaluationElement, Group, Proof, VoprfClient};

use super::evaluation::{EvaluationError, EvaluationRequest, EvaluationResponse};
use super::{LookupOutput, Suite};
use crate::limits::{ELEMENT_OCTETS, MAX_BATCH};
use crate::subject::Subject;

/// Subjects being looked up, with the secrets that hide them. Used once: a new lookup is blinded anew, so that no two requests are alike.
pub struct Blinding<'a> {
    pub(super) subjects: &'a [Subject],
    pub(super) clients: Vec<VoprfClient<Suite>>,
    pub(super) elements: Vec<[u8; ELEMENT_OCTETS]>,
}

impl<'a> Blinding<'a> {
    /// Blinds 1 to [`MAX_BATCH`] subjects with the randomness of the system.
    ///
    /// # Errors
    /// [`BlindingError::Count`].
    pub fn new(subjects: &'a [Subject]) -> Result<Self, BlindingError> {
        if subjects.is_empty() || subjects.len() > MAX_BATCH {
            return Err(BlindingError::Count(subjects.len()));
        }
        let mut clients = Vec::with_capacity(subjects.len());
        let mut elements = Vec::with_capacity(subjects.len());
        for subject in subjects {
            let blinded = VoprfClient::blind(subject.as_bytes(), &mut OsRng)
                .map_err(|_| BlindingError::Subject)?;
            clients.push(blinded.state);
            elements.push(blinded.message.serialize().into());
        }
        Ok(Self {
            subjects,
            clients,
            elements,
        })
    }

    /// What to send.
    pub fn request(&self, epoch: u64) -> EvaluationRequest {
        EvaluationRequest {
            epoch,
            elements: self.elements.clone(),
        }
    }

    /// Checks the proof against the public key of the epoch, and unblinds: one output for each subject, in order.
    ///
    /// # Errors
    /// [`BlindingError`], where the response is not what the holder of that key would say.
    pub fn finalize(
        &self,
        response: &EvaluationResponse,
        public_key: &[u8; ELEMENT_OCTETS],
    ) -> Result<Vec<LookupOutput>, BlindingError> {
        if response.elements.len() != self.subjects.len() {
            return Err(BlindingError::Answers {
                asked: self.subjects.len(),
                answered: response.elements.len(),
            });
        }
        let public_key = <Suite as voprf::CipherSuite>::Group::deserialize_elem(public_key)
            .map_err(|_| BlindingError::PublicKey)?;
        let mut elements = Vec::with_capacity(response.elements.len());
        for (index, element) in response.elements.iter().enumerate() {
            let element = EvaluationElement::<Suite>::deserialize(element)
                .map_err(|_| EvaluationError::Element(index))?;
            elements.push(element);
        }
        let proof =
            Proof::<Suite>::deserialize(&response.proof).map_err(|_| EvaluationError::Proof)?;
        let inputs: Vec<&[u8]> = self.subjects.iter().map(Subject::as_bytes).collect();
        let outputs =
            VoprfClient::batch_finalize(&inputs, &self.clients, &elements, &proof, public_key)
                .map_err(|_| BlindingError::Forged)?;
        outputs
            .map(|output| match output {
                Ok(output) => Ok(LookupOutput::new(output.into())),
                Err(_) => Err(BlindingError::Subject),
            })
            .collect()
    }
}

impl fmt::Debug for Blinding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blinding")
            .field("subjects", &self.subjects.len())
            .finish_non_exhaustive()
    }
}

/// Why a lookup came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BlindingError {
    /// No subject, or more than [`MAX_BATCH`].
    Count(usize),
    /// A subject that the function does not take: its hash is the identity, which nobody can find.
    Subject,
    /// Another number of answers than of questions.
    Answers {
        /// Subjects asked.
        asked: usize,
        /// Elements in the response.
        answered: usize,
    },
    /// A response with octets that are no group elements or scalars.
    Response(EvaluationError),
    /// A public key that is no group element, or the identity.
    PublicKey,
    /// The proof does not verify: another key was used, or the response was changed.
    Forged,
}

impl From<EvaluationError> for BlindingError {
    fn from(error: EvaluationError) -> Self {
        Self::Response(error)
    }
}

impl fmt::Display for BlindingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => write!(
                f,
                "{count} subjects; 1 to {MAX_BATCH} can be looked up at once"
            ),
            Self::Subject => f.write_str("the subject cannot be looked up"),
            Self::Answers { asked, answered } => {
                write!(f, "{asked} elements were asked and {answered} answered")
            }
            Self::Response(error) => error.fmt(f),
            Self::PublicKey => f.write_str("the public key is no valid group element"),
            Self::Forged => f.write_str("the proof does not verify with the pinned key"),
        }
    }
}

impl Error for BlindingError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Response(error) => Some(error),
            _ => None,
        }
    }
}
