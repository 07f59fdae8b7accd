//! [`Facts`]: what is known about each name, in twelve octets a fact, and which names are worth a second look.
//!
//! A fact is the hash of a name, a kind, and for MIMI records a digest of them. Facts stand in lists by their highest bits; each list
//! is sorted by itself at the end, so that all facts about a name stand together. Names whose facts do not go together are *suspects*:
//! their records are read again, and judged by their real names. So it does no harm should two names have the same hash: they are
//! looked at for nothing.
//!
//! Where owners come in order (canonical, as servers and signers dump zones, or that of their text) an owner cannot come twice, and
//! once there are many facts, those of the kinds that most names have are not kept. What is missing in the end is collected once more:
//! all of it, if the file was not in order after all, or what there is about the names that other facts name.

use std::sync::Arc;

use mimi_name::DomainName;

use crate::check::digest::Digest;
use crate::check::order::Order;
use crate::check::suspects::Suspects;

/// What is known about a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Kind {
    /// It has MIMI records; once for each time they stand together in the file.
    Mimi,
    /// It has MIMIX records; as above.
    Mimix,
    Cname,
    /// It is delegated.
    Ns,
    Dname,
    /// There are MIMI records below it.
    MimiBelow,
    /// There are delegations below it.
    NsBelow,
    /// A MIMIX record leads to it, and it is in this zone.
    Target,
    /// A MIMIX record leads to it, and it is elsewhere.
    TargetElsewhere,
    /// A wildcard directly below it has MIMI records.
    Wildcard,
    /// A wildcard somewhere below it has MIMI records.
    WildcardBelow,
    /// A MIMIX record leads to a name below it.
    TargetBelow,
    /// MIMI records and a delegation stand together at it.
    Occluded,
    /// TXT records of the bridge stand for it (D57).
    Bridge,
}

const KIND_BITS: u32 = 4;

/// How many lists there are. Each is large enough, where it matters, for the system to move it without a copy when it grows.
const LISTS: usize = 16;

/// A fact: the hash of a name, its upper half first; then the digest above the kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fact([u32; 3]);

impl Fact {
    fn new(hash: u64, kind: Kind, digest: u32) -> Self {
        let (upper, lower) = ((hash >> 32) as u32, hash as u32);
        Self([upper, lower, digest << KIND_BITS | kind as u32])
    }

    /// The hash of the name.
    pub(crate) fn hash(self) -> u64 {
        let [upper, lower, _] = self.0;
        u64::from(upper) << 32 | u64::from(lower)
    }

    /// Whether it is of a kind.
    pub(crate) fn is(self, kind: Kind) -> bool {
        self.is_of(bit(kind))
    }

    /// The digest in a fact about MIMI records.
    pub(crate) fn digest(self) -> Digest {
        Digest(self.0[2] >> KIND_BITS)
    }

    fn is_of(self, kinds: u16) -> bool {
        kinds >> (self.0[2] & ((1 << KIND_BITS) - 1)) & 1 == 1
    }

    fn list(self) -> usize {
        (self.0[0] >> 28) as usize
    }
}

/// How many facts are kept before it is said that a file is in order.
pub(crate) const UNDECIDED: usize = 1 << 19;

/// Facts that say nothing where each owner comes once.
const OF_OWNERS: u16 = bit(Kind::Mimi);

/// Facts about the names above users.
const OF_USERS: u16 = bit(Kind::MimiBelow);

/// Facts about what takes names out of the zone, or renames them.
const OF_CUTS: u16 = bit(Kind::Ns) | bit(Kind::NsBelow) | bit(Kind::Cname);

/// Facts that are worth a look by themselves.
const ALONE: u16 =
    bit(Kind::Target) | bit(Kind::Wildcard) | bit(Kind::Occluded) | bit(Kind::Bridge);

const fn bit(kind: Kind) -> u16 {
    1 << kind as u16
}

/// How many of the last facts of the kinds that repeat are remembered, so as not to keep them again.
const RECENT: usize = 1 << 10;

/// What is known about names.
pub(crate) struct Facts {
    lists: Vec<Vec<Fact>>,
    count: usize,
    recent: Box<[Fact]>,
    order: Order,
    keeping: Keeping,
    /// The kinds of facts that are no longer kept, as bits.
    dropped: u16,
}

/// Which facts are kept.
#[derive(Clone)]
pub(crate) enum Keeping {
    /// All, unless there are more than so many and the file is in order.
    AtMost(usize),
    /// All.
    All,
    /// Those about some names: their hashes, sorted.
    About(Arc<Vec<u64>>),
}

