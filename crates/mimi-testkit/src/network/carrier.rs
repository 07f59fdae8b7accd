//! The way of a message to a server and of what comes back.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hickory_proto::op::Message;
use mimi_name::DomainName;
use mimi_rr::hickory::from_hickory_name;
use tokio::time::Instant;

use super::clock::VirtualClock;
use super::dice::Dice;
use super::faults::Faults;
use super::forge::{self, Flaw};
use super::server::VirtualServer;
use crate::server::ServerTransport;

/// How long TCP waits for an acknowledgement before it sends a segment again, the first time (RFC 6298 §2.1).
const RETRANSMISSION: Duration = Duration::from_secs(1);

/// What arrives at the client.
#[derive(Debug)]
pub(super) struct Arrival {
    /// Who says to have sent it.
    pub(super) from: SocketAddr,
    /// The message; empty where a TCP connection is closed.
    pub(super) octets: io::Result<Vec<u8>>,
}

/// The network's state: who is there, what happens on the way, what was sent.
pub(super) struct Carrier {
    pub(super) seed: u64,
    pub(super) faults: Faults,
    pub(super) clock: Arc<VirtualClock>,
    pub(super) servers: HashMap<SocketAddr, VirtualServer>,
    /// How often each question was sent.
    pub(super) sendings: Mutex<HashMap<(DomainName, u16), u32>>,
}

/// One message under way, and the chances that go with it.
struct Way<'a> {
    carrier: &'a Carrier,
    dice: Dice,
    server: SocketAddr,
    coming: Vec<(Instant, Arrival)>,
}

impl Carrier {
    /// Takes a question to a server; what comes back, and when. What is no question gets nothing.
    pub(super) fn carry(
        &self,
        octets: &[u8],
        server: SocketAddr,
        transport: ServerTransport,
        local: SocketAddr,
    ) -> Vec<(Instant, Arrival)> {
        let Some((question, dice)) = self.note(octets, transport) else {
            return Vec::new();
        };
        let mut way = Way {
            carrier: self,
            dice,
            server,
            coming: Vec::new(),
        };
        match transport {
            ServerTransport::Udp => way.udp(octets, &question, local),
            ServerTransport::Tcp => way.tcp(octets, local),
        }
        way.coming
    }

    /// Counts a sending, and takes the dice for it.
    fn note(&self, octets: &[u8], transport: ServerTransport) -> Option<(Message, Dice)> {
        let message = Message::from_vec(octets).ok()?;
        let query = message.queries.first()?;
        let name = from_hickory_name(&query.name).ok()?.to_lowercase();
        let record_type = u16::from(query.query_type);
        let key = (name, record_type);
        let mut sendings = self.sendings.lock().unwrap_or_else(PoisonError::into_inner);
        let count = sendings.entry(key.clone()).or_default();
        *count += 1;
        let dice = Dice::of(
            self.seed,
            &[
                key.0.as_wire(),
                &record_type.to_be_bytes(),
                &[u8::from(transport == ServerTransport::Tcp)],
                &count.to_be_bytes(),
            ],
        );
        Some((message, dice))
    }
}

