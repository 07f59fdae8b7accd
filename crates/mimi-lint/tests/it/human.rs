//! What is written for people: `--format full` and `--format concise`.

use crate::folder::{BAD, Folder, GOOD, zone};

/// Both formats of these records, behind the usual head.
fn both(records: impl AsRef<[u8]>) -> String {
    let folder = Folder::new();
    let mut text = zone(&[]).into_bytes();
    text.extend_from_slice(records.as_ref());
    folder.write("a.zone", text);
    let full = folder.run(&["a.zone"]);
    let concise = folder.run(&["--format", "concise", "a.zone"]);
    for outcome in [&full, &concise] {
        let is_fit = |found: char| found == '\n' || !found.is_control();
        assert!(outcome.stdout.chars().all(is_fit), "{}", outcome.shown());
        for line in outcome.stdout.lines() {
            assert!(line.len() < 400, "{line}");
        }
    }
    format!("{}\n--- concise\n{}", full.shown(), concise.stdout)
}

#[test]
fn an_entry_of_one_line() {
    insta::assert_snapshot!(both(BAD));
}

#[test]
fn parentheses_over_several_lines() {
    insta::assert_snapshot!(both(
        "bob IN MIMI ( ; the account\n    \"v=MIMI1; a=bob; \" ; a comment\n    \"s=chat; \"\n\n    \"e:im.example.net\" )\n"
    ));
}

#[test]
fn a_generic_record() {
    // v=MIMI1; a=bob; e:im.example.net
    insta::assert_snapshot!(both(
        "bob IN TYPE65357 \\# 33 20763d4d494d49313b20613d626f623b20653a696d2e6578616d706c652e6e6574\n"
    ));
}

#[test]
fn two_character_strings() {
    insta::assert_snapshot!(both(
        "bob IN MIMI \"v=MIMI1; a=bob; e:im.ex\" \"ample.net\"\n"
    ));
}

#[test]
fn a_blank_owner_before_a_tab() {
    insta::assert_snapshot!(both(
        "bob\tIN\tMIMI\t\"v=MIMI1; a=bob; e=im.example.net\"\n\tIN\tMIMI\t\"v=MIMI1; a=bob; e:im.example.org\"\n"
    ));
}

#[test]
fn a_very_long_line() {
    let strings = "\"x=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; \" ".repeat(300);
    insta::assert_snapshot!(both(format!(
        "bob IN MIMI \"v=MIMI1; a=bob; e:im.example.net; \" {strings}\n"
    )));
}

#[test]
fn a_very_long_part() {
    let strings = format!("\"{}\" ", "a".repeat(250)).repeat(40);
    insta::assert_snapshot!(both(format!(
        "bob IN MIMI \"v=MIMI1; e=im.example.net; a:\" {strings}\n"
    )));
}

#[test]
fn a_very_long_word() {
    insta::assert_snapshot!(both(format!("bob IN MIMI \"{}\n", "x".repeat(60_000))));
}

#[test]
fn an_end_where_something_is_missing() {
    insta::assert_snapshot!(both("bob IN MIMI\n"));
}

#[test]
fn line_ends_of_other_systems() {
    insta::assert_snapshot!(both(BAD.replace('\n', "\r\n")));
}

#[test]
fn letters_of_other_scripts() {
    insta::assert_snapshot!(both(
        "bob IN MIMI \"v=MIMI1; a=Zoë Müller; x=名前; e:im.example.net\"\n"
    ));
}

#[test]
fn what_a_terminal_would_obey() {
    insta::assert_snapshot!(both(
        b"bob IN MIMI \"v=MIMI1; a=b\x1b[2Job; \xe2\x80\xae; \xee\x80\x80\xff e:im.example.net\" ; \x1b[31m\n"
    ));
}

#[test]
fn several_rules() {
    let folder = Folder::new();
    let records = [BAD, "bob IN MIMI \n", "; mimi-lint: ignore[MIMI]\n", GOOD];
    folder.zone("a.zone", &records);
    insta::assert_snapshot!(folder.run(&["a.zone"]).shown());
    let quiet = folder.run(&["--quiet", "a.zone"]);
    assert!(!quiet.stdout.contains("For more"), "{}", quiet.shown());
}

#[test]
fn names_of_files_are_escaped() {
    let folder = Folder::new();
    folder.zone("a\u{1b}[2J\u{e000}.zone", &[BAD]);
    for format in ["full", "concise"] {
        let outcome = folder.run(&["--format", format, "a\u{1b}[2J\u{e000}.zone"]);
        let name = "a\\u{1b}[2J\\u{e000}.zone:6:30";
        assert!(outcome.stdout.contains(name), "{}", outcome.shown());
    }
}

#[test]
fn colours_are_for_terminals() {
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD]);
    for format in ["full", "concise"] {
        let run = |colour| folder.run(&["--color", colour, "--format", format, "a.zone"]);
        for colour in ["auto", "never"] {
            let outcome = run(colour);
            assert!(!outcome.stdout.contains('\u{1b}'), "{}", outcome.shown());
        }
        let coloured = run("always").stdout;
        assert!(coloured.contains("\u{1b}["), "{coloured}");
        let plain = anstream::adapter::strip_str(&coloured).to_string();
        assert_eq!(plain, run("never").stdout);
    }
}
