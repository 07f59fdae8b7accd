//! The vectors of RFC 9497 (appendix A.1.2), through the same code that lookups go through.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;
use voprf::{VoprfClient, VoprfServer};

use super::blinding::Blinding;
use super::evaluation::{EvaluationRequest, EvaluationResponse};
use super::{BlindingError, LookupKey, LookupOutput};
use crate::subject::Subject;

fn hex(value: &Value) -> Vec<u8> {
    data_encoding::HEXLOWER
        .decode(value.as_str().unwrap().as_bytes())
        .unwrap()
}

fn arrays<const N: usize>(value: &Value) -> Vec<[u8; N]> {
    let texts = value.as_array().unwrap();
    texts
        .iter()
        .map(|text| hex(text).try_into().unwrap())
        .collect()
}

#[test]
fn rfc_9497_appendix_a_1_2() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../testdata/oracle/rfc9497.json"
    );
    let document: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let (seed, info) = (hex(&document["seed"]), hex(&document["key_info"]));
    let key = LookupKey(VoprfServer::new_from_seed(&seed, &info).unwrap());
    let of_secret = LookupKey(VoprfServer::new_with_key(&hex(&document["secret_key"])).unwrap());
    let public_key: [u8; 32] = hex(&document["public_key"]).try_into().unwrap();
    assert_eq!((key.public(), of_secret.public()), (public_key, public_key));

    let vectors = document["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 3);
    for vector in vectors {
        let subjects: Vec<Subject> = vector["input"]
            .as_array()
            .unwrap()
            .iter()
            .map(|input| Subject::from_canonical_key(String::from_utf8(hex(input)).unwrap()))
            .collect();
        let blinds = arrays::<32>(&vector["blind"]);
        let blinded_elements = arrays::<32>(&vector["blinded_element"]);
        let outputs = arrays::<64>(&vector["output"]);
        let expected: Vec<LookupOutput> = outputs.into_iter().map(LookupOutput::new).collect();

        // The oracle's side.
        let request = EvaluationRequest {
            epoch: 0,
            elements: blinded_elements.clone(),
        };
        let ours = key.evaluate_blinded(&request).unwrap();
        assert_eq!(ours.elements, arrays::<32>(&vector["evaluation_element"]));
        let evaluated: Vec<_> = subjects
            .iter()
            .map(|one| key.evaluate(one).unwrap())
            .collect();
        assert_eq!(evaluated, expected);

        // The client's side, with the blinds and the proof of the vector, and then with our own proof.
        let clients = blinds
            .iter()
            .zip(&blinded_elements)
            .map(|(blind, element)| {
                VoprfClient::deserialize(&[blind.as_slice(), element].concat()).unwrap()
            });
        let blinding = Blinding {
            subjects: &subjects,
            clients: clients.collect(),
            elements: blinded_elements.clone(),
        };
        let theirs = EvaluationResponse {
            elements: ours.elements.clone(),
            proof: hex(&vector["proof"]).try_into().unwrap(),
        };
        assert_eq!(blinding.finalize(&theirs, &public_key).unwrap(), expected);
        assert_eq!(blinding.finalize(&ours, &public_key).unwrap(), expected);

        // Every octet of the proof counts.
        for index in 0..64 {
            let mut forged = theirs.clone();
            forged.proof[index] ^= 1;
            let refused = blinding.finalize(&forged, &public_key).unwrap_err();
            assert!(
                matches!(refused, BlindingError::Forged | BlindingError::Response(_)),
                "{refused:?}"
            );
        }
    }
}
