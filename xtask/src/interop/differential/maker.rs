//! What makes the parts of a zone file, and remembers what they have that not all readers take alike.
//!
//! Names are made in `names.rs`, character-strings in `strings.rs`, RDATA in `rdata*.rs`, whole records in `records.rs`.

use std::collections::BTreeSet;

use super::classes::Tag;
use super::random::Random;

/// A name: labels from the left, without the root.
pub(super) type Labels = Vec<Vec<u8>>;

/// Makes parts, and remembers which features they got.
pub(super) struct Maker {
    pub(super) random: Random,
    pub(super) apex: Labels,
    pub(super) origin: Labels,
    /// Features to use now and then that not all readers take alike.
    pub(super) allowed: BTreeSet<Tag>,
    /// Whether the zone is to be signed.
    pub(super) to_sign: bool,
    /// Whether the zone ends without a line feed.
    pub(super) ends_open: bool,
    /// Features of the entry in the making.
    pub(super) used: BTreeSet<Tag>,
    /// How many records and directives stated a TTL.
    pub(super) stated_ttls: usize,
    counter: usize,
}

impl Maker {
    pub(super) fn new(random: Random, apex: &str) -> Self {
        let apex: Labels = apex
            .split('.')
            .filter(|label| !label.is_empty())
            .map(Into::into)
            .collect();
        Self {
            random,
            origin: apex.clone(),
            apex,
            allowed: BTreeSet::new(),
            to_sign: false,
            ends_open: false,
            used: BTreeSet::new(),
            stated_ttls: 0,
            counter: 0,
        }
    }

    /// Whether to use a feature here that not all readers take alike.
    pub(super) fn wants(&mut self, feature: Tag) -> bool {
        let wants = self.allowed.contains(&feature) && self.random.one_in(2);
        if wants {
            self.used.insert(feature);
        }
        wants
    }

    pub(super) fn number(&mut self) -> usize {
        self.counter += 1;
        self.counter
    }
}
