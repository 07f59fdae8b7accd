//! The schemas refuse what they should: without this, a schema that takes anything would pass every test.

use serde_json::{Value, json};

use crate::support::{Mimi, check_schema, example_zone, mimi};

/// Every change of one member that a schema must refuse.
#[track_caller]
fn assert_strict(object: &Value, changes: &[(&str, Value)]) {
    check_schema(object).unwrap();
    for key in object.as_object().unwrap().keys() {
        let mut changed = object.clone();
        changed.as_object_mut().unwrap().remove(key);
        assert!(check_schema(&changed).is_err(), "without {key}");
    }
    let mut changed = object.clone();
    changed["more"] = json!(1);
    assert!(check_schema(&changed).is_err(), "with another key");
    for (pointer, value) in changes {
        let mut changed = object.clone();
        *changed.pointer_mut(pointer).expect("a member") = value.clone();
        assert!(check_schema(&changed).is_err(), "{pointer} = {value}");
    }
}

#[test]
fn rejects_results_that_are_not_as_promised() {
    let rest = ["mymimi.example.com", "--format=jsonl", "--trace"];
    let found = Mimi::resolve(example_zone(), rest).run().object();
    assert_strict(
        &found,
        &[
            ("/schema", json!("mimi-resolve/2")),
            ("/kind", json!("xui")),
            ("/outcome", json!("no_mapping")),
            ("/outcome", json!("lost")),
            ("/code", json!("timeout")),
            ("/step", Value::Null),
            ("/names/0", json!("mymimi.example.com")),
            ("/names/0", json!("o'brien.example.com.")),
            ("/groups", json!([])),
            ("/groups/0", json!([])),
            ("/groups/0/0/priority", json!("1")),
            ("/groups/0/0/priority", json!(4_294_967_296_u64)),
            ("/groups/0/0/mssa", json!("")),
            ("/groups/0/0/extensions", json!([["x"]])),
            ("/groups/0/0/wildcard", Value::Null),
            (
                "/dropped",
                json!([{"record": "\u{1b}", "verdict": "ignored", "code": "x"}]),
            ),
            (
                "/dropped",
                json!([{"record": "x", "verdict": "usable", "code": "x"}]),
            ),
            ("/assurance", Value::Null),
            ("/assurance/channel", json!("udp")),
            ("/assurance/dnssec", json!("bogus")),
            ("/trace/0/milliseconds", json!(-1)),
        ],
    );
    let found = with_endpoint(
        found,
        &json!({"status": "vetted", "code": null, "addresses": ["::1"]}),
    );
    assert_strict(
        &found,
        &[
            ("/groups/0/0/endpoint/status", json!("fine")),
            ("/groups/0/0/endpoint/status", json!("refused")),
            ("/groups/0/0/endpoint/code", json!("timeout")),
            ("/groups/0/0/endpoint/addresses", json!([])),
            ("/groups/0/0/endpoint/addresses", json!(["localhost"])),
            ("/groups/0/0/endpoint", json!({"status": "vetted"})),
        ],
    );
    let mut failed = found;
    failed["groups"] = json!([]);
    failed["outcome"] = json!("temporary_failure");
    failed["code"] = json!("timeout");
    assert!(check_schema(&failed).is_err(), "a failure that is sure");
    failed["assurance"] = Value::Null;
    assert_strict(
        &failed,
        &[("/code", Value::Null), ("/code", json!("Time Out"))],
    );
}

fn with_endpoint(mut object: Value, endpoint: &Value) -> Value {
    object["groups"][0][0]["endpoint"] = endpoint.clone();
    object
}

#[test]
fn rejects_judgements_that_are_not_as_promised() {
    let string = "v=MIMI1; a=b; e=c; p=x";
    let usable = mimi(["parse", "--format=jsonl", string]).run().object();
    assert_strict(
        &usable,
        &[
            ("/verdict", json!("rejected")),
            ("/verdict", json!("fine")),
            ("/v", json!("MIMI2")),
            ("/a", Value::Null),
            ("/p", json!("1")),
            ("/input", json!("\\1")),
            ("/diagnostics/0/severity", json!("error")),
            ("/diagnostics/0/severity", json!("fatal")),
            ("/diagnostics/0/start", json!(-1)),
            ("/diagnostics/0/code", json!("Not A Code")),
        ],
    );
}

#[test]
fn rejects_names_that_are_not_as_promised() {
    let email = mimi(["name", "a@example.com"]).run().object();
    assert_strict(
        &email,
        &[
            ("/kind", json!("mui")),
            ("/steps", Value::Null),
            ("/steps", json!([email["steps"][0]])),
            ("/steps/0/type", json!("MIMI")),
            ("/steps/0/name", json!("<target>")),
            ("/steps/1/name", json!("a.example.com.")),
            ("/error", json!("timeout")),
        ],
    );
}
