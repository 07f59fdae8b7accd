//! What the file of secrets promises.

use std::fs;
use std::path::PathBuf;
use std::thread;

use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{GenerateError, KeyFileError, KeyRing, KeyRingError, RotateError};
use crate::lookup::{Blinding, LookupKey};
use crate::subject::Subject;

fn ring(keys: usize) -> KeyRing {
    KeyRing::generate(keys).unwrap()
}

fn created(ring: &KeyRing) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(KeyRing::FILE);
    ring.create(&path).unwrap();
    (folder, path)
}

fn subject() -> Subject {
    Subject::new(&mimi_id::Identifier::parse("alice@example.com").unwrap()).unwrap()
}

fn evaluated(key: &LookupKey) -> Vec<u8> {
    key.evaluate(&subject()).unwrap().as_bytes().to_vec()
}

#[cfg(unix)]
fn mode(path: &std::path::Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_ring_comes_back_from_its_file_with_every_secret() {
    let mut before = ring(3);
    before.rotate().unwrap();
    let (_folder, path) = created(&before);
    let after = KeyRing::read(&path).unwrap();
    assert_eq!(after.public(), before.public());
    assert_eq!(after.pin(), before.pin());
    assert_eq!(after.current(), 1);
    assert_eq!(after.vault_secret(), before.vault_secret());
    assert_eq!(after.token_secret(), before.token_secret());
    assert_eq!(after.signing().sign(b"x"), before.signing().sign(b"x"));
    for index in 0..3 {
        let keys = (before.lookup(index).unwrap(), after.lookup(index).unwrap());
        assert_eq!(evaluated(keys.0), evaluated(keys.1));
    }
    assert!(after.lookup(3).is_none());
}

#[test]
fn no_two_secrets_of_a_ring_are_alike_and_no_two_rings() {
    let (one, other) = (ring(2), ring(2));
    assert_ne!(one.vault_secret(), one.token_secret());
    assert_ne!(one.public().lookup[0], one.public().lookup[1]);
    assert_ne!(one.pin(), other.pin());
    assert_ne!(one.vault_secret(), other.vault_secret());
}

#[test]
fn a_ring_has_1_to_32_lookup_keys() {
    assert_eq!(KeyRing::generate(0).unwrap_err(), GenerateError::Count(0));
    assert_eq!(KeyRing::generate(33).unwrap_err(), GenerateError::Count(33));
    // The longest file is one that can be read.
    let longest = ring(32);
    assert_eq!(
        KeyRing::from_json(&longest.to_json()).unwrap().pin(),
        longest.pin()
    );
}

#[test]
fn a_file_of_secrets_is_never_overwritten() {
    let first = ring(1);
    let (_folder, path) = created(&first);
    let error = ring(1).create(&path).unwrap_err();
    assert!(matches!(error, KeyFileError::Exists));
    assert_eq!(KeyRing::read(&path).unwrap().pin(), first.pin());
}

#[cfg(unix)]
#[test]
fn a_file_is_for_its_owner_alone_and_refused_where_it_is_not() {
    use std::os::unix::fs::PermissionsExt;

    let (_folder, path) = created(&ring(1));
    assert_eq!(mode(&path), 0o600);
    for exposed in [0o640, 0o604, 0o620, 0o601] {
        fs::set_permissions(&path, fs::Permissions::from_mode(exposed)).unwrap();
        let error = KeyRing::read(&path).unwrap_err();
        assert!(matches!(error, KeyFileError::Exposed { mode } if mode == exposed));
        assert!(error.to_string().contains("chmod 600"));
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
    KeyRing::read(&path).unwrap();
}

#[cfg(unix)]
#[test]
fn saving_keeps_the_permissions_and_leaves_nothing_beside_the_file() {
    use std::os::unix::fs::PermissionsExt;

    let mut ring = ring(2);
    let (folder, path) = created(&ring);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
    // What a process left that was ended in the middle is no hindrance.
    fs::write(folder.path().join("oracle.key.new"), "half").unwrap();
    ring.rotate().unwrap();
    ring.save(&path).unwrap();
    assert_eq!(mode(&path), 0o400);
    assert_eq!(KeyRing::read(&path).unwrap().current(), 1);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn saving_through_a_link_replaces_the_file_and_not_the_link() {
    let mut ring = ring(2);
    let (folder, path) = created(&ring);
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    ring.rotate().unwrap();
    ring.save(&link).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(KeyRing::read(&path).unwrap().current(), 1);
}

#[test]
fn the_last_lookup_key_has_no_next() {
    let mut ring = ring(2);
    assert_eq!(ring.rotate(), Ok(1));
    assert_eq!(ring.rotate(), Err(RotateError { keys: 2 }));
    assert_eq!(ring.current(), 1);
}

#[test]
fn erased_keys_cannot_evaluate_and_stay_under_the_pin() {
    let mut ring = ring(3);
    let pin = ring.pin();
    let seed = serde_json::from_slice::<Value>(&ring.to_json()).unwrap()["lookup_keys"][0]["seed"]
        .as_str()
        .unwrap()
        .to_owned();
    let request = Blinding::new(&[subject()]).unwrap().request(1);
    ring.lookup(0).unwrap().evaluate_blinded(&request).unwrap();

    assert!(!ring.erase_before(3), "the current key is never erased");
    ring.rotate().unwrap();
    let (_folder, path) = created(&ring);
    assert!(ring.erase_before(1));
    assert!(!ring.erase_before(1));
    ring.save(&path).unwrap();

    let ring = KeyRing::read(&path).unwrap();
    assert!(ring.lookup(0).is_none());
    assert!(ring.lookup(1).is_some());
    assert_eq!((ring.erased(), ring.lookup_keys()), (1, 3));
    assert_eq!(ring.pin(), pin);
    assert!(!fs::read_to_string(&path).unwrap().contains(&seed));
}

#[test]
fn debug_shows_no_secret() {
    let ring = ring(1);
    let document: Value = serde_json::from_slice(&ring.to_json()).unwrap();
    let shown = format!("{ring:?}");
    assert!(shown.contains("current: 0"));
    for secret in [
        &document["signing_seed"],
        &document["lookup_keys"][0]["seed"],
        &document["store_secret"],
        &document["token_secret"],
    ] {
        assert!(!shown.contains(secret.as_str().unwrap()));
    }
}

#[test]
fn changes_by_several_processes_are_not_undone_by_each_other() {
    let (_folder, path) = created(&ring(32));
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..7 {
                    KeyRing::update(&path, |ring| ring.rotate().is_ok()).unwrap();
                }
            });
        }
    });
    assert_eq!(KeyRing::read(&path).unwrap().current(), 28);
}

