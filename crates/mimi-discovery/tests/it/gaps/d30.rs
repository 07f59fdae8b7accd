//! D30: the same account at the same endpoint counts once, with the record that has the best claim.

use crate::script::{Ended, Script, answer, mimi};

fn discover(definition_strings: &[&str]) -> Ended {
    let records = definition_strings
        .iter()
        .map(|text| mimi("bob.example", text));
    Script::new()
        .says("bob.example. MIMI", answer(records))
        .discover("bob.example")
}

#[test]
fn the_lowest_priority_number_survives_whole() {
    let ended = discover(&[
        "v=MIMI1; a=bob; e=m.example; s=two; p=2",
        "v=MIMI1; a=bob; e=m.example; s=one; pv=7; p=1",
        "v=MIMI1; a=bob; e=m.example; s=none",
    ]);
    assert_eq!(ended.groups(), ["1: bob@m.example"]);
    let mssi = &ended.outcome.groups()[0].contacts[0].mssi;
    assert_eq!(
        (mssi.service(), mssi.protocol_version()),
        (Some("one"), Some("7"))
    );
    assert_eq!(ended.dropped(), ["duplicate-account", "duplicate-account"]);
}

#[test]
fn at_equal_priority_the_first_in_octet_order_survives() {
    for strings in [
        [
            "v=MIMI1; a=bob; e=m.example; s=x",
            "v=MIMI1; a=bob; e=m.example; s=y",
        ],
        [
            "v=MIMI1; a=bob; e=m.example; s=y",
            "v=MIMI1; a=bob; e=m.example; s=x",
        ],
    ] {
        let ended = discover(&strings);
        assert_eq!(
            ended.outcome.groups()[0].contacts[0].mssi.service(),
            Some("x")
        );
        assert_eq!(
            ended.outcome.dropped[0].record,
            b"v=MIMI1; a=bob; e=m.example; s=y"
        );
    }
}

#[test]
fn never_merges_accounts_that_differ_in_case() {
    let ended = discover(&["v=MIMI1; a=bob; e=m.example", "v=MIMI1; a=Bob; e=m.example"]);
    assert_eq!(ended.groups(), ["-: Bob@m.example, bob@m.example"]);
}
