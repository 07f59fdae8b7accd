//! UDP sockets of the simulated network.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use hickory_net::runtime::{DnsUdpSocket, TokioTime};

use super::carrier::{Arrival, Carrier};
use super::inbox::Inbox;
use crate::server::ServerTransport;

/// A UDP socket of the simulated network. What arrives after it was dropped is gone.
pub struct VirtualUdpSocket {
    carrier: Arc<Carrier>,
    local: SocketAddr,
    inbox: Mutex<Inbox<Arrival>>,
}

impl VirtualUdpSocket {
    pub(super) fn new(carrier: Arc<Carrier>, local: SocketAddr) -> Self {
        Self {
            carrier,
            local,
            inbox: Mutex::default(),
        }
    }
}

impl DnsUdpSocket for VirtualUdpSocket {
    type Time = TokioTime;

    fn poll_recv_from(
        &self,
        context: &mut Context<'_>,
        buffer: &mut [u8],
    ) -> Poll<io::Result<(usize, SocketAddr)>> {
        let mut inbox = self.inbox.lock().unwrap_or_else(PoisonError::into_inner);
        let arrival = ready!(inbox.poll_receive(context));
        Poll::Ready(arrival.octets.map(|octets| {
            // As the system does: what does not fit is cut off.
            let length = octets.len().min(buffer.len());
            buffer[..length].copy_from_slice(&octets[..length]);
            (length, arrival.from)
        }))
    }

    fn poll_send_to(
        &self,
        _context: &mut Context<'_>,
        octets: &[u8],
        server: SocketAddr,
    ) -> Poll<io::Result<usize>> {
        let coming = self
            .carrier
            .carry(octets, server, ServerTransport::Udp, self.local);
        let mut inbox = self.inbox.lock().unwrap_or_else(PoisonError::into_inner);
        for (at, arrival) in coming {
            inbox.send(at, arrival);
        }
        Poll::Ready(Ok(octets.len()))
    }
}
