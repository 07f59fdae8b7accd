//! What machines read: each format over the same zones, held against its schema, and as a snapshot.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use boon::{Compiler, Schemas};
use serde_json::Value;

/// A finding with a fix, one with a related place, one about an entry of several lines, one behind letters of two octets, two that are
/// equal, and a file without any.
const ZONE: &str = "\
$ORIGIN example.com.
$TTL 3600
@ SOA ns hostmaster 1 2h 15m 2w 300
@ NS ns
alice MIMI \"v=MIMI1; a:alice; e=im.chat-one.net\"
bob MIMI \"v=MIMI1; a=bob; e=im.chat-one.net; a=bob2\"
carol MIMI ( \"v=MIMI1; a=carol\" ; first
  \"; e:im.chat-one.net\" )
b\u{fc}ro A \u{fc}.0.2.1
dave MIMI \"v=MIMI1; a:dave; e=im.chat-one.net\"
dave MIMI \"v=MIMI1; a:dave; e=im.chat-one.net\"
";
const CLEAN: &str = "\
$ORIGIN example.org.
$TTL 3600
@ SOA ns hostmaster 1 2h 15m 2w 300
@ NS ns
";

/// What is written of the zones, and of a file that is not there.
fn written(format: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a b.zone"), ZONE).unwrap();
    fs::write(folder.path().join("clean.zone"), CLEAN).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_mimi-lint"));
    command.current_dir(folder.path()).stdin(Stdio::null());
    command.args([
        "--no-config",
        "-A",
        "all",
        "-D",
        "MIMI002",
        "-D",
        "MIMI107",
        "-D",
        "MIMI110",
    ]);
    command.args(["--format", format, "a b.zone", "clean.zone", "gone.zone"]);
    let output = command.output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(3),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn schema(path: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Why a value is not as a schema says.
fn problems(path: &str, value: &Value) -> Option<String> {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    let id = format!("file:///{path}");
    let mut schema = schema(path);
    // The place where a schema is kept does not matter here, and nothing is fetched.
    schema.as_object_mut().unwrap().remove("$id");
    compiler.add_resource(&id, schema).unwrap();
    let index = compiler.compile(&id, &mut schemas).unwrap();
    schemas
        .validate(value, index)
        .err()
        .map(|error| format!("{error:#}"))
}

#[track_caller]
fn check(path: &str, value: &Value) {
    assert_eq!(problems(path, value), None);
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap()
}

#[test]
fn json_is_as_its_schema_says() {
    let report: Value = serde_json::from_str(&written("json")).unwrap();
    check("docs/schemas/mimi-lint-1.json", &report);
    insta::assert_snapshot!(pretty(&report));
}

#[test]
fn lines_of_json_are_as_their_schema_says() {
    let text = written("jsonl");
    assert_eq!(text.lines().count(), 6);
    for line in text.lines() {
        check(
            "docs/schemas/mimi-lint-finding-1.json",
            &serde_json::from_str(line).unwrap(),
        );
    }
}

#[test]
fn rejects_json_that_is_not_as_promised() {
    let report: Value = serde_json::from_str(&written("json")).unwrap();
    let path = "docs/schemas/mimi-lint-finding-1.json";
    let finding = &report["findings"][0];
    for key in finding.as_object().unwrap().keys() {
        let mut changed = finding.clone();
        changed.as_object_mut().unwrap().remove(key);
        assert!(problems(path, &changed).is_some(), "without {key}");
    }
    for (pointer, value) in [
        ("/schema", "mimi-lint-finding/2"),
        ("/code", "X"),
        ("/level", "fatal"),
        ("/place", "here"),
        ("/place/line", "0"),
        ("/place/text", "\u{1b}"),
        ("/fix/safety", "maybe"),
        ("/owner", "relative"),
    ] {
        let mut changed = finding.clone();
        *changed.pointer_mut(pointer).unwrap() = Value::from(value);
        assert!(problems(path, &changed).is_some(), "{pointer} = {value}");
    }
}

#[test]
fn sarif_is_as_its_schema_says_and_as_github_wants_it() {
    let mut log: Value = serde_json::from_str(&written("sarif")).unwrap();
    check("testdata/schemas/sarif-2.1.0.json", &log);
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in run["results"].as_array().unwrap() {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let locations = result["locations"].as_array().unwrap();
        assert!(!locations.is_empty());
        for location in locations {
            assert!(location["physicalLocation"]["region"]["snippet"].is_object());
        }
        for fix in result["fixes"].as_array().into_iter().flatten() {
            let changes = fix["artifactChanges"].as_array().unwrap();
            assert!(!changes.is_empty());
            assert!(!changes[0]["replacements"].as_array().unwrap().is_empty());
        }
    }
    // The rules have pages of their own.
    log["runs"][0]["tool"]["driver"]["rules"] = Value::from("…");
    insta::assert_snapshot!(pretty(&log));
}

#[test]
fn gitlab_is_as_its_schema_says_and_fingerprints_differ() {
    let report: Value = serde_json::from_str(&written("gitlab")).unwrap();
    check("testdata/schemas/gitlab-code-quality.json", &report);
    let mut fingerprints: Vec<&str> = report
        .as_array()
        .unwrap()
        .iter()
        .map(|issue| issue["fingerprint"].as_str().unwrap())
        .collect();
    let count = fingerprints.len();
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), count);
    insta::assert_snapshot!(pretty(&report));
}

#[test]
fn github_gets_workflow_commands() {
    insta::assert_snapshot!(written("github"));
}

#[test]
fn junit_is_xml_that_readers_understand() {
    let text = written("junit");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("junit.xml");
    fs::write(&file, &text).unwrap();
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/schemas/junit.xsd");
    let mut command = Command::new("xmllint");
    command
        .args(["--noout", "--nonet", "--schema"])
        .arg(schema)
        .arg(&file);
    match command.output() {
        Ok(output) => assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(error) => eprintln!(
            "skipped: xmllint is not here ({error}); Debian: apt-get install libxml2-utils"
        ),
    }
    insta::assert_snapshot!(text);
}

#[test]
fn what_a_finding_is_told_by_does_not_change_with_its_line() {
    let fingerprints = |prefix: &str| -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.zone"), format!("{prefix}{ZONE}")).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_mimi-lint"));
        command.current_dir(folder.path());
        let output = command
            .args(["--no-config", "--format", "gitlab", "a.zone"])
            .output()
            .unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let issues = report.as_array().unwrap().iter();
        issues
            .map(|issue| issue["fingerprint"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        fingerprints(""),
        fingerprints("; a comment\n\n; and more\n")
    );
}

