//! [`Rates`]: the generic cell rate algorithm (ITU-T I.371), for any number of clients in a bounded memory.

use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use quick_cache::unsync::Cache;

use super::Refusal;

/// Nanoseconds of a second: fine enough for the shares of a day to come out even.
const SECOND: u128 = 1_000_000_000;

/// So many at once, and so many in a period.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rate {
    burst: u32,
    /// Nanoseconds after which one more is allowed; `None` where none ever is.
    interval: Option<u128>,
}

impl Rate {
    pub(super) fn new(burst: u32, per_period: u32, period: u64) -> Self {
        Self {
            burst,
            interval: (u128::from(period) * SECOND).checked_div(u128::from(per_period)),
        }
    }
}

/// For each client, until when what it had is not yet made up for (the theoretical arrival time), in nanoseconds since 1970.
pub(super) struct Rates<K>(Mutex<Cache<K, u128>>);

impl<K: Eq + Hash + Copy> Rates<K> {
    /// Remembers at most this many clients.
    pub(super) fn new(remembered: usize) -> Self {
        Self(Mutex::new(Cache::new(remembered)))
    }

    /// Admits `count` at once for all of these, or refuses and counts nothing.
    pub(super) fn admit(&self, keys: &[(K, Rate)], count: u32, now: u64) -> Result<(), Refusal> {
        let now = u128::from(now) * SECOND;
        let mut cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut admitted = Vec::with_capacity(keys.len());
        // How long all of them have to wait.
        let mut wait = 0;
        for (key, rate) in keys {
            let Some(interval) = rate.interval.filter(|_| count <= rate.burst) else {
                return Err(Refusal::Exceeded { retry_after: None });
            };
            let allowed = now + u128::from(rate.burst) * interval;
            let before = cache.get(key).copied().unwrap_or_default().max(now);
            let after = before + u128::from(count) * interval;
            wait = wait.max(after.saturating_sub(allowed));
            admitted.push((*key, after));
        }
        if wait > 0 {
            return Err(Refusal::Exceeded {
                retry_after: u64::try_from(wait.div_ceil(SECOND)).ok(),
            });
        }
        for (key, after) in admitted {
            cache.insert(key, after);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000;
    const DAY: u64 = 86_400;

    fn refused(retry_after: u64) -> Result<(), Refusal> {
        Err(Refusal::Exceeded {
            retry_after: Some(retry_after),
        })
    }

    #[test]
    fn a_burst_is_admitted_and_then_one_each_interval() {
        let rates = Rates::new(10);
        let rate = Rate::new(1_000, 1_000, DAY);
        assert_eq!(rates.admit(&[(1, rate)], 600, NOW), Ok(()));
        assert_eq!(rates.admit(&[(1, rate)], 400, NOW), Ok(()));
        // 86.4 s for each.
        assert_eq!(rates.admit(&[(1, rate)], 1, NOW), refused(87));
        assert_eq!(rates.admit(&[(1, rate)], 10, NOW), refused(864));
        assert_eq!(rates.admit(&[(1, rate)], 10, NOW + 863), refused(1));
        assert_eq!(rates.admit(&[(1, rate)], 10, NOW + 864), Ok(()));
        assert_eq!(rates.admit(&[(2, rate)], 1_000, NOW), Ok(()));
    }

    #[test]
    fn what_is_refused_costs_nothing_and_the_time_to_wait_is_exact() {
        for (burst, per_day, had, wanted) in [
            (1_000, 1_000, 1_000, 1_000),
            (7, 3, 5, 6),
            (1, 1, 1, 1),
            (u32::MAX, 1, u32::MAX, u32::MAX),
            (1_024, u32::MAX, 1_024, 1_024),
        ] {
            let rates = Rates::new(10);
            let rate = Rate::new(burst, per_day, DAY);
            assert_eq!(rates.admit(&[((), rate)], had, NOW), Ok(()));
            let mut refusal = rates.admit(&[((), rate)], wanted, NOW);
            for _ in 0..5 {
                let again = rates.admit(&[((), rate)], wanted, NOW);
                assert_eq!(again, refusal);
                refusal = again;
            }
            let Err(Refusal::Exceeded {
                retry_after: Some(seconds),
            }) = refusal
            else {
                unreachable!("{burst} {per_day}: {refusal:?}");
            };
            assert_eq!(
                rates.admit(&[((), rate)], wanted, NOW + seconds - 1),
                refused(1)
            );
            assert_eq!(rates.admit(&[((), rate)], wanted, NOW + seconds), Ok(()));
        }
    }

    #[test]
    fn in_any_day_no_more_is_admitted_than_a_burst_and_a_day_allow() {
        let rates = Rates::new(10);
        let rate = Rate::new(50, 1_000, DAY);
        let admitted =
            (0..DAY).filter(|second| rates.admit(&[((), rate)], 1, NOW + second).is_ok());
        // The first 50, and one for each 86.4 s that pass within the day.
        assert_eq!(admitted.count(), 50 + 999);
    }

    #[test]
    fn what_one_of_several_refuses_costs_none_of_them() {
        let rates = Rates::new(10);
        let (narrow, wide) = (Rate::new(10, 10, DAY), Rate::new(15, 15, DAY));
        assert_eq!(
            rates.admit(&[("a", narrow), ("both", wide)], 10, NOW),
            Ok(())
        );
        // Five are left for both, and none of it for the first.
        assert_eq!(
            rates.admit(&[("b", narrow), ("both", wide)], 6, NOW),
            refused(5_760)
        );
        assert_eq!(
            rates.admit(&[("b", narrow), ("both", wide)], 5, NOW),
            Ok(())
        );
        assert_eq!(
            rates.admit(&[("a", narrow), ("both", wide)], 1, NOW),
            refused(8_640)
        );
        assert_eq!(rates.admit(&[("b", narrow)], 5, NOW), Ok(()));
    }

    #[test]
    fn what_can_never_be_admitted_says_so() {
        let rates = Rates::new(10);
        let never = Err(Refusal::Exceeded { retry_after: None });
        assert_eq!(rates.admit(&[((), Rate::new(10, 10, DAY))], 11, NOW), never);
        assert_eq!(rates.admit(&[((), Rate::new(10, 0, DAY))], 1, NOW), never);
        assert_eq!(rates.admit(&[((), Rate::new(0, 10, DAY))], 1, NOW), never);
    }

    #[test]
    fn memory_is_bounded_whoever_asks() {
        let rates = Rates::new(100);
        let rate = Rate::new(1, 1, DAY);
        for client in 0..10_000 {
            let _ = rates.admit(&[(client, rate)], 1, NOW);
        }
        let cache = rates.0.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(cache.len() <= 100, "{} are remembered", cache.len());
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out_for_longer_than_it_went_back() {
        let rates = Rates::new(10);
        let rate = Rate::new(10, 10, DAY);
        assert_eq!(rates.admit(&[((), rate)], 10, NOW), Ok(()));
        assert_eq!(
            rates.admit(&[((), rate)], 1, NOW - 100),
            refused(8_640 + 100)
        );
    }
}
