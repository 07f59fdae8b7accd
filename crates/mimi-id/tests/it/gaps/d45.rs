//! D45: lengths.

use mimi_id::{EmailAddress, Unmappable};
use mimi_name::DomainName;

use crate::support::{local, name};

#[test]
fn an_atom_of_63_octets_maps() {
    assert!(local(&"a".repeat(63)).is_ok());
}

#[test]
fn a_local_part_over_64_octets_maps_if_its_atoms_do() {
    assert!(local(&format!("{}.{}", "a".repeat(40), "b".repeat(40))).is_ok());
}

#[test]
fn a_name_of_255_octets_maps() {
    let address = EmailAddress::parse(&format!("{}@example.com", "a".repeat(63))).unwrap();
    let long = name(&format!("{0}.{0}.{1}", "t".repeat(63), "u".repeat(61)));
    let mapped = address.name_under(&long).unwrap();
    assert_eq!(mapped.as_wire().len(), DomainName::MAX_LENGTH);
}

#[test]
fn never_truncates_an_atom() {
    assert_eq!(local(&"a".repeat(64)), Err("atom-too-long"));
    // 40 characters, 80 octets in UTF-8; the A-label counts.
    assert_eq!(local(&"ü".repeat(60)), Err("atom-too-long"));
    assert!(local(&"ü".repeat(40)).is_ok());
}

#[test]
fn never_truncates_a_name() {
    let address = EmailAddress::parse(&format!("{}@example.com", "a".repeat(63))).unwrap();
    let long = name(&format!("{0}.{0}.{1}", "t".repeat(63), "u".repeat(62)));
    assert_eq!(address.name_under(&long), Err(Unmappable::NameTooLong));
}

#[test]
fn never_maps_below_the_root() {
    let address = EmailAddress::parse("com@example.com").unwrap();
    assert_eq!(
        address.name_under(&DomainName::root()),
        Err(Unmappable::RootTarget)
    );
}
