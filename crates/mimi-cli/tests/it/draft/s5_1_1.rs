//! §5.1.1: mailbox@example.com, by way of MIMIX.

use insta::assert_snapshot;

use crate::support::{Mimi, example_zone};

#[test]
fn an_email_address_is_found_in_two_steps() {
    let run = Mimi::resolve(example_zone(), ["mailbox@example.com", "--trace"]).run();
    assert_snapshot!(run.report());
    let run = Mimi::resolve(example_zone(), ["mailbox@example.com", "--format", "jsonl"]).run();
    let object = run.object();
    assert_eq!(object["names"][0], "example.com.");
    assert_eq!(object["names"][1], "mailbox.mimi.example.net.");
    assert_snapshot!(run.report());
}

#[test]
fn never_asks_for_the_local_part_below_the_email_domain() {
    let run = Mimi::resolve(example_zone(), ["mymimi@example.com", "--format", "jsonl"]).run();
    let object = run.object();
    assert_eq!(object["outcome"], "no_such_name");
    assert_eq!(object["names"][1], "mymimi.mimi.example.net.");
}
