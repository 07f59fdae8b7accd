//! One sending of one question to one server, over hickory-net.

use std::time::Duration;

use futures_util::StreamExt;
use hickory_net::NetError;
use hickory_net::tcp::TcpClientStream;
use hickory_net::udp::UdpClientStream;
use hickory_net::xfer::{DnsHandle, DnsRequestSender};
use hickory_proto::op::{DnsRequest, DnsRequestOptions, DnsResponse, Query};

use crate::config::DnsClientConfig;
use crate::runtime::ConnectedRuntime;
use crate::server::{Server, Transport};

/// Sends `query` once over `transport`, and waits for its answer for at most `wait`.
pub(crate) async fn exchange(
    runtime: &ConnectedRuntime,
    config: &DnsClientConfig,
    server: Server,
    transport: Transport,
    query: Query,
    wait: Duration,
) -> Result<DnsResponse, NetError> {
    let mut options = DnsRequestOptions::default();
    options.use_edns = true;
    options.edns_payload_len = config.udp_payload;
    options.recursion_desired = true;
    let work = async {
        match transport {
            Transport::Udp => {
                options.case_randomization = config.case_randomization;
                let mut stream = UdpClientStream::builder(server.address, runtime.clone())
                    .with_timeout(Some(wait))
                    // Sendings are counted and repeated by our caller.
                    .with_max_retries(0)
                    .build();
                stream
                    .send_message(DnsRequest::from_query(query, options))
                    .next()
                    .await
            }
            Transport::Tcp => {
                let stream =
                    TcpClientStream::exchange(server.address, None, wait, None, runtime.clone());
                let request = DnsRequest::from_query(query, options);
                stream.await?.send(request).next().await
            }
        }
        // hickory's stream says so that its own timer ran out, which may be before ours below.
        .unwrap_or(Err(NetError::Timeout))
    };
    tokio::time::timeout(wait, work)
        .await
        .unwrap_or(Err(NetError::Timeout))
}
