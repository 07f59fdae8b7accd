//! [`ZoneView`]: what names have to do with each other.

use std::collections::BTreeMap;

use mimi_name::DomainName;

use crate::record::{Record, types};
use crate::settings::Settings;

/// The records of a zone that rules about the whole zone ask for.
///
/// Not all records are here: those of [`Landmarks`], and the records at, below and leading to the names that
/// [`crate::check::facts`] found worth a look; below a name only so many.
pub(crate) struct ZoneView<'a> {
    pub(crate) settings: &'a Settings,
    /// The zone's name, where it is known.
    pub(crate) apex: Option<&'a DomainName>,
    /// Records by owner, in canonical order.
    pub(crate) names: &'a BTreeMap<DomainName, Vec<Record>>,
    /// The first MIMIX record by owner that leads to each target, `.` apart.
    pub(crate) targets: &'a BTreeMap<DomainName, &'a Record>,
    pub(crate) landmarks: &'a Landmarks,
    /// Whether there are MIMI records below a name, of those that are looked at.
    pub(crate) has_mimi_below: &'a dyn Fn(&DomainName) -> bool,
}

/// The first record of each kind that says something about the zone as such.
#[derive(Clone, Default)]
pub(crate) struct Landmarks {
    pub(crate) soa: Option<Record>,
    pub(crate) dnskey: Option<Record>,
    pub(crate) rrsig: Option<Record>,
    pub(crate) nsec: Option<Record>,
    pub(crate) nsec3: Option<Record>,
    pub(crate) nsec3param: Option<Record>,
    /// The first MIMI record.
    pub(crate) mimi: Option<Record>,
    /// The first MIMIX record.
    pub(crate) mimix: Option<Record>,
    /// The first MIMI record below the ENUM suffix.
    pub(crate) enum_mimi: Option<Record>,
}

impl<'a> ZoneView<'a> {
    /// Records of one type, with their owners in canonical order.
    pub(crate) fn of_type(&self, record_type: u16) -> impl Iterator<Item = &'a Record> + use<'a> {
        let names = self.names.values().flatten();
        names.filter(move |record| record.record_type == record_type)
    }

    /// The MIMIX records.
    pub(crate) fn mimix(&self) -> impl Iterator<Item = &'a Record> + use<'a> {
        self.of_type(self.settings.types.mimix())
    }

    /// The MIMI records that are looked at.
    pub(crate) fn mimi(&self) -> impl Iterator<Item = &'a Record> + use<'a> {
        self.of_type(self.settings.types.mimi())
    }

    /// The first record of a type at a name, among those that are looked at.
    pub(crate) fn at(&self, name: &DomainName, record_type: u16) -> Option<&'a Record> {
        let records = self.names.get(name)?;
        let mut of_type = records.iter();
        of_type.find(|record| record.record_type == record_type)
    }

    /// Whether a name is in this zone, where that is known.
    pub(crate) fn holds(&self, name: &DomainName) -> bool {
        self.apex.is_some_and(|apex| name.is_within(apex))
    }

    /// A MIMIX record that leads to the closest name above, among those that are looked at: the first one by owner.
    pub(crate) fn target_above(&self, name: &DomainName) -> Option<&'a Record> {
        let mut above = name.parent();
        while let Some(ancestor) = above {
            if let Some(record) = self.targets.get(&ancestor) {
                return Some(record);
            }
            above = ancestor.parent();
        }
        None
    }

    /// The delegations or DNAMEs (by their type) that take MIMI records out of this zone, each with the first record of the first few
    /// owners that it hides.
    pub(crate) fn hidden_by(&self, record_type: u16) -> Vec<(&'a Record, Vec<&'a Record>)> {
        /// How many are shown besides the first.
        const OTHERS: usize = 5;
        let mut hidden: BTreeMap<&DomainName, (&Record, Vec<&Record>)> = BTreeMap::new();
        for record in self.mimi() {
            let cut = self.cut_above(&record.owner);
            let Some(cut) = cut.filter(|cut| cut.record_type == record_type) else {
                continue;
            };
            let (_, records) = hidden.entry(&cut.owner).or_insert((cut, Vec::new()));
            let is_new = records.last().is_none_or(|last| last.owner != record.owner);
            if is_new && records.len() <= OTHERS {
                records.push(record);
            }
        }
        hidden.into_values().collect()
    }

    /// The delegation or the DNAME that takes a name out of this zone: the closest one to the root.
    pub(crate) fn cut_above(&self, name: &DomainName) -> Option<&'a Record> {
        let mut cut = None;
        let mut above = Some(name.clone());
        while let Some(ancestor) = above {
            if Some(&ancestor) == self.apex || !self.holds(&ancestor) {
                break;
            }
            let dname = || {
                self.at(&ancestor, types::DNAME)
                    .filter(|_| ancestor != *name)
            };
            cut = self.at(&ancestor, types::NS).or_else(dname).or(cut);
            above = ancestor.parent();
        }
        cut
    }
}

impl Landmarks {
    /// Where the first record of a type is kept, if one of that type is.
    pub(crate) fn place(
        &mut self,
        record_type: u16,
        is_mimi: bool,
        is_mimix: bool,
    ) -> Option<&mut Option<Record>> {
        Some(match record_type {
            _ if is_mimi => &mut self.mimi,
            _ if is_mimix => &mut self.mimix,
            types::SOA => &mut self.soa,
            types::DNSKEY => &mut self.dnskey,
            types::RRSIG => &mut self.rrsig,
            types::NSEC => &mut self.nsec,
            types::NSEC3 => &mut self.nsec3,
            types::NSEC3PARAM => &mut self.nsec3param,
            _ => return None,
        })
    }

    /// Those that there are.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Record> {
        let Self {
            soa,
            dnskey,
            rrsig,
            nsec,
            nsec3,
            nsec3param,
            mimi,
            mimix,
            enum_mimi,
        } = self;
        let all = [
            soa, dnskey, rrsig, nsec, nsec3, nsec3param, mimi, mimix, enum_mimi,
        ];
        all.into_iter().flatten()
    }

    /// Takes from a part of the file behind what was not there before.
    pub(crate) fn append(&mut self, later: Self) {
        let Self {
            soa,
            dnskey,
            rrsig,
            nsec,
            nsec3,
            nsec3param,
            mimi,
            mimix,
            enum_mimi,
        } = later;
        let pairs = [
            (&mut self.soa, soa),
            (&mut self.dnskey, dnskey),
            (&mut self.rrsig, rrsig),
            (&mut self.nsec, nsec),
            (&mut self.nsec3, nsec3),
            (&mut self.nsec3param, nsec3param),
            (&mut self.mimi, mimi),
            (&mut self.mimix, mimix),
            (&mut self.enum_mimi, enum_mimi),
        ];
        for (first, later) in pairs {
            if first.is_none() {
                *first = later;
            }
        }
    }
}
