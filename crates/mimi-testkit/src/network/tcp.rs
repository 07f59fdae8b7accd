//! TCP connections of the simulated network: messages behind their length (RFC 1035 §4.2.2), in order.
//!
//! A connection is there at once. What its handshake costs, and whether it is refused, is decided by the first question on it, and is part of the
//! time that the answer takes: so it follows from the question, as everything else does.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

use super::carrier::{Arrival, Carrier};
use super::inbox::Inbox;
use crate::server::ServerTransport;

/// A TCP connection to a simulated server.
pub struct VirtualTcpStream {
    carrier: Arc<Carrier>,
    local: SocketAddr,
    server: SocketAddr,
    /// What was written and is no whole message yet.
    written: Vec<u8>,
    inbox: Inbox<Arrival>,
    /// When the last message that is on its way arrives: none overtakes another.
    last: Instant,
    /// What has arrived and was not read.
    arrived: Vec<u8>,
    is_closed: bool,
}

impl VirtualTcpStream {
    pub(super) fn new(carrier: Arc<Carrier>, local: SocketAddr, server: SocketAddr) -> Self {
        Self {
            carrier,
            local,
            server,
            written: Vec::new(),
            inbox: Inbox::default(),
            last: Instant::now(),
            arrived: Vec::new(),
            is_closed: false,
        }
    }

    fn send_whole_messages(&mut self) {
        while let Some((length, rest)) = self.written.split_first_chunk::<2>() {
            let length = usize::from(u16::from_be_bytes(*length));
            let Some(message) = rest.get(..length) else {
                return;
            };
            let coming = self
                .carrier
                .carry(message, self.server, ServerTransport::Tcp, self.local);
            for (at, arrival) in coming {
                self.last = self.last.max(at);
                self.inbox.send(self.last, arrival);
            }
            self.written.drain(..2 + length);
        }
    }
}

impl AsyncRead for VirtualTcpStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        while self.arrived.is_empty() && !self.is_closed {
            let Poll::Ready(arrival) = self.inbox.poll_receive(context) else {
                return Poll::Pending;
            };
            match arrival.octets {
                Ok(octets) if octets.is_empty() => self.is_closed = true,
                Ok(octets) => {
                    let length = u16::try_from(octets.len()).map_err(io::Error::other)?;
                    self.arrived.extend(length.to_be_bytes());
                    self.arrived.extend(octets);
                }
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
        let length = self.arrived.len().min(buffer.remaining());
        buffer.put_slice(&self.arrived[..length]);
        self.arrived.drain(..length);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for VirtualTcpStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
        octets: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.written.extend(octets);
        self.send_whole_messages();
        Poll::Ready(Ok(octets.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
