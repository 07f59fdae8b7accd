//! [`Publication`]: what callers find at each name.

use std::collections::{BTreeMap, BTreeSet};

use mimi_mssi::OwnedMssi;
use mimi_name::DomainName;
use mimi_rr::{Mimi, TypeCodes};

/// What callers find, by name.
#[derive(Default)]
pub(super) struct Publication {
    names: BTreeMap<DomainName, Published>,
}

/// What stands at one name.
#[derive(Default)]
pub(super) struct Published {
    /// The usable MSSIs: of equal endpoint and account the one with the lowest priority (D30).
    pub(super) mssis: BTreeMap<(String, String), OwnedMssi>,
    /// How many MIMI records nobody can use.
    pub(super) unusable: usize,
    /// The targets of MIMIX records.
    pub(super) targets: BTreeSet<DomainName>,
}

impl Publication {
    pub(super) fn add(
        &mut self,
        owner: DomainName,
        record_type: u16,
        rdata: &[u8],
        codes: TypeCodes,
    ) {
        let published = self.names.entry(owner).or_default();
        if record_type == codes.mimix() {
            published.targets.extend(DomainName::from_wire(rdata).ok());
            return;
        }
        let mssi = Mimi::from_rdata(rdata)
            .ok()
            .and_then(|mimi| mimi.mssi().ok());
        let Some(mssi) = mssi else {
            published.unusable += 1;
            return;
        };
        let key = (mssi.mse().to_owned(), mssi.mssa().to_owned());
        let order = |mssi: &OwnedMssi| mssi.priority().unwrap_or(u32::MAX);
        match published.mssis.get(&key) {
            Some(known) if order(known) <= order(&mssi) => {}
            _ => {
                published.mssis.insert(key, mssi);
            }
        }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &DomainName> {
        self.names.keys()
    }

    pub(super) fn at(&self, name: &DomainName) -> Option<&Published> {
        self.names.get(name)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// What stands where nothing does.
pub(super) static NOTHING: Published = Published {
    mssis: BTreeMap::new(),
    unusable: 0,
    targets: BTreeSet::new(),
};
