//! Rules about several records: the order of a file, and how it is cut into parts, change nothing.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::{self, Cursor, Read};
use std::num::NonZeroUsize;

use mimi_lint::{CheckError, Checker, Finding, Settings, Source};
use proptest::prelude::*;
use proptest::sample::select;

/// How often each rule found something, by what stands at the start of the line.
type Found = BTreeMap<(&'static str, String), usize>;

fn findings(checker: &Checker, zone: &str) -> Vec<Finding> {
    let octets = zone.as_bytes().to_vec();
    let mut found = Vec::new();
    checker
        .check(
            &Source::stream("zone"),
            &|| Ok(Box::new(Cursor::new(octets.clone()))),
            &mut |finding| found.push(finding),
        )
        .unwrap();
    found
}

/// Of the rules about several records.
fn found(checker: &Checker, zone: &str) -> Found {
    let mut count = Found::new();
    for finding in findings(checker, zone) {
        let owner = match finding.rule.code.get(..5) {
            Some("MIMI3" | "MIMI4") => owner(&finding),
            // The first record of its type tells.
            Some("MIMI6") => String::new(),
            _ => continue,
        };
        *count.entry((finding.rule.name, owner)).or_default() += 1;
    }
    count
}

fn owner(finding: &Finding) -> String {
    let text = String::from_utf8_lossy(&finding.place.excerpt.text).into_owned();
    text.split(' ').next().unwrap_or_default().to_owned()
}

fn checker() -> Checker {
    let mut settings = Settings::default();
    settings.pedantic = true;
    Checker::new(settings)
}

/// The ways in which a file may be read.
fn checkers() -> Vec<(&'static str, Checker)> {
    let two = NonZeroUsize::new(2).unwrap();
    vec![
        ("one thread", checker()),
        ("few facts", checker().undecided(3)),
        ("two threads", checker().threads(two)),
        ("small parts", checker().threads(two).part_length(100)),
        (
            "small parts, few facts",
            checker().threads(two).part_length(300).undecided(3),
        ),
    ]
}

const OWNERS: &[&str] = &[
    "example.com.",
    "alice.example.com.",
    "ALICE.example.com.",
    "mimi.example.com.",
    "alice.mimi.example.com.",
    "first.last.mimi.example.com.",
    "last.mimi.example.com.",
    "*.mimi.example.com.",
    "*.example.com.",
    "news.example.com.",
    "bob.news.example.com.",
    "alice.example.net.",
];

fn mimi() -> impl Strategy<Value = String> {
    let strings = &[
        "v=MIMI1; p=1; a=alice; e=im.chat.zone; s=telegram",
        "v=MIMI1; p=2; a=alice; e=im.chat.zone; s=whatsapp",
        "v=MIMI1; p=1; a=bob; e=im.chat.zone; s=telegram",
        "v=MIMI1; a=bob; e=im.other.zone",
        "v=MIMI1; p=3; a=bob; e=im.other.zone",
        "v=MIMI1; a=nobody",
        "v=MIMI2; nothing",
    ];
    (
        select(OWNERS),
        select(&["600", "3600"][..]),
        select(&strings[..]),
    )
        .prop_map(|(owner, ttl, text)| format!("{owner} {ttl} IN MIMI \"{text}\""))
}

fn mimix() -> impl Strategy<Value = String> {
    let targets = &[
        "mimi.example.com.",
        "last.mimi.example.com.",
        "news.example.com.",
        "example.com.",
        "mimi.example.net.",
        "last.mimi.example.net.",
        "mimi.example.com",
        ".",
    ];
    (
        select(OWNERS),
        select(&["600", "3600"][..]),
        select(&targets[..]),
    )
        .prop_map(|(owner, ttl, target)| format!("{owner} {ttl} IN MIMIX {target}"))
}

fn other() -> impl Strategy<Value = String> {
    let rest = &[
        "CNAME www.example.com.",
        "DNAME mimi.example.net.",
        "NS ns1.example.net.",
        "NS ns2.example.net.",
        "A 192.0.2.1",
        "NSEC www.example.com. A",
    ];
    let bridge = &[
        "_mimi.alice.example.com. 600 IN TXT \"v=MIMI1; p=1; a=bob; e=im.chat.zone; s=telegram\"",
        "_mimix.example.com. 600 IN TXT \"v=MIMIX1; d=mimi.example.com\"",
    ];
    prop_oneof![
        5 => (select(OWNERS), select(&rest[..])).prop_map(|(owner, rest)| format!("{owner} 600 IN {rest}")),
        1 => select(&bridge[..]).prop_map(str::to_owned),
    ]
}

fn records() -> impl Strategy<Value = Vec<String>> {
    let record = prop_oneof![4 => mimi(), 2 => mimix(), 2 => other()];
    prop::collection::vec(record, 1..24)
}

fn zone(records: &[String]) -> String {
    let mut zone = String::from(
        "$ORIGIN example.com.\nexample.com. 600 IN SOA ns1.example.net. hostmaster.example.net. 1 2 3 4 5\n",
    );
    for record in records {
        zone.push_str(record);
        zone.push('\n');
    }
    zone
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_records_does_not_matter(
        (sorted, shuffled) in records().prop_flat_map(|records| {
            let mut sorted = records.clone();
            sorted.sort_by_key(|record| {
                let owner = record.split(' ').next().unwrap_or_default().to_ascii_lowercase();
                owner.split('.').rev().map(str::to_owned).collect::<Vec<_>>()
            });
            (Just(sorted), Just(records).prop_shuffle())
        })
    ) {
        let lower = |found: Found| {
            let mut lower = Found::new();
            for ((rule, owner), count) in found {
                *lower.entry((rule, owner.to_ascii_lowercase())).or_default() += count;
            }
            lower
        };
        let expected = lower(found(&checker(), &zone(&sorted)));
        for (name, checker) in checkers() {
            for records in [&sorted, &shuffled] {
                let zone = zone(records);
                prop_assert_eq!(&lower(found(&checker, &zone)), &expected, "{}:\n{}", name, zone);
            }
        }
    }
}

/// A zone in order, with two of everything that needs facts, and many users.
fn large(users: usize, last: &str) -> String {
    let mut zone = zone(&[
        "example.com. 600 IN MIMIX mimi.example.com.".to_owned(),
        "alias.example.com. 600 IN MIMIX b.example.com.".to_owned(),
        "b.example.com. 600 IN CNAME www.example.com.".to_owned(),
    ]);
    for user in 0..users {
        let text = "v=MIMI1; a=alice; e=im.chat.zone";
        writeln!(
            zone,
            "u.f{user:05}.mimi.example.com. 600 IN MIMI \"{text}\""
        )
        .unwrap();
        if user == users / 2 {
            writeln!(
                zone,
                "f{user:05}a.mimi.example.com. 600 IN NS ns1.example.net."
            )
            .unwrap();
            writeln!(
                zone,
                "u.f{user:05}a.mimi.example.com. 600 IN MIMI \"{text}\""
            )
            .unwrap();
            writeln!(
                zone,
                "f{user:05}b.mimi.example.com. 600 IN NS ns1.example.net."
            )
            .unwrap();
            writeln!(zone, "f{user:05}b.mimi.example.com. 600 IN MIMI \"{text}\"").unwrap();
        }
    }
    zone.push_str(last);
    zone
}

#[test]
fn a_large_zone_in_order_is_checked_without_all_facts() {
    let zone = large(3000, "");
    let expected = found(&checker(), &zone);
    let names: Vec<_> = expected.keys().map(|(rule, _)| *rule).collect();
    for name in [
        "mimix-target-is-alias",
        "mimi-below-delegation",
        "delegation-below-mimix-target",
    ] {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    for undecided in [1, 10, 100, 3500] {
        let few = checker().undecided(undecided);
        assert_eq!(found(&few, &zone), expected, "{undecided}");
        let parts = few.threads(NonZeroUsize::new(2).unwrap()).part_length(5000);
        assert_eq!(found(&parts, &zone), expected, "{undecided} in parts");
    }
}

#[test]
fn an_owner_out_of_order_late_in_a_file_is_found() {
    let zone = large(
        3000,
        "u.f00007.mimi.example.com. 600 IN MIMI \"v=MIMI1; a=alice; e=im.chat.zone\"\n",
    );
    for undecided in [10, 100_000] {
        let found = found(&checker().undecided(undecided), &zone);
        let key = (
            "same-identifier-twice",
            "u.f00007.mimi.example.com.".to_owned(),
        );
        assert_eq!(found.get(&key), Some(&1), "{undecided}: {found:?}");
    }
}

#[test]
fn what_was_reported_while_reading_is_not_reported_again() {
    let twice = |zone: &mut String| {
        for priority in [1, 1] {
            writeln!(
                zone,
                "alice.example.com. 600 IN MIMI \"v=MIMI1; p={priority}; a=alice; e=im.chat.zone\""
            )
            .unwrap();
        }
    };
    let mut zone = zone(&[]);
    twice(&mut zone);
    for user in 0..9000 {
        writeln!(
            zone,
            "u{user}.example.com. 600 IN MIMI \"v=MIMI1; a:alice; e=im.chat.zone\""
        )
        .unwrap();
    }
    twice(&mut zone);
    let found = found(&checker(), &zone);
    let key = ("same-identifier-twice", "alice.example.com.".to_owned());
    assert_eq!(found.get(&key), Some(&3));
}

#[test]
fn a_wildcard_names_what_it_does_not_cover() {
    let zone = zone(&[
        "www.example.com. 600 IN A 192.0.2.1".to_owned(),
        "*.example.com. 600 IN MIMI \"v=MIMI1; a=alice; e=im.chat.zone\"".to_owned(),
        "bob.example.com. 600 IN MIMI \"v=MIMI1; a=bob; e=im.chat.zone\"".to_owned(),
        "bob.example.com. 600 IN A 192.0.2.1".to_owned(),
    ]);
    let all = findings(&checker(), &zone);
    let wildcard = all
        .iter()
        .find(|finding| finding.rule.name == "wildcard-mimi")
        .unwrap();
    let related: Vec<_> = wildcard
        .related
        .iter()
        .map(|related| related.place.excerpt.line)
        .collect();
    assert_eq!(related, [3]);
}

#[test]
fn of_many_owners_whose_records_stand_apart_the_bad_ones_are_found() {
    let mut zone = zone(&[]);
    for priority in [1, 2] {
        for user in 0..2000 {
            let ttl = 600 + user % 40;
            let (ttl, priority, account) = match (priority, user) {
                (2, 17) => (ttl, 1, "other"),
                (2, 18) => (ttl + 1, 2, "other"),
                (2, 19) => (ttl, 2, "alice"),
                (2, _) => (ttl, 2, "other"),
                _ => (ttl, 1, "alice"),
            };
            writeln!(
                zone,
                "u{user}.example.com. {ttl} IN MIMI \"v=MIMI1; p={priority}; a={account}; e=im.chat.zone\""
            )
            .unwrap();
        }
    }
    for checker in [checker(), checker().undecided(10)] {
        let mut found = found(&checker, &zone);
        found.retain(|(rule, _), _| !["zone-not-signed", "mui-guessable"].contains(rule));
        let expected = [
            ("priority-tie", "u17.example.com."),
            ("ttl-differs", "u18.example.com."),
            ("same-identifier-twice", "u19.example.com."),
        ];
        let expected = expected.map(|(rule, owner)| ((rule, owner.to_owned()), 1));
        assert_eq!(found, Found::from(expected));
    }
}

/// Reads a text, and fails at its end.
struct Failing(Cursor<Vec<u8>>);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(io::ErrorKind::ConnectionReset.into()),
            length => Ok(length),
        }
    }
}

#[test]
fn what_was_found_before_reading_failed_is_reported() {
    let zone = zone(&[
        "alice.example.com. 600 IN MIMI \"v=MIMI1; a:alice; e=im.chat.zone\"".to_owned(),
        "bob.example.com. 600 IN MIMI \"v=MIMI1; a=bob; e=im.chat.zone\"".to_owned(),
    ]);
    let octets = zone.into_bytes();
    let mut rules = Vec::new();
    let read = checker().check(
        &Source::stream("zone"),
        &|| Ok(Box::new(Failing(Cursor::new(octets.clone())))),
        &mut |finding| rules.push(finding.rule.name),
    );
    assert!(
        matches!(read, Err(CheckError::Read(io::ErrorKind::ConnectionReset))),
        "{read:?}"
    );
    assert!(rules.contains(&"missing-equals"), "{rules:?}");
}
