//! What the scenarios cover: the decisions of resolution, each both ways, and enough of them.

use mimi_testkit::{Polarity, Runner, Scenario, scenarios};

/// Every decision whose rows the scenarios walk through.
const DECISIONS: [&str; 9] = [
    "D33", "D34", "D37", "D39", "D55", "D56", "D57", "D58", "D59",
];

#[test]
fn each_decision_has_both_polarities() {
    let scenarios = scenarios().unwrap();
    for decision in DECISIONS {
        for polarity in [Polarity::Positive, Polarity::Negative] {
            let proves = |one: &&Scenario| {
                one.polarity == polarity && one.decisions.iter().any(|id| id == decision)
            };
            assert!(
                scenarios.iter().any(|one| proves(&one)),
                "{decision} has no {polarity:?} scenario"
            );
        }
    }
}

#[test]
fn both_runners_have_many() {
    let scenarios = scenarios().unwrap();
    for runner in [Runner::Machine, Runner::Resolver] {
        assert!(scenarios.iter().filter(|one| one.is_for(runner)).count() >= 90);
    }
}

#[test]
fn every_outcome_and_every_step_occurs() {
    let scenarios = scenarios().unwrap();
    for outcome in [
        "found",
        "no_such_name",
        "no_mapping",
        "only_unusable",
        "provider_declines",
        "unmappable",
        "invalid",
        "temporary_failure",
        "security_failure",
    ] {
        assert!(
            scenarios.iter().any(|one| one.expect.outcome == outcome),
            "{outcome}"
        );
    }
    for step in ["mimix", "mimi", "txt", "oracle"] {
        assert!(
            scenarios
                .iter()
                .any(|one| one.expect.step.as_deref() == Some(step)),
            "{step}"
        );
    }
}

#[test]
fn ids_are_kebab_case() {
    for scenario in scenarios().unwrap() {
        let id = &scenario.id;
        let is_kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c);
        assert!(id.chars().all(is_kebab), "{id}");
    }
}

/// Over sockets there is neither validation nor an oracle yet, and no channel but loopback.
#[test]
fn never_gives_a_resolver_what_it_cannot_be_told() {
    for scenario in scenarios().unwrap() {
        if scenario.is_for(Runner::Resolver) {
            assert!(scenario.oracles.is_empty(), "{}", scenario.id);
            assert!(scenario.policy.validation.is_none(), "{}", scenario.id);
            for exchange in &scenario.conversation {
                assert!(exchange.delay_ms <= 40, "{}", scenario.id);
            }
        }
    }
}
