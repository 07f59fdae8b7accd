//! [`Transport`]: how requests reach the oracle and answers come back.

use std::future::Future;
use std::pin::Pin;

use super::error::ExchangeError;

/// What becomes of a request.
pub type ResponseFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Response, ExchangeError>> + Send + 'a>>;

/// Carries requests to one oracle. [`HttpsTransport`](super::HttpsTransport) is the one that is used unless an application has another,
/// such as a relay that hides from the oracle who asks (Oblivious HTTP, RFC 9458; Tor).
///
/// It follows no redirect, asks for no compression, adds nothing to a request that depends on what is asked, and stops reading at
/// [`Request::max_octets`]. Dropping the future ends the work.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request, and waits for the whole answer.
    fn send<'a>(&'a self, request: &'a Request) -> ResponseFuture<'a>;
}

/// A request to the oracle.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// How it is made.
    pub method: Method,
    /// The path, from `/` on. It never contains an identifier.
    pub path: String,
    /// The only media type that is wanted: for `Accept`.
    pub accept: MediaType,
    /// What follows `Bearer` in `Authorization`, where there is something.
    pub bearer: Option<String>,
    /// How many octets a body of the status 200 may have.
    pub max_octets: usize,
    /// Whether it may be sent again where a connection ended before an answer: it changes nothing.
    pub is_repeatable: bool,
}

/// The method of a request, with what is sent.
#[derive(Clone, PartialEq, Eq)]
pub enum Method {
    /// `GET`.
    Get,
    /// `POST`.
    Post {
        /// What the body is: for `Content-Type`.
        content_type: MediaType,
        /// The body.
        body: Vec<u8>,
    },
}

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// JSON.
    Json,
    /// Octets of the protocol.
    Octets,
}

impl MediaType {
    /// As HTTP has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Octets => "application/octet-stream",
        }
    }

    /// Whether a `Content-Type` names it; parameters do not count.
    pub(super) fn is_named_by(self, content_type: Option<&str>) -> bool {
        let essence = content_type.and_then(|text| text.split(';').next());
        essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case(self.as_str()))
    }
}

/// An answer. Header fields are as they came, or `None` where they were absent or not ASCII.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Content-Encoding`.
    pub content_encoding: Option<String>,
    /// `Cache-Control`.
    pub cache_control: Option<String>,
    /// `Retry-After`.
    pub retry_after: Option<String>,
    /// The whole body; of another status than 200 at most [`MAX_PROBLEM_OCTETS`](super::MAX_PROBLEM_OCTETS), else empty.
    pub body: Vec<u8>,
}
