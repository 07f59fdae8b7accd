//! What stands under hickory's validator: it answers from the session, counts, sifts, and remembers for the explanation.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::stream::{self, Stream};
use hickory_net::NetError;
use hickory_net::xfer::DnsHandle;
use hickory_proto::op::{DnsRequest, DnsResponse};
use mimi_discovery::{Failure, Response};
use mimi_name::DomainName;
use mimi_rr::hickory::from_hickory_name;

use super::session::Session;
use super::sift::{Sifted, sift};
use super::time::ValidationRuntime;
use super::{limits, types};
use crate::cache::Answer;
use crate::upstream::Upstream;

/// The evidence for one answer.
pub(super) struct Evidence<U>(Arc<Inner<U>>);

struct Inner<U> {
    session: Arc<Session<U>>,
    /// The response that is validated, and the RRset of it that the validator begins with.
    begun: (DomainName, u16, Answer),
    gathered: Mutex<Gathered>,
}

/// What was heard on the way.
#[derive(Default)]
pub(super) struct Gathered {
    /// Every response, by its question.
    pub(super) responses: HashMap<(DomainName, u16), Answer>,
    /// Something could not be fetched (D59).
    pub(super) fetch_failed: bool,
    /// More would have been needed than one identifier may cost (D39).
    pub(super) budget_spent: bool,
}

impl Gathered {
    /// Whether so many zones were walked through that the validator may have given up on the way.
    pub(super) fn is_too_deep(&self) -> bool {
        let questions = self.responses.keys();
        questions
            .filter(|(_, asked)| *asked == types::DNSKEY)
            .count()
            > limits::ZONES
    }
}

impl<U: Upstream> Evidence<U> {
    pub(super) fn new(
        session: Arc<Session<U>>,
        name: DomainName,
        record_type: u16,
        answer: Answer,
    ) -> Self {
        Self(Arc::new(Inner {
            session,
            begun: (name, record_type, answer),
            gathered: Mutex::default(),
        }))
    }

    /// What was gathered. The validator is done with it.
    pub(super) fn into_gathered(self) -> Gathered {
        core::mem::take(&mut *self.0.gathered())
    }
}

impl<U: Upstream> Inner<U> {
    fn gathered(&self) -> std::sync::MutexGuard<'_, Gathered> {
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn respond(&self, request: DnsRequest) -> Result<DnsResponse, NetError> {
        let question = request
            .queries
            .first()
            .ok_or("a request without question")?;
        let record_type = u16::from(question.query_type());
        let name =
            from_hickory_name(question.name()).map_err(|_| "a name that cannot be written")?;
        let (begun_name, begun_type, begun) = &self.begun;
        let answer = if *begun_type == record_type && *begun_name == name {
            Arc::clone(begun)
        } else {
            self.session.ask(&name, record_type).await
        };
        let is_new = self
            .gathered()
            .responses
            .insert((name.clone(), record_type), Arc::clone(&answer))
            .is_none();
        match self.sifted(&answer, &name, record_type) {
            // What was handed over once has been verified, and the verdict is remembered.
            Ok(sifted) if !is_new || self.session.take_signatures(sifted.signatures) => {
                Ok(DnsResponse::from_message(sifted.message)?)
            }
            Ok(_) | Err(Unusable::TooMuch) => {
                self.gathered().budget_spent = true;
                Err("more than one identifier may cost".into())
            }
            Err(Unusable::NotFetched) => {
                self.gathered().fetch_failed = true;
                Err(NetError::Timeout)
            }
        }
    }

    fn sifted(
        &self,
        answer: &Answer,
        name: &DomainName,
        record_type: u16,
    ) -> Result<Sifted, Unusable> {
        match &**answer {
            Ok(response) if is_usable(response) => {
                sift(response, name, record_type).map_err(|_| Unusable::TooMuch)
            }
            Err(Failure::Budget) => Err(Unusable::TooMuch),
            _ => Err(Unusable::NotFetched),
        }
    }
}

enum Unusable {
    TooMuch,
    NotFetched,
}

/// Whether a response says anything about its question: not an error, and not cut short.
pub(super) fn is_usable(response: &Response) -> bool {
    !response.truncated && matches!(response.rcode, 0 | 3)
}

impl<U> Clone for Evidence<U> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<U: Upstream> DnsHandle for Evidence<U> {
    type Response = Pin<Box<dyn Stream<Item = Result<DnsResponse, NetError>> + Send>>;
    type Runtime = ValidationRuntime;

    fn send(&self, request: DnsRequest) -> Self::Response {
        let inner = Arc::clone(&self.0);
        Box::pin(stream::once(async move { inner.respond(request).await }))
    }
}
