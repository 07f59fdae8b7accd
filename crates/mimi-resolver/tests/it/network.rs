//! The simulated network: what it does to messages, and the scripted conversations over it.

mod signed;
mod time_jumps;

use std::net::SocketAddr;
use std::time::Duration;

use mimi_resolver::discovery::{Outcome, Policy};
use mimi_resolver::{DnsClient, DnsClientConfig, Resolver, Server};
use mimi_testkit::network::{Condition, Faults, VirtualNetwork, VirtualServer};
use mimi_testkit::{Observed, Runner, Scenario, ServerKind, policy_of, scenarios};

use crate::support::{bob, summary};

fn address(index: usize) -> SocketAddr {
    let host = u8::try_from(index + 1).unwrap();
    SocketAddr::from(([192, 0, 2, host], 53))
}

/// One network and the servers to ask there.
struct Setting {
    network: VirtualNetwork,
    servers: Vec<Server>,
}

impl Setting {
    fn start(seed: u64, faults: Faults, servers: Vec<VirtualServer>) -> Self {
        let addresses: Vec<SocketAddr> = (0..servers.len()).map(address).collect();
        Self {
            servers: addresses.iter().copied().map(Server::udp).collect(),
            network: VirtualNetwork::start(seed, faults, addresses.into_iter().zip(servers)),
        }
    }

    fn resolver(&self, policy: Policy) -> Resolver<DnsClient<VirtualNetwork>> {
        let servers = self.servers.iter().cloned();
        let config = DnsClientConfig::default();
        Resolver::new(
            DnsClient::on(self.network.clone(), servers, config).unwrap(),
            policy,
        )
    }

    async fn bob(&self) -> Outcome {
        let resolver = self.resolver(Policy::default());
        resolver.discover_text("bob.example").await
    }
}

fn scripted(sendings: serde_json::Value) -> VirtualServer {
    VirtualServer::scripted(ServerKind::Scripted, &bob(sendings)).unwrap()
}

#[tokio::test(start_paused = true)]
async fn an_answer_takes_the_time_of_both_ways() {
    let faults = Faults {
        delay: Duration::from_millis(150),
        ..Faults::default()
    };
    let setting = Setting::start(1, faults, vec![scripted(serde_json::json!({}))]);
    assert_eq!(summary(&setting.bob().await), "found");
    assert_eq!(setting.network.clock().elapsed().as_millis(), 301);
}

#[tokio::test(start_paused = true)]
async fn a_dead_server_is_heard_of_and_a_silent_one_is_not() {
    let delay = Duration::from_millis(50);
    let faults = Faults {
        delay,
        ..Faults::default()
    };
    for (condition, ending) in [
        (Condition::Dead, "temporary_failure network"),
        (Condition::Silent, "temporary_failure timeout"),
    ] {
        let server = scripted(serde_json::json!({})).in_condition(condition);
        let setting = Setting::start(1, faults.clone(), vec![server]);
        assert_eq!(summary(&setting.bob().await), ending);
    }
}

#[tokio::test(start_paused = true)]
async fn a_flapping_server_is_there_in_turns() {
    let turns = Condition::Flapping {
        up: Duration::from_millis(250),
        down: Duration::from_secs(1),
    };
    let server = scripted(serde_json::json!({})).in_condition(turns);
    let setting = Setting::start(1, Faults::default(), vec![server]);
    assert_eq!(summary(&setting.bob().await), "found");
    let clock = setting.network.clock();
    clock.advance(Duration::from_millis(300)).await;
    let started = clock.elapsed();
    assert_eq!(summary(&setting.bob().await), "found");
    // Sent at about 300, 700 and 1,500 ms; each turn of 1,250 ms begins with 250 ms of answers.
    assert!(clock.elapsed() - started > Duration::from_millis(700));
}

/// D7: no forgery that a stranger can send is believed, not even when every answer has one before it.
#[tokio::test(start_paused = true)]
async fn d7_never_believes_a_forgery() {
    let faults = Faults {
        delay: Duration::from_millis(100),
        jitter: Duration::from_millis(100),
        duplication: 0.5,
        reordering: 0.5,
        forgery: 1.0,
        ..Faults::default()
    };
    for seed in 0..200 {
        let setting = Setting::start(seed, faults.clone(), vec![scripted(serde_json::json!({}))]);
        let outcome = setting.bob().await;
        let accounts: Vec<&str> = outcome
            .groups()
            .iter()
            .flat_map(|group| &group.contacts)
            .map(|contact| contact.mssi.mssa())
            .collect();
        match outcome.ending.as_str() {
            "found" => assert_eq!(accounts, ["bob"], "seed {seed}"),
            other => assert_eq!(other, "temporary_failure", "seed {seed}"),
        }
    }
}

