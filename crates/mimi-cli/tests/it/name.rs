//! `mimi name`: the names and types, and nothing asked.

use insta::assert_snapshot;

use crate::support::mimi;

#[test]
fn a_person_reads_the_names() {
    let identifiers = [
        "mymimi.example.com",
        "mimi:bücher.example",
        "first.last+news@example.com",
        "+1 555 123 4567",
        "\"a..b\"@example.com",
        "mymimi",
    ];
    let run = mimi(["name", "--format", "human"].into_iter().chain(identifiers)).run();
    assert_eq!(run.exit, 1);
    assert_snapshot!(run.report());
}

#[test]
fn a_script_gets_the_names() {
    let run = mimi(["name", "first.last@example.com", "mymimi"]).run();
    run.objects();
    assert_snapshot!(run.report());
}

#[test]
fn identifiers_come_from_standard_input_too() {
    let run = mimi(["name", "-"])
        .input("a.example\n\nb.example\r\n")
        .run();
    assert_eq!((run.objects().len(), run.exit), (2, 0));
}
