//! RFC 4034 §6.1: the canonical order of names.

use std::collections::HashSet;

use mimi_name::DomainName;

fn name(text: &str) -> DomainName {
    DomainName::parse_absolute(text).unwrap()
}

#[test]
fn sorts_the_examples_of_the_rfc() {
    let sorted = [
        "example",
        "a.example",
        "yljkjljk.a.example",
        "Z.a.example",
        "zABC.a.EXAMPLE",
        "z.example",
        r"\001.z.example",
        "*.z.example",
        r"\200.z.example",
    ]
    .map(name);
    let mut shuffled = sorted.clone();
    shuffled.reverse();
    shuffled.sort();
    assert_eq!(shuffled, sorted);
}

#[test]
fn ignores_the_case_of_ascii_letters_only() {
    let names: HashSet<_> = [
        name("a.Example"),
        name("A.eXAMPLE"),
        name(r"\193.example"),
        name(r"\225.example"),
    ]
    .into();
    assert_eq!(names.len(), 3);
    assert!(!name("A").eq_case(&name("a")));
    assert!(name("A").to_lowercase().eq_case(&name("a")));
}

#[test]
fn knows_what_stands_below_what() {
    assert!(name("a.example").is_within(&name("EXAMPLE")));
    assert!(name("example").is_within(&name("example")));
    assert!(name("example").is_within(&DomainName::root()));
    assert!(!name("aexample").is_within(&name("example")));
    assert!(!name("example").is_within(&name("a.example")));
    // The octets of one label can look like a label boundary.
    assert!(!name(r"x\007example").is_within(&name("example")));
    assert_eq!(name("a.example").parent(), Some(name("example")));
    assert_eq!(DomainName::root().parent(), None);
}
