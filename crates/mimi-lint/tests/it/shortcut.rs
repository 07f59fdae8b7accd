//! The shortcut passes over nothing that a rule would find something in: with it and without it, the findings are the same.

use std::fs;
use std::path::{Path, PathBuf};

use mimi_lint::{Checker, Finding, Settings};
use mimi_name::DomainName;
use proptest::prelude::*;

use crate::findings::findings;

/// Values of `a`, `e` and `s`, owners and TTLs that rules tell apart, beside those they have nothing to say about.
const ACCOUNTS: &[&str] = &[
    "alice",
    "k7m2q9wz",
    "first.last",
    "+15551234567",
    "15551234567",
    "tel:+15551234567",
    "alice@example.org",
    "alice@im.chat.zone",
    "im.chat.zone",
    "Alice",
    "123",
    "a b",
    "\\195\\188ber",
    "\\;",
    "",
];
const ENDPOINTS: &[&str] = &[
    "im.chat.zone",
    "mimi.whatsapp.com",
    "IM.chat.zone",
    "im.chat.zone.",
    "im.chat.zone:443",
    "im.chat.zone:0",
    "im.chat.zone:",
    "im.chat.zone/",
    "https://im.chat.zone",
    "sip:im.chat.zone",
    "alice@im.chat.zone",
    "im.example.com",
    "example",
    "localhost",
    "im.test",
    "im",
    "192.0.2.7",
    "0x7f.1",
    "[2001:db8::7]",
    "2001:db8::7",
    "im_chat.zone",
    "-im.chat.zone",
    "im-.chat.zone",
    "im..zone",
    "im.chat zone",
    "b\\195\\188cher.zone",
    "xn--bcher-kva.zone",
    "xn--999999b.zone",
    "",
];
const RESTS: &[&str] = &[
    "",
    ";",
    "; s=telegram",
    "; s=Telegram",
    "; s=telegam",
    "; s=carrierpigeon",
    "; p=1",
    "; p=01",
    "; p=70000",
    "; p=-1",
    "; pv=1.0",
    "; P=1",
    "; x=1",
    "; a=again",
    "; s",
];
const OWNERS: &[&str] = &[
    "alice",
    "bob",
    "alice.mimi",
    "@",
    "",
    "ALICE",
    "*",
    "*.mimi",
    "a",
    "b0b",
    "_mimi.alice",
    "_mimix",
    "xn--bcher-kva",
    "xn--lice-43d",
    "xn--80ak6aa92e",
    "xn--999999b",
    "al\\195\\188ce",
    "al\\001ce",
    "al+ice",
    "alice.",
    "alice.42.",
    "42.",
    "1.2.3.4.",
    "alice.elsewhere.example.",
    "7.6.5.4.3.2.1.5.5.5.1",
    "15551234567.e164.arpa.",
    "numbers.e164.arpa.",
    "12.34.e164.arpa.",
    "7.6.5.4.3.2.1.5.5.5.1.e164.arpa.",
    "alice.numbers.example.",
    "12345.numbers.example.",
    "a-name-that-is-much-too-long.to-be-said-to-anybody-by-telephone.mimi",
    "a-name-that-is-just-short-enough-not-to-be-told-about",
];
const TTLS: &[&str] = &["", "3600", "60", "59", "0", "86400", "86401", "1w"];
const OTHERS: &[&str] = &[
    "A 192.0.2.1",
    "TXT \"v=spf1 -all\"",
    "TXT \"v=MIMI1; a=alice; e=im.chat.zone\"",
    "TXT \" v = MIMI1 ; a=alice; e=im.chat.zone\"",
    "TXT \"v=MI\" \"MI1; a=alice; e=im.chat.zone\"",
    "TXT \"v=MIMIX1; d=mimi.chat.zone\"",
    "TXT \"mimi\"",
    "CNAME alice",
    "DNAME elsewhere.example.",
    "NS ns.chat.zone.",
    "MIMIX mimi.chat.zone.",
    "MIMIX mimi",
    "MIMIX mimi.chat.zone",
    "MIMIX .",
    "MIMIX \\# 9 0776 3d4d494d49310",
    "MIMIX \\# 9 0776 3d4d494d493100",
    "MIMI mimi.chat.zone.",
    "MIMI \\# 6 046d696d6900",
    "MIMI \\# 2 0576",
    "TYPE65401 \\# 9 08763d4d494d49313b",
    "TYPE65300 \\# 9 08763d4d494d49313b",
    "TYPE65300 \\# 1 00",
    "CAA 0 issue \"ca.chat.zone\"",
    "MIMI",
    "MIMMI x",
];

fn a_mimi_record() -> impl Strategy<Value = String> {
    let pick = proptest::sample::select::<&str>;
    let parts = (
        pick(ACCOUNTS.to_vec()),
        pick(ENDPOINTS.to_vec()),
        pick(RESTS.to_vec()),
    );
    let plain = Just(("alice", "im.chat.zone", ""));
    prop_oneof![plain, parts].prop_map(|(account, endpoint, rest)| {
        format!("MIMI \"v=MIMI1; a={account}; e={endpoint}{rest}\"")
    })
}

