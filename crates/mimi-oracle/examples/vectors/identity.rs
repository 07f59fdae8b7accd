//! An oracle whose lookup key is the identity: its secret is zero, so that everybody knows every output.
//!
//! Pin, signature and proof verify: only the two checks of RFC 9497 for the identity stand between it and a client.

use mimi_oracle::Parameters;
use mimi_oracle::lookup::{EvaluationRequest, EvaluationResponse};
use ring::digest::{SHA512, digest};
use serde_json::{Value, json};
use voprf::{CipherSuite, Group, Ristretto255};

use crate::evaluations::blind;
use crate::{Failure, Oracle, hex, subject};

type Hash = <Ristretto255 as CipherSuite>::Hash;

const CONTEXT: &[u8] = b"OPRFV1-\x01-ristretto255-SHA512";
const IDENTITY: [u8; 32] = [0; 32];

pub(crate) fn vector(oracle: &Oracle) -> Result<Value, Failure> {
    let mut parameters: Parameters = oracle.parameters.clone();
    let epoch = oracle.epoch()?;
    let key = parameters.keys.lookup.get_mut(usize::from(epoch.key));
    *key.ok_or("no such key")? = IDENTITY;
    let subject = subject("alice@example.com")?;
    let (blind, element) = blind(subject.as_bytes())?;
    let request = EvaluationRequest {
        epoch: epoch.number,
        elements: vec![element],
    };
    let response = EvaluationResponse {
        elements: vec![IDENTITY],
        proof: proof(&element)?,
    };
    Ok(json!({
        "document": String::from_utf8(parameters.to_json(&oracle.signing))?,
        "pin": parameters.keys.pin().to_string(),
        "subjects": [subject.as_str()],
        "blinds": [hex(&blind)],
        "request": hex(&request.encode()),
        "response": hex(&response.encode()),
    }))
}

/// The proof that one element was evaluated with zero (GenerateProof, RFC 9497 §2.2.1).
fn proof(element: &[u8; 32]) -> Result<[u8; 64], Failure> {
    let failed = |error: voprf::Error| error.to_string();
    let seed = [&framed(&IDENTITY)?, &framed(&[b"Seed-", CONTEXT].concat())?];
    let seed = digest(&SHA512, &seed.map(Vec::as_slice).concat());
    let mut transcript = framed(seed.as_ref())?;
    transcript.extend([0, 0]);
    transcript.extend(framed(element)?);
    transcript.extend(framed(&IDENTITY)?);
    transcript.extend(b"Composite");
    let weight = hash_to_scalar(&transcript)?;
    let element = <Ristretto255 as Group>::deserialize_elem(element).map_err(failed)?;
    let m = element * weight;
    // The key is zero, so the scalar s of the proof is the random scalar itself.
    let random = Ristretto255::random_scalar(&mut rand_core::OsRng);
    let mut transcript = Vec::new();
    for element in [
        Ristretto255::identity_elem(),
        m,
        Ristretto255::identity_elem(),
        Ristretto255::base_elem() * random,
        m * random,
    ] {
        transcript.extend(framed(&Ristretto255::serialize_elem(element))?);
    }
    transcript.extend(b"Challenge");
    let challenge = hash_to_scalar(&transcript)?;
    let [c, s]: [[u8; 32]; 2] =
        [challenge, random].map(|one| Ristretto255::serialize_scalar(one).into());
    Ok([c, s].as_flattened().try_into()?)
}

fn hash_to_scalar(transcript: &[u8]) -> Result<<Ristretto255 as Group>::Scalar, Failure> {
    Ristretto255::hash_to_scalar::<Hash>(&[transcript], &[b"HashToScalar-", CONTEXT])
        .map_err(|error| format!("{error:?}").into())
}

/// Octets after their length.
fn framed(octets: &[u8]) -> Result<Vec<u8>, Failure> {
    let length = u16::try_from(octets.len())?.to_be_bytes();
    Ok([&length, octets].concat())
}
