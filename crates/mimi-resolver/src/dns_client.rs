//! [`DnsClient`]: one question to a list of servers, sent again until an answer comes or the sendings are spent.

use std::time::Duration;

use hickory_proto::op::Query;
use mimi_discovery::{Failure, Question, Response};

use crate::config::DnsClientConfig;
use crate::convert::{to_failure, to_query, to_response};
use crate::exchange::exchange;
use crate::runtime::ConnectedRuntime;
use crate::server::{Server, Transport};
use crate::upstream::Upstream;

/// Asks DNS servers in turn, over UDP with TCP, or TCP.
///
/// Servers take turns from one sending to the next. A server that answers with an error (SERVFAIL, REFUSED, …) gives way to the
/// next one; when every server did, the last error is the answer.
#[derive(Clone)]
pub struct DnsClient {
    servers: Vec<Server>,
    config: DnsClientConfig,
    runtime: ConnectedRuntime,
}

impl DnsClient {
    /// A client of these servers, in order of preference. Without servers every question fails.
    pub fn new(servers: impl IntoIterator<Item = Server>, config: DnsClientConfig) -> Self {
        Self {
            servers: servers.into_iter().collect(),
            config,
            runtime: ConnectedRuntime::default(),
        }
    }

    /// The servers that are asked.
    pub fn servers(&self) -> &[Server] {
        &self.servers
    }
}

impl Upstream for DnsClient {
    async fn ask(&self, question: &Question) -> Result<Response, Failure> {
        Asking {
            client: self,
            query: to_query(question)?,
            sendings_left: self.config.sendings.min(mimi_discovery::limits::SENDINGS),
        }
        .run()
        .await
    }
}

/// One question under way.
struct Asking<'a> {
    client: &'a DnsClient,
    query: Query,
    sendings_left: u16,
}

impl Asking<'_> {
    async fn run(mut self) -> Result<Response, Failure> {
        let config = &self.client.config;
        let servers = &self.client.servers;
        let mut failure = Failure::Network;
        let mut wait = config.first_wait;
        let mut refusals = 0;
        for turn in 0.. {
            let Some(server) = turn_of(servers, turn) else {
                return Err(Failure::Network);
            };
            match self.send(server, wait).await {
                Ok(response) if is_server_error(&response) => {
                    refusals += 1;
                    if refusals >= servers.len() {
                        return Ok(response);
                    }
                    continue;
                }
                Ok(response) => return Ok(response),
                Err(Sent::Spent) => break,
                Err(Sent::Failed(latest)) => failure = latest,
            }
            let round_is_over = (turn + 1).is_multiple_of(servers.len());
            if round_is_over {
                // A refused connection fails at once; without a pause the sendings would be spent at once too.
                if failure == Failure::Network {
                    tokio::time::sleep(wait).await;
                }
                wait = (wait * 2).min(config.longest_wait);
            }
        }
        Err(failure)
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
        let response = exchange(runtime, config, server, transport, query, wait)
            .await
            .map_err(|error| Sent::Failed(to_failure(&error)))?;
        to_response(&response, &self.query, server.channel()).map_err(Sent::Failed)
    }
}

/// Why a sending brought no response.
enum Sent {
    /// It was not sent: no sendings are left.
    Spent,
    Failed(Failure),
}

fn turn_of(servers: &[Server], turn: usize) -> Option<Server> {
    servers.get(turn.checked_rem(servers.len())?).copied()
}

/// Whether another server may do better: any code but NOERROR and NXDOMAIN. YXDOMAIN (6) is about the name, not the server.
fn is_server_error(response: &Response) -> bool {
    !matches!(response.rcode, 0 | 3 | 6)
}
