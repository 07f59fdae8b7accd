//! D32: at most 64 records of an RRset, the first in octet order.

use crate::script::{Ended, Script, answer, mimi, record};
use mimi_rr::TypeCodes;

fn discover(count: usize) -> Ended {
    let records = (0..count).rev().map(|number| {
        mimi(
            "bob.example",
            &format!("v=MIMI1; a=user{number:03}; e=m.example"),
        )
    });
    Script::new()
        .says("bob.example. MIMI", answer(records))
        .discover("bob.example")
}

#[test]
fn uses_64_records() {
    let ended = discover(64);
    assert_eq!(ended.outcome.groups()[0].contacts.len(), 64);
    assert!(ended.dropped().is_empty());
}

#[test]
fn drops_what_comes_after_64_in_octet_order_and_reports_it() {
    let ended = discover(70);
    let contacts = &ended.outcome.groups()[0].contacts;
    assert_eq!(contacts.len(), 64);
    assert_eq!(contacts[63].mssi.mssa(), "user063");
    assert_eq!(ended.dropped(), ["too-many-mimi-records"; 6]);
}

#[test]
fn drops_broken_records_and_keeps_their_siblings() {
    let code = TypeCodes::DEFAULT.mimi();
    let ended = Script::new()
        .says(
            "bob.example. MIMI",
            answer([
                record("bob.example", code, b""),
                record("bob.example", code, b"\x05abc"),
                mimi("bob.example", "v=MIMI2; a=bob; e=m.example"),
                mimi("bob.example", "v=MIMI1; a=bob"),
                mimi("bob.example", "v=MIMI1; a=bob; e=m.example"),
            ]),
        )
        .discover("bob.example");
    assert_eq!(ended.groups(), ["-: bob@m.example"]);
    insta::assert_snapshot!(ended.dropped().join("\n"));
}
