//! One sending of one question to one plain server, over hickory-net.

use std::time::Duration;

use futures_util::StreamExt;
use hickory_net::NetError;
use hickory_net::runtime::RuntimeProvider;
use hickory_net::tcp::TcpClientStream;
use hickory_net::udp::UdpClientStream;
use hickory_net::xfer::{DnsHandle, DnsRequestSender};
use hickory_proto::op::{DnsRequest, DnsResponse};
use std::net::SocketAddr;

/// Sends once over UDP, from a port of its own, and waits for the answer for at most `wait`.
pub(crate) async fn over_udp<R: RuntimeProvider>(
    runtime: &R,
    server: SocketAddr,
    request: DnsRequest,
    wait: Duration,
) -> Result<DnsResponse, NetError> {
    let mut stream = UdpClientStream::builder(server, runtime.clone())
        .with_timeout(Some(wait))
        // Sendings are counted and repeated by our caller.
        .with_max_retries(0)
        .build();
    within(wait, async { stream.send_message(request).next().await }).await
}

/// Sends once over TCP, on a connection of its own, and waits for the answer for at most `wait`.
pub(crate) async fn over_tcp<R: RuntimeProvider>(
    runtime: &R,
    server: SocketAddr,
    request: DnsRequest,
    wait: Duration,
) -> Result<DnsResponse, NetError> {
    let work = async {
        let stream = TcpClientStream::exchange(server, None, wait, None, runtime.clone());
        match stream.await {
            Ok(stream) => stream.send(request).next().await,
            Err(error) => Some(Err(error)),
        }
    };
    within(wait, work).await
}

async fn within(
    wait: Duration,
    work: impl Future<Output = Option<Result<DnsResponse, NetError>>>,
) -> Result<DnsResponse, NetError> {
    match tokio::time::timeout(wait, work).await {
        Ok(Some(result)) => result,
        // hickory's stream says so that its own timer ran out, which may be before ours.
        Ok(None) | Err(_) => Err(NetError::Timeout),
    }
}
