//! [`DnsClient`]: one question to a list of servers, sent again until an answer comes or the sendings are spent.

use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hickory_net::runtime::RuntimeProvider;
use mimi_discovery::{Failure, Question, Response};
use tokio::time::Instant;

use crate::asking::Asking;
use crate::config::DnsClientConfig;
use crate::convert::to_query;
use crate::encrypted::EncryptedChannel;
use crate::health::Health;
use crate::runtime::ConnectedRuntime;
use crate::server::Server;
use crate::tls::client_config;
use crate::upstream::{DnssecRequest, Upstream};

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

    /// How it asks.
    pub fn config(&self) -> &DnsClientConfig {
        &self.config
    }

    pub(crate) fn runtime(&self) -> &R {
        &self.runtime
    }

    /// The channel to an encrypted server; `None` for a plain one.
    pub(crate) fn channel(&self, index: usize) -> Option<&EncryptedChannel<R>> {
        self.channels.get(index)?.as_ref()
    }

    /// The time since the client was made, as its health counts it.
    pub(crate) fn now(&self) -> Duration {
        self.began.elapsed()
    }

    /// The health is whole at every unlock, so a panic elsewhere while it was locked has not spoilt it.
    pub(crate) fn health(&self) -> MutexGuard<'_, Health> {
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
        let sendings = self.config.sendings.min(mimi_discovery::limits::SENDINGS);
        Asking::new(self, to_query(question)?, dnssec, sendings)
            .run()
            .await
    }
}
