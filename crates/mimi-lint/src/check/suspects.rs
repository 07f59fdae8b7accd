//! [`Suspects`]: names whose facts do not go together, and what of the file has to be read again to judge them.

use std::collections::HashSet;

use crate::check::digest;
use crate::check::facts::{Fact, Kind};

/// How many names are looked at again. Where more are amiss, these tell enough.
const MAX_SUSPECTS: usize = 20_000;

/// Names that are worth a second look, by their hashes.
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
    /// Targets that have MIMI records below them.
    pub(crate) with_mimi_below: HashSet<u64>,
    /// Whether there are more of them.
    pub(crate) are_cut: bool,
}

impl Suspects {
    /// Whether there is nothing to look at.
    pub(crate) fn are_none(&self) -> bool {
        self.at.is_empty() && self.all_below.is_empty() && self.targets.is_empty()
    }

    /// All facts about one name, sorted.
    pub(crate) fn judge(&mut self, facts: &[Fact]) {
        let count = |kind: Kind| facts.iter().filter(|fact| fact.is(kind)).count();
        let has = |kind: Kind| count(kind) > 0;
        let Some(name) = facts.first().map(|fact| fact.hash()) else {
            return;
        };
        let has_mimi_below = has(Kind::MimiBelow);
        if self.at.len() + self.targets.len() >= MAX_SUSPECTS {
            self.are_cut = true;
            return;
        }
        let has_mimi = has(Kind::Mimi);
        let beside = usize::from(has_mimi) + count(Kind::Mimix) + usize::from(has(Kind::Cname));
        let digests = || {
            let mimi = facts.iter().filter(|fact| fact.is(Kind::Mimi));
            mimi.map(|fact| fact.digest())
        };
        if (beside > 1 && (has_mimi || has(Kind::Mimix))) || digest::are_worth_a_look(digests()) {
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
        if has_mimi_below && has(Kind::Target) {
            self.with_mimi_below.insert(name);
        }
    }
}
