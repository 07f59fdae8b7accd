//! D58: what is an absence, and what only looks like one.

use mimi_discovery::{Proof, Response};

use crate::script::{Script, answer, mimi, name, no_data, no_such_name, proved, record};

fn says(response: Response) -> String {
    Script::new()
        .says("bob.example. MIMI", response)
        .discover("bob.example")
        .summary()
}

#[test]
fn nxdomain_is_an_absence() {
    assert_eq!(says(no_such_name("example")), "no_such_name @mimi");
    assert_eq!(
        says(Response {
            rcode: 3,
            ..answer([])
        }),
        "no_such_name @mimi"
    );
}

#[test]
fn noerror_with_an_soa_is_an_absence() {
    assert_eq!(says(no_data("example")), "no_mapping @mimi");
    assert_eq!(says(no_data("bob.example")), "no_mapping @mimi");
}

#[test]
fn noerror_with_a_validated_denial_is_an_absence() {
    assert_eq!(says(proved(answer([]), Proof::Secure)), "no_mapping @mimi");
}

#[test]
fn never_takes_an_empty_answer_for_an_absence() {
    assert_eq!(says(answer([])), "temporary_failure lame @mimi");
    assert_eq!(
        says(proved(answer([]), Proof::Insecure)),
        "temporary_failure lame @mimi"
    );
}

#[test]
fn never_takes_a_referral_for_an_absence() {
    let referral = Response {
        authority: vec![record("example", 2, name("ns.example").as_wire())],
        ..answer([])
    };
    assert_eq!(says(referral), "temporary_failure lame @mimi");
}

#[test]
fn never_takes_the_soa_of_another_zone_for_an_absence() {
    assert_eq!(says(no_data("test")), "temporary_failure lame @mimi");
    assert_eq!(
        says(no_data("sub.bob.example")),
        "temporary_failure lame @mimi"
    );
}

#[test]
fn fails_on_records_in_an_answer_that_denies_them() {
    let both = Response {
        rcode: 3,
        ..answer([mimi("bob.example", "v=MIMI1; a=b; e=m.example")])
    };
    assert_eq!(says(both), "temporary_failure malformed @mimi");
}

#[test]
fn keeps_an_absence_as_long_as_its_soa_says() {
    let ended = Script::new()
        .says("bob.example. MIMI", no_data("example"))
        .discover("bob.example");
    // The SOA has a TTL of 3600 and a minimum of 300 (RFC 2308 §5).
    assert_eq!(ended.outcome.ttl, Some(300));
}
