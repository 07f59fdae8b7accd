//! Chains of denials, and which of their records prove what.

use std::collections::BTreeSet;

use hickory_proto::dnssec::DigestType;
use hickory_proto::dnssec::crypto::Digest;
use mimi_name::DomainName;

use super::ResourceRecord;
use super::record::{data, types};
use super::zone::{Denial, Nsec3, RecordSet, Zone};

/// Seconds that a denial may be kept.
const TTL: u32 = 300;

impl Nsec3 {
    /// The hash of a name (RFC 5155 §5).
    pub fn hash(&self, name: &DomainName) -> Vec<u8> {
        let name = name.to_lowercase();
        let digest = Digest::iterated(
            &self.salt,
            name.as_wire(),
            DigestType::SHA1,
            self.iterations,
        );
        digest.map_or_else(|_| Vec::new(), |digest| digest.as_ref().to_vec())
    }

    /// The owner of the NSEC3 of a name.
    pub fn owner(&self, name: &DomainName, apex: &DomainName) -> DomainName {
        let label = base32hex(&self.hash(name));
        // 32 octets more than the apex, which is short.
        apex.prepend(label.as_bytes())
            .unwrap_or_else(|_| apex.clone())
    }

    /// The front of NSEC3, or the whole of NSEC3PARAM.
    pub fn parameters(&self, flags: u8) -> Vec<u8> {
        let mut rdata = vec![1, flags];
        rdata.extend(self.iterations.to_be_bytes());
        rdata.push(u8::try_from(self.salt.len()).unwrap_or(u8::MAX));
        rdata.extend(&self.salt);
        rdata
    }

    /// NSEC3.
    pub fn rdata(&self, next: &[u8], types: &[u16]) -> Vec<u8> {
        let mut rdata = self.parameters(u8::from(self.opt_out));
        rdata.push(u8::try_from(next.len()).unwrap_or(u8::MAX));
        rdata.extend(next);
        if !types.is_empty() {
            rdata.extend(data::bitmap(types));
        }
        rdata
    }
}

/// RFC 4648 §7, in lower case.
fn base32hex(octets: &[u8]) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";
    let mut out = String::new();
    let (mut bits, mut count) = (0_u32, 0);
    for octet in octets {
        bits = bits << 8 | u32::from(*octet);
        count += 8;
        while count >= 5 {
            count -= 5;
            let digit = (bits >> count & 31) as usize;
            out.extend(DIGITS.get(digit).map(|digit| char::from(*digit)));
        }
    }
    out
}

impl Zone {
    /// Makes the chain anew, unsigned.
    pub(super) fn chain(&mut self) {
        match self.denial.clone() {
            Denial::Nsec => self.chain_names(),
            Denial::Nsec3(hashing) => self.chain_hashes(&hashing),
        }
    }

    fn chain_names(&mut self) {
        let names = self.chained_names();
        let nexts = names.iter().cycle().skip(1);
        for (owner, next) in names.iter().zip(nexts) {
            let mut present = self.denied_types(owner);
            present.extend([types::NSEC, types::RRSIG]);
            let rdata = data::nsec(&next.to_string(), &present);
            self.sets.insert((owner.clone(), types::NSEC), fresh(rdata));
        }
    }

    fn chain_hashes(&mut self, hashing: &Nsec3) {
        let mut names = BTreeSet::new();
        for owner in self.chained_names() {
            let is_cut = self.cut_above(&owner).is_some();
            if is_cut && hashing.opt_out && self.set(&owner, types::DS).is_none() {
                continue;
            }
            let mut here = Some(owner);
            while let Some(at) = here.filter(|at| at.is_within(&self.apex)) {
                here = at.parent();
                names.insert(at);
            }
        }
        let mut hashes: Vec<_> = names
            .iter()
            .map(|name| (hashing.hash(name), name))
            .collect();
        hashes.sort();
        let nexts = hashes.iter().cycle().skip(1);
        for ((_, owner), (next, _)) in hashes.iter().zip(nexts) {
            let mut present = self.denied_types(owner);
            let signed = |code: &u16| self.is_signed_here(owner, *code);
            if present.iter().any(signed) {
                present.push(types::RRSIG);
            }
            let set = fresh(hashing.rdata(next, &present));
            self.hashed.insert(hashing.owner(owner, &self.apex), set);
        }
    }

    /// The types that the bitmap of a name shows, its own type and RRSIG apart: at a cut only the parent's.
    fn denied_types(&self, owner: &DomainName) -> Vec<u16> {
        let is_cut = self.cut_above(owner).is_some();
        let mut present = self.types_at(owner);
        present.retain(|code| !is_cut || matches!(*code, types::NS | types::DS));
        present
    }

