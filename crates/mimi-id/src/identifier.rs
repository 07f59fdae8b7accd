//! [`Identifier`]: a MUI, an email address or a telephone number, told apart by form (D53).

use alloc::string::String;
use core::error::Error;
use core::fmt;
use core::str::FromStr;

use crate::{EmailAddress, EmailError, Kind, Mui, MuiError, TelephoneError, TelephoneNumber};

/// What a user types to reach a person.
///
/// `Display` is for people, and escapes what could mislead them; [`Identifier::to_plain_text`] and [`Identifier::to_uri`] are for
/// programs; [`Identifier::canonical_key`] is for comparing. `Debug` is redacted: identifiers are personal data.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Identifier {
    /// A MIMI User Identifier.
    Mui(Mui),
    /// An email address.
    Email(EmailAddress),
    /// A telephone number.
    Telephone(TelephoneNumber),
}

impl Identifier {
    /// Classifies (D53) and reads a text. Nothing is trimmed: callers that read lines do so.
    ///
    /// # Errors
    /// [`IdentifierError`], with the kind the text was taken for.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        match Kind::classify(text) {
            Kind::Mui => Mui::parse(text)
                .map(Self::Mui)
                .map_err(IdentifierError::Mui),
            Kind::Email => EmailAddress::parse(text)
                .map(Self::Email)
                .map_err(IdentifierError::Email),
            Kind::Telephone => TelephoneNumber::parse(text)
                .map(Self::Telephone)
                .map_err(IdentifierError::Telephone),
        }
    }

    /// Which kind it is.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Mui(_) => Kind::Mui,
            Self::Email(_) => Kind::Email,
            Self::Telephone(_) => Kind::Telephone,
        }
    }

    /// One text for all spellings of this identifier: the kind, a colon, and the identifier in lower case. Not for display.
    pub fn canonical_key(&self) -> String {
        match self {
            Self::Mui(mui) => mui.canonical_key(),
            Self::Email(address) => address.canonical_key(),
            Self::Telephone(number) => number.canonical_key(),
        }
    }

    /// The identifier as a `mimi:`, `mailto:` or `tel:` URI in ASCII. [`Identifier::parse`] reads it back.
    pub fn to_uri(&self) -> String {
        match self {
            Self::Mui(mui) => mui.to_uri(),
            Self::Email(address) => address.to_uri(),
            Self::Telephone(number) => number.to_uri(),
        }
    }

    /// The identifier as text without scheme. The parser of its kind reads it back; [`Identifier::parse`] reads the URI back, because an
    /// email address that starts with `+` has the form of a telephone number (D53).
    pub fn to_plain_text(&self) -> String {
        match self {
            Self::Mui(mui) => mui.to_plain_text(),
            Self::Email(address) => address.to_plain_text(),
            Self::Telephone(number) => number.to_plain_text(),
        }
    }
}

impl FromStr for Identifier {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        Self::parse(text)
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mui(mui) => mui.fmt(f),
            Self::Email(address) => address.fmt(f),
            Self::Telephone(number) => number.fmt(f),
        }
    }
}

impl fmt::Debug for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mui(mui) => mui.fmt(f),
            Self::Email(address) => address.fmt(f),
            Self::Telephone(number) => number.fmt(f),
        }
    }
}

/// Why text is not an identifier of the kind it has the form of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdentifierError {
    /// Not a MUI.
    Mui(MuiError),
    /// Not an email address.
    Email(EmailError),
    /// Not a telephone number.
    Telephone(TelephoneError),
}

impl IdentifierError {
    /// What the text was taken for.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Mui(_) => Kind::Mui,
            Self::Email(_) => Kind::Email,
            Self::Telephone(_) => Kind::Telephone,
        }
    }

    /// A stable code in kebab case, unique together with [`IdentifierError::kind`].
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Mui(error) => error.code(),
            Self::Email(error) => error.code(),
            Self::Telephone(error) => error.code(),
        }
    }

    /// The octet offset of the fault in the text given, where it has one.
    pub const fn position(&self) -> Option<usize> {
        match self {
            Self::Mui(error) => error.position(),
            Self::Email(error) => error.position(),
            Self::Telephone(error) => error.position(),
        }
    }

    /// What to do about it, where there is a remedy.
    pub const fn help(&self) -> Option<&'static str> {
        match self {
            Self::Mui(error) => error.help(),
            Self::Email(error) => error.help(),
            Self::Telephone(error) => error.help(),
        }
    }
}

impl fmt::Display for IdentifierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mui(error) => write!(f, "not a MUI: {error}"),
            Self::Email(error) => write!(f, "not an email address: {error}"),
            Self::Telephone(error) => write!(f, "not a telephone number: {error}"),
        }
    }
}

impl Error for IdentifierError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Mui(error) => Some(error),
            Self::Email(error) => Some(error),
            Self::Telephone(error) => Some(error),
        }
    }
}
