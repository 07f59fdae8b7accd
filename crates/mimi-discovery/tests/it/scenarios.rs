//! The scripted conversations of `testdata/scenarios`, played to the machine under a virtual clock.

use mimi_testkit::{Runner, run_machine, scenarios};

#[test]
fn every_scenario_ends_as_it_must() {
    let scenarios = scenarios().unwrap();
    let mut failed = Vec::new();
    let mut played = 0;
    for scenario in scenarios.iter().filter(|one| one.is_for(Runner::Machine)) {
        played += 1;
        let observed = match run_machine(scenario) {
            Ok(observed) => observed,
            Err(error) => {
                failed.push(format!("{}: {error}", scenario.id));
                continue;
            }
        };
        for difference in scenario.expect.differences(&observed) {
            let member = difference.member;
            let (expected, observed) = (difference.expected, difference.observed);
            failed.push(format!(
                "{}: {member}: expected {expected}, observed {observed}",
                scenario.id
            ));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(played >= 90, "only {played} scenarios");
}
