//! Questions to one upstream: those that were answered are not asked again while the answer is fresh, and equal ones that are asked at the
//! same time share one answer (single flight).

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared, WeakShared};
use mimi_discovery::Question;
use mimi_name::DomainName;

use crate::cache::{Answer, AnswerCache};
use crate::upstream::{DnssecRequest, Upstream};

type Flight = BoxFuture<'static, Answer>;
/// What makes questions equal: names compare without ASCII case; the step does not matter on the wire.
type Key = (DomainName, u16, DnssecRequest);
type Open = Mutex<HashMap<Key, WeakShared<Flight>>>;

/// The questions that are being asked of one upstream.
pub(crate) struct Flights<U> {
    upstream: Arc<U>,
    answers: Option<Arc<AnswerCache>>,
    open: Arc<Open>,
}

impl<U: Upstream> Flights<U> {
    pub(crate) fn new(upstream: U) -> Self {
        Self {
            upstream: Arc::new(upstream),
            answers: None,
            open: Arc::default(),
        }
    }

    /// The same questions, with the answers kept in a cache.
    pub(crate) fn keeping(self, answers: Option<AnswerCache>) -> Self {
        Self {
            answers: answers.map(Arc::new),
            ..self
        }
    }

    /// The answer to a question: kept, shared, or fresh from the upstream.
    pub(crate) async fn ask(&self, question: Question, dnssec: DnssecRequest) -> Answer {
        let kept = self.answers.as_ref();
        match kept.and_then(|answers| answers.get(&question, dnssec)) {
            Some(answer) => answer,
            None => self.join(question, dnssec).await,
        }
    }

    /// Forgets the answer to a question, which turned out to be forged or broken: the next who asks is to hear the upstream itself.
    pub(crate) fn forget(&self, question: &Question, dnssec: DnssecRequest) {
        if let Some(answers) = &self.answers {
            answers.remove(question, dnssec);
        }
    }

    /// Joins the flight of an equal question, or starts one. It ends when the last ticket is dropped.
    fn join(&self, question: Question, dnssec: DnssecRequest) -> Ticket {
        let key = (question.name.clone(), question.record_type, dnssec);
        let mut open = lock(&self.open);
        let flight = open.get(&key).and_then(WeakShared::upgrade);
        let flight = flight.unwrap_or_else(|| {
            let upstream = Arc::clone(&self.upstream);
            let answers = self.answers.clone();
            let flight = async move {
                let asked = answers.as_ref().map(|answers| answers.now());
                let answer = Arc::new(upstream.ask(&question, dnssec).await);
                if let (Some(answers), Some(asked)) = (answers, asked) {
                    answers.insert(&question, dnssec, Arc::clone(&answer), asked);
                }
                answer
            }
            .boxed()
            .shared();
            if let Some(weak) = flight.downgrade() {
                open.insert(key.clone(), weak);
            }
            flight
        });
        drop(open);
        Ticket {
            flight: Some(flight),
            key,
            open: Arc::clone(&self.open),
        }
    }
}

impl<U> Clone for Flights<U> {
    fn clone(&self) -> Self {
        Self {
            upstream: Arc::clone(&self.upstream),
            answers: self.answers.clone(),
            open: Arc::clone(&self.open),
        }
    }
}

/// A seat on a flight: a future of its answer.
struct Ticket {
    flight: Option<Shared<Flight>>,
    key: Key,
    open: Arc<Open>,
}

impl Future for Ticket {
    type Output = Answer;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Answer> {
        match &mut self.flight {
            Some(flight) => flight.poll_unpin(context),
            // Only `drop` takes the flight away.
            None => Poll::Pending,
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut open = lock(&self.open);
        self.flight = None;
        // The last seat closes the flight, landed or abandoned.
        let is_over = |flight: &WeakShared<Flight>| flight.upgrade().is_none();
        if open.get(&self.key).is_some_and(is_over) {
            open.remove(&self.key);
        }
    }
}

/// The map is whole at every unlock, so a panic elsewhere while it was locked has not spoilt it.
fn lock(open: &Open) -> std::sync::MutexGuard<'_, HashMap<Key, WeakShared<Flight>>> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}
