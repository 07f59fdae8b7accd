//! [`Connections`]: how many there may be, and how long one may stand still.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum_server::accept::Accept;
use prometheus_client::metrics::gauge::Gauge;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Sleep, sleep};

/// How long a client may take to read what it asked for before it is given up.
const STANDSTILL: Duration = Duration::from_secs(30);

/// Accepts connections up to a number, and closes those beyond at once.
#[derive(Clone)]
pub(super) struct Connections {
    free: Arc<Semaphore>,
    open: Gauge,
}

impl Connections {
    pub(super) fn new(most: usize, open: Gauge) -> Self {
        Self {
            free: Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS))),
            open,
        }
    }
}

impl<I, S> Accept<I, S> for Connections {
    type Stream = Counted<I>;
    type Service = S;
    type Future = std::future::Ready<io::Result<(Counted<I>, S)>>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        let full = || io::Error::new(io::ErrorKind::ConnectionRefused, "too many connections");
        let permit = self.free.clone().try_acquire_owned();
        std::future::ready(permit.map_err(|_| full()).map(|permit| {
            self.open.inc();
            let counted = Counted {
                stream,
                writing_until: None,
                open: self.open.clone(),
                _permit: permit,
            };
            (counted, service)
        }))
    }
}

/// A connection that is counted while it is open.
pub(super) struct Counted<I> {
    stream: I,
    /// When a write that waits for the client is given up.
    writing_until: Option<Pin<Box<Sleep>>>,
    open: Gauge,
    _permit: OwnedSemaphorePermit,
}

impl<I> Drop for Counted<I> {
    fn drop(&mut self) {
        self.open.dec();
    }
}

impl<I: Unpin> Counted<I> {
    /// Passes on what became of a write, unless it has waited for too long.
    fn bounded<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.writing_until = None;
            return written;
        }
        let until = self
            .writing_until
            .get_or_insert_with(|| Box::pin(sleep(STANDSTILL)));
        until
            .as_mut()
            .poll(context)
            .map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<I: AsyncRead + Unpin> AsyncRead for Counted<I> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<I: AsyncWrite + Unpin> AsyncWrite for Counted<I> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        octets: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, octets);
        self.bounded(context, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.bounded(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shut_down = Pin::new(&mut self.stream).poll_shutdown(context);
        self.bounded(context, shut_down)
    }
}