    /// The record that speaks of exactly this name, with its signatures.
    pub fn matching(&self, name: &DomainName) -> Vec<ResourceRecord> {
        match &self.denial {
            Denial::Nsec => {
                let set = self.set(name, types::NSEC);
                set.map_or_else(Vec::new, |set| set.records(name, types::NSEC))
            }
            Denial::Nsec3(hashing) => {
                let owner = hashing.owner(name, &self.apex);
                let set = self.hashed.get(&owner);
                set.map_or_else(Vec::new, |set| set.records(&owner, types::NSEC3))
            }
        }
    }

    /// The record into whose gap this name falls, with its signatures.
    pub fn covering(&self, name: &DomainName) -> Vec<ResourceRecord> {
        match &self.denial {
            Denial::Nsec => {
                let before = self.sets.range(..(name.clone(), 0)).rev();
                let mut before = before.filter(|((_, code), _)| *code == types::NSEC);
                let found = before.next();
                found.map_or_else(Vec::new, |((owner, _), set)| {
                    set.records(owner, types::NSEC)
                })
            }
            Denial::Nsec3(hashing) => {
                let hash = hashing.owner(name, &self.apex);
                let before = self.hashed.range(..hash).next_back();
                // Below the first hash is the gap behind the last one.
                let found = before.or_else(|| self.hashed.last_key_value());
                found.map_or_else(Vec::new, |(owner, set)| set.records(owner, types::NSEC3))
            }
        }
    }

    /// The longest name at or above this one that exists.
    pub fn closest_encloser(&self, name: &DomainName) -> DomainName {
        let mut here = name.clone();
        while !self.has_name(&here) && here != self.apex {
            here = here.parent().unwrap_or_else(DomainName::root);
        }
        here
    }

    /// That a name which exists lacks a type.
    pub(super) fn deny_type(&self, name: &DomainName) -> Vec<ResourceRecord> {
        let matching = self.matching(name);
        if !matching.is_empty() {
            return matching;
        }
        match &self.denial {
            // Nothing stands at the name itself, only below it.
            Denial::Nsec => self.covering(name),
            // A delegation that was left out.
            Denial::Nsec3(hashing) => {
                let mut encloser = name.clone();
                let mut next = name.clone();
                while self.matching(&encloser).is_empty() && encloser != self.apex {
                    next = encloser.clone();
                    encloser = encloser.parent().unwrap_or_else(DomainName::root);
                }
                debug_assert!(hashing.opt_out, "{name} is in no chain");
                [self.matching(&encloser), self.covering(&next)].concat()
            }
        }
    }

    /// That a name does not exist, and no wildcard answers for it.
    pub(super) fn deny_name(&self, name: &DomainName) -> Vec<ResourceRecord> {
        let encloser = self.closest_encloser(name);
        let wildcard = encloser.prepend(b"*").unwrap_or_else(|_| encloser.clone());
        let mut proof = self.deny_exact_name(name);
        proof.extend(self.covering(&wildcard));
        if matches!(self.denial, Denial::Nsec3(_)) {
            proof.extend(self.matching(&encloser));
        }
        once_each(proof)
    }

    /// That a name itself does not exist, though a wildcard may answer for it.
    pub(super) fn deny_exact_name(&self, name: &DomainName) -> Vec<ResourceRecord> {
        match self.denial {
            Denial::Nsec => self.covering(name),
            Denial::Nsec3(_) => {
                let encloser = self.closest_encloser(name);
                let surplus = name.label_count() - encloser.label_count() - 1;
                let next = DomainName::from_labels(name.labels().skip(surplus));
                self.covering(&next.unwrap_or_else(|_| name.clone()))
            }
        }
    }

    /// That the wildcard which answers for a name lacks a type.
    pub(super) fn deny_wildcard_type(
        &self,
        name: &DomainName,
        wildcard: &DomainName,
    ) -> Vec<ResourceRecord> {
        let mut proof = self.deny_exact_name(name);
        proof.extend(self.deny_type(wildcard));
        if matches!(self.denial, Denial::Nsec3(_)) {
            proof.extend(self.matching(&self.closest_encloser(name)));
        }
        once_each(proof)
    }
}

fn fresh(rdata: Vec<u8>) -> RecordSet {
    RecordSet {
        ttl: TTL,
        rdatas: vec![rdata],
        signatures: Vec::new(),
    }
}

fn once_each(records: Vec<ResourceRecord>) -> Vec<ResourceRecord> {
    let mut kept: Vec<ResourceRecord> = Vec::new();
    for record in records {
        if !kept.contains(&record) {
            kept.push(record);
        }
    }
    kept
}
