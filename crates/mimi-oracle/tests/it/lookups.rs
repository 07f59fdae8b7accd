//! One lookup from end to end, without a network: blind, evaluate, prove, unblind, derive, find, open.

use mimi_id::Identifier;
use mimi_oracle::lookup::{Blinding, EvaluationRequest, EvaluationResponse, LookupKey};
use mimi_oracle::{
    Bucket, BucketBuilder, Entry, Epoch, Parameters, Place, PublicKeys, Quota, SigningKey, Subject,
};

const NOW: u64 = 1_800_000_000;

fn subject(text: &str) -> Subject {
    Subject::new(&Identifier::parse(text).unwrap()).unwrap()
}

#[test]
fn s5_1_2_what_is_registered_is_found_by_who_asks_for_it_and_by_nobody_else() {
    let signing = SigningKey::from_seed(&[1; 32]).unwrap();
    let key = LookupKey::from_seed(&[2; 32]).unwrap();
    let parameters = Parameters {
        keys: PublicKeys {
            signing: signing.public(),
            lookup: vec![key.public()],
        },
        epochs: vec![Epoch {
            number: NOW,
            ends: NOW + 3600,
            key: 0,
            salt: [3; 16],
            buckets: 1,
        }],
        quota: Quota {
            burst: 10,
            per_day: 10,
        },
    };
    let document = parameters.to_json(&signing);
    let parameters = Parameters::from_json(&document, &parameters.keys.pin()).unwrap();
    let epoch = parameters.epoch_at(NOW).unwrap();

    // An entry that takes several slots.
    let alice = subject("alice@example.com");
    let entry = Entry {
        definition_strings: (0..5)
            .map(|n| format!("v=MIMI1; a=alice{n}{}; e=im.example.org", "x".repeat(200)).into())
            .collect(),
        expires: NOW + 60,
    };
    let mut builder = BucketBuilder::default();
    let place = Place::new(&key.evaluate(&alice).unwrap(), epoch);
    let octets = entry.sign(&signing, &alice, epoch.number).unwrap();
    builder.insert(&place, &octets).unwrap();
    assert_eq!(builder.len(), 3);
    let bucket = builder.finish(&signing, epoch, place.bucket());

    let subjects = [
        subject("ALICE@example.com"),
        subject("bob@example.com"),
        subject("+15551234567"),
    ];
    let blinding = Blinding::new(&subjects).unwrap();
    let request = EvaluationRequest::decode(&blinding.request(epoch.number).encode()).unwrap();
    let response = key.evaluate_blinded(&request).unwrap();
    let response = EvaluationResponse::decode(&response.encode()).unwrap();
    let public_key = parameters.lookup_key(epoch).unwrap();
    let outputs = blinding.finalize(&response, public_key).unwrap();
    let found: Vec<_> = subjects
        .iter()
        .zip(&outputs)
        .map(|(subject, output)| {
            let place = Place::new(output, epoch);
            let bucket = Bucket::verify(&bucket, &parameters, epoch, place.bucket()).unwrap();
            bucket
                .find(&place, &parameters, subject, epoch, NOW)
                .unwrap()
        })
        .collect();
    assert_eq!(found, [Some(entry), None, None]);
}
