//! Random answers: one outcome, within the budget, never an oracle against D56, and the same in any order.

use mimi_discovery::{BogusReason, Channel, Failure, Proof, Response, limits};
use proptest::prelude::*;

use crate::script::{
    Script, answer, cname, dname, mimi, mimix, no_data, no_such_name, over, proved, rcode, txt,
};

const NAMES: [&str; 6] = [
    "example.com",
    "a.example",
    "b.example",
    "bob.a.example",
    "bob.b.example",
    "_mimi.bob.a.example",
];

fn names() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&NAMES[..])
}

fn definition_strings() -> impl Strategy<Value = &'static str> {
    prop::sample::select(
        &[
            "v=MIMI1; a=bob; e=m.example",
            "v=MIMI1; a=bob; e=m.example; p=1",
            "v=MIMI1; a=eve; e=m.example; p=1; s=x",
            "v=MIMI1; a=bob",
            "v=MIMI2; x",
            "v=MIMIX1; d=b.example",
        ][..],
    )
}

fn responses() -> impl Strategy<Value = Result<Response, Failure>> {
    let record = prop_oneof![
        (names(), definition_strings()).prop_map(|(owner, text)| mimi(owner, text)),
        (names(), definition_strings()).prop_map(|(owner, text)| txt(owner, text)),
        (names(), prop_oneof![names(), Just(".")]).prop_map(|(owner, target)| mimix(owner, target)),
        (names(), names()).prop_map(|(owner, target)| cname(owner, target)),
        (names(), names()).prop_map(|(owner, target)| dname(owner, target)),
    ];
    let response = prop_oneof![
        4 => prop::collection::vec(record, 0..5).prop_map(answer),
        1 => names().prop_map(no_data),
        1 => names().prop_map(no_such_name),
        1 => (0u16..8).prop_map(rcode),
    ];
    let proofs = prop::sample::select(
        &[
            Proof::Unchecked,
            Proof::Unchecked,
            Proof::Insecure,
            Proof::Secure,
            Proof::Bogus,
            Proof::Indeterminate,
        ][..],
    );
    let channels = prop::sample::select(&[Channel::Plain, Channel::Tls, Channel::Loopback][..]);
    let failures = prop::sample::select(
        &[
            Failure::Timeout,
            Failure::Bogus(BogusReason::Unexplained),
            Failure::Malformed,
        ][..],
    );
    prop_oneof![
        8 => (response, proofs, channels).prop_map(|(response, proof, channel)| Ok(over(channel, proved(response, proof)))),
        1 => failures.prop_map(Err),
    ]
}

/// A DNS that answers every question about the names above at random.
fn scripts() -> impl Strategy<Value = Script> {
    let types = ["MIMI", "MIMIX", "TXT"];
    let places: Vec<String> = NAMES
        .iter()
        .chain(&[
            "_mimi.bob.b.example",
            "_mimix.example.com",
            "_mimi.example.com",
            "_mimi.a.example",
            "_mimi.b.example",
        ])
        .flat_map(|name| types.map(|record_type| format!("{name}. {record_type}")))
        .collect();
    (
        prop::collection::vec(responses(), places.len()),
        any::<bool>(),
    )
        .prop_map(move |(responses, bridge)| {
            let mut script = Script::new();
            for (place, response) in places.iter().zip(responses) {
                script = match response {
                    Ok(response) => script.says(place, response),
                    Err(failure) => script.fails(place, failure),
                };
            }
            script.policy(|policy| policy.txt_bridge = bridge)
        })
}

proptest! {
    #[test]
    fn every_conversation_ends_within_its_budget_and_alike_in_any_order(
        script in scripts(),
        order in prop::collection::vec(any::<u8>(), 64),
        email in any::<bool>(),
    ) {
        let identifier = if email { "bob@example.com" } else { "a.example" };
        let script = script.oracle(Ok(&["v=MIMI1; a=oracle; e=o.example"]));
        // A DNAME makes up names that no script knows.
        let script = script.otherwise_fails(Failure::Timeout);
        let first = script.discover(identifier);
        prop_assert!(first.asked.len() <= usize::from(limits::QUESTIONS));
        if !email {
            prop_assert_eq!(first.oracles_asked, 0);
        }
        if first.oracles_asked > 0 {
            prop_assert!(first.outcome.step == Some(mimi_discovery::Step::Oracle));
        }
        let mut turns = order.into_iter().cycle();
        let second = script.discover_in_order(identifier, |awaited| {
            usize::from(turns.next().unwrap_or(0)) % awaited
        });
        prop_assert!(first.outcome.ending == second.outcome.ending);
        prop_assert_eq!(first.outcome.step, second.outcome.step);
        prop_assert_eq!(first.outcome.assurance, second.outcome.assurance);
        prop_assert_eq!(&first.outcome.dropped, &second.outcome.dropped);
        prop_assert_eq!(first.outcome.ttl, second.outcome.ttl);
    }
}
