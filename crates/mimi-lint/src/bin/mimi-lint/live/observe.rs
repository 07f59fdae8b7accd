//! What one server of a zone says: asked directly, question by question, until it turns out to be dead.

use std::convert::Infallible;
use std::net::SocketAddr;

use mimi_lint::observations::{Answer, Denial, Probe, Reason, Server, Signature, Transfer};
use mimi_name::DomainName;
use mimi_rr::TypeCodes;

use super::exchange::{Asker, NoReply, Reply};
use super::message::{Message, Record, codes};
use super::render::{line, serial, type_name, types};
use super::servers::of_type;
use super::transfer::{End, transfer};

/// After so many records a transfer is plainly open.
const ENOUGH_RECORDS: u64 = 100;

/// What to ask a server.
pub(super) struct Plan<'a> {
    pub(super) apex: &'a DomainName,
    pub(super) codes: TypeCodes,
    /// Names and types.
    pub(super) questions: Vec<(DomainName, u16)>,
    /// A made-up name, and whether it stands where users of a MIMIX target do.
    pub(super) probe: Option<(DomainName, bool)>,
}

/// A reply, apart from those that say nothing for the zone.
fn ask(
    asker: &Asker,
    at: SocketAddr,
    name: &DomainName,
    record_type: u16,
    apex: &DomainName,
) -> Result<Reply, NoReply> {
    let reply = asker.ask(at, name, record_type, false)?;
    let message = &reply.message;
    let is_absent = message.answer.is_empty();
    // An absence without its SOA record may be a broken delegation (D58).
    let has_soa = of_type(&message.authority, types::SOA).any(|soa| soa.owner.is_within(apex));
    match message.is_authoritative && (!is_absent || has_soa) {
        true => Ok(reply),
        false => Err(NoReply {
            reason: Reason::Lame,
            is_tcp: false,
        }),
    }
}

/// Asks a server what was not asked yet.
pub(super) fn observe(asker: &Asker, at: SocketAddr, plan: &Plan<'_>, server: &mut Server) {
    if !server.failures.is_empty() {
        return;
    }
    let is_first = server.soa.is_none();
    if is_first {
        match ask(asker, at, plan.apex, types::SOA, plan.apex) {
            Ok(reply) => {
                if let Some(soa) = of_type(&reply.message.answer, types::SOA).next() {
                    server.serial = serial(&soa.rdata);
                    server.soa = Some(line(soa, plan.codes));
                }
            }
            Err(error) => {
                let failure = asker.failure(Some(at), plan.apex, types::SOA, error);
                server.failures.push(failure);
                return;
            }
        }
    }
    for (name, record_type) in &plan.questions {
        match ask(asker, at, name, *record_type, plan.apex) {
            Ok(reply) => server
                .answers
                .push(answer(name, *record_type, &reply, plan.codes)),
            Err(error) => {
                server
                    .failures
                    .push(asker.failure(Some(at), name, *record_type, error));
                if is_dead(error) {
                    return;
                }
            }
        }
    }
    if let Some((name, is_below_target)) = &plan.probe {
        match ask(asker, at, name, plan.codes.mimi(), plan.apex) {
            Ok(reply) => {
                server
                    .probes
                    .push(probe(name, *is_below_target, &reply.message, plan.codes));
            }
            Err(error) => {
                let failure = asker.failure(Some(at), name, plan.codes.mimi(), error);
                server.failures.push(failure);
                if is_dead(error) {
                    return;
                }
            }
        }
    }
    if is_first {
        match ask(asker, at, plan.apex, types::DNSKEY, plan.apex) {
            Ok(reply) => {
                let has_key = of_type(&reply.message.answer, types::DNSKEY)
                    .next()
                    .is_some();
                server.has_dnskey = Some(has_key);
            }
            Err(error) => {
                let failure = asker.failure(Some(at), plan.apex, types::DNSKEY, error);
                server.failures.push(failure);
            }
        }
        server.transfer = try_transfer(asker, at, plan.apex);
    }
}

fn is_dead(error: NoReply) -> bool {
    !error.is_tcp
        && matches!(
            error.reason,
            Reason::Timeout | Reason::Unreachable | Reason::Budget
        )
}

/// A server that takes no part in DNS over TCP gives nothing away: no failure.
fn try_transfer(asker: &Asker, at: SocketAddr, apex: &DomainName) -> Transfer {
    let mut records = 0;
    let ended = transfer(at, apex, asker.timeout(), |_| {
        records += 1;
        Ok::<_, Infallible>(records < ENOUGH_RECORDS)
    });
    match ended {
        Ok(Ok(End::Whole | End::Stopped)) if records > 1 => Transfer::Open { records },
        Err(_) if records > 1 => Transfer::Open { records },
        Err(Reason::Refused | Reason::NotAuthoritative) => Transfer::Refused,
        _ => Transfer::Unknown,
    }
}

fn answer(name: &DomainName, record_type: u16, reply: &Reply, codes: TypeCodes) -> Answer {
    let message = &reply.message;
    let records = message.answer.iter();
    let records = records.filter(|record| record.record_type != types::RRSIG);
    Answer {
        name: name.to_string(),
        record_type: type_name(record_type, codes),
        exists: message.code != codes::NXDOMAIN,
        is_truncated: reply.is_truncated,
        records: records.map(|record| line(record, codes)).collect(),
        signatures: of_type(&message.answer, types::RRSIG)
            .filter_map(|record| signature(record, codes))
            .collect(),
    }
}

/// RFC 4034 §3.1.
fn signature(record: &Record, codes: TypeCodes) -> Option<Signature> {
    let octets = |from: usize, to: usize| record.rdata.get(from..to);
    let covers = u16::from_be_bytes(octets(0, 2)?.try_into().ok()?);
    Some(Signature {
        owner: record.owner.to_string(),
        covers: type_name(covers, codes),
        expiration: u32::from_be_bytes(octets(8, 12)?.try_into().ok()?),
        inception: u32::from_be_bytes(octets(12, 16)?.try_into().ok()?),
    })
}

fn probe(name: &DomainName, is_below_target: bool, message: &Message, codes: TypeCodes) -> Probe {
    let is_ours = |record: &&Record| [codes.mimi(), codes.mimix()].contains(&record.record_type);
    Probe {
        name: name.to_string(),
        is_below_target,
        records: message
            .answer
            .iter()
            .filter(is_ours)
            .map(|record| line(record, codes))
            .collect(),
        denials: message.authority.iter().filter_map(denial).collect(),
    }
}

/// RFC 4034 §4.1, RFC 5155 §3.2.
fn denial(record: &Record) -> Option<Denial> {
    let owner = record.owner.to_string();
    match record.record_type {
        types::NSEC => {
            let (next, _) = DomainName::split_wire(&record.rdata).ok()?;
            let next = next.to_string();
            Some(Denial::Nsec { owner, next })
        }
        types::NSEC3 => {
            let iterations = record.rdata.get(2..4)?.try_into().ok()?;
            let iterations = u16::from_be_bytes(iterations);
            Some(Denial::Nsec3 { owner, iterations })
        }
        _ => None,
    }
}
