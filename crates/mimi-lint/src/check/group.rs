//! [`Group`]: the records that stand together at one owner name, and whether the rules about RRsets are worth running over them.

use std::sync::Arc;

use mimi_mssi::Mssi;
use mimi_name::DomainName;

use crate::check::digest::{Digest, FEW_OCTETS, Numbers};
use crate::finding::{Finding, Source};
use crate::owner::{MAX_COMPARED, Member, OwnerView};
use crate::record::{Record, types};
use crate::rule::Check;
use crate::rules;
use crate::settings::Settings;
use crate::sink::Sink;

/// A record in an answer, apart from its RDATA: compressed owner, type, class, TTL, length.
const RECORD_OVERHEAD: usize = 12;

/// More MIMI records than this are always looked at: comparing each with each other would take too long.
const FEW: usize = 8;

/// The records of one owner name that stand together, apart from records of types that say nothing about MIMI.
///
/// The memory is used again for the next group.
#[derive(Default)]
pub(crate) struct Group {
    records: Vec<Record>,
    /// How many of `records` are in use.
    length: usize,
    /// How many MIMI records there are, also those that are not kept.
    mimi_count: usize,
    mimi_octets: usize,
    pub(crate) kinds: Kinds,
    traits: Vec<Traits>,
}

/// Which types stand at an owner.
#[derive(Clone, Copy, Default)]
pub(crate) struct Kinds {
    pub(crate) mimi: bool,
    pub(crate) mimix: bool,
    pub(crate) cname: bool,
    pub(crate) ns: bool,
    pub(crate) dname: bool,
    /// Of another zone in the same file: what stands below is no longer of this one.
    pub(crate) soa: bool,
}

/// What two records of an RRset are compared by.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Traits {
    ttl: u32,
    identifier: Option<u64>,
    service: Option<u64>,
    priority: Option<u32>,
}

impl Kinds {
    fn join(&mut self, later: Self) {
        self.mimi |= later.mimi;
        self.mimix |= later.mimix;
        self.cname |= later.cname;
        self.ns |= later.ns;
        self.dname |= later.dname;
        self.soa |= later.soa;
    }

    fn add(&mut self, record_type: u16, settings: &Settings) {
        match record_type {
            types::CNAME => self.cname = true,
            types::NS => self.ns = true,
            types::DNAME => self.dname = true,
            types::SOA => self.soa = true,
            other if other == settings.types.mimi() => self.mimi = true,
            other if other == settings.types.mimix() => self.mimix = true,
            _ => {}
        }
    }
}

impl Group {
    pub(crate) fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The owner, if there are records.
    pub(crate) fn owner(&self) -> Option<&DomainName> {
        self.records().first().map(|record| &record.owner)
    }

    pub(crate) fn records(&self) -> &[Record] {
        self.records.get(..self.length).unwrap_or_default()
    }

    pub(crate) fn clear(&mut self) {
        self.length = 0;
        self.mimi_count = 0;
        self.mimi_octets = 0;
        self.kinds = Kinds::default();
        self.traits.clear();
    }

    /// Adds a record. Beyond [`MAX_COMPARED`] and a few it is only counted.
    pub(crate) fn add(
        &mut self,
        read: &mimi_zonefile::Record<'_>,
        rdata: Option<&[u8]>,
        mssi: Option<Mssi<'_>>,
        source: &Arc<Source>,
        settings: &Settings,
    ) {
        self.kinds.add(read.record_type, settings);
        if read.record_type == settings.types.mimi() {
            self.mimi_count += 1;
            self.mimi_octets += RECORD_OVERHEAD + rdata.map_or(0, <[u8]>::len);
            if self.mimi_count <= FEW {
                self.traits.push(Traits::new(read.ttl, mssi));
            }
        }
        if self.length >= MAX_COMPARED + FEW {
            return;
        }
        match self.records.get_mut(self.length) {
            Some(record) => record.keep_again(read, rdata, source),
            None => self.records.push(Record::keep(read, rdata, source)),
        }
        self.length += 1;
    }

    /// Adds a record that is kept already.
    pub(crate) fn add_kept(&mut self, record: Record, settings: &Settings) {
        self.kinds.add(record.record_type, settings);
        if record.record_type == settings.types.mimi() {
            self.mimi_count += 1;
            self.mimi_octets += RECORD_OVERHEAD + record.rdata.as_ref().map_or(0, Vec::len);
            let text = record.definition_string();
            let mssi = text
                .as_deref()
                .and_then(|text| mimi_mssi::parse_strict(text).ok());
            if self.mimi_count <= FEW {
                self.traits.push(Traits::new(record.ttl, mssi));
            }
        }
        if self.length < MAX_COMPARED + FEW {
            self.records.truncate(self.length);
            self.records.push(record);
            self.length += 1;
        }
    }

    /// Adds a record that is kept already, if it tells more: of NS, CNAME and DNAME the first one does.
    pub(crate) fn add_beside(&mut self, record: Record, settings: &Settings) {
        let is_beside = matches!(record.record_type, types::NS | types::CNAME | types::DNAME);
        if !is_beside || !self.has(record.record_type) {
            self.add_kept(record, settings);
        }
    }

