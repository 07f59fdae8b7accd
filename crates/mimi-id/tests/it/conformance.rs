//! Runs `testdata/id/cases.json`, the cases that implementations in other languages can run too.

use std::collections::{BTreeMap, BTreeSet};

use mimi_id::{Identifier, Kind, Unmappable};
use mimi_name::DomainName;
use serde_json::Value;

use crate::support::name;

const CASES: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../testdata/id/cases.json"
));

fn cases() -> Vec<Value> {
    serde_json::from_str::<Value>(CASES)
        .unwrap()
        .as_array()
        .unwrap()
        .clone()
}

fn field<'a>(case: &'a Value, key: &str) -> Option<&'a str> {
    case.get(key).map(|value| value.as_str().unwrap())
}

/// What the code makes of a case, in the fields of the case.
fn judge(case: &Value) -> BTreeMap<&'static str, String> {
    let input = field(case, "input").unwrap();
    let mut found = BTreeMap::from([("kind", Kind::classify(input).to_string())]);
    let identifier = match Identifier::parse(input) {
        Err(error) => {
            assert_eq!(error.kind(), Kind::classify(input));
            found.insert("outcome", "invalid".to_owned());
            found.insert("code", error.code().to_owned());
            return found;
        }
        Ok(identifier) => identifier,
    };
    let mapped: Result<DomainName, Unmappable> = match &identifier {
        Identifier::Mui(mui) => Ok(mui.name().clone()),
        Identifier::Email(address) => {
            found.insert("domain", address.domain().to_string());
            address.name_under(&name(field(case, "target").unwrap()))
        }
        Identifier::Telephone(number) => number.enum_name(&name(field(case, "suffix").unwrap())),
        other => panic!("a kind without cases: {}", other.kind()),
    };
    match mapped {
        Ok(name) => {
            found.insert("outcome", "name".to_owned());
            found.insert("name", name.to_string());
        }
        Err(error) => {
            found.insert("outcome", "unmappable".to_owned());
            found.insert("code", error.code().to_owned());
        }
    }
    found.insert("uri", identifier.to_uri());
    found.insert("key", identifier.canonical_key());
    found.insert("display", identifier.to_string());
    found
}

#[test]
fn every_case_has_the_outcome_written_for_it() {
    let mut wrong = Vec::new();
    for case in cases() {
        let found = judge(&case);
        for key in [
            "kind", "outcome", "code", "name", "domain", "uri", "key", "display",
        ] {
            let optional = matches!(key, "uri" | "key" | "display");
            let written = field(&case, key);
            let got = found.get(key).map(String::as_str);
            if written != got && !(optional && written.is_none()) {
                wrong.push(format!(
                    "{}: {key}: written {written:?}, found {got:?}",
                    case["id"]
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_case_that_is_an_identifier_survives_its_uri() {
    for case in cases() {
        if let Ok(identifier) = Identifier::parse(field(&case, "input").unwrap()) {
            let again = Identifier::parse(&identifier.to_uri()).unwrap();
            assert!(again == identifier, "{}", case["id"]);
            assert_eq!(again.canonical_key(), identifier.canonical_key());
        }
    }
}

#[test]
fn the_cases_cover_every_rule_with_unique_ids() {
    let cases = cases();
    assert!(cases.len() >= 120, "{} cases", cases.len());
    let ids: BTreeSet<_> = cases.iter().map(|case| field(case, "id")).collect();
    assert_eq!(ids.len(), cases.len());
    let rules: BTreeSet<_> = cases
        .iter()
        .filter_map(|case| field(case, "rule"))
        .collect();
    for rule in ["D31"]
        .into_iter()
        .map(str::to_owned)
        .chain((40..=53).map(|n| format!("D{n}")))
    {
        assert!(rules.contains(rule.as_str()), "{rule}");
    }
}

/// What a person is shown of every case, so that a change of any message is seen.
#[test]
fn what_is_said_about_every_case() {
    let mut said = String::new();
    for case in cases() {
        let shown = match Identifier::parse(field(&case, "input").unwrap()) {
            Ok(identifier) => identifier.to_string(),
            Err(error) => format!("{error}\n  help: {}", error.help().unwrap_or("none")),
        };
        said += &format!("{}: {shown}\n", field(&case, "id").unwrap());
    }
    insta::assert_snapshot!(said);
}
