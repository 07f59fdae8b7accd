//! Batches from their blinds to their outputs. The blinds are for other implementations: ours never shows them.

use mimi_oracle::Parameters;
use mimi_oracle::lookup::{Blinding, BlindingError, EvaluationRequest, EvaluationResponse};
use serde_json::Value;
use voprf::{EvaluationElement, Group, Proof, Ristretto255, VoprfClient};

use super::{arrays, epoch_now, hex, keys, list, text, trusted, vectors};
use crate::world::subject;

#[test]
fn evaluations() {
    let vectors = vectors();
    let (parameters, epoch) = (trusted(&vectors), epoch_now(&vectors));
    let key = &keys(&vectors)[usize::from(epoch.key)];
    let public_key = parameters.lookup_key(&epoch).unwrap();
    let mut refused = Vec::new();
    for evaluation in list(&vectors["evaluations"]) {
        let request = EvaluationRequest::decode(&hex(&evaluation["request"])).unwrap();
        assert_eq!(request.epoch, epoch.number);
        let response = EvaluationResponse::decode(&hex(&evaluation["response"])).unwrap();
        assert_eq!(
            key.evaluate_blinded(&request).unwrap().elements,
            response.elements
        );
        let outputs = finalize(evaluation, &request, &response, public_key);
        assert_eq!(outputs, Some(arrays(&evaluation["outputs"])));
        for one in list(&evaluation["refused"]) {
            let taken = EvaluationResponse::decode(&hex(&one["response"])).is_ok_and(|response| {
                finalize(evaluation, &request, &response, public_key).is_some()
            });
            assert!(!taken, "{}", one["name"]);
        }
        refused.push(list(&evaluation["refused"]).len());
    }
    assert_eq!(refused, [14, 13]);
}

/// The signature is good, and so is the proof: a client has to look at the key itself.
#[test]
fn a_lookup_key_that_is_the_identity() {
    let vectors = vectors();
    let vector = &vectors["identity_lookup_key"];
    let pin = text(&vector["pin"]).parse().unwrap();
    let parameters = Parameters::from_json(text(&vector["document"]).as_bytes(), &pin).unwrap();
    let epoch = epoch_now(&vectors);
    let key = parameters.lookup_key(&epoch).unwrap();
    assert_eq!(key, &[0; 32]);
    let response = EvaluationResponse::decode(&hex(&vector["response"])).unwrap();
    let subjects = [subject("alice@example.com")];
    let blinding = Blinding::new(&subjects).unwrap();
    assert_eq!(
        blinding.finalize(&response, key),
        Err(BlindingError::PublicKey)
    );
}

/// What a client with these blinds makes of a response.
fn finalize(
    evaluation: &Value,
    request: &EvaluationRequest,
    response: &EvaluationResponse,
    public_key: &[u8; 32],
) -> Option<Vec<[u8; 64]>> {
    let subjects = list(&evaluation["subjects"]).iter();
    let subjects: Vec<&[u8]> = subjects.map(|one| text(one).as_bytes()).collect();
    let blinds: Vec<[u8; 32]> = arrays(&evaluation["blinds"]);
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
    let elements = elements.ok()?;
    let outputs =
        VoprfClient::batch_finalize(&subjects, &clients, &elements, &proof, public_key).ok()?;
    outputs.map(|output| output.ok().map(Into::into)).collect()
}
