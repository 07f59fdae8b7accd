//! Whatever records, identifiers, arguments and file names hold: no control, no direction, nothing invisible reaches a terminal.

use std::path::Path;

use insta::assert_snapshot;

use crate::support::{Mimi, Run, assert_fit_for_a_terminal, mimi, zone_file};

const HOSTILE: &str = "testdata/zones/hostile.zone";

/// ESC and BEL, C1 controls, directions, invisible characters, a letter that is drawn as nothing, a line separator.
const POISON: &str = "\u{1b}[2J\u{1b}]0;t\u{7}\u{9b}31m\u{85}\u{202e}\u{2066}\u{200b}\u{200d}\u{feff}\u{ad}\u{3164}\u{ffa0}\u{2028}\r\u{e0041}";

#[track_caller]
fn assert_fit(run: &Run) {
    assert_fit_for_a_terminal(&run.out);
    assert_fit_for_a_terminal(&run.err);
}

const PEOPLE: [&str; 5] = [
    "invisible.hostile.example",
    "c1.hostile.example",
    "escape.hostile.example",
    "alice@hostile.example",
    "letters.hostile.example",
];

#[test]
fn records_are_shown_escaped() {
    let run = Mimi::resolve(HOSTILE, PEOPLE).run();
    assert_fit(&run);
    assert_snapshot!(run.report());
}

#[test]
fn never_lets_records_through_in_machine_output_and_traces() {
    for format in ["json", "jsonl", "human"] {
        let rest = PEOPLE.into_iter().chain(["--trace", "--format", format]);
        let run = Mimi::resolve(HOSTILE, rest).run();
        assert_fit(&run);
        if format != "human" {
            assert!(run.text().is_ascii());
        }
    }
}

#[test]
fn never_lets_records_through_with_colours() {
    let run = Mimi::resolve(HOSTILE, PEOPLE.into_iter().chain(["--color=always"])).run();
    let text = run.text();
    let pieces = text.split('\u{1b}');
    for piece in pieces.skip(1) {
        let style = piece
            .strip_prefix('[')
            .and_then(|rest| rest.split_once('m'));
        let (parameters, _) = style.expect("a style of ours");
        assert!(
            parameters
                .bytes()
                .all(|octet| matches!(octet, b'0'..=b'9' | b';'))
        );
    }
    assert!(!text.contains('\u{202e}') && !text.contains('\u{9b}'));
}

#[test]
fn the_same_holds_for_identifiers() {
    let poisoned = [
        format!("{POISON}.example.com"),
        format!("{POISON}@example.com"),
        format!("\"{POISON}\"@hostile.example"),
        format!("+1555{POISON}"),
        format!("mimi:{POISON}"),
        format!("alice@{POISON}.example"),
    ];
    for identifier in &poisoned {
        for rest in [vec![], vec!["--format=jsonl"], vec!["--trace"]] {
            let rest = rest.into_iter().chain([identifier.as_str()]);
            assert_fit(&Mimi::resolve(HOSTILE, rest).run());
        }
        assert_fit(&mimi(["name", "--format=human", identifier]).run());
        assert_fit(&mimi(["name", identifier]).run());
    }
    let lines = poisoned.join("\n");
    assert_fit(&Mimi::resolve(HOSTILE, ["-"]).input(lines).run());
}

#[test]
fn the_same_holds_for_definition_strings() {
    let strings = [
        POISON.to_owned(),
        format!("v=MIMI1; a={POISON}; e=c"),
        format!("v=MIMI1; a=b; e=c; {POISON}=1"),
        format!("v=MIMI1; a=b; e=c; p={POISON}"),
        format!("v={POISON}"),
        // As UTF-8 without controls, such strings are usable.
        "v=MIMI1; a=\u{202e}\u{3164}; e=\u{200b}; s=\u{9b}; x=\u{feff}".to_owned(),
    ];
    for string in &strings {
        assert_fit(&mimi(["parse", string]).run());
        assert_fit(&mimi(["parse", "--format=jsonl", string]).run());
        assert_fit(&mimi(["parse"]).input(string).run());
    }
    assert_fit(&mimi(["parse"]).input(b"v=MIMI1; a=\xff\x9b; e=\xc2").run());
}

#[test]
fn the_same_holds_for_arguments_that_are_wrong() {
    let option = format!("--{POISON}");
    for arguments in [
        ["resolve", &option, "a.example"],
        ["resolve", "--server", POISON],
        ["resolve", "--timeout", POISON],
        ["parse", "--format", POISON],
        [POISON, "a", "b"],
    ] {
        let run = mimi(arguments).run();
        assert_eq!(run.exit, 2);
        assert_fit(&run);
    }
}

#[cfg(unix)]
#[test]
fn the_same_holds_for_file_names_and_what_is_wrong_in_the_files() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let zone = format!("a MIIM {POISON}\n{POISON} MIMI \"{POISON}\"\nb MIMI \"{POISON}\n");
    let path = zone_file(&POISON.replace('\r', ""), zone);
    for command in [
        mimi(
            ["resolve", "a.example", "--zone"]
                .map(OsStr::new)
                .into_iter()
                .chain([path.as_os_str()]),
        ),
        mimi(
            ["serve", "--zone"]
                .map(OsStr::new)
                .into_iter()
                .chain([path.as_os_str()]),
        ),
    ] {
        let run = command.run();
        assert_eq!(run.exit, 3);
        assert_fit(&run);
    }
    let absent = Path::new(OsStr::from_bytes(b"\xff\x1b[2Jabsent"));
    let run = Mimi::resolve(absent, ["a.example"]).run();
    assert_eq!(run.exit, 3);
    assert_fit(&run);
}
