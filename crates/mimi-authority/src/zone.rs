//! One zone, and what it says about a name and a type: RFC 1034 §4.3.2 step 3, with the closest encloser of RFC 4592 §3.3.1.
//!
//! A wildcard answers only for names that do not exist, where a name exists if it owns a record *or lies above one*. An existing name
//! without the type is NODATA, whatever a wildcard beside it holds: for MIMI that would be another person's account.

use std::collections::HashMap;
use std::fmt;

use mimi_name::DomainName;

use crate::record::{Record, Rrset, types};

/// The records below one apex, down to the apexes of other zones.
pub struct Zone {
    pub(crate) apex: DomainName,
    pub(crate) implied: bool,
    /// Every name that exists, empty non-terminals included.
    pub(crate) nodes: HashMap<DomainName, Node>,
}

/// What stands at a name; nothing for an empty non-terminal.
#[derive(Default)]
pub(crate) struct Node {
    pub(crate) rrsets: Vec<Rrset>,
}

impl Node {
    pub(crate) fn rrset(&self, record_type: u16) -> Option<&Rrset> {
        self.rrsets
            .iter()
            .find(|rrset| rrset.record_type == record_type)
    }
}

/// What a zone says about a name and a type.
#[derive(Debug)]
#[non_exhaustive]
pub enum Match<'z> {
    /// The name is not within this zone.
    OutOfZone,
    /// The records asked for, at the name itself or from a wildcard.
    Found(&'z Rrset),
    /// Records of some type for a question of type ANY; they are not listed (RFC 8482).
    Any,
    /// The name is an alias.
    Alias(&'z Rrset),
    /// An ancestor redirects everything below it (RFC 6672).
    Redirection {
        /// The owner of the DNAME record.
        owner: DomainName,
        /// The DNAME record.
        rrset: &'z Rrset,
    },
    /// The name lies at or below a zone cut.
    Delegation {
        /// The owner of the NS records.
        cut: DomainName,
        /// The NS records.
        rrset: &'z Rrset,
    },
    /// The name exists, itself or through a wildcard, without the type.
    NoData,
    /// The name does not exist, and no wildcard stands for it.
    NoSuchName,
}

impl Zone {
    pub(crate) fn new(apex: DomainName, implied: bool) -> Self {
        let nodes = HashMap::from([(apex.clone(), Node::default())]);
        Self {
            apex,
            implied,
            nodes,
        }
    }

    /// The name of the zone.
    pub fn apex(&self) -> &DomainName {
        &self.apex
    }

    /// Whether the zone was made up at the root for records outside of every apex.
    pub fn is_implied(&self) -> bool {
        self.implied
    }

    /// How many records the zone holds, those that are not served among them.
    pub fn record_count(&self) -> usize {
        let rrsets = self.nodes.values().flat_map(|node| &node.rrsets);
        rrsets.map(|rrset| rrset.rdata.len()).sum()
    }

    /// What this zone says about a name and a type.
    pub fn lookup(&self, name: &DomainName, record_type: u16) -> Match<'_> {
        if !name.is_within(&self.apex) {
            return Match::OutOfZone;
        }
        let mut closest_encloser = &self.apex;
        let path = self.path_to(name);
        for candidate in path.iter().rev() {
            let Some(node) = self.nodes.get(candidate) else {
                return self.synthesize(closest_encloser, record_type);
            };
            let is_name = candidate == name;
            let is_apex = candidate == &self.apex;
            // The DS records of a child stand in its parent (RFC 4035 §3.1.4.1).
            let asks_parent = is_name && record_type == types::DS;
            if let Some(rrset) = node.rrset(types::NS)
                && !is_apex
                && !asks_parent
            {
                let cut = candidate.clone();
                return Match::Delegation { cut, rrset };
            }
            if is_name {
                return answer(node, record_type);
            }
            if let Some(rrset) = node.rrset(types::DNAME) {
                let owner = candidate.clone();
                return Match::Redirection { owner, rrset };
            }
            closest_encloser = candidate;
        }
        // The path ends with the name itself, so the loop has returned.
        Match::NoSuchName
    }

    /// The name and its ancestors up to the apex.
    fn path_to(&self, name: &DomainName) -> Vec<DomainName> {
        let below = name.label_count().saturating_sub(self.apex.label_count());
        std::iter::successors(Some(name.clone()), DomainName::parent)
            .take(below + 1)
            .collect()
    }

    /// The answer of the source of synthesis, `*` at the closest encloser (RFC 4592 §3.3.1).
    fn synthesize(&self, closest_encloser: &DomainName, record_type: u16) -> Match<'_> {
        let source = closest_encloser.prepend(b"*").ok();
        match source.and_then(|source| self.nodes.get(&source)) {
            Some(node) => answer(node, record_type),
            None => Match::NoSuchName,
        }
    }

    /// The SOA record for a negative answer, its TTL at most its minimum field (RFC 2308 §3).
    pub(crate) fn negative_soa(&self) -> Option<Record> {
        let rrset = self.nodes.get(&self.apex)?.rrset(types::SOA)?;
        let mut soa = rrset.records(&self.apex).next()?;
        let minimum = soa.rdata.last_chunk().copied().map(u32::from_be_bytes)?;
        soa.ttl = soa.ttl.min(minimum);
        Some(soa)
    }

    /// The addresses that the zone holds for a name, glue among them.
    pub(crate) fn addresses(&self, name: &DomainName) -> impl Iterator<Item = Record> {
        let node = self.nodes.get(name);
        [types::A, types::AAAA]
            .into_iter()
            .filter_map(move |record_type| node?.rrset(record_type))
            .flat_map(|rrset| rrset.records(name).collect::<Vec<_>>())
    }
}

/// What a node that exists says about a type.
fn answer(node: &Node, record_type: u16) -> Match<'_> {
    if record_type == types::ANY && !node.rrsets.is_empty() {
        return Match::Any;
    }
    // An alias hides other data (the loader reports it), but not the records that may stand beside it (RFC 4034 §3, §4).
    let alias = match record_type {
        types::CNAME | types::RRSIG | types::NSEC => None,
        _ => node.rrset(types::CNAME),
    };
    match (alias, node.rrset(record_type)) {
        (Some(alias), _) => Match::Alias(alias),
        (None, Some(rrset)) => Match::Found(rrset),
        (None, None) => Match::NoData,
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Zone")
            .field("apex", &self.apex)
            .field("implied", &self.implied)
            .field("names", &self.nodes.len())
            .finish()
    }
}
