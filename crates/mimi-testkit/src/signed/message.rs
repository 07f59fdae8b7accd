//! Messages as octets, without compression: what is put into a reply is what arrives, valid or not.

use mimi_name::DomainName;

use super::lookup::Reply;
use super::record::types;
use super::{Question, ResourceRecord};

/// The UDP payload of an asker without EDNS (RFC 1035 §2.3.4).
const PLAIN_PAYLOAD: u16 = 512;
const HEADER: usize = 12;
/// QR, RD, RA.
const RESPONSE: u16 = 0x8180;
const TRUNCATED: u16 = 0x0200;
const CHECKING_DISABLED: u16 = 0x0010;
/// The DO bit, in the upper half of the TTL of OPT.
const DNSSEC_OK: u16 = 0x8000;
/// What we take over UDP ourselves.
const OUR_PAYLOAD: u16 = 1232;

/// A question as it came.
pub(super) struct Asked {
    id: u16,
    flags: u16,
    /// Name, type and class, every octet as it came.
    question: Vec<u8>,
    pub(super) what: Question,
    /// The UDP payload and the flags of EDNS, if there is any.
    edns: Option<(u16, u16)>,
}

impl Asked {
    /// Reads a message with one question and at most one further record, OPT; `None` for anything else.
    pub(super) fn read(octets: &[u8]) -> Option<Self> {
        let word = |at: usize| {
            let octets = octets.get(at..at + 2)?;
            Some(u16::from_be_bytes(octets.try_into().ok()?))
        };
        if word(4)? != 1 || word(6)? != 0 || word(8)? != 0 {
            return None;
        }
        let body = octets.get(HEADER..)?;
        let (name, rest) = DomainName::split_wire(body).ok()?;
        let after = octets.len() - rest.len();
        let edns = match word(10)? {
            0 => None,
            // The root, the type, then the payload in place of the class.
            _ if *octets.get(after + 4)? == 0 && word(after + 5)? == types::OPT => {
                Some((word(after + 7)?, word(after + 11)?))
            }
            _ => return None,
        };
        Some(Self {
            id: word(0)?,
            flags: word(2)?,
            question: octets.get(HEADER..after + 4)?.to_vec(),
            what: Question {
                name,
                record_type: word(after)?,
            },
            edns,
        })
    }

    /// Whether signatures were asked for.
    fn wants_dnssec(&self) -> bool {
        self.edns.is_some_and(|(_, flags)| flags & DNSSEC_OK != 0)
    }

    /// The answer as octets; over UDP without its records when it is too long.
    pub(super) fn respond(&self, reply: &Reply, is_udp: bool) -> Vec<u8> {
        let mut reply = reply.clone();
        if !self.wants_dnssec() {
            let asked = self.what.record_type;
            reply.strip(|record| {
                let code = record.record_type;
                code != asked && matches!(code, types::RRSIG | types::NSEC | types::NSEC3)
            });
        }
        let whole = self.write(&reply, 0);
        let payload = self
            .edns
            .map_or(PLAIN_PAYLOAD, |(payload, _)| payload.max(PLAIN_PAYLOAD));
        let limit = if is_udp {
            usize::from(payload)
        } else {
            usize::from(u16::MAX)
        };
        if whole.len() <= limit {
            return whole;
        }
        self.write(&Reply::error(reply.rcode), TRUNCATED)
    }

    fn write(&self, reply: &Reply, flags: u16) -> Vec<u8> {
        let mut out = self.id.to_be_bytes().to_vec();
        let asked = self.flags & CHECKING_DISABLED;
        out.extend((RESPONSE | flags | asked | reply.rcode & 15).to_be_bytes());
        let count = |count: usize| u16::try_from(count).unwrap_or(u16::MAX).to_be_bytes();
        out.extend(count(1));
        out.extend(count(reply.answer.len()));
        out.extend(count(reply.authority.len()));
        out.extend(count(
            reply.additional.len() + usize::from(self.edns.is_some()),
        ));
        out.extend(&self.question);
        let sections = [&reply.answer, &reply.authority, &reply.additional];
        for record in sections.into_iter().flatten() {
            write_record(record, &mut out);
        }
        if let Some((_, flags)) = self.edns {
            out.push(0);
            out.extend(types::OPT.to_be_bytes());
            out.extend(OUR_PAYLOAD.to_be_bytes());
            out.extend([0, 0]);
            out.extend((flags & DNSSEC_OK).to_be_bytes());
            out.extend([0, 0]);
        }
        out
    }
}

fn write_record(record: &ResourceRecord, out: &mut Vec<u8>) {
    out.extend(record.owner.as_wire());
    out.extend(record.record_type.to_be_bytes());
    out.extend(1_u16.to_be_bytes());
    out.extend(record.ttl.to_be_bytes());
    let length = u16::try_from(record.rdata.len()).unwrap_or(u16::MAX);
    out.extend(length.to_be_bytes());
    out.extend(&record.rdata);
}