impl Way<'_> {
    fn udp(&mut self, octets: &[u8], question: &Message, local: SocketAddr) {
        let carrier = self.carrier;
        let faults = &carrier.faults;
        self.forgeries(question);
        for _ in 0..self.copies() {
            let lost = self.dice.chance(faults.loss_to_server);
            let there = self.one_way();
            let Some(server) = carrier.servers.get(&self.server).filter(|_| !lost) else {
                continue;
            };
            if server.is_dead() {
                let back = self.one_way();
                if !self.dice.chance(faults.loss_to_client) {
                    self.arrive(there + back, Err(io::ErrorKind::ConnectionRefused.into()));
                }
                continue;
            }
            if !server.is_up(carrier.clock.elapsed() + there) {
                continue;
            }
            let Some(said) = server.hear(octets, ServerTransport::Udp, local) else {
                continue;
            };
            for message in &said.messages {
                let cut = self.dice.chance(faults.truncation);
                let message = match forge::cut_short(message).filter(|_| cut) {
                    Some(short) => short,
                    None => message.clone(),
                };
                for _ in 0..self.copies() {
                    let lost = self.dice.chance(faults.loss_to_client);
                    let back = self.one_way();
                    if !lost {
                        self.arrive(there + said.delay + back, Ok(message.clone()));
                    }
                }
            }
        }
    }

    /// What others send before the answer can be there.
    fn forgeries(&mut self, question: &Message) {
        let faults = &self.carrier.faults;
        if self.dice.chance(faults.forgery) {
            let drawn = self.dice.below(Flaw::ALL.len() as u64);
            let flaw = usize::try_from(drawn).ok().and_then(|at| Flaw::ALL.get(at));
            let at = self.one_way();
            if let Some(flaw) = flaw
                && let Some(octets) = forge::forge(question, *flaw)
            {
                self.arrive(at, Ok(octets));
                if *flaw == Flaw::Address
                    && let Some((_, arrival)) = self.coming.last_mut()
                {
                    arrival.from = elsewhere(arrival.from);
                }
            }
        }
        if self.dice.chance(faults.garbage) {
            let at = self.one_way();
            self.arrive(at, Ok(forge::garbage(question)));
        }
    }

    fn tcp(&mut self, octets: &[u8], local: SocketAddr) {
        let carrier = self.carrier;
        // The handshake and the question: there, back, and there again.
        let handshake = self.segment(true) + self.segment(false);
        let there = handshake + self.segment(true);
        let refused = self.dice.chance(carrier.faults.refusal);
        let Some(server) = carrier.servers.get(&self.server) else {
            return;
        };
        if refused || server.is_dead() {
            self.arrive(handshake, Err(io::ErrorKind::ConnectionRefused.into()));
            return;
        }
        if !server.is_up(carrier.clock.elapsed() + there) {
            return;
        }
        let Some(said) = server.hear(octets, ServerTransport::Tcp, local) else {
            return;
        };
        let back = self.segment(false);
        let at = there + said.delay + back;
        for message in said.messages {
            self.arrive(at, Ok(message));
        }
        if said.closes {
            self.arrive(at, Ok(Vec::new()));
        }
    }

    /// How long one TCP segment takes, those lost before it included.
    fn segment(&mut self, to_server: bool) -> Duration {
        let faults = &self.carrier.faults;
        let loss = if to_server {
            faults.loss_to_server
        } else {
            faults.loss_to_client
        };
        let mut waited = Duration::ZERO;
        let mut wait = RETRANSMISSION;
        // After six losses nobody waits any more.
        for _ in 0..6 {
            if !self.dice.chance(loss) {
                break;
            }
            waited += wait;
            wait *= 2;
        }
        waited + self.one_way()
    }

    fn copies(&mut self) -> u32 {
        1 + u32::from(self.dice.chance(self.carrier.faults.duplication))
    }

    /// How long one datagram takes, in whole milliseconds.
    fn one_way(&mut self) -> Duration {
        let faults = &self.carrier.faults;
        let mut delay = self.drawn_delay();
        if self.dice.chance(faults.reordering) {
            delay += faults.delay + self.drawn_delay();
        }
        delay
    }

    fn drawn_delay(&mut self) -> Duration {
        let faults = &self.carrier.faults;
        let least = faults.delay.saturating_sub(faults.jitter);
        let most = faults.delay + faults.jitter;
        let spread = u64::try_from((most - least).as_millis()).unwrap_or(u64::MAX);
        least + Duration::from_millis(self.dice.below(spread.saturating_add(1)))
    }

    /// Lets something arrive so long from now.
    ///
    /// Always an odd number of milliseconds after the start of the network: what starts at an even one never has an answer and its deadline at the same
    /// instant, and then nothing is left to the order in which tokio wakes them.
    fn arrive(&mut self, after: Duration, octets: io::Result<Vec<u8>>) {
        let clock = &self.carrier.clock;
        let at = (clock.elapsed() + after).as_millis();
        let odd = u64::try_from(at | 1).unwrap_or(u64::MAX);
        let from = self.server;
        self.coming.push((
            clock.started() + Duration::from_millis(odd),
            Arrival { from, octets },
        ));
    }
}

/// The same port of a neighbouring host.
fn elsewhere(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) => IpAddr::from((u32::from(ip) ^ 1).to_be_bytes()),
        IpAddr::V6(ip) => IpAddr::from((u128::from(ip) ^ 1).to_be_bytes()),
    };
    SocketAddr::new(ip, address.port())
}
