//! Writes the vectors of `testdata/oracle`: `cargo run -p mimi-oracle --example vectors -- testdata/oracle`.
//!
//! Blinds, proofs and noise are random, so every run gives others; the tests check whatever is there.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use data_encoding::HEXLOWER;
use mimi_id::Identifier;
use mimi_oracle::lookup::{EvaluationRequest, LookupKey, LookupOutput};
use mimi_oracle::{
    BucketBuilder, Entry, Epoch, Parameters, Place, PublicKeys, Quota, SigningKey, Subject,
};
use serde_json::{Value, json};
use voprf::{Ristretto255, VoprfClient};

type Failure = Box<dyn Error>;

/// When the vectors play, in seconds since 1970.
const NOW: u64 = 1_795_651_300;

/// Who is registered, with what, and until when. The last two are not there when the vectors play: expired, and never registered.
const PEOPLE: [(&str, &[&str], u64); 4] = [
    (
        "alice@example.com",
        &["v=MIMI1; a=alice; e=im.example.org; s=Example"],
        NOW + 3600,
    ),
    (
        "+15551234567",
        &[
            "v=MIMI1; a=15551234567; e=im.example.org; p=1; s=Example",
            "v=MIMI1; a=carol; e=chat.example.net; p=2",
        ],
        NOW + 3600,
    ),
    (
        "expired@example.com",
        &["v=MIMI1; a=expired; e=im.example.org"],
        NOW - 1,
    ),
    ("nobody@example.com", &[], 0),
];

fn main() -> Result<(), Failure> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name the folder")?);
    let refused = "a seed without a key";
    let signing = SigningKey::from_seed(&[0x51; 32]).ok_or(refused)?;
    let other = SigningKey::from_seed(&[0x52; 32]).ok_or(refused)?;
    let seeds: [[u8; 32]; 3] = [[0xa1; 32], [0xa2; 32], [0xa3; 32]];
    let mut keys = Vec::new();
    for seed in &seeds {
        keys.push(LookupKey::from_seed(seed).ok_or(refused)?);
    }
    let parameters = Parameters {
        keys: PublicKeys {
            signing: signing.public(),
            lookup: keys.iter().map(LookupKey::public).collect(),
        },
        epochs: vec![
            Epoch {
                number: NOW - 21_700,
                ends: NOW + 500,
                key: 0,
                salt: [0x0a; 16],
                buckets: 3,
            },
            Epoch {
                number: NOW - 100,
                ends: NOW + 22_100,
                key: 1,
                salt: [0x0b; 16],
                buckets: 5,
            },
        ],
        quota: Quota {
            burst: 1000,
            per_day: 1000,
        },
    };
    let epoch = parameters.epoch_at(NOW)?;
    let key = keys.get(usize::from(epoch.key)).ok_or("no such key")?;

    let mut subjects = Vec::new();
    // Long enough for three slots, and in the bucket of the first of all people, to be looked up beside them.
    let mut people: Vec<(String, Vec<String>, u64)> = PEOPLE
        .iter()
        .map(|(identifier, strings, expires)| {
            let strings = strings.iter().map(|one| (*one).to_owned()).collect();
            ((*identifier).to_owned(), strings, *expires)
        })
        .collect();
    let long = (0..4).map(|n| format!("v=MIMI1; a={n}{}; e=im.example.org", "x".repeat(240)));
    people.push(("bob@example.com".to_owned(), long.collect(), NOW + 3600));

    let mut buckets: Vec<BucketBuilder> = Vec::new();
    buckets.resize_with(usize::try_from(epoch.buckets)?, BucketBuilder::default);
    for (identifier, strings, expires) in &people {
        let subject = Subject::new(&Identifier::parse(identifier)?).ok_or("a MUI")?;
        let output = key.evaluate(&subject).ok_or("no output")?;
        let place = Place::new(&output, epoch);
        let mut entry_octets = Vec::new();
        if !strings.is_empty() {
            let entry = Entry {
                definition_strings: strings.iter().map(|one| one.clone().into()).collect(),
                expires: *expires,
            };
            entry_octets = entry.sign(&signing, &subject, epoch.number)?;
            let bucket = buckets
                .get_mut(usize::try_from(place.bucket())?)
                .ok_or("no such bucket")?;
            bucket.insert(&place, &entry_octets)?;
        }
        subjects.push(json!({
            "identifier": identifier,
            "subject": subject.as_str(),
            "output": hex(output.as_bytes()),
            "bucket": place.bucket(),
            "tags": [hex(&place.tag(0)), hex(&place.tag(1))],
            "keys": [hex(&place.key(0)), hex(&place.key(1))],
            "definition_strings": strings,
            "expires": expires,
            "entry": hex(&entry_octets),
        }));
    }
    let mut octets = Vec::new();
    for (index, bucket) in (0..).zip(buckets) {
        octets.extend(bucket.finish(&signing, epoch, index));
    }
    fs::write(folder.join("buckets.bin"), octets)?;

    let document = String::from_utf8(parameters.to_json(&signing))?;
    let mut changed = parameters.clone();
    changed.quota.per_day += 1;
    let changed = String::from_utf8(changed.to_json(&other))?;
    let mut swapped = parameters.clone();
    swapped.keys.lookup.swap(1, 2);
    let swapped = String::from_utf8(swapped.to_json(&signing))?;
    let vectors = json!({
        "protocol": "mimi-oracle/1",
        "now": NOW,
        "signing_seed": hex(&[0x51; 32]),
        "signing_key": hex(&signing.public()),
        "lookup_seeds": seeds.map(|seed| hex(&seed)),
        "lookup_keys": keys.iter().map(|key| hex(&key.public())).collect::<Vec<_>>(),
        "pin": parameters.keys.pin().to_string(),
        "parameters": document,
        "refused_parameters": [
            {"name": "signed-by-another-key", "document": changed},
            {"name": "lookup-keys-in-another-order", "document": swapped},
            {"name": "another-protocol", "document": document.replace("oracle/1", "oracle/2")},
        ],
        "epoch": epoch.number,
        "subjects": subjects,
        "evaluation": evaluation(&keys, epoch)?,
    });
    let mut text = serde_json::to_string_pretty(&vectors)?;
    text.push('\n');
    fs::write(folder.join("vectors.json"), text)?;
    Ok(())
}

