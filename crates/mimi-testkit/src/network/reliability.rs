//! The reliability run: a population discovered over a harsh network, and each outcome held against the truth.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use mimi_discovery::Outcome;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::population::{Person, Population, Truth};
use super::{Condition, Faults, VirtualNetwork, VirtualServer};

/// Where the two upstreams are. The first one flaps.
pub const UPSTREAMS: [SocketAddr; 2] = [
    SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 1), 53)),
    SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 2), 53)),
];

/// How the first upstream flaps: ten seconds there, five seconds silent.
pub const FLAPPING: Condition = Condition::Flapping {
    up: Duration::from_secs(10),
    down: Duration::from_secs(5),
};

/// Between the starts of two discoveries: an even number of milliseconds, so that no deadline falls together with an answer.
const PACE: Duration = Duration::from_millis(20);

/// A part of a run: the people of these numbers, on a network of their own that starts with it.
#[derive(Clone, Debug)]
pub struct Part {
    /// Everything follows from it.
    pub seed: u64,
    /// Who is looked for.
    pub numbers: Range<u32>,
    /// What happens on the way.
    pub faults: Faults,
    /// What the first upstream is.
    pub first: First,
}

/// What the first upstream of a run is; the second one always is there and says what is true.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum First {
    /// It says what is true, and is not always there: [`FLAPPING`].
    #[default]
    Flapping,
    /// It says what is false. Without DNSSEC nobody can tell: this shows that a run finds what is wrong.
    Lying,
}

impl Part {
    /// Plays it. `resolver` makes what discovers one identifier out of the network, whose servers are [`UPSTREAMS`].
    ///
    /// To be called on a runtime of one thread whose clock is paused.
    pub async fn play<D, F>(&self, resolver: impl FnOnce(&VirtualNetwork) -> D) -> Tally
    where
        D: Fn(String) -> F,
        F: Future<Output = Outcome> + Send + 'static,
    {
        let Population { people, world } = Population::make(self.seed, self.numbers.clone());
        let world = Arc::new(world);
        let upstream = || {
            let world = Arc::clone(&world);
            VirtualServer::answering(move |question| world.answer(question))
        };
        let [first, second] = UPSTREAMS;
        let first_server = match self.first {
            First::Flapping => upstream().in_condition(FLAPPING),
            First::Lying => VirtualServer::lying(),
        };
        let servers = [(first, first_server), (second, upstream())];
        let network = VirtualNetwork::start(self.seed, self.faults.clone(), servers);
        let discover = resolver(&network);
        let mut discoveries = JoinSet::new();
        let started = Instant::now();
        for (at, person) in (0..).zip(&people) {
            let discovery = discover(person.identifier.clone());
            discoveries.spawn(async move {
                let start = started + PACE * at;
                tokio::time::sleep_until(start).await;
                let outcome = discovery.await;
                (at, outcome, start.elapsed())
            });
        }
        let mut ended = BTreeMap::new();
        while let Some(discovered) = discoveries.join_next().await {
            // A discovery that panicked is missing below, and its person is a wrong one.
            if let Ok((at, outcome, took)) = discovered {
                ended.insert(at, (outcome, took));
            }
        }
        let mut tally = Tally::default();
        for (at, person) in (0_u32..).zip(&people) {
            let outcome = ended.get(&at);
            tally.count(self.numbers.start + at, person, outcome);
        }
        for count in network.sendings().into_values() {
            tally.sendings += u64::from(count);
            tally.most_sendings = tally.most_sendings.max(count);
        }
        tally
    }
}

/// What came of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Discoveries that said the truth, in full.
    pub correct: u64,
    /// Discoveries that said that nothing can be said now, by their codes.
    pub unavailable: BTreeMap<String, u64>,
    /// Discoveries that said something else than the truth.
    pub wrong: Vec<Wrong>,
    /// Questions of all discoveries.
    pub questions: u64,
    /// Sendings of all questions, over all servers and transports.
    pub sendings: u64,
    /// Sendings of the question that was sent most often.
    pub most_sendings: u32,
    /// How long each discovery took in virtual milliseconds, in the order of the people until parts are joined.
    pub latencies: Vec<u32>,
}

