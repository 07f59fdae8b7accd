//! The encrypted channel to one server: one connection, kept and shared by all questions, opened again when it is dead.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::{BoxFuture, FutureExt, Shared};
use hickory_net::NetError;
use hickory_net::h2::HttpsClientStream;
use hickory_net::quic::QuicClientStream;
use hickory_net::runtime::iocompat::{AsyncIoStdAsTokio, AsyncIoTokioAsStd};
use hickory_net::runtime::{RuntimeProvider, Spawn};
use hickory_net::tcp::{TcpClientStream, TcpStream};
use hickory_net::xfer::{
    BufDnsStreamHandle, DnsExchange, DnsHandle, DnsMultiplexer, DnsRequestSender,
};
use hickory_proto::op::{DnsRequest, DnsResponse};
use mimi_discovery::Failure;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;

use crate::convert::{to_failure, to_opening_failure};
use crate::server::{Server, Transport};

/// How many questions may be under way to one server. Others wait their turn, within their own time.
const IN_FLIGHT: usize = 512;

/// How long the connection may take to open, whoever waits for it, and a question on it to be answered: longer than any wait.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long nothing at all may come on a connection where answers are due, before it counts as dead: a network that has forgotten it
/// tells nobody. Longer than most servers take for a name that they have to look up themselves.
const SILENCE: Duration = Duration::from_secs(2);

/// The channel to one encrypted server. Whatever happens on it, nothing is ever sent to the server in another way.
pub(crate) struct EncryptedChannel<R: RuntimeProvider> {
    runtime: R,
    server: Server,
    tls: ClientConfig,
    current: Mutex<Option<Attempt<R>>>,
    in_flight: Semaphore,
}

/// The opening of a connection, and then the connection. It goes on while it is kept here, even when those who wait for it give up:
/// they come back for it with their next sending.
struct Attempt<R: RuntimeProvider> {
    connection: Shared<Opening<R>>,
    since: Instant,
}

type Opening<R> = BoxFuture<'static, Result<Arc<Connection<R>>, Failure>>;

struct Connection<R: RuntimeProvider> {
    link: Link<R>,
    has_answered: AtomicBool,
    /// When the first question was sent after the last answer.
    silent_since: Mutex<Option<Instant>>,
}

enum Link<R: RuntimeProvider> {
    Tls(DnsExchange<R>),
    Https(HttpsClientStream),
    Quic(QuicClientStream),
}

/// Why no answer came over an encrypted channel.
pub(crate) enum ChannelError {
    Failed(Failure),
    /// The connection had served before and was closed, which servers do when they are idle: a new one will do.
    Closed,
}

impl<R: RuntimeProvider> EncryptedChannel<R> {
    /// A channel that is opened by the first question.
    pub(crate) fn new(runtime: R, server: Server, tls: ClientConfig) -> Self {
        Self {
            runtime,
            server,
            tls,
            current: Mutex::default(),
            in_flight: Semaphore::new(IN_FLIGHT),
        }
    }

    /// Sends once, and waits for the answer for at most `wait`, the opening of a connection included.
    pub(crate) async fn ask(
        &self,
        request: DnsRequest,
        wait: Duration,
    ) -> Result<DnsResponse, ChannelError> {
        let until = Instant::now() + wait;
        let begin = async {
            let turn = self.in_flight.acquire().await;
            // Nobody closes the semaphore.
            let turn = turn.map_err(|_| Failure::Network)?;
            Ok((turn, self.connect().await?))
        };
        let (_turn, connection) = timeout_at(until, begin)
            .await
            .unwrap_or(Err(Failure::Timeout))
            .map_err(ChannelError::Failed)?;
        lock(&connection.silent_since).get_or_insert_with(Instant::now);
        let answer = timeout_at(until, connection.send(request)).await;
        match answer.unwrap_or(Err(NetError::Timeout)) {
            Ok(response) => {
                connection.has_answered.store(true, Ordering::Relaxed);
                *lock(&connection.silent_since) = None;
                Ok(response)
            }
            Err(NetError::Timeout) => {
                let since = *lock(&connection.silent_since);
                if since.is_some_and(|since| since.elapsed() >= SILENCE) {
                    self.forget(&connection);
                }
                Err(ChannelError::Failed(Failure::Timeout))
            }
            Err(error) => {
                self.forget(&connection);
                let is_broken = to_failure(&error) == Failure::Network;
                if is_broken && connection.has_answered.load(Ordering::Relaxed) {
                    return Err(ChannelError::Closed);
                }
                Err(ChannelError::Failed(to_failure(&error)))
            }
        }
    }

    /// The connection that is open, or the opening that is under way, or a new one.
    async fn connect(&self) -> Result<Arc<Connection<R>>, Failure> {
        let opening = {
            let mut current = lock(&self.current);
            let is_fit = |attempt: &Attempt<R>| {
                attempt.connection.peek().is_some() || attempt.since.elapsed() < PATIENCE
            };
            match current.as_ref().filter(|attempt| is_fit(attempt)) {
                Some(attempt) => attempt.connection.clone(),
                None => {
                    let connection = self.open().boxed().shared();
                    *current = Some(Attempt {
                        connection: connection.clone(),
                        since: Instant::now(),
                    });
                    connection
                }
            }
        };
        let result = opening.clone().await;
        if result.is_err() {
            let mut current = lock(&self.current);
            let is_it = |attempt: &Attempt<R>| attempt.connection.ptr_eq(&opening);
            if current.as_ref().is_some_and(is_it) {
                *current = None;
            }
        }
        result
    }

