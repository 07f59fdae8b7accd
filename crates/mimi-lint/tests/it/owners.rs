//! RRsets at their limits: which record a finding is about, and from how many on.

use mimi_lint::{Checker, Finding, Settings};

use crate::findings::findings;

/// What is found in records of `alice`, by one rule.
fn found(rule: &str, records: &[String]) -> Vec<Finding> {
    let mut zone = "$ORIGIN people.zone.\n$TTL 3600\n@ SOA ns host 1 1 1 1 1\n".to_owned();
    for record in records {
        zone.push_str(&format!("alice {record}\n"));
    }
    let mut all = findings(&Checker::new(Settings::default()), zone.as_bytes());
    all.retain(|finding| finding.rule.name == rule);
    all
}

fn numbered(count: usize) -> Vec<String> {
    (0..count)
        .map(|number| format!("MIMI \"v=MIMI1; p={number}; a=a{number}; e=im.chat.zone\""))
        .collect()
}

#[test]
fn warns_of_the_sixty_fifth_record() {
    let rule = "rrset-over-64-records";
    assert!(found(rule, &numbered(64)).is_empty());
    let over = found(rule, &numbered(66));
    let [finding] = over.as_slice() else {
        panic!("{over:?}")
    };
    assert!(finding.message.contains("found 66"), "{}", finding.message);
    // The last ones in octet order: 99 would be the very last.
    assert_eq!(finding.related.len(), 2);
}

#[test]
fn the_record_with_the_lowest_priority_is_kept() {
    let record = |priority: &str| format!("MIMI \"v=MIMI1; {priority}a=alice; e=im.chat.zone\"");
    for (records, dropped, kept) in [
        (["p=2; ", "p=1; "], 4, 5),
        (["p=1; ", "p=2; "], 5, 4),
        (["", "p=9; "], 4, 5),
        (["p=9; ", ""], 5, 4),
        // At equal priority the first in octet order.
        (["p=1; s=telegram; ", "p=1; "], 4, 5),
    ] {
        let all = found("same-identifier-twice", &records.map(record));
        let [finding] = all.as_slice() else {
            panic!("{records:?}: {all:?}")
        };
        let lines = (
            finding.place.line_column().0,
            finding.related[0].place.line_column().0,
        );
        assert_eq!(lines, (dropped, kept), "{records:?}");
    }
}

#[test]
fn an_owner_of_two_unusable_records_has_none() {
    let rule = "no-usable-record";
    let [bad, good] = [
        "MIMI \"v=MIMI1; a=alice\"",
        "MIMI \"v=MIMI1; a=alice; e=im.chat.zone\"",
    ]
    .map(str::to_owned);
    let all = found(rule, &[bad.clone(), bad.clone()]);
    assert_eq!(all.len(), 1);
    assert!(all[0].message.contains("found 2"), "{}", all[0].message);
    assert!(found(rule, &[bad.clone(), good]).is_empty());
    // A single one has a finding of its own.
    assert!(found(rule, &[bad]).is_empty());
}

#[test]
fn a_relative_name_without_origin_gets_its_remedy() {
    let zone = b"a.example. 60 NS ns\n";
    let all = findings(&Checker::new(Settings::default()), zone);
    let [finding] = all.as_slice() else {
        panic!("{all:?}")
    };
    assert_eq!(finding.rule.name, "rdata-error");
    assert!(finding.help.as_ref().unwrap().contains("--origin"));
}
