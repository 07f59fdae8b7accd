//! The definition strings of `testdata/mssi`, through `mimi parse`.

use serde_json::Value;

use crate::support::mimi;

const FILES: [&str; 2] = [
    include_str!("../../../../../testdata/mssi/cases.json"),
    include_str!("../../../../../testdata/mssi/decisions.json"),
];

fn cases() -> Vec<Value> {
    let list = |text| {
        let file: Value = serde_json::from_str(text).unwrap();
        file["cases"].as_array().unwrap().clone()
    };
    FILES.into_iter().flat_map(list).collect()
}

/// The members of an object that a case speaks of, in the form of the case.
fn found(object: &Value, case: &Value) -> Value {
    let mut found = serde_json::Map::new();
    for key in ["verdict", "v", "a", "e", "pv", "p", "s", "extensions"] {
        if case.get(key).is_some() {
            found.insert(key.to_owned(), object[key].clone());
        }
    }
    let diagnostics = object["diagnostics"].as_array().unwrap();
    if case.get("warns").is_some() {
        let warns = diagnostics.iter().any(|one| one["severity"] == "warning");
        found.insert("warns".to_owned(), warns.into());
    }
    if case.get("refusal").is_some() {
        let mut errors = diagnostics.iter().filter(|one| one["severity"] == "error");
        let first = errors.next().map(|one| one["code"].clone());
        found.insert("refusal".to_owned(), first.into());
    }
    if case.get("diagnostics").is_some() {
        let keys = ["code", "severity", "start", "end"];
        let rows = diagnostics.iter();
        let mut rows: Vec<Value> = rows
            .map(|one| keys.map(|key| one[key].clone()).to_vec().into())
            .collect();
        // The cases are sorted so, the findings in the order of judgement.
        rows.sort_by_key(|row| {
            let code = row[0].as_str().map(str::to_owned);
            (row[2].as_u64(), row[3].as_u64(), code)
        });
        found.insert("diagnostics".to_owned(), rows.into());
    }
    found.into()
}

fn expected(case: &Value) -> Value {
    let mut expected = case.clone();
    let members = expected.as_object_mut().unwrap();
    for key in ["id", "decisions", "input"] {
        members.remove(key);
    }
    expected
}

#[test]
fn every_shared_case_is_judged_as_written() {
    let cases = cases();
    let lines: Vec<&str> = cases
        .iter()
        .map(|case| case["input"].as_str().unwrap())
        .collect();
    let run = mimi(["parse", "--format", "jsonl"])
        .input(lines.join("\n") + "\n")
        .run();
    assert_eq!(run.exit, 1);
    let objects = run.objects();
    assert_eq!(objects.len(), cases.len());
    let mut wrong = Vec::new();
    for (case, object) in cases.iter().zip(objects) {
        let (found, expected) = (found(&object, case), expected(case));
        if found != expected || object["input"] != case["input"] {
            wrong.push(format!(
                "{}\n  found {found}\n  expected {expected}",
                case["id"]
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases.len() > 200, "{}", cases.len());
}
