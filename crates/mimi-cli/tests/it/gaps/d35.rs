//! D35: a MIMIX record at a MIMIX target means nothing, and neither does one above the email domain.

use super::assert_ending;

#[test]
fn never_follows_a_mimix_record_at_a_target() {
    let name = Some("alice.mimi.onward.example.");
    assert_ending("alice@onward.example", "no_such_name", None, name);
}

#[test]
fn never_walks_to_the_parent_of_the_email_domain() {
    assert_ending(
        "alice@ns.people.example",
        "no_mapping",
        None,
        Some("ns.people.example."),
    );
}
