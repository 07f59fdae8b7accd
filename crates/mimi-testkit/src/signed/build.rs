//! From a plan to signed zones: keys, what parents say of children, chains of denials, signatures.

use std::collections::BTreeMap;

use mimi_name::DomainName;

use super::plan::{Ds, Plan, Signing, ZonePlan};
use super::record::{TTL, data, types};
use super::signature::labels_of;
use super::zone::{Denial, RecordSet, Zone};
use super::{Key, Signature, WorldError};

/// The zones of a plan, signed.
pub(super) fn zones(plan: &mut Plan) -> Result<Vec<Zone>, WorldError> {
    let mut zones = Vec::new();
    for zone in &plan.zones {
        zones.push(unsigned(zone, plan.now)?);
    }
    let mut delegations = Vec::new();
    for (zone, plan) in zones.iter().zip(&plan.zones) {
        let ds = match (&plan.ds, zone.keys.first()) {
            (Ds::Sound, Some(key)) => vec![key.ds(&zone.apex)?],
            (Ds::Records(records), _) => records.clone(),
            _ => Vec::new(),
        };
        delegations.push((zone.apex.clone(), ds));
    }
    for (child, ds) in delegations {
        let is_above = |zone: &&mut Zone| zone.apex != child && child.is_within(&zone.apex);
        let parents = zones.iter_mut().filter(is_above);
        if let Some(parent) = parents.max_by_key(|zone| zone.apex.label_count()) {
            let apex = child.to_string();
            add(parent, &child, types::NS, server_of(&apex));
            for rdata in ds {
                add(parent, &child, types::DS, rdata);
            }
        }
    }
    for zone in zones.iter_mut().filter(|zone| zone.is_signed) {
        zone.chain();
        zone.sign_all()?;
    }
    Ok(zones)
}

fn unsigned(plan: &ZonePlan, now: u32) -> Result<Zone, WorldError> {
    let unsigned = Signing::default();
    let signing = plan.signing.as_ref().unwrap_or(&unsigned);
    let at = |seconds: i64| u32::try_from(i64::from(now) + seconds).unwrap_or_default();
    let mut zone = Zone {
        apex: plan.apex.clone(),
        is_signed: plan.signing.is_some(),
        denial: signing.denial.clone(),
        sets: BTreeMap::new(),
        hashed: BTreeMap::new(),
        keys: Vec::new(),
        inception: at(signing.inception),
        expiration: at(signing.expiration),
    };
    let apex = &plan.apex;
    let text = apex.to_string();
    add(&mut zone, apex, types::SOA, data::soa(&text));
    add(&mut zone, apex, types::NS, server_of(&text));
    for record in &plan.records {
        add(
            &mut zone,
            &record.owner,
            record.record_type,
            record.rdata.clone(),
        );
    }
    if plan.signing.is_some() {
        zone.keys.push(Key::generate(signing.algorithm, 257)?);
        if !signing.single_key {
            zone.keys.push(Key::generate(signing.algorithm, 256)?);
        }
        let keys: Vec<Vec<u8>> = zone.keys.iter().map(Key::rdata).collect();
        for rdata in keys.into_iter().chain(signing.further_keys.clone()) {
            add(&mut zone, apex, types::DNSKEY, rdata);
        }
        if let Denial::Nsec3(hashing) = &signing.denial {
            add(&mut zone, apex, types::NSEC3PARAM, hashing.parameters(0));
        }
    }
    Ok(zone)
}

/// The data of the one NS record of a zone. Nobody ever asks that server: the world answers for all of them.
fn server_of(apex: &str) -> Vec<u8> {
    let host = if apex == "." { "ns." } else { "ns.invalid." };
    data::target(host)
}

fn add(zone: &mut Zone, owner: &DomainName, record_type: u16, rdata: Vec<u8>) {
    let set = zone.sets.entry((owner.clone(), record_type));
    let set = set.or_default();
    set.ttl = TTL;
    set.rdatas.push(rdata);
}

impl Zone {
    /// The key that signs sets of this type; `None` in a zone without keys.
    pub fn key_for(&self, record_type: u16) -> Option<&Key> {
        match record_type {
            types::DNSKEY => self.keys.first(),
            _ => self.keys.last(),
        }
    }

    /// What a sound signature over a set of this zone says.
    pub fn signature(
        &self,
        owner: &DomainName,
        record_type: u16,
        set: &RecordSet,
    ) -> Option<Signature> {
        let key = self.key_for(record_type)?;
        Some(Signature {
            covered: record_type,
            algorithm: key.algorithm,
            labels: labels_of(owner),
            original_ttl: set.ttl,
            expiration: self.expiration,
            inception: self.inception,
            tag: key.tag(),
            signer: self.apex.clone(),
        })
    }

    /// Signs a set soundly, in place of what signed it.
    ///
    /// # Errors
    /// [`WorldError::Key`] when there is no signature to be had.
    pub fn sign(
        &self,
        owner: &DomainName,
        record_type: u16,
        set: &mut RecordSet,
    ) -> Result<(), WorldError> {
        let signature = self.signature(owner, record_type, set);
        if let (Some(signature), Some(key)) = (signature, self.key_for(record_type)) {
            set.signatures = vec![signature.sign(owner, set, key)?];
        }
        Ok(())
    }

    fn sign_all(&mut self) -> Result<(), WorldError> {
        let mut sets = self.sets.clone();
        for ((owner, record_type), set) in &mut sets {
            if self.is_signed_here(owner, *record_type) {
                self.sign(owner, *record_type, set)?;
            }
        }
        self.sets = sets;
        let mut hashed = self.hashed.clone();
        for (owner, set) in &mut hashed {
            self.sign(owner, types::NSEC3, set)?;
        }
        self.hashed = hashed;
        Ok(())
    }

    /// Whether a set is the zone's own: at a cut only what the parent answers for.
    pub(super) fn is_signed_here(&self, owner: &DomainName, record_type: u16) -> bool {
        match self.cut_above(owner) {
            None => true,
            Some(cut) => cut == *owner && matches!(record_type, types::DS | types::NSEC),
        }
    }
}