/// A request of three subjects with its blinds, the response to it, and responses that a client refuses.
fn evaluation(keys: &[LookupKey], epoch: &Epoch) -> Result<Value, Failure> {
    let [_, key, other] = keys else {
        return Err("three keys".into());
    };
    let (mut blinds, mut elements, mut inputs, mut outputs) = (vec![], vec![], vec![], vec![]);
    for identifier in ["alice@example.com", "+15551234567", "nobody@example.com"] {
        let subject = Subject::new(&Identifier::parse(identifier)?).ok_or("a MUI")?;
        let blinded = VoprfClient::<Ristretto255>::blind(subject.as_bytes(), &mut rand_core::OsRng)
            .map_err(|error| error.to_string())?;
        // A client's state is its blind, and the element.
        let state = blinded.state.serialize();
        let (blind, element) = state.split_at(32);
        blinds.push(hex(blind));
        elements.push(<[u8; 32]>::try_from(element)?);
        outputs.push(key.evaluate(&subject).ok_or("no output")?);
        inputs.push(subject.as_str().to_owned());
    }
    let request = EvaluationRequest {
        epoch: epoch.number,
        elements,
    };
    let response = key.evaluate_blinded(&request)?;
    let encoded = response.encode();
    let mut refused = vec![json!({
        "name": "evaluated-with-another-key",
        "response": hex(&other.evaluate_blinded(&request)?.encode()),
    })];
    let mut refuse = |name: &str, response: &[u8]| {
        refused.push(json!({"name": name, "response": hex(response)}));
    };
    let mut swapped = response.clone();
    swapped.elements.swap(0, 1);
    refuse("elements-in-another-order", &swapped.encode());
    let mut identity = response.clone();
    identity.elements.splice(0..1, [[0; 32]]);
    refuse("identity-element", &identity.encode());
    let mut no_element = response.clone();
    no_element.elements.splice(0..1, [[0xff; 32]]);
    refuse("no-canonical-element", &no_element.encode());
    let mut forged = response.clone();
    forged.proof.rotate_left(32);
    refuse("forged-proof", &forged.encode());
    let mut scalar = response.clone();
    scalar.proof = [0xff; 64];
    refuse("no-canonical-scalar", &scalar.encode());
    let mut fewer = response;
    fewer.elements.pop();
    refuse("one-element-fewer", &fewer.encode());
    refuse("cut-short", encoded.split_last().ok_or("empty")?.1);
    refuse("goes-on", &[encoded.as_slice(), &[0]].concat());
    Ok(json!({
        "subjects": inputs,
        "blinds": blinds,
        "request": hex(&request.encode()),
        "response": hex(&encoded),
        "outputs": outputs.iter().map(|one: &LookupOutput| hex(one.as_bytes())).collect::<Vec<_>>(),
        "refused": refused,
    }))
}

fn hex(octets: &[u8]) -> String {
    HEXLOWER.encode(octets)
}
