//! Trust anchors: the keys, or digests of keys, where every chain of trust begins.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;

use hickory_proto::dnssec::rdata::{DNSSECRData, DS};
use hickory_proto::dnssec::{TrustAnchors as Keys, Verifier};
use hickory_proto::rr::{LowerName, Name, RData, Record as HickoryRecord};
use mimi_discovery::{Proof, Record};
use mimi_name::DomainName;

use super::types;
use crate::convert::to_hickory_record;

/// Where trust begins: keys of the root, or of other zones.
///
/// A zone with several anchors needs one of them to match.
#[derive(Clone)]
pub struct TrustAnchors {
    pub(super) keys: Keys,
    digests: Vec<(Name, DS)>,
    count: usize,
}

impl TrustAnchors {
    /// No anchor. Everything is bogus until one is added.
    pub fn none() -> Self {
        Self {
            keys: Keys::empty(),
            digests: Vec::new(),
            count: 0,
        }
    }

    /// The keys of the root zone as IANA publishes them: KSK-2017 (tag 20326) and KSK-2024 (tag 38696).
    pub fn root() -> Self {
        let keys = Keys::default();
        Self {
            count: keys.len(),
            keys,
            digests: Vec::new(),
        }
    }

    /// The zones of which digests are known, each once.
    pub(super) fn zones_of_digests(&self) -> BTreeSet<&Name> {
        self.digests.iter().map(|(zone, _)| zone).collect()
    }

    /// Adds to `keys` every key of `zone` that one of its digests matches.
    pub(super) fn add_matching(&self, zone: &Name, records: &[HickoryRecord], keys: &mut Keys) {
        for record in records {
            let RData::DNSSEC(DNSSECRData::DNSKEY(key)) = &record.data else {
                continue;
            };
            let matches = |(name, digest): &(Name, DS)| {
                name == zone && digest.covers(zone, key).unwrap_or(false)
            };
            if self.digests.iter().any(matches) {
                keys.insert_with_name(key.public_key(), LowerName::from(zone.clone()));
            }
        }
    }

    /// Adds the RDATA of a DNSKEY record of `zone` (RFC 4034 §2.1).
    ///
    /// # Errors
    /// [`TrustAnchorError`] when it is no key that could sign a zone.
    pub fn add_key(&mut self, zone: &DomainName, rdata: &[u8]) -> Result<(), TrustAnchorError> {
        let decoded = decode(zone, types::DNSKEY, rdata);
        let Some((name, DNSSECRData::DNSKEY(key))) = decoded else {
            return Err(TrustAnchorError::NotAKey);
        };
        if !key.zone_key() {
            return Err(TrustAnchorError::NotAZoneKey);
        }
        if key.revoke() {
            return Err(TrustAnchorError::Revoked);
        }
        let algorithm = u8::from(key.algorithm());
        if !key.algorithm().is_supported() {
            return Err(TrustAnchorError::UnsupportedAlgorithm(algorithm));
        }
        // A key that cannot be read could never verify anything.
        key.key().map_err(|_| TrustAnchorError::NotAKey)?;
        self.keys
            .insert_with_name(key.public_key(), LowerName::from(name));
        self.count += 1;
        Ok(())
    }

    /// Adds the RDATA of a DS record of `zone` (RFC 4034 §5.1): the digest of a key.
    ///
    /// # Errors
    /// [`TrustAnchorError`] when it is no digest that could be compared.
    pub fn add_digest(&mut self, zone: &DomainName, rdata: &[u8]) -> Result<(), TrustAnchorError> {
        let Some((name, DNSSECRData::DS(digest))) = decode(zone, types::DS, rdata) else {
            return Err(TrustAnchorError::NotADigest);
        };
        if !digest.algorithm().is_supported() {
            return Err(TrustAnchorError::UnsupportedAlgorithm(u8::from(
                digest.algorithm(),
            )));
        }
        if !digest.digest_type().is_supported() {
            return Err(TrustAnchorError::UnsupportedDigest(u8::from(
                digest.digest_type(),
            )));
        }
        self.digests.push((name, digest));
        self.count += 1;
        Ok(())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

/// Reads record data of one type.
fn decode(zone: &DomainName, record_type: u16, rdata: &[u8]) -> Option<(Name, DNSSECRData)> {
    let record = to_hickory_record(&Record {
        owner: zone.clone(),
        class: 1,
        record_type,
        ttl: 0,
        rdata: rdata.to_vec(),
        proof: Proof::Unchecked,
    })?;
    match record.data {
        RData::DNSSEC(data) => Some((record.name, data)),
        _ => None,
    }
}

/// Why record data cannot be a trust anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TrustAnchorError {
    /// Not the RDATA of a DNSKEY record with a usable public key.
    NotAKey,
    /// Not the RDATA of a DS record.
    NotADigest,
    /// A DNSKEY without the zone key flag (RFC 4034 §2.1.1).
    NotAZoneKey,
    /// A DNSKEY with the revoke flag (RFC 5011 §2.1).
    Revoked,
    /// An algorithm that is not validated here.
    UnsupportedAlgorithm(u8),
    /// A digest type that is not compared here.
    UnsupportedDigest(u8),
}

impl fmt::Display for TrustAnchorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAKey => f.write_str("expected a DNSKEY record with a public key"),
            Self::NotADigest => f.write_str("expected a DS record"),
            Self::NotAZoneKey => {
                f.write_str("expected a zone key: its flags are 256 or 257, not less than 256")
            }
            Self::Revoked => f.write_str("the key is revoked: its owner wants nobody to trust it"),
            Self::UnsupportedAlgorithm(code) => write!(
                f,
                "expected an algorithm that is validated here (8, 10, 13, 14 or 15), found {code}"
            ),
            Self::UnsupportedDigest(code) => {
                write!(f, "expected digest type 2 or 4, found {code}")
            }
        }
    }
}

impl Error for TrustAnchorError {}
