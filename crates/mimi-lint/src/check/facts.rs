//! [`Facts`]: what is known about each name, in eight octets a fact, and which names are worth a second look.
//!
//! A fact is the hash of a name with a kind in its lowest bits. Facts stand in lists by their highest bits; each list is sorted by
//! itself at the end, so that all facts about a name stand together. Names whose facts do not go together are *suspects*: their records
//! are read again, and judged by their real names.
//!
//! Where owners come in order (canonical, as servers and signers dump zones, or that of their text) a MIMI owner cannot come twice, and
//! facts that only say "has MIMI" are not kept once it is clear that the file is such a one. If it then turns out not to be, the facts
//! are collected once more, all of them.

use std::cmp::Ordering;
use std::collections::HashSet;

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
    /// A wildcard below it has MIMI records.
    Wildcard,
}

const TARGET: u8 = Kind::Target as u8;
const WILDCARD: u8 = Kind::Wildcard as u8;

const KIND_BITS: u32 = 4;
const LISTS: usize = 256;

/// How many facts are kept before it is said that a file is in order.
const UNDECIDED: usize = 1 << 18;

/// How many of the last facts of the kinds that repeat are remembered, so as not to keep them again.
const RECENT: usize = 1 << 10;

/// What is known about names.
pub(crate) struct Facts {
    lists: Vec<Vec<u64>>,
    count: usize,
    recent: Box<[u64]>,
    order: Order,
    /// Whether every fact is kept, in order or not.
    keeps_all: bool,
    /// Whether facts were not kept because the file seemed to be in order.
    dropped: bool,
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
    /// Names that have MIMI records below them, among those with other facts.
    pub(crate) with_mimi_below: HashSet<u64>,
}

/// The part of a hash that facts are told apart by.
pub(crate) fn key(hash: u64) -> u64 {
    hash >> KIND_BITS
}

impl Facts {
    pub(crate) fn new(keeps_all: bool) -> Self {
        Self {
            lists: vec![Vec::new(); LISTS],
            count: 0,
            recent: vec![0; RECENT].into(),
            order: Order::default(),
            keeps_all,
            dropped: false,
        }
    }

    /// Notes that an owner of MIMI records begins in the file.
    pub(crate) fn mimi_owner(&mut self, owner: &DomainName, hash: u64, stands_alone: bool) {
        self.order.next(owner);
        if self.is_in_order() && stands_alone && !self.keeps_all {
            if self.dropped {
                return;
            }
            if self.count >= UNDECIDED {
                self.drop_mimi();
                return;
            }
        }
        self.note(hash, Kind::Mimi);
    }

    pub(crate) fn note(&mut self, hash: u64, kind: Kind) {
        let fact = key(hash) << KIND_BITS | kind as u64;
        self.push(fact);
    }

    /// Notes a fact that many records tell, once as far as is remembered.
    pub(crate) fn note_again(&mut self, hash: u64, kind: Kind) {
        let fact = key(hash) << KIND_BITS | kind as u64;
        let slot = &mut self.recent[(hash >> 32) as usize % RECENT];
        if *slot != fact {
            *slot = fact;
            self.push(fact);
        }
    }

    fn push(&mut self, fact: u64) {
        self.lists[(fact >> 56) as usize].push(fact);
        self.count += 1;
    }

    fn is_in_order(&self) -> bool {
        !(self.order.not_canonical && self.order.not_textual)
    }

    fn drop_mimi(&mut self) {
        self.dropped = true;
        let mut count = 0;
        for list in &mut self.lists {
            list.retain(|fact| fact_kind(*fact) != Kind::Mimi as u8);
            list.shrink_to_fit();
            count += list.len();
        }
        self.count = count;
    }

