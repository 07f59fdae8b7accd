//! D28: equal `p` is one group; inside it the asking user chooses.

use super::{accounts_of, resolve_with};

fn services(options: &[&str]) -> Vec<String> {
    let object = resolve_with("groups.people.example", options);
    let group = object["groups"][1].as_array().unwrap();
    let service = |contact: &serde_json::Value| contact["service"].as_str().unwrap().to_owned();
    group.iter().map(service).collect()
}

#[test]
fn equal_priorities_are_one_group_in_octet_order() {
    assert_eq!(services(&[]), ["telegram", "whatsapp"]);
}

#[test]
fn a_preferred_service_comes_first_in_its_group() {
    assert_eq!(services(&["--service=whatsapp"]), ["whatsapp", "telegram"]);
    assert_eq!(
        services(&["--service=whatsapp", "--service=telegram"]),
        ["whatsapp", "telegram"]
    );
}

#[test]
fn never_moves_an_account_to_another_group() {
    let object = resolve_with("groups.people.example", &["--service=mail"]);
    let groups = accounts_of(&object);
    assert_eq!(
        groups,
        [vec!["first"], vec!["second", "second"], vec!["last"]]
    );
}
