//! Runs the machine-readable cases; `testdata/mssi/README.md` explains their format.

use mimi_mssi::{Severity, Verdict, parse, parse_strict};
use serde_json::Value;

fn load(file: &str) -> Vec<Value> {
    let path = format!("{}/../../testdata/mssi/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let mut document: Value = serde_json::from_str(&text).unwrap();
    serde_json::from_value(document["cases"].take()).unwrap()
}

fn unescape(text: &str) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [] => return octets,
            [b'\\', b'\\', rest @ ..] => {
                octets.push(b'\\');
                rest
            }
            [b'\\', hundreds, tens, ones, rest @ ..] => {
                let digits = [*hundreds, *tens, *ones];
                octets.push(std::str::from_utf8(&digits).unwrap().parse().unwrap());
                rest
            }
            [octet, rest @ ..] => {
                octets.push(*octet);
                rest
            }
        };
    }
}

/// Checks verdict, warnings and values; a case need not name them all.
fn check(case: &Value) {
    let id = case["id"].as_str().unwrap();
    let input = unescape(case["input"].as_str().unwrap());
    let judgement = parse(&input);
    assert_eq!(judgement.verdict().as_str(), case["verdict"], "{id}");
    let strict = parse_strict(&input);
    assert_eq!(strict.ok(), judgement.mssi(), "{id}");
    assert_eq!(strict.err(), judgement.refusal(), "{id}");
    if let Some(warns) = case.get("warns") {
        let warned = judgement
            .diagnostics()
            .iter()
            .any(|diagnostic| diagnostic.severity() == Severity::Warning);
        assert_eq!(warned, *warns, "{id}");
    }
    let tags = judgement.tags();
    for (key, read) in [
        ("v", tags.v.into()),
        ("a", tags.a.into()),
        ("e", tags.e.into()),
        ("pv", tags.pv.into()),
        ("p", tags.p.into()),
        ("s", tags.s.into()),
    ] {
        let read: Value = read;
        if let Some(expected) = case.get(key) {
            assert_eq!(read, *expected, "{id}: {key}");
        }
    }
    let expected = case.get("extensions").map(|extensions| {
        serde_json::from_value::<Vec<(String, String)>>(extensions.clone()).unwrap()
    });
    let read: Vec<(String, String)> = tags
        .extensions
        .iter()
        .map(|&(name, value)| (name.into(), value.into()))
        .collect();
    if let Some(expected) = expected {
        assert_eq!(read, expected, "{id}: extensions");
    } else if judgement.verdict() == Verdict::Usable {
        assert_eq!(read, [], "{id}: extensions");
    }
}

/// Checks every finding and the reason of the refusal.
fn check_findings(case: &Value) {
    let id = case["id"].as_str().unwrap();
    let input = unescape(case["input"].as_str().unwrap());
    let judgement = parse(&input);
    let refusal = judgement.refusal().map(|refusal| refusal.code.as_str());
    assert_eq!(refusal, case.get("refusal").and_then(Value::as_str), "{id}");
    let mut found: Vec<_> = judgement
        .diagnostics()
        .iter()
        .map(|diagnostic| {
            let span = diagnostic.span();
            let code = diagnostic.code().as_str();
            (span.start, span.end, code, diagnostic.severity().as_str())
        })
        .collect();
    found.sort_unstable();
    let found: Vec<Value> = found
        .into_iter()
        .map(|(start, end, code, severity)| serde_json::json!([code, severity, start, end]))
        .collect();
    assert_eq!(Value::from(found), case["diagnostics"], "{id}");
}

#[test]
fn the_conformance_cases_hold() {
    let cases = load("cases.json");
    assert!(cases.len() >= 69);
    cases.iter().for_each(check);
}

#[test]
fn the_decision_cases_hold() {
    let cases = load("decisions.json");
    assert!(cases.len() >= 200);
    for case in &cases {
        check(case);
        check_findings(case);
    }
}

#[test]
fn every_decision_on_one_string_has_a_positive_and_a_negative_case() {
    let cases = load("decisions.json");
    // D27, D28, D30 and D31 are not about one string.
    for number in (8..=26).chain([29, 32]) {
        let decision = format!("D{number}");
        let mut about = cases.iter().filter(|case| {
            let decisions = case["decisions"].as_array().unwrap();
            decisions.contains(&Value::from(decision.as_str()))
        });
        assert!(
            about.clone().any(|case| case["verdict"] == "usable"),
            "{decision}"
        );
        assert!(about.any(|case| case["verdict"] != "usable"), "{decision}");
    }
}

#[test]
fn the_cases_have_ids_of_their_own() {
    let mut ids: Vec<_> = ["cases.json", "decisions.json"]
        .into_iter()
        .flat_map(load)
        .map(|case| case["id"].as_str().unwrap().to_owned())
        .collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn every_code_has_a_case_or_is_about_size() {
    let cases = load("decisions.json");
    let text = serde_json::to_string(&cases).unwrap();
    for code in mimi_mssi::Code::ALL {
        let quoted = format!("\"{code}\"");
        assert!(
            text.contains(&quoted) || *code == mimi_mssi::Code::StringTooLong,
            "{code}"
        );
    }
}

/// What a person is told about every case, so that a change of any message is seen.
#[test]
fn what_is_said_about_every_case() {
    let mut said = String::new();
    for case in ["cases.json", "decisions.json"].into_iter().flat_map(load) {
        let input = unescape(case["input"].as_str().unwrap());
        let judgement = parse(&input);
        said += &format!(
            "{}: {}\n",
            case["id"].as_str().unwrap(),
            judgement.verdict().as_str()
        );
        for diagnostic in judgement.diagnostics() {
            said += &format!("  {}: {diagnostic}\n", diagnostic.code());
            if let Some(help) = diagnostic.help() {
                said += &format!("    help: {help}\n");
            }
        }
    }
    insta::assert_snapshot!(said);
}
