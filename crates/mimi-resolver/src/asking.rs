//! One question under way: sent again and again, and answered by whichever sending brings something first.

use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use futures_util::future::{BoxFuture, FutureExt};
use futures_util::stream::{FuturesUnordered, StreamExt};
use hickory_net::runtime::RuntimeProvider;
use hickory_proto::op::Query;
use mimi_discovery::{Failure, Response};

use crate::convert::{to_failure, to_response};
use crate::dns_client::DnsClient;
use crate::encrypted::{ChannelError, EncryptedChannel};
use crate::exchange::{over_tcp, over_udp};
use crate::request::request;
use crate::server::{Server, Transport};
use crate::upstream::DnssecRequest;

/// How many rounds of the servers may fail at once, by refused connections or answers that cannot be used, before that is the
/// failure; and how many the other servers have once one has answered with an error.
///
/// With the default waits four rounds take 2.8 s or 5.8 s, well before the deadline would make a timeout of it.
const ROUNDS: usize = 4;

/// One question under way.
pub(crate) struct Asking<'a, R: RuntimeProvider> {
    client: &'a DnsClient<R>,
    query: Query,
    dnssec: DnssecRequest,
    sendings_left: AtomicU16,
}

/// Sendings that have had their wait, and whose answers may still come.
type Late<'a> = FuturesUnordered<BoxFuture<'a, Result<Response, Sent>>>;

impl<'a, R: RuntimeProvider> Asking<'a, R> {
    pub(crate) fn new(
        client: &'a DnsClient<R>,
        query: Query,
        dnssec: DnssecRequest,
        sendings: u16,
    ) -> Self {
        Self {
            client,
            query,
            dnssec,
            sendings_left: AtomicU16::new(sendings),
        }
    }

    pub(crate) async fn run(self) -> Result<Response, Failure> {
        let client = self.client;
        let config = client.config();
        // Indices of servers.
        let mut candidates = client.health().order(client.now());
        let mut late = Late::new();
        let mut refusal = None;
        let mut failure = Failure::Network;
        let mut wait = config.first_wait;
        let (mut rounds, mut rounds_failed_at_once) = (0, 0);
        'rounds: while !candidates.is_empty() {
            let mut failed_at_once = true;
            let mut others = Vec::with_capacity(candidates.len());
            for index in candidates {
                match self.send_and_wait(index, wait, &mut late).await {
                    Ok(response) if is_server_error(&response) => refusal = Some(response),
                    Ok(response) => return Ok(response),
                    Err(Sent::Spent) => break 'rounds,
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
        // Whoever says that it cannot is heard before what may never come.
        if refusal.is_none() {
            while let Some(arrival) = late.next().await {
                match arrival {
                    Ok(response) if is_server_error(&response) => refusal = Some(response),
                    Ok(response) => return Ok(response),
                    Err(_) => {}
                }
            }
        }
        refusal.ok_or(failure)
    }

    /// Sends to a server, and waits for `wait`, for this answer or that of an earlier sending. A sending without an answer by then is late.
    async fn send_and_wait<'b>(
        &'b self,
        index: usize,
        wait: Duration,
        late: &mut Late<'b>,
    ) -> Result<Response, Sent> {
        let client = self.client;
        let patience = client.config().patience.max(wait);
        let mut sending = self.send(index, patience).boxed();
        let end = tokio::time::sleep(wait);
        tokio::pin!(end);
        loop {
            tokio::select! {
                biased;
                arrival = &mut sending => {
                    if matches!(arrival, Err(Sent::Failed(Failure::Timeout))) {
                        client.health().failed(index, client.now());
                    }
                    return arrival;
                }
                Some(arrival) = late.next() => {
                    // An error of a server that is late already changes nothing: it has been asked again, or the others have.
                    if let Ok(response) = arrival
                        && !is_server_error(&response)
                    {
                        return Ok(response);
                    }
                }
                () = &mut end => break,
            }
        }
        client.health().failed(index, client.now());
        late.push(sending);
        Err(Sent::Failed(Failure::Timeout))
    }

    /// Sends once, and once more over TCP when the answer does not fit (D7).
    async fn send(&self, index: usize, patience: Duration) -> Result<Response, Sent> {
        let client = self.client;
        // Every index comes from the length of the list.
        let server = client.servers().get(index).ok_or(Sent::Spent)?;
        let begin = client.now();
        let response = match client.channel(index) {
            Some(channel) => self.send_encrypted(server, channel, patience).await,
            None => self.send_plain(server, server.transport, patience).await,
        };
        let now = client.now();
        match &response {
            Ok(_) => client.health().answered(index, now - begin, now),
            Err(Sent::Failed(Failure::Network | Failure::Tls)) => {
                client.health().failed(index, now);
            }
            // Whoever waits says when it has been too long; and anybody may have sent what cannot be used.
            Err(_) => {}
        }
        let response = response?;
        if response.truncated && server.transport == Transport::Udp {
            return self.send_plain(server, Transport::Tcp, patience).await;
        }
        Ok(response)
    }

    async fn send_plain(
        &self,
        server: &Server,
        transport: Transport,
        wait: Duration,
    ) -> Result<Response, Sent> {
        self.spend()?;
        let (runtime, config) = (self.client.runtime(), self.client.config());
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
        &self,
        server: &Server,
        channel: &EncryptedChannel<R>,
        wait: Duration,
    ) -> Result<Response, Sent> {
        let mut is_last = false;
        loop {
            self.spend()?;
            let config = self.client.config();
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

    fn spend(&self) -> Result<(), Sent> {
        let less = |left: u16| left.checked_sub(1);
        self.sendings_left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less)
            .map(drop)
            .map_err(|_| Sent::Spent)
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
