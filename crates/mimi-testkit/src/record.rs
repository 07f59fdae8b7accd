//! Records of a scenario: from the JSON of `testdata/scenarios/README.md` to RDATA octets.

use std::error::Error;
use std::fmt;

use mimi_discovery::{Proof, Record};
use mimi_name::DomainName;
use mimi_rr::{Mimi, TypeCodes};
use serde::Deserialize;

use crate::scenario::ProofWord;

const CLASS_IN: u16 = 1;

/// One record of a scripted answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScriptedRecord {
    /// The owner name, absolute.
    pub owner: String,
    /// The type, by its name or as `TYPE` and its number.
    #[serde(rename = "type")]
    pub record_type: String,
    /// The class code.
    #[serde(default = "class_in")]
    pub class: u16,
    /// Seconds that the record may be kept.
    #[serde(default = "an_hour")]
    pub ttl: u32,
    /// The record data as text.
    pub data: Option<String>,
    /// Or its octets in hexadecimal.
    pub rdata_hex: Option<String>,
    /// What validation says of it, if not what it says of the whole answer.
    pub proof: Option<ProofWord>,
}

fn class_in() -> u16 {
    CLASS_IN
}

fn an_hour() -> u32 {
    3600
}

impl ScriptedRecord {
    /// The record as the machine takes it, with `proof` unless it says otherwise.
    ///
    /// # Errors
    /// [`RecordError`] when the scenario is wrong.
    pub fn to_record(&self, proof: ProofWord) -> Result<Record, RecordError> {
        Ok(Record {
            owner: name(&self.owner)?,
            class: self.class,
            record_type: type_code(&self.record_type).ok_or(RecordError::UnknownType)?,
            ttl: self.ttl,
            rdata: self.rdata()?,
            proof: self.proof.unwrap_or(proof).into(),
        })
    }

    fn rdata(&self) -> Result<Vec<u8>, RecordError> {
        match (&self.data, &self.rdata_hex) {
            (None, Some(hex)) => from_hex(hex),
            (Some(data), None) => match self.record_type.as_str() {
                "MIMIX" | "CNAME" | "DNAME" | "NS" => Ok(name(data)?.as_wire().to_vec()),
                "MIMI" | "TXT" => Ok(Mimi::new(&unescape(data)?)
                    .map_err(|_| RecordError::BadText)?
                    .to_rdata()),
                "SOA" => soa(data),
                _ => Err(RecordError::NoTextForm),
            },
            _ => Err(RecordError::DataOrHex),
        }
    }
}

impl From<ProofWord> for Proof {
    fn from(word: ProofWord) -> Self {
        match word {
            ProofWord::Unchecked => Self::Unchecked,
            ProofWord::Insecure => Self::Insecure,
            ProofWord::Secure => Self::Secure,
            ProofWord::Bogus => Self::Bogus,
            ProofWord::Indeterminate => Self::Indeterminate,
        }
    }
}

/// The code of a type that scenarios name.
pub fn type_code(word: &str) -> Option<u16> {
    Some(match word {
        "NS" => 2,
        "CNAME" => 5,
        "SOA" => 6,
        "TXT" => 16,
        "DNAME" => 39,
        "RRSIG" => 46,
        "MIMI" => TypeCodes::DEFAULT.mimi(),
        "MIMIX" => TypeCodes::DEFAULT.mimix(),
        other => other.strip_prefix("TYPE")?.parse().ok()?,
    })
}

/// A name of a scenario, which ends with a dot.
pub(crate) fn name(text: &str) -> Result<DomainName, RecordError> {
    if !text.ends_with('.') {
        return Err(RecordError::BadName);
    }
    DomainName::parse_absolute(text).map_err(|_| RecordError::BadName)
}

/// `mname rname serial refresh retry expire minimum` (RFC 1035 §3.3.13).
fn soa(data: &str) -> Result<Vec<u8>, RecordError> {
    let words: Vec<&str> = data.split(' ').collect();
    let [mname, rname, numbers @ ..] = words.as_slice() else {
        return Err(RecordError::BadText);
    };
    if numbers.len() != 5 {
        return Err(RecordError::BadText);
    }
    let mut rdata = [name(mname)?.as_wire(), name(rname)?.as_wire()].concat();
    for number in numbers {
        let number: u32 = number.parse().map_err(|_| RecordError::BadText)?;
        rdata.extend(number.to_be_bytes());
    }
    Ok(rdata)
}

/// Octets written as printable ASCII, `\\` and decimal `\DDD`.
pub(crate) fn unescape(text: &str) -> Result<Vec<u8>, RecordError> {
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [] => return Ok(octets),
            [b'\\', b'\\', rest @ ..] => {
                octets.push(b'\\');
                rest
            }
            [b'\\', a, b, c, rest @ ..] => {
                let digits = [*a, *b, *c];
                let number = std::str::from_utf8(&digits)
                    .ok()
                    .and_then(|d| d.parse().ok());
                octets.push(number.ok_or(RecordError::BadText)?);
                rest
            }
            [octet @ 0x20..=0x7E, rest @ ..] if *octet != b'\\' => {
                octets.push(*octet);
                rest
            }
            _ => return Err(RecordError::BadText),
        };
    }
}

fn from_hex(text: &str) -> Result<Vec<u8>, RecordError> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|digit| {
            digit
                .to_digit(16)
                .and_then(|value| u8::try_from(value).ok())
        })
        .collect();
    let digits = digits.ok_or(RecordError::BadHex)?;
    if digits.len() % 2 != 0 {
        return Err(RecordError::BadHex);
    }
    Ok(digits
        .chunks_exact(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect())
}

/// What is wrong with a record of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordError {
    /// Not an absolute domain name with its final dot.
    BadName,
    /// Not a type that scenarios name.
    UnknownType,
    /// Text that does not fit the type.
    BadText,
    /// Not pairs of hexadecimal digits.
    BadHex,
    /// A type whose data can only be given in hexadecimal.
    NoTextForm,
    /// Neither or both of `data` and `rdata_hex`.
    DataOrHex,
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BadName => "expected an absolute domain name with its final dot",
            Self::UnknownType => "expected the name of a type, or TYPE and its number",
            Self::BadText => "the text of the data does not fit the type",
            Self::BadHex => "expected pairs of hexadecimal digits",
            Self::NoTextForm => "data of this type can only be given as rdata_hex",
            Self::DataOrHex => "expected either data or rdata_hex",
        })
    }
}

impl Error for RecordError {}
