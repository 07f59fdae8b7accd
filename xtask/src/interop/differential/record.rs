//! A record in wire form, and whether two readers of a file found the same ones.
//!
//! A server keeps RRsets, a file holds records, so the comparison leaves out what is lost on the way: the order, records that
//! are there twice, the case of owners, TTLs that differ inside an RRset, and what lies outside of the zone.

use std::collections::{BTreeMap, BTreeSet};

const RRSIG: u16 = 46;

/// A record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Record {
    /// The owner in wire form, in lower case.
    pub(super) owner: Vec<u8>,
    pub(super) record_type: u16,
    pub(super) class: u16,
    pub(super) ttl: u32,
    /// The RDATA, uncompressed; nothing where we do not know the type's text form.
    pub(super) rdata: Option<Vec<u8>>,
}

/// Records of one owner, type and class, and for signatures of one type covered.
#[derive(Default)]
struct Set {
    ttls: BTreeSet<u32>,
    rdata: BTreeSet<Vec<u8>>,
    unknown: usize,
}

/// How our records differ from a server's; `None` when they are the same. `apex` is in wire form, in lower case.
///
/// `lower`: this server keeps names in RDATA in lower case.
pub(super) fn difference(
    ours: &[Record],
    theirs: &[Record],
    apex: &[u8],
    lower: bool,
) -> Option<String> {
    let (ours, theirs) = (sets(ours, apex, lower), sets(theirs, apex, lower));
    for key in ours.keys().chain(theirs.keys()) {
        let what = match (ours.get(key), theirs.get(key)) {
            (Some(_), None) => "only we have it".to_owned(),
            (None, Some(_)) => "we do not have it".to_owned(),
            (Some(ours), Some(theirs)) => match ours.difference(theirs) {
                Some(what) => what,
                None => continue,
            },
            (None, None) => continue,
        };
        let (owner, record_type, _, _) = key;
        let owner = owner.escape_ascii();
        return Some(format!("{owner} type {record_type}: {what}"));
    }
    None
}

type Key = (Vec<u8>, u16, u16, Option<Vec<u8>>);

fn sets(records: &[Record], apex: &[u8], lower: bool) -> BTreeMap<Key, Set> {
    let mut sets: BTreeMap<Key, Set> = BTreeMap::new();
    for record in records {
        if !is_below(&record.owner, apex) {
            continue;
        }
        let covered = record.rdata.as_ref().and_then(|rdata| rdata.get(..2));
        let covered = covered
            .filter(|_| record.record_type == RRSIG)
            .map(<[u8]>::to_vec);
        let key = (
            record.owner.clone(),
            record.record_type,
            record.class,
            covered,
        );
        let set = sets.entry(key).or_default();
        set.ttls.insert(record.ttl);
        match &record.rdata {
            Some(rdata) => {
                let rdata = if lower {
                    rdata.to_ascii_lowercase()
                } else {
                    rdata.clone()
                };
                set.rdata.insert(rdata);
            }
            None => set.unknown += 1,
        }
    }
    sets
}

impl Set {
    fn difference(&self, theirs: &Self) -> Option<String> {
        let hex = |rdata: Option<&Vec<u8>>| match rdata {
            Some(octets) => octets.iter().map(|octet| format!("{octet:02x}")).collect(),
            None => "nothing".to_owned(),
        };
        // What we could not read may be anything, once.
        let only_ours = self.rdata.difference(&theirs.rdata).next();
        let only_theirs = theirs.rdata.difference(&self.rdata).count();
        if only_ours.is_some() || only_theirs > self.unknown {
            let theirs = theirs.rdata.difference(&self.rdata).next();
            return Some(format!("ours {}, theirs {}", hex(only_ours), hex(theirs)));
        }
        // A server unites the TTLs; which one it takes is its own affair.
        if !theirs.ttls.is_subset(&self.ttls) {
            return Some(format!(
                "our TTLs {:?}, theirs {:?}",
                self.ttls, theirs.ttls
            ));
        }
        None
    }
}

/// Whether a name is the apex or below it.
fn is_below(name: &[u8], apex: &[u8]) -> bool {
    let mut rest = name;
    loop {
        if rest == apex {
            return true;
        }
        match rest.split_first() {
            Some((&length, after)) if length != 0 => {
                rest = after.get(usize::from(length)..).unwrap_or_default();
            }
            _ => return false,
        }
    }
}

/// A name in wire form, in lower case, from text that is absolute and escapes with `\DDD` only, as our command writes it.
pub(super) fn wire_name(text: &str) -> Option<Vec<u8>> {
    let mut wire = Vec::new();
    let mut label = Vec::new();
    let mut octets = text.bytes();
    while let Some(octet) = octets.next() {
        match octet {
            b'.' => {
                if !label.is_empty() {
                    wire.push(u8::try_from(label.len()).ok()?);
                    wire.append(&mut label);
                }
            }
            b'\\' => {
                let digits: Vec<u8> = octets.by_ref().take(3).collect();
                let value: u8 = std::str::from_utf8(&digits).ok()?.parse().ok()?;
                label.push(value.to_ascii_lowercase());
            }
            _ => label.push(octet.to_ascii_lowercase()),
        }
    }
    wire.push(0);
    label.is_empty().then_some(wire)
}
