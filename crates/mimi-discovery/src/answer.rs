//! Reading one response for one name: which records count, where an alias leads, what is denied (D5, D37, D38, D58).

use alloc::vec::Vec;

use mimi_name::DomainName;

use crate::assurance::Proof;
use crate::message::{Record, Response, effective_ttl};
use crate::outcome::TemporaryFailure;

const CLASS_IN: u16 = 1;
const TYPE_CNAME: u16 = 5;
const TYPE_SOA: u16 = 6;
const TYPE_DNAME: u16 = 39;
const TYPE_RRSIG: u16 = 46;
const YXDOMAIN: u16 = 6;

/// One step along aliases.
pub(crate) struct Alias {
    pub(crate) target: DomainName,
    pub(crate) proof: Proof,
    pub(crate) ttl: u32,
}

/// The records of one type at one name.
pub(crate) fn rrset_at<'a>(
    response: &'a Response,
    name: &DomainName,
    record_type: u16,
) -> Vec<&'a Record> {
    let at_name = |record: &&Record| {
        record.class == CLASS_IN && record.record_type == record_type && record.owner == *name
    };
    response.answer.iter().filter(at_name).collect()
}

/// Where the answer section says that `name` leads, if it is an alias (RFC 1034 §3.6.2, RFC 6672 §3.2).
///
/// A DNAME goes before the CNAME that a server synthesises from it: only the DNAME is signed.
pub(crate) fn alias_at(
    response: &Response,
    name: &DomainName,
) -> Result<Option<Alias>, TemporaryFailure> {
    let above = |record: &&Record| {
        record.class == CLASS_IN
            && record.record_type == TYPE_DNAME
            && record.owner != *name
            && name.is_within(&record.owner)
    };
    if let Some(dname) = response.answer.iter().find(above) {
        let kept = name.label_count() - dname.owner.label_count();
        let target = target_of(dname)?;
        let target = DomainName::from_labels(name.labels().take(kept).chain(target.labels()))
            .map_err(|_| TemporaryFailure::ServerFailure { rcode: YXDOMAIN })?;
        return Ok(Some(alias(dname, target)));
    }
    let cnames = rrset_at(response, name, TYPE_CNAME);
    let Some((first, others)) = cnames.split_first() else {
        return Ok(None);
    };
    let target = target_of(first)?;
    for other in others {
        if target_of(other)? != target {
            return Err(TemporaryFailure::Malformed);
        }
    }
    Ok(Some(alias(first, target)))
}

fn target_of(record: &Record) -> Result<DomainName, TemporaryFailure> {
    DomainName::from_wire(&record.rdata).map_err(|_| TemporaryFailure::Malformed)
}

fn alias(record: &Record, target: DomainName) -> Alias {
    Alias {
        target,
        proof: record.proof,
        ttl: record.ttl,
    }
}

/// The seconds for which the authority section denies records at `name`, where it does so with an SOA (RFC 2308 §2.2, §5).
///
/// The SOA must be that of a zone which holds the name: another one says nothing about it.
pub(crate) fn denial_ttl(response: &Response, name: &DomainName) -> Option<u32> {
    let soa = response.authority.iter().find(|record| {
        record.class == CLASS_IN && record.record_type == TYPE_SOA && name.is_within(&record.owner)
    })?;
    let minimum = soa
        .rdata
        .last_chunk::<4>()
        .map(|octets| u32::from_be_bytes(*octets));
    let fields = [soa.ttl, minimum.unwrap_or(0)];
    fields.into_iter().map(effective_ttl).min()
}

/// Whether a signature shows that the records at `name` were made from a wildcard: it counts fewer labels (RFC 4034 §3.1.3, D38).
pub(crate) fn is_from_wildcard(response: &Response, name: &DomainName, record_type: u16) -> bool {
    let labels = name.labels().filter(|label| *label != b"*").count();
    rrset_at(response, name, TYPE_RRSIG)
        .iter()
        .any(|signature| {
            // Type covered (2 octets), algorithm (1), labels (1).
            match signature.rdata.as_slice() {
                [high, low, _, signed_labels, ..] => {
                    u16::from_be_bytes([*high, *low]) == record_type
                        && usize::from(*signed_labels) < labels
                }
                _ => false,
            }
        })
}
