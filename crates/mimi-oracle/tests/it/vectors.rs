//! The vectors of `testdata/oracle`, which a second implementation can run as well.

use std::fs;

use data_encoding::HEXLOWER;
use mimi_id::Identifier;
use mimi_oracle::limits::BUCKET_OCTETS;
use mimi_oracle::lookup::{EvaluationRequest, EvaluationResponse, LookupKey};
use mimi_oracle::{
    Bucket, BucketError, Entry, EntryError, Parameters, Pin, Place, SigningKey, Subject,
};
use serde_json::Value;

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

fn hex(value: &Value) -> Vec<u8> {
    HEXLOWER.decode(text(value).as_bytes()).unwrap()
}

fn array<const N: usize>(value: &Value) -> [u8; N] {
    hex(value).try_into().unwrap()
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

fn parameters(vectors: &Value) -> Parameters {
    let pin: Pin = text(&vectors["pin"]).parse().unwrap();
    Parameters::from_json(text(&vectors["parameters"]).as_bytes(), &pin).unwrap()
}

#[test]
fn keys_pin_and_parameters() {
    let vectors = vectors();
    let signing = SigningKey::from_seed(&array(&vectors["signing_seed"])).unwrap();
    assert_eq!(signing.public(), array(&vectors["signing_key"]));
    let public: Vec<[u8; 32]> = keys(&vectors).iter().map(LookupKey::public).collect();
    let expected: Vec<[u8; 32]> = list(&vectors["lookup_keys"]).iter().map(array).collect();
    assert_eq!(public, expected);

    let parameters = parameters(&vectors);
    assert_eq!(parameters.keys.signing, signing.public());
    assert_eq!(parameters.keys.lookup, public);
    let epoch = parameters
        .epoch_at(vectors["now"].as_u64().unwrap())
        .unwrap();
    assert_eq!(Some(epoch.number), vectors["epoch"].as_u64());
    // Ed25519 is deterministic, and so is what is written.
    assert_eq!(
        parameters.to_json(&signing),
        text(&vectors["parameters"]).as_bytes()
    );

    let refused = list(&vectors["refused_parameters"]);
    assert_eq!(refused.len(), 3);
    for one in refused {
        let read = Parameters::from_json(text(&one["document"]).as_bytes(), &parameters.keys.pin());
        assert!(read.is_err(), "{}", one["name"]);
    }
}

#[test]
fn outputs_places_and_entries() {
    let vectors = vectors();
    let parameters = parameters(&vectors);
    let now = vectors["now"].as_u64().unwrap();
    let epoch = parameters.epoch_at(now).unwrap();
    let key = &keys(&vectors)[usize::from(epoch.key)];
    let signing = SigningKey::from_seed(&array(&vectors["signing_seed"])).unwrap();
    let buckets = fs::read(path("buckets.bin")).unwrap();
    assert_eq!(buckets.len(), epoch.buckets as usize * BUCKET_OCTETS);

    let mut seen = Vec::new();
    for person in list(&vectors["subjects"]) {
        let identifier = text(&person["identifier"]);
        let subject = Subject::new(&Identifier::parse(identifier).unwrap()).unwrap();
        assert_eq!(subject.as_str(), text(&person["subject"]));
        let output = key.evaluate(&subject).unwrap();
        assert_eq!(output.as_bytes(), &array(&person["output"]));
        let place = Place::new(&output, epoch);
        assert_eq!(Some(u64::from(place.bucket())), person["bucket"].as_u64());
        for part in [0, 1] {
            assert_eq!(place.tag(part), array(&person["tags"][usize::from(part)]));
            assert_eq!(place.key(part), array(&person["keys"][usize::from(part)]));
        }

        let strings = list(&person["definition_strings"]).iter();
        let expires = person["expires"].as_u64().unwrap();
        let entry = Entry {
            definition_strings: strings.map(|one| text(one).as_bytes().to_vec()).collect(),
            expires,
        };
        let start = place.bucket() as usize * BUCKET_OCTETS;
        let octets = &buckets[start..start + BUCKET_OCTETS];
        let bucket = Bucket::verify(octets, &parameters, epoch, place.bucket()).unwrap();
        let found = bucket.find(&place, &parameters, &subject, epoch, now);
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

/// The blinds are for other implementations: ours never shows them. The rest is checked from both sides.
#[test]
fn evaluation() {
    let vectors = vectors();
    let parameters = parameters(&vectors);
    let epoch = parameters
        .epoch_at(vectors["now"].as_u64().unwrap())
        .unwrap();
    let key = &keys(&vectors)[usize::from(epoch.key)];
    let evaluation = &vectors["evaluation"];
    let request = EvaluationRequest::decode(&hex(&evaluation["request"])).unwrap();
    assert_eq!(request.epoch, epoch.number);
    let response = EvaluationResponse::decode(&hex(&evaluation["response"])).unwrap();
    assert_eq!(
        key.evaluate_blinded(&request).unwrap().elements,
        response.elements
    );

    let subjects: Vec<&str> = list(&evaluation["subjects"]).iter().map(text).collect();
    let blinds: Vec<[u8; 32]> = list(&evaluation["blinds"]).iter().map(array).collect();
    let outputs: Vec<[u8; 64]> = list(&evaluation["outputs"]).iter().map(array).collect();
    let public_key = parameters.lookup_key(epoch).unwrap();
    let finalize = |response: &EvaluationResponse| {
        finalize(&subjects, &blinds, &request, response, public_key)
    };
    assert_eq!(finalize(&response).unwrap(), outputs);
    let refused = list(&evaluation["refused"]);
    assert_eq!(refused.len(), 9);
    for one in refused {
        let taken = EvaluationResponse::decode(&hex(&one["response"]))
            .is_ok_and(|response| finalize(&response).is_some());
        assert!(!taken, "{}", one["name"]);
    }
}

/// What a client with these blinds makes of a response.
fn finalize(
    subjects: &[&str],
    blinds: &[[u8; 32]],
    request: &EvaluationRequest,
    response: &EvaluationResponse,
    public_key: &[u8; 32],
) -> Option<Vec<[u8; 64]>> {
    use voprf::{EvaluationElement, Group, Proof, Ristretto255, VoprfClient};

    let clients: Vec<_> = blinds
        .iter()
        .zip(&request.elements)
        .map(|(blind, element)| {
            VoprfClient::<Ristretto255>::deserialize(&[*blind, *element].concat()).unwrap()
        })
        .collect();
    let elements: Result<Vec<_>, _> = response
        .elements
        .iter()
        .map(|one| EvaluationElement::deserialize(one))
        .collect();
    let proof = Proof::deserialize(&response.proof).ok()?;
    let public_key = <Ristretto255 as Group>::deserialize_elem(public_key).ok()?;
    let subjects: Vec<&[u8]> = subjects.iter().map(|one| one.as_bytes()).collect();
    let elements = elements.ok()?;
    let outputs =
        VoprfClient::batch_finalize(&subjects, &clients, &elements, &proof, public_key).ok()?;
    outputs.map(|output| output.ok().map(Into::into)).collect()
}
