//! [`OutcomeCache`]: what became of identifiers.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use mimi_discovery::Outcome;
use mimi_id::Identifier;

use super::store::{Cache, CacheStatistics};
use super::{lifetime, weight};
use crate::clock::{Clock, Moment};

/// Keeps outcomes by the canonical key of their identifier, so that all its spellings share one.
///
/// Whoever gets an outcome from here is told: its age is beside it, its TTL is what is left, and its trace begins with that.
pub struct OutcomeCache {
    cache: Cache<String, Arc<Outcome>>,
}

/// An outcome from the cache.
#[derive(Clone, Debug)]
pub struct KeptOutcome {
    /// As it was learnt.
    pub outcome: Arc<Outcome>,
    /// How long ago that was.
    pub age: Duration,
}

impl KeptOutcome {
    /// The outcome as it is now: see [`Outcome::aged`].
    pub fn to_outcome(&self) -> Outcome {
        self.outcome.aged(self.age)
    }
}

impl OutcomeCache {
    /// An empty cache of at most this many octets.
    pub fn new(capacity: u64, clock: Arc<dyn Clock>) -> Self {
        Self {
            cache: Cache::new(capacity, clock),
        }
    }

    /// The time by its clock: to be noted when a discovery begins, and given to [`insert`](Self::insert).
    pub fn now(&self) -> Moment {
        self.cache.now()
    }

    /// The outcome of an identifier, if it is fresh.
    pub fn get(&self, identifier: &Identifier) -> Option<KeptOutcome> {
        let kept = self.cache.get(&identifier.canonical_key())?;
        Some(KeptOutcome {
            outcome: kept.value,
            age: kept.age,
        })
    }

    /// Keeps the outcome of a discovery that began at `began`, as long as [`lifetime::of_outcome`] says.
    ///
    /// Its TTL runs from `began`, since its first record may have come right then. A failure is kept from now on: it says nothing of a
    /// record's age, and a timeout takes longer than it is kept.
    pub fn insert(&self, identifier: &Identifier, outcome: Arc<Outcome>, began: Moment) {
        let key = identifier.canonical_key();
        let lifetime = lifetime::of_outcome(&outcome);
        let learnt = if lifetime::is_failure(&outcome) {
            self.now()
        } else {
            began
        };
        let octets = weight::outcome_octets(&outcome) + weight::text(&key) as u64;
        self.cache.insert(key, outcome, learnt, lifetime, octets);
    }

    /// Forgets every outcome past its time; see [`Cache::remove_expired`].
    pub fn remove_expired(&self) {
        self.cache.remove_expired();
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.cache.clear();
    }

    /// What it has done, and what it holds.
    pub fn statistics(&self) -> CacheStatistics {
        self.cache.statistics()
    }
}

impl fmt::Debug for OutcomeCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cache.fmt(f)
    }
}
