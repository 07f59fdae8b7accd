//! HTTP/1.1 by hand, so that every way of getting it wrong can be played.

use std::io;
use std::sync::{Mutex, PoisonError};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::OracleFlaw;
use super::world::{Answer, World};

/// A request, as it arrived.
#[derive(Clone, PartialEq, Eq)]
pub struct HeardRequest {
    /// Which connection it came over, from 0.
    pub connection: usize,
    /// The method and the path.
    pub line: String,
    /// The header fields, each as its own line, in order.
    pub fields: Vec<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl HeardRequest {
    /// How many octets the request had.
    pub fn octets(&self) -> usize {
        let lines = self.fields.iter().map(|field| field.len() + 2);
        self.line.len() + " HTTP/1.1\r\n".len() + lines.sum::<usize>() + 2 + self.body.len()
    }
}

pub(super) async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    connection: usize,
    world: &World,
    heard: &Mutex<Vec<HeardRequest>>,
) -> io::Result<()> {
    let mut buffer = Vec::new();
    while let Some(request) = read(&mut stream, &mut buffer, connection).await? {
        let answer = world.answer(&request);
        heard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(request);
        write(&mut stream, world.flaw(), answer).await?;
        if world.flaw() == OracleFlaw::ClosesConnections {
            break;
        }
    }
    stream.shutdown().await
}

async fn read(
    stream: &mut (impl AsyncRead + Unpin),
    buffer: &mut Vec<u8>,
    connection: usize,
) -> io::Result<Option<HeardRequest>> {
    let end = loop {
        let end = buffer.windows(4).position(|window| window == b"\r\n\r\n");
        if let Some(end) = end {
            break end;
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    };
    let rest = buffer.split_off(end + 4);
    let head = std::mem::replace(buffer, rest);
    let head = String::from_utf8_lossy(head.get(..end).unwrap_or_default()).into_owned();
    let mut lines = head.split("\r\n").map(str::to_owned);
    let line = lines.next().unwrap_or_default();
    let fields: Vec<String> = lines.collect();
    let length = fields.iter().find_map(|field| {
        let (name, value) = field.split_once(':')?;
        let is_length = name.eq_ignore_ascii_case("content-length");
        value.trim().parse::<usize>().ok().filter(|_| is_length)
    });
    let length = length.unwrap_or(0);
    while buffer.len() < length {
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
    let rest = buffer.split_off(length);
    Ok(Some(HeardRequest {
        connection,
        line: line.trim_end_matches(" HTTP/1.1").to_owned(),
        fields,
        body: std::mem::replace(buffer, rest),
    }))
}

async fn write(
    stream: &mut (impl AsyncWrite + Unpin),
    flaw: OracleFlaw,
    answer: Answer,
) -> io::Result<()> {
    match flaw {
        OracleFlaw::Silent => std::future::pending().await,
        OracleFlaw::NotHttp => return stream.write_all(b"SSH-2.0-oracle\r\n\r\n").await,
        OracleFlaw::EndlessHead => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n").await?;
            loop {
                stream.write_all(b"x-more: and more\r\n").await?;
            }
        }
        _ => {}
    }
    let mut head = format!("HTTP/1.1 {} ?\r\n", answer.status);
    let content_type = match flaw {
        OracleFlaw::OtherType => "text/html",
        _ => answer.content_type,
    };
    head += &format!("content-type: {content_type}\r\n");
    if flaw == OracleFlaw::Compressed {
        head += "content-encoding: gzip\r\n";
    }
    for field in &answer.fields {
        head += &format!("{field}\r\n");
    }
    if answer.is_endless {
        head += "transfer-encoding: chunked\r\n\r\n";
        stream.write_all(head.as_bytes()).await?;
        let chunk = [b"1000\r\n".as_slice(), &[b' '; 0x1000], b"\r\n"].concat();
        loop {
            stream.write_all(&chunk).await?;
        }
    }
    head += &format!("content-length: {}\r\n\r\n", answer.body.len());
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&answer.body).await?;
    stream.flush().await
}