/// What a run in a folder writes.
fn written_in(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mimi-lint"));
    command.current_dir(folder).stdin(Stdio::null());
    let output = command.args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn sarif_fixes_change_what_json_fixes_change() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/lint");
    let mut count = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path().join("bad.zone");
        // Not all of them are text, and one stands for very many records.
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        if text.contains("$GENERATE") {
            continue;
        }
        let path = path.to_str().unwrap();
        let run = |format| {
            let arguments = ["--no-config", "--pedantic", "--origin", "example.com."];
            let more = ["--format", format, path];
            let written = written_in(&folder, &[&arguments[..], &more].concat());
            serde_json::from_str::<Value>(&written).unwrap()
        };
        let (json, sarif) = (run("json"), run("sarif"));
        let results = sarif["runs"][0]["results"].as_array().unwrap().iter();
        for (finding, result) in json["findings"].as_array().unwrap().iter().zip(results) {
            let Some(fixes) = result["fixes"].as_array() else {
                continue;
            };
            let replacements = &fixes[0]["artifactChanges"][0]["replacements"];
            let edits = finding["fix"]["edits"].as_array().unwrap();
            assert_eq!(replacements.as_array().unwrap().len(), edits.len());
            for (index, edit) in edits.iter().enumerate() {
                let offset = |line: &str, column: &str| {
                    let number = |key| {
                        let number = &replacements[index]["deletedRegion"][key];
                        number.as_u64().unwrap() as usize
                    };
                    let lines = text.split_inclusive('\n');
                    let before: usize = lines.clone().take(number(line) - 1).map(str::len).sum();
                    let line = &text[before..];
                    let points = line.chars().take(number(column) - 1);
                    before + points.map(char::len_utf8).sum::<usize>()
                };
                assert_eq!(edit["start"], offset("startLine", "startColumn"), "{path}");
                assert_eq!(edit["end"], offset("endLine", "endColumn"), "{path}");
                count += 1;
            }
        }
    }
    assert!(count > 50, "{count}");
}

#[test]
fn a_path_is_the_same_with_and_without_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.zone"), ZONE).unwrap();
    for format in ["sarif", "github", "gitlab"] {
        let run = |path| written_in(folder.path(), &["--no-config", "--format", format, path]);
        assert_eq!(run("a.zone"), run("./a.zone"), "{format}");
    }
}
