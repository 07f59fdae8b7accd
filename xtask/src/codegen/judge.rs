//! What a rule file must be, so that what is generated from it is true.

use std::collections::BTreeMap;
use std::path::Path;

use super::Complaint;
use super::rule_file::{HEADINGS, RuleFile};

/// Judges all rules.
pub(super) fn rules(root: &Path, rules: &[RuleFile]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for rule in rules {
        let mut complain = |line: usize, message: &str| {
            complaints.push(Complaint::new(&rule.path, line, message));
        };
        identity(rule, &mut complain);
        documentation(rule, &mut complain);
        fixtures(root, rule, &mut complain);
    }
    complaints.extend(clashes(rules));
    complaints
}

/// Code, name and file name.
fn identity(rule: &RuleFile, complain: &mut dyn FnMut(usize, &str)) {
    let digits = rule.code.strip_prefix("MIMI").unwrap_or_default();
    if digits.len() != 3 || !digits.bytes().all(|octet| octet.is_ascii_digit()) {
        let found = &rule.code;
        complain(
            rule.line,
            &format!("expected a code of MIMI and three digits, found `{found}`"),
        );
    }
    let expected = rule.module.replace('_', "-");
    if rule.name != expected {
        let found = &rule.name;
        complain(
            rule.line,
            &format!("expected the name `{expected}` after the file, found `{found}`"),
        );
    }
    if rule.summary.is_empty() || rule.summary.ends_with('.') {
        complain(
            rule.line,
            "expected a summary in one line without a full stop",
        );
    }
    if rule.is_live() != digits.starts_with('7') {
        complain(
            rule.line,
            "expected rules about what servers say, and no others, to have codes from MIMI700",
        );
    }
}

/// Headings, and an example in zone-file text.
fn documentation(rule: &RuleFile, complain: &mut dyn FnMut(usize, &str)) {
    let found: Vec<_> = rule.sections.iter().map(|section| &section.title).collect();
    if found != HEADINGS {
        let expected = HEADINGS.join(", ");
        let found: Vec<_> = found.iter().map(|title| title.as_str()).collect();
        let found = match found.as_slice() {
            [] => "none".to_owned(),
            some => some.join(", "),
        };
        complain(
            1,
            &format!("expected the headings {expected} in this order, found {found}"),
        );
    }
    for section in &rule.sections {
        if section.body.is_empty() {
            let title = &section.title;
            complain(
                section.line,
                &format!("expected text below `{title}`, found none"),
            );
        }
        if section.title == "Example" && !rule.is_live() && !section.body.contains("```zone\n") {
            complain(section.line, "expected a ```zone block in the example");
        }
    }
    let safety = rule
        .sections
        .iter()
        .find(|section| section.title == "Fix safety");
    if let Some(safety) = safety {
        let says_none = safety.body.starts_with("No fix");
        if says_none != (rule.fix == "no") {
            let fix = &rule.fix;
            complain(
                safety.line,
                &format!(
                    "`Fix safety` begins with `No fix` when there is none, and only then; the field `fix` says {fix}"
                ),
            );
        }
    }
}

/// Files that the rule is tried on.
fn fixtures(root: &Path, rule: &RuleFile, complain: &mut dyn FnMut(usize, &str)) {
    if rule.is_live() {
        return;
    }
    let mut wanted = vec!["bad.zone", "good.zone"];
    if rule.fix != "no" {
        wanted.push("fixed.zone");
    }
    for file in wanted {
        let path = rule.fixture(file);
        if !root.join(&path).is_file() {
            complain(rule.line, &format!("expected the fixture {path}"));
        }
    }
}

/// No two rules have the same code or the same name.
fn clashes(rules: &[RuleFile]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut seen: BTreeMap<&str, &RuleFile> = BTreeMap::new();
    for rule in rules {
        for key in [rule.code.as_str(), rule.name.as_str()] {
            if let Some(first) = seen.insert(key, rule) {
                let message = format!("{key} is taken by {}", first.path);
                complaints.push(Complaint::new(&rule.path, rule.line, &message));
            }
        }
    }
    complaints
}
