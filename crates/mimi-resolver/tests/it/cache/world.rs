//! A world with a true time, a machine that sleeps, and a wall clock that somebody sets.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use mimi_id::Identifier;
use mimi_mssi::OwnedMssi;
use mimi_resolver::discovery::{
    Contact, Ending, Outcome, PriorityGroup, Question, Step, TemporaryFailure, Trace,
};
use mimi_resolver::{Clock, Moment};

use crate::support::question;

/// Clocks of a machine in a world that the test moves.
#[derive(Clone)]
pub(crate) struct World(Arc<Mutex<State>>);

struct State {
    /// What passed for everybody else.
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

    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        Arc::new(self.clone())
    }

    pub(crate) fn truth(&self) -> Duration {
        self.0.lock().unwrap().truth
    }

    pub(crate) fn pass(&self, time: Duration) {
        self.sleep(time);
        self.0.lock().unwrap().monotonic += time;
    }

    pub(crate) fn pass_seconds(&self, seconds: u64) {
        self.pass(Duration::from_secs(seconds));
    }

    /// Time passes, and the monotonic clock stands still.
    pub(crate) fn sleep(&self, time: Duration) {
        let mut state = self.0.lock().unwrap();
        state.truth += time;
        state.wall += time;
    }

    /// Somebody sets the wall clock; not to times near 1970, where a step would be cut short.
    pub(crate) fn step_wall(&self, seconds: i64) {
        let mut state = self.0.lock().unwrap();
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
        let state = self.0.lock().unwrap();
        Moment {
            monotonic: state.monotonic,
            wall: state.wall,
        }
    }
}

pub(crate) fn identifier(text: &str) -> Identifier {
    Identifier::parse(text).unwrap()
}

/// What a discovery of a MUI came to, after one question.
pub(crate) fn outcome(ending: Ending, ttl: Option<u32>) -> Outcome {
    Outcome {
        kind: mimi_id::Kind::Mui,
        ending,
        step: Some(Step::Mimi),
        asked: vec![question("bob.example", 65357)],
        questions: 1,
        dropped: Vec::new(),
        assurance: None,
        ttl,
        trace: Trace::default(),
    }
}

/// One account with this label.
pub(crate) fn found(account: &str) -> Ending {
    let mssi = OwnedMssi::builder(account, "m.example").build().unwrap();
    Ending::Found(vec![PriorityGroup {
        priority: None,
        contacts: vec![Contact {
            mssi,
            name: None,
            wildcard: false,
        }],
    }])
}

pub(crate) fn failed(failure: TemporaryFailure) -> Outcome {
    outcome(Ending::TemporaryFailure(failure), None)
}

/// Two questions, as for an email address.
pub(crate) fn after_two_questions(mut outcome: Outcome) -> Outcome {
    let more: Vec<Question> = outcome.asked.clone();
    outcome.asked.extend(more);
    outcome
}
