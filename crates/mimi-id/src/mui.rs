//! [`Mui`]: the MIMI User Identifier, a domain name (§4.1; D31, D50, D51).

use alloc::string::String;
use core::error::Error;
use core::fmt;
use core::str::FromStr;

use mimi_name::DomainName;

use crate::name::{self, NameError, Syntax};
use crate::percent::{self, PercentFault};
use crate::{Kind, MAX_INPUT_OCTETS};

const SCHEME: &str = "mimi";

/// A MIMI User Identifier: an absolute domain name of at least two labels.
///
/// Equality ignores ASCII case. `Display` shows the Unicode form only where it leads back to the same name, and then with the ASCII form
/// beside it; `Debug` is redacted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mui {
    name: DomainName,
}

impl Mui {
    /// Reads a MUI as a person types it: a domain name with or without final dot, or a `mimi:` URI (D31).
    ///
    /// # Errors
    /// [`MuiError`]; nothing is trimmed.
    pub fn parse(text: &str) -> Result<Self, MuiError> {
        if percent::strip_scheme(text, SCHEME).is_some() {
            return Self::from_uri(text);
        }
        check_length(text)?;
        Self::from_typed(text)
    }

    /// Reads a `mimi:` URI (D31): the scheme in any case, percent-encoded UTF-8 decoded.
    ///
    /// # Errors
    /// [`MuiError`]; [`MuiError::Authority`] for `mimi://…`.
    pub fn from_uri(text: &str) -> Result<Self, MuiError> {
        check_length(text)?;
        let encoded = percent::strip_scheme(text, SCHEME).ok_or(MuiError::NotAMimiUri)?;
        if encoded.starts_with("//") {
            return Err(MuiError::Authority);
        }
        let offset = text.len() - encoded.len();
        let decoded = percent::decode(encoded).map_err(|fault| match fault {
            PercentFault::Unfinished { position } => MuiError::BadPercentEncoding {
                position: offset + position,
            },
            PercentFault::NotUtf8 { position } => MuiError::NotUtf8 {
                position: offset + position,
            },
        })?;
        Self::from_typed(&decoded).map_err(|error| match error {
            MuiError::Name(error) => MuiError::Name(
                error.relocate(|position| offset + percent::encoded_position(encoded, position)),
            ),
            other => other,
        })
    }

    fn from_typed(text: &str) -> Result<Self, MuiError> {
        let syntax = Syntax {
            escapes: true,
            final_dot: true,
        };
        let parsed = name::parse(text, syntax);
        if parsed != Err(NameError::IpAddress) && looks_like_telephone(text) {
            return Err(MuiError::LooksLikeTelephone);
        }
        let name = parsed.map_err(MuiError::Name)?;
        if name.label_count() < 2 {
            return Err(MuiError::Name(NameError::SingleLabel));
        }
        Ok(Self { name })
    }

    /// Takes a name from elsewhere, such as a zone, by the rules for typed ones.
    ///
    /// # Errors
    /// [`MuiError`], as [`Mui::parse`] on the text of `name`.
    pub fn from_name(name: &DomainName) -> Result<Self, MuiError> {
        Self::from_typed(&name::to_text(name))
    }

    /// The name to ask for MIMI records (§4.4), absolute.
    pub fn name(&self) -> &DomainName {
        &self.name
    }

    /// The MUI as ASCII text: A-labels, `\DDD` escapes, no final dot. [`Mui::parse`] reads it back.
    pub fn to_plain_text(&self) -> String {
        name::to_text(&self.name)
    }

    /// The MUI as a `mimi:` URI in ASCII (D31).
    pub fn to_uri(&self) -> String {
        let mut uri = String::from("mimi:");
        percent::encode(&mut uri, &self.to_plain_text(), b"");
        uri
    }

    /// One text for all spellings of this MUI: `mui:` and the name in ASCII lower case.
    pub fn canonical_key(&self) -> String {
        let mut key = String::from(Kind::Mui.as_str());
        key.push(':');
        key.push_str(&name::to_text(&self.name.to_lowercase()));
        key
    }
}

/// Digits and visual separators (RFC 3966 §3) only: a telephone number whose `+` is missing, and no domain name (D53).
fn looks_like_telephone(text: &str) -> bool {
    text.bytes().any(|octet| octet.is_ascii_digit())
        && text
            .bytes()
            .all(|octet| octet.is_ascii_digit() || b" -.()/".contains(&octet))
}

