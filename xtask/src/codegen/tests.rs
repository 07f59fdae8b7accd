//! Code generation in a workspace of its own, made for each test.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::check;
use super::new_rule::scaffold;
use super::rule_file::RuleFile;
use crate::process::root;

/// A workspace with the template's rule in it, and everything generated.
fn workspace() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for path in [super::RULES, super::FIXTURES, "docs/spec"] {
        fs::create_dir_all(folder.path().join(path)).unwrap();
    }
    fs::copy(
        root().join(super::DECISIONS),
        folder.path().join(super::DECISIONS),
    )
    .unwrap();
    fs::write(folder.path().join(super::codes::PATH), "").unwrap();
    scaffold(folder.path(), "late-answer", "MIMI2xx").unwrap();
    assert_eq!(check(folder.path(), true).unwrap(), [""; 0]);
    folder
}

const RULE: &str = "crates/mimi-lint/src/rules/late_answer.rs";

fn edit(root: &Path, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(root.join(path)).unwrap();
    assert!(text.contains(from), "{path} lacks {from}");
    fs::write(root.join(path), text.replace(from, to)).unwrap();
}

/// What is said once the rule was changed, without what is out of date.
fn after(from: &str, to: &str) -> Vec<String> {
    let folder = workspace();
    edit(folder.path(), RULE, from, to);
    let complaints = check(folder.path(), false).unwrap();
    complaints
        .into_iter()
        .filter(|line| !line.contains("out of date"))
        .collect()
}

#[test]
fn a_new_rule_is_accepted_and_listed_everywhere() {
    let folder = workspace();
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
    assert_eq!(check(folder.path(), false).unwrap(), [""; 0]);
    assert_eq!(read("crates/mimi-lint/codes.txt"), "MIMI200 late-answer\n");
    assert!(read("crates/mimi-lint/src/rules/mod.rs").contains("    &late_answer::RULE,\n"));
    assert!(read("crates/mimi-lint/src/pages.rs").contains("../pages/late-answer.md"));
    assert!(read("docs/rules.md").contains("| MIMI200 | [late-answer]"));
    assert!(read("testdata/lint/README.md").contains("| [late-answer](late-answer) |"));
    let page = read("crates/mimi-lint/pages/late-answer.md");
    assert!(
        page.starts_with(
            "# MIMI200 late-answer\n\nwarning · since 0.1.0 · no fix · [§4.3]\n\n## What it does\n"
        ),
        "{page}"
    );
    assert!(page.ends_with("[§4.3]: https://datatracker.ietf.org/doc/html/draft-bertola-mimi-discovery-00#section-4.3\n"), "{page}");
}

#[test]
fn a_new_rule_is_formatted() {
    let folder = workspace();
    let mut rustfmt = std::process::Command::new("rustfmt");
    rustfmt.args(["--edition", "2024", "--check"]);
    assert!(
        rustfmt
            .arg(folder.path().join(RULE))
            .status()
            .unwrap()
            .success()
    );
}

#[test]
fn the_next_rule_gets_the_next_code() {
    let folder = workspace();
    scaffold(folder.path(), "later-answer", "mimi20x").unwrap();
    assert_eq!(check(folder.path(), true).unwrap(), [""; 0]);
    let list = fs::read_to_string(folder.path().join(super::codes::PATH)).unwrap();
    assert_eq!(list, "MIMI200 late-answer\nMIMI201 later-answer\n");
    let text = |result: anyhow::Result<Vec<String>>| result.unwrap_err().to_string();
    assert_eq!(
        text(scaffold(folder.path(), "other", "MIMI201")),
        "MIMI201 is taken, see crates/mimi-lint/codes.txt"
    );
    assert_eq!(
        text(scaffold(folder.path(), "late-answer", "MIMI202")),
        "late-answer is taken, see crates/mimi-lint/codes.txt"
    );
    assert_eq!(
        text(scaffold(folder.path(), "Late_Answer", "MIMI202")),
        "expected a name in kebab case, found `Late_Answer`"
    );
}

