//! What stands around every request, the time it may take and what is counted of it; and what shows the counts.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::problem::{Code, Problem};
use super::{Role, Service};
use crate::server::events::Event;
use crate::server::metrics::to_gauge;

/// Until when a request has to be there and answered.
const PATIENCE: Duration = Duration::from_secs(10);

/// The routes by which requests are counted: nothing that a client wrote.
const ROUTES: [&str; 7] = [
    "/.well-known/mimi-oracle",
    "/v1/evaluate",
    "/v1/bucket/{epoch}/{index}",
    "/v1/proof",
    "/v1/registration/show",
    "/v1/registration/set",
    "/v1/registration/remove",
];

pub(super) async fn observe(
    State(service): State<Arc<Service>>,
    request: Request,
    next: Next,
) -> Response {
    let matched: Option<&MatchedPath> = request.extensions().get();
    let route = matched
        .and_then(|path| ROUTES.into_iter().find(|route| *route == path.as_str()))
        .unwrap_or("other");
    let response = timeout(PATIENCE, next.run(request))
        .await
        .unwrap_or_else(|_| Problem::TimedOut.into_response());
    let metrics = &service.metrics;
    metrics.count_request(route, response.status().as_u16());
    if let Some(Code(code)) = response.extensions().get() {
        metrics.count_refusal(code);
    }
    response
}

/// The routes for whoever runs the oracle, on a listener of their own.
pub(crate) fn observability(service: Arc<Service>) -> Router {
    Router::new()
        .route("/metrics", get(metrics))
        .route("/healthz", get(health))
        .with_state(service)
}

async fn metrics(State(service): State<Arc<Service>>) -> Response {
    let now = service.now();
    let latest = service.served.epochs().announced(now);
    let latest = latest.last().map(|epoch| epoch.number);
    if let Role::Publisher(registrar) = &service.role {
        let store = registrar.store.clone();
        // Counting takes longer the more there are, so it is done when somebody wants to know.
        match spawn_blocking(move || store.count()).await {
            Ok(Ok(count)) => {
                service.metrics.registrations.set(to_gauge(count));
            }
            Ok(Err(error)) => service.tell(&Event::StoreFailed(error)),
            Err(_) => return Problem::Busy.into_response(),
        }
    }
    let text = service.metrics.render(latest, now);
    let content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, content_type)], text).into_response()
}

/// Whether lookups are served.
async fn health(State(service): State<Arc<Service>>) -> Response {
    let epochs = service.served.epochs().announced(service.now());
    if epochs.is_empty() {
        (StatusCode::SERVICE_UNAVAILABLE, "no epoch is served\n").into_response()
    } else {
        "ok\n".into_response()
    }
}
