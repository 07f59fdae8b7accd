//! D56: when an oracle may be asked, row by row, and as a total function.

use mimi_discovery::{
    Assurance, BogusReason, Channel, DnsEvidence, Dnssec, Failure, OraclePermission, Proof,
    Validation, Via, oracle_permission,
};
use mimi_id::Kind;

use crate::script::{Script, answer, mimi, mimix, no_data, no_such_name, over, proved, rcode, txt};

const KNOWN: &[&str] = &["v=MIMI1; a=oracle; e=o.example"];
const TELEPHONE: &str = "+123";
const ENUM: &str = "3.2.1.e164.arpa. MIMI";

/// How many oracles are asked for an email address, when the MIMIX step says so.
fn email(script: Script) -> usize {
    script
        .oracle(Ok(KNOWN))
        .discover("bob@example.com")
        .oracles_asked
}

fn telephone(script: Script) -> usize {
    script.oracle(Ok(KNOWN)).discover(TELEPHONE).oracles_asked
}

#[test]
fn an_absence_proved_or_over_a_protected_channel_is_enough() {
    for absence in [no_data("example.com"), no_such_name("com")] {
        let says = |response| email(Script::new().says("example.com. MIMIX", response));
        assert_eq!(says(proved(absence.clone(), Proof::Secure)), 1);
        for channel in [
            Channel::Tls,
            Channel::Https,
            Channel::Quic,
            Channel::Loopback,
        ] {
            assert_eq!(says(over(channel, absence.clone())), 1);
            assert_eq!(
                says(over(channel, proved(absence.clone(), Proof::Insecure))),
                1
            );
        }
    }
    assert_eq!(
        telephone(Script::new().says(ENUM, over(Channel::Tls, no_data("arpa")))),
        1
    );
}

#[test]
fn never_asks_on_an_unproved_absence_over_plain_dns_unless_told_to() {
    for proof in [Proof::Unchecked, Proof::Insecure] {
        let script =
            Script::new().says("example.com. MIMIX", proved(no_data("example.com"), proof));
        assert_eq!(email(script.clone()), 0);
        assert_eq!(
            email(script.policy(|policy| policy.oracle_on_insecure = true)),
            1
        );
    }
}

#[test]
fn no_valid_mimix_is_as_absence() {
    let broken = mimi_rr::TypeCodes::DEFAULT.mimix();
    for records in [
        vec![mimix("example.com", ".")],
        vec![crate::script::record("example.com", broken, b"\x01a")],
    ] {
        let plain = Script::new().says("example.com. MIMIX", answer(records.clone()));
        assert_eq!(email(plain), 0);
        let protected =
            Script::new().says("example.com. MIMIX", over(Channel::Tls, answer(records)));
        assert_eq!(email(protected), 1);
    }
}

#[test]
fn an_unmappable_local_part_asks_for_mimix_all_the_same() {
    let script = |response| {
        Script::new()
            .says("example.com. MIMIX", over(Channel::Tls, response))
            .oracle(Ok(KNOWN))
            .discover("*@example.com")
    };
    assert_eq!(script(no_data("example.com")).oracles_asked, 1);
    let below_mimix = script(answer([mimix("example.com", "m.example")]));
    assert_eq!(below_mimix.oracles_asked, 0);
    assert!(below_mimix.summary().starts_with("unmappable"));
}

#[test]
fn never_asks_when_the_provider_takes_part() {
    for response in [
        no_data("m.example"),
        no_such_name("m.example"),
        answer([mimi("bob.m.example", "v=MIMI1; a=bob")]),
    ] {
        let script = Script::new()
            .says(
                "example.com. MIMIX",
                over(Channel::Tls, answer([mimix("example.com", "m.example")])),
            )
            .says("bob.m.example. MIMI", over(Channel::Tls, response));
        assert_eq!(email(script), 0);
    }
    let unusable = answer([mimi("3.2.1.e164.arpa", "v=MIMI1; a=bob")]);
    assert_eq!(
        telephone(Script::new().says(ENUM, over(Channel::Tls, unusable))),
        0
    );
}

