//! The scripted conversations of `testdata/scenarios`, played over UDP and TCP on loopback.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use mimi_resolver::Resolver;
use mimi_testkit::{Datagram, Fault, Observed, Runner, Scenario, ServerKind, policy_of, scenarios};

use crate::support::{Servers, short_waits};

/// How many conversations go on at the same time: most of the time of a conversation is waiting.
const AT_ONCE: usize = 16;

/// The wait where every sending has an answer. What cannot be read is asked for again after that time, thrice.
const PATIENCE: Duration = Duration::from_millis(700);

#[tokio::test]
async fn every_scenario_ends_as_it_must() {
    let scenarios = scenarios().unwrap();
    let chosen: Vec<&Scenario> = scenarios
        .iter()
        .filter(|scenario| scenario.is_for(Runner::Resolver))
        .collect();
    let failed: Vec<String> = stream::iter(&chosen)
        .map(|scenario| failures(scenario))
        .buffer_unordered(AT_ONCE)
        .concat()
        .await;
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(chosen.len() >= 90, "only {} scenarios", chosen.len());
}

async fn failures(scenario: &Scenario) -> Vec<String> {
    let observed = play(scenario).await;
    let differences = scenario.expect.differences(&observed);
    let differences = differences.into_iter().map(|difference| {
        let member = difference.member;
        let (expected, observed) = (difference.expected, difference.observed);
        let id = &scenario.id;
        format!("{id}: {member}: expected {expected}, observed {observed}")
    });
    differences.collect()
}

async fn play(scenario: &Scenario) -> Observed {
    let servers = Servers::start(&scenario.servers, &scenario.conversation).await;
    let mut config = short_waits();
    if !has_silence(scenario) {
        // What is waited for is at most a machine that is busy with something else.
        config.first_wait = PATIENCE;
        config.longest_wait = PATIENCE;
    }
    let resolver = Resolver::new(servers.client(config), policy_of(scenario).unwrap());
    let outcome = resolver.discover_text(&scenario.identifier).await;
    let mut sendings: HashMap<_, usize> = HashMap::new();
    for one in servers.overheard() {
        *sendings.entry((one.name, one.record_type)).or_default() += 1;
    }
    Observed {
        outcome,
        oracle_requests: 0,
        ends_at_ms: None,
        most_sendings: Some(sendings.values().copied().max().unwrap_or(0)),
    }
}

/// Whether a sending that nothing comes of is part of the scenario.
fn has_silence(scenario: &Scenario) -> bool {
    let is_silent = |sending: &Vec<Datagram>| {
        let unheard = |message| {
            use Datagram::{Noise, WrongId, WrongQuestion, WrongType};
            matches!(message, &Noise | &WrongId | &WrongQuestion | &WrongType)
        };
        sending.iter().all(unheard)
    };
    let tcp_only = scenario.servers.contains(&ServerKind::ScriptedTcp);
    tcp_only
        || scenario.servers.contains(&ServerKind::Silent)
        || scenario.conversation.iter().any(|exchange| {
            let mut sendings = exchange.udp.iter().chain(&exchange.tcp).flatten();
            matches!(exchange.fault, Some(Fault::Timeout | Fault::Silence))
                || sendings.any(is_silent)
        })
}
