//! What once went wrong.

use mimi_rr::TypeCodes;

use crate::script::{Script, answer, mimix, record};

/// Found by the fuzz target `discovery`: an empty definition string and empty RDATA both stand as no octets, and were left in the order of
/// their arrival.
#[test]
fn drops_are_told_alike_in_any_order_even_of_equal_octets() {
    let broken = |owner, rdata| answer([record(owner, TypeCodes::DEFAULT.mimi(), rdata)]);
    let targets = [
        mimix("example.com", "a.example"),
        mimix("example.com", "b.example"),
    ];
    let script = Script::new()
        .says("example.com. MIMIX", answer(targets))
        .says("bob.a.example. MIMI", broken("bob.a.example", b"\0"))
        .says("bob.b.example. MIMI", broken("bob.b.example", b""));
    for ended in [
        script.discover_in_order("bob@example.com", |_| 0),
        script.discover_in_order("bob@example.com", |awaited| awaited - 1),
    ] {
        assert_eq!(ended.dropped(), ["empty-rdata", "no-tags"]);
    }
}
