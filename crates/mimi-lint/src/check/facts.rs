//! [`Facts`]: what is known about each name, in eight octets a fact, and which names are worth a second look.
//!
//! A fact is the hash of a name with a kind in its lowest bits. Facts stand in lists by their highest bits; each list is sorted by
//! itself at the end, so that all facts about a name stand together. Names whose facts do not go together are *suspects*: their records
//! are read again, and judged by their real names.
//!
//! Where owners come in order (canonical, as servers and signers dump zones, or that of their text) an owner cannot come twice, and
//! once there are many facts, those of the kinds that most names have are not kept. What is missing in the end is collected once more:
//! all of it, if the file was not in order after all, or what there is about the names that other facts name.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

use mimi_name::DomainName;

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
const LISTS: usize = 256;

/// How many facts are kept before it is said that a file is in order.
pub(crate) const UNDECIDED: usize = 1 << 18;

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
    lists: Vec<Vec<u64>>,
    count: usize,
    recent: Box<[u64]>,
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
    /// Those about some names: their keys, sorted.
    About(Arc<Vec<u64>>),
}

/// Whether owners come in an order in which none comes twice.
#[derive(Clone, Default)]
struct Order {
    first: Option<DomainName>,
    last: Option<DomainName>,
    not_canonical: bool,
    not_textual: bool,
}

/// Names that are worth a second look, by their hashes without the lowest bits.
#[derive(Debug, Default)]
pub(crate) struct Suspects {
    /// All that stands at these names.
    pub(crate) at: HashSet<u64>,
    /// Names whose MIMI records stand apart in the file.
    pub(crate) scattered: HashSet<u64>,
    /// The MIMI records below these names.
    pub(crate) mimi_below: HashSet<u64>,
    /// The delegations below these names.
    pub(crate) ns_below: HashSet<u64>,
    /// Everything below these names.
    pub(crate) all_below: HashSet<u64>,
    /// The MIMIX records that lead to these names.
    pub(crate) targets: HashSet<u64>,
    /// The MIMIX records that lead to names below these names.
    pub(crate) targets_below: HashSet<u64>,
    /// Names that TXT records of the bridge stand for.
    pub(crate) bridges: HashSet<u64>,
    /// Names that have MIMI records below them, among those with other facts.
    pub(crate) with_mimi_below: HashSet<u64>,
}

/// The part of a hash that facts are told apart by.
pub(crate) fn key(hash: u64) -> u64 {
    hash >> KIND_BITS
}

impl Facts {
    pub(crate) fn new(keeping: Keeping) -> Self {
        Self {
            lists: vec![Vec::new(); LISTS],
            count: 0,
            recent: vec![0; RECENT].into(),
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
            self.push(key(hash) << KIND_BITS | kind as u64);
        }
    }

    /// Notes a fact that many records tell, once as far as is remembered.
    pub(crate) fn note_again(&mut self, hash: u64, kind: Kind) {
        let fact = key(hash) << KIND_BITS | kind as u64;
        let slot = (hash >> 32) as usize % RECENT;
        if let Some(slot) = self.recent.get_mut(slot)
            && *slot != fact
            && self.dropped & bit(kind) == 0
        {
            *slot = fact;
            self.push(fact);
        }
    }

    fn push(&mut self, fact: u64) {
        if let Keeping::About(keys) = &self.keeping
            && keys.binary_search(&(fact >> KIND_BITS)).is_err()
        {
            return;
        }
        if let Some(list) = self.lists.get_mut((fact >> 56) as usize) {
            list.push(fact);
            self.count += 1;
        }
        self.drop_some();
    }

    fn is_in_order(&self) -> bool {
        !(self.order.not_canonical && self.order.not_textual)
    }