#[test]
fn headings_must_all_be_there_in_their_order() {
    let found = after("//! # Use instead", "//! # Do instead");
    assert_eq!(
        found,
        [format!(
            "{RULE}:1: expected the headings What it does, Why it is bad, Example, Use instead, Fix safety in this order, found What it does, Why it is bad, Example, Do instead, Fix safety"
        )]
    );
}

#[test]
fn an_example_needs_a_zone() {
    let found = after("```zone\n", "```text\n");
    assert_eq!(
        found,
        [format!("{RULE}:7: expected a ```zone block in the example")]
    );
}

#[test]
fn a_name_follows_its_file() {
    let found = after("name: \"late-answer\"", "name: \"late-answers\"");
    assert!(
        found[0].contains("expected the name `late-answer` after the file, found `late-answers`")
    );
}

#[test]
fn a_fix_is_told_of_where_there_is_one() {
    let found = after("Fixable::No", "Fixable::Always");
    assert!(
        found[0].contains("`Fix safety` begins with `No fix`"),
        "{found:?}"
    );
    assert!(found[1].ends_with("expected the fixture testdata/lint/late-answer/fixed.zone"));
}

#[test]
fn codes_and_names_are_never_used_again() {
    let found = after("MIMI200", "MIMI201");
    assert_eq!(found, [
        "crates/mimi-lint/codes.txt:1: no rule has the code MIMI200 any more; write `retired` behind late-answer".to_owned(),
        format!("{RULE}:26: late-answer is MIMI200 since it was first listed, not MIMI201"),
    ]);
    let folder = workspace();
    edit(
        folder.path(),
        super::codes::PATH,
        "late-answer",
        "late-answer retired",
    );
    let found = check(folder.path(), false).unwrap();
    assert_eq!(
        found,
        [format!(
            "{RULE}:26: MIMI200 was late-answer, which is retired; codes are never used again"
        )]
    );
}

#[test]
fn decisions_must_exist() {
    let found = after("\"§4.3\"", "\"§4.3, D6\"");
    assert_eq!(
        found,
        [format!(
            "{RULE}:26: its basis is D6, and docs/spec/gaps.md has no such decision"
        )]
    );
}

#[test]
fn what_was_edited_by_hand_is_out_of_date() {
    let folder = workspace();
    let page = "crates/mimi-lint/pages/late-answer.md";
    edit(folder.path(), page, "warning", "error");
    fs::write(folder.path().join(super::PAGES).join("gone.md"), "").unwrap();
    assert_eq!(
        check(folder.path(), false).unwrap(),
        [
            format!("{page}: is out of date: run `cargo xtask codegen`"),
            "crates/mimi-lint/pages/gone.md: no rule has this name: run `cargo xtask codegen`"
                .to_owned(),
        ]
    );
    assert_eq!(check(folder.path(), true).unwrap(), [""; 0]);
    assert_eq!(check(folder.path(), false).unwrap(), [""; 0]);
}

#[test]
fn fields_are_read_as_rustfmt_writes_them() {
    let text = "//! # A\n//! b\n\nstatic RULE: Rule = Rule {\n    code: \"MIMI100\",\n    name: \"a\",\n    level: Level::Info,\n    is_pedantic: true,\n    summary:\n        \"one \\\"two\\\" \\\n         three\",\n    basis: \"\",\n    fix: Fixable::Sometimes,\n    check: Check::Owner(check),\n};\n";
    let rule = RuleFile::read("x/a.rs", text).unwrap_or_else(|_| panic!());
    assert_eq!(rule.summary, "one \"two\" three");
    assert_eq!(
        (rule.level.as_str(), rule.fix.as_str(), rule.check.as_str()),
        ("info", "sometimes", "Owner")
    );
    assert!(rule.is_pedantic);
    assert_eq!(
        RuleFile::read("x/a.rs", "//! x\n").err().unwrap()[0].to_string(),
        "x/a.rs:1: has no `static RULE: Rule`"
    );
}
