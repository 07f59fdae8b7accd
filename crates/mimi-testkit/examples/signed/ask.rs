//! A small client: one question with DO, over UDP and then TCP, and what the answer says.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

use hickory_proto::op::{Edns, Message, MessageType, OpCode, Query};
use hickory_proto::rr::rdata::opt::{EdnsCode, EdnsOption};
use hickory_proto::rr::{RData, RecordType};
use mimi_id::Identifier;
use mimi_name::DomainName;
use mimi_rr::hickory::to_hickory_name;
use mimi_testkit::signed::types;

use crate::Anything;

/// An answer, as far as a validator's user sees it.
pub(crate) struct Told {
    pub(crate) rcode: u16,
    /// The AD bit.
    pub(crate) is_authentic: bool,
    /// The code of the extended error (RFC 8914).
    pub(crate) extended_error: Option<u16>,
    /// The target of the MIMIX record, if that was asked for and found.
    target: Option<DomainName>,
}

/// Asks once, and waits this long.
pub(crate) fn ask(
    server: SocketAddr,
    name: &DomainName,
    record_type: u16,
    patience: Duration,
) -> Anything<Told> {
    let mut question = Message::new(7, MessageType::Query, OpCode::Query);
    question.metadata.recursion_desired = true;
    question.add_query(Query::query(
        to_hickory_name(name)?,
        RecordType::from(record_type),
    ));
    let mut edns = Edns::new();
    edns.set_max_payload(1232).set_dnssec_ok(true);
    question.set_edns(edns);
    let octets = question.to_vec()?;
    let mut answer = Message::from_vec(&over_udp(server, &octets, patience)?)?;
    if answer.metadata.truncation {
        answer = Message::from_vec(&over_tcp(server, &octets, patience)?)?;
    }
    let target = answer.answers.iter().find_map(|record| match &record.data {
        RData::Unknown { code, rdata } if u16::from(*code) == types::MIMIX => {
            DomainName::from_wire(&rdata.anything).ok()
        }
        _ => None,
    });
    let extended_error =
        answer
            .edns
            .as_ref()
            .and_then(|edns| match edns.option(EdnsCode::from(15)) {
                Some(EdnsOption::Unknown(_, data)) => {
                    let (code, _) = data.split_first_chunk()?;
                    Some(u16::from_be_bytes(*code))
                }
                _ => None,
            });
    Ok(Told {
        rcode: u16::from(answer.metadata.response_code),
        is_authentic: answer.metadata.authentic_data,
        extended_error,
        target,
    })
}

/// Asks all that an identifier needs; returns every answer, up to the first that leads nowhere.
pub(crate) fn resolve(
    server: SocketAddr,
    identifier: &str,
    patience: Duration,
) -> Anything<Vec<Told>> {
    let mut told = Vec::new();
    let name = match Identifier::parse(identifier)? {
        Identifier::Mui(mui) => mui.name().clone(),
        Identifier::Telephone(number) => number.enum_name(&mimi_id::e164_arpa())?,
        Identifier::Email(email) => {
            let first = ask(server, email.domain(), types::MIMIX, patience)?;
            let target = first.target.clone();
            told.push(first);
            match target {
                Some(target) => email.name_under(&target)?,
                None => return Ok(told),
            }
        }
        _ => return Err("an identifier of an unknown kind".into()),
    };
    told.push(ask(server, &name, types::MIMI, patience)?);
    Ok(told)
}

fn over_udp(server: SocketAddr, question: &[u8], patience: Duration) -> io::Result<Vec<u8>> {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    socket.set_read_timeout(Some(patience))?;
    socket.send_to(question, server)?;
    let mut buffer = vec![0; 65535];
    let (length, _) = socket.recv_from(&mut buffer)?;
    buffer.truncate(length);
    Ok(buffer)
}

fn over_tcp(server: SocketAddr, question: &[u8], patience: Duration) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(server)?;
    stream.set_read_timeout(Some(patience))?;
    let length = u16::try_from(question.len()).map_err(io::Error::other)?;
    stream.write_all(&[&length.to_be_bytes(), question].concat())?;
    let mut length = [0; 2];
    stream.read_exact(&mut length)?;
    let mut answer = vec![0; usize::from(u16::from_be_bytes(length))];
    stream.read_exact(&mut answer)?;
    Ok(answer)
}
