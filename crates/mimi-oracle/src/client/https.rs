//! [`HttpsTransport`]: HTTP/1.1 over TLS, on connections that are kept between the requests of a lookup.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Bytes, Incoming};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::net::{TcpStream, lookup_host};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::address::OracleAddress;
use super::error::ExchangeError;
use super::problem::MAX_PROBLEM_OCTETS;
use super::transport::{Method, Request, Response, ResponseFuture, Transport};

/// Octets of the status line and header fields, of which there may be [`MAX_FIELDS`].
const MAX_HEAD_OCTETS: usize = 16 * 1024;

const MAX_FIELDS: usize = 64;

/// How many connections are kept while nothing is asked.
const MAX_IDLE: usize = 4;

/// How many addresses of the host are tried.
const MAX_ADDRESSES: usize = 8;

/// How long an address may take before the next one is tried beside it (RFC 8305 §5).
const ATTEMPT_DELAY: Duration = Duration::from_millis(250);

/// Requests over HTTPS, from this machine's address. The host is looked up by the system: who lies about it can only keep the oracle
/// from being reached, since the certificate and the pin have to fit.
pub struct HttpsTransport {
    address: OracleAddress,
    server_name: ServerName<'static>,
    tls: TlsConnector,
    authority: HeaderValue,
    idle: Mutex<Vec<Connection>>,
}

/// A connection, open until it is dropped.
struct Connection {
    sender: SendRequest<Full<Bytes>>,
    driver: JoinHandle<()>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

impl HttpsTransport {
    /// A transport that connects when something is asked. `tls` says who may vouch for the host.
    pub fn new(address: &OracleAddress, mut tls: ClientConfig) -> Self {
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        // Early data could be sent again by somebody else.
        tls.enable_early_data = false;
        let authority = address.authority();
        Self {
            // Both were checked when the address was read.
            server_name: address
                .server_name()
                .unwrap_or_else(|| ServerName::from(std::net::Ipv4Addr::UNSPECIFIED)),
            authority: HeaderValue::from_str(&authority)
                .unwrap_or_else(|_| HeaderValue::from_static("")),
            tls: TlsConnector::from(Arc::new(tls)),
            address: address.clone(),
            idle: Mutex::default(),
        }
    }

    async fn exchange(&self, request: &Request) -> Result<Response, ExchangeError> {
        // What changes something goes over a new connection, since nobody knows whether it arrived on one that was closed meanwhile.
        if request.is_repeatable
            && let Some(connection) = self.take_idle()
        {
            match self.send_over(connection, request).await {
                Err(ExchangeError::Closed) => {}
                result => return result,
            }
        }
        let connection = self.open().await?;
        self.send_over(connection, request).await
    }

    fn take_idle(&self) -> Option<Connection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|connection| !connection.sender.is_closed());
        idle.pop()
    }

    fn keep(&self, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MAX_IDLE {
            idle.push(connection);
        }
    }

    async fn open(&self) -> Result<Connection, ExchangeError> {
        let host = self.address.host();
        let stream = connect(&host, self.address.port())
            .await
            .map_err(|error| ExchangeError::Connect(Arc::new(error)))?;
        // Requests are small and waited for.
        let _ = stream.set_nodelay(true);
        let stream = self
            .tls
            .connect(self.server_name.clone(), stream)
            .await
            .map_err(|error| ExchangeError::Tls(Arc::new(error)))?;
        let (sender, connection) = http1::Builder::new()
            .max_buf_size(MAX_HEAD_OCTETS)
            .max_headers(MAX_FIELDS)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(|error| read_error(&error))?;
        // Its errors reach whoever waits for an answer.
        let driver = tokio::spawn(async move { drop(connection.await) });
        Ok(Connection { sender, driver })
    }

    async fn send_over(
        &self,
        mut connection: Connection,
        request: &Request,
    ) -> Result<Response, ExchangeError> {
        let to_error = |error: hyper::Error| read_error(&error);
        connection.sender.ready().await.map_err(to_error)?;
        let message = self.message(request);
        let answer = connection.sender.send_request(message).await;
        let (head, mut body) = answer.map_err(to_error)?.into_parts();
        let field = |name: HeaderName| {
            let value = head.headers.get(name)?;
            Some(value.to_str().unwrap_or_default().to_owned())
        };
        let mut response = Response {
            status: head.status.as_u16(),
            content_type: field(header::CONTENT_TYPE),
            content_encoding: field(header::CONTENT_ENCODING),
            cache_control: field(header::CACHE_CONTROL),
            retry_after: field(header::RETRY_AFTER),
            body: Vec::new(),
        };
        if response.status == 200 {
            response.body = read_body(&mut body, request.max_octets).await?;
        } else {
            match read_body(&mut body, MAX_PROBLEM_OCTETS).await {
                Ok(octets) => response.body = octets,
                // The status says enough, but the connection is of no more use.
                Err(_) => return Ok(response),
            }
        }
        self.keep(connection);
        Ok(response)
    }

    /// The same fields for every request to a route.
    fn message(&self, request: &Request) -> hyper::Request<Full<Bytes>> {
        let (method, content_type, body) = match &request.method {
            Method::Get => (hyper::Method::GET, None, Bytes::new()),
            Method::Post { content_type, body } => (
                hyper::Method::POST,
                Some(*content_type),
                Bytes::copy_from_slice(body),
            ),
        };
        let mut message = hyper::Request::new(Full::new(body));
        *message.method_mut() = method;
        // The routes are ASCII; what is no path would be refused as not found.
        *message.uri_mut() = request.path.parse().unwrap_or_default();
        let fields = message.headers_mut();
        fields.insert(header::HOST, self.authority.clone());
        let accept = HeaderValue::from_static(request.accept.as_str());
        fields.insert(header::ACCEPT, accept);
        if let Some(content_type) = content_type {
            let content_type = HeaderValue::from_static(content_type.as_str());
            fields.insert(header::CONTENT_TYPE, content_type);
        }
        if let Some(bearer) = &request.bearer
            && let Ok(mut value) = HeaderValue::from_str(&format!("Bearer {bearer}"))
        {
            value.set_sensitive(true);
            fields.insert(header::AUTHORIZATION, value);
        }
        message
    }
}

