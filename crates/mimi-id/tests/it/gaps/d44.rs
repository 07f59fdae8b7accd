//! D44: unusual octets are legal in a label.

use mimi_id::EmailAddress;

use crate::support::{local, target};

#[test]
fn octets_are_raw_in_the_label() {
    let address = EmailAddress::parse("\"a+ ='!\\\\\"@example.com").unwrap();
    let labels = address.labels().unwrap();
    assert_eq!(labels.iter().collect::<Vec<_>>(), [b"a+ ='!\\"]);
    assert_eq!(
        address.name_under(&target()).unwrap().labels().next(),
        Some(b"a+ ='!\\".as_slice())
    );
}

#[test]
fn never_trims_spaces_inside_quotes() {
    assert_eq!(local("\" a \"").unwrap(), "\\032a\\032");
    assert_ne!(local("\" a\""), local("a"));
}
