//! The fixtures of these rules: bad ones fire, good ones are silent, fixed ones are what fixing gives.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use mimi_lint::{Fixable, Rule, Safety, rules};

use super::{lint, mend};

fn fixture(rule: &Rule, name: &str) -> Option<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/lint");
    fs::read(folder.join(rule.name).join(name)).ok()
}

fn of_definition_strings() -> impl Iterator<Item = &'static Rule> {
    let rules = rules::RULES.iter().copied();
    rules.filter(|rule| rule.code.starts_with("MIMI1"))
}

#[test]
fn bad_ones_fire_in_every_record_and_good_ones_are_silent() {
    for rule in of_definition_strings() {
        let bad = fixture(rule, "bad.zone").unwrap_or_else(|| panic!("{}: no fixture", rule.name));
        let findings = lint(&bad);
        let found = findings.iter().filter(|finding| finding.rule == rule);
        let entries: BTreeSet<usize> = found.map(|one| one.place.excerpt.line).collect();
        let text = String::from_utf8(bad).unwrap();
        let records = text
            .lines()
            .filter(|line| line.contains("MIMI") && !line.starts_with(' '));
        // The text of a generic record does not say what it is.
        let generic = text.lines().filter(|line| line.contains("TYPE65357"));
        let all = records.count() + generic.count();
        assert_eq!(entries.len(), all, "{}", rule.name);
        let good = fixture(rule, "good.zone").unwrap();
        let findings = lint(&good);
        assert!(
            !findings.iter().any(|finding| finding.rule == rule),
            "{}",
            rule.name
        );
    }
}

#[test]
fn fixed_ones_are_what_fixing_gives() {
    for rule in of_definition_strings() {
        let bad = fixture(rule, "bad.zone").unwrap();
        let has_fix = lint(&bad)
            .iter()
            .any(|one| one.rule == rule && one.fix.is_some());
        assert_eq!(has_fix, rule.fix != Fixable::No, "{}", rule.name);
        let fixed = has_fix.then(|| String::from_utf8(mend(&bad, Safety::Unsafe)).unwrap());
        let expected = fixture(rule, "fixed.zone");
        let expected = expected.map(|octets| String::from_utf8(octets).unwrap());
        assert_eq!(fixed, expected, "{}", rule.name);
        let left = lint(fixed.unwrap_or_default().as_bytes());
        assert!(!left.iter().any(|one| one.rule == rule), "{}", rule.name);
    }
}