    /// Opens a connection, and lets nobody use it but the one who can prove to be the server.
    fn open(&self) -> impl Future<Output = Result<Arc<Connection<R>>, Failure>> + use<R> {
        let (runtime, server, tls) = (self.runtime.clone(), self.server.clone(), self.tls.clone());
        async move {
            let link = tokio::time::timeout(PATIENCE, link(runtime, &server, tls));
            let link = link.await.unwrap_or(Err(NetError::Timeout));
            Ok(Arc::new(Connection {
                link: link.map_err(|error| to_opening_failure(&error))?,
                has_answered: AtomicBool::new(false),
                silent_since: Mutex::default(),
            }))
        }
    }

    /// Opens a new connection for the next question, unless somebody has already. Questions under way keep the old one.
    fn forget(&self, connection: &Arc<Connection<R>>) {
        let mut current = lock(&self.current);
        let is_it = |attempt: &Attempt<R>| match attempt.connection.peek() {
            Some(Ok(open)) => Arc::ptr_eq(open, connection),
            _ => false,
        };
        if current.as_ref().is_some_and(is_it) {
            *current = None;
        }
    }
}

/// What is locked is whole at every unlock, so a panic elsewhere has not spoilt it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<R: RuntimeProvider> Connection<R> {
    async fn send(&self, request: DnsRequest) -> Result<DnsResponse, NetError> {
        let response = match &self.link {
            Link::Tls(exchange) => exchange.send(request).next().await,
            Link::Https(stream) => stream.clone().send_message(request).next().await,
            Link::Quic(stream) => stream.clone().send_message(request).next().await,
        };
        // hickory's own timer.
        response.unwrap_or(Err(NetError::Timeout))
    }
}

async fn link<R: RuntimeProvider>(
    runtime: R,
    server: &Server,
    tls: ClientConfig,
) -> Result<Link<R>, NetError> {
    let address = server.address;
    // An address of IPv4 inside IPv6 is one of IPv4 in certificates.
    let ip = address.ip().to_canonical();
    let name: Arc<str> = match server.certificate_name() {
        Some(name) => name.into(),
        None => ip.to_string().into(),
    };
    match server.transport {
        Transport::Https => {
            let path = server.path().unwrap_or_default().into();
            let stream = HttpsClientStream::builder(Arc::new(tls), runtime);
            Ok(Link::Https(stream.build(address, name, path).await?))
        }
        Transport::Quic => {
            let binder = runtime.quic_binder();
            let binder = binder.ok_or("this runtime has no sockets for QUIC")?;
            let socket = binder.bind_quic(any_port(address), address)?;
            let stream = QuicClientStream::builder().crypto_config(tls);
            let stream = stream.build_with_future(socket, address, name).await?;
            Ok(Link::Quic(stream))
        }
        _ => {
            let name = match server.certificate_name() {
                Some(name) => ServerName::try_from(name.to_owned())
                    .map_err(|_| "the name of the certificate is no name")?,
                None => ServerName::from(ip),
            };
            Ok(Link::Tls(over_tls(runtime, address, name, tls).await?))
        }
    }
}

/// As `hickory_net::tls::tls_exchange`, whose queue holds 32 questions: more at once would be turned away.
async fn over_tls<R: RuntimeProvider>(
    runtime: R,
    address: SocketAddr,
    name: ServerName<'static>,
    tls: ClientConfig,
) -> Result<DnsExchange<R>, NetError> {
    // Twice, since hickory counts questions that were given up until it looks at them again.
    let limit = 2 * IN_FLIGHT;
    let stream = runtime.connect_tcp(address, None, Some(PATIENCE)).await?;
    let connector = TlsConnector::from(Arc::new(tls));
    let stream = connector.connect(name, AsyncIoStdAsTokio(stream)).await?;
    let (handle, queue) = BufDnsStreamHandle::with_buffer_size(address, limit);
    let stream = TcpStream::from_stream_with_receiver(AsyncIoTokioAsStd(stream), address, queue);
    let multiplexer = DnsMultiplexer::new(TcpClientStream::from_stream(stream), handle)
        .with_timeout(PATIENCE)
        .with_max_active_requests(limit);
    let (exchange, background) = DnsExchange::from_stream(multiplexer);
    runtime.create_handle().spawn_bg(background);
    Ok(exchange)
}

fn any_port(server: SocketAddr) -> SocketAddr {
    let ip = match server {
        SocketAddr::V4(_) => IpAddr::from(Ipv4Addr::UNSPECIFIED),
        SocketAddr::V6(_) => IpAddr::from(Ipv6Addr::UNSPECIFIED),
    };
    SocketAddr::new(ip, 0)
}
