//! Writes the vectors of `testdata/oracle`: `cargo run -p mimi-oracle --example vectors -- testdata/oracle`.
//!
//! Blinds, proofs and noise are random, so every run gives others; the tests check whatever is there.

mod buckets;
mod entries;
mod evaluations;
mod identity;
mod parameters;
mod places;

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use data_encoding::HEXLOWER;
use mimi_id::Identifier;
use mimi_oracle::lookup::LookupKey;
use mimi_oracle::{
    BucketBuilder, Entry, Epoch, Parameters, Place, PublicKeys, Quota, SigningKey, Subject,
};
use serde_json::{Value, json};

type Failure = Box<dyn Error>;

/// When the vectors play, in seconds since 1970.
const NOW: u64 = 1_795_651_300;

/// The seeds of the signing key and of the lookup keys.
const SIGNING: [u8; 32] = [0x51; 32];
const LOOKUP: [[u8; 32]; 3] = [[0xa1; 32], [0xa2; 32], [0xa3; 32]];

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

/// Spellings, and whether they are those of a subject.
const SPELLINGS: [&str; 13] = [
    "alice@example.com",
    "Alice@Example.COM",
    "\"alice\"@example.com",
    "BU\u{308}CHER@example.com",
    "bücher@BÜCHER.example",
    "alice@xn--bcher-kva.example",
    "mailto:Alice@example.com",
    "\"a b\"@example.com",
    "+15551234567",
    "+1 (555) 123-4567",
    "tel:+1-555-123-4567",
    "mymimi.example.com",
    "mimi:mymimi.example.com",
];

/// The oracle of the vectors.
struct Oracle {
    signing: SigningKey,
    /// Another oracle's.
    other: SigningKey,
    keys: Vec<LookupKey>,
    parameters: Parameters,
}

impl Oracle {
    fn new() -> Result<Self, Failure> {
        let refused = "a seed without a key";
        let signing = SigningKey::from_seed(&SIGNING).ok_or(refused)?;
        let keys: Option<Vec<_>> = LOOKUP.iter().map(LookupKey::from_seed).collect();
        let keys = keys.ok_or(refused)?;
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
        Ok(Self {
            signing,
            other: SigningKey::from_seed(&[0x52; 32]).ok_or(refused)?,
            keys,
            parameters,
        })
    }

    /// The epoch that a client takes.
    fn epoch(&self) -> Result<&Epoch, Failure> {
        Ok(self.parameters.epoch_at(NOW)?)
    }

    fn key(&self, epoch: &Epoch) -> Result<&LookupKey, Failure> {
        let key = self.keys.get(usize::from(epoch.key));
        Ok(key.ok_or("no such key")?)
    }

    fn place(&self, subject: &Subject, epoch: &Epoch) -> Result<Place, Failure> {
        let output = self.key(epoch)?.evaluate(subject).ok_or("no output")?;
        Ok(Place::new(&output, epoch))
    }
}

fn main() -> Result<(), Failure> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name the folder")?);
    let oracle = Oracle::new()?;
    let (subjects, stored) = registered(&oracle)?;
    let vectors = json!({
        "protocol": "mimi-oracle/1",
        "now": NOW,
        "signing_seed": hex(&SIGNING),
        "signing_key": hex(&oracle.signing.public()),
        "lookup_seeds": LOOKUP.map(|seed| hex(&seed)),
        "lookup_keys": oracle.keys.iter().map(|key| hex(&key.public())).collect::<Vec<_>>(),
        "pin": oracle.parameters.keys.pin().to_string(),
        "parameters": parameters::good(&oracle)?,
        "epochs_at": parameters::choices(&oracle.parameters),
        "accepted_parameters": parameters::accepted(&oracle)?,
        "refused_parameters": parameters::refused(&oracle)?,
        "epoch": oracle.epoch()?.number,
        "identifiers": spellings()?,
        "subjects": subjects,
        "places": places::all(&oracle)?,
        "evaluations": evaluations::all(&oracle)?,
        "identity_lookup_key": identity::vector(&oracle)?,
        "buckets": buckets::all(&oracle, &stored)?,
        "entries": entries::all(&oracle)?,
    });
    fs::write(folder.join("buckets.bin"), stored.as_flattened())?;
    let mut text = serde_json::to_string_pretty(&vectors)?;
    text.push('\n');
    fs::write(folder.join("vectors.json"), text)?;
    Ok(())
}

/// From identifiers to entries, and the buckets in which these are.
fn registered(oracle: &Oracle) -> Result<(Vec<Value>, Vec<[u8; buckets::OCTETS]>), Failure> {
    let epoch = oracle.epoch()?;
    let mut people: Vec<(String, Vec<String>, u64)> = PEOPLE
        .iter()
        .map(|(identifier, strings, expires)| {
            let strings = strings.iter().map(|one| (*one).to_owned()).collect();
            ((*identifier).to_owned(), strings, *expires)
        })
        .collect();
    // Long enough for three slots, and in the bucket of the first of all people, to be looked up beside them.
    let long = (0..4).map(|n| format!("v=MIMI1; a={n}{}; e=im.example.org", "x".repeat(240)));
    people.push(("bob@example.com".to_owned(), long.collect(), NOW + 3600));

    let mut subjects = Vec::new();
    let mut filled: Vec<BucketBuilder> = Vec::new();
    filled.resize_with(usize::try_from(epoch.buckets)?, BucketBuilder::default);
    for (identifier, strings, expires) in &people {
        let subject = subject(identifier)?;
        let output = oracle.key(epoch)?.evaluate(&subject).ok_or("no output")?;
        let place = Place::new(&output, epoch);
        let mut entry_octets = Vec::new();
        if !strings.is_empty() {
            let entry = Entry {
                definition_strings: strings.iter().map(|one| one.clone().into()).collect(),
                expires: *expires,
            };
            entry_octets = entry.sign(&oracle.signing, &subject, epoch.number)?;
            let bucket = filled.get_mut(usize::try_from(place.bucket())?);
            let bucket = bucket.ok_or("no such bucket")?;
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
    let mut stored = Vec::new();
    for (index, bucket) in (0..).zip(filled) {
        let octets = bucket.finish(&oracle.signing, epoch, index);
        stored.push(octets.try_into().map_err(|_| "a bucket of another size")?);
    }
    Ok((subjects, stored))
}

/// Identifiers as people write them, and what is looked up for them; null for a MUI.
fn spellings() -> Result<Vec<Value>, Failure> {
    let mut all = Vec::new();
    for identifier in SPELLINGS {
        let subject = Subject::new(&Identifier::parse(identifier)?);
        let subject = subject.as_ref().map(Subject::as_str);
        all.push(json!({"identifier": identifier, "subject": subject}));
    }
    Ok(all)
}

fn subject(identifier: &str) -> Result<Subject, Failure> {
    let subject = Subject::new(&Identifier::parse(identifier)?);
    Ok(subject.ok_or("a MUI")?)
}

/// The same scalar (32 octets, little-endian) modulo the order of the group, in a spelling that is not the canonical one.
fn plus_order(scalar: &mut [u8]) {
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut carry = false;
    for (octet, of_order) in scalar.iter_mut().zip(ORDER) {
        let (sum, first) = octet.overflowing_add(of_order);
        let (sum, second) = sum.overflowing_add(u8::from(carry));
        *octet = sum;
        carry = first || second;
    }
}

fn hex(octets: &[u8]) -> String {
    HEXLOWER.encode(octets)
}
