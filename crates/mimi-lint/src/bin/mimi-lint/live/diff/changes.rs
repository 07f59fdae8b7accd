//! [`Change`]: what would be otherwise for callers, and how it is found.

use std::collections::BTreeSet;

use mimi_mssi::OwnedMssi;
use mimi_name::DomainName;

use super::left_open::LeftOpen;
use super::publication::{NOTHING, Publication};

/// What would be otherwise.
pub(super) struct Change<'a> {
    pub(super) owner: &'a DomainName,
    pub(super) kind: Kind,
    pub(super) before: Option<Value<'a>>,
    pub(super) after: Option<Value<'a>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Added,
    Removed,
    /// The endpoint, the account, the priority, the service or the protocol version is another one.
    Changed,
    /// There were accounts, and then only records that nobody can use.
    Unusable,
}

#[derive(Clone, Copy)]
pub(super) enum Value<'a> {
    Mssi(&'a OwnedMssi),
    Target(&'a DomainName),
}

impl Kind {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Unusable => "unusable",
        }
    }
}

/// All changes, by owner. Names that were left open are left out.
pub(super) fn between<'a>(
    before: &'a Publication,
    after: &'a Publication,
    left_open: &LeftOpen,
) -> Vec<Change<'a>> {
    let names: BTreeSet<_> = before.names().chain(after.names()).collect();
    let mut changes = Vec::new();
    for owner in names {
        if left_open.holds(owner) {
            continue;
        }
        let old = before.at(owner).unwrap_or(&NOTHING);
        let new = after.at(owner).unwrap_or(&NOTHING);
        let mut add = |kind, before, after| {
            changes.push(Change {
                owner,
                kind,
                before,
                after,
            });
        };
        for target in old.targets.difference(&new.targets) {
            add(Kind::Removed, Some(Value::Target(target)), None);
        }
        for target in new.targets.difference(&old.targets) {
            add(Kind::Added, None, Some(Value::Target(target)));
        }
        let is_unusable = new.mssis.is_empty() && new.unusable > 0;
        let mut gone = Vec::new();
        for (key, mssi) in &old.mssis {
            match new.mssis.get(key) {
                Some(same) if is_same(mssi, same) => {}
                Some(other) => add(
                    Kind::Changed,
                    Some(Value::Mssi(mssi)),
                    Some(Value::Mssi(other)),
                ),
                None if is_unusable => add(Kind::Unusable, Some(Value::Mssi(mssi)), None),
                None => gone.push(mssi),
            }
        }
        for (key, mssi) in &new.mssis {
            if old.mssis.contains_key(key) {
                continue;
            }
            match gone.iter().position(|gone| is_moved(gone, mssi)) {
                Some(at) => add(
                    Kind::Changed,
                    Some(Value::Mssi(gone.remove(at))),
                    Some(Value::Mssi(mssi)),
                ),
                None => add(Kind::Added, None, Some(Value::Mssi(mssi))),
            }
        }
        for mssi in gone {
            add(Kind::Removed, Some(Value::Mssi(mssi)), None);
        }
    }
    changes
}

fn is_same(one: &OwnedMssi, other: &OwnedMssi) -> bool {
    let of = |mssi: &OwnedMssi| {
        (
            mssi.priority(),
            mssi.service().map(str::to_owned),
            mssi.protocol_version().map(str::to_owned),
        )
    };
    of(one) == of(other)
}

/// Whether one account is likely the other one: one of its two parts stayed.
fn is_moved(gone: &OwnedMssi, new: &OwnedMssi) -> bool {
    gone.mssa() == new.mssa() || gone.mse() == new.mse()
}
