//! [`Problem`]: every answer that is not what was asked for.

use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mimi_id::{IdentifierError, Kind};
use mimi_mssi::Refusal as DefinitionStringRefusal;
use serde_json::{Map, Value};

use crate::entry::EntryError;
use crate::lookup::EvaluationError;
use crate::server::quota::Refusal;

/// Why a request is not answered. The body is JSON: `code`, `message`, and what belongs to the code.
#[derive(Debug)]
pub(crate) enum Problem {
    /// The octets are no evaluation request.
    Evaluation(EvaluationError),
    /// The body is no JSON with these members.
    Json {
        line: usize,
        column: usize,
        members: &'static str,
    },
    /// The body broke off.
    Body,
    Identifier(IdentifierError),
    Mui,
    KindNotServed(Kind),
    Unreachable,
    NoDefinitionString,
    DefinitionString {
        index: usize,
        refusal: DefinitionStringRefusal,
    },
    Room(EntryError),
    Token,
    Provider,
    NotFound,
    /// Asked of a server that follows another.
    NotHere,
    Method,
    TimedOut,
    TokenSpent,
    EpochOver,
    BodyTooLong {
        limit: usize,
    },
    Refused(Refusal),
    NoEpoch,
    Store,
    NotSent,
    Busy,
}

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Self::Token | Self::Refused(Refusal::Token) => StatusCode::UNAUTHORIZED,
            Self::Provider => StatusCode::FORBIDDEN,
            Self::NotFound | Self::NotHere => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TimedOut => StatusCode::REQUEST_TIMEOUT,
            Self::TokenSpent => StatusCode::CONFLICT,
            Self::EpochOver => StatusCode::GONE,
            Self::BodyTooLong { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Refused(Refusal::Exceeded { .. }) => StatusCode::TOO_MANY_REQUESTS,
            Self::NoEpoch | Self::Store | Self::NotSent | Self::Busy => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// Stable, in kebab case.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Evaluation(_) | Self::Json { .. } | Self::Body | Self::NoDefinitionString => {
                "malformed-request"
            }
            Self::Identifier(_) => "invalid-identifier",
            Self::Mui => "mui",
            Self::KindNotServed(_) => "kind-not-served",
            Self::Unreachable => "unreachable",
            Self::DefinitionString { .. } => "definition-string",
            Self::Room(EntryError::Count(_)) => "too-many",
            Self::Room(_) => "too-long",
            Self::Token => "token-refused",
            Self::Refused(Refusal::Token) => "quota-token-refused",
            Self::Provider => "provider-refused",
            Self::NotFound => "not-found",
            Self::NotHere => "not-here",
            Self::Method => "method-not-allowed",
            Self::TimedOut => "timed-out",
            Self::TokenSpent => "token-spent",
            Self::EpochOver => "epoch-over",
            Self::BodyTooLong { .. } => "body-too-long",
            Self::Refused(Refusal::Exceeded { .. }) => "quota-exceeded",
            Self::NoEpoch | Self::Store | Self::Busy => "unavailable",
            Self::NotSent => "not-sent",
        }
    }

    pub(super) fn message(&self) -> String {
        match self {
            Self::Evaluation(error) => format!("The body is no evaluation request: {error}."),
            Self::Json { members, .. } => {
                format!("The body is to be a JSON object with {members}.")
            }
            Self::Body => "The body broke off. Send the request again.".to_owned(),
            Self::Identifier(error) => match error.help() {
                Some(help) => format!("The identifier is {error}; {help}."),
                None => format!("The identifier is {error}."),
            },
            Self::Mui => {
                "A MIMI user identifier is resolved by DNS alone: publish MIMI records for it.".to_owned()
            }
            Self::KindNotServed(kind) => match kind {
                Kind::Telephone => "This oracle has no way to send a token to a telephone.",
                _ => "This oracle has no way to send a token by mail.",
            }
            .to_owned(),
            Self::Unreachable => {
                "This oracle's mail server takes no address with a local part like this. Register another address."
                    .to_owned()
            }
            Self::NoDefinitionString => {
                "There is no definition string to register. To be found no more, remove the registration."
                    .to_owned()
            }
            Self::DefinitionString { index, refusal } => format!(
                "Definition string {index}, counted from 0, is {}: {}.",
                refusal.verdict,
                refusal.code.summary()
            ),
            Self::Room(error) => format!("Register less: {error}."),
            Self::Token => {
                "The token is not one for this identifier, or has expired. Ask for another.".to_owned()
            }
            Self::Refused(Refusal::Token) => {
                "The quota token is not one of this oracle, or has expired. Leave it out, or ask for another."
                    .to_owned()
            }
            Self::Provider => {
                "The provider is none of this oracle, or its signature is not over this registration and token."
                    .to_owned()
            }
            Self::NotFound => "There is nothing here.".to_owned(),
            Self::NotHere => {
                "This server answers lookups alone. Registrations are made at the server of this oracle that publishes them.".to_owned()
            }
            Self::Method => "This is asked for by another method.".to_owned(),
            Self::TimedOut => "The request took too long to arrive. Send it again.".to_owned(),
            Self::TokenSpent => "The token was used before. Ask for another.".to_owned(),
            Self::EpochOver => {
                "This epoch is not served. Fetch the parameters anew and ask again.".to_owned()
            }
            Self::BodyTooLong { limit } => {
                format!("The body is longer than the {limit} octets that are read here.")
            }
            Self::Refused(Refusal::Exceeded {
                retry_after: Some(seconds),
            }) => format!("The quota is used up. Try again in {seconds} s."),
            Self::Refused(Refusal::Exceeded { retry_after: None }) => {
                "This is more at once than the quota allows. Ask for fewer.".to_owned()
            }
            Self::NoEpoch | Self::Store | Self::Busy => {
                "The oracle cannot do this at the moment. Try again later.".to_owned()
            }
            Self::NotSent => "The token could not be sent. Try again later.".to_owned(),
        }
    }

    fn data(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::Json { line, column, .. } => {
                vec![("line", (*line).into()), ("column", (*column).into())]
            }
            Self::Evaluation(EvaluationError::Element(index)) => vec![("index", (*index).into())],
            Self::Identifier(error) => vec![
                ("kind", error.kind().as_str().into()),
                ("reason", error.code().into()),
                ("position", error.position().into()),
            ],
            Self::KindNotServed(kind) => vec![("kind", kind.as_str().into())],
            Self::DefinitionString { index, refusal } => vec![
                ("index", (*index).into()),
                ("reason", refusal.code.as_str().into()),
            ],
            Self::BodyTooLong { limit } => vec![("limit", (*limit).into())],
            Self::Refused(Refusal::Exceeded { retry_after }) => {
                vec![("retry_after", (*retry_after).into())]
            }
            _ => Vec::new(),
        }
    }

    fn header(&self) -> Option<(HeaderName, HeaderValue)> {
        let seconds = match self {
            Self::Refused(Refusal::Token) => {
                return Some((header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")));
            }
            Self::Refused(Refusal::Exceeded { retry_after }) => (*retry_after)?,
            Self::NoEpoch | Self::Busy => 1,
            Self::Store | Self::NotSent => 60,
            _ => return None,
        };
        Some((header::RETRY_AFTER, HeaderValue::from(seconds)))
    }
}

/// Put into the response for whoever counts refusals.
#[derive(Clone, Copy)]
pub(super) struct Code(pub(super) &'static str);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut object = Map::new();
        object.insert("code".to_owned(), self.code().into());
        object.insert("message".to_owned(), self.message().into());
        for (name, value) in self.data() {
            object.insert(name.to_owned(), value);
        }
        let mut response = (self.status(), Json(Value::Object(object))).into_response();
        let no_store = HeaderValue::from_static("no-store");
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, no_store);
        if let Some((name, value)) = self.header() {
            response.headers_mut().insert(name, value);
        }
        response.extensions_mut().insert(Code(self.code()));
        response
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use axum::body::to_bytes;
    use mimi_id::Identifier;
    use mimi_mssi::parse_strict;

    use super::*;

    /// One of each code, or more where they differ in their data.
    fn all() -> Vec<Problem> {
        let limit = 1_000;
        let exceeded = |retry_after| Problem::Refused(Refusal::Exceeded { retry_after });
        let refusal = parse_strict(b"v=MIMI1; a=alice").unwrap_err();
        vec![
            Problem::Evaluation(EvaluationError::Element(7)),
            Problem::Json {
                line: 1,
                column: 2,
                members: "identifier",
            },
            Problem::Body,
            Problem::Identifier(Identifier::parse("+1555x").unwrap_err()),
            Problem::Mui,
            Problem::KindNotServed(Kind::Email),
            Problem::KindNotServed(Kind::Telephone),
            Problem::Unreachable,
            Problem::NoDefinitionString,
            Problem::DefinitionString { index: 3, refusal },
            Problem::Room(EntryError::Count(17)),
            Problem::Room(EntryError::TooLong(5_000)),
            Problem::Token,
            Problem::Refused(Refusal::Token),
            Problem::Provider,
            Problem::NotFound,
            Problem::NotHere,
            Problem::Method,
            Problem::TimedOut,
            Problem::TokenSpent,
            Problem::EpochOver,
            Problem::BodyTooLong { limit },
            exceeded(Some(30)),
            exceeded(None),
            Problem::NoEpoch,
            Problem::Store,
            Problem::NotSent,
            Problem::Busy,
        ]
    }

    #[tokio::test]
    async fn each_problem_has_a_code_a_remedy_and_its_data() {
        let mut texts = Vec::new();
        for problem in all() {
            let response = problem.into_response();
            let (parts, body) = response.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap();
            let header = |name: HeaderName| Some(parts.headers.get(&name)?.to_str().unwrap());
            assert_eq!(header(header::CONTENT_TYPE), Some("application/json"));
            assert_eq!(header(header::CACHE_CONTROL), Some("no-store"));
            let mut text = format!("{} ", parts.status.as_u16());
            text.push_str(std::str::from_utf8(&body).unwrap());
            for name in [header::RETRY_AFTER, header::WWW_AUTHENTICATE] {
                if let Some(value) = header(name.clone()) {
                    text.push_str(&format!("\n    {name}: {value}"));
                }
            }
            texts.push(text);
        }
        insta::assert_snapshot!(texts.join("\n"));
    }
}
