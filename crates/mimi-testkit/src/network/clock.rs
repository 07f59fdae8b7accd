//! Virtual time: tokio's paused clock, and a wall clock beside it that can be set.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

/// What the wall clock shows at the start: 2026-01-01 00:00:00 UTC, in seconds since 1970.
const WALL_AT_START: u64 = 1_767_225_600;

/// A clock to be shared. It moves with tokio's, and its wall clock can be set besides, as an operator or NTP does.
///
/// Made inside a runtime with `start_paused`, it stands still until every task waits, and then goes to the next thing that is waited for.
#[derive(Debug)]
pub struct VirtualClock {
    started: Instant,
    /// By how much the wall clock was set, in milliseconds.
    stepped: AtomicI64,
}

impl VirtualClock {
    /// A clock that starts now.
    pub fn start() -> Arc<Self> {
        Arc::new(Self {
            started: Instant::now(),
            stepped: AtomicI64::new(0),
        })
    }

    /// How long it has been running. Never goes back.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// What the wall clock shows. It may go back.
    pub fn wall(&self) -> SystemTime {
        let straight = SystemTime::UNIX_EPOCH + Duration::from_secs(WALL_AT_START) + self.elapsed();
        let stepped = self.stepped.load(Ordering::SeqCst);
        let by = Duration::from_millis(stepped.unsigned_abs());
        let set = if stepped < 0 {
            straight.checked_sub(by)
        } else {
            straight.checked_add(by)
        };
        set.unwrap_or(SystemTime::UNIX_EPOCH)
    }

    /// Sets the wall clock by so many milliseconds, back where negative. Nothing else notices.
    pub fn step_wall(&self, milliseconds: i64) {
        self.stepped.fetch_add(milliseconds, Ordering::SeqCst);
    }

    /// Lets time go by, for everything that runs on tokio's paused clock.
    pub async fn advance(&self, duration: Duration) {
        tokio::time::advance(duration).await;
    }

    pub(crate) fn started(&self) -> Instant {
        self.started
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::VirtualClock;

    #[tokio::test(start_paused = true)]
    async fn the_wall_clock_is_set_and_the_other_one_is_not() {
        let clock = VirtualClock::start();
        let wall = clock.wall();
        clock.advance(Duration::from_secs(5)).await;
        clock.step_wall(-3_600_000);
        assert_eq!(clock.elapsed(), Duration::from_secs(5));
        assert_eq!(wall.duration_since(clock.wall()).unwrap().as_secs(), 3595);
        clock.step_wall(2 * 3_600_000);
        assert_eq!(clock.wall().duration_since(wall).unwrap().as_secs(), 3605);
    }
}
