//! DNS over TCP (RFC 7766) with a bound on connections, which hickory-server's own listener lacks.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use hickory_proto::op::MessageType;
use hickory_server::net::runtime::TokioTime;
use hickory_server::net::runtime::iocompat::AsyncIoTokioAsStd;
use hickory_server::net::tcp::TcpStream;
use hickory_server::net::xfer::Protocol;
use hickory_server::server::{Request, RequestHandler, ResponseHandle, TimeoutStream};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::reply::Handler;

/// How many TCP connections a listener serves at once. Further ones wait in the system's queue.
pub const MAX_CONNECTIONS: usize = 256;
/// How long a connection may take for its next whole question, or to read an answer (RFC 7766 §6.2.3).
pub const IDLE_TIMEOUT: Duration = Duration::from_secs(10);

/// How many answers may wait for a client that does not read them.
const WAITING_ANSWERS: usize = 32;
/// How long to wait after a failed accept, which may be for lack of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Serves connections until the task is dropped.
pub(crate) async fn serve(listener: TcpListener, handler: Arc<Handler>) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        // The semaphore is never closed.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        match listener.accept().await {
            Ok((stream, peer)) => {
                let handler = Arc::clone(&handler);
                connections.spawn(async move {
                    converse(stream, peer, &handler).await;
                    drop(place);
                });
            }
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
        while connections.try_join_next().is_some() {}
    }
}

/// Answers the questions of one connection, one after the other. Ends at the first message that is not a request.
async fn converse(stream: tokio::net::TcpStream, peer: SocketAddr, handler: &Handler) {
    let (messages, answers) =
        TcpStream::from_stream_with_buffer_size(AsyncIoTokioAsStd(stream), peer, WAITING_ANSWERS);
    let mut messages = TimeoutStream::new(messages, IDLE_TIMEOUT);
    while let Some(Ok(message)) = messages.next().await {
        let (octets, _) = message.into_parts();
        let Ok(request) = Request::from_bytes(octets, peer, Protocol::Tcp) else {
            return;
        };
        if request.metadata.message_type == MessageType::Response {
            return;
        }
        let answer = ResponseHandle::new(peer, answers.clone(), Protocol::Tcp);
        handler
            .handle_request::<_, TokioTime>(&request, answer)
            .await;
    }
}
