//! What is on the disk and is not what was written.

use std::fs;

use super::support::{BEGIN, Data, publication, step};
use crate::limits::BUCKET_OCTETS;
use crate::server::{KeyRing, verify_epochs};

/// A folder with one epoch of three buckets.
fn built() -> Data {
    let data = Data::new();
    for n in 0..200 {
        data.shelf
            .put(publication(&format!("a{n}@example.com"), 100));
    }
    let step = step(&data.open(), BEGIN);
    assert_eq!(step.built.unwrap().epoch.buckets, 3);
    data
}

fn change(data: &Data, file: &str, change: impl FnOnce(&mut Vec<u8>)) {
    let path = data.epochs().join(BEGIN.to_string()).join(file);
    let mut octets = fs::read(&path).unwrap();
    change(&mut octets);
    fs::write(&path, octets).unwrap();
}

fn replace(data: &Data, from: &str, to: &str) {
    change(data, "epoch.json", |octets| {
        let text = String::from_utf8(octets.clone()).unwrap();
        assert!(text.contains(from));
        *octets = text.replace(from, to).into_bytes();
    });
}

/// What a check of every bucket says.
fn verified(data: &Data) -> Vec<String> {
    let damages = verify_epochs(data.path(), &data.keys(), &|_| ()).unwrap();
    damages.iter().map(ToString::to_string).collect()
}

/// Asserts that the only epoch is reported, by opening and by a check, that it is not served, and that it is gone after the next build.
#[track_caller]
fn assert_is_not_served(data: &Data, fault: &str) {
    let publisher = data.open();
    let opened: Vec<_> = publisher
        .damages()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(opened, [format!("epoch {BEGIN}: {fault}")]);
    assert_eq!(verified(data), opened);
    let now = BEGIN + 60;
    assert_eq!(publisher.epochs().announced(now), []);
    assert_eq!(publisher.epochs().bucket(BEGIN, 0, now).unwrap(), None);
    assert_eq!(step(&publisher, now).removed, [BEGIN]);
    assert_eq!(data.names(), [now.to_string()]);
    assert_eq!(verified(data), [""; 0]);
}

#[test]
fn what_was_written_is_well() {
    let data = built();
    assert_eq!(verified(&data), [""; 0]);
    assert!(data.open().damages().is_empty());
}

#[test]
fn an_epoch_whose_first_or_last_bucket_was_changed_is_not_served() {
    for (index, at) in [(0, 0), (0, BUCKET_OCTETS - 1), (2, 3 * BUCKET_OCTETS - 1)] {
        let data = built();
        change(&data, "buckets", |octets| octets[at] ^= 1);
        assert_is_not_served(
            &data,
            &format!("bucket {index} is not signed with the oracle's key"),
        );
    }
}

#[test]
fn a_check_finds_a_bucket_in_the_middle_that_was_changed_too() {
    let data = built();
    change(&data, "buckets", |octets| octets[BUCKET_OCTETS + 1000] ^= 1);
    let expected = format!("epoch {BEGIN}: bucket 1 is not signed with the oracle's key");
    assert_eq!(verified(&data), [expected]);
}

#[test]
fn an_epoch_with_buckets_in_another_order_is_not_served() {
    let data = built();
    change(&data, "buckets", |octets| octets.rotate_left(BUCKET_OCTETS));
    assert_is_not_served(&data, "bucket 0 is not signed with the oracle's key");
}

#[test]
fn an_epoch_that_was_cut_is_not_served() {
    let data = built();
    change(&data, "buckets", |octets| {
        octets.truncate(3 * BUCKET_OCTETS - 1);
    });
    assert_is_not_served(
        &data,
        "its buckets have 196799 octets, and should have 196800: 65600 each",
    );
}

#[test]
fn an_epoch_with_another_document_is_not_served() {
    let document = "its epoch.json is malformed, or of another epoch";
    let number = BEGIN.to_string();
    let other = (BEGIN + 1).to_string();
    for (from, to) in [
        ("{", ""),
        (number.as_str(), other.as_str()),
        ("\"key\": 0", "\"key\": 4"),
        ("\"buckets\": 3", "\"buckets\": 0"),
        ("mimi-oracle/1", "mimi-oracle/2"),
        ("\"ends\": 1", "\"ends\": 0, \"was\": 1"),
    ] {
        let data = built();
        replace(&data, from, to);
        assert_is_not_served(&data, document);
    }
}

#[test]
fn an_epoch_without_its_salt_opens_no_bucket() {
    let data = built();
    let text = fs::read_to_string(data.epochs().join(BEGIN.to_string()).join("epoch.json"));
    let text = text.unwrap();
    let salt = text
        .split("\"salt\": \"")
        .nth(1)
        .unwrap()
        .get(..22)
        .unwrap()
        .to_owned();
    replace(&data, &salt, "AAAAAAAAAAAAAAAAAAAAAA");
    assert_is_not_served(&data, "bucket 0 is not signed with the oracle's key");
}

#[test]
fn an_epoch_of_another_oracle_is_not_served() {
    let data = built();
    let before = data.keys().pin();
    KeyRing::generate(2)
        .unwrap()
        .save(&data.key_file())
        .unwrap();
    assert_is_not_served(&data, &format!("it is of the oracle with the pin {before}"));
}

#[test]
fn an_epoch_whose_key_was_erased_cannot_be_asked_for_and_is_not_served() {
    let data = built();
    let rotated = |ring: &mut KeyRing| ring.rotate().is_ok() && ring.erase_before(1);
    KeyRing::update(&data.key_file(), rotated).unwrap();
    assert_is_not_served(&data, "the seed of its lookup key 0 was erased");
}

#[test]
fn what_an_interrupted_build_left_is_removed_and_what_is_no_epoch_is_left_alone() {
    let data = built();
    let building = data.epochs().join(".building");
    fs::create_dir(&building).unwrap();
    fs::write(building.join("buckets"), "half").unwrap();
    fs::create_dir(data.epochs().join("07")).unwrap();
    let publisher = data.open();
    assert!(publisher.damages().is_empty());
    assert_eq!(data.names(), ["07".to_owned(), BEGIN.to_string()]);
}
