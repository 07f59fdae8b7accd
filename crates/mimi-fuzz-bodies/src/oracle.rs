//! *Whatever an oracle says, a client believes only what the pinned keys signed and proved* (mimi-oracle/1 §6 to §9).
//!
//! The first octet says what the others are: parameters, an evaluation response, a bucket, an entry sealed and signed by the oracle itself, or
//! slots that the oracle sealed and signed.

use std::sync::LazyLock;

use mimi_id::Identifier;
use mimi_oracle::limits::{
    BUCKET_OCTETS, MAX_DEFINITION_STRINGS, PART_OCTETS, PROTOCOL, SLOT_OCTETS, SLOTS,
};
use mimi_oracle::lookup::{Blinding, EvaluationRequest, EvaluationResponse, LookupKey};
use mimi_oracle::{
    Bucket, BucketError, Entry, EntryError, Epoch, Parameters, ParametersError, Place, PublicKeys,
    Quota, SigningKey, Subject,
};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use ring::digest;

const NOW: u64 = 1_800_000_000;

/// An oracle that says what the octets say, and whom it is asked about.
struct Oracle {
    signing: SigningKey,
    key: LookupKey,
    parameters: Parameters,
    subjects: [Subject; 1],
    place: Place,
}

static ORACLE: LazyLock<Oracle> = LazyLock::new(|| {
    let signing = SigningKey::from_seed(&[1; 32]).expect("any seed will do");
    let key = LookupKey::from_seed(&[2; 32]).expect("this seed has a key");
    let epoch = Epoch {
        number: NOW,
        ends: NOW + 3600,
        key: 0,
        salt: [3; 16],
        buckets: 1,
    };
    let identifier = Identifier::parse("alice@example.com").expect("an address");
    let subject = Subject::new(&identifier).expect("an address is a subject");
    let output = key.evaluate(&subject).expect("no identity");
    let place = Place::new(&output, &epoch);
    let parameters = Parameters {
        keys: PublicKeys {
            signing: signing.public(),
            lookup: vec![key.public()],
        },
        epochs: vec![epoch],
        quota: Quota {
            burst: 1,
            per_day: 1,
        },
    };
    Oracle {
        signing,
        key,
        parameters,
        subjects: [subject],
        place,
    }
});

/// Reads what an oracle says.
pub fn check(data: &[u8]) {
    let Some((choice, rest)) = data.split_first() else {
        return;
    };
    match choice % 6 {
        0 => parameters(rest),
        1 => response(rest),
        2 => bucket(rest),
        3 => entry(rest),
        4 => slots(rest),
        _ => request(rest),
    }
}

/// Only the oracle's own document is taken, in whatever spelling of JSON.
fn parameters(octets: &[u8]) {
    let oracle = &*ORACLE;
    match Parameters::from_json(octets, &oracle.parameters.keys.pin()) {
        Ok(parameters) => assert_eq!(parameters, oracle.parameters),
        Err(error) => {
            crate::assert_inert(&error.to_string());
            // Whoever is pinned to the keys of this document reads it up to its signature.
            if let ParametersError::WrongPin(pin) = error {
                let again = Parameters::from_json(octets, &pin);
                assert!(!matches!(again, Err(ParametersError::WrongPin(_))));
            }
        }
    }
}

/// An output that is believed is that of the pinned key, with whatever proof.
fn response(octets: &[u8]) {
    let oracle = &*ORACLE;
    let response = match EvaluationResponse::decode(octets) {
        Ok(response) => response,
        Err(error) => return crate::assert_inert(&error.to_string()),
    };
    assert_eq!(response.encode(), octets);
    let blinding = Blinding::new(&oracle.subjects).expect("one subject");
    let public_key = &oracle.parameters.keys.lookup[0];
    // The blind is new every time, so that no octets written before are right.
    let error = blinding
        .finalize(&response, public_key)
        .expect_err("nobody can have proved this");
    crate::assert_inert(&error.to_string());
}