    /// Drops facts of the most common kinds, where there are too many and the file is in order.
    fn drop_some(&mut self) {
        let Keeping::AtMost(most) = self.keeping else {
            return;
        };
        if self.count <= most || !self.is_in_order() {
            return;
        }
        if self.dropped & OF_OWNERS == 0 {
            self.drop_kinds(OF_OWNERS);
        }
        if self.count > most && self.dropped & (OF_USERS | OF_CUTS) == 0 {
            let count = |kinds: u16| {
                let facts = self.lists.iter().flatten();
                facts.filter(|fact| is_of(**fact, kinds)).count()
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
            list.retain(|fact| !is_of(*fact, kinds));
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
                list.extend(later.iter().filter(|fact| !is_of(**fact, self.dropped)));
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
        if !self.is_in_order() {
            return Some(Keeping::All);
        }
        if self.dropped & (OF_USERS | OF_CUTS) == 0 {
            return None;
        }
        let mut keys: Vec<u64> = self
            .lists
            .iter()
            .flatten()
            .map(|fact| fact >> KIND_BITS)
            .collect();
        keys.sort_unstable();
        keys.dedup();
        (!keys.is_empty()).then(|| Keeping::About(Arc::new(keys)))
    }

    /// The names whose facts do not go together.
    pub(crate) fn suspects(mut self) -> Suspects {
        let mut suspects = Suspects::default();
        for list in &mut self.lists {
            let mut list = core::mem::take(list);
            list.sort_unstable();
            for facts in list.chunk_by(|one, other| key(*one) == key(*other)) {
                if let [only] = facts
                    && !is_of(*only, ALONE)
                {
                    continue;
                }
                suspects.judge(facts);
            }
        }
        suspects
    }
}

fn fact_kind(fact: u64) -> u8 {
    (fact & ((1 << KIND_BITS) - 1)) as u8
}

fn is_of(fact: u64, kinds: u16) -> bool {
    kinds >> fact_kind(fact) & 1 == 1
}

impl Suspects {
    /// Whether there is nothing to look at.
    pub(crate) fn are_none(&self) -> bool {
        self.at.is_empty() && self.all_below.is_empty() && self.targets.is_empty()
    }

    /// All facts about one name, sorted.
    fn judge(&mut self, facts: &[u64]) {
        let count = |kind: Kind| {
            facts
                .iter()
                .filter(|fact| fact_kind(**fact) == kind as u8)
                .count()
        };
        let has = |kind: Kind| count(kind) > 0;
        let Some(name) = facts.first().map(|fact| key(*fact)) else {
            return;
        };
        let has_mimi_below = has(Kind::MimiBelow);
        let ours = count(Kind::Mimi) + count(Kind::Mimix);
        if ours > 1 || (ours == 1 && has(Kind::Cname)) {
            self.at.insert(name);
            self.scattered.insert(name);
        }
        if has(Kind::Occluded)
            || (has(Kind::Ns) && (has(Kind::Mimi) || has_mimi_below))
            || (has(Kind::Dname) && has_mimi_below)
        {
            self.at.insert(name);
            self.mimi_below.insert(name);
        }
        let is_clean_target = has_mimi_below
            && ![
                Kind::Cname,
                Kind::Mimix,
                Kind::Ns,
                Kind::Dname,
                Kind::NsBelow,
                Kind::TargetBelow,
                Kind::WildcardBelow,
            ]
            .into_iter()
            .any(has);
        if has(Kind::Target) && (!is_clean_target || count(Kind::Target) > 1) {
            self.at.insert(name);
            self.targets.insert(name);
            self.ns_below.insert(name);
        }
        if (has(Kind::Ns) || has(Kind::Dname)) && has(Kind::TargetBelow) {
            self.at.insert(name);
        }
        let is_target = has(Kind::Target) || has(Kind::TargetElsewhere);
        if is_target && has(Kind::TargetBelow) {
            self.targets.insert(name);
            self.targets_below.insert(name);
        }
        if count(Kind::TargetElsewhere) > 1 {
            self.targets.insert(name);
        }
        if has(Kind::Bridge) {
            self.at.insert(name);
            self.bridges.insert(name);
        }
        if has(Kind::Wildcard) {
            self.at.insert(name);
            self.all_below.insert(name);
            if has(Kind::Target) {
                self.targets.insert(name);
            }
        }
        if has_mimi_below {
            self.with_mimi_below.insert(name);
        }
    }
}

impl Order {
    fn next(&mut self, owner: &DomainName) {
        if let Some(last) = &mut self.last {
            self.not_canonical = self.not_canonical || *last >= *owner;
            self.not_textual = self.not_textual || !is_before_in_text(last, owner);
            if !(self.not_canonical && self.not_textual) {
                last.clone_from(owner);
            }
        } else {
            self.first = Some(owner.clone());
            self.last = Some(owner.clone());
        }
    }

    fn append(&mut self, later: Self) {
        if let Some(first) = &later.first {
            self.next(first);
        }
        self.not_canonical |= later.not_canonical;
        self.not_textual |= later.not_textual;
        self.last = later.last.or_else(|| self.last.take());
    }
}

/// Whether a name comes before another one when lines of text are sorted, apart from ASCII case.
fn is_before_in_text(one: &DomainName, other: &DomainName) -> bool {
    fn text(label: &[u8]) -> impl Iterator<Item = u8> + '_ {
        let lower = label.iter().map(u8::to_ascii_lowercase);
        lower.chain(std::iter::once(b'.'))
    }
    let mut others = other.labels();
    for label in one.labels() {
        let Some(other) = others.next() else {
            return false;
        };
        match text(label).cmp(text(other)) {
            Ordering::Less => return true,
            Ordering::Greater => return false,
            Ordering::Equal => {}
        }
    }
    others.next().is_some()
}
