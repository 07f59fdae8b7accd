//! Zone transfers (RFC 5936), record by record: nothing is kept but the message that was read last.

use std::net::SocketAddr;
use std::time::Duration;

use mimi_lint::observations::Reason;
use mimi_name::DomainName;

use super::exchange::{Connection, is_to, reason_of};
use super::message::{self, Record};
use super::render::types;

/// How many messages without a record are taken in a row.
const MOST_EMPTY: usize = 16;

/// How a transfer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With the SOA record it began with.
    Whole,
    /// The taker had enough.
    Stopped,
}

/// Transfers a zone. `take` gets every record, the first SOA too and the last one not, and says whether to go on.
pub(super) fn transfer<E>(
    server: SocketAddr,
    zone: &DomainName,
    timeout: Duration,
    mut take: impl FnMut(&Record) -> Result<bool, E>,
) -> Result<Result<End, E>, Reason> {
    let mut connection = Connection::open(server, timeout)?;
    let id = rand::random();
    connection.send(&message::question(id, zone, types::AXFR, false))?;
    let mut has_begun = false;
    let mut empty = 0;
    loop {
        let octets = connection.receive()?;
        let message = message::read(&octets).ok_or(Reason::Malformed)?;
        // Later messages may leave the question out (RFC 5936 §2.2.1).
        let is_answer =
            message.question.is_none() && has_begun || is_to(&message, zone, types::AXFR);
        if message.id != id || !message.is_response || !is_answer {
            return Err(Reason::Malformed);
        }
        if let Some(reason) = reason_of(message.code) {
            return Err(reason);
        }
        if message.answer.is_empty() {
            empty += 1;
            if !has_begun || empty > MOST_EMPTY {
                return Err(Reason::Refused);
            }
            continue;
        }
        empty = 0;
        for record in &message.answer {
            let is_soa = record.record_type == types::SOA && record.owner == *zone;
            match (has_begun, is_soa) {
                (false, false) => return Err(Reason::Malformed),
                (true, true) => return Ok(Ok(End::Whole)),
                _ => has_begun = true,
            }
            match take(record) {
                Ok(true) => {}
                Ok(false) => return Ok(Ok(End::Stopped)),
                Err(error) => return Ok(Err(error)),
            }
        }
    }
}