/// Nobody but the oracle makes a bucket.
fn bucket(octets: &[u8]) {
    let oracle = &*ORACLE;
    let mut padded = octets.to_vec();
    if octets.first().is_some_and(|first| first & 1 == 0) {
        padded.resize(BUCKET_OCTETS, 0);
    }
    let epoch = &oracle.parameters.epochs[0];
    let refused = Bucket::verify(&padded, &oracle.parameters, epoch, 0).map(drop);
    let expected = if padded.len() == BUCKET_OCTETS {
        BucketError::Signature
    } else {
        BucketError::Size(padded.len())
    };
    assert_eq!(refused, Err(expected));
}

/// The octets are an entry that the oracle signs: it comes out as it was written, or not at all.
fn entry(content: &[u8]) {
    let oracle = &*ORACLE;
    let epoch = &oracle.parameters.epochs[0];
    let [subject] = &oracle.subjects;
    let mut message = PROTOCOL.as_bytes().to_vec();
    message.extend(b" entry\0");
    message.extend(epoch.number.to_be_bytes());
    message.extend(subject.as_bytes());
    message.push(0);
    message.extend(content);
    let octets = [content, &oracle.signing.sign(&message)].concat();
    match Entry::verify(
        &octets,
        &oracle.signing.public(),
        subject,
        epoch.number,
        NOW,
    ) {
        Ok(entry) => {
            assert!(entry.expires > NOW);
            assert!((1..=MAX_DEFINITION_STRINGS).contains(&entry.definition_strings.len()));
            if let Ok(written) = entry.sign(&oracle.signing, subject, epoch.number) {
                assert_eq!(written, octets);
            }
        }
        Err(error) => {
            assert_ne!(error, EntryError::Signature);
            crate::assert_inert(&error.to_string());
        }
    }
}

/// The octets are the parts of an entry as the oracle seals them, their length included, in a bucket that it signs.
fn slots(octets: &[u8]) {
    let oracle = &*ORACLE;
    let epoch = &oracle.parameters.epochs[0];
    let [subject] = &oracle.subjects;
    let mut slots: Vec<u8> = (0..)
        .zip(octets.chunks(PART_OCTETS).take(SLOTS))
        .flat_map(|(part, chunk)| seal(&oracle.place, part, chunk))
        .collect();
    slots.resize(SLOTS * SLOT_OCTETS, 0);
    let mut message = PROTOCOL.as_bytes().to_vec();
    message.extend(b" bucket\0");
    message.extend(epoch.number.to_be_bytes());
    message.extend(epoch.salt);
    message.extend(0u32.to_be_bytes());
    message.extend(digest::digest(&digest::SHA512, &slots).as_ref());
    let mut bucket = oracle.signing.sign(&message).to_vec();
    bucket.extend(slots);
    let bucket =
        Bucket::verify(&bucket, &oracle.parameters, epoch, 0).expect("the oracle signed it");
    match bucket.find(&oracle.place, &oracle.parameters, subject, epoch, NOW) {
        Ok(found) => assert_eq!(found, None, "nobody signed this entry"),
        Err(error) => crate::assert_inert(&error.to_string()),
    }
}

fn seal(place: &Place, part: u8, chunk: &[u8]) -> Vec<u8> {
    let key = UnboundKey::new(&CHACHA20_POLY1305, &place.key(part)).expect("32 octets");
    let mut sealed = chunk.to_vec();
    sealed.resize(PART_OCTETS, 0);
    let tag = place.tag(part);
    let nonce = Nonce::assume_unique_for_key([0; 12]);
    LessSafeKey::new(key)
        .seal_in_place_append_tag(nonce, Aad::from(tag), &mut sealed)
        .expect("480 octets are few");
    [tag.as_slice(), &sealed].concat()
}

/// What an oracle reads: every element that it evaluates is evaluated rightly.
fn request(octets: &[u8]) {
    let oracle = &*ORACLE;
    let request = match EvaluationRequest::decode(octets) {
        Ok(request) => request,
        Err(error) => return crate::assert_inert(&error.to_string()),
    };
    assert_eq!(request.encode(), octets);
    match oracle.key.evaluate_blinded(&request) {
        Ok(response) => assert_eq!(response.elements.len(), request.elements.len()),
        Err(error) => crate::assert_inert(&error.to_string()),
    }
}
