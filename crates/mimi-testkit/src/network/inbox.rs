//! What is on its way to a socket, and when it gets there.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use tokio::time::{Instant, Sleep};

/// Things that arrive one after the other, each at its time; those of the same time in the order of their sending.
#[derive(Debug)]
pub(super) struct Inbox<T> {
    coming: BTreeMap<(Instant, u64), T>,
    sent: u64,
    sleep: Option<Pin<Box<Sleep>>>,
    /// Who waits while nothing is on its way.
    waker: Option<Waker>,
}

impl<T> Default for Inbox<T> {
    fn default() -> Self {
        Self {
            coming: BTreeMap::new(),
            sent: 0,
            sleep: None,
            waker: None,
        }
    }
}

impl<T> Inbox<T> {
    pub(super) fn send(&mut self, at: Instant, thing: T) {
        self.sent += 1;
        self.coming.insert((at, self.sent), thing);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    /// The next thing, once it has arrived.
    pub(super) fn poll_receive(&mut self, context: &mut Context<'_>) -> Poll<T> {
        loop {
            let Some(entry) = self.coming.first_entry() else {
                self.waker = Some(context.waker().clone());
                return Poll::Pending;
            };
            let (at, _) = *entry.key();
            if at <= Instant::now() {
                return Poll::Ready(entry.remove());
            }
            let sleep = self
                .sleep
                .get_or_insert_with(|| Box::pin(tokio::time::sleep_until(at)));
            if sleep.deadline() != at {
                sleep.as_mut().reset(at);
            }
            if sleep.as_mut().poll(context).is_pending() {
                self.waker = Some(context.waker().clone());
                return Poll::Pending;
            }
        }
    }
}
