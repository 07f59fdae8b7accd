//! [`Problem`]: what an oracle says when it refuses. Text from the network is data, and shown escaped.

use std::fmt;

use serde::Deserialize;

use crate::object::from_json;

/// Octets of the longest document about a problem, and of any other answer but buckets and evaluations.
pub const MAX_PROBLEM_OCTETS: usize = 16 * 1024;

/// The longest code.
const MAX_CODE_CHARACTERS: usize = 64;

/// How much of a message is kept.
const MAX_MESSAGE_CHARACTERS: usize = 500;

/// Why an oracle refuses, in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// Says which problem it is, in lower case, digits and hyphens.
    pub code: String,
    /// A sentence. `Display` shows it with every character but printable ASCII escaped.
    pub message: String,
    /// Which of the definition strings is meant, from 0, where one is.
    pub index: Option<usize>,
    /// After how many seconds the oracle wants to be asked again.
    pub retry_after: Option<u64>,
}

#[derive(Deserialize)]
struct Document {
    code: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    index: Option<usize>,
    #[serde(default)]
    retry_after: Option<u64>,
}

impl Problem {
    /// Reads a document; `None` where it is none.
    pub(super) fn from_json(octets: &[u8]) -> Option<Self> {
        if octets.len() > MAX_PROBLEM_OCTETS {
            return None;
        }
        let document: Document = from_json(octets).ok()?;
        let code = document.code;
        let is_code =
            |octet: u8| octet.is_ascii_lowercase() || octet.is_ascii_digit() || octet == b'-';
        if code.is_empty() || code.len() > MAX_CODE_CHARACTERS || !code.bytes().all(is_code) {
            return None;
        }
        Some(Self {
            code,
            message: document
                .message
                .chars()
                .take(MAX_MESSAGE_CHARACTERS)
                .collect(),
            index: document.index,
            retry_after: document.retry_after,
        })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.message.is_empty() {
            true => f.write_str(&self.code),
            false => write!(f, "{} [{}]", Escaped(&self.message), self.code),
        }
    }
}

/// Text of unknown origin, on one line of printable ASCII.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                ' '..='~' => fmt::Write::write_char(f, character)?,
                other => write!(f, "{}", other.escape_unicode())?,
            }
        }
        Ok(())
    }
}