fn check_length(text: &str) -> Result<(), MuiError> {
    if text.len() > MAX_INPUT_OCTETS {
        return Err(MuiError::InputTooLong { length: text.len() });
    }
    Ok(())
}

impl FromStr for Mui {
    type Err = MuiError;

    fn from_str(text: &str) -> Result<Self, MuiError> {
        Self::parse(text)
    }
}

impl fmt::Display for Mui {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ascii = self.to_plain_text();
        match name::to_unicode(&self.name) {
            Some(unicode) => write!(f, "{unicode} ({ascii})"),
            None => f.write_str(&ascii),
        }
    }
}

impl fmt::Debug for Mui {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mui(<{} octets>)", self.name.as_wire().len())
    }
}

/// Why text is not a MUI. Positions are octet offsets into the text given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MuiError {
    /// Over [`MAX_INPUT_OCTETS`].
    InputTooLong {
        /// The length in octets.
        length: usize,
    },
    /// Not a domain name that can be a MUI (D50, D51).
    Name(NameError),
    /// Only digits and visual separators: a telephone number without its `+` (D53).
    LooksLikeTelephone,
    /// Where a `mimi:` URI is due: another scheme, or none.
    NotAMimiUri,
    /// `mimi://…`, the URI of another protocol (D31).
    Authority,
    /// `%` without two hexadecimal digits.
    BadPercentEncoding {
        /// Where the `%` stands.
        position: usize,
    },
    /// Percent-encoded octets that are not UTF-8.
    NotUtf8 {
        /// Where the first of them stands.
        position: usize,
    },
}

impl MuiError {
    /// A stable code in kebab case.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InputTooLong { .. } => "input-too-long",
            Self::Name(error) => error.code(),
            Self::LooksLikeTelephone => "looks-like-telephone",
            Self::NotAMimiUri => "not-a-mimi-uri",
            Self::Authority => "mimi-uri-with-authority",
            Self::BadPercentEncoding { .. } => "bad-percent-encoding",
            Self::NotUtf8 { .. } => "not-utf8",
        }
    }

    /// The octet offset of the fault in the text given, where it has one.
    pub const fn position(&self) -> Option<usize> {
        match *self {
            Self::Name(error) => error.position(),
            Self::BadPercentEncoding { position } | Self::NotUtf8 { position } => Some(position),
            _ => None,
        }
    }

    /// What to do about it, where there is a remedy.
    pub const fn help(&self) -> Option<&'static str> {
        match self {
            Self::Name(NameError::UnexpectedCharacter { found: ':', .. }) => {
                Some("write a MUI as a bare domain name, or as a URI with the scheme mimi:")
            }
            Self::Name(error) => error.help(),
            Self::LooksLikeTelephone => {
                Some("did you mean a telephone number? write it with a leading + and country code")
            }
            Self::NotAMimiUri => Some("write mimi: and the name, such as mimi:name.example.com"),
            Self::Authority => Some(
                "mimi:// belongs to another protocol: write mimi: and the name, without slashes",
            ),
            Self::BadPercentEncoding { .. } => {
                Some("write % and two hexadecimal digits; a percent sign itself is %25")
            }
            Self::InputTooLong { .. } | Self::NotUtf8 { .. } => None,
        }
    }
}

impl fmt::Display for MuiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::InputTooLong { length } => write!(
                f,
                "expected at most {MAX_INPUT_OCTETS} octets, found {length}"
            ),
            Self::Name(error) => error.fmt(f),
            Self::LooksLikeTelephone => {
                f.write_str("expected a domain name, found only digits and separators")
            }
            Self::NotAMimiUri => f.write_str("expected a mimi: URI, found another text"),
            Self::Authority => f.write_str("expected a name after 'mimi:', found '//'"),
            Self::BadPercentEncoding { position } => write!(
                f,
                "expected two hexadecimal digits after the '%' at octet {position}"
            ),
            Self::NotUtf8 { position } => write!(
                f,
                "expected percent-encoded UTF-8, found other octets at octet {position}"
            ),
        }
    }
}

impl Error for MuiError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Name(error) => Some(error),
            _ => None,
        }
    }
}
