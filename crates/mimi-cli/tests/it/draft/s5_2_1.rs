//! §5.2.1: +1 555 123 4567, by way of ENUM.

use insta::assert_snapshot;

use crate::support::{Mimi, example_zone};

#[test]
fn a_telephone_number_is_found_in_one_step() {
    let run = Mimi::resolve(example_zone(), ["+1 555 123 4567", "--trace"]).run();
    assert_snapshot!(run.report());
    let run = Mimi::resolve(example_zone(), ["tel:+15551234567", "--format", "jsonl"]).run();
    let object = run.object();
    assert_eq!(
        object["names"],
        serde_json::json!(["7.6.5.4.3.2.1.5.5.5.1.e164.arpa."])
    );
    assert_snapshot!(run.report());
}

#[test]
fn fails_for_a_number_without_its_country_code() {
    let run = Mimi::resolve(example_zone(), ["tel:5551234567", "--format", "jsonl"]).run();
    assert_eq!(run.object()["code"], "missing-plus");
    assert_eq!(run.exit, 1);
}
