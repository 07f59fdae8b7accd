//! What looking somebody up needs: the parameters, evaluations, buckets. Nobody is told here whether somebody is registered.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::client::ClientAddress;
use super::problem::Problem;
use super::{NO_STORE, OCTETS, Service, body_of};
use crate::limits::PARAMETERS_MAX_AGE;
use crate::lookup::EvaluationRequest;
use crate::server::events::Event;
use crate::server::quota::{Credentials, Refusal};

/// How long a batch waits for its turn. Clients do not wait longer than this for a whole lookup.
const QUEUE: Duration = Duration::from_secs(5);

/// `GET /.well-known/mimi-oracle`.
pub(super) async fn parameters(State(service): State<Arc<Service>>) -> Result<Response, Problem> {
    let served = &service.served;
    let parameters = served
        .parameters(service.quota, service.now())
        .ok_or(Problem::NoEpoch)?;
    let document = parameters.to_json(served.keys().signing());
    let max_age = format!("public, max-age={PARAMETERS_MAX_AGE}");
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, &max_age),
    ];
    Ok((headers, document).into_response())
}

/// `POST /v1/evaluate`.
pub(super) async fn evaluate(
    State(service): State<Arc<Service>>,
    client: ClientAddress,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let body = body_of(body, EvaluationRequest::MAX_OCTETS)?;
    let request = EvaluationRequest::decode(&body).map_err(Problem::Evaluation)?;
    let over = || Problem::EpochOver;
    let epochs = service.served.epochs();
    let epoch = epochs
        .epoch(request.epoch, service.now())
        .ok_or_else(over)?;
    // A place among those who are computing comes first, so that nobody pays for what is then not done.
    let permit = service.evaluations.clone().acquire_owned();
    let permit = timeout(QUEUE, permit).await.map_err(|_| Problem::Busy)?;
    let permit = permit.map_err(|_| Problem::Busy)?;
    let evaluations = u32::try_from(request.elements.len()).unwrap_or(u32::MAX);
    let credentials = Credentials {
        token: bearer(&headers)?,
        address: client.0,
    };
    service
        .admission
        .admit(&credentials, evaluations, service.now())
        .map_err(Problem::Refused)?;
    let keys = service.served.keys();
    let evaluated = spawn_blocking(move || {
        let _permit = permit;
        let key = keys.lookup(epoch.key)?;
        Some(key.evaluate_blinded(&request))
    });
    let response = evaluated
        .await
        .map_err(|_| Problem::Busy)?
        // Erased in the meantime: no epoch that is served needs it.
        .ok_or_else(over)?
        .map_err(Problem::Evaluation)?;
    service.metrics.evaluations.inc_by(evaluations.into());
    let headers = [
        (header::CONTENT_TYPE, OCTETS),
        (header::CACHE_CONTROL, NO_STORE),
    ];
    Ok((headers, response.encode()).into_response())
}

/// The token of a client that has one.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Ok(None);
    };
    let refused = Problem::Refused(Refusal::Token);
    let Ok(text) = value.to_str() else {
        return Err(refused);
    };
    match text.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("Bearer") => Ok(Some(token.trim())),
        _ => Err(refused),
    }
}

/// `GET /v1/bucket/{epoch}/{index}`.
pub(super) async fn bucket(
    State(service): State<Arc<Service>>,
    Path((number, index)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let not_found = || Problem::NotFound;
    let number: u64 = decimal(&number).ok_or_else(not_found)?;
    let index: u32 = decimal(&index).ok_or_else(not_found)?;
    let now = service.now();
    let epochs = service.served.epochs();
    let epoch = epochs.epoch(number, now).ok_or_else(not_found)?;
    let reader = service.clone();
    let read = spawn_blocking(move || reader.served.epochs().bucket(number, index, now));
    let octets = match read.await {
        Ok(Ok(octets)) => octets.ok_or_else(not_found)?,
        Ok(Err(error)) => {
            service.tell(&Event::BucketUnreadable(error));
            return Err(Problem::Store);
        }
        Err(_) => return Err(Problem::Busy),
    };
    let seconds = epoch.ends.saturating_sub(now);
    let max_age = format!("public, max-age={seconds}, immutable");
    let headers = [
        (header::CONTENT_TYPE, OCTETS),
        (header::CACHE_CONTROL, &max_age),
    ];
    Ok((headers, octets).into_response())
}

/// A decimal number in its only spelling, so that a bucket has one URL.
fn decimal<N: std::str::FromStr + ToString>(text: &str) -> Option<N> {
    let number: N = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}