/// The control of the test above: what a lying server says is believed, since without DNSSEC nobody can tell.
#[tokio::test(start_paused = true)]
async fn a_lying_server_is_believed() {
    let setting = Setting::start(1, Faults::default(), vec![VirtualServer::lying()]);
    let outcome = setting.bob().await;
    assert_eq!(outcome.groups()[0].contacts[0].mssi.mssa(), "mallory");
}

/// D58: a server that knows nothing of the zone is not a proof of absence.
#[tokio::test(start_paused = true)]
async fn d58_a_lame_server_is_no_absence() {
    let setting = Setting::start(1, Faults::default(), vec![VirtualServer::failing(0)]);
    assert_eq!(summary(&setting.bob().await), "temporary_failure lame");
}

/// D7: what is cut short is asked for over TCP, whose losses only take time.
#[tokio::test(start_paused = true)]
async fn d7_goes_over_to_tcp_and_waits_for_lost_segments() {
    let faults = Faults {
        truncation: 1.0,
        loss_to_server: 0.2,
        loss_to_client: 0.2,
        delay: Duration::from_millis(20),
        ..Faults::default()
    };
    let mut found = 0;
    for seed in 0..50 {
        let setting = Setting::start(seed, faults.clone(), vec![scripted(serde_json::json!({}))]);
        found += usize::from(summary(&setting.bob().await) == "found");
    }
    assert!(found >= 45, "{found}");
}

#[tokio::test(start_paused = true)]
async fn every_scenario_ends_the_same_over_the_simulated_network() {
    let mut failed = Vec::new();
    let scenarios = resolver_scenarios();
    for scenario in &scenarios {
        let observed = play(scenario, 1, Faults::default()).await;
        for difference in scenario.expect.differences(&observed) {
            failed.push(format!("{}: {difference:?}", scenario.id));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(scenarios.len() >= 90, "only {} scenarios", scenarios.len());
}

/// D33, D34, D58: losses, duplicates and reordering make a temporary failure of an outcome at worst, and never another outcome.
#[tokio::test(start_paused = true)]
async fn no_scenario_becomes_another_one_under_loss() {
    let mut failed = Vec::new();
    for scenario in &resolver_scenarios() {
        for seed in 0..5 {
            let observed = play(scenario, seed, Faults::harsh(0.3)).await;
            let ending = observed.outcome.ending.as_str();
            let is_same = ending == scenario.expect.outcome
                && scenario
                    .expect
                    .differences(&observed)
                    .iter()
                    .all(|difference| difference.member != "groups");
            if !is_same && ending != "temporary_failure" {
                failed.push(format!("{}, seed {seed}: {ending}", scenario.id));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

fn resolver_scenarios() -> Vec<Scenario> {
    let mut scenarios = scenarios().unwrap();
    scenarios.retain(|scenario| scenario.is_for(Runner::Resolver));
    scenarios
}

async fn play(scenario: &Scenario, seed: u64, faults: Faults) -> Observed {
    let servers: Vec<VirtualServer> = scenario
        .servers
        .iter()
        .map(|kind| VirtualServer::scripted(*kind, &scenario.conversation).unwrap())
        .collect();
    let mut setting = Setting::start(seed, faults, servers);
    for (server, kind) in setting.servers.iter_mut().zip(&scenario.servers) {
        if *kind == ServerKind::ScriptedTcp {
            server.transport = mimi_resolver::Transport::Tcp;
        }
    }
    let resolver = setting.resolver(policy_of(scenario).unwrap());
    let outcome = resolver.discover_text(&scenario.identifier).await;
    let sendings = setting.network.sendings();
    Observed {
        outcome,
        oracle_requests: 0,
        ends_at_ms: None,
        most_sendings: Some(sendings.values().copied().max().unwrap_or(0) as usize),
    }
}
