//! [`TelephoneNumber`]: a global telephone number as an XUI, and its ENUM name (§5.2.1; D52).
//!
//! Digits are compared with no numbering plan: the draft's own +15551234567 is in none.

use alloc::string::String;
use core::error::Error;
use core::fmt;
use core::str::FromStr;

use mimi_name::DomainName;

use crate::escape::Shown;
use crate::{Kind, MAX_INPUT_OCTETS, Unmappable, percent};

const SCHEME: &str = "tel";

/// The most digits of an international number (ITU-T E.164 §6.2.1).
const MAX_DIGITS: usize = 15;

/// The suffix of ENUM names, `e164.arpa.` (RFC 6116 §3.2).
pub fn e164_arpa() -> DomainName {
    // Two short labels make a name; the root would only be refused later.
    DomainName::from_labels(["e164", "arpa"]).unwrap_or_else(|_| DomainName::root())
}

/// A telephone number: country code and number, 1 to 15 digits, the first not 0.
///
/// `Debug` is redacted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TelephoneNumber {
    digits: String,
}

impl TelephoneNumber {
    /// Reads a number with its `+`, bare or as `tel:` URI (RFC 3966), and drops the visual separators `-`, `.`, `(`, `)` and spaces.
    ///
    /// # Errors
    /// [`TelephoneError`].
    pub fn parse(text: &str) -> Result<Self, TelephoneError> {
        if text.len() > MAX_INPUT_OCTETS {
            return Err(TelephoneError::InputTooLong { length: text.len() });
        }
        let number = percent::strip_scheme(text, SCHEME).unwrap_or(text);
        let offset = text.len() - number.len();
        if let Some(position) = number.find(';') {
            return Err(parameter(&number[position..], offset + position));
        }
        // Nothing else that is wrong matters as much, since a leading + made it a number (D53).
        if let Some(at) = number.find('@') {
            return Err(TelephoneError::UnexpectedCharacter {
                position: offset + at,
                found: '@',
            });
        }
        let Some(number) = number.trim_start_matches(' ').strip_prefix('+') else {
            return Err(TelephoneError::MissingPlus { position: offset });
        };
        let offset = text.len() - number.len();
        let digits = digits(number).map_err(|error| error.relocate(|at| offset + at))?;
        if digits.is_empty() {
            return Err(TelephoneError::NoDigits);
        }
        if digits.starts_with('0') {
            return Err(TelephoneError::LeadingZero);
        }
        if digits.len() > MAX_DIGITS {
            let count = digits.len();
            return Err(TelephoneError::TooManyDigits { count });
        }
        Ok(Self { digits })
    }

    /// The digits, without `+`.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// The name to ask for MIMI records: the digits in reverse, each its own label, under [`e164_arpa`] or another suffix.
    ///
    /// # Errors
    /// [`Unmappable`] when the name is over 255 octets, or `suffix` is the root.
    pub fn enum_name(&self, suffix: &DomainName) -> Result<DomainName, Unmappable> {
        if suffix.is_root() {
            return Err(Unmappable::RootTarget);
        }
        let digits = self.digits.as_bytes().chunks(1).rev();
        DomainName::from_labels(digits.chain(suffix.labels())).map_err(|_| Unmappable::NameTooLong)
    }

    /// `+` and the digits. [`TelephoneNumber::parse`] reads it back.
    pub fn to_plain_text(&self) -> String {
        let mut text = String::from("+");
        text.push_str(&self.digits);
        text
    }

    /// The number as a `tel:` URI (RFC 3966), without separators.
    pub fn to_uri(&self) -> String {
        let mut uri = String::from("tel:+");
        uri.push_str(&self.digits);
        uri
    }

    /// One text for all spellings of this number: `telephone:+` and the digits.
    pub fn canonical_key(&self) -> String {
        let mut key = String::from(Kind::Telephone.as_str());
        key.push_str(":+");
        key.push_str(&self.digits);
        key
    }
}

