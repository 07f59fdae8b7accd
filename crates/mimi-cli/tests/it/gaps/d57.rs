//! D57: the TXT bridge, off unless asked for.

use super::{accounts_of, resolve, resolve_with};

#[test]
fn the_bridge_finds_what_no_native_record_says() {
    let object = resolve_with("alice@bridge.example", &["--txt-bridge"]);
    assert_eq!(accounts_of(&object), [["alice"]]);
    assert_eq!(object["assurance"]["via"], "txt");
    assert_eq!(object["step"], "txt");
    assert_eq!(
        object["names"],
        serde_json::json!([
            "bridge.example.",
            "_mimix.bridge.example.",
            "alice.mimi.bridge.example.",
            "_mimi.alice.mimi.bridge.example."
        ])
    );
    // The SPF record beside it is passed over in silence.
    assert!(object["dropped"].as_array().unwrap().is_empty());
}

#[test]
fn never_crosses_the_bridge_unless_told() {
    let object = resolve("alice@bridge.example");
    assert_eq!(object["outcome"], "no_mapping");
    assert_eq!(object["names"], serde_json::json!(["bridge.example."]));
}
