//! What the draft leaves open: one module per decision, each on zones that hold the records of both sides.
//!
//! Every question is put twice: with MIMI and MIMIX written as such, and as `TYPEnnn \#` (D4). Both must say the same.

mod d01;
mod d02;
mod d04;
mod d27;
mod d28;
mod d30;
mod d32;
mod d34;
mod d35;
mod d36;
mod d37;
mod d38;
mod d40;
mod d41;
mod d42;
mod d43;
mod d44;
mod d45;
mod d46;
mod d47;
mod d49;
mod d50;
mod d51;
mod d52;
mod d54;
mod d57;
mod d58;

use serde_json::Value;

use crate::support::{Mimi, people_zone};

const GENERIC: &str = "testdata/zones/people-generic.zone";

/// What `mimi resolve` says of an identifier, with these options.
#[track_caller]
fn resolve_with(identifier: &str, options: &[&str]) -> Value {
    let resolve = |zone: &str| {
        let rest = ["--format=jsonl"]
            .into_iter()
            .chain(options.iter().copied());
        Mimi::resolve(zone, rest.chain(["--", identifier])).run()
    };
    let (object, generic) = (resolve(people_zone()).object(), resolve(GENERIC).object());
    assert_eq!(object, generic, "the two forms of the records differ");
    object
}

#[track_caller]
fn resolve(identifier: &str) -> Value {
    resolve_with(identifier, &[])
}

/// The accounts of an identifier that must be found, as `account` by group.
#[track_caller]
fn accounts(identifier: &str) -> Vec<Vec<String>> {
    accounts_of(&resolve(identifier))
}

#[track_caller]
fn accounts_of(object: &Value) -> Vec<Vec<String>> {
    assert_eq!(object["outcome"], "found", "{object}");
    let text = |contact: &Value| contact["mssa"].as_str().unwrap().to_owned();
    let groups = object["groups"].as_array().unwrap().iter();
    groups
        .map(|group| group.as_array().unwrap().iter().map(text).collect())
        .collect()
}

#[track_caller]
fn assert_account(identifier: &str, account: &str) {
    assert_eq!(accounts(identifier), [[account]], "{identifier}");
}

/// The outcome with its code, and the last name asked.
#[track_caller]
fn ending(identifier: &str) -> (String, Option<String>, Option<String>) {
    let object = resolve(identifier);
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let last = object["names"].as_array().unwrap().last().and_then(text);
    (
        text(&object["outcome"]).unwrap(),
        text(&object["code"]),
        last,
    )
}

#[track_caller]
fn assert_ending(identifier: &str, outcome: &str, code: Option<&str>, last_name: Option<&str>) {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    assert_eq!(
        ending(identifier),
        (outcome.to_owned(), owned(code), owned(last_name)),
        "{identifier}"
    );
}

#[track_caller]
fn assert_unmappable(identifier: &str, code: &str) {
    // MIMIX is asked all the same (D56), and nothing after it.
    let object = resolve(identifier);
    assert_eq!(object["outcome"], "unmappable", "{identifier}");
    assert_eq!(
        (&object["code"], &object["step"]),
        (&code.into(), &"mimi".into())
    );
    assert_eq!(object["names"].as_array().unwrap().len(), 1);
}

#[track_caller]
fn assert_invalid(identifier: &str, code: &str) {
    assert_ending(identifier, "invalid", Some(code), None);
}