/// What follows the first `;` decides what is wrong; parameter names have no case (RFC 3966 §3).
fn parameter(parameters: &str, position: usize) -> TelephoneError {
    let has = |name: &str| {
        parameters.split(';').any(|parameter| {
            let found = parameter.split('=').next().unwrap_or_default();
            found.trim().eq_ignore_ascii_case(name)
        })
    };
    if has("phone-context") {
        TelephoneError::PhoneContext { position }
    } else if has("ext") {
        TelephoneError::Extension { position }
    } else {
        TelephoneError::Parameter { position }
    }
}

/// The digits of what follows the `+`.
fn digits(number: &str) -> Result<String, TelephoneError> {
    let mut digits = String::with_capacity(MAX_DIGITS);
    for (position, found) in number.char_indices() {
        let rest = &number[position..];
        match found {
            '0'..='9' => digits.push(found),
            '(' if is_trunk_zero(rest) => return Err(TelephoneError::TrunkZero { position }),
            '-' | '.' | '(' | ')' | ' ' => {}
            '#' => return Err(TelephoneError::Extension { position }),
            c if c.is_ascii_alphabetic() && is_extension(rest) => {
                return Err(TelephoneError::Extension { position });
            }
            c if c.is_alphabetic() => return Err(TelephoneError::Letter { position, found }),
            c if c.is_numeric() => return Err(TelephoneError::OtherDigit { position, found }),
            _ => return Err(TelephoneError::UnexpectedCharacter { position, found }),
        }
    }
    Ok(digits)
}

/// `(0)`: a national trunk prefix, which is dialled only inside the country.
fn is_trunk_zero(rest: &str) -> bool {
    let mut inside = rest.chars().skip(1).filter(|&c| c != ' ');
    inside.next() == Some('0') && inside.next() == Some(')')
}

/// `x123`, `ext. 123`, `extension 123`: the word, then a digit.
fn is_extension(rest: &str) -> bool {
    let word_end = rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    let (word, number) = rest.split_at(word_end);
    ["x", "ext", "extension"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
        && number
            .trim_start_matches([' ', '.', ':', '-'])
            .starts_with(|c: char| c.is_ascii_digit())
}

impl FromStr for TelephoneNumber {
    type Err = TelephoneError;

    fn from_str(text: &str) -> Result<Self, TelephoneError> {
        Self::parse(text)
    }
}

impl fmt::Display for TelephoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.digits)
    }
}

impl fmt::Debug for TelephoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TelephoneNumber(<{} digits>)", self.digits.len())
    }
}

/// Why text is not a global telephone number. Positions are octet offsets into the text given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TelephoneError {
    /// Over [`MAX_INPUT_OCTETS`].
    InputTooLong {
        /// The length in octets.
        length: usize,
    },
    /// No `+`: a local number, or one with an international prefix such as 00.
    MissingPlus {
        /// Where it should stand.
        position: usize,
    },
    /// Nothing but separators after the `+`.
    NoDigits,
    /// The first digit is 0, which no country code is.
    LeadingZero,
    /// More than 15 digits.
    TooManyDigits {
        /// How many there are.
        count: usize,
    },
    /// A letter.
    Letter {
        /// Where it stands.
        position: usize,
        /// The letter.
        found: char,
    },
    /// A digit or number other than 0 to 9.
    OtherDigit {
        /// Where it stands.
        position: usize,
        /// The digit.
        found: char,
    },
    /// `(0)`, a national trunk prefix.
    TrunkZero {
        /// Where the parenthesis stands.
        position: usize,
    },
    /// An extension: `;ext=`, `x123`, `#123`.
    Extension {
        /// Where it starts.
        position: usize,
    },
    /// `;phone-context=`: a local number.
    PhoneContext {
        /// Where the parameters start.
        position: usize,
    },
    /// Another parameter.
    Parameter {
        /// Where the parameters start.
        position: usize,
    },
    /// Another character.
    UnexpectedCharacter {
        /// Where it stands.
        position: usize,
        /// The character.
        found: char,
    },
}

