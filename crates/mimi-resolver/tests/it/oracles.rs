//! D56 row by row, with a counting tripwire in place of each oracle: the scripted conversations whose proofs and channels no socket on
//! loopback can have (§5.1.2, §5.2.2).

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use mimi_id::Identifier;
use mimi_resolver::discovery::{Failure, Question, Response};
use mimi_resolver::{DnssecRequest, Oracle, OracleFuture, Resolver, Upstream};
use mimi_testkit::{Observed, Runner, Scenario, policy_of, scenarios};
#[cfg(feature = "oracle")]
use mimi_testkit::{OracleFlaw, ScriptedOracle};

#[cfg(feature = "oracle")]
use crate::blinded_oracles::blinded;

/// Answers as a scenario says.
struct Scripted(Scenario);

impl Upstream for Scripted {
    async fn ask(&self, question: &Question, _dnssec: DnssecRequest) -> Result<Response, Failure> {
        let reply = self.0.reply(question).unwrap();
        tokio::time::sleep(reply.delay).await;
        match reply.answer {
            Some(answer) => answer,
            None => pending().await,
        }
    }
}

/// Counts who comes, and answers as a scenario says.
struct Tripwire {
    scenario: Scenario,
    index: usize,
    requests: Arc<AtomicUsize>,
}

impl Oracle for Tripwire {
    fn ask<'a>(&'a self, _identifier: &'a Identifier) -> OracleFuture<'a> {
        Box::pin(async move {
            self.requests.fetch_add(1, Ordering::SeqCst);
            match self.scenario.oracle_reply(self.index).unwrap() {
                Some(answer) => answer,
                None => pending().await,
            }
        })
    }
}

/// A tripwire for each oracle of a scenario.
async fn play(scenario: &Scenario) -> Observed {
    let requests = Arc::new(AtomicUsize::new(0));
    let tripwires = (0..scenario.oracles.len()).map(|index| {
        Arc::new(Tripwire {
            scenario: scenario.clone(),
            index,
            requests: Arc::clone(&requests),
        }) as Arc<dyn Oracle>
    });
    let mut observed = play_with(scenario, tripwires.collect()).await;
    observed.oracle_requests = requests.load(Ordering::SeqCst);
    observed
}

async fn play_with(scenario: &Scenario, oracles: Vec<Arc<dyn Oracle>>) -> Observed {
    let resolver =
        Resolver::new(Scripted(scenario.clone()), policy_of(scenario).unwrap()).consulting(oracles);
    let start = tokio::time::Instant::now();
    let outcome = resolver.discover_text(&scenario.identifier).await;
    Observed {
        outcome,
        oracle_requests: 0,
        ends_at_ms: u64::try_from(start.elapsed().as_millis()).ok(),
        most_sendings: None,
    }
}

/// D34, D39, D55, D56, D58 and D59 through the resolver: every conversation that the machine can play, with its proofs and channels.
#[tokio::test(start_paused = true)]
async fn d56_every_conversation_ends_as_it_must_and_oracles_are_asked_only_where_they_may() {
    let scenarios = scenarios().unwrap();
    let (mut rows, mut asked, mut played) = (0, 0, 0);
    let mut wrong = Vec::new();
    for scenario in scenarios.iter().filter(|one| one.is_for(Runner::Machine)) {
        let observed = play(scenario).await;
        rows += usize::from(!scenario.oracles.is_empty());
        asked += observed.oracle_requests;
        played += 1;
        let differences = scenario.expect.differences(&observed);
        wrong.extend(differences.into_iter().map(|difference| {
            let (expected, observed) = (difference.expected, difference.observed);
            format!(
                "{}: {}: expected {expected}, observed {observed}",
                scenario.id, difference.member
            )
        }));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rows >= 60 && played >= 250, "{rows} rows of {played}");
    // The tripwire works: some rows do allow it.
    assert!(asked > 10, "{asked} requests");
}

/// D56 over real sockets: where the table says *no* or *never*, the client of mimi-oracle/1 opens no connection.
#[cfg(feature = "oracle")]
#[tokio::test(start_paused = true)]
async fn d56_no_row_that_says_no_opens_a_connection_to_an_oracle() {
    // In a runtime of its own, whose clock runs.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let start = ScriptedOracle::start(OracleFlaw::None, &[]);
    let oracle = runtime.spawn(start).await.unwrap().unwrap();
    let mut rows = 0;
    let mut wrong = Vec::new();
    for scenario in scenarios().unwrap() {
        if !scenario.is_for(Runner::Machine) || scenario.expect.oracle_requests > 0 {
            continue;
        }
        let count = scenario.oracles.len();
        let oracles = (0..count).map(|_| Arc::new(blinded(&oracle)) as Arc<dyn Oracle>);
        rows += usize::from(count > 0);
        let before = oracle.connections();
        play_with(&scenario, oracles.collect()).await;
        if oracle.connections() != before {
            wrong.push(scenario.id.clone());
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(rows >= 35, "{rows} rows");
    // The listener does count.
    std::net::TcpStream::connect(oracle.address()).unwrap();
    while oracle.connections() == 0 {
        std::thread::yield_now();
    }
    runtime.shutdown_background();
}

/// What an oracle never says keeps nobody waiting beyond the deadline (D39).
#[tokio::test(start_paused = true)]
async fn d39_a_silent_oracle_is_given_up_at_the_deadline() {
    struct Silent;
    impl Oracle for Silent {
        fn ask<'a>(&'a self, _identifier: &'a Identifier) -> OracleFuture<'a> {
            Box::pin(pending())
        }
    }
    let scenarios = scenarios().unwrap();
    let scenario = scenarios
        .iter()
        .find(|one| one.id == "d56-no-data-proved")
        .unwrap();
    let resolver = Resolver::new(Scripted(scenario.clone()), policy_of(scenario).unwrap())
        .consulting(vec![Arc::new(Silent)]);
    let start = tokio::time::Instant::now();
    let outcome = resolver.discover_text(&scenario.identifier).await;
    assert_eq!(outcome.ending.as_str(), "temporary_failure");
    assert_eq!(start.elapsed(), Duration::from_secs(15));
}
