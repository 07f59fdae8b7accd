//! D27: without `p` comes after every explicit `p`.

use super::resolve;

#[test]
fn accounts_without_priority_come_last() {
    let object = resolve("groups.people.example");
    let priorities: Vec<_> = object["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| group[0]["priority"].as_u64())
        .collect();
    assert_eq!(priorities, [Some(10), Some(20), None]);
}

#[test]
fn never_writes_a_number_for_an_absent_priority() {
    let object = resolve("alias.people.example");
    assert!(object["groups"][0][0]["priority"].is_null());
}
