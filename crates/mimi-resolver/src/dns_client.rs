//! [`DnsClient`]: one question to a list of servers, sent again until an answer comes or the sendings are spent.

use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hickory_net::runtime::RuntimeProvider;
use hickory_proto::op::Query;
use mimi_discovery::{Failure, Question, Response};
use tokio::time::Instant;

use crate::config::DnsClientConfig;
use crate::convert::{to_failure, to_query, to_response};
use crate::encrypted::{ChannelError, EncryptedChannel};
use crate::exchange::{over_tcp, over_udp};
use crate::health::Health;
use crate::request::request;
use crate::runtime::ConnectedRuntime;
use crate::server::{Server, Transport};
use crate::tls::client_config;
use crate::upstream::{DnssecRequest, Upstream};

/// How many rounds of the servers may fail at once, by refused connections or answers that cannot be used, before that is the
/// failure; and how many the other servers have once one has answered with an error.
///
/// With the default waits four rounds take 2.8 s or 5.8 s, well before the deadline would make a timeout of it.
const ROUNDS: usize = 4;

/// Asks DNS servers in turn, over UDP with TCP, TCP, TLS, HTTPS or QUIC.
///
/// Servers take turns from one sending to the next, those that answer and answer fast before the others. A server that answers with an
/// error (SERVFAIL, REFUSED, …) gives way to the others for good; when no other brings an answer, the last error is the answer. How a
/// server is asked never changes: an encrypted one that cannot be reached, or cannot prove who it is, is not asked in the clear.
///
/// Clones share what is known of the servers, and the connections to encrypted ones.
///
/// `R` is where its sockets and timers come from: the system's, or a simulated network.
#[derive(Clone)]
pub struct DnsClient<R: RuntimeProvider = ConnectedRuntime> {
    servers: Arc<[Server]>,
    config: DnsClientConfig,
    runtime: R,
    /// One for each server, `None` for the plain ones.
    channels: Arc<[Option<EncryptedChannel<R>>]>,
    health: Arc<Mutex<Health>>,
    began: Instant,
}

impl DnsClient {
    /// A client of these servers, in order of preference. Without servers every question fails.
    ///
    /// # Errors
    /// [`DnsClientError`] when a server is not one that the configuration allows.
    pub fn new(
        servers: impl IntoIterator<Item = Server>,
        config: DnsClientConfig,
    ) -> Result<Self, DnsClientError> {
        Self::on(ConnectedRuntime::default(), servers, config)
    }
}

impl<R: RuntimeProvider> DnsClient<R> {
    /// A client on another runtime of hickory's, such as a simulated network.
    ///
    /// # Errors
    /// As [`new`](DnsClient::new).
    pub fn on(
        runtime: R,
        servers: impl IntoIterator<Item = Server>,
        config: DnsClientConfig,
    ) -> Result<Self, DnsClientError> {
        let servers: Arc<[Server]> = servers.into_iter().collect();
        let is_plain = |server: &&Server| !server.transport.is_encrypted();
        if let Some(server) = servers.iter().find(is_plain)
            && config.require_encrypted
        {
            let server = server.clone();
            return Err(DnsClientError::PlainServer { server });
        }
        let mut channels = Vec::with_capacity(servers.len());
        let mut tls = None;
        for server in &*servers {
            channels.push(if server.transport.is_encrypted() {
                let tls = match &tls {
                    Some(tls) => tls,
                    None => tls.insert(
                        client_config(&config.certificate_authorities)
                            .map_err(|_| DnsClientError::NoCryptography)?,
                    ),
                };
                let channel = EncryptedChannel::new(runtime.clone(), server.clone(), tls.clone());
                Some(channel)
            } else {
                None
            });
        }
        Ok(Self {
            health: Arc::new(Mutex::new(Health::new(servers.len()))),
            servers,
            config,
            runtime,
            channels: channels.into(),
            began: Instant::now(),
        })
    }

    /// The servers that are asked.
    pub fn servers(&self) -> &[Server] {
        &self.servers
    }

    /// The health is whole at every unlock, so a panic elsewhere while it was locked has not spoilt it.
    fn health(&self) -> MutexGuard<'_, Health> {
        self.health.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why there is no client of these servers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DnsClientError {
    /// A server that is asked in the clear, where that is not wanted.
    PlainServer {
        /// The first of them.
        server: Server,
    },
    /// TLS cannot be set up.
    NoCryptography,
}

impl fmt::Display for DnsClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PlainServer { server } => write!(
                f,
                "expected encrypted servers only (tls://, https://, quic://), found {server}; on this host, too, plain is not encrypted"
            ),
            Self::NoCryptography => f.write_str("TLS cannot be set up"),
        }
    }
}

impl Error for DnsClientError {}

impl<R: RuntimeProvider> Upstream for DnsClient<R> {
    async fn ask(&self, question: &Question, dnssec: DnssecRequest) -> Result<Response, Failure> {
        Asking {
            client: self,
            query: to_query(question)?,
            dnssec,
            sendings_left: self.config.sendings.min(mimi_discovery::limits::SENDINGS),
        }
        .run()
        .await
    }
}

