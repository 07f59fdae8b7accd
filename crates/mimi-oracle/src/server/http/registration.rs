//! What who owns an identifier does: ask for a token, and show, set or remove a registration with it.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::client::ClientAddress;
use super::problem::Problem;
use super::request::RegistrationRequest;
use super::{NO_STORE, Service, body_of};
use crate::server::registrar::Shown;

#[derive(Serialize)]
struct ProofResponse {
    sent: &'static str,
    token_expires: u64,
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
    let request = RegistrationRequest::proof(&octets(body)?)?;
    let kind = request.kind;
    let token_expires = service.send_proof(&request.subject, kind, client.0).await?;
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
    let request = RegistrationRequest::with_token(&octets(body)?)?;
    let shown = service.show(request).await?;
    Ok(json(ShowResponse::new(shown, service.effective()?)))
}

/// `POST /v1/registration/set`.
pub(super) async fn set(
    State(service): State<Arc<Service>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let request = RegistrationRequest::set(&octets(body)?)?;
    let shown = service.set(request).await?;
    Ok(json(ShowResponse::new(Some(shown), service.effective()?)))
}

/// `POST /v1/registration/remove`.
pub(super) async fn remove(
    State(service): State<Arc<Service>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let request = RegistrationRequest::with_token(&octets(body)?)?;
    let removed = service.remove(request).await?;
    Ok(json(RemoveResponse {
        removed,
        effective: service.effective()?,
    }))
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

fn octets(body: Result<Bytes, BytesRejection>) -> Result<Bytes, Problem> {
    body_of(body, RegistrationRequest::MAX_OCTETS)
}

fn json(response: impl Serialize) -> Response {
    ([(header::CACHE_CONTROL, NO_STORE)], Json(response)).into_response()
}
