//! Trust anchors and whole zones as text, for programs that are not ours.

use std::fmt::Write;

use mimi_rr::rfc3597;

use super::zone::Zone;
use super::{ResourceRecord, SignedWorld, WorldError};

/// `. IN DNSKEY …` from the data of a DNSKEY.
pub(super) fn dnskey_line(rdata: &[u8]) -> String {
    let [high, low, protocol, algorithm, public @ ..] = rdata else {
        return String::new();
    };
    let flags = u16::from_be_bytes([*high, *low]);
    let public = base64(public);
    format!(". 3600 IN DNSKEY {flags} {protocol} {algorithm} {public}\n")
}

/// `. IN DS …` from the data of a DS.
pub(super) fn ds_line(rdata: &[u8]) -> String {
    let [high, low, algorithm, digest_type, digest @ ..] = rdata else {
        return String::new();
    };
    let tag = u16::from_be_bytes([*high, *low]);
    let mut line = format!(". 3600 IN DS {tag} {algorithm} {digest_type} ");
    for octet in digest {
        // A `String` takes whatever it is given.
        let _ = write!(line, "{octet:02X}");
    }
    line.push('\n');
    line
}

/// RFC 4648 §4.
fn base64(octets: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for group in octets.chunks(3) {
        let octet = |index: usize| u32::from(group.get(index).copied().unwrap_or_default());
        let bits = octet(0) << 16 | octet(1) << 8 | octet(2);
        for index in 0..4_usize {
            let digit = DIGITS.get((bits >> (18 - 6 * index) & 63) as usize);
            let is_there = index <= group.len();
            out.push(
                digit
                    .filter(|_| is_there)
                    .map_or('=', |digit| char::from(*digit)),
            );
        }
    }
    out
}

impl SignedWorld {
    /// A zone as a master file, every record in the form of RFC 3597, for programs that check signed zones.
    ///
    /// # Errors
    /// [`WorldError::NoSuchSet`] when there is no such zone.
    pub fn zone_text(&self, apex: &str) -> Result<String, WorldError> {
        let zone = self.zone(apex)?;
        let mut text = String::new();
        for record in zone.records() {
            let (owner, ttl, code) = (&record.owner, record.ttl, record.record_type);
            let data = rfc3597::to_text(&record.rdata);
            // A `String` takes whatever it is given.
            let _ = writeln!(text, "{owner} {ttl} IN TYPE{code} {data}");
        }
        Ok(text)
    }
}

impl Zone {
    /// Every record, SOA first.
    pub fn records(&self) -> Vec<ResourceRecord> {
        let mut records = Vec::new();
        for ((owner, record_type), set) in &self.sets {
            records.extend(set.records(owner, *record_type));
        }
        for (owner, set) in &self.hashed {
            records.extend(set.records(owner, super::types::NSEC3));
        }
        records.sort_by_key(|record| record.record_type != super::types::SOA);
        records
    }
}
