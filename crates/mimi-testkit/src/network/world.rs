//! A zone in memory, with answers as a full resolver gives them: aliases followed, absences with their SOA.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use hickory_proto::op::Message;
use hickory_proto::rr::{Name, Record, RecordType};
use mimi_name::DomainName;
use mimi_rr::hickory::{from_hickory_name, to_hickory_name, unknown};

use crate::server::reply::response_to;

const TTL: u32 = 3600;
const NS: u16 = 2;
const CNAME: u16 = 5;
const SOA: u16 = 6;
const NXDOMAIN: u16 = 3;
const REFUSED: u16 = 5;
/// Aliases that one answer follows.
const ALIASES: usize = 8;

/// Every record below one apex.
#[derive(Debug)]
pub struct World {
    apex: DomainName,
    nodes: HashMap<DomainName, Vec<(u16, Vec<u8>)>>,
    /// Every name that has records, and every name above one.
    existing: HashSet<DomainName>,
    /// Aliases at which an answer stops, as that of a server which does not know their target.
    ends: HashSet<DomainName>,
    /// Where the zone is cut, and nobody answers for what is below.
    cuts: HashSet<DomainName>,
}

impl World {
    pub(super) fn new(apex: DomainName) -> Self {
        let mut world = Self {
            nodes: HashMap::new(),
            existing: HashSet::from([apex.clone()]),
            ends: HashSet::new(),
            cuts: HashSet::new(),
            apex,
        };
        let apex = world.apex.clone();
        // Both names of the SOA are the apex; then serial, refresh, retry, expire, minimum.
        let mut soa = [apex.as_wire(), apex.as_wire()].concat();
        for number in [1_u32, 7200, 900, 1_209_600, 300] {
            soa.extend(number.to_be_bytes());
        }
        world.add(&apex, SOA, soa);
        world.add(&apex, NS, apex.as_wire().to_vec());
        world
    }

    pub(super) fn add(&mut self, owner: &DomainName, record_type: u16, rdata: Vec<u8>) {
        let records = self.nodes.entry(owner.clone()).or_default();
        records.push((record_type, rdata));
        let mut name = Some(owner.clone());
        while let Some(existing) = name.filter(|name| !self.existing.contains(name)) {
            name = existing.parent();
            self.existing.insert(existing);
        }
    }

    pub(super) fn add_alias(&mut self, owner: &DomainName, target: &DomainName) {
        self.add(owner, CNAME, target.as_wire().to_vec());
    }

    /// An alias whose target the asker has to ask for.
    pub(super) fn add_alias_without_target(&mut self, owner: &DomainName, target: &DomainName) {
        self.add_alias(owner, target);
        self.ends.insert(owner.clone());
    }

    /// A delegation that leads nowhere.
    pub(super) fn cut(&mut self, owner: &DomainName) {
        self.add(owner, NS, owner.as_wire().to_vec());
        self.cuts.insert(owner.clone());
    }

    /// The answer of a server that knows all of this; `None` to what is no question.
    pub fn answer(&self, question: &Message) -> Option<Message> {
        let query = question.queries.first()?;
        let record_type = u16::from(query.query_type);
        let mut message = response_to(question, query.clone());
        let mut name = from_hickory_name(&query.name).ok()?;
        for _ in 0..=ALIASES {
            if !name.is_within(&self.apex) {
                message.metadata.response_code = REFUSED.into();
                return Some(message);
            }
            if let Some(cut) = self.cut_above(&name) {
                message.add_authorities(self.records(&cut, NS));
                return Some(message);
            }
            let records = self.records(&name, record_type);
            if !records.is_empty() {
                message.add_answers(records);
                return Some(message);
            }
            let Some(target) = self.target(&name) else {
                if !self.existing.contains(&name) {
                    message.metadata.response_code = NXDOMAIN.into();
                }
                message.add_authorities(self.records(&self.apex, SOA));
                return Some(message);
            };
            message.add_answers(self.records(&name, CNAME));
            if self.ends.contains(&name) {
                return Some(message);
            }
            name = target;
        }
        Some(message)
    }

    fn cut_above(&self, name: &DomainName) -> Option<DomainName> {
        let names = std::iter::successors(Some(name.clone()), DomainName::parent);
        names
            .take(name.label_count())
            .find(|name| self.cuts.contains(name))
    }

    fn target(&self, name: &DomainName) -> Option<DomainName> {
        let records = self.nodes.get(name)?;
        let (_, rdata) = records.iter().find(|(found, _)| *found == CNAME)?;
        DomainName::from_wire(rdata).ok()
    }

    fn records(&self, name: &DomainName, record_type: u16) -> Vec<Record> {
        let Ok(owner) = to_hickory_name(name) else {
            return Vec::new();
        };
        let records = self.nodes.get(name).into_iter().flatten();
        let asked = records.filter(|(found, _)| *found == record_type);
        asked
            .map(|(code, rdata)| record(&owner, *code, rdata))
            .collect()
    }

    /// The same as a master file, every record in the form of RFC 3597 §5. Servers that read it know every target.
    pub fn to_master_file(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        for (owner, records) in &self.nodes {
            for (code, rdata) in records {
                let hex = rdata.iter().fold(String::new(), |mut hex, octet| {
                    // Writing to a string cannot fail.
                    let _ = write!(hex, "{octet:02x}");
                    hex
                });
                let length = rdata.len();
                lines.push(format!("{owner} {TTL} IN TYPE{code} \\# {length} {hex}\n"));
            }
        }
        // The SOA is the shortest owner's, and a zone begins with it.
        lines.sort_by_key(|line| (!line.contains(" TYPE6 "), line.clone()));
        lines.concat()
    }
}

/// hickory's own types would be written as it understands them, and compressed: these octets go out as they stand.
fn record(owner: &Name, code: u16, rdata: &[u8]) -> Record {
    debug_assert_ne!(RecordType::from(code), RecordType::ANY);
    Record::from_rdata(owner.clone(), TTL, unknown(code, rdata))
}
