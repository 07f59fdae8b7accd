//! The routes of an oracle.

mod client;
mod lookup;
mod observe;
mod problem;
mod registration;
mod request;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::extract::rejection::{BytesRejection, FailedToBufferBody};
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use tokio::sync::Semaphore;

pub use client::AddressSource;
pub(crate) use observe::observability;
pub(crate) use problem::Problem;
pub use request::{RegistrationRequest, RequestRefused};

use super::epochs::{Follower, Served};
use super::events::{Event, EventSink};
use super::metrics::Metrics;
use super::quota::Admission;
use super::registrar::Registrar;
use crate::lookup::EvaluationRequest;
use crate::parameters::Quota;

/// What says the time, in seconds since 1970.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

const NO_STORE: &str = "no-store";
const OCTETS: &str = "application/octet-stream";

/// Everything that a request may need.
pub(crate) struct Service {
    pub(crate) served: Arc<Served>,
    pub(crate) role: Role,
    pub(crate) quota: Quota,
    pub(crate) admission: Arc<dyn Admission>,
    /// As many permits as batches may be computed at the same time.
    pub(crate) evaluations: Arc<Semaphore>,
    pub(crate) address_source: AddressSource,
    pub(crate) metrics: Metrics,
    pub(crate) clock: Clock,
    pub(crate) events: EventSink,
}

/// What a server does besides answering lookups.
pub(crate) enum Role {
    /// Keeps registrations, and publishes them.
    Publisher(Box<Registrar>),
    /// Serves what another publishes.
    Follower(Arc<Follower>),
}

impl Service {
    /// What registering needs.
    pub(crate) fn registrar(&self) -> Result<&Registrar, Problem> {
        match &self.role {
            Role::Publisher(registrar) => Ok(registrar.as_ref()),
            Role::Follower(_) => Err(Problem::NotHere),
        }
    }

    pub(crate) fn now(&self) -> u64 {
        (self.clock)()
    }

    pub(crate) fn tell(&self, event: &Event<'_>) {
        (self.events)(event);
    }
}

/// The routes for everybody.
pub(crate) fn router(service: Arc<Service>) -> Router {
    let json = DefaultBodyLimit::max(RegistrationRequest::MAX_OCTETS);
    let elements = DefaultBodyLimit::max(EvaluationRequest::MAX_OCTETS);
    let registration = Router::new()
        .route("/v1/proof", post(registration::prove))
        .route("/v1/registration/show", post(registration::show))
        .route("/v1/registration/set", post(registration::set))
        .route("/v1/registration/remove", post(registration::remove))
        .layer(json);
    Router::new()
        .route("/.well-known/mimi-oracle", get(lookup::parameters))
        .route("/v1/evaluate", post(lookup::evaluate).layer(elements))
        .route("/v1/bucket/{epoch}/{index}", get(lookup::bucket))
        .merge(registration)
        .method_not_allowed_fallback(async || Problem::Method)
        .fallback(async || Problem::NotFound)
        .layer(from_fn_with_state(service.clone(), observe::observe))
        .with_state(service)
}

/// The body, if it came and is not too long.
fn body_of(body: Result<Bytes, BytesRejection>, limit: usize) -> Result<Bytes, Problem> {
    body.map_err(|rejection| match rejection {
        BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_)) => {
            Problem::BodyTooLong { limit }
        }
        _ => Problem::Body,
    })
}
