//! Text as typed → [`DomainName`]: D49 (email domains), D50 and D51 (MUIs), and the hosts of endpoints.
//!
//! Accepted: labels separated by dots, or by what UTS 46 maps to a dot. Labels are letters, digits, `-` and `_` after mapping. Where
//! [`Syntax::escapes`] is on, any other octet may be written `\DDD` (decimal) or `\X` (RFC 1035 §5.1), in a name that is otherwise ASCII.
//! Refused: empty labels, IP addresses, names whose last label is a number (no top-level domain is; other software reads such names as
//! IPv4 addresses), a label that is just `*`, and names too long for the DNS. How many labels there must be is for the callers.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;
use core::net::{Ipv4Addr, Ipv6Addr};

use mimi_name::{DomainName, LabelError};

use crate::escape::Shown;
use crate::uts46;

/// What the place allows where a name is typed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Syntax {
    /// `\DDD` and `\X`.
    pub(crate) escapes: bool,
    /// One final dot, which is dropped.
    pub(crate) final_dot: bool,
}

/// Why text is not a domain name. Positions are octet offsets into the text given; labels are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameError {
    /// No text at all.
    Empty,
    /// Two dots in a row, a dot at the start, a dot at the end where none is allowed, or a label that UTS 46 maps to nothing.
    EmptyLabel {
        /// Which label.
        label: usize,
    },
    /// A single label.
    SingleLabel,
    /// A label over 63 octets.
    LabelTooLong {
        /// Which label.
        label: usize,
        /// Its length in octets.
        length: usize,
    },
    /// Over 253 characters, escapes and final dot not counted.
    NameTooLong {
        /// The length in characters.
        length: usize,
    },
    /// ASCII other than letters, digits, `-` and `_`.
    UnexpectedCharacter {
        /// Where it stands.
        position: usize,
        /// The character.
        found: char,
    },
    /// A backslash that neither a character nor three digits up to 255 follow.
    BadEscape {
        /// Where the backslash stands.
        position: usize,
    },
    /// Escapes and non-ASCII text in one name.
    EscapesWithUnicode {
        /// Where the first non-ASCII character stands.
        position: usize,
    },
    /// UTS 46 refuses the name: a character that no domain name may hold, a broken A-label, or a rule on combining or direction.
    RefusedByUts46,
    /// An IPv4 or IPv6 address.
    IpAddress,
    /// The last label is a number.
    NumericTopLevel,
    /// A label that is just `*`.
    WildcardLabel {
        /// Which label.
        label: usize,
    },
}

