//! Loading, second half: records to zones, with every record that cannot be served told apart.
//!
//! The order of files and of records does not matter: all are sorted before any choice is made.

use std::sync::Arc;

use mimi_name::DomainName;
use mimi_rr::TypeCodes;

use crate::gather::{Gathered, Gathering};
use crate::problem::{LoadProblem, LoadProblemKind};
use crate::record::{Rrset, types};
use crate::zone::{Node, Zone};
use crate::zone_set::ZoneSet;

/// What of a message is left for an answer over TCP: 65535 octets without the header, the longest question and an OPT record.
const MAX_RRSET_LENGTH: usize = 65535 - 12 - (DomainName::MAX_LENGTH + 4) - 11;

/// hickory compresses no more than this many names in a message; owners after them are written out.
const COMPRESSED_NAMES: usize = 120;

/// The SOA of the implied zone: `. . 1 3600 600 86400 60`. Absences are to be forgotten soon, the file may change.
const IMPLIED_SOA: &[u8] = &[
    0, 0, 0, 0, 0, 1, 0, 0, 0x0E, 0x10, 0, 0, 2, 0x58, 0, 1, 0x51, 0x80, 0, 0, 0, 60,
];
const IMPLIED_SOA_TTL: u32 = 60;

impl ZoneSet {
    /// Loads master files, each with a label for messages, such as its path.
    ///
    /// Every owner of an SOA record is an apex, in whichever file, and a record belongs to the zone with the longest matching one.
    /// Records outside of every zone go to an implied zone at the root. Duplicates are dropped in silence; everything else that is
    /// not served is among the problems, which are sorted by label and place.
    pub fn load<L: Into<Arc<str>>, O: AsRef<[u8]>>(
        files: impl IntoIterator<Item = (L, O)>,
        codes: TypeCodes,
    ) -> (Self, Vec<LoadProblem>) {
        let mut gathering = Gathering::default();
        for (source, octets) in files {
            gathering.add(source.into(), octets.as_ref(), codes);
        }
        let mut loader = Loader {
            zones: Self::default(),
            problems: gathering.problems,
        };
        loader.load(gathering.records);
        let Loader {
            zones,
            mut problems,
        } = loader;
        problems.sort_by(|a, b| place_order(a).cmp(&place_order(b)));
        (zones, problems)
    }
}

/// By file and place; what concerns all files comes last.
fn place_order(problem: &LoadProblem) -> (bool, Option<(&str, usize)>) {
    let place = problem.place.as_ref();
    (
        place.is_none(),
        place.map(|place| (&*place.source, place.span.start)),
    )
}

struct Loader {
    zones: ZoneSet,
    problems: Vec<LoadProblem>,
}

impl Loader {
    fn load(&mut self, mut records: Vec<Gathered>) {
        // Any order will do that puts equal names together; this one is cheaper than the canonical one.
        records.sort_by(|a, b| {
            folded(&a.owner)
                .cmp(folded(&b.owner))
                .then(a.record_type.cmp(&b.record_type))
                .then_with(|| a.rdata.cmp(&b.rdata))
                .then_with(|| a.origin.cmp(&b.origin))
        });
        for record in records.iter().filter(|r| r.record_type == types::SOA) {
            self.add_zone(&record.owner, false);
        }
        self.imply_zone(&records);
        for rrset in records.chunk_by(|a, b| a.owner == b.owner && a.record_type == b.record_type) {
            self.add_rrset(rrset);
        }
        self.connect_zones();
        for record in &records {
            if let Some(kind) = self.hidden(record) {
                self.problems.push(record.origin.problem(kind));
            }
        }
    }

    fn add_zone(&mut self, apex: &DomainName, implied: bool) {
        let zone = || Zone::new(apex.clone(), implied);
        self.zones.zones.entry(apex.clone()).or_insert_with(zone);
    }

    /// Makes up a zone at the root for records that are in none.
    fn imply_zone(&mut self, records: &[Gathered]) {
        let outside = |record: &&Gathered| self.zones.zone_for(&record.owner, 0).is_none();
        let records = records.iter().filter(outside).count();
        if records == 0 {
            return;
        }
        let root = DomainName::root();
        self.add_zone(&root, true);
        self.insert(
            &root,
            Rrset {
                record_type: types::SOA,
                ttl: IMPLIED_SOA_TTL,
                rdata: vec![IMPLIED_SOA.to_vec()],
            },
        );
        self.problems.push(LoadProblem {
            place: None,
            kind: LoadProblemKind::ImpliedZone { records },
        });
    }

