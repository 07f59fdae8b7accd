//! `--baseline` and `--write-baseline`.

use crate::folder::{BAD, Folder};

const OTHER: &str = "carol IN MIMI \"v=MIMI1; a=carol; e:im.example.net\"\n";

#[test]
fn what_is_recorded_is_not_reported_wherever_it_moves() {
    let folder = Folder::new();
    folder.zone("z/a.zone", &[BAD]);
    let outcome = folder.run(&["--write-baseline", "known.json", "z"]);
    insta::assert_snapshot!(format!(
        "{}--- known.json\n{}",
        outcome.shown(),
        folder.read("known.json")
    ));
    folder.zone(
        "z/a.zone",
        &[
            "www IN A 192.0.2.2\n",
            "; moved\n",
            &BAD.replace("bob IN", "bob   300 IN"),
        ],
    );
    let outcome = folder.run(&["--baseline", "known.json", "z"]);
    assert_eq!(
        (outcome.code, outcome.stdout.as_str()),
        (0, ""),
        "{}",
        outcome.shown()
    );
    // Whichever way the same file is named.
    let path = folder.path("z/a.zone");
    let outcome = folder.run(&["--baseline", "./known.json", path.to_str().unwrap()]);
    assert_eq!(outcome.code, 0, "{}", outcome.shown());
}

#[test]
fn what_is_new_is_reported() {
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD]);
    folder.run(&["--write-baseline", "known.json", "a.zone"]);
    folder.zone("a.zone", &[BAD, OTHER]);
    let outcome = folder.run(&["--format", "concise", "--baseline", "known.json", "a.zone"]);
    assert_eq!(outcome.code, 1);
    assert_eq!(outcome.stdout.lines().count(), 1);
    assert!(
        outcome.stdout.starts_with("a.zone:7:"),
        "{}",
        outcome.shown()
    );
    // Not more often than it was recorded.
    folder.zone("a.zone", &[BAD, BAD]);
    let outcome = folder.run(&["--format", "concise", "--baseline", "known.json", "a.zone"]);
    assert!(outcome.stdout.contains("a.zone:7:"), "{}", outcome.shown());
    // And of another file nothing is known.
    folder.zone("b.zone", &[BAD]);
    assert_eq!(folder.run(&["--baseline", "known.json", "b.zone"]).code, 1);
}

#[test]
fn what_is_no_longer_there_is_told() {
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD, OTHER]).zone("b.zone", &[BAD]);
    folder.run(&["--write-baseline", "known.json", "a.zone", "b.zone"]);
    folder.zone("a.zone", &[BAD]);
    let outcome = folder.run(&["--format", "concise", "--baseline", "known.json", "a.zone"]);
    insta::assert_snapshot!(outcome.shown());
}

#[test]
fn a_baseline_is_configured() {
    let folder = Folder::new();
    folder.zone("z/a.zone", &[BAD]);
    folder.write("mimi-lint.toml", "baseline = 'known.json'\n");
    assert_eq!(folder.run(&["z"]).code, 3);
    assert_eq!(folder.run(&["--write-baseline", "known.json", "z"]).code, 0);
    assert_eq!(folder.run(&["z"]).code, 0);
    assert_eq!(folder.run(&["--no-config", "z"]).code, 1);
}

#[test]
fn what_is_no_baseline_is_refused() {
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD]);
    folder.write(
        "one.json",
        "{\"schema\":\"mimi-lint-baseline/9\",\"findings\":[]}",
    );
    folder.write("two.json", "nothing\u{1b}");
    let outcomes =
        ["one.json", "two.json"].map(|name| folder.run(&["--baseline", name, "a.zone"]).shown());
    insta::assert_snapshot!(outcomes.join("\n"));
}

#[test]
fn a_baseline_fits_its_schema() {
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD, "dave IN MIMI \"nothing\n"]);
    folder.run(&["--write-baseline", "known.json", "a.zone"]);
    crate::rule_list::validate("mimi-lint-baseline-1.json", &folder.read("known.json"));
}

#[test]
fn a_baseline_is_not_written_when_a_file_cannot_be_read() {
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD]);
    let outcome = folder.run(&["--write-baseline", "known.json", "a.zone", "b.zone"]);
    assert_eq!(outcome.code, 3);
    assert!(!folder.path("known.json").exists());
}