impl NameError {
    /// A stable code in kebab case.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::EmptyLabel { .. } => "empty-label",
            Self::SingleLabel => "single-label",
            Self::LabelTooLong { .. } => "label-too-long",
            Self::NameTooLong { .. } => "name-too-long",
            Self::UnexpectedCharacter { .. } => "unexpected-character",
            Self::BadEscape { .. } => "bad-escape",
            Self::EscapesWithUnicode { .. } => "escapes-with-unicode",
            Self::RefusedByUts46 => "refused-by-uts46",
            Self::IpAddress => "ip-address",
            Self::NumericTopLevel => "numeric-top-level",
            Self::WildcardLabel { .. } => "wildcard-label",
        }
    }

    /// The octet offset of the fault in the text given, where it has one.
    pub const fn position(&self) -> Option<usize> {
        match *self {
            Self::UnexpectedCharacter { position, .. }
            | Self::BadEscape { position }
            | Self::EscapesWithUnicode { position } => Some(position),
            _ => None,
        }
    }

    /// What to do about it, where there is a remedy.
    pub const fn help(&self) -> Option<&'static str> {
        match self {
            Self::SingleLabel => Some("write the whole name, such as name.example.com"),
            Self::UnexpectedCharacter { found: ' ', .. } => Some("remove the space"),
            Self::BadEscape { .. } => {
                Some("write \\DDD with three decimal digits up to 255, or \\X for one character")
            }
            Self::EscapesWithUnicode { .. } => {
                Some("write the international labels as A-labels (xn--...)")
            }
            _ => None,
        }
    }

    /// The same error at another position.
    pub(crate) fn relocate(self, place: impl Fn(usize) -> usize) -> Self {
        match self {
            Self::UnexpectedCharacter { position, found } => Self::UnexpectedCharacter {
                position: place(position),
                found,
            },
            Self::BadEscape { position } => Self::BadEscape {
                position: place(position),
            },
            Self::EscapesWithUnicode { position } => Self::EscapesWithUnicode {
                position: place(position),
            },
            other => other,
        }
    }
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Empty => f.write_str("expected a domain name, found nothing"),
            Self::EmptyLabel { label } => {
                write!(
                    f,
                    "expected text between dots, found none (label {})",
                    label + 1
                )
            }
            Self::SingleLabel => f.write_str("expected at least two labels, found one"),
            Self::LabelTooLong { label, length } => write!(
                f,
                "expected a label of at most 63 octets, found {length} (label {})",
                label + 1
            ),
            Self::NameTooLong { length } => write!(
                f,
                "expected a name of at most 253 characters, found {length}"
            ),
            Self::UnexpectedCharacter { position, found } => write!(
                f,
                "expected a letter, a digit, '-', '_' or a dot, found {} at octet {position}",
                Shown(found)
            ),
            Self::BadEscape { position } => write!(
                f,
                "expected \\DDD up to 255 or \\X, found another escape at octet {position}"
            ),
            Self::EscapesWithUnicode { position } => write!(
                f,
                "expected ASCII beside escapes, found a non-ASCII character at octet {position}"
            ),
            Self::RefusedByUts46 => {
                f.write_str("expected a name that UTS 46 allows, found one it refuses")
            }
            Self::IpAddress => f.write_str("expected a domain name, found an IP address"),
            Self::NumericTopLevel => {
                f.write_str("expected a top-level domain, found a number as the last label")
            }
            Self::WildcardLabel { label } => write!(
                f,
                "expected a name of one person, found a lone '*' (label {})",
                label + 1
            ),
        }
    }
}

impl Error for NameError {}

/// Reads a name as typed.
pub(crate) fn parse(text: &str, syntax: Syntax) -> Result<DomainName, NameError> {
    if text.is_empty() {
        return Err(NameError::Empty);
    }
    // No name starts with a bracket, so it is meant as an address, whatever it holds.
    if text.starts_with('[') || is_ipv6(text) {
        return Err(NameError::IpAddress);
    }
    let labels = if syntax.escapes && text.contains('\\') {
        escaped_labels(text)?
    } else {
        plain_labels(text)?
    };
    build(labels, syntax)
}

/// The presentation of a name without final dot, which [`parse`] with escapes reads back as the same name.
pub(crate) fn to_text(name: &DomainName) -> String {
    let mut text = name.to_string();
    // Dots inside labels are escaped in decimal, so a final dot is the root's.
    if text.ends_with('.') {
        text.pop();
    }
    text
}

/// The Unicode form of a name, if it has one that leads back to it (D50).
pub(crate) fn to_unicode(name: &DomainName) -> Option<String> {
    let text = to_text(name);
    (!text.contains('\\'))
        .then(|| uts46::name_to_unicode(&text))
        .flatten()
}

/// An IPv6 address without brackets, perhaps with a zone.
pub(crate) fn is_ipv6(text: &str) -> bool {
    let address = text.split_once('%').map_or(text, |(address, _)| address);
    address.parse::<Ipv6Addr>().is_ok()
}

/// The labels of a name without escapes. A final dot leaves an empty last label.
fn plain_labels(text: &str) -> Result<Vec<Vec<u8>>, NameError> {
    check_characters(text, 0)?;
    let ascii = uts46::name_to_ascii(text).ok_or(NameError::RefusedByUts46)?;
    Ok(ascii
        .split('.')
        .map(|label| label.as_bytes().to_vec())
        .collect())
}

