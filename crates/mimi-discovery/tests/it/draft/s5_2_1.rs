//! §5.2.1: resolution of telephone numbers via DNS, with one query.

use crate::script::{Script, answer, long_name, mimi, name, no_such_name};

const QUESTION: &str = "7.6.5.4.3.2.1.5.5.5.1.e164.arpa. MIMI";

#[test]
fn asks_for_the_enum_name() {
    let owner = QUESTION.trim_end_matches(" MIMI");
    let ended = Script::new()
        .says(QUESTION, answer([mimi(owner, "v=MIMI1; a=x; e=m.example")]))
        .discover("+1 555 123 4567");
    assert_eq!(ended.summary(), "found @mimi");
    assert_eq!(ended.asked, [QUESTION]);
}

#[test]
fn takes_another_suffix() {
    let ended = Script::new()
        .policy(|policy| policy.enum_suffix = name("enum.example"))
        .says(
            "7.6.5.4.3.2.1.5.5.5.1.enum.example. MIMI",
            no_such_name("enum.example"),
        )
        .discover("+15551234567");
    assert_eq!(ended.summary(), "no_such_name @mimi");
}

#[test]
fn fails_as_unmappable_below_a_suffix_that_is_too_long() {
    let long = long_name();
    let ended = Script::new()
        .policy(|policy| policy.enum_suffix = name(&long))
        .discover("+15551234567");
    assert!(ended.summary().starts_with("unmappable"));
    assert!(ended.asked.is_empty());
}
