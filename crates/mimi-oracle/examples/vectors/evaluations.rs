//! Requests for evaluation with their blinds, the responses, and responses that a client refuses.

use mimi_oracle::lookup::{EvaluationRequest, EvaluationResponse, LookupOutput};
use serde_json::{Value, json};
use voprf::{Ristretto255, VoprfClient};

use crate::{Failure, Oracle, hex, plus_order, subject};

/// A batch of three, and one of one, as almost every lookup is.
pub(crate) fn all(oracle: &Oracle) -> Result<[Value; 2], Failure> {
    let three = ["alice@example.com", "+15551234567", "nobody@example.com"];
    Ok([
        evaluation(oracle, &three)?,
        evaluation(oracle, &["alice@example.com"])?,
    ])
}

fn evaluation(oracle: &Oracle, identifiers: &[&str]) -> Result<Value, Failure> {
    let epoch = oracle.epoch()?;
    let key = oracle.key(epoch)?;
    let other = oracle.keys.last().ok_or("no keys")?;
    let (mut blinds, mut elements, mut inputs, mut outputs) = (vec![], vec![], vec![], vec![]);
    for identifier in identifiers {
        let subject = subject(identifier)?;
        let (blind, element) = blind(subject.as_bytes())?;
        blinds.push(hex(&blind));
        elements.push(element);
        outputs.push(key.evaluate(&subject).ok_or("no output")?);
        inputs.push(subject.as_str().to_owned());
    }
    let request = EvaluationRequest {
        epoch: epoch.number,
        elements,
    };
    let response = key.evaluate_blinded(&request)?;
    let others = other.evaluate_blinded(&request)?;
    Ok(json!({
        "subjects": inputs,
        "blinds": blinds,
        "request": hex(&request.encode()),
        "response": hex(&response.encode()),
        "outputs": outputs.iter().map(|one: &LookupOutput| hex(one.as_bytes())).collect::<Vec<_>>(),
        "refused": refused(&response, &others),
    }))
}

/// A blind and the element that it makes of an input.
pub(crate) fn blind(input: &[u8]) -> Result<([u8; 32], [u8; 32]), Failure> {
    let blinded = VoprfClient::<Ristretto255>::blind(input, &mut rand_core::OsRng)
        .map_err(|error| error.to_string())?;
    // A client's state is its blind, and the element.
    let state = blinded.state.serialize();
    let (blind, element) = state.split_at(32);
    Ok((blind.try_into()?, element.try_into()?))
}

fn refused(response: &EvaluationResponse, others: &EvaluationResponse) -> Vec<Value> {
    let mut refused = Vec::new();
    let mut refuse = |name: &str, response: &[u8]| {
        refused.push(json!({"name": name, "response": hex(response)}));
    };
    let changed = |change: &dyn Fn(&mut EvaluationResponse)| {
        let mut changed = response.clone();
        change(&mut changed);
        changed.encode()
    };
    refuse("evaluated-with-another-key", &others.encode());
    if response.elements.len() > 1 {
        let swapped = changed(&|one| one.elements.swap(0, 1));
        refuse("elements-in-another-order", &swapped);
    }
    for (name, element) in [
        ("identity-element", [0; 32]),
        ("no-canonical-element", [0xff; 32]),
    ] {
        let response = changed(&|one| {
            one.elements.splice(0..1, [element]);
        });
        refuse(name, &response);
    }
    let of_another_key = changed(&|one| one.proof = others.proof);
    refuse("proof-of-another-key", &of_another_key);
    let scalars_swapped = changed(&|one| one.proof.rotate_left(32));
    refuse("forged-proof", &scalars_swapped);
    refuse(
        "no-canonical-scalar",
        &changed(&|one| one.proof = [0xff; 64]),
    );
    let c = changed(&|one| plus_order(one.proof.split_at_mut(32).0));
    refuse("c-plus-l", &c);
    let s = changed(&|one| plus_order(one.proof.split_at_mut(32).1));
    refuse("s-plus-l", &s);
    let fewer = changed(&|one| one.elements.truncate(one.elements.len() - 1));
    refuse("one-element-fewer", &fewer);
    let more = changed(&|one| one.elements.extend_from_within(..1));
    refuse("one-element-more", &more);
    let mut octets = response.encode();
    octets.push(0);
    refuse("goes-on", &octets);
    octets.truncate(octets.len() - 2);
    refuse("cut-short", &octets);
    refuse("empty", &[]);
    refused
}
