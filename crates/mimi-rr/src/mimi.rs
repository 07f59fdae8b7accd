//! The MIMI record: §4.2 and §4.3 of the draft, D1, D4.
//!
//! Wire: one or more character-strings, like TXT (RFC 1035 §3.3.14); the definition string is all of them joined with nothing between.
//! Text: `"…" ["…"]`. Canonical form: the octets as they are, no name inside to fold (RFC 3597 §7).

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

use mimi_mssi::{OwnedMssi, Refusal};

use crate::character_string::{self, CharacterStrings, MAX_STRING_LENGTH, StringTextError};
use crate::rfc3597::{self, GenericTextError};

/// The most octets that RDATA can have: RDLENGTH is 16 bits wide.
pub(crate) const MAX_RDATA_LENGTH: usize = 65535;

/// The record data of a MIMI record: always valid, in the segmentation it was read with.
///
/// Equality and order are those of the octets (RFC 4034 §6.3). `Debug` shows lengths only: the string names a person's account.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mimi {
    rdata: Vec<u8>,
}

impl Mimi {
    /// The longest definition string that fits one record, in octets: 256 octets of RDATA carry 255 of it.
    pub const MAX_DEFINITION_LENGTH: usize = MAX_RDATA_LENGTH - MAX_RDATA_LENGTH.div_ceil(256);

    /// Record data for a definition string, cut greedily into strings of 255 octets (D1).
    ///
    /// The string is not judged here; an empty one becomes one empty character-string.
    ///
    /// # Errors
    /// [`MimiRdataError::TooLong`] above [`MAX_DEFINITION_LENGTH`](Self::MAX_DEFINITION_LENGTH).
    pub fn new(definition_string: &[u8]) -> Result<Self, MimiRdataError> {
        if definition_string.is_empty() {
            return Self::from_strings([b""]);
        }
        Self::from_strings(definition_string.chunks(MAX_STRING_LENGTH))
    }

    /// Record data of exactly these character-strings.
    ///
    /// # Errors
    /// [`MimiRdataError`] when there is none, one exceeds 255 octets, or all of them exceed 65535.
    pub fn from_strings<S: AsRef<[u8]>>(
        strings: impl IntoIterator<Item = S>,
    ) -> Result<Self, MimiRdataError> {
        let mut rdata = Vec::new();
        for (index, string) in strings.into_iter().enumerate() {
            let string = string.as_ref();
            if string.len() > MAX_STRING_LENGTH {
                return Err(MimiRdataError::StringTooLong {
                    index,
                    length: string.len(),
                });
            }
            character_string::push(&mut rdata, string);
        }
        check(&rdata)?;
        Ok(Self { rdata })
    }

    /// Reads RDATA.
    ///
    /// # Errors
    /// [`MimiRdataError`] when it is empty or a length octet overruns it.
    pub fn from_rdata(rdata: &[u8]) -> Result<Self, MimiRdataError> {
        check(rdata)?;
        Ok(Self {
            rdata: rdata.to_vec(),
        })
    }

    /// The octets of RDATA.
    pub fn as_rdata(&self) -> &[u8] {
        &self.rdata
    }

    /// The octets of RDATA, owned.
    pub fn to_rdata(&self) -> Vec<u8> {
        self.rdata.clone()
    }

    /// The character-strings, as segmented.
    pub fn strings(&self) -> CharacterStrings<'_> {
        CharacterStrings::new(&self.rdata)
    }

    /// The definition string: all character-strings joined (D1). Borrowed when there is only one.
    pub fn definition_string(&self) -> Cow<'_, [u8]> {
        join(&self.rdata)
    }

    /// The MSSI that the definition string names, judged by `mimi-mssi`.
    ///
    /// For warnings and spans, give [`definition_string`](Self::definition_string) to [`mimi_mssi::parse`].
    ///
    /// # Errors
    /// [`Refusal`] when the record is to be ignored or rejected.
    pub fn mssi(&self) -> Result<OwnedMssi, Refusal> {
        mimi_mssi::parse_strict(&self.definition_string()).map(OwnedMssi::from)
    }

    /// The record data in presentation form: quoted strings with `"` and `\` escaped, and `\DDD` for what is not printable ASCII.
    pub fn to_text(&self) -> String {
        let mut text = String::with_capacity(self.rdata.len() + 8);
        // Writing to a String cannot fail.
        let _ = self.write_text(&mut text);
        text
    }

    pub(crate) fn write_text(&self, text: &mut impl fmt::Write) -> fmt::Result {
        for (index, string) in self.strings().enumerate() {
            if index > 0 {
                text.write_char(' ')?;
            }
            character_string::write_quoted(text, string)?;
        }
        Ok(())
    }

    /// Reads the record data in presentation form: quoted or bare strings on one line, or `\# length hex` (RFC 3597).
    ///
    /// Comments and parentheses belong to the master file and are not known here.
    ///
    /// # Errors
    /// [`MimiTextError`], with the position of what is wrong.
    pub fn from_text(text: &[u8]) -> Result<Self, MimiTextError> {
        if rfc3597::is_generic(text) {
            let rdata = rfc3597::from_text(text).map_err(MimiTextError::Generic)?;
            return Self::from_rdata(&rdata).map_err(MimiTextError::Rdata);
        }
        let strings = character_string::parse_all(text).map_err(MimiTextError::String)?;
        Self::from_strings(strings).map_err(MimiTextError::Rdata)
    }
}

