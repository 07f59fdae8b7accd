//! What once went wrong.

use mimi_rr::TypeCodes;

use crate::script::{Script, answer, mimi, mimix, no_data, record};

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

/// A TTL with its highest bit set counted as the longest of all, and let a record with a TTL of an hour decide (RFC 2181 §8).
#[test]
fn a_ttl_with_its_highest_bit_set_is_none() {
    let mut records = ["one", "two"].map(|account| {
        let definition_string = format!("v=MIMI1; a={account}; e=m.example");
        mimi("bob.example", &definition_string)
    });
    records[1].ttl = 0x8000_0001;
    let ended = Script::new()
        .says("bob.example. MIMI", answer(records))
        .discover("bob.example");
    assert_eq!(ended.outcome.ttl, Some(0));

    let mut denial = no_data("example");
    denial.authority[0].ttl = u32::MAX;
    let ended = Script::new()
        .says("bob.example. MIMI", denial)
        .discover("bob.example");
    assert_eq!(ended.outcome.ttl, Some(0));
}
