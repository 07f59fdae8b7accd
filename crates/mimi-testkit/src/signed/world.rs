//! A world of signed zones, ready to be asked.

use std::error::Error;
use std::fmt;
use std::io;

use hickory_proto::dnssec::DnsSecError;
use hickory_proto::serialize::binary::DecodeError;
use mimi_name::{DomainName, LabelError};

use super::build;
use super::lookup::Reply;
use super::plan::{Filter, Plan};
use super::record::{name, types};
use super::zone::{RecordSet, Zone};
use super::{Key, ResourceRecord, Signature, broken, hostile, sound, text};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    /// The name.
    pub name: DomainName,
    /// The code of the type.
    pub record_type: u16,
}

/// Why there is no world.
#[derive(Debug)]
#[non_exhaustive]
pub enum WorldError {
    /// ring refuses.
    Key(DnsSecError),
    /// There are no keys of this algorithm here.
    Algorithm {
        /// Its number.
        number: u8,
    },
    /// hickory knows no such digest.
    Digest(DecodeError),
    /// A name that was put together is none.
    Name(LabelError),
    /// Nothing is listed under this id.
    UnknownId {
        /// The id.
        id: String,
    },
    /// A change names a set that is not there.
    NoSuchSet {
        /// Its owner.
        owner: DomainName,
        /// The code of its type.
        record_type: u16,
    },
}

impl fmt::Display for WorldError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(error) => write!(formatter, "no key or signature: {error}"),
            Self::Algorithm { number } => write!(formatter, "no keys of algorithm {number}"),
            Self::Digest(error) => write!(formatter, "no digest: {error}"),
            Self::Name(error) => write!(formatter, "no name: {error}"),
            Self::UnknownId { id } => write!(formatter, "nothing is called {id}"),
            Self::NoSuchSet { owner, record_type } => {
                write!(formatter, "no records of type {record_type} at {owner}")
            }
        }
    }
}

impl Error for WorldError {}

impl From<DnsSecError> for WorldError {
    fn from(error: DnsSecError) -> Self {
        Self::Key(error)
    }
}

impl From<DecodeError> for WorldError {
    fn from(error: DecodeError) -> Self {
        Self::Digest(error)
    }
}

impl From<LabelError> for WorldError {
    fn from(error: LabelError) -> Self {
        Self::Name(error)
    }
}

impl From<WorldError> for io::Error {
    fn from(error: WorldError) -> Self {
        Self::other(error)
    }
}

/// Signed zones from the root downwards, and what is done to the answers.
pub struct SignedWorld {
    /// Seconds since 1970 at which it is sound.
    pub now: u32,
    /// The zones.
    pub zones: Vec<Zone>,
    /// How many aliases an answer follows.
    pub longest_chain: usize,
    /// The DNSKEY data that a validator trusts.
    pub anchor: Vec<u8>,
    filters: Vec<Filter>,
}

impl SignedWorld {
    /// A world in which everything is as it should be.
    ///
    /// # Errors
    /// [`WorldError::Key`] when the system has no randomness.
    pub fn sound(now: u32) -> Result<Self, WorldError> {
        Self::build(sound::plan(now))
    }

    /// The sound world with one thing wrong, of [`broken::ALL`].
    ///
    /// # Errors
    /// [`WorldError::UnknownId`] when nothing has this id.
    pub fn broken(id: &str, now: u32) -> Result<Self, WorldError> {
        let found = broken::all().find(|breakage| breakage.id == id);
        let breakage = found.ok_or_else(|| WorldError::UnknownId { id: id.to_owned() })?;
        let mut plan = sound::plan(now);
        (breakage.change)(&mut plan);
        Self::build(plan)
    }

    /// The sound world with an authority in it that makes work, of [`hostile::ALL`].
    ///
    /// # Errors
    /// [`WorldError::UnknownId`] when nothing has this id.
    pub fn hostile(id: &str, now: u32) -> Result<Self, WorldError> {
        let found = hostile::all().find(|hostility| hostility.id == id);
        let hostility = found.ok_or_else(|| WorldError::UnknownId { id: id.to_owned() })?;
        let mut plan = sound::plan(now);
        (hostility.change)(&mut plan);
        Self::build(plan)
    }

    /// The world of a plan.
    ///
    /// # Errors
    /// [`WorldError`] when it cannot be signed, or a change does not fit it.
    pub fn build(mut plan: Plan) -> Result<Self, WorldError> {
        let zones = build::zones(&mut plan)?;
        let root = zones.iter().find(|zone| zone.apex.is_root());
        let anchor = root.and_then(|root| root.keys.first()).map(Key::rdata);
        let mut world = Self {
            now: plan.now,
            zones,
            longest_chain: plan.longest_chain,
            anchor: anchor.unwrap_or_default(),
            filters: plan.filters,
        };
        for change in plan.changes {
            change(&mut world)?;
        }
        Ok(world)
    }

    /// What is answered to a question.
    pub fn answer(&self, asked: &DomainName, record_type: u16) -> Reply {
        let mut reply = self.look_up(asked, record_type);
        let question = Question {
            name: asked.clone(),
            record_type,
        };
        for filter in &self.filters {
            filter(self, &question, &mut reply);
        }
        reply
    }

    /// The DNSKEY of the root, as a line of a zone file: the form of trust anchor that every validator reads.
    pub fn trust_anchor(&self) -> String {
        text::dnskey_line(&self.anchor)
    }