/// The record that publishes an MSSI, in its canonical form.
impl TryFrom<&OwnedMssi> for Mimi {
    type Error = MimiRdataError;

    fn try_from(mssi: &OwnedMssi) -> Result<Self, MimiRdataError> {
        Self::new(mssi.to_string().as_bytes())
    }
}

/// The definition string of a MIMI record straight from the octets of its RDATA (D1): borrowed when there is only one
/// character-string, so that an answer can be judged without copying it.
///
/// # Errors
/// [`MimiRdataError`] when the RDATA is empty or a length octet overruns it.
pub fn definition_string(rdata: &[u8]) -> Result<Cow<'_, [u8]>, MimiRdataError> {
    check(rdata)?;
    Ok(join(rdata))
}

fn check(rdata: &[u8]) -> Result<(), MimiRdataError> {
    if rdata.is_empty() {
        return Err(MimiRdataError::Empty);
    }
    if rdata.len() > MAX_RDATA_LENGTH {
        return Err(MimiRdataError::TooLong {
            length: rdata.len(),
        });
    }
    character_string::check(rdata).map_err(|overrun| MimiRdataError::Overrun {
        position: overrun.position,
        length: overrun.length,
        available: overrun.available,
    })
}

/// Joins the character-strings of checked RDATA.
fn join(rdata: &[u8]) -> Cow<'_, [u8]> {
    let mut strings = CharacterStrings::new(rdata);
    match (strings.next(), strings.next()) {
        (Some(only), None) => Cow::Borrowed(only),
        _ => Cow::Owned(CharacterStrings::new(rdata).flatten().copied().collect()),
    }
}

impl fmt::Debug for Mimi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mimi")
            .field("strings", &self.strings().count())
            .field("octets", &self.rdata.len())
            .finish()
    }
}

/// Why octets are not the RDATA of a MIMI record (D1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MimiRdataError {
    /// RDLENGTH 0, or no string at all.
    Empty,
    /// A length octet promises more octets than follow it.
    Overrun {
        /// Where the length octet stands, as an offset into the RDATA.
        position: usize,
        /// What it says.
        length: u8,
        /// How many octets follow it.
        available: usize,
    },
    /// A character-string of more than 255 octets was asked for.
    StringTooLong {
        /// Which one, from 0.
        index: usize,
        /// Its length in octets.
        length: usize,
    },
    /// More than 65535 octets of RDATA.
    TooLong {
        /// The length of the RDATA in octets.
        length: usize,
    },
}

impl MimiRdataError {
    /// A stable code in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty-rdata",
            Self::Overrun { .. } => "string-overruns-rdata",
            Self::StringTooLong { .. } => "string-too-long",
            Self::TooLong { .. } => "rdata-too-long",
        }
    }
}

impl fmt::Display for MimiRdataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => {
                f.write_str("expected at least one character-string, found no record data")
            }
            Self::Overrun {
                position,
                length,
                available,
            } => write!(
                f,
                "expected {length} octets after the length at octet {position}, found {available}"
            ),
            Self::StringTooLong { index, length } => write!(
                f,
                "expected a character-string of at most {MAX_STRING_LENGTH} octets, found {length} (string {})",
                index + 1
            ),
            Self::TooLong { length } => write!(
                f,
                "expected at most {MAX_RDATA_LENGTH} octets of record data, found {length}"
            ),
        }
    }
}

impl Error for MimiRdataError {}

/// Why text is not the record data of a MIMI record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MimiTextError {
    /// The character-strings are not well formed.
    String(StringTextError),
    /// The `\#` form is not well formed.
    Generic(GenericTextError),
    /// The text is well formed, but what it says is not MIMI RDATA.
    Rdata(MimiRdataError),
}

impl MimiTextError {
    /// A stable code in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::String(error) => error.code(),
            Self::Generic(error) => error.code(),
            Self::Rdata(error) => error.code(),
        }
    }

    /// The octet offset into the text at which reading failed; 0 where the octets that it says are at fault.
    pub fn position(&self) -> usize {
        match self {
            Self::String(error) => error.position(),
            Self::Generic(error) => error.position(),
            Self::Rdata(_) => 0,
        }
    }
}

impl fmt::Display for MimiTextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(error) => error.fmt(f),
            Self::Generic(error) => error.fmt(f),
            Self::Rdata(error) => error.fmt(f),
        }
    }
}

impl Error for MimiTextError {}
