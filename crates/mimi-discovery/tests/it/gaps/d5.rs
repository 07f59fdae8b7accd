//! D5, D7: class IN and the exact type only; truncated answers are never used.

use crate::script::{Script, answer, mimi, txt};
use mimi_discovery::{Record, Response};

const RECORD: &str = "v=MIMI1; a=bob; e=m.example";

#[test]
fn uses_records_of_class_in() {
    let ended = Script::new()
        .says("bob.example. MIMI", answer([mimi("bob.example", RECORD)]))
        .discover("bob.example");
    assert_eq!(ended.summary(), "found @mimi");
}

#[test]
fn ignores_other_classes_types_and_owners() {
    let chaos = Record {
        class: 3,
        ..mimi("bob.example", RECORD)
    };
    let other = mimi("eve.example", RECORD);
    let ended = Script::new()
        .says(
            "bob.example. MIMI",
            answer([chaos, other, txt("bob.example", RECORD)]),
        )
        .discover("bob.example");
    assert_eq!(ended.summary(), "temporary_failure lame @mimi");
}

#[test]
fn never_uses_a_truncated_answer() {
    let truncated = Response {
        truncated: true,
        ..answer([mimi("bob.example", RECORD)])
    };
    let ended = Script::new()
        .says("bob.example. MIMI", truncated)
        .discover("bob.example");
    assert_eq!(ended.summary(), "temporary_failure truncated @mimi");
}