    /// The RDATA of the DNSKEY of the root.
    pub fn trust_anchor_key(&self) -> &[u8] {
        &self.anchor
    }

    /// The DS of the root, as a line of a zone file.
    ///
    /// # Errors
    /// [`WorldError::Digest`] when there is no SHA-256.
    pub fn trust_anchor_ds(&self) -> Result<String, WorldError> {
        Ok(text::ds_line(&super::key::ds_of(
            &DomainName::root(),
            &self.anchor,
        )?))
    }

    /// The zone with this apex.
    ///
    /// # Errors
    /// [`WorldError::NoSuchSet`] when there is none.
    pub fn zone(&self, apex: &str) -> Result<&Zone, WorldError> {
        let apex = name(apex);
        let found = self.zones.iter().find(|zone| zone.apex == apex);
        found.ok_or(WorldError::NoSuchSet {
            owner: apex,
            record_type: types::SOA,
        })
    }

    /// Changes a set of a zone without signing it anew.
    ///
    /// # Errors
    /// [`WorldError::NoSuchSet`] when there is none.
    pub fn edit(
        &mut self,
        apex: &str,
        owner: &str,
        record_type: u16,
        change: impl FnOnce(&mut RecordSet),
    ) -> Result<(), WorldError> {
        let (apex, owner) = (name(apex), name(owner));
        let mut found = self.zones.iter_mut().filter(|zone| zone.apex == apex);
        let set = found
            .next()
            .and_then(|zone| zone.sets.get_mut(&(owner.clone(), record_type)));
        change(set.ok_or(WorldError::NoSuchSet { owner, record_type })?);
        Ok(())
    }

    /// Changes a set of a zone, then signs it anew, with whatever is changed about the signature.
    ///
    /// # Errors
    /// [`WorldError`] when there is no such set, or no signature.
    pub fn edit_and_sign(
        &mut self,
        apex: &str,
        owner: &str,
        record_type: u16,
        change: impl FnOnce(&mut RecordSet),
        change_signature: impl FnOnce(&mut Signature),
    ) -> Result<(), WorldError> {
        self.edit(apex, owner, record_type, change)?;
        let zone = self.zone(apex)?;
        let owner = name(owner);
        let key = zone.key_for(record_type);
        let signature = self.signed(apex, &owner, record_type, key, change_signature)?;
        self.edit(apex, &owner.to_string(), record_type, |set| {
            set.signatures = vec![signature];
        })
    }

    /// Changes the data of every NSEC3 of a zone, and has them signed anew.
    ///
    /// # Errors
    /// [`WorldError`] when there is no such zone, or no signature.
    pub fn edit_hashed(
        &mut self,
        apex: &str,
        change: impl Fn(&mut Vec<u8>),
    ) -> Result<(), WorldError> {
        let zone = self.zone(apex)?;
        let mut hashed = zone.hashed.clone();
        for (owner, set) in &mut hashed {
            set.rdatas.iter_mut().for_each(&change);
            zone.sign(owner, types::NSEC3, set)?;
        }
        let apex = name(apex);
        for zone in self.zones.iter_mut().filter(|zone| zone.apex == apex) {
            zone.hashed.clone_from(&hashed);
        }
        Ok(())
    }

    /// The data of a signature over a set of this zone with any key, with whatever is changed about it.
    ///
    /// # Errors
    /// [`WorldError`] when there is no such set, or no key.
    pub fn signed(
        &self,
        apex: &str,
        owner: &DomainName,
        record_type: u16,
        key: Option<&Key>,
        change: impl FnOnce(&mut Signature),
    ) -> Result<Vec<u8>, WorldError> {
        let zone = self.zone(apex)?;
        let set = zone.set(owner, record_type);
        let made = set.and_then(|set| Some((set, zone.signature(owner, record_type, set)?)));
        let (Some((set, mut signature)), Some(key)) = (made, key) else {
            return Err(WorldError::NoSuchSet {
                owner: owner.clone(),
                record_type,
            });
        };
        signature.algorithm = key.algorithm;
        signature.tag = key.tag();
        change(&mut signature);
        signature.sign(owner, set, key)
    }

    /// The records of a set that a zone does not hold, with the signature of its key, with whatever is changed about it.
    ///
    /// # Errors
    /// [`WorldError`] when there is no key.
    pub fn signed_set(
        &self,
        apex: &str,
        owner: &DomainName,
        record_type: u16,
        mut set: RecordSet,
        change: impl FnOnce(&mut Signature),
    ) -> Result<Vec<ResourceRecord>, WorldError> {
        let zone = self.zone(apex)?;
        let made = zone.signature(owner, record_type, &set);
        let (Some(mut signature), Some(key)) = (made, zone.key_for(record_type)) else {
            return Ok(Vec::new());
        };
        change(&mut signature);
        set.signatures = vec![signature.sign(owner, &set, key)?];
        Ok(set.records(owner, record_type))
    }

    /// Does something to the answers to one question.
    pub fn change_answer(
        &mut self,
        asked: &str,
        record_type: u16,
        change: impl Fn(&Self, &mut Reply) + Send + Sync + 'static,
    ) {
        let asked = name(asked);
        self.filters.push(Box::new(move |world, question, reply| {
            if question.name == asked && question.record_type == record_type {
                change(world, reply);
            }
        }));
    }
}
