//! Hashes of names and of all names above them, without regard to ASCII case.

use std::hash::{BuildHasher, Hasher, RandomState};

use foldhash::quality::FixedState;
use mimi_name::DomainName;

/// Makes hashes that nobody can foretell, so that no file can be made to have many names with the same one.
#[derive(Clone)]
pub(crate) struct NameHasher {
    seed: u64,
}

/// The hashes of a name and of those above it.
pub(crate) struct NameHashes {
    /// That of the top-level name first, that of the name itself last.
    hashes: Vec<u64>,
    root: u64,
}

impl NameHasher {
    pub(crate) fn new() -> Self {
        Self {
            seed: RandomState::new().build_hasher().finish(),
        }
    }

    pub(crate) fn hashes(&self, name: &DomainName) -> NameHashes {
        let labels: Vec<&[u8]> = name.labels().collect();
        let mut found = NameHashes {
            hashes: Vec::with_capacity(labels.len()),
            root: self.seed,
        };
        let mut hash = self.seed;
        for label in labels.iter().rev() {
            hash = below(hash, label);
            found.hashes.push(hash);
        }
        found
    }

    /// The hash of a name, where that of its parent is known.
    pub(crate) fn below(&self, parent: u64, name: &DomainName) -> u64 {
        name.labels()
            .next()
            .map_or(self.seed, |label| below(parent, label))
    }

    pub(crate) fn hash(&self, name: &DomainName) -> u64 {
        self.hashes(name).own()
    }
}

/// The hash of a name one label below another one.
fn below(above: u64, label: &[u8]) -> u64 {
    let mut lower = [0; DomainName::MAX_LABEL_LENGTH];
    for (slot, octet) in lower.iter_mut().zip(label) {
        *slot = octet.to_ascii_lowercase();
    }
    let mut hasher = FixedState::with_seed(above).build_hasher();
    hasher.write(lower.get(..label.len()).unwrap_or(&lower));
    hasher.finish()
}

impl NameHashes {
    /// That of the name itself.
    pub(crate) fn own(&self) -> u64 {
        self.hashes.last().copied().unwrap_or(self.root)
    }

    /// That of the name above it.
    pub(crate) fn parent(&self) -> u64 {
        let parent = self.hashes.len().checked_sub(2);
        parent
            .and_then(|parent| self.hashes.get(parent))
            .copied()
            .unwrap_or(self.root)
    }

    /// Those of the names above it that have at least `labels` labels, the nearest first; the root is not among them.
    pub(crate) fn above(&self, labels: usize) -> impl Iterator<Item = u64> + '_ {
        let start = labels.max(1) - 1;
        let end = self.hashes.len().saturating_sub(1);
        let hashes = self.hashes.get(start..end).unwrap_or_default();
        hashes.iter().rev().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> DomainName {
        DomainName::parse_absolute(text).unwrap()
    }

    #[test]
    fn a_name_has_the_hashes_of_all_names_above_it() {
        let hasher = NameHasher::new();
        let hashes = hasher.hashes(&name("a.B.example.com"));
        assert_eq!(hashes.own(), hasher.hash(&name("A.b.example.COM")));
        let above: Vec<u64> = hashes.above(2).collect();
        let expected = ["b.example.com", "example.com"].map(|text| hasher.hash(&name(text)));
        assert_eq!(above, expected);
        assert_eq!(hashes.above(9).count(), 0);
    }

    #[test]
    fn where_labels_end_matters() {
        let hasher = NameHasher::new();
        assert_ne!(hasher.hash(&name("ab.c")), hasher.hash(&name("a.bc")));
        assert_ne!(hasher.hash(&name("a.b.c")), hasher.hash(&name("a\\.b.c")));
    }
}
