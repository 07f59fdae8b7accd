//! testdata/rr/rdata.json, against our readers and against the `domain` crate as an independent decoder.

use domain::base::iana::Rtype;
use domain::base::name::Name;
use domain::base::wire::ParseError;
use domain::rdata::Txt;
use mimi_rr::{Mimi, Mimix, rfc3597};
use serde_json::Value;

fn cases(of_type: &str) -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/rr/rdata.json");
    let text = std::fs::read_to_string(path).unwrap();
    let Value::Array(cases) = serde_json::from_str(&text).unwrap() else {
        panic!("expected an array");
    };
    let cases: Vec<Value> = cases
        .into_iter()
        .filter(|case| case["type"] == of_type)
        .collect();
    assert!(cases.len() >= 20, "found only {} cases", cases.len());
    cases
}

fn rdata(case: &Value) -> Vec<u8> {
    let hex = case["hex"].as_str().unwrap();
    rfc3597::from_text(format!("\\# {} {hex}", hex.len() / 2).as_bytes()).unwrap()
}

fn escaped(octets: &[u8]) -> String {
    octets
        .iter()
        .map(|&octet| match octet {
            b'\\' => "\\\\".to_owned(),
            b' '..=b'~' => char::from(octet).to_string(),
            _ => format!("\\{octet:03}"),
        })
        .collect()
}

#[test]
fn every_mimi_case_has_the_outcome_it_lists() {
    for case in cases("MIMI") {
        let found = Mimi::from_rdata(&rdata(&case));
        match case["outcome"].as_str().unwrap() {
            "record" => {
                let mimi = found.unwrap();
                let strings: Vec<Value> = mimi.strings().map(|s| escaped(s).into()).collect();
                assert_eq!(case["strings"], Value::Array(strings), "{}", case["id"]);
                assert_eq!(mimi.to_rdata(), rdata(&case), "{}", case["id"]);
            }
            _ => assert_eq!(case["error"], found.unwrap_err().code(), "{}", case["id"]),
        }
    }
}

#[test]
fn every_mimix_case_has_the_outcome_it_lists() {
    for case in cases("MIMIX") {
        let found = Mimix::from_rdata(&rdata(&case));
        match case["outcome"].as_str().unwrap() {
            "record" => {
                let mimix = found.unwrap();
                assert_eq!(case["target"], mimix.to_text(), "{}", case["id"]);
                assert_eq!(mimix.to_rdata(), rdata(&case), "{}", case["id"]);
            }
            _ => assert_eq!(case["error"], found.unwrap_err().code(), "{}", case["id"]),
        }
    }
}

#[test]
fn domain_reads_mimi_octets_as_it_reads_txt() {
    for case in cases("MIMI") {
        let octets = rdata(&case);
        let ours = Mimi::from_rdata(&octets);
        match Txt::from_octets(octets.as_slice()) {
            Ok(theirs) => {
                let theirs: Vec<&[u8]> = theirs.iter().collect();
                let ours = ours.unwrap();
                assert_eq!(ours.strings().collect::<Vec<_>>(), theirs, "{}", case["id"]);
            }
            Err(_) => assert!(ours.is_err(), "{}", case["id"]),
        }
    }
    assert_ne!(Rtype::TXT.to_int(), mimi_rr::TypeCodes::DEFAULT.mimi());
}

#[test]
fn domain_reads_the_same_targets() -> Result<(), ParseError> {
    for case in cases("MIMIX") {
        let octets = rdata(&case);
        let ours = Mimix::from_rdata(&octets);
        match Name::from_octets(octets.as_slice()) {
            Ok(theirs) => {
                let ours = ours.unwrap();
                assert_eq!(ours.as_rdata(), theirs.as_slice(), "{}", case["id"]);
            }
            Err(_) => assert!(ours.is_err(), "{}", case["id"]),
        }
    }
    Ok(())
}

/// What a person is told about every case, so that a change of any message is seen.
#[test]
fn what_is_said_about_every_case() {
    let mut said = String::new();
    for case in cases("MIMI").iter().chain(&cases("MIMIX")) {
        let shown = if case["type"] == "MIMI" {
            Mimi::from_rdata(&rdata(case))
                .map_or_else(|error| error.to_string(), |mimi| mimi.to_text())
        } else {
            Mimix::from_rdata(&rdata(case))
                .map_or_else(|error| error.to_string(), |mimix| mimix.to_text())
        };
        said += &format!("{}: {shown}\n", case["id"].as_str().unwrap());
    }
    insta::assert_snapshot!(said);
}
