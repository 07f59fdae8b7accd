//! A world with a true time, a machine that sleeps, and a wall clock that somebody sets.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use mimi_resolver::{Clock, Moment};

/// The clocks of a machine, and what passes for everybody else.
#[derive(Clone)]
pub(crate) struct World(Arc<Mutex<State>>);

struct State {
    truth: Duration,
    monotonic: Duration,
    wall: Duration,
}

impl World {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(State {
            truth: Duration::ZERO,
            monotonic: Duration::ZERO,
            wall: Duration::from_secs(1_800_000_000),
        })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn truth(&self) -> Duration {
        self.state().truth
    }

    pub(crate) fn pass(&self, time: Duration) {
        self.sleep(time);
        self.state().monotonic += time;
    }

    /// Time passes, and the monotonic clock stands still.
    pub(crate) fn sleep(&self, time: Duration) {
        let mut state = self.state();
        state.truth += time;
        state.wall += time;
    }

    /// Somebody sets the wall clock; not to times near 1970, where a step would be cut short.
    pub(crate) fn step_wall(&self, seconds: i64) {
        let mut state = self.state();
        let step = Duration::from_secs(seconds.unsigned_abs());
        if seconds >= 0 {
            state.wall += step;
        } else if state.wall > step + Duration::from_secs(1_000_000) {
            state.wall -= step;
        }
    }
}

impl Clock for World {
    fn now(&self) -> Moment {
        let state = self.state();
        Moment {
            monotonic: state.monotonic,
            wall: state.wall,
        }
    }
}
