//! Why validation failed: the first break in the chain of trust, from the anchor down to the answer.
//!
//! An explanation only. Nothing is trusted because of what is found here.

use hickory_proto::dnssec::rdata::{DNSKEY, DNSSECRData, RRSIG};
use hickory_proto::dnssec::{TrustAnchors as Keys, Verifier};
use hickory_proto::rr::{DNSClass, LowerName, RData, Record as HickoryRecord};
use mimi_discovery::{BogusReason, Record, Response};
use mimi_name::DomainName;
use mimi_rr::hickory::to_hickory_name;

use super::evidence::Gathered;
use super::signature::{Signature, signatures_at};
use super::{limits, types};
use crate::convert::to_hickory_record;

/// The time as signatures count it (RFC 4034 §3.1.5): the low 32 bits.
pub(super) fn serial(unix_time: u64) -> u32 {
    let [_, _, _, _, low @ ..] = unix_time.to_be_bytes();
    u32::from_be_bytes(low)
}

/// A chain of trust that does not hold.
pub(super) struct Chain<'a> {
    pub(super) gathered: &'a Gathered,
    pub(super) keys: &'a Keys,
    pub(super) now: u32,
}

impl Chain<'_> {
    /// Where the chain to the records of one type at one name breaks first.
    pub(super) fn first_break(&self, name: &DomainName, record_type: u16) -> BogusReason {
        let mut zones: Vec<&DomainName> = self
            .gathered
            .responses
            .keys()
            .filter(|(_, asked)| *asked == types::DNSKEY)
            .map(|(zone, _)| zone)
            .collect();
        zones.sort_by_key(|zone| zone.label_count());
        zones
            .into_iter()
            .find_map(|zone| self.break_at_zone(zone))
            .or_else(|| self.break_at_absent_ds())
            .or_else(|| self.break_at_answer(name, record_type))
            .unwrap_or(BogusReason::Unexplained)
    }

    fn response(&self, name: &DomainName, record_type: u16) -> Option<&Response> {
        let answer = self.gathered.responses.get(&(name.clone(), record_type))?;
        answer.as_ref().as_ref().ok()
    }

    /// The DS records of a zone, and its keys.
    fn break_at_zone(&self, zone: &DomainName) -> Option<BogusReason> {
        let response = self.response(zone, types::DNSKEY)?;
        let keys = dnskeys(response, zone);
        let digests = self.response(zone, types::DS);
        if let Some(digests) = digests
            && has(&digests.answer, zone, types::DS)
        {
            if let Some(reason) = self.break_at_rrset(&digests.answer, zone, types::DS) {
                return Some(reason);
            }
            if keys.is_empty() {
                return Some(BogusReason::KeyMissing);
            }
            if !matches_digest(&digests.answer, zone, &keys) {
                return Some(BogusReason::DsMismatch);
            }
        } else if zone.is_root() && !keys.is_empty() {
            let root = LowerName::from(to_hickory_name(zone).ok()?);
            let is_trusted = |key: &DNSKEY| self.keys.contains_with_name(key.public_key(), &root);
            if !keys.iter().any(is_trusted) {
                return Some(BogusReason::NoTrustedKey);
            }
        }
        if keys.is_empty() {
            return zone.is_root().then_some(BogusReason::KeyMissing);
        }
        self.break_at_rrset(&response.answer, zone, types::DNSKEY)
    }

    /// A zone whose DS records are neither there nor proved absent.
    fn break_at_absent_ds(&self) -> Option<BogusReason> {
        let mut absent: Vec<&DomainName> = self
            .gathered
            .responses
            .keys()
            .filter(|(_, asked)| *asked == types::DS)
            .map(|(zone, _)| zone)
            .collect();
        absent.sort_by_key(|zone| zone.label_count());
        absent.into_iter().find_map(|zone| {
            let response = self.response(zone, types::DS)?;
            if has(&response.answer, zone, types::DS) {
                return None;
            }
            self.break_at_denial(response)
        })
    }

    fn break_at_answer(&self, name: &DomainName, record_type: u16) -> Option<BogusReason> {
        let response = self.response(name, record_type)?;
        if has(&response.answer, name, record_type) {
            let break_found = self.break_at_rrset(&response.answer, name, record_type);
            let is_wildcard = signatures_at(&response.answer, name, record_type)
                .any(|(_, signature)| signature.is_from_wildcard(name));
            break_found.or_else(|| is_wildcard.then(|| self.denial_reason(response)))
        } else {
            Some(self.denial_reason(response))
        }
    }

    fn denial_reason(&self, response: &Response) -> BogusReason {
        self.break_at_denial(response)
            .unwrap_or(BogusReason::DenialInvalid)
    }

    /// What is wrong with the signatures of a denial, or that there is none at all.
    fn break_at_denial(&self, response: &Response) -> Option<BogusReason> {
        let proofs = response
            .authority
            .iter()
            .filter(|record| matches!(record.record_type, types::NSEC | types::NSEC3));
        let mut proofs = proofs.take(limits::DENIAL_RRSETS).peekable();
        if proofs.peek().is_none() {
            return Some(BogusReason::DenialMissing);
        }
        proofs.find_map(|proof| {
            self.break_at_rrset(&response.authority, &proof.owner, proof.record_type)
        })
    }

    /// What is wrong with the signatures of one RRset; `None` when one of them holds.
    fn break_at_rrset(
        &self,
        section: &[Record],
        owner: &DomainName,
        record_type: u16,
    ) -> Option<BogusReason> {
        let all: Vec<_> = signatures_at(section, owner, record_type).collect();
        if all.is_empty() {
            return Some(BogusReason::SignatureMissing);
        }
        let mut left = all;
        left.retain(|(_, signature)| signature.may_belong(owner, record_type));
        if left.is_empty() {
            return Some(BogusReason::SignatureMalformed);
        }
        left.truncate(limits::SIGNATURES_OF_RRSET);
        if left.iter().all(|(_, one)| one.has_expired(self.now)) {
            return Some(BogusReason::SignatureExpired);
        }
        if left.iter().all(|(_, one)| one.is_not_yet_valid(self.now)) {
            return Some(BogusReason::SignatureNotYetValid);
        }
        let rrset: Vec<HickoryRecord> = section
            .iter()
            .filter(|record| record.record_type == record_type && record.owner == *owner)
            .filter_map(to_hickory_record)
            .collect();
        let mut reason = BogusReason::KeyMissing;
        for (record, signature) in left {
            match self.verifies(&rrset, record, &signature, owner) {
                Some(true) => return None,
                Some(false) => reason = BogusReason::SignatureInvalid,
                None => {}
            }
        }
        Some(reason)
    }

    /// Whether a signature verifies with a key of its zone; `None` when the zone has no such key.
    fn verifies(
        &self,
        rrset: &[HickoryRecord],
        record: &Record,
        signature: &Signature,
        owner: &DomainName,
    ) -> Option<bool> {
        let response = self.response(&signature.signer, types::DNSKEY)?;
        let name = to_hickory_name(owner).ok()?;
        let RData::DNSSEC(DNSSECRData::RRSIG(rrsig)) = to_hickory_record(record)?.data else {
            return None;
        };
        let in_time = !signature.has_expired(self.now) && !signature.is_not_yet_valid(self.now);
        let matching = dnskeys(response, &signature.signer);
        let matching = matching.iter().filter(|key| {
            key.zone_key()
                && !key.revoke()
                && u8::from(key.algorithm()) == signature.algorithm
                && key.calculate_key_tag().ok() == Some(signature.key_tag)
        });
        let verify = |key: &DNSKEY, rrsig: &RRSIG| {
            key.verify_rrsig(&name, DNSClass::IN, rrsig, rrset.iter())
                .is_ok()
        };
        let mut found = None;
        for key in matching.take(2) {
            if in_time && verify(key, &rrsig) {
                return Some(true);
            }
            found = Some(false);
        }
        found
    }
}

fn has(section: &[Record], owner: &DomainName, record_type: u16) -> bool {
    section
        .iter()
        .any(|record| record.record_type == record_type && record.owner == *owner)
}

/// The keys of a zone, within the limit that validation has.
fn dnskeys(response: &Response, zone: &DomainName) -> Vec<DNSKEY> {
    response
        .answer
        .iter()
        .filter(|record| record.record_type == types::DNSKEY && record.owner == *zone)
        .take(limits::KEYS)
        .filter_map(|record| match to_hickory_record(record)?.data {
            RData::DNSSEC(DNSSECRData::DNSKEY(key)) => Some(key),
            _ => None,
        })
        .collect()
}

fn matches_digest(section: &[Record], zone: &DomainName, keys: &[DNSKEY]) -> bool {
    let Ok(name) = to_hickory_name(zone) else {
        return false;
    };
    section
        .iter()
        .filter(|record| record.record_type == types::DS && record.owner == *zone)
        .take(limits::DIGESTS)
        .filter_map(to_hickory_record)
        .any(|record| match &record.data {
            RData::DNSSEC(DNSSECRData::DS(digest)) => keys
                .iter()
                .any(|key| digest.covers(&name, key).unwrap_or(false)),
            _ => false,
        })
}
