//! Single flight: equal questions that are asked at the same time share one answer.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared, WeakShared};
use mimi_discovery::{Failure, Question, Response};

use crate::upstream::{DnssecRequest, Upstream};

type Answer = Arc<Result<Response, Failure>>;
type Flight = BoxFuture<'static, Answer>;
/// Questions compare without ASCII case, as names do.
type Open = Mutex<HashMap<Question, WeakShared<Flight>>>;

/// The questions that are being asked of one upstream.
pub(crate) struct Flights<U> {
    upstream: Arc<U>,
    open: Arc<Open>,
}

impl<U: Upstream> Flights<U> {
    pub(crate) fn new(upstream: U) -> Self {
        Self {
            upstream: Arc::new(upstream),
            open: Arc::default(),
        }
    }

    /// Joins the flight of an equal question, or starts one. It ends when the last ticket is dropped.
    pub(crate) fn join(&self, question: Question) -> Ticket {
        let mut open = lock(&self.open);
        let flight = open.get(&question).and_then(WeakShared::upgrade);
        let flight = flight.unwrap_or_else(|| {
            let upstream = Arc::clone(&self.upstream);
            let asked = question.clone();
            let flight =
                async move { Arc::new(upstream.ask(&asked, DnssecRequest::Nothing).await) }
                    .boxed()
                    .shared();
            if let Some(weak) = flight.downgrade() {
                open.insert(question.clone(), weak);
            }
            flight
        });
        drop(open);
        Ticket {
            flight: Some(flight),
            question,
            open: Arc::clone(&self.open),
        }
    }
}

/// A seat on a flight: a future of its answer.
pub(crate) struct Ticket {
    flight: Option<Shared<Flight>>,
    question: Question,
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
        if open.get(&self.question).is_some_and(is_over) {
            open.remove(&self.question);
        }
    }
}

/// The map is whole at every unlock, so a panic elsewhere while it was locked has not spoilt it.
fn lock(open: &Open) -> std::sync::MutexGuard<'_, HashMap<Question, WeakShared<Flight>>> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}
