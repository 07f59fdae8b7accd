//! The vectors of `testdata/oracle`, which a second implementation can run as well.

mod entries;
mod evaluations;
mod parameters;

use std::fs;

use data_encoding::HEXLOWER;
use mimi_id::Identifier;
use mimi_oracle::lookup::LookupKey;
use mimi_oracle::{Epoch, Parameters, Pin, Place, SigningKey, Subject};
use serde_json::Value;

use crate::world::subject;

fn path(name: &str) -> String {
    format!(
        "{}/../../testdata/oracle/{name}",
        env!("CARGO_MANIFEST_DIR")
    )
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn hex(value: &Value) -> Vec<u8> {
    HEXLOWER.decode(text(value).as_bytes()).unwrap()
}

fn array<const N: usize>(value: &Value) -> [u8; N] {
    hex(value).try_into().unwrap()
}

fn arrays<const N: usize>(value: &Value) -> Vec<[u8; N]> {
    list(value).iter().map(array).collect()
}

fn vectors() -> Value {
    serde_json::from_slice(&fs::read(path("vectors.json")).unwrap()).unwrap()
}

fn keys(vectors: &Value) -> Vec<LookupKey> {
    let seeds = list(&vectors["lookup_seeds"]).iter();
    seeds
        .map(|seed| LookupKey::from_seed(&array(seed)).unwrap())
        .collect()
}

fn signing(vectors: &Value) -> SigningKey {
    SigningKey::from_seed(&array(&vectors["signing_seed"])).unwrap()
}

fn trusted(vectors: &Value) -> Parameters {
    let pin: Pin = text(&vectors["pin"]).parse().unwrap();
    Parameters::from_json(text(&vectors["parameters"]).as_bytes(), &pin).unwrap()
}

fn epoch_now(vectors: &Value) -> Epoch {
    let parameters = trusted(vectors);
    parameters
        .epoch_at(number(&vectors["now"]))
        .unwrap()
        .clone()
}

#[test]
fn keys_and_pin() {
    let vectors = vectors();
    let signing = signing(&vectors);
    assert_eq!(signing.public(), array(&vectors["signing_key"]));
    let public: Vec<[u8; 32]> = keys(&vectors).iter().map(LookupKey::public).collect();
    assert_eq!(public, arrays(&vectors["lookup_keys"]));
    let parameters = trusted(&vectors);
    assert_eq!(parameters.keys.signing, signing.public());
    assert_eq!(parameters.keys.lookup, public);
    assert_eq!(parameters.keys.pin().to_string(), text(&vectors["pin"]));
}

#[test]
fn spellings_of_subjects_and_a_mui_that_is_none() {
    let vectors = vectors();
    let mut muis = 0;
    for one in list(&vectors["identifiers"]) {
        let identifier = Identifier::parse(text(&one["identifier"])).unwrap();
        let subject = Subject::new(&identifier);
        assert_eq!(
            subject.as_ref().map(Subject::as_str),
            one["subject"].as_str()
        );
        muis += usize::from(subject.is_none());
    }
    assert_eq!((list(&vectors["identifiers"]).len(), muis), (13, 2));
}

#[test]
fn places_in_other_epochs() {
    let vectors = vectors();
    let mut buckets = Vec::new();
    for one in list(&vectors["places"]) {
        let of_epoch = &one["epoch"];
        let epoch = Epoch {
            number: number(&of_epoch["number"]),
            ends: u64::MAX,
            key: number(&of_epoch["key"]).try_into().unwrap(),
            salt: array(&of_epoch["salt"]),
            buckets: number(&of_epoch["buckets"]).try_into().unwrap(),
        };
        let key = &keys(&vectors)[usize::from(epoch.key)];
        let subject = subject(text(&one["subject"]).strip_prefix("email:").unwrap());
        let output = key.evaluate(&subject).unwrap();
        assert_eq!(output.as_bytes(), &array(&one["output"]));
        let place = Place::new(&output, &epoch);
        assert_eq!(u64::from(place.bucket()), number(&one["bucket"]));
        let tags: Vec<_> = (0..8).map(|part| place.tag(part)).collect();
        let keys: Vec<_> = (0..8).map(|part| place.key(part)).collect();
        assert_eq!((tags, keys), (arrays(&one["tags"]), arrays(&one["keys"])));
        buckets.push(epoch.buckets);
    }
    assert_eq!(buckets, [3, 1, 1 << 24]);
}
