//! `mimi parse`: escapes, arguments, and what a person reads.

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{Run, mimi};

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
