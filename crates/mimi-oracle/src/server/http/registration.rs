//! What who owns an identifier does: ask for a token, and show, set or remove a registration with it.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use mimi_id::{Identifier, Kind};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::client::ClientAddress;
use super::problem::Problem;
use super::{NO_STORE, Service, body_of};
use crate::encoding::from_base64;
use crate::limits::SIGNATURE_OCTETS;
use crate::object::from_json;
use crate::server::registrar::{Change, ProviderSignature, Shown};
use crate::subject::Subject;

/// Octets of the longest JSON that is read: sixteen definition strings and much more.
pub(super) const MAX_JSON_OCTETS: usize = 64 * 1024;

#[derive(Deserialize)]
struct ProofRequest {
    identifier: String,
}

#[derive(Serialize)]
struct ProofResponse {
    sent: &'static str,
    token_expires: u64,
}

#[derive(Deserialize)]
struct TokenRequest {
    identifier: String,
    token: String,
}

#[derive(Deserialize)]
struct SetRequest {
    identifier: String,
    token: String,
    definition_strings: Vec<String>,
    provider: Option<ProviderObject>,
}

#[derive(Deserialize)]
struct ProviderObject {
    name: String,
    signature: String,
}

#[derive(Serialize)]
struct ShowResponse {
    definition_strings: Vec<String>,
    expires: Option<u64>,
    provider: Option<String>,
    effective: u64,
}

#[derive(Serialize)]
struct RemoveResponse {
    removed: bool,
    effective: u64,
}

/// `POST /v1/proof`. Says the same, and does the same, whether something is registered or not.
pub(super) async fn prove(
    State(service): State<Arc<Service>>,
    client: ClientAddress,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let request: ProofRequest = read(body, "identifier")?;
    let (subject, kind) = subject_of(&request.identifier)?;
    let token_expires = service.send_proof(&subject, kind, client.0).await?;
    let response = ProofResponse {
        sent: kind.as_str(),
        token_expires,
    };
    Ok((StatusCode::ACCEPTED, json(response)).into_response())
}

/// `POST /v1/registration/show`.
pub(super) async fn show(
    State(service): State<Arc<Service>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let request: TokenRequest = read(body, "identifier and token")?;
    let (subject, _) = subject_of(&request.identifier)?;
    let shown = service.show(subject, &request.token).await?;
    Ok(json(ShowResponse::new(shown, service.effective()?)))
}

/// `POST /v1/registration/set`.
pub(super) async fn set(
    State(service): State<Arc<Service>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let members = "identifier, token, definition_strings, and provider with name and signature, if one vouches for it";
    let request: SetRequest = read(body, members)?;
    let (subject, _) = subject_of(&request.identifier)?;
    let provider = match request.provider {
        Some(provider) => Some(provider.read()?),
        None => None,
    };
    let strings = request.definition_strings.into_iter();
    let change = Change {
        definition_strings: strings.map(String::into_bytes).collect(),
        provider,
    };
    let shown = service.set(subject, &request.token, change).await?;
    Ok(json(ShowResponse::new(Some(shown), service.effective()?)))
}

/// `POST /v1/registration/remove`.
pub(super) async fn remove(
    State(service): State<Arc<Service>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let request: TokenRequest = read(body, "identifier and token")?;
    let (subject, _) = subject_of(&request.identifier)?;
    let removed = service.remove(subject, &request.token).await?;
    Ok(json(RemoveResponse {
        removed,
        effective: service.effective()?,
    }))
}

impl ProviderObject {
    fn read(self) -> Result<ProviderSignature, Problem> {
        let signature: Option<[u8; SIGNATURE_OCTETS]> = from_base64(&self.signature);
        Ok(ProviderSignature {
            name: self.name,
            signature: signature.ok_or(Problem::Provider)?,
        })
    }
}

impl ShowResponse {
    fn new(shown: Option<Shown>, effective: u64) -> Self {
        let Some(shown) = shown else {
            return Self {
                definition_strings: Vec::new(),
                expires: None,
                provider: None,
                effective,
            };
        };
        let strings = shown.definition_strings.iter();
        Self {
            // They came as JSON, so they are text.
            definition_strings: strings
                .map(|octets| String::from_utf8_lossy(octets).into_owned())
                .collect(),
            expires: Some(shown.expires),
            provider: shown.provider,
            effective,
        }
    }
}

fn read<T: DeserializeOwned>(
    body: Result<Bytes, BytesRejection>,
    members: &'static str,
) -> Result<T, Problem> {
    let body = body_of(body, MAX_JSON_OCTETS)?;
    // The text of the error may quote the body.
    from_json(&body).map_err(|error| Problem::Json {
        line: error.line(),
        column: error.column(),
        members,
    })
}

fn subject_of(text: &str) -> Result<(Subject, Kind), Problem> {
    let identifier = Identifier::parse(text).map_err(Problem::Identifier)?;
    let subject = Subject::new(&identifier).ok_or(Problem::Mui)?;
    Ok((subject, identifier.kind()))
}

fn json(response: impl Serialize) -> Response {
    ([(header::CACHE_CONTROL, NO_STORE)], Json(response)).into_response()
}
