//! Places in other epochs than the one that a client takes: another key and salt, and the least and the greatest number of buckets.

use mimi_oracle::{Epoch, Place};
use serde_json::{Value, json};

use crate::{Failure, Oracle, hex, subject};

pub(crate) fn all(oracle: &Oracle) -> Result<Vec<Value>, Failure> {
    let [before, last] = oracle.parameters.epochs.as_slice() else {
        return Err("two epochs".into());
    };
    let with = |buckets| Epoch {
        buckets,
        ..last.clone()
    };
    let subject = subject("alice@example.com")?;
    let mut places = Vec::new();
    for epoch in [before.clone(), with(1), with(1 << 24)] {
        let output = oracle.key(&epoch)?.evaluate(&subject).ok_or("no output")?;
        let place = Place::new(&output, &epoch);
        places.push(json!({
            "epoch": {"number": epoch.number, "key": epoch.key, "salt": hex(&epoch.salt), "buckets": epoch.buckets},
            "subject": subject.as_str(),
            "output": hex(output.as_bytes()),
            "bucket": place.bucket(),
            "tags": (0..8).map(|part| hex(&place.tag(part))).collect::<Vec<_>>(),
            "keys": (0..8).map(|part| hex(&place.key(part))).collect::<Vec<_>>(),
        }));
    }
    Ok(places)
}