/// A discovery that said something else than the truth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The person's number.
    pub number: u32,
    /// What was looked for.
    pub identifier: String,
    /// What is true.
    pub expected: Truth,
    /// What was said; `None` when nothing was.
    pub got: Option<Truth>,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            number,
            identifier,
            expected,
            got,
        } = self;
        write!(
            f,
            "person {number}, {identifier}: expected {expected:?}, got {got:?}"
        )
    }
}

impl Tally {
    fn count(&mut self, number: u32, person: &Person, ended: Option<&(Outcome, Duration)>) {
        if let Some((outcome, took)) = ended {
            self.questions += outcome.asked.len() as u64;
            let took = u32::try_from(took.as_millis()).unwrap_or(u32::MAX);
            self.latencies.push(took);
        }
        let got = ended.map(|(outcome, _)| Truth::of(outcome));
        let code = ended.and_then(|(outcome, _)| outcome.ending.code());
        self.judge(number, person, got, code);
    }

    /// Holds what was said about a person against the truth; `code` is that of a temporary failure.
    pub fn judge(&mut self, number: u32, person: &Person, got: Option<Truth>, code: Option<&str>) {
        if got.as_ref() == Some(&person.truth) {
            self.correct += 1;
        } else if got
            .as_ref()
            .is_some_and(|got| got.outcome == "temporary_failure")
        {
            let code = code.unwrap_or("none").to_owned();
            *self.unavailable.entry(code).or_default() += 1;
        } else {
            self.wrong.push(Wrong {
                number,
                identifier: person.identifier.clone(),
                expected: person.truth.clone(),
                got,
            });
        }
    }

    /// Adds another part of the same run.
    pub fn join(&mut self, other: Self) {
        self.correct += other.correct;
        for (code, count) in other.unavailable {
            *self.unavailable.entry(code).or_default() += count;
        }
        self.wrong.extend(other.wrong);
        self.questions += other.questions;
        self.sendings += other.sendings;
        self.most_sendings = self.most_sendings.max(other.most_sendings);
        self.latencies.extend(other.latencies);
    }

    /// How many discoveries there were.
    pub fn identifiers(&self) -> u64 {
        self.correct + self.unavailable() + self.wrong.len() as u64
    }

    /// How many of them said that nothing can be said now.
    pub fn unavailable(&self) -> u64 {
        self.unavailable.values().sum()
    }

    /// The latency that this share of the discoveries did not exceed, in milliseconds; 1 is the longest, and 0 stands for none.
    pub fn latency(&self, share: f64) -> u32 {
        let mut sorted = self.latencies.clone();
        sorted.sort_unstable();
        let rank = (share * sorted.len() as f64).ceil() as usize;
        sorted
            .get(rank.saturating_sub(1))
            .copied()
            .unwrap_or_default()
    }

    /// The first cells of a row of a Markdown table: identifiers, correct, unavailable with their codes, wrong, and how large the share of the
    /// wrong ones can be at most, with a confidence of 95 %: 3/N where there were none.
    pub fn cells(&self) -> String {
        let count = self.identifiers().max(1) as f64;
        let codes: Vec<String> = self
            .unavailable
            .iter()
            .map(|(code, count)| format!("{count} {code}"))
            .collect();
        let codes = match codes.as_slice() {
            [] => String::new(),
            some => format!(" ({})", some.join(", ")),
        };
        let bound = if self.wrong.is_empty() {
            format!("{:.0e}", 3.0 / count)
        } else {
            "–".to_owned()
        };
        format!(
            "{} | {} ({:.2} %) | {}{codes} | {} | {bound}",
            self.identifiers(),
            self.correct,
            100.0 * self.correct as f64 / count,
            self.unavailable(),
            self.wrong.len(),
        )
    }
}
