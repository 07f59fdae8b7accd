//! A world before it is signed: zones as data, then what is changed after signing, then what is changed in answers.

use mimi_name::DomainName;

use super::lookup::Reply;
use super::record::name;
use super::zone::{Denial, Nsec3};
use super::{Question, ResourceRecord, SignedWorld, WorldError};

/// Seconds in a day.
pub(super) const DAY: i64 = 86_400;

/// What is done to the signed zones.
pub(super) type Change = Box<dyn FnOnce(&mut SignedWorld) -> Result<(), WorldError>>;
/// What is done to answers.
pub(super) type Filter = Box<dyn Fn(&SignedWorld, &Question, &mut Reply) + Send + Sync>;

/// A world that is still to be signed.
pub struct Plan {
    /// Seconds since 1970.
    pub now: u32,
    /// The zones, the root among them.
    pub zones: Vec<ZonePlan>,
    /// How many aliases an answer follows.
    pub longest_chain: usize,
    pub(super) changes: Vec<Change>,
    pub(super) filters: Vec<Filter>,
}

impl Plan {
    /// Nothing, at this time.
    pub fn new(now: u32) -> Self {
        Self {
            now,
            zones: Vec::new(),
            longest_chain: 16,
            changes: Vec::new(),
            filters: Vec::new(),
        }
    }

    /// Does something to one of the zones before it is signed; a zone that is not there is added.
    pub fn zone(&mut self, apex: &str, change: impl FnOnce(&mut ZonePlan)) {
        let wanted = name(apex);
        let zone = match self.zones.iter().position(|zone| zone.apex == wanted) {
            Some(place) => self.zones.get_mut(place),
            None => {
                self.zones.push(ZonePlan::unsigned(apex));
                self.zones.last_mut()
            }
        };
        if let Some(zone) = zone {
            change(zone);
        }
    }

    /// Does something to the zones once they are signed.
    pub fn after(
        &mut self,
        change: impl FnOnce(&mut SignedWorld) -> Result<(), WorldError> + 'static,
    ) {
        self.changes.push(Box::new(change));
    }

    /// Does something to every answer.
    pub fn filter(
        &mut self,
        filter: impl Fn(&SignedWorld, &Question, &mut Reply) + Send + Sync + 'static,
    ) {
        self.filters.push(Box::new(filter));
    }

    /// Does something to the answers to one question.
    pub fn answer(
        &mut self,
        asked: &str,
        record_type: u16,
        change: impl Fn(&SignedWorld, &mut Reply) + Send + Sync + 'static,
    ) {
        let asked = name(asked);
        self.filter(move |world, question, reply| {
            if question.name == asked && question.record_type == record_type {
                change(world, reply);
            }
        });
    }
}

/// A zone that is still to be signed.
#[derive(Clone, Debug)]
pub struct ZonePlan {
    /// Its name.
    pub apex: DomainName,
    /// Its records, without SOA, NS, DNSKEY and what its children bring.
    pub records: Vec<ResourceRecord>,
    /// How it is signed, if it is.
    pub signing: Option<Signing>,
    /// What its parent says of it.
    pub ds: Ds,
}

/// How a zone is signed.
#[derive(Clone, Debug)]
pub struct Signing {
    /// The number of the algorithm: 8, 13 or 15.
    pub algorithm: u8,
    /// Whether one key signs keys and data.
    pub single_key: bool,
    /// How it denies.
    pub denial: Denial,
    /// From when signatures hold, in seconds from now.
    pub inception: i64,
    /// Until when, in seconds from now.
    pub expiration: i64,
    /// Further DNSKEY data, signed with the others.
    pub further_keys: Vec<Vec<u8>>,
}

impl Default for Signing {
    fn default() -> Self {
        Self {
            algorithm: 13,
            single_key: false,
            denial: Denial::Nsec,
            inception: -DAY,
            expiration: 14 * DAY,
            further_keys: Vec::new(),
        }
    }
}

/// What the parent says of a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ds {
    /// The key that signs its keys.
    Sound,
    /// That it has none.
    None,
    /// This.
    Records(Vec<Vec<u8>>),
}

impl ZonePlan {
    /// A zone that is not signed.
    pub fn unsigned(apex: &str) -> Self {
        Self {
            apex: name(apex),
            records: Vec::new(),
            signing: None,
            ds: Ds::None,
        }
    }

    /// A zone signed with algorithm 13 and NSEC, as its parent says.
    pub fn signed(apex: &str) -> Self {
        Self {
            signing: Some(Signing::default()),
            ds: Ds::Sound,
            ..Self::unsigned(apex)
        }
    }

    /// A zone as `signed`, but with NSEC3.
    pub fn hashed(apex: &str, hashing: Nsec3) -> Self {
        let mut zone = Self::signed(apex);
        zone.sign(|signing| signing.denial = Denial::Nsec3(hashing));
        zone
    }

    /// Changes how it is signed; nothing when it is not.
    pub fn sign(&mut self, change: impl FnOnce(&mut Signing)) {
        if let Some(signing) = &mut self.signing {
            change(signing);
        }
    }

    /// One more record.
    #[must_use]
    pub fn with(mut self, owner: &str, record_type: u16, rdata: Vec<u8>) -> Self {
        self.add(owner, record_type, rdata);
        self
    }

    /// One more record.
    pub fn add(&mut self, owner: &str, record_type: u16, rdata: Vec<u8>) {
        let record = ResourceRecord::new(owner, record_type, rdata);
        self.records.push(record);
    }
}