    /// Adds what is known from the part of the file behind.
    pub(crate) fn append(&mut self, mut later: Self) {
        self.order.append(later.order);
        self.dropped |= later.dropped;
        for (list, later) in self.lists.iter_mut().zip(&mut later.lists) {
            if self.dropped {
                list.extend(
                    later
                        .iter()
                        .filter(|fact| fact_kind(**fact) != Kind::Mimi as u8),
                );
            } else {
                list.append(later);
            }
        }
        self.count = self.lists.iter().map(Vec::len).sum();
        if self.is_in_order() && !self.keeps_all && !self.dropped && self.count > UNDECIDED {
            self.drop_mimi();
        }
    }

    /// Whether facts are missing that matter, since the file is not in order after all.
    pub(crate) fn are_incomplete(&self) -> bool {
        self.dropped && !self.is_in_order()
    }

    /// The names whose facts do not go together.
    pub(crate) fn suspects(mut self) -> Suspects {
        let mut suspects = Suspects::default();
        for list in &mut self.lists {
            let mut list = core::mem::take(list);
            list.sort_unstable();
            for facts in list.chunk_by(|one, other| key(*one) == key(*other)) {
                if let [only] = facts
                    && !matches!(fact_kind(*only), TARGET | WILDCARD)
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
        if count(Kind::Mimi) > 1 || count(Kind::Mimix) > 1 {
            self.at.insert(name);
            self.scattered.insert(name);
        }
        if has(Kind::Cname) && (has(Kind::Mimi) || has(Kind::Mimix)) {
            self.at.insert(name);
            self.scattered.insert(name);
        }
        if (has(Kind::Ns) && (has(Kind::Mimi) || has_mimi_below))
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
            ]
            .into_iter()
            .any(has);
        if has(Kind::Target) && (!is_clean_target || count(Kind::Target) > 1) {
            self.at.insert(name);
            self.targets.insert(name);
            self.ns_below.insert(name);
        }
        if count(Kind::TargetElsewhere) > 1 {
            self.targets.insert(name);
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
            if self.not_canonical && self.not_textual {
                return;
            }
            let (canonical, textual) = orders(last, owner);
            self.not_canonical |= canonical.is_ge();
            self.not_textual |= textual.is_ge();
            last.clone_from(owner);
        } else {
            self.first = Some(owner.clone());
            self.last = Some(owner.clone());
        }
    }

    fn append(&mut self, later: Self) {
        if let Some(first) = &later.first {
            // The owner at the end of one part may go on in the next.
            if self.last.as_ref() != Some(first) {
                self.next(first);
            }
        }
        self.not_canonical |= later.not_canonical;
        self.not_textual |= later.not_textual;
        self.last = later.last.or_else(|| self.last.take());
    }
}

/// How two names are ordered canonically (RFC 4034 §6.1), and when lines of text are sorted; both apart from ASCII case.
fn orders(one: &DomainName, other: &DomainName) -> (Ordering, Ordering) {
    let (one_wire, other_wire) = (one.as_wire(), other.as_wire());
    let label = |wire: &[u8]| usize::from(wire.first().copied().unwrap_or_default()) + 1;
    let (one_rest, other_rest) = (
        one_wire.get(label(one_wire)..),
        other_wire.get(label(other_wire)..),
    );
    // Neighbours in a file mostly have the same parent.
    let canonical = match (
        one_rest,
        other_rest,
        one.labels().next(),
        other.labels().next(),
    ) {
        (Some(one_rest), Some(other_rest), Some(one_label), Some(other_label))
            if one_rest == other_rest =>
        {
            lowercase(one_label).cmp(lowercase(other_label))
        }
        _ => one.cmp(other),
    };
    (canonical, text(one).cmp(text(other)))
}

fn lowercase(octets: &[u8]) -> impl Iterator<Item = u8> + '_ {
    octets.iter().map(u8::to_ascii_lowercase)
}

fn text(name: &DomainName) -> impl Iterator<Item = u8> + '_ {
    name.labels()
        .flat_map(|label| lowercase(label).chain([b'.']))
}
