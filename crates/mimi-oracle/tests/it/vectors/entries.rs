//! Buckets and what is in them.

use std::fs;

use mimi_id::Identifier;
use mimi_oracle::limits::BUCKET_OCTETS;
use mimi_oracle::{
    Bucket, BucketError, Entry, EntryError, Epoch, Parameters, Place, SigningKey, Subject,
};
use ring::digest::{SHA512, digest};
use serde_json::Value;

use super::{array, epoch_now, hex, keys, list, number, path, signing, text, trusted, vectors};
use crate::world::subject;

const SLOT: usize = 512;

#[test]
fn outputs_places_and_entries() {
    let vectors = vectors();
    let (parameters, epoch) = (trusted(&vectors), epoch_now(&vectors));
    let now = number(&vectors["now"]);
    let key = &keys(&vectors)[usize::from(epoch.key)];
    let signing = signing(&vectors);
    let buckets = fs::read(path("buckets.bin")).unwrap();
    assert_eq!(buckets.len(), epoch.buckets as usize * BUCKET_OCTETS);

    let mut seen = Vec::new();
    for person in list(&vectors["subjects"]) {
        let identifier = text(&person["identifier"]);
        let subject = Subject::new(&Identifier::parse(identifier).unwrap()).unwrap();
        assert_eq!(subject.as_str(), text(&person["subject"]));
        let output = key.evaluate(&subject).unwrap();
        assert_eq!(output.as_bytes(), &array(&person["output"]));
        let place = Place::new(&output, &epoch);
        assert_eq!(Some(u64::from(place.bucket())), person["bucket"].as_u64());
        for part in [0, 1] {
            assert_eq!(place.tag(part), array(&person["tags"][usize::from(part)]));
            assert_eq!(place.key(part), array(&person["keys"][usize::from(part)]));
        }

        let strings = list(&person["definition_strings"]).iter();
        let expires = number(&person["expires"]);
        let entry = Entry {
            definition_strings: strings.map(|one| text(one).as_bytes().to_vec()).collect(),
            expires,
        };
        let start = place.bucket() as usize * BUCKET_OCTETS;
        let octets = &buckets[start..start + BUCKET_OCTETS];
        let bucket = Bucket::verify(octets, &parameters, &epoch, place.bucket()).unwrap();
        let found = bucket.find(&place, &parameters, &subject, &epoch, now);
        let expected = if entry.definition_strings.is_empty() {
            Ok(None)
        } else {
            let octets = entry.sign(&signing, &subject, epoch.number).unwrap();
            assert_eq!(octets, hex(&person["entry"]));
            if expires <= now {
                Err(BucketError::Entry(EntryError::Expired(expires)))
            } else {
                Ok(Some(entry))
            }
        };
        seen.push(match &expected {
            Ok(Some(_)) => "found",
            Ok(None) => "absent",
            Err(_) => "expired",
        });
        assert_eq!(found, expected);
    }
    assert_eq!(seen, ["found", "found", "expired", "absent", "found"]);
}

#[test]
fn buckets_with_small_changes() {
    let vectors = vectors();
    let parameters = trusted(&vectors);
    let stored = fs::read(path("buckets.bin")).unwrap();
    let mut taken = 0;
    for case in list(&vectors["buckets"]) {
        let start = number(&case["bucket"]) as usize * BUCKET_OCTETS;
        let mut octets = stored[start..start + BUCKET_OCTETS].to_vec();
        for change in case["changes"].as_array().into_iter().flatten() {
            let (at, new) = (number(&change["at"]) as usize, hex(&change["octets"]));
            assert_ne!(octets[at..at + new.len()], new);
            octets[at..at + new.len()].copy_from_slice(&new);
        }
        if let Some(length) = case["length"].as_u64() {
            octets.resize(length as usize, 0);
        }
        let index = case.get("index").unwrap_or(&case["bucket"]);
        let index = number(index).try_into().unwrap();
        let mut epoch = epoch_now(&vectors);
        if let Some(other) = case.get("epoch") {
            epoch.number = number(&other["number"]);
            epoch.salt = array(&other["salt"]);
        }
        let verified = Bucket::verify(&octets, &parameters, &epoch, index).map(drop);
        let expected = match case["taken"].as_bool().unwrap() {
            true => Ok(()),
            false if octets.len() == BUCKET_OCTETS => Err(BucketError::Signature),
            false => Err(BucketError::Size(octets.len())),
        };
        assert_eq!(verified, expected, "{}", case["name"]);
        taken += usize::from(verified.is_ok());
    }
    assert_eq!((list(&vectors["buckets"]).len(), taken), (16, 2));
}

#[test]
fn entries_in_their_slots() {
    let vectors = vectors();
    let (parameters, epoch) = (trusted(&vectors), epoch_now(&vectors));
    let alice = subject("alice@example.com");
    let output = keys(&vectors)[usize::from(epoch.key)]
        .evaluate(&alice)
        .unwrap();
    let place = Place::new(&output, &epoch);
    let mut outcomes = Vec::new();
    for case in list(&vectors["entries"]) {
        let slots: Vec<Vec<u8>> = list(&case["slots"]).iter().map(hex).collect();
        let octets = bucket(&slots, &signing(&vectors), &epoch, place.bucket());
        let found = find(
            &octets,
            &parameters,
            &epoch,
            &place,
            &alice,
            number(&vectors["now"]),
        );
        let (outcome, detail) = match found {
            Ok(Some(entry)) => {
                assert_eq!(entry, expected(case), "{}", case["name"]);
                ("entry", String::new())
            }
            Ok(None) => ("none", String::new()),
            Err(BucketError::Entry(EntryError::Expired(_))) => ("none", " (expired)".into()),
            Err(error) => ("refused", format!(" ({error})")),
        };
        assert_eq!(outcome, text(&case["outcome"]), "{}", case["name"]);
        outcomes.push(format!("{}: {outcome}{detail}", text(&case["name"])));
    }
    insta::assert_snapshot!(outcomes.join("\n"));
}

fn expected(case: &Value) -> Entry {
    Entry {
        definition_strings: list(&case["definition_strings"]).iter().map(hex).collect(),
        expires: number(&case["expires"]),
    }
}

fn find(
    octets: &[u8],
    parameters: &Parameters,
    epoch: &Epoch,
    place: &Place,
    subject: &Subject,
    now: u64,
) -> Result<Option<Entry>, BucketError> {
    let bucket = Bucket::verify(octets, parameters, epoch, place.bucket())?;
    bucket.find(place, parameters, subject, epoch, now)
}

/// A bucket with these slots and otherwise zeros, signed.
fn bucket(slots: &[Vec<u8>], key: &SigningKey, epoch: &Epoch, index: u32) -> Vec<u8> {
    let mut slots = slots.concat();
    slots.resize(128 * SLOT, 0);
    let mut message = b"mimi-oracle/1 bucket\0".to_vec();
    message.extend(epoch.number.to_be_bytes());
    message.extend(epoch.salt);
    message.extend(index.to_be_bytes());
    message.extend(digest(&SHA512, &slots).as_ref());
    [key.sign(&message).as_slice(), &slots].concat()
}
