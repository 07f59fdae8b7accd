//! One test for each exit code that can be reached without a network.

use crate::folder::{BAD, Folder, GOOD};

#[test]
fn a_clean_zone_is_0() {
    let folder = Folder::new();
    let outcome = folder.zone("a.zone", &[GOOD]).run(&["a.zone"]);
    assert_eq!(outcome.code, 0, "{}", outcome.shown());
    assert_eq!(folder.run(&["check", "a.zone"]).code, 0);
}

#[test]
fn a_finding_is_1() {
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD]);
    let outcome = folder.run(&["a.zone"]);
    insta::assert_snapshot!(outcome.shown());
    assert_eq!(folder.run(&["check", "a.zone"]).shown(), outcome.shown());
}

#[test]
fn a_finding_below_the_level_that_fails_is_0() {
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD]);
    for arguments in [
        &["-W", "MIMI107", "--fail-on", "error", "a.zone"][..],
        &["-A", "missing-equals", "a.zone"],
        &["--exit-zero", "a.zone"],
    ] {
        let outcome = folder.run(arguments);
        assert_eq!(outcome.code, 0, "{arguments:?}: {}", outcome.shown());
    }
}

#[test]
fn the_last_option_for_a_rule_counts() {
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD]);
    let code = |arguments: &[&str]| folder.run(arguments).code;
    assert_eq!(
        code(&["-A", "MIMI107", "-D", "missing-equals", "a.zone"]),
        1
    );
    assert_eq!(code(&["-D", "MIMI107", "-A", "all", "a.zone"]), 0);
    assert_eq!(code(&["-A", "all", "-D", "mimi107", "a.zone"]), 1);
    assert_eq!(code(&["-A", "MIMI001,MIMI107", "a.zone"]), 0);
}

#[test]
fn a_usage_error_is_2() {
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD]);
    for arguments in [
        &["--no-such-option"][..],
        &["--fail-on", "fatal", "a.zone"],
        &["--unsafe-fixes", "a.zone"],
        &["--fix", "--diff", "a.zone"],
        &["--fix", "-"],
        &["--type-mimi", "5", "a.zone"],
        &["--config", "x.toml", "--no-config", "a.zone"],
        &["rules", "--format", "yaml"],
        &["explain"],
    ] {
        let outcome = folder.run(arguments);
        assert_eq!(outcome.code, 2, "{arguments:?}: {}", outcome.shown());
        assert_eq!(outcome.stdout, "");
    }
}

#[test]
fn an_unknown_rule_is_2() {
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD]);
    let outcomes = [
        &["-A", "missing-equal", "a.zone"][..],
        &["-D", "MIMI0107", "a.zone"],
        &["-W", "nothing-like-it", "a.zone"],
        &["explain", "unused-ignroe"],
        &["explain", "\u{1b}[2Jx"],
    ]
    .map(|arguments| format!("$ {arguments:?}\n{}", folder.run(arguments).shown()));
    insta::assert_snapshot!(outcomes.join("\n"));
}

#[test]
fn a_usage_error_repeats_nothing_that_a_terminal_would_obey() {
    let folder = Folder::new();
    for arguments in [&["--\u{1b}[2J"][..], &["--origin", "\u{202e}..x", "a"]] {
        let outcome = folder.run(arguments);
        assert_eq!(outcome.code, 2);
        assert!(
            !outcome.stderr.contains(['\u{1b}', '\u{202e}']),
            "{}",
            outcome.shown()
        );
    }
}

#[test]
fn an_unreadable_file_is_3_and_the_others_are_checked() {
    let folder = Folder::new();
    folder.zone("b.zone", &[BAD]);
    let outcome = folder.run(&["--format", "concise", "a.zone", "b.zone", "c\u{1b}.zone"]);
    insta::assert_snapshot!(outcome.shown());
}

#[cfg(unix)]
#[test]
fn a_device_is_3() {
    let outcome = Folder::new().run(&["/dev/zero"]);
    insta::assert_snapshot!(outcome.shown());
}

#[test]
fn an_include_root_that_is_not_there_is_3() {
    let folder = Folder::new();
    let outcome = folder
        .zone("a.zone", &[GOOD])
        .run(&["--include-root", "none", "a.zone"]);
    assert_eq!(outcome.code, 3, "{}", outcome.shown());
}

#[test]
fn what_failed_is_named() {
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD]);
    let outcomes = [
        &["--config", "none.toml", "a.zone"][..],
        &["--baseline", "none.json", "a.zone"],
        &["--write-baseline", "none/known.json", "a.zone"],
        &["man", "--out", "a.zone"],
    ]
    .map(|arguments| format!("$ {arguments:?}\n{}", folder.run(arguments).shown()));
    insta::assert_snapshot!(outcomes.join("\n"));
}
