//! The MIMIX record: §5.1.1 of the draft, D3, D4, D36.
//!
//! Wire: one domain name, never compressed (RFC 3597 §4), ending exactly at RDLENGTH. Text: that name. Canonical form: the octets as
//! they are; a type outside the list of RFC 4034 §6.2 keeps the case of its names.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

use mimi_name::{DomainName, TextError, WireError};

use crate::character_string::is_blank;
use crate::rfc3597::{self, GenericTextError};

/// The record data of a MIMIX record: the domain under which the addresses of an email domain are looked up.
///
/// Case is kept, and compared without ASCII case (D3).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mimix {
    target: DomainName,
}

impl Mimix {
    /// Record data that names `target`.
    pub fn new(target: DomainName) -> Self {
        Self { target }
    }

    /// Reads RDATA: exactly one uncompressed name (D3).
    ///
    /// # Errors
    /// [`MimixRdataError`], which holds where reading failed.
    pub fn from_rdata(rdata: &[u8]) -> Result<Self, MimixRdataError> {
        if rdata.is_empty() {
            return Err(MimixRdataError::Empty);
        }
        DomainName::from_wire(rdata)
            .map(Self::new)
            .map_err(MimixRdataError::Name)
    }

    /// The octets of RDATA.
    pub fn as_rdata(&self) -> &[u8] {
        self.target.as_wire()
    }

    /// The octets of RDATA, owned.
    pub fn to_rdata(&self) -> Vec<u8> {
        self.as_rdata().to_vec()
    }

    /// The MIMI resolution domain.
    pub fn target(&self) -> &DomainName {
        &self.target
    }

    /// The MIMI resolution domain, by value.
    pub fn into_target(self) -> DomainName {
        self.target
    }

    /// Whether the provider declines: the target is the root (D36). Such a record is no valid MIMIX.
    pub fn declines(&self) -> bool {
        self.target.is_root()
    }

    /// The record data in presentation form: the absolute target in portable escapes (D4).
    pub fn to_text(&self) -> String {
        self.target.to_string()
    }

    /// Reads the record data in presentation form: a name, or `\# length hex` (RFC 3597).
    ///
    /// The origin is appended to a name without a final dot (RFC 1035 §5.1, D4).
    ///
    /// # Errors
    /// [`MimixTextError`], with the position of what is wrong; a relative name without an origin is one.
    pub fn from_text(text: &[u8], origin: Option<&DomainName>) -> Result<Self, MimixTextError> {
        if rfc3597::is_generic(text) {
            let rdata = rfc3597::from_text(text).map_err(MimixTextError::Generic)?;
            return Self::from_rdata(&rdata).map_err(MimixTextError::Rdata);
        }
        let start = text.iter().take_while(|octet| is_blank(**octet)).count();
        let (name, rest) = split_word(text.split_at(start).1);
        if let Some(after) = rest.iter().position(|octet| !is_blank(*octet)) {
            return Err(MimixTextError::TrailingText {
                position: start + name.len() + after,
            });
        }
        DomainName::from_text(name, origin)
            .map(Self::new)
            .map_err(|error| MimixTextError::Name { start, error })
    }
}

/// Splits at the first blank that no backslash precedes.
fn split_word(text: &[u8]) -> (&[u8], &[u8]) {
    let mut escaped = false;
    let end = text.iter().position(|&octet| {
        let ends = is_blank(octet) && !escaped;
        escaped = octet == b'\\' && !escaped;
        ends
    });
    text.split_at(end.unwrap_or(text.len()))
}

/// Why octets are not the RDATA of a MIMIX record (D3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MimixRdataError {
    /// RDLENGTH 0.
    Empty,
    /// The octets are not exactly one uncompressed name.
    Name(WireError),
}

impl MimixRdataError {
    /// A stable code in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty-rdata",
            Self::Name(error) => error.code(),
        }
    }
}

impl fmt::Display for MimixRdataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("expected a domain name, found no record data"),
            Self::Name(error) => error.fmt(f),
        }
    }
}

impl Error for MimixRdataError {}

/// Why text is not the record data of a MIMIX record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MimixTextError {
    /// The name is not well formed, or relative where no origin is known.
    Name {
        /// Where the name starts in the text.
        start: usize,
        /// What is wrong, with its position in the name.
        error: TextError,
    },
    /// Something follows the name.
    TrailingText {
        /// Where it starts.
        position: usize,
    },
    /// The `\#` form is not well formed.
    Generic(GenericTextError),
    /// The text is well formed, but what it says is not MIMIX RDATA.
    Rdata(MimixRdataError),
}

impl MimixTextError {
    /// A stable code in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Name { error, .. } => error.code(),
            Self::TrailingText { .. } => "text-after-name",
            Self::Generic(error) => error.code(),
            Self::Rdata(error) => error.code(),
        }
    }

    /// The octet offset into the text at which reading failed; 0 where the octets that it says are at fault.
    pub fn position(&self) -> usize {
        match self {
            Self::Name { start, error } => start + error.position(),
            Self::TrailingText { position } => *position,
            Self::Generic(error) => error.position(),
            Self::Rdata(_) => 0,
        }
    }
}

impl fmt::Display for MimixTextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name { error, .. } => error.fmt(f),
            Self::TrailingText { position } => write!(
                f,
                "expected nothing after the name, found more text at octet {position}"
            ),
            Self::Generic(error) => error.fmt(f),
            Self::Rdata(error) => error.fmt(f),
        }
    }
}

impl Error for MimixTextError {}