    /// Adds the records of the same owner that stand behind.
    pub(crate) fn append(&mut self, later: Self, settings: &Settings) {
        let is_mimi = |record: &&Record| record.record_type == settings.types.mimi();
        let not_kept = later.mimi_count - later.records().iter().filter(is_mimi).count();
        let octets = self.mimi_octets + later.mimi_octets;
        self.kinds.join(later.kinds);
        for record in later.records.into_iter().take(later.length) {
            self.add_beside(record, settings);
        }
        self.mimi_count += not_kept;
        self.mimi_octets = octets;
    }

    /// What its MIMI records are compared by with those that stand elsewhere in the file.
    pub(crate) fn digest(&self, ttls: &Numbers, services: &Numbers) -> Digest {
        match self.traits.as_slice() {
            [only] if self.mimi_count == 1 && self.mimi_octets <= FEW_OCTETS => Digest::new(
                ttls.of(u64::from(only.ttl) + 1),
                only.service.map(|service| services.of(service)),
                only.priority,
                only.identifier,
            ),
            _ => Digest::SEVERAL,
        }
    }

    fn has(&self, record_type: u16) -> bool {
        let mut records = self.records().iter();
        records.any(|record| record.record_type == record_type)
    }

    /// Whether a rule about owners may have something to say.
    fn is_worth_a_look(&self) -> bool {
        let Kinds {
            mimi, mimix, cname, ..
        } = self.kinds;
        let beside = usize::from(mimi) + usize::from(mimix) + usize::from(cname) > 1;
        let many = self.mimi_count > FEW || self.mimi_octets > crate::check::plain::FITTING_OCTETS;
        beside
            || many
            || (mimix && self.length > 1)
            || self.mimi_count > 1 && (self.have_traits_in_common() || self.has_none_usable())
    }

    fn has_none_usable(&self) -> bool {
        self.traits.iter().all(|traits| traits.identifier.is_none())
    }

    fn have_traits_in_common(&self) -> bool {
        let traits = &self.traits;
        traits.iter().enumerate().any(|(index, one)| {
            traits.iter().take(index).any(|other| {
                let both = |a: Option<u64>, b: Option<u64>| a.is_some() && a == b;
                one.ttl != other.ttl
                    || both(one.identifier, other.identifier)
                    || both(one.service, other.service)
                    || both(one.priority.map(u64::from), other.priority.map(u64::from))
                    || one.priority.is_none() != other.priority.is_none()
            })
        })
    }

    /// Runs the rules about owners, if they may have something to say.
    pub(crate) fn judge(&self, settings: &Settings, findings: &mut Vec<Finding>) {
        if self.is_worth_a_look() {
            self.judge_all(settings, findings);
        }
    }

    /// Runs the rules about owners.
    pub(crate) fn judge_all(&self, settings: &Settings, findings: &mut Vec<Finding>) {
        let Some(owner) = self.owner() else { return };
        let of_type = |wanted: u16| {
            let records = self.records().iter();
            records.filter(move |record| record.record_type == wanted)
        };
        let mimi: Vec<&Record> = of_type(settings.types.mimi()).take(MAX_COMPARED).collect();
        let texts: Vec<_> = mimi
            .iter()
            .map(|record| record.definition_string())
            .collect();
        let members = mimi.iter().zip(&texts).map(|(record, text)| Member {
            record,
            mssi: text
                .as_deref()
                .and_then(|text| mimi_mssi::parse_strict(text).ok()),
        });
        let view = OwnerView {
            owner,
            mimi: members.collect(),
            mimi_count: self.mimi_count,
            mimix: of_type(settings.types.mimix()).take(MAX_COMPARED).collect(),
            cname: of_type(types::CNAME).next(),
            mimi_octets: self.mimi_octets,
        };
        let mut sink = Sink::new(settings, findings).about(owner);
        for rule in rules::RULES {
            if let Check::Owner(check) = rule.check
                && sink.wants(rule)
            {
                check(&view, &mut sink);
            }
        }
    }
}

impl Traits {
    fn new(ttl: u32, mssi: Option<Mssi<'_>>) -> Self {
        Self {
            ttl,
            identifier: mssi.map(|mssi| digest(mssi.mse()) ^ digest(mssi.mssa()).rotate_left(1)),
            service: mssi.and_then(|mssi| mssi.service()).map(digest),
            priority: mssi.and_then(|mssi| mssi.priority()),
        }
    }
}

/// A number that equal texts have in common. Where others do too, they are looked at for nothing.
fn digest(text: &str) -> u64 {
    let octets = text.as_bytes();
    let number = |chunk: Option<&[u8; 8]>| chunk.map_or(0, |chunk| u64::from_le_bytes(*chunk));
    let short = || {
        let octets = octets.iter().take(7);
        octets.fold(0, |sum, octet| sum << 8 | u64::from(*octet))
    };
    match octets.first_chunk() {
        None => short(),
        first => {
            let (first, last) = (number(first), number(octets.last_chunk()));
            first.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ last.rotate_left(32) ^ octets.len() as u64
        }
    }
}
