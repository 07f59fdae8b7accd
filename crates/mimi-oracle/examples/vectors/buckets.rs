//! Small changes of the buckets, and whether a client still takes them.

use mimi_oracle::Epoch;
use ring::digest::{SHA512, digest};
use serde_json::{Value, json};

use crate::{Failure, Oracle, hex, plus_order};

/// Octets of a bucket, and of a slot.
pub(crate) const OCTETS: usize = 65_600;
const SLOT: usize = 512;

pub(crate) fn all(oracle: &Oracle, stored: &[[u8; OCTETS]]) -> Result<Vec<Value>, Failure> {
    let epoch = oracle.epoch()?;
    let before = oracle.parameters.epochs.first().ok_or("no epoch")?;
    let good = stored.first().ok_or("no bucket")?;
    let (signature, slots) = good.split_at(64);
    let case = |name: &str, taken: bool, members: Value| {
        let mut case = json!({"name": name, "bucket": 0, "taken": taken});
        if let (Value::Object(case), Value::Object(members)) = (&mut case, members) {
            case.extend(members);
        }
        case
    };
    let change = |at: usize, octets: &[u8]| json!({"at": at, "octets": hex(octets)});
    let flipped = |at: usize| {
        let octet = good.get(at).map(|octet| octet ^ 1);
        json!({"changes": [{"at": at, "octets": hex(&octet.into_iter().collect::<Vec<u8>>())}]})
    };
    let sign = |key: &mimi_oracle::SigningKey, index: u32, slots: &[u8]| {
        key.sign(&signed_octets(epoch, index, slots))
    };
    let other_epoch =
        |number: u64, salt: &[u8]| json!({"epoch": {"number": number, "salt": hex(salt)}});
    let mut plus = signature.to_vec();
    plus_order(plus.get_mut(32..).unwrap_or_default());

    // The first two slots in each other's place, signed.
    let mut other_order = slots.to_vec();
    other_order
        .get_mut(..2 * SLOT)
        .unwrap_or_default()
        .rotate_left(SLOT);
    let swapped = other_order.get(..2 * SLOT).unwrap_or_default();
    Ok(vec![
        case("as-it-is", true, json!({})),
        case(
            "slots-in-another-order",
            true,
            json!({"changes": [change(0, &sign(&oracle.signing, 0, &other_order)), change(64, swapped)]}),
        ),
        case("one-bit-of-the-signature", false, flipped(0)),
        case("one-bit-of-the-first-slot", false, flipped(64)),
        case("one-bit-of-the-last-slot", false, flipped(OCTETS - 1)),
        case(
            "signed-by-another-key",
            false,
            json!({"changes": [change(0, &sign(&oracle.other, 0, slots))]}),
        ),
        case(
            "signature-with-s-plus-l",
            false,
            json!({"changes": [change(0, &plus)]}),
        ),
        case(
            "slots-in-another-order-with-the-old-signature",
            false,
            json!({"changes": [change(64, swapped)]}),
        ),
        case("at-another-index", false, json!({"index": 1})),
        case(
            "of-another-epoch",
            false,
            other_epoch(before.number, &before.salt),
        ),
        case(
            "of-an-epoch-with-another-number",
            false,
            other_epoch(epoch.number + 1, &epoch.salt),
        ),
        case(
            "of-an-epoch-with-another-salt",
            false,
            other_epoch(epoch.number, &before.salt),
        ),
        case("one-octet-short", false, json!({"length": OCTETS - 1})),
        case("one-octet-long", false, json!({"length": OCTETS + 1})),
        case("one-slot-short", false, json!({"length": OCTETS - SLOT})),
        case("empty", false, json!({"length": 0})),
    ])
}

fn signed_octets(epoch: &Epoch, index: u32, slots: &[u8]) -> Vec<u8> {
    let mut octets = b"mimi-oracle/1 bucket\0".to_vec();
    octets.extend(epoch.number.to_be_bytes());
    octets.extend(epoch.salt);
    octets.extend(index.to_be_bytes());
    octets.extend(digest(&SHA512, slots).as_ref());
    octets
}
