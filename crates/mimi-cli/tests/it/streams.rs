//! Standard output that goes away or fails; colours.

use std::fs::File;
use std::io::Write;

use crate::support::{Mimi, example_zone, mimi};

const COMMANDS: [&[&str]; 4] = [
    &[
        "resolve",
        "--zone",
        "testdata/zones/example.zone",
        "a.example.com",
    ],
    &["parse", "v=MIMI1; a=b; e=c"],
    &["name", "a.example.com"],
    &["resolve", "--help"],
];

/// The writing end of a pipe that nobody reads, as after `head`.
fn closed_pipe() -> std::io::PipeWriter {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer
}

#[test]
fn a_reader_that_went_away_is_no_error() {
    for command in COMMANDS {
        let run = mimi(command).output_to(closed_pipe());
        assert_eq!((run.exit, run.errors()), (0, ""), "{command:?}");
    }
    let mut many = Vec::new();
    for _ in 0..10_000 {
        many.write_all(b"v=MIMI1; a=b; e=c\n").unwrap();
    }
    let run = mimi(["parse"]).input(many).output_to(closed_pipe());
    assert_eq!((run.exit, run.errors()), (0, ""));
}

#[cfg(target_os = "linux")]
#[test]
fn fails_where_the_output_cannot_be_written() {
    for command in &COMMANDS[..3] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let run = mimi(*command).output_to(full);
        assert_eq!(run.exit, 3, "{command:?}");
        let message = "error: cannot write the output: No space left on device";
        assert!(run.errors().starts_with(message), "{}", run.errors());
    }
}

#[test]
fn colours_follow_the_option_and_the_environment() {
    let has_colours = |option: &str, variables: &[(&str, &str)]| {
        let run = Mimi::resolve(example_zone(), ["mymimi.example.com", "--color", option]);
        run.environment(variables).run().text().contains('\u{1b}')
    };
    assert!(has_colours("always", &[]));
    assert!(has_colours("always", &[("NO_COLOR", "1")]));
    assert!(has_colours("auto", &[("CLICOLOR_FORCE", "1")]));
    assert!(!has_colours("auto", &[]));
    assert!(!has_colours(
        "auto",
        &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]
    ));
    assert!(!has_colours("never", &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn never_colours_machine_output() {
    let run = |format| {
        let run = Mimi::resolve(
            example_zone(),
            ["mymimi.example.com", "--color=always", format],
        );
        run.run().out
    };
    assert!(!run("--format=json").contains(&0x1b));
    assert!(!run("--format=jsonl").contains(&0x1b));
    let parse = mimi(["parse", "--color=always", "--format=jsonl", "v=MIMI1"]).run();
    assert!(!parse.out.contains(&0x1b));
}

#[test]
fn colours_change_nothing_but_colours() {
    let run = |color| {
        let identifiers = ["mymimi.example.com", "nobody@example.com", color];
        Mimi::resolve(example_zone(), identifiers).run().out
    };
    let coloured = String::from_utf8(run("--color=always")).unwrap();
    let mut plain = String::new();
    for (index, piece) in coloured.split("\u{1b}[").enumerate() {
        let text = if index == 0 {
            piece
        } else {
            piece.split_once('m').unwrap().1
        };
        plain.push_str(text);
    }
    assert_eq!(plain.into_bytes(), run("--color=never"));
}
