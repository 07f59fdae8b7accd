//! The conversations of `testdata/scenarios` that an honest server plays, through `mimi resolve --server`.

use mimi_testkit::{Runner, Scenario, ScriptedDns, ServerKind, scenarios};
use serde_json::{Value, json};

use crate::support::mimi;

/// Losses and forgeries take time; `mimi-resolver` plays those. Here every question has an answer at once.
fn is_honest(scenario: &Scenario) -> bool {
    let answered = |exchange: &mimi_testkit::Exchange| {
        exchange.answer.is_some()
            && exchange.fault.is_none()
            && exchange.delay_ms == 0
            && exchange.udp.is_none()
    };
    scenario.is_for(Runner::Resolver)
        && scenario.servers == [ServerKind::Scripted]
        && scenario.policy.deadline_ms.is_none()
        && scenario.conversation.iter().all(answered)
}

#[test]
fn every_honest_scenario_ends_as_it_must() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let scenarios = scenarios().unwrap();
    let mut wrong = Vec::new();
    let mut played = 0;
    for scenario in scenarios.iter().filter(|scenario| is_honest(scenario)) {
        let start = ScriptedDns::start(ServerKind::Scripted, &scenario.conversation);
        let server = runtime.block_on(start).unwrap();
        let address = server.address().to_string();
        let mut arguments = vec!["resolve", "--format", "jsonl", "--server", &address];
        if scenario.policy.txt_bridge {
            arguments.push("--txt-bridge");
        }
        if let Some(suffix) = &scenario.policy.enum_suffix {
            arguments.extend(["--enum-suffix", suffix]);
        }
        arguments.extend(["--", &scenario.identifier]);
        let object = mimi(arguments).run().object();
        let (found, expected) = (found(&object), expected(scenario));
        if found != expected {
            wrong.push(format!(
                "{}\n  found {found}\n  expected {expected}",
                scenario.id
            ));
        }
        played += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(played >= 80, "only {played} scenarios");
}

/// What the object says, in the words of a scenario.
fn found(object: &Value) -> Value {
    let mut dropped: Vec<&str> = object["dropped"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    dropped.sort_unstable();
    let account = |one: &Value| {
        json!([
            one["mssa"],
            one["mse"],
            one["priority"],
            one["protocol_version"],
            one["service"]
        ])
    };
    let group = |group: &Value| {
        group
            .as_array()
            .unwrap()
            .iter()
            .map(account)
            .collect::<Vec<_>>()
    };
    let groups: Vec<_> = object["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(group)
        .collect();
    json!({
        "outcome": object["outcome"],
        "code": object["code"],
        "step": object["step"],
        "groups": groups,
        "dropped": dropped,
    })
}

fn expected(scenario: &Scenario) -> Value {
    let expect = &scenario.expect;
    let account = |one: &mimi_testkit::Account| json!([one.a, one.e, one.p, one.pv, one.s]);
    let groups: Vec<Vec<Value>> = expect
        .groups
        .iter()
        .map(|group| group.iter().map(account).collect())
        .collect();
    json!({
        "outcome": expect.outcome,
        "code": expect.code,
        "step": expect.step,
        "groups": groups,
        "dropped": expect.dropped,
    })
}
