//! `mimi-lint.toml`.

use crate::folder::{BAD, Folder, GOOD};

fn outcome_of(config: &str) -> String {
    let folder = Folder::new();
    folder
        .zone("a.zone", &[BAD])
        .write("mimi-lint.toml", config);
    let outcome = folder.run(&["--format", "concise", "a.zone"]);
    format!("{}\n{}", config.escape_debug(), outcome.shown())
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_a_remedy() {
    let outcomes = [
        "orign = 'example.com'\n",
        "fail-on = 'error'\nnothing-like-it = 1\n",
        "[[ignore]]\nrule = ['MIMI107']\n",
        "[[ignore]]\nrules = ['MIMI999']\n",
        "[[ignore]]\nrules = ['MIMI107']\nowner = 'a..b'\n",
        "origin = 'a..b'\n",
        "fail-on = 'fatal'\n",
        "rules = { missing-equal = 'off' }\n",
        "rules = { 'missing-equals' = 'of' }\n",
        "services = ['']\n",
        "type-mimi = 5\n",
        "type-mimi = 100000\n",
        "type-mimi = 'x'\n",
        "shortest-ttl = 100\nlongest-ttl = 10\n",
        "include = ['[']\n",
        "origin = \n",
        "\u{7f}\u{202e} = 1\n",
    ]
    .map(outcome_of);
    for outcome in &outcomes {
        assert!(outcome.contains("exit: 2"), "{outcome}");
        let is_safe = |character: char| character == '\n' || !character.is_control();
        assert!(outcome.chars().all(is_safe), "{outcome}");
    }
    insta::assert_snapshot!(outcomes.join("\n"));
}

#[test]
fn levels_and_what_fails_are_configured() {
    let cases = [
        ("fail-on = 'error'\nrules = { MIMI107 = 'warning' }\n", 0),
        ("rules = { MIMI107 = 'off' }\n", 0),
        ("rules = { all = 'off', missing-equals = 'warning' }\n", 1),
        // A group of rules is turned on by giving it a level, whatever the order; `bob` can be guessed.
        ("rules = { all = 'off', pedantic = 'error' }\n", 1),
        ("rules = { pedantic = 'error', all = 'off' }\n", 1),
        ("rules = { all = 'off', pedantic = 'info' }\n", 0),
        ("fail-on = 'info'\nselect-pedantic = true\n", 1),
        ("type-mimi = 65300\n", 1),
        (
            "services = ['signal', 'telegram']\nenum-suffix = 'e164.example'\nshortest-ttl = 5\n",
            1,
        ),
    ];
    for (config, code) in cases {
        let outcome = outcome_of(config);
        assert!(outcome.contains(&format!("exit: {code}")), "{outcome}");
    }
}

#[test]
fn the_command_line_counts_more() {
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD]);
    folder.write(
        "mimi-lint.toml",
        "fail-on = 'error'\nrules = { all = 'off' }\n",
    );
    assert_eq!(folder.run(&["a.zone"]).code, 0);
    assert_eq!(folder.run(&["-D", "MIMI107", "a.zone"]).code, 1);
    assert_eq!(folder.run(&["-W", "MIMI107", "a.zone"]).code, 0);
    assert_eq!(
        folder
            .run(&["-W", "MIMI107", "--fail-on", "info", "a.zone"])
            .code,
        1
    );
    assert_eq!(folder.run(&["--no-config", "a.zone"]).code, 1);
}

#[test]
fn the_closest_file_above_each_zone_counts() {
    let folder = Folder::new();
    folder.write("mimi-lint.toml", "rules = { MIMI107 = 'off' }\n");
    folder
        .zone("one/a.zone", &[BAD])
        .zone("two/deep/b.zone", &[BAD]);
    folder.write("two/mimi-lint.toml", "rules = { MIMI107 = 'warning' }\n");
    let outcome = folder.run(&["--format", "concise", "."]);
    insta::assert_snapshot!(outcome.shown());
    let outcome = folder.run(&["--config", "mimi-lint.toml", "."]);
    assert_eq!(outcome.code, 0, "{}", outcome.shown());
}

#[test]
fn origin_and_include_root_are_configured() {
    let folder = Folder::new();
    folder.write(
        "a.zone",
        "$TTL 60\n@ IN SOA ns h 1 2 3 4 5\n@ IN NS ns\n$INCLUDE b.txt\n",
    );
    folder.write("zones/b.txt", GOOD);
    assert_eq!(folder.run(&["a.zone"]).code, 1);
    folder.write(
        "mimi-lint.toml",
        "origin = 'example.com'\ninclude-root = 'zones'\n",
    );
    let outcome = folder.run(&["a.zone"]);
    assert_eq!(outcome.code, 0, "{}", outcome.shown());
}

#[test]
fn ignores_are_by_rule_owner_and_path() {
    let cases = [
        ("rules = ['MIMI107']\nreason = 'known'", 0),
        ("rules = ['MIMI107']\nowner = 'BOB.example.com'", 0),
        ("rules = ['missing-equals']\nowner = '*.example.com.'", 0),
        ("rules = ['MIMI107']\nowner = '*.bob.example.com'", 1),
        ("rules = ['MIMI107']\nowner = 'alice.example.com'", 1),
        ("rules = ['MIMI001']", 1),
        ("rules = ['MIMI107']\npath = 'a.*'", 0),
        ("rules = ['all']\npath = '**/a.zone'", 0),
        ("rules = ['MIMI107']\npath = 'other/*'", 1),
    ];
    for (ignore, code) in cases {
        let outcome = outcome_of(&format!("[[ignore]]\n{ignore}\n"));
        assert!(outcome.contains(&format!("exit: {code}")), "{outcome}");
    }
}

#[test]
fn ignores_can_be_left_out_of_account() {
    let folder = Folder::new();
    folder.write(
        "mimi-lint.toml",
        "[[ignore]]\nrules = ['MIMI107']\nowner = 'bob.example.com'\n",
    );
    folder.zone(
        "a.zone",
        &["; mimi-lint: file-ignore[MIMI107] known\n", BAD],
    );
    folder.zone("b.zone", &["; mimi-lint: ignore[MIMI107] known\n", BAD]);
    assert_eq!(folder.run(&["--no-config", "b.zone"]).code, 0);
    for zone in ["a.zone", "b.zone"] {
        assert_eq!(folder.run(&["--no-ignores", zone]).code, 1);
    }
}

#[test]
fn the_example_of_the_documentation_is_understood() {
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD, &BAD.replace("bob", "old")]);
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/mimi-lint.toml");
    let mut arguments = vec!["--format", "concise", "--config", example, "a.zone"];
    // The zone is not signed, which the example says nothing about.
    arguments.extend(["-A", "zone-not-signed"]);
    let outcome = folder.run(&arguments);
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.stdout.starts_with("a.zone:6:"),
        "{}",
        outcome.shown()
    );
    assert_eq!(outcome.stdout.lines().count(), 1, "{}", outcome.shown());
}
