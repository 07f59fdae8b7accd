//! `mimi parse`: the verdicts of the shared cases, escapes, arguments, and what a person reads.

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{Run, mimi};

const FILES: [&str; 2] = [
    include_str!("../../../../testdata/mssi/cases.json"),
    include_str!("../../../../testdata/mssi/decisions.json"),
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

#[test]
fn exit_codes_tell_whether_all_are_usable() {
    let exit_of = |strings: &[&str]| {
        let arguments = ["parse"].into_iter().chain(strings.iter().copied());
        mimi(arguments).run().exit
    };
    let (usable, ignored, rejected) = ("v=MIMI1; a=b; e=c", "v=MIMI2", "v=MIMI1; a=b");
    assert_eq!(exit_of(&[usable]), 0);
    assert_eq!(exit_of(&[usable, "v=MIMI1; a=b; e=c; p=x"]), 0);
    assert_eq!(exit_of(&[ignored, usable]), 1);
    assert_eq!(exit_of(&[usable, rejected]), 1);
    assert_eq!(mimi(["parse"]).run().exit, 0);
}

fn accounts(run: &Run) -> Vec<Value> {
    let objects = run.objects();
    objects.iter().map(|object| object["a"].clone()).collect()
}

#[test]
fn arguments_are_taken_as_they_are_and_lines_are_unescaped() {
    let string = r"v=MIMI1; a=\097\\b; e=c";
    let argument = mimi(["parse", "--format=jsonl", string]).run();
    assert_eq!(accounts(&argument), [r"\097\\b"]);
    assert_eq!(argument.object()["input"], r"v=MIMI1; a=\\097\\\\b; e=c");
    let line = mimi(["parse", "--format=jsonl"]).input(string).run();
    assert_eq!(accounts(&line), [r"a\b"]);
    assert_eq!(line.object()["input"], r"v=MIMI1; a=a\\b; e=c");
}

#[test]
fn arguments_and_standard_input_may_be_mixed() {
    let string = |account: &str| format!("v=MIMI1; a={account}; e=c");
    let run = mimi(["parse", &string("1"), "-", &string("4"), "--format=jsonl"])
        .input(string("2") + "\r\n" + &string("3"))
        .run();
    assert_eq!(accounts(&run), ["1", "2", "3", "4"]);
}

#[test]
fn any_octet_can_be_given() {
    let line: String = (0..=255).map(|octet| format!("\\{octet:03}")).collect();
    let run = mimi(["parse", "--format=jsonl"]).input(&line).run();
    let shown: String = (0..=255_u8)
        .map(|octet| match octet {
            b'\\' => "\\\\".to_owned(),
            b' '..=b'~' => char::from(octet).to_string(),
            _ => format!("\\{octet:03}"),
        })
        .collect();
    assert_eq!(run.object()["input"], *shown);
}

#[test]
fn a_person_reads_what_is_wrong_and_where() {
    let strings = [
        "v=MIMI1; p=1; a=myname99; e=im.telegram.org; s=telegram; x=1",
        "v=MIMI1; a=bob; e=m.example;; p=first",
        "v=MIMI1; a=bob e=m.example",
        "v=MIMI1; a=bob; e=im.example; a=eve",
        "v=MIMI1; a=bob",
        "v=mimi1; a=bob; e=m.example",
        "v=spf1 -all",
        "V=MIMI1; a=bob; e=m.example",
        "v=MIMI1; a=b;ob; e=m.example",
        "v=MIMI1; a=; e=m.example; pv=",
        "v=MIMI1; a=Zoë; e=bücher.example",
        "",
    ];
    let run = mimi(["parse"].into_iter().chain(strings)).run();
    assert_snapshot!(run.report());
}
