//! Which tests there are, by section of the draft and by decision: read from the tree that `cargo fmt` keeps in shape.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process::{root, tracked};

/// Whether a test shows that something is taken, or that something is turned away.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Polarity {
    Positive,
    Negative,
}

/// What proves one section or decision.
#[derive(Default)]
pub(super) struct Evidence {
    pub(super) positive: usize,
    pub(super) negative: usize,
    /// Where it stands: a crate, or a file of cases.
    pub(super) places: BTreeMap<String, usize>,
}

impl Evidence {
    fn add(&mut self, place: &str, polarity: Polarity) {
        match polarity {
            Polarity::Positive => self.positive += 1,
            Polarity::Negative => self.negative += 1,
        }
        *self.places.entry(place.to_owned()).or_default() += 1;
    }
}

/// A test whose name begins with one of these is a negative one.
const NEGATIVE: [&str; 7] = [
    "rejects", "refuses", "ignores", "drops", "never", "fails", "warns",
];

/// Files of cases that name the decisions they prove.
const CASES: [&str; 2] = ["testdata/mssi/decisions.json", "testdata/scenarios/"];

/// The evidence for every id, such as `D11`, and every section, such as `4.3`.
pub(super) fn evidence() -> Result<BTreeMap<String, Evidence>> {
    let mut evidence = BTreeMap::new();
    for path in tracked("crates/*/tests/*.rs")? {
        let text = fs::read_to_string(root().join(&path)).with_context(|| path.clone())?;
        read_tests(&path, &text, &mut evidence);
    }
    for path in tracked("testdata/*.json")? {
        if CASES.iter().any(|prefix| path.starts_with(prefix)) {
            let octets = fs::read(root().join(&path)).with_context(|| path.clone())?;
            let value: Value = serde_json::from_slice(&octets).with_context(|| path.clone())?;
            read_cases(&path, &value, &mut evidence);
        }
    }
    Ok(evidence)
}

/// Adds the tests of a file; what encloses a test is in its path and in `mod` lines, by their indentation.
fn read_tests(path: &str, text: &str, evidence: &mut BTreeMap<String, Evidence>) {
    let crate_name = path.split('/').nth(1).unwrap_or(path);
    let file_modules: Vec<&str> = path.trim_end_matches(".rs").split('/').skip(3).collect();
    let mut modules: Vec<(usize, &str)> = Vec::new();
    let mut is_test = false;
    for line in text.lines() {
        let indentation = line.len() - line.trim_start().len();
        let line = line.trim_start();
        if line.is_empty() {
            continue;
        }
        modules.retain(|(depth, _)| *depth < indentation);
        if let Some(name) = line
            .strip_prefix("mod ")
            .and_then(|rest| rest.strip_suffix(" {"))
        {
            modules.push((indentation, name));
        } else if line == "#[test]" || line.starts_with("#[tokio::test") {
            is_test = true;
        } else if let Some(name) = function_name(line)
            && is_test
        {
            is_test = false;
            let polarity = polarity_of(name);
            let enclosing = file_modules
                .iter()
                .copied()
                .chain(modules.iter().map(|(_, name)| *name));
            let in_draft = enclosing.clone().any(|module| module == "draft");
            for id in enclosing.filter_map(|module| id_of(module, in_draft)) {
                evidence.entry(id).or_default().add(crate_name, polarity);
            }
        }
    }
}

fn function_name(line: &str) -> Option<&str> {
    let rest = line
        .strip_prefix("async ")
        .unwrap_or(line)
        .strip_prefix("fn ")?;
    rest.split_once('(').map(|(name, _)| name)
}

fn polarity_of(name: &str) -> Polarity {
    let first = name.split('_').next().unwrap_or(name);
    if NEGATIVE.contains(&first) {
        Polarity::Negative
    } else {
        Polarity::Positive
    }
}

/// `d11` is the decision `D11`; below `draft`, `s4_3` is the section `4.3`. Elsewhere it is a section of an RFC.
fn id_of(module: &str, in_draft: bool) -> Option<String> {
    if let Some(number) = module.strip_prefix('d').filter(|rest| is_number(rest)) {
        return Some(format!("D{}", number.trim_start_matches('0')));
    }
    let section = module.strip_prefix('s').filter(|_| in_draft)?;
    section
        .split('_')
        .all(is_number)
        .then(|| section.replace('_', "."))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_digit())
}

/// Adds every object with a list `decisions`; `polarity` says which kind it is, else its verdict does.
fn read_cases(path: &str, value: &Value, evidence: &mut BTreeMap<String, Evidence>) {
    match value {
        Value::Array(items) => items
            .iter()
            .for_each(|item| read_cases(path, item, evidence)),
        Value::Object(case) => {
            let Some(Value::Array(decisions)) = case.get("decisions") else {
                case.values()
                    .for_each(|item| read_cases(path, item, evidence));
                return;
            };
            let text = |key: &str| case.get(key).and_then(Value::as_str);
            let polarity = match (text("polarity"), text("verdict")) {
                (Some("negative"), _) | (None, Some("ignored" | "rejected")) => Polarity::Negative,
                _ => Polarity::Positive,
            };
            // Sections are written `§4.3` or `s4.3`; cases may name other things too, such as a step of a decision.
            let ids = decisions.iter().filter_map(Value::as_str);
            let ids = ids.map(|id| id.trim_start_matches(['§', 's']));
            for id in ids.filter(|id| id.trim_start_matches('D').split('.').all(is_number)) {
                evidence
                    .entry(id.to_owned())
                    .or_default()
                    .add(path, polarity);
            }
        }
        _ => {}
    }
}
