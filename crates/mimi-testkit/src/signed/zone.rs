//! One zone with its signatures and its chain of denials.

use std::collections::BTreeMap;

use mimi_name::DomainName;

use super::record::types;
use super::{Key, ResourceRecord};

/// The records of one name and type, with what signs them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordSet {
    /// Seconds.
    pub ttl: u32,
    /// The data of each record.
    pub rdatas: Vec<Vec<u8>>,
    /// The data of each RRSIG.
    pub signatures: Vec<Vec<u8>>,
}

impl RecordSet {
    /// The records, then their signatures, all of this owner.
    pub fn records(&self, owner: &DomainName, record_type: u16) -> Vec<ResourceRecord> {
        let record = |record_type: u16, rdata: &Vec<u8>| ResourceRecord {
            owner: owner.clone(),
            record_type,
            ttl: self.ttl,
            rdata: rdata.clone(),
        };
        let signatures = self.signatures.iter();
        self.rdatas
            .iter()
            .map(|rdata| record(record_type, rdata))
            .chain(signatures.map(|rdata| record(types::RRSIG, rdata)))
            .collect()
    }
}

/// How a zone says what it does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denial {
    /// NSEC (RFC 4034).
    Nsec,
    /// NSEC3 (RFC 5155).
    Nsec3(Nsec3),
}

/// How names are hashed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nsec3 {
    /// Rounds after the first.
    pub iterations: u16,
    /// The salt.
    pub salt: Vec<u8>,
    /// Whether unsigned delegations are left out of the chain, and every record says so.
    pub opt_out: bool,
}

/// A zone as it is served.
#[derive(Debug)]
pub struct Zone {
    /// Its name.
    pub apex: DomainName,
    /// Whether it is signed.
    pub is_signed: bool,
    /// How it denies.
    pub denial: Denial,
    /// Everything but NSEC3, by owner in canonical order.
    pub sets: BTreeMap<(DomainName, u16), RecordSet>,
    /// NSEC3, by owner, which is the order of the hashes.
    pub hashed: BTreeMap<DomainName, RecordSet>,
    /// The first signs keys; the last signs everything else.
    pub keys: Vec<Key>,
    /// From when its signatures hold, in seconds since 1970.
    pub inception: u32,
    /// Until when.
    pub expiration: u32,
}

impl Zone {
    /// The set of this name and type.
    pub fn set(&self, owner: &DomainName, record_type: u16) -> Option<&RecordSet> {
        self.sets.get(&(owner.clone(), record_type))
    }

    /// The types at a name.
    pub fn types_at(&self, owner: &DomainName) -> Vec<u16> {
        self.sets
            .range((owner.clone(), 0)..=(owner.clone(), u16::MAX))
            .map(|((_, record_type), _)| *record_type)
            .collect()
    }

    /// Whether there is anything at a name or below it.
    pub fn has_name(&self, owner: &DomainName) -> bool {
        let mut from_here = self.sets.range((owner.clone(), 0)..);
        from_here
            .next()
            .is_some_and(|((found, _), _)| found.is_within(owner))
    }

    /// The cut at a name or above it, inside this zone.
    pub fn cut_above(&self, owner: &DomainName) -> Option<DomainName> {
        let mut found = None;
        let mut here = Some(owner.clone());
        while let Some(at) = here.filter(|at| *at != self.apex && at.is_within(&self.apex)) {
            if self.set(&at, types::NS).is_some() {
                found = Some(at.clone());
            }
            here = at.parent();
        }
        found
    }

    /// The names that a chain of denials goes through: those with data of the zone's own, and cuts.
    pub fn chained_names(&self) -> Vec<DomainName> {
        let mut names: Vec<DomainName> = Vec::new();
        for (owner, _) in self.sets.keys() {
            let is_below_cut = self.cut_above(owner).is_some_and(|cut| cut != *owner);
            if names.last() != Some(owner) && !is_below_cut {
                names.push(owner.clone());
            }
        }
        names
    }
}
