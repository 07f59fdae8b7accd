//! What a client refuses: everything that the holder of the pinned keys did not say, or says no longer.

use mimi_oracle::lookup::{Blinding, BlindingError, EvaluationError, EvaluationResponse};
use mimi_oracle::{Bucket, BucketError, EntryError, Parameters, ParametersError, Pin, Subject};

use crate::world::{NOW, World, entry, subject};

fn alice() -> Subject {
    subject("alice@example.com")
}

/// A lookup of Alice whose response was changed.
fn finalize(world: &World, change: impl FnOnce(&mut EvaluationResponse)) -> BlindingError {
    let subjects = [alice()];
    let blinding = Blinding::new(&subjects).unwrap();
    let mut response = world.key.evaluate_blinded(&blinding.request(NOW)).unwrap();
    change(&mut response);
    let public_key = world.parameters.lookup_key(&world.epoch).unwrap();
    blinding.finalize(&response, public_key).unwrap_err()
}

#[test]
fn a_response_of_another_key() {
    let (world, other) = (World::new(1, 1), World::new(2, 1));
    let subjects = [alice()];
    let blinding = Blinding::new(&subjects).unwrap();
    let response = other.key.evaluate_blinded(&blinding.request(NOW)).unwrap();
    let pinned = world.parameters.lookup_key(&world.epoch).unwrap();
    assert_eq!(
        blinding.finalize(&response, pinned),
        Err(BlindingError::Forged)
    );
    // A public key that is none, and one that would let every proof pass.
    let finalize = |key: [u8; 32]| blinding.finalize(&response, &key);
    assert_eq!(finalize([0xff; 32]), Err(BlindingError::PublicKey));
    assert_eq!(finalize([0; 32]), Err(BlindingError::PublicKey));
}

#[test]
fn a_response_to_another_request() {
    let world = World::new(1, 1);
    let subjects = [alice()];
    let (mine, theirs) = (
        Blinding::new(&subjects).unwrap(),
        Blinding::new(&subjects).unwrap(),
    );
    let response = world.key.evaluate_blinded(&theirs.request(NOW)).unwrap();
    let public_key = world.parameters.lookup_key(&world.epoch).unwrap();
    assert_eq!(
        mine.finalize(&response, public_key),
        Err(BlindingError::Forged)
    );
}

#[test]
fn a_forged_proof_and_the_identity_element() {
    let world = World::new(1, 1);
    assert_eq!(
        finalize(&world, |one| one.proof.rotate_left(32)),
        BlindingError::Forged
    );
    assert_eq!(
        finalize(&world, |one| one.proof = [0; 64]),
        BlindingError::Response(EvaluationError::Proof)
    );
    let element = BlindingError::Response(EvaluationError::Element(0));
    assert_eq!(
        finalize(&world, |one| one.elements = vec![[0; 32]]),
        element
    );
    assert_eq!(
        finalize(&world, |one| one.elements = vec![[0xff; 32]]),
        element
    );
    let answers = |answered| BlindingError::Answers { asked: 1, answered };
    assert_eq!(finalize(&world, |one| one.elements.clear()), answers(0));
    assert_eq!(
        finalize(&world, |one| one.elements.extend_from_within(..)),
        answers(2)
    );
}

/// The oracle refuses them as well.
#[test]
fn a_request_with_the_identity_element() {
    let world = World::new(1, 1);
    let subjects = [alice(), subject("bob@example.com")];
    let mut request = Blinding::new(&subjects).unwrap().request(NOW);
    request.elements[1] = [0; 32];
    assert_eq!(
        world.key.evaluate_blinded(&request),
        Err(EvaluationError::Element(1))
    );
}

/// Bob's entry cannot be passed off as Alice's, nor an old one as new.
#[test]
fn an_entry_signed_by_another_key_or_for_somebody_else_or_for_another_epoch_or_expired() {
    let (world, other) = (World::new(1, 1), World::new(2, 1));
    let find = |octets: &[u8], now| {
        let bucket = world.bucket_with(&alice(), octets);
        let bucket = Bucket::verify(&bucket, &world.parameters, &world.epoch, 0).unwrap();
        bucket.find(
            &world.place(&alice()),
            &world.parameters,
            &alice(),
            &world.epoch,
            now,
        )
    };
    let refused = |error| Err(BucketError::Entry(error));
    let good = entry(NOW + 60).sign(&world.signing, &alice(), NOW).unwrap();
    assert_eq!(find(&good, NOW), Ok(Some(entry(NOW + 60))));
    assert_eq!(
        find(&good, NOW + 60),
        refused(EntryError::Expired(NOW + 60))
    );

    let foreign = entry(NOW + 60).sign(&other.signing, &alice(), NOW).unwrap();
    assert_eq!(find(&foreign, NOW), refused(EntryError::Signature));
    let bob = subject("bob@example.com");
    let of_bob = entry(NOW + 60).sign(&world.signing, &bob, NOW).unwrap();
    assert_eq!(find(&of_bob, NOW), refused(EntryError::Signature));
    let old = entry(NOW + 60)
        .sign(&world.signing, &alice(), NOW - 1)
        .unwrap();
    assert_eq!(find(&old, NOW), refused(EntryError::Signature));
    assert_eq!(find(&[], NOW), refused(EntryError::Malformed));
}

