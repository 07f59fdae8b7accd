//! What can be wrong with signed zones, each with the verdict that a validator owes it.

mod aliases;
mod delegations;
mod denials;
mod good;
mod hashed;
mod keys;
mod signatures;

pub(super) use keys::collide;

use super::plan::DAY;
use super::record::{data, name, types};
use super::zone::Zone;
use super::{Plan, Reply, ResourceRecord, Signature, SignedWorld};

/// What a validator says of an answer (RFC 4035 §4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Signed from the anchor down to the last record.
    Secure,
    /// Proved to be below where signing ends.
    Insecure,
    /// Not what the zone says.
    Bogus,
    /// What is needed to judge could not be had (D59).
    Indeterminate,
}

impl Verdict {
    /// Its word, in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Secure => "secure",
            Self::Insecure => "insecure",
            Self::Bogus => "bogus",
            Self::Indeterminate => "indeterminate",
        }
    }
}

/// One thing that is wrong, or looks wrong and is not.
pub struct Breakage {
    /// What it is called, for good.
    pub id: &'static str,
    /// What is wrong, in a sentence.
    pub about: &'static str,
    /// Whose records meet it.
    pub identifier: &'static str,
    /// The verdict owed to what is found or not found.
    pub expected: Verdict,
    /// Why, in a word; empty for `Secure`.
    pub reason: &'static str,
    /// Why unbound says something else, where it does.
    pub unbound: Option<&'static str>,
    pub(super) change: fn(&mut Plan),
}

impl Breakage {
    const fn new(
        id: &'static str,
        about: &'static str,
        identifier: &'static str,
        (expected, reason): (Verdict, &'static str),
        change: fn(&mut Plan),
    ) -> Self {
        Self {
            id,
            about,
            identifier,
            expected,
            reason,
            unbound: None,
            change,
        }
    }

    /// Says why unbound differs.
    const fn but_unbound(mut self, why: &'static str) -> Self {
        self.unbound = Some(why);
        self
    }
}

/// All of them, by what they touch.
pub const ALL: &[&[Breakage]] = &[
    good::ALL,
    signatures::ALL,
    keys::ALL,
    delegations::ALL,
    denials::ALL,
    hashed::ALL,
    aliases::ALL,
];

/// All of them, one after the other.
pub fn all() -> impl Iterator<Item = &'static Breakage> {
    ALL.iter().copied().flatten()
}

/// Lets a signature end three days ago: validators forgive a day.
fn expire(signature: &mut Signature) {
    let days = 17 * DAY as u32;
    signature.inception -= days;
    signature.expiration -= days;
}

/// Lets every signature of a zone end three days ago.
fn expire_zone(plan: &mut Plan, apex: &str) {
    plan.zone(apex, |zone| {
        zone.sign(|signing| (signing.inception, signing.expiration) = (-20 * DAY, -3 * DAY));
    });
}

/// Somebody else's account at this name, unsigned.
fn forged(owner: &str) -> ResourceRecord {
    ResourceRecord::new(owner, types::MIMI, data::mimi("mallory"))
}

/// Records of a zone, picked by `pick`; none when there is no such zone.
fn from_zone(
    world: &SignedWorld,
    apex: &str,
    pick: impl FnOnce(&Zone) -> Vec<ResourceRecord>,
) -> Vec<ResourceRecord> {
    world.zone(apex).map_or_else(|_| Vec::new(), pick)
}

/// The SOA record of a zone, with its signatures.
fn soa(world: &SignedWorld, apex: &str) -> Vec<ResourceRecord> {
    from_zone(world, apex, |zone| {
        let set = zone.set(&zone.apex, types::SOA);
        set.map_or_else(Vec::new, |set| set.records(&zone.apex, types::SOA))
    })
}

/// The record of a zone that speaks of exactly this name.
fn matching(world: &SignedWorld, apex: &str, of: &str) -> Vec<ResourceRecord> {
    from_zone(world, apex, |zone| zone.matching(&name(of)))
}

/// The record of a zone into whose gap this name falls.
fn covering(world: &SignedWorld, apex: &str, of: &str) -> Vec<ResourceRecord> {
    from_zone(world, apex, |zone| zone.covering(&name(of)))
}

/// An absence: a response code, the SOA record of a zone, and what is to prove it.
fn absence(world: &SignedWorld, rcode: u16, apex: &str, proof: Vec<ResourceRecord>) -> Reply {
    Reply {
        rcode,
        authority: [soa(world, apex), proof].concat(),
        ..Reply::default()
    }
}

/// Takes NSEC and NSEC3 out of an answer, with their signatures.
fn strip_denials(reply: &mut Reply) {
    reply.strip(|record| record.belongs_to(types::NSEC) || record.belongs_to(types::NSEC3));
}
