//! Which rule speaks of which value: one for each fault, and none for what is well.

use mimi_lint::{Checker, Settings};

use crate::findings::{findings, rules_of};

/// Rules about owners, which each record here would set off.
const OWNERS: &[&str] = &["mui-guessable"];

fn of_endpoint(endpoint: &str) -> Vec<&'static str> {
    rules_of(
        &format!("k7m2q9wzt4xa MIMI \"v=MIMI1; a=k7m2; e={endpoint}\""),
        &[],
    )
}

fn of_account(account: &str) -> Vec<&'static str> {
    rules_of(
        &format!("k7m2q9wzt4xa MIMI \"v=MIMI1; a={account}; e=im.chat.zone\""),
        &[],
    )
}

fn of_service(service: &str) -> Vec<&'static str> {
    let record = format!("k7m2q9wzt4xa MIMI \"v=MIMI1; a=k7m2; e=im.chat.zone; s={service}\"");
    rules_of(&record, &[])
}

fn of_owner(owner: &str) -> Vec<&'static str> {
    rules_of(
        &format!("{owner} MIMI \"v=MIMI1; a=k7m2; e=im.chat.zone\""),
        OWNERS,
    )
}

#[test]
fn passes_hosts() {
    for host in [
        "im.chat.zone",
        "xn--bcher-kva.zone",
        "a-b.c--d.zone",
        "1.zone",
        "im.testing",
        "local.zone",
    ] {
        assert_eq!(of_endpoint(host), Vec::<&str>::new(), "{host}");
    }
}

#[test]
fn warns_of_each_part_of_an_endpoint_that_is_no_host() {
    let cases: &[(&str, &[&str])] = &[
        ("192.0.2.7", &["endpoint-ip-address"]),
        ("3221225985", &["endpoint-ip-address"]),
        ("[2001:db8::7]", &["endpoint-ip-address"]),
        ("2001:db8::7", &["endpoint-ip-address"]),
        ("fe80::1", &["endpoint-ip-address"]),
        (
            "[2001:db8::7]:443",
            &["endpoint-ip-address", "endpoint-port"],
        ),
        ("alice@im.chat.zone", &["endpoint-user-information"]),
        ("im.chat.zone:1", &["endpoint-port"]),
        ("im.chat.zone:65535", &["endpoint-port"]),
        ("im.chat.zone:0", &["endpoint-bad-port"]),
        ("im.chat.zone:65536", &["endpoint-bad-port"]),
        ("im.chat.zone:+1", &["endpoint-bad-port"]),
        ("im.chat.zone:", &["endpoint-bad-port"]),
        ("im.chat.zone/", &["endpoint-path"]),
        ("im.chat.zone?x", &["endpoint-path"]),
        ("im.chat.zone#x", &["endpoint-path"]),
        ("https://im.chat.zone", &["endpoint-scheme"]),
        ("mimi:room", &["endpoint-scheme"]),
        (
            "sip:alice@im.chat.zone",
            &["endpoint-scheme", "endpoint-user-information"],
        ),
        (
            "https://alice@im.chat.zone:443/x",
            &[
                "endpoint-scheme",
                "endpoint-user-information",
                "endpoint-port",
                "endpoint-path",
            ],
        ),
        ("localhost", &["endpoint-special-use"]),
        (
            "im.LOCAL.",
            &[
                "endpoint-special-use",
                "endpoint-upper-case",
                "endpoint-trailing-dot",
            ],
        ),
        (
            "https://im.test/",
            &["endpoint-scheme", "endpoint-special-use", "endpoint-path"],
        ),
        ("im.example.org", &["endpoint-documentation-name"]),
        ("im", &["endpoint-single-label"]),
        ("example", &["endpoint-single-label"]),
        ("im_.chat.zone", &["endpoint-not-a-host"]),
        ("im..zone", &["endpoint-not-a-host"]),
        (".", &["endpoint-not-a-host"]),
        ("https://", &["endpoint-not-a-host", "endpoint-scheme"]),
        ("im.chat-.zone", &["endpoint-not-a-host"]),
        ("xn--999999b.zone", &["endpoint-not-a-host"]),
        ("im.chat.zone.", &["endpoint-trailing-dot"]),
        ("im.chat.Zone", &["endpoint-upper-case"]),
    ];
    for (endpoint, rules) in cases {
        let mut found = of_endpoint(endpoint);
        let mut wanted = rules.to_vec();
        found.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(found, wanted, "{endpoint}");
    }
}

#[test]
fn warns_of_services_that_are_not_known() {
    let cases: &[(&str, &[&str])] = &[
        ("telegram", &[]),
        ("TELEGRAM", &["service-case"]),
        ("telegran", &["service-near-miss"]),
        ("Telegran", &["service-near-miss"]),
        ("carrier", &["service-not-registered"]),
    ];
    for (service, rules) in cases {
        assert_eq!(of_service(service), *rules, "{service}");
    }
}