impl Facts {
    pub(crate) fn new(keeping: Keeping) -> Self {
        Self {
            lists: vec![Vec::new(); LISTS],
            count: 0,
            recent: vec![Fact::default(); RECENT].into(),
            order: Order::default(),
            keeping,
            dropped: 0,
        }
    }

    /// Those of one part of the file, which does not decide by itself what to drop.
    pub(crate) fn of_part(keeping: &Keeping) -> Self {
        Self::new(match keeping {
            Keeping::AtMost(_) => Keeping::All,
            other => other.clone(),
        })
    }

    /// Notes that the records of an owner end in the file.
    pub(crate) fn owner(&mut self, owner: &DomainName) {
        self.order.next(owner);
    }

    pub(crate) fn note(&mut self, hash: u64, kind: Kind) {
        if self.dropped & bit(kind) == 0 {
            self.push(Fact::new(hash, kind, 0));
        }
    }

    /// Notes that MIMI records stand together at a name.
    pub(crate) fn note_mimi(&mut self, hash: u64, digest: Digest) {
        if self.dropped & bit(Kind::Mimi) == 0 {
            self.push(Fact::new(hash, Kind::Mimi, digest.0));
        }
    }

    /// Notes a fact that many records tell, once as far as is remembered.
    pub(crate) fn note_again(&mut self, hash: u64, kind: Kind) {
        let fact = Fact::new(hash, kind, 0);
        let slot = (hash >> 32) as usize % RECENT;
        if let Some(slot) = self.recent.get_mut(slot)
            && *slot != fact
            && self.dropped & bit(kind) == 0
        {
            *slot = fact;
            self.push(fact);
        }
    }

    fn push(&mut self, fact: Fact) {
        if let Keeping::About(names) = &self.keeping
            && names.binary_search(&fact.hash()).is_err()
        {
            return;
        }
        if let Some(list) = self.lists.get_mut(fact.list()) {
            list.push(fact);
            self.count += 1;
        }
        self.drop_some();
    }

    /// Drops facts of the most common kinds, where there are too many and the file is in order.
    fn drop_some(&mut self) {
        let Keeping::AtMost(most) = self.keeping else {
            return;
        };
        if self.count <= most || !self.order.holds() {
            return;
        }
        if self.dropped & OF_OWNERS == 0 {
            self.drop_kinds(OF_OWNERS);
        }
        if self.count > most && self.dropped & (OF_USERS | OF_CUTS) == 0 {
            let count = |kinds: u16| {
                let facts = self.lists.iter().flatten();
                facts.filter(|fact| fact.is_of(kinds)).count()
            };
            // One of the two stays, to tell about which names the other one matters.
            self.drop_kinds(match count(OF_USERS) > count(OF_CUTS) {
                true => OF_USERS,
                false => OF_CUTS,
            });
        }
    }

    fn drop_kinds(&mut self, kinds: u16) {
        self.dropped |= kinds;
        for list in &mut self.lists {
            list.retain(|fact| !fact.is_of(kinds));
            list.shrink_to_fit();
        }
        self.count = self.lists.iter().map(Vec::len).sum();
    }

    /// Adds what is known from the part of the file behind.
    pub(crate) fn append(&mut self, later: Self) {
        self.order.append(later.order);
        for (list, mut later) in self.lists.iter_mut().zip(later.lists) {
            if self.dropped == 0 {
                list.append(&mut later);
            } else {
                list.extend(later.iter().filter(|fact| !fact.is_of(self.dropped)));
            }
        }
        self.count = self.lists.iter().map(Vec::len).sum();
        self.drop_some();
    }

    /// Which facts are missing that matter, and must be collected once more.
    pub(crate) fn missing(&self) -> Option<Keeping> {
        if self.dropped == 0 {
            return None;
        }
        if !self.order.holds() {
            return Some(Keeping::All);
        }
        if self.dropped & (OF_USERS | OF_CUTS) == 0 {
            return None;
        }
        let facts = self.lists.iter().flatten();
        let mut names: Vec<u64> = facts.map(|fact| fact.hash()).collect();
        names.sort_unstable();
        names.dedup();
        (!names.is_empty()).then(|| Keeping::About(Arc::new(names)))
    }

    /// The names whose facts do not go together.
    pub(crate) fn suspects(mut self) -> Suspects {
        let mut suspects = Suspects::default();
        for list in &mut self.lists {
            let mut list = core::mem::take(list);
            list.sort_unstable();
            for facts in list.chunk_by(|one, other| one.hash() == other.hash()) {
                if let [only] = facts
                    && !only.is_of(ALONE)
                {
                    continue;
                }
                suspects.judge(facts);
            }
        }
        suspects
    }
}