#[test]
fn a_bucket_of_the_wrong_size_or_another_place_or_signed_by_another_key_or_changed() {
    let (world, other) = (World::new(1, 2), World::new(2, 2));
    let octets = entry(NOW + 60).sign(&world.signing, &alice(), NOW).unwrap();
    let bucket = world.bucket_with(&alice(), &octets);
    let index = world.place(&alice()).bucket();
    let verify = |octets: &[u8], index| {
        Bucket::verify(octets, &world.parameters, &world.epoch, index).map(drop)
    };
    assert_eq!(verify(&bucket, index), Ok(()));
    assert_eq!(
        verify(&bucket[..65_599], index),
        Err(BucketError::Size(65_599))
    );
    assert_eq!(
        verify(&[bucket.as_slice(), &[0]].concat(), index),
        Err(BucketError::Size(65_601))
    );
    assert_eq!(verify(&[], index), Err(BucketError::Size(0)));
    assert_eq!(verify(&bucket, 1 - index), Err(BucketError::Signature));
    let foreign = other.bucket_with(&alice(), &octets);
    assert_eq!(verify(&foreign, index), Err(BucketError::Signature));
    for at in [0, 63, 64, 40_000, 65_599] {
        let mut changed = bucket.clone();
        changed[at] ^= 1;
        assert_eq!(verify(&changed, index), Err(BucketError::Signature));
    }
    let mut later = world.epoch.clone();
    later.number += 1;
    let verified = Bucket::verify(&bucket, &world.parameters, &later, index).map(drop);
    assert_eq!(verified, Err(BucketError::Signature));
}

#[test]
fn parameters_of_another_oracle_or_signed_by_another_key_or_with_an_impossible_member() {
    let (world, other) = (World::new(1, 1), World::new(2, 1));
    let pin = world.parameters.keys.pin();
    let read = |octets: &[u8]| Parameters::from_json(octets, &pin).map(drop);
    let good = world.parameters.to_json(&world.signing);
    assert_eq!(read(&good), Ok(()));
    let theirs = other.parameters.to_json(&other.signing);
    assert_eq!(
        read(&theirs),
        Err(ParametersError::WrongPin(other.parameters.keys.pin()))
    );
    // A second lookup key, that only some users are shown.
    let mut more = world.parameters.clone();
    more.keys.lookup.extend(&other.parameters.keys.lookup);
    let refused = read(&more.to_json(&world.signing));
    assert_eq!(refused, Err(ParametersError::WrongPin(more.keys.pin())));
    assert_eq!(
        read(&world.parameters.to_json(&other.signing)),
        Err(ParametersError::Signature)
    );

    // Every number that is signed counts, and those that cannot be are named.
    let text = String::from_utf8(good).unwrap();
    let changed = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        read(text.replace(from, to).as_bytes())
    };
    assert_eq!(
        changed("\"burst\": 10", "\"burst\": 11"),
        Err(ParametersError::Signature)
    );
    assert_eq!(
        changed("\"per_day\": 10", "\"per_day\": 11"),
        Err(ParametersError::Signature)
    );
    assert_eq!(
        changed("\"buckets\": 1", "\"buckets\": 2"),
        Err(ParametersError::Signature)
    );
    assert_eq!(
        changed("1800003600", "1800003601"),
        Err(ParametersError::Signature)
    );
    let member = Err(ParametersError::Member("epochs"));
    assert_eq!(changed("\"buckets\": 1", "\"buckets\": 0"), member);
    assert_eq!(changed("\"buckets\": 1", "\"buckets\": 16777217"), member);
    assert_eq!(changed("\"key\": 0", "\"key\": 1"), member);
    assert_eq!(changed("1800003600", "1800000000"), member);
    assert_eq!(
        changed("mimi-oracle/1", "mimi-oracle/2"),
        Err(ParametersError::Protocol)
    );
    assert_eq!(
        read(b"{\n}"),
        Err(ParametersError::Json { line: 2, column: 1 })
    );
    assert_eq!(read(&[b' '; 16 * 1024 + 1]), Err(ParametersError::TooLong));
}

#[test]
fn an_epoch_that_has_not_begun_or_is_over() {
    let world = World::new(1, 1);
    let at = |now| world.parameters.epoch_at(now).map(|epoch| epoch.number);
    assert_eq!(at(NOW - 301), Err(ParametersError::NoEpoch));
    assert_eq!(at(NOW - 300), Ok(NOW));
    assert_eq!(at(NOW + 3599), Ok(NOW));
    assert_eq!(at(NOW + 3600), Err(ParametersError::NoEpoch));
}

#[test]
fn a_pin_that_is_not_43_characters_of_base64url() {
    let pin = World::new(1, 1).parameters.keys.pin();
    let text = pin.to_string();
    assert_eq!((text.len(), text.parse()), (43, Ok(pin)));
    for wrong in [
        "",
        &text[1..],
        &format!("{text}="),
        &text.replace(&text[5..6], "+"),
    ] {
        assert!(wrong.parse::<Pin>().is_err(), "{wrong}");
    }
    // The last character carries two bits that are not of the pin: only one spelling is taken.
    let spelled = |last: char| format!("{}{last}", &text[..42]).parse::<Pin>().is_ok();
    let alphabet = ('A'..='Z')
        .chain('a'..='z')
        .chain('0'..='9')
        .chain(['-', '_']);
    assert_eq!(alphabet.filter(|last| spelled(*last)).count(), 16);
}
