//! [`Cache`]: entries with a lifetime, bounded by what they weigh.

use std::fmt;
use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use quick_cache::sync::{Cache as Weighed, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, Equivalent, OptionsBuilder, Weighter};

use crate::clock::{Clock, Moment};

/// Parts with a lock of their own. Few, so that each is much larger than the largest entry.
const SHARDS: u64 = 8;
/// The largest entry that is kept, as a share of the bound: one answer must not put out everybody else's.
const LARGEST_SHARE: u64 = 64;
/// What an entry is taken to weigh, to reckon how many keys of evicted entries are remembered.
const TYPICAL_OCTETS: u64 = 1024;

/// Keeps values for their lifetime, within a bound of octets; what is least likely to be asked for again makes room.
///
/// `Debug` shows figures only: keys are personal data.
pub struct Cache<K, V> {
    entries: Weighed<K, Entry<V>, ByOctets>,
    clock: Arc<dyn Clock>,
    largest: u64,
    counts: Counts,
}

/// A value that is fresh, and how old it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<V> {
    /// What was kept.
    pub value: V,
    /// Time since it was learnt; less than its lifetime.
    pub age: Duration,
}

/// What a cache has done, and what it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CacheStatistics {
    /// Look-ups that found a fresh entry.
    pub hits: u64,
    /// Look-ups that found nothing fresh, the expired ones included.
    pub misses: u64,
    /// Look-ups that found an entry past its time, which was then removed.
    pub expired: u64,
    /// Entries kept.
    pub inserted: u64,
    /// Values not kept: without a lifetime, or too large.
    pub refused: u64,
    /// Entries now, expired ones that nobody asked for included.
    pub entries: u64,
    /// What they weigh, in octets.
    pub octets: u64,
    /// The bound, in octets.
    pub capacity: u64,
}

#[derive(Default)]
struct Counts {
    hits: AtomicU64,
    misses: AtomicU64,
    expired: AtomicU64,
    inserted: AtomicU64,
    refused: AtomicU64,
}

#[derive(Clone)]
struct Entry<V> {
    value: V,
    learnt: Moment,
    lifetime: Duration,
    octets: u64,
}

impl<V> Entry<V> {
    /// Its age, while it is fresh.
    fn fresh_age(&self, now: Moment) -> Option<Duration> {
        now.since(self.learnt).filter(|age| *age < self.lifetime)
    }
}

#[derive(Clone)]
struct ByOctets;

impl<K, V> Weighter<K, Entry<V>> for ByOctets {
    fn weight(&self, _: &K, entry: &Entry<V>) -> u64 {
        entry.octets
    }
}

impl<K: Eq + Hash, V: Clone> Cache<K, V> {
    /// What an entry weighs beside its key and value: its place in the table, at most three times over, because the table doubles when it
    /// is full and keeps places for keys that were evicted.
    pub const OVERHEAD: u64 = 3 * (size_of::<K>() + size_of::<Entry<V>>() + 24) as u64;

    /// An empty cache of at most this many octets.
    pub fn new(capacity: u64, clock: Arc<dyn Clock>) -> Self {
        let typical = usize::try_from(capacity / TYPICAL_OCTETS).unwrap_or(usize::MAX);
        let options = OptionsBuilder::new()
            .shards(SHARDS as usize)
            .estimated_items_capacity(typical)
            .weight_capacity(capacity)
            .build();
        let entries = match options {
            Ok(options) => Weighed::with_options(
                options,
                ByOctets,
                DefaultHashBuilder::default(),
                DefaultLifecycle::default(),
            ),
            // Only options without a capacity are refused.
            Err(_) => Weighed::with_weighter(typical, capacity, ByOctets),
        };
        Self {
            entries,
            clock,
            largest: capacity / LARGEST_SHARE,
            counts: Counts::default(),
        }
    }

    /// The time by this cache's clock: to be noted before a question is sent, and given to [`insert`](Self::insert).
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The value of a key, if it is fresh by both clocks.
    pub fn get<Q: Hash + Equivalent<K> + ?Sized>(&self, key: &Q) -> Option<Kept<V>> {
        let found = self.entries.get(key);
        // Read after the entry was found: an earlier reading could be younger than the entry.
        let now = self.clock.now();
        let Some(entry) = found else {
            count(&self.counts.misses);
            return None;
        };
        let Some(age) = entry.fresh_age(now) else {
            count(&self.counts.misses);
            count(&self.counts.expired);
            self.entries.remove_if(key, |it| it.learnt == entry.learnt);
            return None;
        };
        count(&self.counts.hits);
        Some(Kept {
            value: entry.value,
            age,
        })
    }

    /// Keeps a value that was learnt at `learnt` for `lifetime` from then; `octets` is what key and value take up outside of the table.
    ///
    /// Whatever was kept for the key is replaced; it is also gone when the new value is not kept, for want of a lifetime or for its size.
    pub fn insert(&self, key: K, value: V, learnt: Moment, lifetime: Duration, octets: u64) {
        let octets = octets.saturating_add(Self::OVERHEAD);
        let entry = Entry {
            value,
            learnt,
            lifetime,
            octets,
        };
        if octets > self.largest || entry.fresh_age(self.clock.now()).is_none() {
            count(&self.counts.refused);
            self.entries.remove(&key);
            return;
        }
        count(&self.counts.inserted);
        self.entries.insert(key, entry);
    }

    /// Forgets what was kept for a key.
    pub fn remove<Q: Hash + Equivalent<K> + ?Sized>(&self, key: &Q) {
        self.entries.remove(key);
    }

    /// Forgets every entry past its time. Look-ups do not need it: it frees memory early, and removes personal data.
    pub fn remove_expired(&self) {
        let now = self.clock.now();
        self.entries
            .retain(|_, entry| entry.fresh_age(now).is_some());
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.entries.clear();
    }

    /// What it has done, and what it holds.
    pub fn statistics(&self) -> CacheStatistics {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        CacheStatistics {
            hits: read(&self.counts.hits),
            misses: read(&self.counts.misses),
            expired: read(&self.counts.expired),
            inserted: read(&self.counts.inserted),
            refused: read(&self.counts.refused),
            entries: self.entries.len() as u64,
            octets: self.entries.weight(),
            capacity: self.entries.capacity(),
        }
    }
}

fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

impl<K: Eq + Hash, V: Clone> fmt::Debug for Cache<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.statistics().fmt(f)
    }
}
