//! Which classes explain a disagreement: without what they are about, the two readers agree.

use anyhow::Result;

use super::classes::{Class, Classes, Verdict};
use super::readers::{Bench, Peer, Reading};
use super::record;
use super::zone::Zone;

/// How a peer reads a zone other than we do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Disagreement {
    pub(super) ours: Verdict,
    pub(super) theirs: Verdict,
    /// What is said about it.
    pub(super) says: Vec<String>,
}

impl Disagreement {
    fn is_like(&self, other: &Self) -> bool {
        (self.ours, self.theirs) == (other.ours, other.theirs)
    }
}

/// Has both read the zone.
fn compare(bench: &Bench, zone: &Zone, peer: Peer) -> Result<Option<Disagreement>> {
    Ok(between(
        zone,
        &bench.ours(zone)?,
        &bench.theirs(zone, peer)?,
        peer,
    ))
}

/// How two readings of a zone disagree.
pub(super) fn between(
    zone: &Zone,
    ours: &Reading,
    theirs: &Reading,
    peer: Peer,
) -> Option<Disagreement> {
    let verdict = |accepts| {
        if accepts {
            Verdict::Reads
        } else {
            Verdict::Refuses
        }
    };
    if ours.accepts != theirs.accepts {
        let refusing = if ours.accepts { theirs } else { ours };
        return Some(Disagreement {
            ours: verdict(ours.accepts),
            theirs: verdict(theirs.accepts),
            says: refusing.says.clone(),
        });
    }
    if !ours.accepts {
        return None;
    }
    let apex = record::wire_name(&zone.apex).unwrap_or_default();
    let (our_records, their_records) = (ours.records.as_ref()?, theirs.records.as_ref()?);
    let what = record::difference(our_records, their_records, &apex, peer == Peer::Nsd)?;
    Some(Disagreement {
        ours: Verdict::Reads,
        theirs: Verdict::Differs,
        says: vec![what],
    })
}

/// The classes of this peer that a zone could show.
fn present<'c>(classes: &'c Classes, zone: &Zone, peer: Peer) -> Vec<&'c Class> {
    classes
        .iter()
        .filter(|class| class.of(peer) != class.ours && zone.has(&class.name))
        .collect()
}

/// The classes that explain a disagreement; `None` when none does.
pub(super) fn explain<'c>(
    bench: &Bench,
    classes: &'c Classes,
    zone: &Zone,
    peer: Peer,
    disagreement: &Disagreement,
) -> Result<Option<Vec<&'c Class>>> {
    let present = present(classes, zone, peer);
    let direct =
        |class: &&&Class| (class.ours, class.of(peer)) == (disagreement.ours, disagreement.theirs);
    let agree_without = |classes: &[&Class]| -> Result<bool> {
        let tags: Vec<&str> = classes.iter().map(|class| class.name.as_str()).collect();
        Ok(compare(bench, &zone.without(&tags), peer)?.is_none())
    };
    for class in present.iter().filter(direct) {
        if agree_without(&[class])? {
            return Ok(Some(vec![class]));
        }
    }
    if present.iter().any(|class| direct(&class)) && present.len() > 1 && agree_without(&present)? {
        return Ok(Some(present));
    }
    Ok(None)
}

/// The zone without what classes explain, if readers still disagree then, and without every entry that this does not need.
pub(super) fn shrink(
    bench: &Bench,
    classes: &Classes,
    zone: &Zone,
    peer: Peer,
) -> Result<(Zone, Option<Disagreement>)> {
    let tags: Vec<&str> = present(classes, zone, peer)
        .iter()
        .map(|class| class.name.as_str())
        .collect();
    let mut zone = zone.clone();
    let mut disagreement = compare(bench, &zone, peer)?;
    let unexplained = zone.without(&tags);
    if let Some(found) = compare(bench, &unexplained, peer)? {
        zone = unexplained;
        disagreement = Some(found);
    }
    let mut index = zone.entries.len();
    while index > 0 {
        index -= 1;
        let Some(smaller) = zone.without_entry(index) else {
            continue;
        };
        let found = compare(bench, &smaller, peer)?;
        let is_like =
            |found: &Disagreement| disagreement.as_ref().is_some_and(|it| it.is_like(found));
        if found.as_ref().is_some_and(is_like) {
            zone = smaller;
            disagreement = found;
        }
    }
    Ok((zone, disagreement))
}