impl TelephoneError {
    /// A stable code in kebab case.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InputTooLong { .. } => "input-too-long",
            Self::MissingPlus { .. } => "missing-plus",
            Self::NoDigits => "no-digits",
            Self::LeadingZero => "leading-zero",
            Self::TooManyDigits { .. } => "too-many-digits",
            Self::Letter { .. } => "letter",
            Self::OtherDigit { .. } => "other-digit",
            Self::TrunkZero { .. } => "trunk-zero",
            Self::Extension { .. } => "extension",
            Self::PhoneContext { .. } => "phone-context",
            Self::Parameter { .. } => "parameter",
            Self::UnexpectedCharacter { .. } => "unexpected-character",
        }
    }

    /// The octet offset of the fault in the text given, where it has one.
    pub const fn position(&self) -> Option<usize> {
        match *self {
            Self::MissingPlus { position }
            | Self::Letter { position, .. }
            | Self::OtherDigit { position, .. }
            | Self::TrunkZero { position }
            | Self::Extension { position }
            | Self::PhoneContext { position }
            | Self::Parameter { position }
            | Self::UnexpectedCharacter { position, .. } => Some(position),
            _ => None,
        }
    }

    /// What to do about it, where there is a remedy.
    pub const fn help(&self) -> Option<&'static str> {
        match self {
            Self::MissingPlus { .. } => {
                Some("write + and the country code, without 00 or another international prefix")
            }
            Self::LeadingZero => {
                Some("after the + comes the country code, which never starts with 0")
            }
            Self::Letter { .. } => Some("write the digits that the letters stand for"),
            Self::OtherDigit { .. } => Some("write the digits 0 to 9"),
            Self::TrunkZero { .. } => Some("leave out (0): it is dialled only inside the country"),
            Self::Extension { .. } | Self::Parameter { .. } => {
                Some("write only the number; MIMI cannot reach an extension")
            }
            Self::PhoneContext { .. } => Some("write the global number, with + and country code"),
            Self::UnexpectedCharacter { found: '@', .. } => {
                Some("write an email address that starts with + as mailto:+...")
            }
            _ => None,
        }
    }

    fn relocate(self, place: impl Fn(usize) -> usize) -> Self {
        match self {
            Self::Letter { position, found } => Self::Letter {
                position: place(position),
                found,
            },
            Self::OtherDigit { position, found } => Self::OtherDigit {
                position: place(position),
                found,
            },
            Self::TrunkZero { position } => Self::TrunkZero {
                position: place(position),
            },
            Self::Extension { position } => Self::Extension {
                position: place(position),
            },
            Self::UnexpectedCharacter { position, found } => Self::UnexpectedCharacter {
                position: place(position),
                found,
            },
            other => other,
        }
    }
}

impl fmt::Display for TelephoneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::InputTooLong { length } => write!(
                f,
                "expected at most {MAX_INPUT_OCTETS} octets, found {length}"
            ),
            Self::MissingPlus { position } => {
                write!(f, "expected a '+' at octet {position}, found none")
            }
            Self::NoDigits => f.write_str("expected digits after the '+', found none"),
            Self::LeadingZero => {
                f.write_str("expected a country code, found a number that starts with 0")
            }
            Self::TooManyDigits { count } => {
                write!(f, "expected at most {MAX_DIGITS} digits, found {count}")
            }
            Self::Letter { position, found } => write!(
                f,
                "expected a digit, found the letter {} at octet {position}",
                Shown(found)
            ),
            Self::OtherDigit { position, found } => write!(
                f,
                "expected a digit 0 to 9, found {} at octet {position}",
                Shown(found)
            ),
            Self::TrunkZero { position } => write!(
                f,
                "expected the international form, found '(0)' at octet {position}"
            ),
            Self::Extension { position } => {
                write!(
                    f,
                    "expected a number alone, found an extension at octet {position}"
                )
            }
            Self::PhoneContext { position } => write!(
                f,
                "expected a global number, found a phone-context at octet {position}"
            ),
            Self::Parameter { position } => {
                write!(
                    f,
                    "expected a number alone, found a parameter at octet {position}"
                )
            }
            Self::UnexpectedCharacter { position, found } => write!(
                f,
                "expected a digit or a separator, found {} at octet {position}",
                Shown(found)
            ),
        }
    }
}

impl Error for TelephoneError {}
