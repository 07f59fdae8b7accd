//! Zone text read twice: for a fingerprint of each name, and for the names whose fingerprints differ. So memory is a few octets for each
//! name that stays as it is.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use anyhow::{Result, bail};
use mimi_name::DomainName;
use mimi_rr::TypeCodes;
use mimi_zonefile::{Entry, Form, Record, ZoneReader};

use super::publication::Publication;
use crate::live::render::types;
use crate::live::spool::Spool;

/// Zone text and how it is read.
pub(super) struct ZoneText<'a> {
    pub(super) spool: &'a Spool,
    pub(super) codes: TypeCodes,
    pub(super) origin: Option<&'a DomainName>,
}

/// What stands at each name, in short.
pub(super) struct Fingerprints {
    pub(super) apex: Option<DomainName>,
    names: HashMap<u64, u64>,
}

impl Fingerprints {
    /// Whether a name has the same records on both sides, as far as is known without a look.
    pub(super) fn agree(&self, other: &Self, hasher: &RandomState, name: &DomainName) -> bool {
        let key = hash(hasher, name);
        self.names.get(&key) == other.names.get(&key)
    }
}

/// Names are hashed without ASCII case.
fn hash(hasher: &RandomState, name: &DomainName) -> u64 {
    hasher.hash_one(name)
}

impl ZoneText<'_> {
    /// Reads it for fingerprints.
    pub(super) fn fingerprints(&self, hasher: &RandomState) -> Result<Fingerprints> {
        let mut apex = None;
        let mut names: HashMap<u64, u64> = HashMap::new();
        self.each(|record, rdata| {
            if record.record_type == types::SOA && apex.is_none() {
                apex = Some(record.owner.clone());
            }
            if let Some(rdata) = rdata {
                let of_name = names.entry(hash(hasher, record.owner)).or_default();
                // In whatever order they stand.
                *of_name = of_name.wrapping_add(hasher.hash_one((record.record_type, rdata)));
            }
        })?;
        Ok(Fingerprints { apex, names })
    }

    /// Reads what stands at the names that matter.
    pub(super) fn publication(&self, matters: impl Fn(&DomainName) -> bool) -> Result<Publication> {
        let mut publication = Publication::default();
        self.each(|record, rdata| {
            if let Some(rdata) = rdata
                && matters(record.owner)
            {
                publication.add(record.owner.clone(), record.record_type, rdata, self.codes);
            }
        })?;
        Ok(publication)
    }

    /// Every record of class IN, with its RDATA if it is MIMI or MIMIX.
    fn each(&self, mut take: impl FnMut(&Record<'_>, Option<&[u8]>)) -> Result<()> {
        let codes = self.codes;
        let mut reader = ZoneReader::new()
            .private_type("MIMI", codes.mimi(), Form::Strings)
            .private_type("MIMIX", codes.mimix(), Form::Name);
        if let Some(origin) = self.origin {
            reader = reader.origin(origin.clone());
        }
        let mut entries = reader.stream(self.spool.open()?);
        let mut rdata = Vec::new();
        while let Some(entry) = entries.next() {
            let record = match entry {
                Ok(Entry::Record(record)) if record.class == 1 => record,
                Ok(_) => continue,
                Err(error) => {
                    let line = error.place.line;
                    bail!("line {line}: {error}; `mimi-lint check` says what to do about it");
                }
            };
            let is_ours = [codes.mimi(), codes.mimix()].contains(&record.record_type);
            rdata.clear();
            match is_ours && matches!(record.append_rdata(&mut rdata), Ok(true)) {
                true => take(&record, Some(&rdata)),
                false => take(&record, None),
            }
        }
        Ok(())
    }
}
