//! What the targets that take MIMI and MIMIX records only are given, and what is left out.

use std::collections::BTreeMap;
use std::ops::Range;

use mimi_name::DomainName;
use mimi_rr::TypeCodes;

use crate::zone::items::{Converted, Item};
use crate::zone::master::said;
use crate::zone::names::{CLASS_IN, class_name, type_name};
use crate::zone::problem::Problem;
use crate::zone::source::Source;

/// One MIMI or MIMIX record of class IN.
pub(crate) struct Publication<'a> {
    pub(crate) owner: &'a DomainName,
    /// In seconds.
    pub(crate) ttl: u32,
    pub(crate) record_type: u16,
    pub(crate) rdata: &'a [u8],
    /// What it says, on one line of printable ASCII, for a comment.
    pub(crate) said: Option<String>,
    /// Where it stands in the file.
    pub(crate) span: Range<usize>,
}

/// The records to publish, and the zones they are in.
pub(crate) struct Selection<'a> {
    pub(crate) publications: Vec<Publication<'a>>,
    /// The types of the other records, and how many there are of each.
    pub(crate) left_out: BTreeMap<String, usize>,
    /// The owners of SOA records.
    zones: Vec<&'a DomainName>,
    origin: Option<&'a DomainName>,
}

impl<'a> Selection<'a> {
    pub(crate) fn new(items: &'a [Item], source: &'a Source<'_>) -> Self {
        let mut selection = Self {
            publications: Vec::new(),
            left_out: BTreeMap::new(),
            zones: Vec::new(),
            origin: source.origin,
        };
        for item in items {
            if let Item::Record(converted) = item {
                selection.add(converted, source.codes);
            }
        }
        selection
    }

    fn add(&mut self, converted: &'a Converted, codes: TypeCodes) {
        const SOA: u16 = 6;
        let Converted {
            class, record_type, ..
        } = *converted;
        if class == CLASS_IN && record_type == SOA {
            self.zones.push(&converted.owner);
        }
        match converted.data.octets() {
            Some(rdata) if class == CLASS_IN && codes.mnemonic(record_type).is_some() => {
                self.publications.push(Publication {
                    owner: &converted.owner,
                    ttl: converted.ttl,
                    record_type,
                    rdata,
                    said: said(converted, codes),
                    span: converted.span.clone(),
                });
            }
            _ => {
                let mut name = type_name(record_type, codes);
                if class != CLASS_IN {
                    name = format!("{} {name}", class_name(class));
                }
                *self.left_out.entry(name).or_default() += 1;
            }
        }
    }

    /// The zone that a record is in: the longest of the file's, else the origin that the caller told.
    pub(crate) fn zone_of(&self, publication: &Publication<'a>) -> Result<&'a DomainName, Problem> {
        let owner = publication.owner;
        let within = |zone: &&&DomainName| owner.is_within(zone);
        let zones = self.zones.iter().filter(within);
        zones
            .max_by_key(|zone| zone.label_count())
            .or(self.origin.as_ref().filter(within))
            .copied()
            .ok_or_else(|| {
                let message = "expected a record in a zone with an SOA record or in that of --origin, found it in none";
                Problem::error("no-zone", message.to_owned(), publication.span.clone())
                    .with_help("tell the zone's name with --origin")
            })
    }
}
