//! Requests to `mimi oracle serve --plain`, each over a connection of its own and as if from a client of its own.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use mimi_oracle::client::{
    ExchangeError, MediaType, Method, Request, Response, ResponseFuture, Transport,
};

/// The header in which a proxy would write whose request it is.
pub(crate) const ADDRESS_HEADER: &str = "x-forwarded-for";

/// How many requests were made, so that no client asks for more proofs than it may.
static REQUESTS: AtomicU32 = AtomicU32::new(0);

/// Waits for each answer in place.
pub(crate) struct Plain(pub(crate) SocketAddr);

impl Plain {
    /// What a route without body answers.
    pub(crate) fn get(&self, path: &str, accept: MediaType) -> Result<Response, ExchangeError> {
        self.exchange(&Request {
            method: Method::Get,
            path: path.to_owned(),
            accept,
            bearer: None,
            max_octets: usize::MAX,
            is_repeatable: true,
        })
    }

    fn exchange(&self, request: &Request) -> Result<Response, ExchangeError> {
        let stream = TcpStream::connect(self.0);
        let stream = stream.map_err(|error| ExchangeError::Connect(Arc::new(error)))?;
        let octets = converse(stream, request).map_err(|_| ExchangeError::Closed)?;
        response(&octets).ok_or(ExchangeError::Closed)
    }
}

impl Transport for Plain {
    fn send<'a>(&'a self, request: &'a Request) -> ResponseFuture<'a> {
        Box::pin(async move { self.exchange(request) })
    }
}

fn converse(mut stream: TcpStream, request: &Request) -> io::Result<Vec<u8>> {
    let number = REQUESTS.fetch_add(1, Ordering::SeqCst);
    let client = Ipv4Addr::from_bits(Ipv4Addr::new(10, 0, 0, 0).to_bits() + number);
    let (method, content_type, body) = match &request.method {
        Method::Get => ("GET", "", &[][..]),
        Method::Post { content_type, body } => ("POST", content_type.as_str(), &body[..]),
    };
    let mut message = format!(
        "{method} {} HTTP/1.1\r\nhost: oracle.example.net\r\nconnection: close\r\n{ADDRESS_HEADER}: {client}\r\n",
        request.path
    );
    if method == "POST" {
        message += &format!(
            "content-type: {content_type}\r\ncontent-length: {}\r\n",
            body.len()
        );
    }
    message += "\r\n";
    stream.write_all(&[message.as_bytes(), body].concat())?;
    let mut octets = Vec::new();
    stream.read_to_end(&mut octets)?;
    Ok(octets)
}

/// A response whose end was not cut off.
fn response(octets: &[u8]) -> Option<Response> {
    let end = octets.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&octets[..end]).ok()?;
    let body = octets[end + 4..].to_vec();
    let field = |name: &str| {
        head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            let is_it = found.eq_ignore_ascii_case(name);
            is_it.then(|| value.trim().to_owned())
        })
    };
    let length: usize = field("content-length")?.parse().ok()?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let response = Response {
        status,
        content_type: field("content-type"),
        content_encoding: field("content-encoding"),
        cache_control: field("cache-control"),
        retry_after: field("retry-after"),
        body,
    };
    (response.body.len() == length).then_some(response)
}
