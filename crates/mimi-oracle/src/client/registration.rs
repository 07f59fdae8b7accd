//! What a person, or a provider for them, asks of an oracle: to prove an identifier, and to list, change and remove what it leads to.

use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::error::ExchangeError;
use super::exchange::Exchanger;
use super::problem::MAX_PROBLEM_OCTETS;
use super::transport::{MediaType, Method, Request, Response};
use crate::limits::MAX_ENTRY_OCTETS;
use crate::object::from_json;
use crate::subject::Subject;

/// Octets of the longest answer: definition strings, each of which JSON may take six times as long.
const MAX_OCTETS: usize = MAX_PROBLEM_OCTETS + 6 * MAX_ENTRY_OCTETS;

/// That a token is on its way to whoever holds the identifier. The oracle says the same whether it is registered or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct ProofSent {
    /// How it was sent.
    pub sent: ProofChannel,
    /// Until when the token may be used, in seconds since 1970.
    pub token_expires: u64,
}

/// How a token reaches whoever holds an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProofChannel {
    /// By email.
    Email,
    /// To the telephone.
    Telephone,
}

/// What an oracle has of an identifier. `Debug` does not show the definition strings.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Registration {
    /// The definition strings; none where nothing is registered.
    pub definition_strings: Vec<String>,
    /// When the registration ends unless it is set again, in seconds since 1970.
    pub expires: Option<u64>,
    /// The provider that vouches for it beside the holder, where one does.
    pub provider: Option<String>,
    /// From when on others find it so, in seconds since 1970: when the next epoch begins.
    pub effective: u64,
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registration")
            .field("definition_strings", &self.definition_strings.len())
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

/// What became of a removal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Removal {
    /// Whether there was anything.
    pub removed: bool,
    /// From when on nobody finds it, in seconds since 1970: when the next epoch begins.
    pub effective: u64,
}

/// That a provider vouches for a registration beside its holder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProviderSignature {
    /// The name by which the oracle knows the provider.
    pub name: String,
    /// Its signature (Ed25519), in base64url.
    pub signature: String,
}

#[derive(Serialize)]
struct Body<'a> {
    identifier: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    definition_strings: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<&'a ProviderSignature>,
}

impl<'a> Body<'a> {
    fn of(subject: &'a Subject, token: Option<&'a str>) -> Self {
        Self {
            // Not the bare text: an address may look like a number.
            identifier: subject.to_uri(),
            token,
            definition_strings: None,
            provider: None,
        }
    }
}

impl Exchanger {
    pub(super) async fn request_proof(
        &self,
        subject: &Subject,
    ) -> Result<ProofSent, RegistrationError> {
        self.post("/v1/proof", &Body::of(subject, None)).await
    }

    pub(super) async fn show(
        &self,
        subject: &Subject,
        token: &str,
    ) -> Result<Registration, RegistrationError> {
        let body = Body::of(subject, Some(token));
        self.post("/v1/registration/show", &body).await
    }

    pub(super) async fn set(
        &self,
        subject: &Subject,
        token: &str,
        definition_strings: &[String],
        provider: Option<&ProviderSignature>,
    ) -> Result<Registration, RegistrationError> {
        let body = Body {
            definition_strings: Some(definition_strings),
            provider,
            ..Body::of(subject, Some(token))
        };
        self.post("/v1/registration/set", &body).await
    }

    pub(super) async fn remove(
        &self,
        subject: &Subject,
        token: &str,
    ) -> Result<Removal, RegistrationError> {
        let body = Body::of(subject, Some(token));
        self.post("/v1/registration/remove", &body).await
    }

    async fn post<T: for<'a> Deserialize<'a>>(
        &self,
        path: &str,
        body: &Body<'_>,
    ) -> Result<T, RegistrationError> {
        let request = Request {
            method: Method::Post {
                content_type: MediaType::Json,
                // Strings only: writing to memory does not fail.
                body: serde_json::to_vec(body).unwrap_or_default(),
            },
            path: path.to_owned(),
            accept: MediaType::Json,
            bearer: None,
            max_octets: MAX_OCTETS,
            is_repeatable: false,
        };
        let response: Response = self.send(&request).await?;
        from_json(&response.body).map_err(|_| RegistrationError::Malformed)
    }
}

/// Why an oracle did not do what it was asked.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum RegistrationError {
    /// There is no answer that can be used, or the oracle refuses.
    Exchange(ExchangeError),
    /// The answer is not the JSON that it should be.
    Malformed,
}

impl RegistrationError {
    /// The oracle's word for why it refuses, such as `token-refused`; `None` where it gave none.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Exchange(ExchangeError::Status { problem, .. }) => {
                problem.as_ref().map(|problem| problem.code.as_str())
            }
            _ => None,
        }
    }
}

impl From<ExchangeError> for RegistrationError {
    fn from(error: ExchangeError) -> Self {
        Self::Exchange(error)
    }
}

impl fmt::Display for RegistrationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exchange(error) => error.fmt(f),
            Self::Malformed => f.write_str("what answers there does not speak as an oracle does"),
        }
    }
}

impl Error for RegistrationError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Exchange(error) => Some(error),
            Self::Malformed => None,
        }
    }
}
