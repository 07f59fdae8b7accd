//! D55: the assurance of a result is its weakest link.

use mimi_discovery::{Channel, Dnssec, Proof, Validation, Via};

use crate::script::{Script, answer, cname, mimi, mimix, no_data, over, proved};

fn email(mimix_proof: Proof, mimi_proof: Proof) -> Script {
    Script::new()
        .policy(|policy| policy.validation = Validation::Validate)
        .says(
            "example.com. MIMIX",
            proved(answer([mimix("example.com", "m.example")]), mimix_proof),
        )
        .says(
            "bob.m.example. MIMI",
            proved(
                answer([mimi("bob.m.example", "v=MIMI1; a=bob; e=m.example")]),
                mimi_proof,
            ),
        )
}

#[test]
fn secure_needs_every_link_secure() {
    let dnssec = |mimix, mimi| {
        email(mimix, mimi)
            .discover("bob@example.com")
            .outcome
            .assurance
            .unwrap()
            .dnssec
    };
    assert_eq!(dnssec(Proof::Secure, Proof::Secure), Dnssec::Secure);
    assert_eq!(dnssec(Proof::Insecure, Proof::Secure), Dnssec::Insecure);
    assert_eq!(dnssec(Proof::Secure, Proof::Insecure), Dnssec::Insecure);
    assert_eq!(dnssec(Proof::Secure, Proof::Unchecked), Dnssec::Unchecked);
}

#[test]
fn an_alias_is_a_link() {
    let mut response = proved(
        answer([mimi("b.example", "v=MIMI1; a=bob; e=m.example")]),
        Proof::Secure,
    );
    response.answer.push(cname("a.example", "b.example"));
    let ended = Script::new()
        .says("a.example. MIMI", response)
        .discover("a.example");
    assert_eq!(ended.outcome.assurance.unwrap().dnssec, Dnssec::Unchecked);
}

#[test]
fn the_weakest_channel_counts() {
    let ended = Script::new()
        .says(
            "example.com. MIMIX",
            over(Channel::Quic, answer([mimix("example.com", "m.example")])),
        )
        .says(
            "bob.m.example. MIMI",
            over(
                Channel::Plain,
                answer([mimi("bob.m.example", "v=MIMI1; a=bob; e=m.example")]),
            ),
        )
        .discover("bob@example.com");
    let assurance = ended.outcome.assurance.unwrap();
    assert_eq!(
        (assurance.channel, assurance.via),
        (Channel::Plain, Via::Dns)
    );
}

#[test]
fn fails_on_bogus_data_at_any_link() {
    for (mimix, mimi, step) in [
        (Proof::Bogus, Proof::Secure, "mimix"),
        (Proof::Secure, Proof::Bogus, "mimi"),
    ] {
        let ended = email(mimix, mimi).discover("bob@example.com");
        assert_eq!(ended.summary(), format!("security_failure bogus @{step}"));
        assert!(ended.outcome.assurance.is_none());
    }
}

#[test]
fn fails_on_what_is_not_secure_where_that_is_required() {
    for (mimix, mimi, summary) in [
        (Proof::Secure, Proof::Secure, "found @mimi"),
        (
            Proof::Insecure,
            Proof::Secure,
            "security_failure not-secure @mimix",
        ),
        (
            Proof::Secure,
            Proof::Insecure,
            "security_failure not-secure @mimi",
        ),
        (
            Proof::Secure,
            Proof::Unchecked,
            "security_failure not-secure @mimi",
        ),
        (
            Proof::Secure,
            Proof::Indeterminate,
            "temporary_failure indeterminate @mimi",
        ),
    ] {
        let script = email(mimix, mimi).policy(|policy| policy.validation = Validation::Require);
        assert_eq!(script.discover("bob@example.com").summary(), summary);
    }
}

#[test]
fn fails_on_an_absence_that_is_not_secure_where_that_is_required() {
    let absent = |proof| {
        Script::new()
            .policy(|policy| policy.validation = Validation::Require)
            .says("bob.example. MIMI", proved(no_data("example"), proof))
            .discover("bob.example")
            .summary()
    };
    assert_eq!(absent(Proof::Secure), "no_mapping @mimi");
    assert_eq!(absent(Proof::Insecure), "security_failure not-secure @mimi");
    assert_eq!(absent(Proof::Bogus), "security_failure bogus @mimi");
}

#[test]
fn never_asks_an_oracle_where_secure_is_required() {
    let ended = Script::new()
        .policy(|policy| policy.validation = Validation::Require)
        .says(
            "example.com. MIMIX",
            proved(no_data("example.com"), Proof::Secure),
        )
        .oracle(Ok(&["v=MIMI1; a=bob; e=m.example"]))
        .discover("bob@example.com");
    assert_eq!(ended.summary(), "no_mapping @mimix");
    assert_eq!(ended.oracles_asked, 0);
}