fn a_line() -> impl Strategy<Value = String> {
    let pick = proptest::sample::select::<&str>;
    let owner = prop_oneof![Just("alice"), Just("bob"), pick(OWNERS.to_vec())];
    let ttl = prop_oneof![Just(""), pick(TTLS.to_vec())];
    let other = pick(OTHERS.to_vec()).prop_map(str::to_owned);
    let data = prop_oneof![3 => a_mimi_record(), 1 => other];
    (owner, ttl, data).prop_map(|(owner, ttl, data)| format!("{owner} {ttl} IN {data}\n"))
}

fn a_zone() -> impl Strategy<Value = String> {
    let origin = prop_oneof![
        4 => Just("people.zone."),
        1 => Just("."),
        1 => Just("numbers.example."),
        1 => Just("1.e164.arpa."),
    ];
    let ttl = prop_oneof![3 => Just("3600"), 1 => Just("30"), 1 => Just("2w")];
    (origin, ttl, proptest::collection::vec(a_line(), 1..12)).prop_map(|(origin, ttl, lines)| {
        let start = format!(
            "$ORIGIN {origin}\n$TTL {ttl}\n@ SOA ns.chat.zone. host.chat.zone. 1 1 1 1 1\n"
        );
        start + &lines.concat()
    })
}

/// Any octet put into a zone in place of another one.
fn a_damaged_zone() -> impl Strategy<Value = Vec<u8>> {
    let damage = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..3);
    (a_zone(), damage).prop_map(|(zone, damage)| {
        let mut octets = zone.into_bytes();
        for (at, octet) in damage {
            let at = at.index(octets.len());
            octets[at] = octet;
        }
        octets
    })
}

fn assert_same(octets: &[u8], settings: &Settings) {
    let origin = || DomainName::parse_absolute("people.zone").unwrap();
    let with = Checker::new(settings.clone()).origin(origin());
    let without = Checker::new(settings.clone())
        .origin(origin())
        .without_shortcut();
    let shown = |findings: &[Finding]| -> Vec<String> {
        let lines = findings.iter().map(|finding| {
            let (line, column) = finding.place.line_column();
            format!("{line}:{column} {} {}", finding.rule.name, finding.message)
        });
        lines.collect()
    };
    let (with, without) = (findings(&with, octets), findings(&without, octets));
    assert_eq!(shown(&with), shown(&without), "{}", octets.escape_ascii());
    assert!(with == without, "fixes differ: {}", octets.escape_ascii());
}

fn settings() -> Vec<Settings> {
    let mut pedantic = Settings::default();
    pedantic.pedantic = true;
    let mut closed = Settings::default();
    closed.enum_suffix = DomainName::parse_absolute("numbers.example").unwrap();
    closed.types = mimi_rr::TypeCodes::new(65401, 65300).unwrap();
    closed.shortest_ttl = 10;
    let mut suffix = Settings::default();
    suffix.enum_suffix = closed.enum_suffix.clone();
    vec![Settings::default(), pedantic, closed, suffix]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn finds_the_same_in_any_zone(octets in a_damaged_zone()) {
        for settings in settings() {
            assert_same(&octets, &settings);
        }
    }
}

/// Each value alone, beside nothing else that would keep a record from being passed over.
#[test]
fn finds_the_same_in_every_single_value() {
    let mut lines = Vec::new();
    let mut add =
        |owner: &str, ttl: &str, data: &str| lines.push(format!("{owner} {ttl} IN {data}\n"));
    let mimi = |account: &str, endpoint: &str, rest: &str| {
        format!("MIMI \"v=MIMI1; a={account}; e={endpoint}{rest}\"")
    };
    let plain = mimi("alice", "im.chat.zone", "");
    for account in ACCOUNTS {
        add("alice", "", &mimi(account, "im.chat.zone", ""));
    }
    for endpoint in ENDPOINTS {
        add("alice", "", &mimi("alice", endpoint, ""));
    }
    for rest in RESTS {
        add("alice", "", &mimi("alice", "im.chat.zone", rest));
    }
    for owner in OWNERS {
        add(owner, "", &plain);
    }
    for ttl in TTLS {
        add("alice", ttl, &plain);
    }
    for other in OTHERS {
        add("alice", "", other);
    }
    // All names are in the zone of the root.
    for origin in ["people.zone.", "."] {
        let start =
            format!("$ORIGIN {origin}\n$TTL 3600\n@ SOA ns.chat.zone. host.chat.zone. 1 1 1 1 1\n");
        for line in &lines {
            for settings in settings() {
                assert_same(format!("{start}{line}").as_bytes(), &settings);
            }
        }
    }
}

#[test]
fn finds_the_same_in_the_fixtures() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata");
    let mut zones = Vec::new();
    collect(&root.join("lint"), &mut zones);
    collect(&root.join("zones"), &mut zones);
    assert!(!zones.is_empty());
    for zone in zones {
        for settings in settings() {
            assert_same(&fs::read(&zone).unwrap(), &settings);
        }
    }
}

fn collect(folder: &Path, zones: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            // A hundred thousand records that are all alike would take a minute.
            if !path.ends_with("more-than-judged") {
                collect(&path, zones);
            }
        } else if path
            .extension()
            .is_some_and(|extension| extension == "zone")
        {
            zones.push(path);
        }
    }
}
