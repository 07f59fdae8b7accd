//! One request and what has to be true of its answer, over any transport.

use std::sync::Arc;

use tokio::time::timeout;

use super::config::OracleClientConfig;
use super::error::ExchangeError;
use super::problem::{MAX_PROBLEM_OCTETS, Problem};
use super::transport::{MediaType, Request, Response, Transport};

/// A transport, and how to use it.
#[derive(Clone)]
pub(super) struct Exchanger {
    pub(super) transport: Arc<dyn Transport>,
    pub(super) config: OracleClientConfig,
}

impl Exchanger {
    /// The answer to a request, of status 200 or 202, whole and of the wanted type.
    pub(super) async fn send(&self, request: &Request) -> Result<Response, ExchangeError> {
        let answer = timeout(self.config.timeout, self.transport.send(request)).await;
        let response = answer.unwrap_or(Err(ExchangeError::Timeout))?;
        let encoding = response.content_encoding.as_deref();
        if encoding.is_some_and(|encoding| !encoding.eq_ignore_ascii_case("identity")) {
            return Err(ExchangeError::ContentEncoding);
        }
        let content_type = response.content_type.as_deref();
        if !matches!(response.status, 200 | 202) {
            let is_json = MediaType::Json.is_named_by(content_type);
            return Err(refusal(&response, is_json));
        }
        if !request.accept.is_named_by(content_type) {
            return Err(ExchangeError::ContentType);
        }
        let max_octets = match response.status {
            200 => request.max_octets,
            _ => MAX_PROBLEM_OCTETS,
        };
        if response.body.len() > max_octets {
            return Err(ExchangeError::TooLong { max_octets });
        }
        Ok(response)
    }
}

fn refusal(response: &Response, is_json: bool) -> ExchangeError {
    let problem = Some(&response.body).filter(|_| is_json);
    let problem = problem.and_then(|body| Problem::from_json(body));
    if response.status == 429 {
        let field = response.retry_after.as_deref();
        let of_field = field.and_then(|text| text.trim().parse().ok());
        return ExchangeError::QuotaExceeded {
            retry_after: of_field.or(problem.and_then(|problem| problem.retry_after)),
        };
    }
    ExchangeError::Status {
        status: response.status,
        problem,
    }
}