    /// Adds the records of one owner and type, which are sorted.
    fn add_rrset(&mut self, records: &[Gathered]) {
        let Some(first) = records.first() else {
            return;
        };
        let record_type = first.record_type;
        let is_cut = matches!(record_type, types::NS | types::DNAME);
        if is_cut && first.owner.labels().next() == Some(b"*") {
            let kind = LoadProblemKind::AtWildcard { record_type };
            self.report_all(records, &kind);
            return;
        }
        let mut rrset = Rrset {
            record_type,
            ttl: records.iter().map(|r| r.ttl).min().unwrap_or(0),
            rdata: Vec::with_capacity(records.len()),
        };
        let alone = matches!(record_type, types::SOA | types::CNAME | types::DNAME);
        for record in records {
            if rrset.rdata.last() == Some(&record.rdata) {
                continue;
            }
            if alone && !rrset.rdata.is_empty() {
                let kind = LoadProblemKind::NotAlone { record_type };
                self.problems.push(record.origin.problem(kind));
                continue;
            }
            rrset.rdata.push(record.rdata.clone());
        }
        if let Some(other) = records.iter().find(|record| record.ttl != rrset.ttl) {
            let kind = LoadProblemKind::TtlMismatch { served: rrset.ttl };
            self.problems.push(other.origin.problem(kind));
        }
        let octets = length_in_message(&first.owner, &rrset);
        if octets > MAX_RRSET_LENGTH {
            let kind = LoadProblemKind::RrsetTooLarge { octets };
            self.problems.push(first.origin.problem(kind));
        }
        self.insert(&first.owner, rrset);
    }

    fn report_all(&mut self, records: &[Gathered], kind: &LoadProblemKind) {
        let problems = records.iter().map(|r| r.origin.problem(kind.clone()));
        self.problems.extend(problems);
    }

    fn insert(&mut self, owner: &DomainName, rrset: Rrset) {
        // Where there is no zone above an apex, its DS records stay with it: nobody else could hold them.
        let apex = self
            .zones
            .zone_for(owner, rrset.record_type)
            .map(|zone| zone.apex.clone());
        let Some(zone) = apex.and_then(|apex| self.zones.zones.get_mut(&apex)) else {
            return;
        };
        existing_node(zone, owner).rrsets.push(rrset);
    }

    /// Makes each apex exist in the zone above it, which answers for its DS records.
    fn connect_zones(&mut self) {
        let apexes: Vec<DomainName> = self.zones.zones.keys().cloned().collect();
        for apex in apexes {
            let above = self.zones.zone_for(&apex, types::DS);
            let above = above.map(|zone| zone.apex.clone());
            if let Some(zone) = above.and_then(|above| self.zones.zones.get_mut(&above)) {
                existing_node(zone, &apex);
            }
        }
    }

    /// Why a record that was loaded is not served, if it is not.
    fn hidden(&self, record: &Gathered) -> Option<LoadProblemKind> {
        let (owner, record_type) = (&record.owner, record.record_type);
        let zone = self.zones.zone_for(owner, record_type)?;
        let is_glue = matches!(record_type, types::A | types::AAAA);
        let mut ancestor = Some(owner.clone());
        while let Some(name) = ancestor {
            let is_owner = &name == owner;
            let is_apex = name == zone.apex;
            if let Some(node) = zone.nodes.get(&name) {
                let is_cut = !is_apex && node.rrset(types::NS).is_some();
                let at_cut = matches!(
                    record_type,
                    types::NS | types::DS | types::NSEC | types::RRSIG
                );
                if is_cut && !is_glue && !(is_owner && at_cut) {
                    return Some(LoadProblemKind::Occluded { by: name });
                }
                if !is_owner && node.rrset(types::DNAME).is_some() {
                    return Some(LoadProblemKind::Occluded { by: name });
                }
                let beside_alias =
                    !matches!(record_type, types::CNAME | types::NSEC | types::RRSIG);
                if is_owner && beside_alias && node.rrset(types::CNAME).is_some() {
                    return Some(LoadProblemKind::BesideAlias { record_type });
                }
            }
            if is_apex {
                return None;
            }
            ancestor = name.parent();
        }
        None
    }
}

/// The octets of a name as they are compared. Length octets are below all letters, so folding leaves them alone.
fn folded(name: &DomainName) -> impl Iterator<Item = u8> {
    name.as_wire().iter().map(u8::to_ascii_lowercase)
}

/// The octets that an RRset takes in an answer.
fn length_in_message(owner: &DomainName, rrset: &Rrset) -> usize {
    // Type, class, TTL, RDLENGTH.
    let records: usize = rrset.rdata.iter().map(|rdata| 10 + rdata.len()).sum();
    // The first owner and those behind the bound are written out; the others point to the first.
    let pointers = rrset.rdata.len().min(COMPRESSED_NAMES).saturating_sub(1);
    let written_out = rrset.rdata.len() - pointers;
    records + 2 * pointers + owner.as_wire().len() * written_out
}

/// The node of a name, which exists from now on, as do all names between it and the apex.
fn existing_node<'z>(zone: &'z mut Zone, name: &DomainName) -> &'z mut Node {
    let mut ancestor = name.parent();
    while let Some(above) = ancestor {
        if !above.is_within(&zone.apex) || zone.nodes.contains_key(&above) {
            break;
        }
        ancestor = above.parent();
        zone.nodes.insert(above, Node::default());
    }
    zone.nodes.entry(name.clone()).or_default()
}
