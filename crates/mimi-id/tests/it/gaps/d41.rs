//! D41: case of the local part.

use crate::support::{key, local};

#[test]
fn case_is_sent_as_given() {
    assert_eq!(local("Mail.BOX").unwrap(), "Mail.BOX");
}

#[test]
fn the_canonical_key_is_lower_case() {
    assert_eq!(key("Mail.BOX@Example.COM"), "email:mail.box@example.com");
    assert_eq!(key("Mail.BOX@Example.COM"), key("mail.box@example.com"));
}

#[test]
fn never_folds_more_than_case() {
    assert_ne!(key("mailbox@example.com"), key("mai1box@example.com"));
}
