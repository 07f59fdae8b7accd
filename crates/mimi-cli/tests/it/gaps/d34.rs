//! D34: several MIMIX records.

use super::{accounts, resolve};

#[test]
fn the_accounts_of_all_targets_are_united_by_priority() {
    assert_eq!(
        accounts("alice@several.example"),
        [["alice-two"], ["alice-one"], ["alice"]]
    );
    assert_eq!(accounts("bob@several.example"), [["bob"]]);
}

#[test]
fn ignores_a_decline_beside_targets() {
    let object = resolve("alice@several.example");
    assert_eq!(object["dropped"][0]["record"], ".");
    assert_eq!(object["dropped"][0]["code"], "decline-beside-targets");
}

#[test]
fn drops_the_fifth_target() {
    let object = resolve("alice@five.example");
    assert_eq!(object["groups"][0][0]["mssa"], "alice-d");
    assert_eq!(object["groups"][0].as_array().unwrap().len(), 1);
    assert_eq!(object["dropped"][0]["record"], "e.five.example.");
    assert_eq!(object["dropped"][0]["code"], "too-many-mimix-records");
}

#[test]
fn fails_where_one_target_fails() {
    let object = resolve("alice@halfway.example");
    assert_eq!(object["outcome"], "temporary_failure");
    assert_eq!(object["code"], "lame");
    assert!(object["groups"].as_array().unwrap().is_empty());
}
