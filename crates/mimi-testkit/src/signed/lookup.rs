//! What a recursive resolver with everything in its cache answers from these zones, checking nothing itself.

use mimi_name::DomainName;

use super::record::types;
use super::zone::{RecordSet, Zone};
use super::{ResourceRecord, SignedWorld};

/// The name does not exist.
pub(super) const NXDOMAIN: u16 = 3;
/// The server failed.
pub(super) const SERVFAIL: u16 = 2;

/// What is answered, before it is a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// The response code.
    pub rcode: u16,
    /// The answer section.
    pub answer: Vec<ResourceRecord>,
    /// The authority section.
    pub authority: Vec<ResourceRecord>,
    /// The additional section, EDNS apart.
    pub additional: Vec<ResourceRecord>,
    /// Whether nothing is sent at all.
    pub is_silent: bool,
}

impl Reply {
    /// Nothing but a response code.
    pub fn error(rcode: u16) -> Self {
        Self {
            rcode,
            ..Self::default()
        }
    }

    /// Takes what a condition holds for out of all sections.
    pub fn strip(&mut self, is_to_go: impl Fn(&ResourceRecord) -> bool) {
        for section in [&mut self.answer, &mut self.authority, &mut self.additional] {
            section.retain(|record| !is_to_go(record));
        }
    }

    fn add(&mut self, owner: &DomainName, record_type: u16, set: &RecordSet) {
        self.answer.extend(set.records(owner, record_type));
    }
}

/// What became of one name.
enum Step {
    Done,
    Alias(DomainName),
}

impl SignedWorld {
    /// What is answered to a question before anything is changed about it.
    pub fn look_up(&self, asked: &DomainName, record_type: u16) -> Reply {
        let mut reply = Reply::default();
        let mut here = asked.clone();
        for _ in 0..=self.longest_chain {
            let Some(zone) = self.zone_for(&here, record_type) else {
                return Reply::error(SERVFAIL);
            };
            if zone
                .cut_above(&here)
                .is_some_and(|cut| cut != here || record_type != types::DS)
            {
                // A child that nobody serves.
                return Reply::error(SERVFAIL);
            }
            match zone.step(&here, record_type, &mut reply) {
                Step::Done => break,
                Step::Alias(target) => here = target,
            }
        }
        reply
    }

    /// The zone that answers for a name: the parent for DS.
    pub fn zone_for(&self, name: &DomainName, record_type: u16) -> Option<&Zone> {
        let is_parents =
            |zone: &&Zone| record_type != types::DS || zone.apex != *name || name.is_root();
        self.zones
            .iter()
            .filter(|zone| name.is_within(&zone.apex))
            .filter(is_parents)
            .max_by_key(|zone| zone.apex.label_count())
    }
}

impl Zone {
    fn step(&self, name: &DomainName, record_type: u16, reply: &mut Reply) -> Step {
        if let Some(step) = self.dname_above(name, reply) {
            return step;
        }
        if self.has_name(name) {
            return self.at(name, name, record_type, reply, Vec::new());
        }
        let encloser = self.closest_encloser(name);
        let wildcard = encloser.prepend(b"*").unwrap_or_else(|_| encloser.clone());
        if self.has_name(&wildcard) {
            let proof = self.deny_exact_name(name);
            return self.at(&wildcard, name, record_type, reply, proof);
        }
        reply.rcode = NXDOMAIN;
        self.deny(reply, self.deny_name(name));
        Step::Done
    }

    /// Answers from the sets at `source`, which is the name itself or the wildcard in its place.
    fn at(
        &self,
        source: &DomainName,
        name: &DomainName,
        record_type: u16,
        reply: &mut Reply,
        proof: Vec<ResourceRecord>,
    ) -> Step {
        let proof = if self.is_signed { proof } else { Vec::new() };
        if let Some(set) = self.set(source, record_type) {
            reply.add(name, record_type, set);
            reply.authority.extend(proof);
            return Step::Done;
        }
        if let Some(set) = self.set(source, types::CNAME) {
            reply.add(name, types::CNAME, set);
            reply.authority.extend(proof);
            return alias(set).map_or(Step::Done, Step::Alias);
        }
        let denial = match source == name {
            true => self.deny_type(name),
            false => self.deny_wildcard_type(name, source),
        };
        self.deny(reply, denial);
        Step::Done
    }

    /// SOA and what proves the absence.
    fn deny(&self, reply: &mut Reply, proof: Vec<ResourceRecord>) {
        if let Some(set) = self.set(&self.apex, types::SOA) {
            reply.authority.extend(set.records(&self.apex, types::SOA));
        }
        if self.is_signed {
            reply.authority.extend(proof);
        }
    }

    fn dname_above(&self, name: &DomainName, reply: &mut Reply) -> Option<Step> {
        let mut above = name.parent()?;
        while above.is_within(&self.apex) {
            if let Some(set) = self.set(&above, types::DNAME) {
                reply.add(&above, types::DNAME, set);
                let target = alias(set)?;
                let surplus = name.label_count() - above.label_count();
                let labels = name.labels().take(surplus).chain(target.labels());
                let target = DomainName::from_labels(labels).ok()?;
                reply.answer.push(ResourceRecord {
                    owner: name.clone(),
                    record_type: types::CNAME,
                    ttl: set.ttl,
                    rdata: target.as_wire().to_vec(),
                });
                return Some(Step::Alias(target));
            }
            above = above.parent()?;
        }
        None
    }
}

fn alias(set: &RecordSet) -> Option<DomainName> {
    DomainName::from_wire(set.rdatas.first()?).ok()
}
