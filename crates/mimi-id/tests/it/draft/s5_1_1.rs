//! §5.1.1, Resolution of Email Addresses via DNS.

use mimi_id::EmailAddress;

use crate::support::{local, name};

#[test]
fn the_example_asks_the_email_domain_for_mimix() {
    let address = EmailAddress::parse("mailbox@example.com").unwrap();
    assert_eq!(address.domain().to_string(), "example.com.");
    assert_eq!(address.local_part(), "mailbox");
}

#[test]
fn the_example_asks_the_local_part_before_the_target_for_mimi() {
    let address = EmailAddress::parse("mailbox@example.com").unwrap();
    assert_eq!(
        address
            .name_under(&name("mimi.example.net"))
            .unwrap()
            .to_string(),
        "mailbox.mimi.example.net."
    );
}

#[test]
fn never_maps_a_local_part_that_no_label_holds() {
    assert_eq!(local("\"\""), Err("empty-atom"));
    assert_eq!(local(&"m".repeat(64)), Err("atom-too-long"));
}