/// One question under way.
struct Asking<'a, R: RuntimeProvider> {
    client: &'a DnsClient<R>,
    query: Query,
    dnssec: DnssecRequest,
    sendings_left: u16,
}

impl<R: RuntimeProvider> Asking<'_, R> {
    async fn run(mut self) -> Result<Response, Failure> {
        let client = self.client;
        let config = &client.config;
        // Indices of servers.
        let mut candidates = client.health().order(client.began.elapsed());
        let mut refusal = None;
        let mut failure = Failure::Network;
        let mut wait = config.first_wait;
        let (mut rounds, mut rounds_failed_at_once) = (0, 0);
        while !candidates.is_empty() {
            let mut failed_at_once = true;
            let mut others = Vec::with_capacity(candidates.len());
            for index in candidates {
                match self.send(index, wait).await {
                    Ok(response) if is_server_error(&response) => refusal = Some(response),
                    Ok(response) => return Ok(response),
                    Err(Sent::Spent) => return refusal.ok_or(failure),
                    Err(Sent::Failed(latest)) => {
                        failure = latest;
                        failed_at_once &= latest != Failure::Timeout;
                        others.push(index);
                    }
                }
            }
            candidates = others;
            rounds += 1;
            rounds_failed_at_once += usize::from(failed_at_once);
            let refused_long_enough = refusal.is_some() && rounds >= ROUNDS;
            if candidates.is_empty() || refused_long_enough || rounds_failed_at_once >= ROUNDS {
                break;
            }
            if failed_at_once {
                // Without a pause the sendings would be spent at once, too.
                tokio::time::sleep(wait).await;
            }
            wait = (wait * 2).min(config.longest_wait);
        }
        refusal.ok_or(failure)
    }

    /// Sends once, and once more over TCP when the answer does not fit (D7).
    async fn send(&mut self, index: usize, wait: Duration) -> Result<Response, Sent> {
        let client = self.client;
        // Every index comes from the length of the list.
        let server = client.servers.get(index).ok_or(Sent::Spent)?;
        let begin = client.began.elapsed();
        let response = match client.channels.get(index) {
            Some(Some(channel)) => self.send_encrypted(server, channel, wait).await,
            _ => self.send_plain(server, server.transport, wait).await,
        };
        let now = client.began.elapsed();
        match &response {
            Ok(_) => client.health().answered(index, now - begin, now),
            Err(Sent::Failed(Failure::Timeout | Failure::Network | Failure::Tls)) => {
                client.health().failed(index, now);
            }
            // Anybody may have sent what cannot be used.
            Err(_) => {}
        }
        let response = response?;
        if response.truncated && server.transport == Transport::Udp {
            return self.send_plain(server, Transport::Tcp, wait).await;
        }
        Ok(response)
    }

    async fn send_plain(
        &mut self,
        server: &Server,
        transport: Transport,
        wait: Duration,
    ) -> Result<Response, Sent> {
        self.spend()?;
        let DnsClient {
            runtime, config, ..
        } = self.client;
        let request = request(config, transport, self.query.clone(), self.dnssec);
        let response = match transport {
            Transport::Udp => over_udp(runtime, server.address, request, wait).await,
            _ => over_tcp(runtime, server.address, request, wait).await,
        };
        let response = response.map_err(|error| Sent::Failed(to_failure(&error)))?;
        to_response(&response, &self.query, self.dnssec, server.channel()).map_err(Sent::Failed)
    }

    /// Sends once, and once more when the connection turns out to have been closed since it last served.
    async fn send_encrypted(
        &mut self,
        server: &Server,
        channel: &EncryptedChannel<R>,
        wait: Duration,
    ) -> Result<Response, Sent> {
        let mut is_last = false;
        loop {
            self.spend()?;
            let config = &self.client.config;
            let request = request(config, server.transport, self.query.clone(), self.dnssec);
            let failure = match channel.ask(request, wait).await {
                Ok(response) => {
                    return to_response(&response, &self.query, self.dnssec, server.channel())
                        .map_err(Sent::Failed);
                }
                Err(ChannelError::Failed(failure)) => failure,
                Err(ChannelError::Closed) if !is_last => {
                    is_last = true;
                    continue;
                }
                Err(ChannelError::Closed) => Failure::Network,
            };
            return Err(Sent::Failed(failure));
        }
    }

    fn spend(&mut self) -> Result<(), Sent> {
        self.sendings_left = self.sendings_left.checked_sub(1).ok_or(Sent::Spent)?;
        Ok(())
    }
}

/// Why a sending brought no response.
enum Sent {
    /// It was not sent: no sendings are left.
    Spent,
    Failed(Failure),
}

/// Whether another server may do better: any code but NOERROR and NXDOMAIN. YXDOMAIN (6) is about the name, not the server.
fn is_server_error(response: &Response) -> bool {
    !matches!(response.rcode, 0 | 3 | 6)
}
