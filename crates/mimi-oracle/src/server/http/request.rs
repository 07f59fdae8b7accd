//! [`RegistrationRequest`]: what the bodies of the registration routes say. No socket, no clock, no store.

use std::error::Error;
use std::fmt;

use mimi_id::{Identifier, Kind};
use mimi_mssi::parse_strict;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::problem::Problem;
use crate::encoding::from_base64;
use crate::entry::{Entry, EntryError};
use crate::limits::SIGNATURE_OCTETS;
use crate::object::{JsonFault, from_json};
use crate::subject::Subject;

/// What somebody asks about a registration. `Debug` shows sizes only.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RegistrationRequest {
    /// Whose registration it is about.
    pub subject: Subject,
    /// What the subject is: an email address or a telephone number.
    pub kind: Kind,
    /// The proof token; empty where one is asked for.
    pub token: String,
    /// What is to be registered; empty where nothing is.
    pub definition_strings: Vec<Vec<u8>>,
    /// The provider that stands by it, and its signature.
    pub provider: Option<(String, [u8; SIGNATURE_OCTETS])>,
}

#[derive(Deserialize)]
struct Proof {
    identifier: String,
}

#[derive(Deserialize)]
struct Token {
    identifier: String,
    token: String,
}

#[derive(Deserialize)]
struct Set {
    identifier: String,
    token: String,
    definition_strings: Vec<String>,
    provider: Option<Provider>,
}

#[derive(Deserialize)]
struct Provider {
    name: String,
    signature: String,
}

impl RegistrationRequest {
    /// Octets of the longest body that is read: sixteen definition strings and much more.
    pub const MAX_OCTETS: usize = 64 * 1024;

    /// The body of a request for a token.
    ///
    /// # Errors
    /// [`RequestRefused`], as in the two others.
    pub fn proof(body: &[u8]) -> Result<Self, RequestRefused> {
        let request: Proof = read(body, "identifier")?;
        Self::new(&request.identifier, String::new())
    }

    /// The body of a request that shows or removes a registration.
    ///
    /// # Errors
    /// [`RequestRefused`].
    pub fn with_token(body: &[u8]) -> Result<Self, RequestRefused> {
        let request: Token = read(body, "identifier and token")?;
        Self::new(&request.identifier, request.token)
    }

    /// The body of a request that registers. What is to be registered is looked at by [`RegistrationRequest::check`].
    ///
    /// # Errors
    /// [`RequestRefused`].
    pub fn set(body: &[u8]) -> Result<Self, RequestRefused> {
        let members = "identifier, token, definition_strings, and provider with name and signature, if one vouches for it";
        let request: Set = read(body, members)?;
        let mut read = Self::new(&request.identifier, request.token)?;
        if let Some(Provider { name, signature }) = request.provider {
            let signature = from_base64(&signature).ok_or(Problem::Provider)?;
            read.provider = Some((name, signature));
        }
        let strings = request.definition_strings.into_iter();
        read.definition_strings = strings.map(String::into_bytes).collect();
        Ok(read)
    }

    /// Whether what is to be registered can be: usable definition strings, and room for them in an entry.
    ///
    /// # Errors
    /// [`RequestRefused`].
    pub fn check(&self) -> Result<(), RequestRefused> {
        Entry::check(&self.definition_strings).map_err(|error| match error {
            EntryError::Count(0) => Problem::NoDefinitionString,
            error => Problem::Room(error),
        })?;
        for (index, definition_string) in self.definition_strings.iter().enumerate() {
            parse_strict(definition_string)
                .map_err(|refusal| Problem::DefinitionString { index, refusal })?;
        }
        Ok(())
    }

    fn new(identifier: &str, token: String) -> Result<Self, RequestRefused> {
        let identifier = Identifier::parse(identifier).map_err(Problem::Identifier)?;
        Ok(Self {
            subject: Subject::new(&identifier).ok_or(Problem::Mui)?,
            kind: identifier.kind(),
            token,
            definition_strings: Vec::new(),
            provider: None,
        })
    }
}

fn read<T: DeserializeOwned>(body: &[u8], members: &'static str) -> Result<T, Problem> {
    let limit = RegistrationRequest::MAX_OCTETS;
    if body.len() > limit {
        return Err(Problem::BodyTooLong { limit });
    }
    from_json(body).map_err(|JsonFault { line, column }| Problem::Json {
        line,
        column,
        members,
    })
}

impl fmt::Debug for RegistrationRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegistrationRequest")
            .field("kind", &self.kind)
            .field("definition_strings", &self.definition_strings.len())
            .field("provider", &self.provider.is_some())
            .finish_non_exhaustive()
    }
}

/// Why a body is refused. `Display` is the sentence that the client gets.
#[derive(Debug)]
pub struct RequestRefused(Problem);

impl RequestRefused {
    /// Stable, in kebab case.
    pub fn code(&self) -> &'static str {
        self.0.code()
    }
}

impl From<Problem> for RequestRefused {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<RequestRefused> for Problem {
    fn from(refused: RequestRefused) -> Self {
        refused.0
    }
}

impl fmt::Display for RequestRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message())
    }
}

impl Error for RequestRefused {}
