//! The identifiers of `testdata/id`, through `mimi name`.

use serde_json::Value;

use crate::support::mimi;

const CASES: &str = include_str!("../../../../../testdata/id/cases.json");

/// The shared cases hold what a command line cannot (a NUL) or would take for an option; `-` is standard input.
fn arguments_of(cases: &[Value]) -> impl Iterator<Item = &str> {
    cases.iter().map(|case| case["input"].as_str().unwrap())
}

fn cases(suffix: Option<&str>) -> Vec<Value> {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    let fits = |case: &Value| {
        let input = case["input"].as_str().unwrap();
        let same_suffix = suffix.is_none_or(|suffix| case["suffix"].as_str() == Some(suffix));
        // Beyond what one argument may be long, or holding what ends it.
        same_suffix && !input.contains('\0') && input.len() < 100_000 && input != "-"
    };
    cases.into_iter().filter(fits).collect()
}

/// What `mimi name` should say of a case.
fn expected(case: &Value) -> (Value, Value) {
    if case["outcome"] != "name" {
        return (Value::Null, case["code"].clone());
    }
    let name = case["name"].as_str().unwrap();
    let steps = match case["target"].as_str() {
        None => serde_json::json!([{ "name": name, "type": "MIMI" }]),
        Some(target) => {
            let labels = name.strip_suffix(target).unwrap();
            serde_json::json!([
                { "name": case["domain"], "type": "MIMIX" },
                { "name": format!("{labels}<target>"), "type": "MIMI" },
            ])
        }
    };
    (steps, Value::Null)
}

#[test]
fn every_shared_case_has_the_names_written_for_it() {
    let mut wrong = Vec::new();
    let mut judged = 0;
    for suffix in [None, Some("enum.example.net.")] {
        let mut cases = cases(suffix);
        if suffix.is_none() {
            cases.retain(
                |case| !matches!(case["suffix"].as_str(), Some(other) if other != "e164.arpa."),
            );
        }
        let option = ["name", "--enum-suffix", suffix.unwrap_or("e164.arpa"), "--"];
        let run = mimi(option.into_iter().chain(arguments_of(&cases))).run();
        let objects = run.objects();
        assert_eq!(objects.len(), cases.len());
        for (case, object) in cases.iter().zip(objects) {
            judged += 1;
            assert_eq!(object["input"], case["input"]);
            let (steps, error) = expected(case);
            // A name too long is only known below a target, which `mimi name` does not ask for.
            let needs_target = error == "name-too-long" && case["kind"] == "email";
            let found = (&object["kind"], &object["steps"], &object["error"]);
            if found != (&case["kind"], &steps, &error)
                && !(needs_target && object["error"].is_null())
            {
                wrong.push(format!("{}: {object}", case["id"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(judged > 280, "{judged}");
}