/// The file of a ring, changed.
fn changed(change: impl FnOnce(&mut Value)) -> Result<KeyRing, KeyRingError> {
    let mut ring = ring(2);
    ring.rotate().unwrap();
    let mut document = serde_json::from_slice(&ring.to_json()).unwrap();
    change(&mut document);
    KeyRing::from_json(&serde_json::to_vec(&document).unwrap())
}

#[test]
fn a_file_that_was_changed_is_refused_and_says_where() {
    use KeyRingError::{CurrentErased, LookupKey, Member, Pin, Protocol};

    assert!(changed(|_| ()).is_ok());
    let key = json!("A".repeat(43));
    let cases = [
        (Protocol, "/protocol", json!("mimi-oracle/2")),
        (Pin, "/pin", key.clone()),
        (Pin, "/signing_seed", key.clone()),
        (Member("signing_seed"), "/signing_seed", json!("AA")),
        (Member("store_secret"), "/store_secret", json!("=")),
        (Member("token_secret"), "/token_secret", json!("")),
        (Member("current"), "/current", json!(2)),
        (Member("lookup_keys"), "/lookup_keys", json!([])),
        (LookupKey(1), "/lookup_keys/1/seed", key),
        (LookupKey(0), "/lookup_keys/0/public", json!("")),
        (CurrentErased, "/lookup_keys/1/seed", json!(null)),
    ];
    for (expected, member, value) in cases {
        let change = |document: &mut Value| *document.pointer_mut(member).unwrap() = value;
        assert_eq!(changed(change).unwrap_err(), expected, "{member}");
    }
    let order = changed(|document| {
        document["lookup_keys"].as_array_mut().unwrap().swap(0, 1);
    });
    assert_eq!(order.unwrap_err(), Pin);
    let too_many = changed(|document| {
        let first = document["lookup_keys"][0].clone();
        document["lookup_keys"] = vec![first; 33].into();
    });
    assert_eq!(too_many.unwrap_err(), Member("lookup_keys"));
}

#[test]
fn a_member_that_is_not_known_or_not_there_is_refused() {
    // It would be lost when the file is saved.
    for change in [
        &(|d: &mut Value| d["added"] = json!(1)) as &dyn Fn(&mut Value),
        &|d| d["lookup_keys"][0]["added"] = json!(1),
        &|d| drop(d["lookup_keys"][0].as_object_mut().unwrap().remove("seed")),
        &|d| drop(d.as_object_mut().unwrap().remove("current")),
        &|d| d["current"] = json!(256),
    ] {
        let error = changed(|document| change(document)).unwrap_err();
        assert!(matches!(error, KeyRingError::Json { .. }), "{error}");
    }
}

#[test]
fn a_file_that_is_too_long_is_not_read_to_its_end() {
    let (_folder, path) = created(&ring(1));
    let mut content = fs::read(&path).unwrap();
    content.resize(KeyRing::MAX_OCTETS + 1, b' ');
    fs::write(&path, &content).unwrap();
    let error = KeyRing::read(&path).unwrap_err();
    assert!(matches!(
        error,
        KeyFileError::Content(KeyRingError::TooLong)
    ));
}

proptest! {
    #[test]
    fn octets_of_any_kind_are_refused_without_a_panic(octets in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(KeyRing::from_json(&octets).is_err());
    }

    #[test]
    fn a_file_that_was_cut_or_damaged_is_a_ring_only_if_it_is_the_same(at in 0usize..900, octet: u8, cut: bool) {
        let ring = KeyRing::generate(2).unwrap();
        let mut octets = ring.to_json();
        let at = at % octets.len();
        if cut {
            octets.truncate(at);
        } else {
            octets[at] = octet;
        }
        if let Ok(read) = KeyRing::from_json(&octets) {
            prop_assert_eq!(read.pin(), ring.pin());
        }
    }
}
