//! How many buckets an epoch needs, so that every entry has room.

use super::spill::Positioned;
use crate::limits::{MAX_BUCKETS, SLOTS};
use crate::place::bucket_at;
use crate::server::epochs::PublishError;

/// How many slots of a bucket are in use on average, at most. Buckets are filled by chance, so that 72 of 128 leave room: of epochs with a
/// million entries of one slot, one in 76,000 has a bucket that gets more than 128.
pub(in crate::server::epochs) const MEAN_SLOTS: u64 = 72;

/// The number of buckets for these entries, which are in the order of their positions: as few as `mean` allows, and an eighth more as long
/// as one of them gets too much.
pub(super) fn buckets_for(entries: &[Positioned], mean: u64) -> Result<u32, PublishError> {
    let slots: u64 = entries.iter().map(|entry| u64::from(entry.parts)).sum();
    let mut buckets = slots.div_ceil(mean).max(1);
    loop {
        let count = u32::try_from(buckets)
            .ok()
            .filter(|count| *count <= MAX_BUCKETS)
            .ok_or(PublishError::TooMany { slots })?;
        if fits(entries, count) {
            return Ok(count);
        }
        buckets += buckets.div_ceil(8);
    }
}

/// Whether no bucket gets more slots than it has.
fn fits(entries: &[Positioned], buckets: u32) -> bool {
    let same_bucket = |one: &Positioned, other: &Positioned| {
        bucket_at(one.position, buckets) == bucket_at(other.position, buckets)
    };
    entries.chunk_by(same_bucket).all(|of_bucket| {
        let slots = of_bucket.iter().map(|entry| usize::from(entry.parts));
        slots.sum::<usize>() <= SLOTS
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(positions: impl IntoIterator<Item = u64>, parts: u8) -> Vec<Positioned> {
        let entries = positions.into_iter();
        entries
            .map(|position| Positioned { position, parts })
            .collect()
    }

    #[test]
    fn there_is_a_bucket_without_entries_and_one_for_as_many_as_it_may_have_on_average() {
        assert_eq!(buckets_for(&[], MEAN_SLOTS).unwrap(), 1);
        assert_eq!(buckets_for(&entries(0..72, 1), MEAN_SLOTS).unwrap(), 1);
        assert_eq!(
            buckets_for(&entries((0..73).map(|n| n << 57), 1), MEAN_SLOTS).unwrap(),
            2
        );
    }

    #[test]
    fn an_entry_too_many_in_a_bucket_makes_more_buckets_for_all() {
        // 144 slots, all in the lower half: two buckets would be enough on average, and three are not either.
        let crowded = entries((0..18).map(|n| n << 58), 8);
        assert_eq!(buckets_for(&crowded, MEAN_SLOTS).unwrap(), 4);
        // 16 entries of 8 slots fill a bucket exactly, and the seventeenth is of another.
        let full = entries((0..16).chain([u64::MAX]), 8);
        assert_eq!(buckets_for(&full, MEAN_SLOTS).unwrap(), 2);
    }

    #[test]
    fn entries_that_no_number_of_buckets_keeps_apart_are_an_error_and_no_endless_loop() {
        let error = buckets_for(&entries(0..129, 1), MEAN_SLOTS).unwrap_err();
        assert!(matches!(error, PublishError::TooMany { slots: 129 }));
    }
}
