//! D37: aliases are followed, at most eight; a loop is a failure.

use crate::script::{Script, answer, cname, dname, long_name, mimi, mimix, no_data, no_such_name};
use mimi_discovery::Response;

const RECORD: &str = "v=MIMI1; a=bob; e=m.example";

/// Aliases `n0.example` → `n1.example` → … in one answer, and the record at the end.
fn chain(hops: usize) -> Response {
    let link = |hop| cname(&format!("n{hop}.example"), &format!("n{}.example", hop + 1));
    answer(
        (0..hops)
            .map(link)
            .chain([mimi(&format!("n{hops}.example"), RECORD)]),
    )
}

#[test]
fn follows_eight_aliases_in_one_answer() {
    let ended = Script::new()
        .says("n0.example. MIMI", chain(8))
        .discover("n0.example");
    assert_eq!(ended.groups(), ["-: bob@m.example"]);
    assert_eq!(ended.asked.len(), 1);
}

#[test]
fn fails_at_the_ninth_alias() {
    let ended = Script::new()
        .says("n0.example. MIMI", chain(9))
        .discover("n0.example");
    assert_eq!(ended.summary(), "temporary_failure loop @mimi");
}

#[test]
fn asks_on_where_an_answer_stops_at_an_alias() {
    let ended = Script::new()
        .says(
            "bob.example. MIMI",
            answer([cname("bob.example", "bob.elsewhere.example")]),
        )
        .says(
            "bob.elsewhere.example. MIMI",
            answer([mimi("bob.elsewhere.example", RECORD)]),
        )
        .discover("bob.example");
    assert_eq!(ended.groups(), ["-: bob@m.example"]);
    assert_eq!(ended.asked.len(), 2);
}

#[test]
fn counts_aliases_over_all_answers() {
    let mut script = Script::new();
    for hop in 0..9 {
        let (from, to) = (format!("n{hop}.example"), format!("n{}.example", hop + 1));
        script = script.says(&format!("{from}. MIMI"), answer([cname(&from, &to)]));
    }
    let ended = script.discover("n0.example");
    assert_eq!(ended.summary(), "temporary_failure loop @mimi");
    assert_eq!(ended.asked.len(), 9);
}

#[test]
fn fails_on_a_loop() {
    let looping = answer([
        cname("a.example", "b.example"),
        cname("b.example", "A.example"),
    ]);
    let ended = Script::new()
        .says("a.example. MIMI", looping)
        .discover("a.example");
    assert_eq!(ended.summary(), "temporary_failure loop @mimi");
    let itself = answer([cname("a.example", "a.example")]);
    let ended = Script::new()
        .says("a.example. MIMI", itself)
        .discover("a.example");
    assert_eq!(ended.summary(), "temporary_failure loop @mimi");
}

#[test]
fn fails_on_two_aliases_at_one_name() {
    let two = answer([
        cname("a.example", "b.example"),
        cname("a.example", "c.example"),
    ]);
    let ended = Script::new()
        .says("a.example. MIMI", two)
        .discover("a.example");
    assert_eq!(ended.summary(), "temporary_failure malformed @mimi");
}

#[test]
fn follows_dname_with_and_without_its_synthesised_cname() {
    let at_end = || mimi("bob.new.example", RECORD);
    for records in [
        vec![
            dname("old.example", "new.example"),
            cname("bob.old.example", "bob.new.example"),
            at_end(),
        ],
        vec![dname("old.example", "new.example"), at_end()],
        // Only the DNAME is signed: a CNAME that disagrees with it is not believed.
        vec![
            dname("old.example", "new.example"),
            cname("bob.old.example", "eve.example"),
            at_end(),
        ],
    ] {
        let ended = Script::new()
            .says("bob.old.example. MIMI", answer(records))
            .discover("bob.old.example");
        assert_eq!(ended.groups(), ["-: bob@m.example"]);
    }
}

#[test]
fn ignores_a_dname_at_the_name_itself() {
    let ended = Script::new()
        .says(
            "old.example. MIMI",
            answer([dname("old.example", "new.example")]),
        )
        .discover("old.example");
    assert_eq!(ended.summary(), "temporary_failure lame @mimi");
}

#[test]
fn fails_when_a_dname_makes_the_name_too_long() {
    let long = long_name();
    let owner = format!("{}.old.example", "x".repeat(30));
    let ended = Script::new()
        .says(
            &format!("{owner}. MIMI"),
            answer([dname("old.example", &long)]),
        )
        .discover(&owner);
    assert_eq!(ended.summary(), "temporary_failure server-failure @mimi");
}

#[test]
fn an_absence_is_that_of_the_last_name() {
    let mut gone = no_such_name("example");
    gone.answer.push(cname("a.example", "b.example"));
    let ended = Script::new()
        .says("a.example. MIMI", gone)
        .discover("a.example");
    assert_eq!(ended.summary(), "no_such_name @mimi");
    let mut empty = no_data("example");
    empty.answer.push(cname("a.example", "b.example"));
    let ended = Script::new()
        .says("a.example. MIMI", empty)
        .discover("a.example");
    assert_eq!(ended.summary(), "no_mapping @mimi");
}

#[test]
fn an_soa_of_the_first_zone_says_nothing_about_an_alias_into_another() {
    let mut elsewhere = no_data("example");
    elsewhere.answer.push(cname("a.example", "b.test"));
    let ended = Script::new()
        .says("a.example. MIMI", elsewhere)
        .says("b.test. MIMI", answer([mimi("b.test", RECORD)]))
        .discover("a.example");
    assert_eq!(ended.summary(), "found @mimi");
}

#[test]
fn follows_aliases_at_the_mimix_step_too() {
    let ended = Script::new()
        .says(
            "example.com. MIMIX",
            answer([
                cname("example.com", "example.net"),
                mimix("example.net", "m.example"),
            ]),
        )
        .says(
            "bob.m.example. MIMI",
            answer([mimi("bob.m.example", RECORD)]),
        )
        .discover("bob@example.com");
    assert_eq!(ended.summary(), "found @mimi");
}
