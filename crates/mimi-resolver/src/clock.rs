//! [`Clock`]: what time it is, told twice, because neither clock of a computer can be believed alone.
//!
//! The monotonic clock never goes backwards, and stands still while a machine sleeps (CLOCK_MONOTONIC on Linux). The wall clock goes on
//! meanwhile, and can be set to anything. What must not be used past its time has to be fresh by both.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

/// A step of the wall clock against the monotonic one that counts as a step: less is how far apart the two were read.
const STEP: Duration = Duration::from_secs(1);

/// One reading of both clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Since some fixed instant of this process. Never decreases.
    pub monotonic: Duration,
    /// Since 1970 by the wall clock, which somebody may set.
    pub wall: Duration,
}

impl Moment {
    /// The time since `earlier`: the longer of what the two clocks say.
    ///
    /// `None` where a clock stands before `earlier`: it was set back, and nobody can say how much time has passed.
    pub fn since(self, earlier: Self) -> Option<Duration> {
        let monotonic = self.monotonic.checked_sub(earlier.monotonic)?;
        let wall = self.wall.checked_sub(earlier.wall)?;
        Some(monotonic.max(wall))
    }
}

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// Reads both clocks.
    fn now(&self) -> Moment;
}

/// The clocks of this machine, the monotonic one [aware of sleep](SleepAware).
///
/// The monotonic clock is tokio's, so that tests can pause it.
#[derive(Default)]
pub struct SystemClock(SleepAware<Readings>);

impl SystemClock {
    /// Starts at zero.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        self.0.now()
    }
}

impl fmt::Debug for SystemClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SystemClock")
    }
}

/// The clocks of this machine as they are.
struct Readings {
    start: Instant,
}

impl Default for Readings {
    fn default() -> Self {
        Self {
            start: Instant::now(),
        }
    }
}

impl Clock for Readings {
    fn now(&self) -> Moment {
        Moment {
            monotonic: self.start.elapsed(),
            // Before 1970 the clock was never set.
            wall: SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default(),
        }
    }
}

/// A clock whose monotonic reading goes on while the machine sleeps, as far as the wall clock shows it.
///
/// When the wall clock is seen to have run ahead of the monotonic one by a second or more, the machine may have slept. The difference is
/// added to the monotonic reading for good, so that setting the wall clock back later gives nothing its time again. A sleep and a step back
/// of the wall clock with no reading in between cannot be told from no time at all.
#[derive(Default)]
pub struct SleepAware<C> {
    clock: C,
    sleep: Mutex<Sleep>,
}

impl<C: Clock> SleepAware<C> {
    /// Watches this clock.
    pub fn new(clock: C) -> Self {
        Self {
            clock,
            sleep: Mutex::default(),
        }
    }
}

impl<C: Clock> Clock for SleepAware<C> {
    fn now(&self) -> Moment {
        // Read under the lock, so that readings are compared in the order in which they were taken.
        let mut sleep = self.sleep.lock().unwrap_or_else(PoisonError::into_inner);
        sleep.add_to(self.clock.now())
    }
}

/// Time that the monotonic clock missed, as far as the wall clock shows it.
#[derive(Debug, Default)]
struct Sleep {
    /// The reading that later ones are compared with.
    last: Option<Moment>,
    missed: Duration,
}

impl Sleep {
    /// The reading, with what the monotonic clock missed until then.
    fn add_to(&mut self, read: Moment) -> Moment {
        let last = *self.last.get_or_insert(read);
        // Both clocks carried to this reading: by how much is one ahead of the other?
        let expected = last.wall + read.monotonic.saturating_sub(last.monotonic);
        let ahead = read.wall.saturating_sub(expected);
        let behind = expected.saturating_sub(read.wall);
        if ahead >= STEP || behind >= STEP {
            self.missed = self.missed.saturating_add(ahead);
            self.last = Some(read);
        }
        Moment {
            monotonic: read.monotonic.saturating_add(self.missed),
            wall: read.wall,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(monotonic: u64, wall: u64) -> Moment {
        Moment {
            monotonic: Duration::from_secs(monotonic),
            wall: Duration::from_secs(wall),
        }
    }

    #[test]
    fn an_age_is_what_the_clock_says_that_ran_further() {
        let learnt = moment(10, 1000);
        assert_eq!(moment(15, 1005).since(learnt), Some(Duration::from_secs(5)));
        assert_eq!(
            moment(10, 1090).since(learnt),
            Some(Duration::from_secs(90))
        );
        assert_eq!(
            moment(40, 1000).since(learnt),
            Some(Duration::from_secs(30))
        );
    }

    #[test]
    fn there_is_no_age_where_a_clock_was_set_back() {
        assert_eq!(moment(15, 999).since(moment(10, 1000)), None);
        assert_eq!(moment(9, 1001).since(moment(10, 1000)), None);
    }

    #[test]
    fn sleep_counts_as_time_even_after_the_wall_clock_was_set_back() {
        let mut sleep = Sleep::default();
        let learnt = sleep.add_to(moment(10, 1000));
        // Asleep for an hour, then set back by as much.
        assert_eq!(sleep.add_to(moment(11, 4601)).monotonic.as_secs(), 3611);
        let later = sleep.add_to(moment(12, 1002));
        assert_eq!(later, moment(3612, 1002));
        assert_eq!(later.since(learnt), Some(Duration::from_secs(3602)));
    }

    #[test]
    fn steps_back_and_small_differences_add_nothing() {
        let mut sleep = Sleep::default();
        sleep.add_to(moment(0, 1000));
        for second in 1..100 {
            let wall = Duration::from_millis(1_000_000 + 1009 * second);
            let read = Moment {
                wall,
                ..moment(second, 0)
            };
            assert_eq!(sleep.add_to(read).monotonic.as_secs(), second);
        }
        assert_eq!(sleep.add_to(moment(100, 5)).monotonic.as_secs(), 100);
        assert_eq!(sleep.add_to(moment(101, 6)).monotonic.as_secs(), 101);
    }

    #[tokio::test(start_paused = true)]
    async fn the_monotonic_reading_follows_a_paused_clock() {
        let clock = SystemClock::new();
        let before = clock.now();
        tokio::time::advance(Duration::from_secs(60)).await;
        assert!(clock.now().since(before) >= Some(Duration::from_secs(60)));
    }
}
