//! One sending of one question to one server, over hickory-net.

use std::time::Duration;

use futures_util::StreamExt;
use hickory_net::NetError;
use hickory_net::runtime::RuntimeProvider;
use hickory_net::tcp::TcpClientStream;
use hickory_net::udp::UdpClientStream;
use hickory_net::xfer::{DnsHandle, DnsRequestSender};
use hickory_proto::op::{DnsRequest, DnsRequestOptions, DnsResponse, Query};

use crate::config::DnsClientConfig;
use crate::server::{Server, Transport};
use crate::upstream::DnssecRequest;

/// Sends `query` once over `transport`, and waits for its answer for at most `wait`.
pub(crate) async fn exchange<R: RuntimeProvider>(
    runtime: &R,
    config: &DnsClientConfig,
    server: Server,
    transport: Transport,
    query: Query,
    dnssec: DnssecRequest,
    wait: Duration,
) -> Result<DnsResponse, NetError> {
    let mut options = DnsRequestOptions::default();
    options.use_edns = true;
    options.edns_payload_len = config.udp_payload;
    options.edns_set_dnssec_ok = dnssec == DnssecRequest::Signatures;
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
                    .send_message(request(query, options, dnssec))
                    .next()
                    .await
            }
            Transport::Tcp => {
                let stream =
                    TcpClientStream::exchange(server.address, None, wait, None, runtime.clone());
                let request = request(query, options, dnssec);
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

fn request(query: Query, options: DnsRequestOptions, dnssec: DnssecRequest) -> DnsRequest {
    let mut request = DnsRequest::from_query(query, options);
    request.metadata.checking_disabled = dnssec == DnssecRequest::Signatures;
    request.metadata.authentic_data = dnssec == DnssecRequest::Verdict;
    request
}
