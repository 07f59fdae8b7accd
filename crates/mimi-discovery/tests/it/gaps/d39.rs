//! D39: one budget and one deadline for all steps, whatever the data says.

use std::time::Duration;

use mimi_discovery::{Action, BogusReason, Discovery, Failure, Policy, Validation, limits};
use mimi_id::Identifier;

use crate::script::{Script, answer, cname, mimix};

/// Four targets, each at the start of a chain of aliases that needs a question a hop.
fn expensive() -> Script {
    let targets = ["a.example", "b.example", "c.example", "d.example"];
    let mut script = Script::new().says(
        "example.com. MIMIX",
        answer(targets.map(|target| mimix("example.com", target))),
    );
    for target in targets {
        for hop in 0..9 {
            let from = if hop == 0 {
                format!("bob.{target}")
            } else {
                format!("n{hop}.{target}")
            };
            let to = format!("n{}.{target}", hop + 1);
            script = script.says(&format!("{from}. MIMI"), answer([cname(&from, &to)]));
        }
    }
    script
}

#[test]
fn fails_when_the_questions_are_spent() {
    let ended = expensive().discover("bob@example.com");
    assert_eq!(ended.summary(), "temporary_failure budget @mimi");
    assert_eq!(ended.asked.len(), usize::from(limits::QUESTIONS));
}

#[test]
fn fails_alike_in_any_order_when_the_questions_are_spent() {
    // The branch below the first target also meets data that cannot be trusted, when it comes to ask for it.
    let script = expensive().fails(
        "n8.a.example. MIMI",
        Failure::Bogus(BogusReason::Unexplained),
    );
    for ended in [
        script.discover_in_order("bob@example.com", |_| 0),
        script.discover_in_order("bob@example.com", |awaited| awaited - 1),
    ] {
        assert_eq!(ended.summary(), "temporary_failure budget @mimi");
        assert!(ended.dropped().is_empty());
    }
}

#[test]
fn validation_has_a_larger_budget() {
    let ended = expensive()
        .policy(|policy| policy.validation = Validation::Validate)
        .discover("bob@example.com");
    // 1 MIMIX and 4 times 9 questions fit into 64; the ninth alias is what ends it (D37).
    assert_eq!(ended.summary(), "temporary_failure loop @mimi");
    assert_eq!(ended.asked.len(), 37);
}

#[test]
fn ends_at_the_deadline_and_not_before() {
    let policy = Policy {
        deadline: Duration::from_secs(7),
        ..Policy::default()
    };
    let start = Duration::from_secs(1000);
    let mut machine = Discovery::new(Identifier::parse("bob.example").unwrap(), policy, start);
    let Some(Action::Ask(id, _)) = machine.poll_action() else {
        panic!("the machine asks at once");
    };
    assert_eq!(machine.poll_timeout(), Some(start + Duration::from_secs(7)));
    machine.handle_timeout(start + Duration::from_millis(6999));
    assert!(machine.outcome().is_none());
    machine.handle_timeout(start + Duration::from_secs(7));
    assert_eq!(machine.outcome().unwrap().ending.code(), Some("timeout"));
    assert_eq!(machine.poll_timeout(), None);
    // What comes after the end changes nothing.
    machine.handle_response(id, &answer([]), start + Duration::from_secs(8));
    assert_eq!(
        machine.into_outcome().unwrap().ending.code(),
        Some("timeout")
    );
}

#[test]
fn a_forgery_seen_before_the_deadline_is_told() {
    let mut machine = Discovery::new(
        Identifier::parse("bob@example.com").unwrap(),
        Policy::default(),
        Duration::ZERO,
    );
    let ask = |machine: &mut Discovery| match machine.poll_action() {
        Some(Action::Ask(id, _)) => id,
        other => panic!("expected a question, found {other:?}"),
    };
    let first = ask(&mut machine);
    let targets = ["a.example", "b.example"].map(|target| mimix("example.com", target));
    machine.handle_response(first, &answer(targets), Duration::ZERO);
    let _silent = ask(&mut machine);
    let forged = ask(&mut machine);
    machine.handle_failure(
        forged,
        Failure::Bogus(BogusReason::Unexplained),
        Duration::ZERO,
    );
    machine.handle_timeout(limits::DEADLINE);
    assert_eq!(machine.outcome().unwrap().ending.code(), Some("bogus"));
}
