//! What all zones came to.

use std::collections::BTreeMap;

use super::readers::{Bench, Peer};
use crate::process::say;

/// What one peer made of one zone.
pub(super) struct Finding {
    pub(super) peer: Peer,
    /// Whether we accept it, and whether the peer does.
    pub(super) ours: bool,
    pub(super) theirs: bool,
    pub(super) agreed: bool,
    /// What explains that they did not agree.
    pub(super) classes: Vec<String>,
    /// What to say where nothing does.
    pub(super) unexplained: Option<String>,
}

/// Counts.
#[derive(Default)]
pub(super) struct Tally {
    zones: usize,
    accepted_here: usize,
    accepted: BTreeMap<Peer, usize>,
    agreed: BTreeMap<Peer, usize>,
    classes: BTreeMap<(Peer, String), usize>,
    pub(super) unexplained: Vec<String>,
}

impl Tally {
    /// Adds what all peers made of a zone.
    pub(super) fn add(&mut self, findings: Vec<Finding>) {
        self.zones += 1;
        self.accepted_here += usize::from(findings.first().is_some_and(|finding| finding.ours));
        for finding in findings {
            let peer = finding.peer;
            *self.accepted.entry(peer).or_default() += usize::from(finding.theirs);
            *self.agreed.entry(peer).or_default() += usize::from(finding.agreed);
            for class in finding.classes {
                *self.classes.entry((peer, class)).or_default() += 1;
            }
            self.unexplained.extend(finding.unexplained);
        }
    }

    pub(super) fn report(&self, seed: u64, bench: &Bench) {
        let (zones, here) = (self.zones, self.accepted_here);
        say(&format!(
            "interop: seed {seed}, {zones} zones, mimi accepts {here}"
        ));
        for &(peer, _) in &bench.peers {
            let count = |map: &BTreeMap<Peer, usize>| map.get(&peer).copied().unwrap_or_default();
            let (accepted, agreed) = (count(&self.accepted), count(&self.agreed));
            let classes = self.classes.iter().filter(|((it, _), _)| *it == peer);
            let classes: Vec<String> = classes
                .map(|((_, class), count)| format!("{class} {count}"))
                .collect();
            say(&format!(
                "interop: {} accepts {accepted}, agrees about {agreed}, otherwise: {}",
                peer.program(),
                classes.join(", ")
            ));
        }
    }
}
