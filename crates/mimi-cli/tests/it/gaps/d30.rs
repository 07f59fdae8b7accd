//! D30: the same account twice is one account, from the record with the lower `p`.

use super::resolve;

#[test]
fn the_record_with_the_lower_priority_survives_whole() {
    let object = resolve("twice.people.example");
    assert_eq!(object["groups"].as_array().unwrap().len(), 1);
    assert_eq!(object["groups"][0][0]["service"], "kept");
}

#[test]
fn drops_the_other_one_and_says_so() {
    let object = resolve("twice.people.example");
    assert_eq!(object["dropped"][0]["code"], "duplicate-account");
    assert_eq!(object["dropped"][0]["verdict"], "ignored");
}