#[test]
fn never_asks_after_a_failure() {
    for failure in [
        Failure::Timeout,
        Failure::Network,
        Failure::Truncated,
        Failure::Malformed,
        Failure::Bogus(BogusReason::Unexplained),
        Failure::Indeterminate,
        Failure::Budget,
    ] {
        let on_insecure = |script: Script| script.policy(|policy| policy.oracle_on_insecure = true);
        assert_eq!(
            email(on_insecure(
                Script::new().fails("example.com. MIMIX", failure)
            )),
            0
        );
        assert_eq!(
            telephone(on_insecure(Script::new().fails(ENUM, failure))),
            0
        );
    }
    for response in [rcode(1), rcode(2), rcode(5), rcode(6), answer([])] {
        let script = Script::new().says("example.com. MIMIX", over(Channel::Tls, response));
        assert_eq!(email(script), 0);
    }
}

#[test]
fn never_asks_where_secure_is_required_and_the_absence_is_not() {
    let script = Script::new()
        .policy(|policy| policy.validation = Validation::Require)
        .says(
            "example.com. MIMIX",
            over(Channel::Tls, no_data("example.com")),
        );
    assert_eq!(email(script), 0);
}

#[test]
fn never_asks_when_the_bridge_is_inconclusive() {
    let bridge = |script: Script| script.policy(|policy| policy.txt_bridge = true);
    let absent = || {
        Script::new().says(
            "example.com. MIMIX",
            over(Channel::Tls, no_data("example.com")),
        )
    };
    let broken = over(
        Channel::Tls,
        answer([txt("_mimix.example.com", "v=MIMIX1; d=")]),
    );
    assert_eq!(
        email(bridge(absent()).says("_mimix.example.com. TXT", broken)),
        0
    );
    assert_eq!(
        email(bridge(absent()).fails("_mimix.example.com. TXT", Failure::Timeout)),
        0
    );
    let gone = over(Channel::Tls, no_such_name("example.com"));
    assert_eq!(
        email(bridge(absent()).says("_mimix.example.com. TXT", gone)),
        1
    );
}

#[test]
fn never_asks_for_a_mui() {
    let script = Script::new()
        .policy(|policy| policy.oracle_on_insecure = true)
        .says(
            "bob.example. MIMI",
            over(Channel::Tls, proved(no_data("example"), Proof::Secure)),
        )
        .oracle(Ok(KNOWN));
    assert_eq!(script.discover("bob.example").oracles_asked, 0);
}

#[test]
fn the_table_is_total_and_grants_nothing_but_absences() {
    use DnsEvidence::*;
    let evidence = [
        Absent,
        NoValidMimix,
        UnmappableBelowMimix,
        NoUsableMimiBelowMimix,
        NoUsableMimi,
        BridgeInconclusive,
        TemporaryFailure,
        SecurityFailure,
        Found,
    ];
    let channels = [
        Channel::Plain,
        Channel::Tls,
        Channel::Https,
        Channel::Quic,
        Channel::Loopback,
    ];
    let levels = [Dnssec::Unchecked, Dnssec::Insecure, Dnssec::Secure];
    let links = channels
        .iter()
        .flat_map(|channel| levels.map(|dnssec| (dnssec, *channel)));
    let mut assurances = vec![None];
    assurances.extend(links.map(|(dnssec, channel)| {
        Some(Assurance {
            dnssec,
            channel,
            via: Via::Dns,
        })
    }));
    for kind in [Kind::Mui, Kind::Email, Kind::Telephone] {
        for evidence in evidence {
            for assurance in &assurances {
                for on_insecure in [false, true] {
                    let permission = oracle_permission(kind, evidence, *assurance, on_insecure);
                    let may = kind != Kind::Mui
                        && matches!(evidence, Absent | NoValidMimix)
                        && assurance.is_some_and(|link| {
                            link.dnssec == Dnssec::Secure
                                || link.channel != Channel::Plain
                                || on_insecure
                        });
                    assert_eq!(permission == OraclePermission::Granted, may);
                    assert!(!permission.to_string().is_empty());
                }
            }
        }
    }
}
