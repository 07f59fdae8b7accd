//! [`Connections`]: how many there may be, and how long one may stand still.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::future::{Ready, ready};
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum_server::accept::Accept;
use prometheus_client::metrics::gauge::Gauge;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Sleep, sleep};

use crate::server::quota::Client;

/// How long a client may take to read what it asked for before it is given up.
const STANDSTILL: Duration = Duration::from_secs(30);

/// Accepts connections up to a number, and closes those beyond at once.
#[derive(Clone)]
pub(super) struct Connections {
    free: Arc<Semaphore>,
    /// How many each client has, and may have; `None` where all come through a proxy.
    of_clients: Option<(Arc<OfClients>, usize)>,
    open: Gauge,
}

/// How many connections each client has; nobody who has none is in it.
type OfClients = Mutex<HashMap<Client, usize>>;

impl Connections {
    /// At most this many, and of one client a sixteenth of them, unless all come through a proxy.
    pub(super) fn new(most: usize, through_proxy: bool, open: Gauge) -> Self {
        let of_one = most.div_ceil(16);
        Self {
            free: Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS))),
            of_clients: (!through_proxy).then(|| (Arc::default(), of_one)),
            open,
        }
    }

    /// A place for a connection from this address, if there is one.
    fn take(&self, address: IpAddr) -> Option<Place> {
        let permit = self.free.clone().try_acquire_owned().ok()?;
        let mut of_client = None;
        if let Some((of_clients, most)) = &self.of_clients {
            let client = Client::new(Some(address));
            let mut counts = of_clients.lock().unwrap_or_else(PoisonError::into_inner);
            let count = counts.entry(client).or_default();
            if *count >= *most {
                return None;
            }
            *count += 1;
            of_client = Some((of_clients.clone(), client));
        }
        self.open.inc();
        Some(Place {
            of_client,
            open: self.open.clone(),
            _permit: permit,
        })
    }
}

/// What a connection takes up while it is open.
struct Place {
    of_client: Option<(Arc<OfClients>, Client)>,
    open: Gauge,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.open.dec();
        let Some((of_clients, client)) = &self.of_client else {
            return;
        };
        let mut counts = of_clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(mut entry) = counts.entry(*client) {
            *entry.get_mut() -= 1;
            if *entry.get() == 0 {
                entry.remove();
            }
        }
    }
}

impl<S> Accept<TcpStream, S> for Connections {
    type Stream = Counted<TcpStream>;
    type Service = S;
    type Future = Ready<io::Result<(Counted<TcpStream>, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let place = stream.peer_addr().map(|address| self.take(address.ip()));
        ready(place.and_then(|place| {
            let place = place.ok_or(io::ErrorKind::ConnectionRefused)?;
            // The head of a response and its body are written one after the other, and the second would wait for the first to arrive.
            stream.set_nodelay(true)?;
            Ok((Counted::new(stream, place), service))
        }))
    }
}

/// A connection that is counted while it is open.
pub(super) struct Counted<I> {
    stream: I,
    /// When a write that waits for the client is given up.
    writing_until: Option<Pin<Box<Sleep>>>,
    _place: Place,
}

impl<I: Unpin> Counted<I> {
    fn new(stream: I, place: Place) -> Self {
        Self {
            stream,
            writing_until: None,
            _place: place,
        }
    }

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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    fn address(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[test]
    fn one_client_has_a_sixteenth_of_the_connections_and_gets_them_back() {
        let open = Gauge::default();
        let connections = Connections::new(32, false, open.clone());
        let first = connections.take(address(1)).unwrap();
        let second = connections.take(address(1)).unwrap();
        assert!(connections.take(address(1)).is_none());
        let others: Vec<_> = (2..50)
            .filter_map(|n| connections.take(address(n)))
            .collect();
        assert_eq!((others.len(), open.get()), (30, 32));
        drop(first);
        assert!(connections.take(address(1)).is_some());
        drop((second, others));
        assert_eq!(open.get(), 0);
        let (of_clients, _) = connections.of_clients.unwrap();
        assert!(of_clients.lock().unwrap().is_empty());
    }

    #[test]
    fn behind_a_proxy_all_come_from_one_address() {
        let connections = Connections::new(32, true, Gauge::default());
        let all: Vec<_> = (0..50)
            .filter_map(|_| connections.take(address(1)))
            .collect();
        assert_eq!(all.len(), 32);
    }

    #[tokio::test(start_paused = true)]
    async fn who_does_not_read_what_was_asked_for_is_given_up() {
        let connections = Connections::new(1, false, Gauge::default());
        let (stream, mut client) = duplex(64);
        let mut counted = Counted::new(stream, connections.take(address(1)).unwrap());
        // Slowly is not standing still.
        for _ in 0..10 {
            let write = counted.write_all(&[0; 100]);
            let read = async {
                sleep(STANDSTILL / 2).await;
                client.read_exact(&mut [0; 100]).await
            };
            let (written, read) = tokio::join!(write, read);
            assert!(written.is_ok() && read.is_ok());
        }
        let error = counted.write_all(&[0; 100]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }
}
