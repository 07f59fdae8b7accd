//! Why validation failed: the first break in the chain of trust, from the anchor down to the answer.
//!
//! Nothing is trusted because of what is found here: it explains a verdict, and in one case ([`Chain::rests_on_sha1`]) refuses what passed.

use hickory_proto::dnssec::rdata::{DNSKEY, DNSSECRData, DS, RRSIG};
use hickory_proto::dnssec::{DigestType, TrustAnchors as Keys, Verifier};
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

    /// Whether a zone was taken for its parent's by a SHA-1 digest although a better one is there and matches no key (RFC 4509 §3).
    pub(super) fn rests_on_sha1(&self) -> bool {
        self.gathered.responses.keys().any(|(zone, asked)| {
            *asked == types::DS
                && self.response(zone, types::DS).is_some_and(|response| {
                    let mut digests = digests(&response.answer, zone);
                    digests.retain(|digest| {
                        digest.digest_type() != DigestType::SHA1
                            && digest.digest_type().is_supported()
                            && digest.algorithm().is_supported()
                    });
                    let keys = self.response(zone, types::DNSKEY);
                    !digests.is_empty()
                        && keys.is_some_and(|keys| {
                            matching_keys(&digests, zone, &dnskeys(keys, zone)).is_empty()
                        })
                })
        })
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
            let vouched = self::digests(&digests.answer, zone);
            let vouched = matching_keys(&vouched, zone, &keys);
            let signs = |tag: &u16| {
                signatures_at(&response.answer, zone, types::DNSKEY)
                    .any(|(_, signature)| signature.key_tag == *tag)
            };
            let is_signed = signatures_at(&response.answer, zone, types::DNSKEY)
                .next()
                .is_some();
            if vouched.is_empty() || is_signed && !vouched.iter().any(signs) {
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
            // Its proof was no proof, or the zone would have been insecure.
            Some(self.denial_reason(response, zone))
        })
    }

    fn break_at_answer(&self, name: &DomainName, record_type: u16) -> Option<BogusReason> {
        let response = self.response(name, record_type)?;
        if has(&response.answer, name, record_type) {
            let break_found = self.break_at_rrset(&response.answer, name, record_type);
            let is_wildcard = signatures_at(&response.answer, name, record_type)
                .any(|(_, signature)| signature.is_from_wildcard(name));
            break_found.or_else(|| is_wildcard.then(|| self.denial_reason(response, name)))
        } else {
            Some(self.denial_reason(response, name))
        }
    }

    /// What is wrong with a denial of records at `name`.
    fn denial_reason(&self, response: &Response, name: &DomainName) -> BogusReason {
        let bears_on_name = |record: &Record| {
            let mut signatures =
                signatures_at(&response.authority, &record.owner, record.record_type).peekable();
            signatures.peek().is_none()
                || signatures.any(|(_, signature)| name.is_within(&signature.signer))
        };
        let proofs = response.authority.iter().filter(|record| {
            matches!(record.record_type, types::NSEC | types::NSEC3) && bears_on_name(record)
        });
        let mut proofs = proofs.take(limits::DENIAL_RRSETS).peekable();
        if proofs.peek().is_none() {
            return BogusReason::DenialMissing;
        }
        let soa = response
            .authority
            .iter()
            .find(|record| record.record_type == types::SOA && name.is_within(&record.owner));
        proofs
            .chain(soa)
            .find_map(|one| self.break_at_rrset(&response.authority, &one.owner, one.record_type))
            .unwrap_or(BogusReason::DenialInvalid)
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
        left.retain(|(_, one)| one.may_belong(owner, record_type) && one.is_supported());
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

/// The DS records of a zone, within the limit that validation has.
fn digests(section: &[Record], zone: &DomainName) -> Vec<DS> {
    section
        .iter()
        .filter(|record| record.record_type == types::DS && record.owner == *zone)
        .take(limits::DIGESTS)
        .filter_map(|record| match to_hickory_record(record)?.data {
            RData::DNSSEC(DNSSECRData::DS(digest)) => Some(digest),
            _ => None,
        })
        .collect()
}

/// The tags of the keys that the parent of a zone vouches for.
fn matching_keys(digests: &[DS], zone: &DomainName, keys: &[DNSKEY]) -> Vec<u16> {
    let Ok(name) = to_hickory_name(zone) else {
        return Vec::new();
    };
    let vouched = keys.iter().filter_map(|key| {
        let tag = key.calculate_key_tag().ok()?;
        let matches = |digest: &DS| {
            digest.key_tag() == tag
                && digest.algorithm() == key.algorithm()
                && digest.covers(&name, key).unwrap_or(false)
        };
        digests.iter().any(matches).then_some(tag)
    });
    vouched.collect()
}