#[test]
fn warns_of_accounts_that_tell_something() {
    let cases: &[(&str, &[&str])] = &[
        ("k7m2", &[]),
        ("alice", &[]),
        ("1234567", &[]),
        ("12345678", &["account-telephone-number"]),
        ("1234567890123456", &[]),
        ("+15551234567", &["account-telephone-number"]),
        ("+alice", &[]),
        ("alice@people.zone", &["account-email-address"]),
        ("@alice:people.zone", &[]),
        ("alice@IM.chat.zone", &["account-with-endpoint"]),
        (
            "im.chat.zone",
            &["account-personal-name", "account-is-endpoint"],
        ),
        ("ada_lovelace", &["account-personal-name"]),
        ("a.lovelace", &[]),
        ("ada.l.lovelace", &[]),
        ("ada.lovelace1", &[]),
    ];
    for (account, rules) in cases {
        let mut found = of_account(account);
        let mut wanted = rules.to_vec();
        found.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(found, wanted, "{account}");
    }
}

#[test]
fn warns_of_owners_that_nobody_finds() {
    let cases: &[(&str, &[&str])] = &[
        ("alice", &[]),
        ("xn--bcher-kva", &[]),
        ("xn--wgv71a119e", &[]),
        ("xn--lice-43d", &["mui-mixed-script"]),
        ("xn--80ak6aa92e", &["mui-confusable"]),
        ("xn--999999b", &["mui-not-idna2008"]),
        ("7.6.5.4.3", &["enum-wrong-suffix"]),
        ("7.6.5.4", &[]),
        ("o0ps", &["mui-hard-to-say"]),
        ("a-b-c", &["mui-hard-to-say"]),
        ("a-b", &[]),
        ("alice.elsewhere.zone.", &["owner-out-of-zone"]),
    ];
    for (owner, rules) in cases {
        assert_eq!(of_owner(owner), *rules, "{owner}");
    }
}

#[test]
fn warns_of_telephone_numbers_that_nobody_finds() {
    let cases: &[(&str, &[&str])] = &[
        ("7.6.5.4.3.2.1.5.5.5.1", &[]),
        ("*.5.5.5.1", &["wildcard-mimi"]),
        ("3.2.1.0.9.8.7.6.5.4.3.2.1.8.8", &[]),
        ("6.5.4.3.2.1.0.9.8.7.6.5.4.3.2.1", &["enum-too-long"]),
        ("4.4.2.0.7.9.4.6.0.9.9.1", &["enum-not-reversed"]),
        ("1.9.9.0.6.4.9.7.0.2.4.4", &[]),
        ("15551234567", &["enum-several-digits-a-label"]),
        ("7.6.5.4.3.2.1.555.1", &["enum-several-digits-a-label"]),
        ("7.6.5.4.3.2.1.x.1", &["enum-bad-label"]),
        ("1.2.3.0", &["enum-leading-zero"]),
    ];
    for (number, rules) in cases {
        let owner = format!("{number}.e164.arpa.");
        let record = format!("{owner} MIMI \"v=MIMI1; a=k7m2; e=im.chat.zone\"");
        assert_eq!(
            rules_of(&record, &["owner-out-of-zone"]),
            *rules,
            "{number}"
        );
    }
}

/// Whether a finding of a rule about the owner of a record offers a fix; `None` where the rule finds nothing.
fn has_fix(owner: &str, rule: &str) -> Option<bool> {
    let zone = format!("{owner} 3600 MIMI \"v=MIMI1; a=k7m2; e=im.chat.zone\"\n");
    let all = findings(&Checker::new(Settings::default()), zone.as_bytes());
    let found = all.into_iter().find(|finding| finding.rule.name == rule);
    found.map(|finding| finding.fix.is_some())
}

#[test]
fn only_a_whole_number_in_one_label_is_turned_around() {
    let rule = "enum-several-digits-a-label";
    assert_eq!(has_fix("15551234567.e164.arpa.", rule), Some(true));
    // Half a number could be any.
    assert_eq!(has_fix("4567.e164.arpa.", rule), Some(false));
    assert_eq!(has_fix("34567.12.e164.arpa.", rule), Some(false));
}

#[test]
fn warns_of_labels_from_thirty_one_characters_on() {
    let of_length = |length: usize| {
        rules_of(
            &format!(
                "{} MIMI \"v=MIMI1; a=k7m2; e=im.chat.zone\"",
                "k7m2q".repeat(9).get(..length).unwrap()
            ),
            OWNERS,
        )
    };
    assert!(!of_length(30).contains(&"mui-hard-to-say"));
    assert!(of_length(31).contains(&"mui-hard-to-say"));
    assert!(of_length(40).contains(&"mui-hard-to-say"));
}

#[test]
fn passes_what_others_keep_under_their_codes() {
    let rule = "type-code-taken";
    assert!(!rules_of("k7m2q9wzt4xa TYPE65401 \\# 1 00", &[]).contains(&rule));
    let string = "v=MIMI1; a=k7m2; e=im.chat.zone";
    let hex: String = string.bytes().map(|octet| format!("{octet:02x}")).collect();
    let length = string.len();
    let record = format!(
        "k7m2q9wzt4xa TYPE65401 \\# {} {length:02x}{hex}",
        length + 1
    );
    assert!(rules_of(&record, &[]).contains(&rule));
}