/// The labels of an ASCII name with escapes. A final dot leaves an empty last label.
fn escaped_labels(text: &str) -> Result<Vec<Vec<u8>>, NameError> {
    if let Some(position) = text.find(|c: char| !c.is_ascii()) {
        return Err(NameError::EscapesWithUnicode { position });
    }
    let octets = text.as_bytes();
    let mut labels = Vec::new();
    let mut label = Vec::new();
    let mut position = 0;
    while let Some(&octet) = octets.get(position) {
        match octet {
            b'\\' => {
                let (value, length) = escape(octets.get(position + 1..).unwrap_or_default())
                    .ok_or(NameError::BadEscape { position })?;
                label.push(value);
                position += 1 + length;
                continue;
            }
            b'.' => labels.push(core::mem::take(&mut label)),
            _ => {
                let character = char::from(octet);
                check_characters(character.encode_utf8(&mut [0; 4]), position)?;
                label.push(octet);
            }
        }
        position += 1;
    }
    labels.push(label);
    labels.into_iter().map(canonical_label).collect()
}

/// The octet that an escape stands for, and the length of the escape after its backslash.
fn escape(after_backslash: &[u8]) -> Option<(u8, usize)> {
    match *after_backslash {
        [a @ b'0'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9', ..] => {
            let value = u16::from(a - b'0') * 100 + u16::from(b - b'0') * 10 + u16::from(c - b'0');
            Some((u8::try_from(value).ok()?, 3))
        }
        [b'0'..=b'9', ..] => None,
        [octet @ b' '..=b'~', ..] => Some((octet, 1)),
        _ => None,
    }
}

/// A label that needed no escape after all is held to the rule of those written without, so that its text reads back as itself.
fn canonical_label(label: Vec<u8>) -> Result<Vec<u8>, NameError> {
    match core::str::from_utf8(&label) {
        Ok(text) if label.iter().all(|&octet| is_plain(octet)) => uts46::name_to_ascii(text)
            .map(String::into_bytes)
            .ok_or(NameError::RefusedByUts46),
        _ => Ok(label),
    }
}

/// Octets that a label holds without escape (D51).
const fn is_plain(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_')
}

/// Refuses ASCII that a name may hold only escaped. `offset` is where `text` starts.
fn check_characters(text: &str, offset: usize) -> Result<(), NameError> {
    let bad = |octet: u8| octet.is_ascii() && !is_plain(octet) && octet != b'.';
    match text.bytes().enumerate().find(|&(_, octet)| bad(octet)) {
        None => Ok(()),
        Some((position, octet)) => Err(NameError::UnexpectedCharacter {
            position: offset + position,
            found: char::from(octet),
        }),
    }
}

/// Labels to a name, with the checks that mapping and unescaping may have made necessary.
fn build(mut labels: Vec<Vec<u8>>, syntax: Syntax) -> Result<DomainName, NameError> {
    if syntax.final_dot && labels.len() > 1 && labels.last().is_some_and(Vec::is_empty) {
        labels.pop();
    }
    if let Some(label) = labels.iter().position(|label| label == b"*") {
        return Err(NameError::WildcardLabel { label });
    }
    if is_ipv4(&labels) {
        return Err(NameError::IpAddress);
    }
    if labels.last().is_some_and(|label| is_number(label)) {
        return Err(NameError::NumericTopLevel);
    }
    DomainName::from_labels(&labels).map_err(|error| match error {
        LabelError::Empty { index } => NameError::EmptyLabel { label: index },
        LabelError::LabelTooLong { index, length } => NameError::LabelTooLong {
            label: index,
            length,
        },
        // One dot between labels; what else mimi-name may come to refuse is a matter of length, too.
        _ => NameError::NameTooLong {
            length: labels.iter().map(|label| label.len() + 1).sum::<usize>() - 1,
        },
    })
}

/// Whether the labels spell a dotted IPv4 address.
fn is_ipv4(labels: &[Vec<u8>]) -> bool {
    labels.len() == 4
        && core::str::from_utf8(&labels.join(&b'.'))
            .is_ok_and(|text| text.parse::<Ipv4Addr>().is_ok())
}

/// Decimal digits only, or `0x` and hexadecimal digits: what the WHATWG URL standard calls a number.
fn is_number(label: &[u8]) -> bool {
    match label {
        [] => false,
        [b'0', b'x' | b'X', hex @ ..] => hex.iter().all(u8::is_ascii_hexdigit),
        decimal => decimal.iter().all(u8::is_ascii_digit),
    }
}