impl Transport for HttpsTransport {
    fn send<'a>(&'a self, request: &'a Request) -> ResponseFuture<'a> {
        Box::pin(self.exchange(request))
    }
}

/// Connects to the first address of a host that answers.
async fn connect(host: &str, port: u16) -> io::Result<TcpStream> {
    let mut addresses = in_turns(lookup_host((host, port)).await?).into_iter();
    let mut attempts: JoinSet<io::Result<TcpStream>> = JoinSet::new();
    let mut last = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
    loop {
        let more = addresses.next().map(TcpStream::connect);
        let is_waiting = more.is_some();
        more.map(|attempt| attempts.spawn(attempt));
        let ended = if is_waiting {
            timeout(ATTEMPT_DELAY, attempts.join_next()).await
        } else {
            Ok(attempts.join_next().await)
        };
        match ended {
            Ok(Some(Ok(Ok(stream)))) => return Ok(stream),
            Ok(Some(Ok(Err(error)))) => last = error,
            Ok(Some(Err(_))) | Err(_) => {}
            Ok(None) if is_waiting => {}
            Ok(None) => return Err(last),
        }
    }
}

/// Addresses of both families in turns, beginning with the one that the system prefers (RFC 8305 §4).
fn in_turns(addresses: impl Iterator<Item = SocketAddr>) -> Vec<SocketAddr> {
    let addresses: Vec<SocketAddr> = addresses.collect();
    let is_first = addresses.first().is_some_and(SocketAddr::is_ipv4);
    let (one, other): (Vec<_>, Vec<_>) = addresses
        .into_iter()
        .partition(|address| address.is_ipv4() == is_first);
    let (mut one, mut other) = (one.into_iter(), other.into_iter());
    let mut turns = Vec::new();
    while turns.len() < MAX_ADDRESSES {
        let before = turns.len();
        turns.extend(one.next());
        turns.extend(other.next());
        if turns.len() == before {
            break;
        }
    }
    turns
}

async fn read_body(body: &mut Incoming, max_octets: usize) -> Result<Vec<u8>, ExchangeError> {
    let too_long = ExchangeError::TooLong { max_octets };
    // What `Content-Length` says, before anything is read.
    if body.size_hint().lower() > max_octets as u64 {
        return Err(too_long);
    }
    let mut octets = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| read_error(&error))?;
        if let Some(data) = frame.data_ref() {
            if octets.len() + data.len() > max_octets {
                return Err(too_long);
            }
            octets.extend_from_slice(data);
        }
    }
    Ok(octets)
}

fn read_error(error: &hyper::Error) -> ExchangeError {
    // Header fields beyond the bounds are parse errors, too.
    if error.is_parse() {
        ExchangeError::NotHttp
    } else {
        ExchangeError::Closed
    }
}
