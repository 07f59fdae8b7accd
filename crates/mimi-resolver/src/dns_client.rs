//! [`DnsClient`]: one question to a list of servers, sent again until an answer comes or the sendings are spent.

use std::time::Duration;

use hickory_net::runtime::RuntimeProvider;
use hickory_proto::op::Query;
use mimi_discovery::{Failure, Question, Response};

use crate::config::DnsClientConfig;
use crate::convert::{to_failure, to_query, to_response};
use crate::exchange::exchange;
use crate::runtime::ConnectedRuntime;
use crate::server::{Server, Transport};
use crate::upstream::{DnssecRequest, Upstream};

/// How many rounds of the servers may fail at once, by refused connections or answers that cannot be used, before that is the
/// failure; and how many the other servers have once one has answered with an error.
///
/// With the default waits four rounds take 2.8 s or 5.8 s, well before the deadline would make a timeout of it.
const ROUNDS: usize = 4;

/// Asks DNS servers in turn, over UDP with TCP, or TCP.
///
/// Servers take turns from one sending to the next. A server that answers with an error (SERVFAIL, REFUSED, …) gives way to the
/// others for good; when no other brings an answer, the last error is the answer.
///
/// `R` is where its sockets and timers come from: the system's, or a simulated network.
#[derive(Clone)]
pub struct DnsClient<R = ConnectedRuntime> {
    servers: Vec<Server>,
    config: DnsClientConfig,
    runtime: R,
}

impl DnsClient {
    /// A client of these servers, in order of preference. Without servers every question fails.
    pub fn new(servers: impl IntoIterator<Item = Server>, config: DnsClientConfig) -> Self {
        Self::on(ConnectedRuntime::default(), servers, config)
    }
}

impl<R: RuntimeProvider> DnsClient<R> {
    /// A client on another runtime of hickory's, such as a simulated network.
    pub fn on(
        runtime: R,
        servers: impl IntoIterator<Item = Server>,
        config: DnsClientConfig,
    ) -> Self {
        Self {
            servers: servers.into_iter().collect(),
            config,
            runtime,
        }
    }

    /// The servers that are asked.
    pub fn servers(&self) -> &[Server] {
        &self.servers
    }
}

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
struct Asking<'a, R> {
    client: &'a DnsClient<R>,
    query: Query,
    dnssec: DnssecRequest,
    sendings_left: u16,
}

impl<R: RuntimeProvider> Asking<'_, R> {
    async fn run(mut self) -> Result<Response, Failure> {
        let config = &self.client.config;
        let mut servers = self.client.servers.clone();
        let mut refusal = None;
        let mut failure = Failure::Network;
        let mut wait = config.first_wait;
        let (mut rounds, mut rounds_failed_at_once) = (0, 0);
        while !servers.is_empty() {
            let mut failed_at_once = true;
            let mut others = Vec::with_capacity(servers.len());
            for server in servers {
                match self.send(server, wait).await {
                    Ok(response) if is_server_error(&response) => refusal = Some(response),
                    Ok(response) => return Ok(response),
                    Err(Sent::Spent) => return refusal.ok_or(failure),
                    Err(Sent::Failed(latest)) => {
                        failure = latest;
                        failed_at_once &= latest != Failure::Timeout;
                        others.push(server);
                    }
                }
            }
            servers = others;
            rounds += 1;
            rounds_failed_at_once += usize::from(failed_at_once);
            let refused_long_enough = refusal.is_some() && rounds >= ROUNDS;
            if servers.is_empty() || refused_long_enough || rounds_failed_at_once >= ROUNDS {
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
    async fn send(&mut self, server: Server, wait: Duration) -> Result<Response, Sent> {
        let response = self.send_over(server, server.transport, wait).await?;
        if response.truncated && server.transport == Transport::Udp {
            return self.send_over(server, Transport::Tcp, wait).await;
        }
        Ok(response)
    }

    async fn send_over(
        &mut self,
        server: Server,
        transport: Transport,
        wait: Duration,
    ) -> Result<Response, Sent> {
        self.sendings_left = self.sendings_left.checked_sub(1).ok_or(Sent::Spent)?;
        let DnsClient {
            runtime, config, ..
        } = self.client;
        let query = self.query.clone();
        let dnssec = self.dnssec;
        let response = exchange(runtime, config, server, transport, query, dnssec, wait)
            .await
            .map_err(|error| Sent::Failed(to_failure(&error)))?;
        to_response(&response, &self.query, dnssec, server.channel()).map_err(Sent::Failed)
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
