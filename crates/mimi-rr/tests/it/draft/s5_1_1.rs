//! §5.1.1: the example of a MIMIX record.

use mimi_name::DomainName;
use mimi_rr::{Mimix, TypeCodes, record_text};

#[test]
fn the_example_names_its_target() {
    let mimix = Mimix::from_text(b"mimi.example.net.", None).unwrap();
    assert_eq!(mimix.target().to_string(), "mimi.example.net.");
    assert_eq!(mimix.as_rdata(), b"\x04mimi\x07example\x03net\0");
    assert!(!mimix.declines());
}

#[test]
fn the_example_is_written_with_a_final_dot() {
    let mimix = Mimix::new("mimi.example.net".parse().unwrap());
    let owner = "example.com".parse().unwrap();
    assert_eq!(
        record_text::mnemonic_line(&owner, Some(300), &mimix),
        "example.com. 300 IN MIMIX mimi.example.net."
    );
    assert_eq!(
        record_text::generic_line(&owner, Some(300), &mimix, TypeCodes::DEFAULT),
        "example.com. 300 IN TYPE65368 \\# 18 046d696d69076578616d706c65036e657400"
    );
}

#[test]
fn the_example_as_the_draft_writes_it_is_relative() {
    // Without a final dot the origin is appended: what the draft prints is not what it means (D4).
    let origin: DomainName = "example.com".parse().unwrap();
    let mimix = Mimix::from_text(b"mimi.example.net", Some(&origin)).unwrap();
    assert_eq!(mimix.target().to_string(), "mimi.example.net.example.com.");
}
