//! The format refuses what it does not know, and records become the octets that they say.

use mimi_testkit::{ProofWord, RecordError, Scenario, ScriptedRecord};

fn rdata(json: &str) -> Result<Vec<u8>, RecordError> {
    let record: ScriptedRecord = serde_json::from_str(json).unwrap();
    record
        .to_record(ProofWord::Unchecked)
        .map(|record| record.rdata)
}

#[test]
fn records_become_rdata() {
    for (json, expected) in [
        (
            r#"{"owner": "a.", "type": "MIMIX", "data": "b.c."}"#,
            &b"\x01b\x01c\x00"[..],
        ),
        (
            r#"{"owner": "a.", "type": "TXT", "data": "a\\\\b\\007"}"#,
            b"\x04a\\b\x07",
        ),
        (
            r#"{"owner": "a.", "type": "MIMI", "rdata_hex": "00fF"}"#,
            b"\x00\xFF",
        ),
        (r#"{"owner": "a.", "type": "MIMI", "rdata_hex": ""}"#, b""),
        (
            r#"{"owner": "a.", "type": "SOA", "data": "m. r. 1 2 3 4 5"}"#,
            b"\x01m\x00\x01r\x00\0\0\0\x01\0\0\0\x02\0\0\0\x03\0\0\0\x04\0\0\0\x05",
        ),
    ] {
        assert_eq!(rdata(json).as_deref(), Ok(expected), "{json}");
    }
}

#[test]
fn refuses_records_that_say_nothing_or_too_much() {
    for (json, error) in [
        (
            r#"{"owner": "a", "type": "TXT", "data": "x"}"#,
            RecordError::BadName,
        ),
        (
            r#"{"owner": "a.", "type": "TXTX", "data": "x"}"#,
            RecordError::UnknownType,
        ),
        (
            r#"{"owner": "a.", "type": "TXT", "data": "\\9"}"#,
            RecordError::BadText,
        ),
        (
            r#"{"owner": "a.", "type": "TXT", "data": "é"}"#,
            RecordError::BadText,
        ),
        (
            r#"{"owner": "a.", "type": "TXT", "data": "\\256"}"#,
            RecordError::BadText,
        ),
        (
            r#"{"owner": "a.", "type": "SOA", "data": "m. r. 1 2 3 4"}"#,
            RecordError::BadText,
        ),
        (
            r#"{"owner": "a.", "type": "MIMI", "rdata_hex": "0"}"#,
            RecordError::BadHex,
        ),
        (
            r#"{"owner": "a.", "type": "RRSIG", "data": "x"}"#,
            RecordError::NoTextForm,
        ),
        (r#"{"owner": "a.", "type": "MIMI"}"#, RecordError::DataOrHex),
        (
            r#"{"owner": "a.", "type": "MIMI", "data": "x", "rdata_hex": "00"}"#,
            RecordError::DataOrHex,
        ),
    ] {
        assert_eq!(rdata(json), Err(error), "{json}");
    }
}

#[test]
fn refuses_members_that_it_does_not_know() {
    let scenario = |member: &str| {
        serde_json::from_str::<Scenario>(&format!(
            r#"{{"id": "x", "about": "x", "decisions": ["D33"], "polarity": "positive", "runners": ["machine"], "identifier": "bob.example",
                "expect": {{"outcome": "found", "asked": []}} {member}}}"#
        ))
    };
    assert!(scenario("").is_ok());
    assert!(scenario(r#", "note": "x""#).is_err());
    assert!(scenario(r#", "policy": {"validate": true}"#).is_err());
}
