//! One lookup from end to end, without a network: blind, evaluate, prove, unblind, derive, find, open.

use mimi_oracle::lookup::{Blinding, EvaluationRequest, EvaluationResponse};
use mimi_oracle::{Bucket, BucketBuilder, BucketError, Entry, EntryError, Parameters, Place};

use crate::world::{NOW, World, entry, subject};

#[test]
fn s5_1_2_what_is_registered_is_found_by_who_asks_for_it_and_by_nobody_else() {
    let world = World::new(1, 1);
    let document = world.parameters.to_json(&world.signing);
    let parameters = Parameters::from_json(&document, &world.parameters.keys.pin()).unwrap();
    assert_eq!(parameters, world.parameters);
    let epoch = parameters.epoch_at(NOW).unwrap();

    // An entry that takes several slots.
    let alice = subject("alice@example.com");
    let definition_string =
        |n| format!("v=MIMI1; a=alice{n}{}; e=im.example.org", "x".repeat(200)).into();
    let entry = Entry {
        definition_strings: (0..5).map(definition_string).collect(),
        expires: NOW + 60,
    };
    let octets = entry.sign(&world.signing, &alice, epoch.number).unwrap();
    let bucket = world.bucket_with(&alice, &octets);

    let subjects = [
        subject("ALICE@example.com"),
        subject("bob@example.com"),
        subject("+15551234567"),
    ];
    let blinding = Blinding::new(&subjects).unwrap();
    let request = EvaluationRequest::decode(&blinding.request(epoch.number).encode()).unwrap();
    let response = world.key.evaluate_blinded(&request).unwrap();
    let response = EvaluationResponse::decode(&response.encode()).unwrap();
    let public_key = parameters.lookup_key(epoch).unwrap();
    let outputs = blinding.finalize(&response, public_key).unwrap();
    let found = subjects.iter().zip(&outputs).map(|(subject, output)| {
        let place = Place::new(output, epoch);
        let bucket = Bucket::verify(&bucket, &parameters, epoch, place.bucket()).unwrap();
        bucket
            .find(&place, &parameters, subject, epoch, NOW)
            .unwrap()
    });
    assert_eq!(found.collect::<Vec<_>>(), [Some(entry), None, None]);
}

#[test]
fn a_bucket_takes_128_slots_and_says_when_it_is_full() {
    let world = World::new(1, 1);
    let mut builder = BucketBuilder::default();
    for n in 0..128 {
        let subject = subject(&format!("person{n}@example.com"));
        let octets = entry(NOW + 60).sign(&world.signing, &subject, NOW).unwrap();
        builder.insert(&world.place(&subject), &octets).unwrap();
    }
    let last = subject("one.more@example.com");
    let octets = entry(NOW + 60).sign(&world.signing, &last, NOW).unwrap();
    let refused = builder.insert(&world.place(&last), &octets);
    assert_eq!((refused, builder.len()), (Err(BucketError::Full), 128));
    // Each of the 128 is found again.
    let bucket = builder.finish(&world.signing, &world.epoch, 0);
    let bucket = Bucket::verify(&bucket, &world.parameters, &world.epoch, 0).unwrap();
    for n in 0..128 {
        let subject = subject(&format!("person{n}@example.com"));
        let place = world.place(&subject);
        let found = bucket.find(&place, &world.parameters, &subject, &world.epoch, NOW);
        assert_eq!(found, Ok(Some(entry(NOW + 60))));
    }
}

#[test]
fn an_entry_has_room_for_16_definition_strings_and_3840_octets() {
    let world = World::new(1, 1);
    let alice = subject("alice@example.com");
    let of = |count: usize, octets: usize| Entry {
        definition_strings: vec![vec![b'x'; octets]; count],
        expires: NOW + 60,
    };
    // 2 for the length, 8 and 1 before the strings, 2 before each, 64 for the signature.
    let longest = of(1, 3840 - 2 - 8 - 1 - 2 - 64);
    let octets = longest.sign(&world.signing, &alice, NOW).unwrap();
    let bucket = world.bucket_with(&alice, &octets);
    let bucket = Bucket::verify(&bucket, &world.parameters, &world.epoch, 0).unwrap();
    let place = world.place(&alice);
    let found = bucket.find(&place, &world.parameters, &alice, &world.epoch, NOW);
    assert_eq!(found, Ok(Some(longest)));

    let check = |entry: Entry| Entry::check(&entry.definition_strings);
    assert_eq!(check(of(16, 10)), Ok(()));
    assert_eq!(check(of(0, 0)), Err(EntryError::Count(0)));
    assert_eq!(check(of(17, 10)), Err(EntryError::Count(17)));
    assert_eq!(check(of(1, 3764)), Err(EntryError::TooLong(3841)));
    assert_eq!(check(of(1, 70_000)), Err(EntryError::TooLong(70_000)));
    let too_long = BucketBuilder::default().insert(&place, &[0; 3839]);
    assert_eq!(too_long, Err(BucketError::Sealing));
}
