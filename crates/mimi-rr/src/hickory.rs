//! Conversions to and from hickory-proto: records by the codes of D2, names by their labels as raw octets.
//!
//! hickory knows neither type, so both travel as [`RData::Unknown`]. RDLENGTH 0 is an exception: a record read alone holds
//! [`RData::Update0`], and a response with such a record, of any type, is refused as a whole. `TryFrom` and `From` use the default
//! codes; the methods take others. Codes that hickory gives to a type of its own (65305) do not work here.

use core::error::Error;
use core::fmt;

use hickory_proto::ProtoError;
use hickory_proto::rr::rdata::NULL;
use hickory_proto::rr::{Name, RData, RecordType};
use mimi_name::{DomainName, LabelError};

use crate::mimi::{Mimi, MimiRdataError};
use crate::mimix::{Mimix, MimixRdataError};
use crate::type_codes::TypeCodes;

impl Mimi {
    /// Reads hickory record data of the type that `codes` gives to MIMI.
    ///
    /// # Errors
    /// [`FromHickoryError`] when it is of another type, or its octets are not MIMI RDATA.
    pub fn from_hickory(
        data: &RData,
        codes: TypeCodes,
    ) -> Result<Self, FromHickoryError<MimiRdataError>> {
        let rdata = octets(data, codes.mimi())?;
        Self::from_rdata(rdata).map_err(FromHickoryError::Rdata)
    }

    /// Hickory record data of the type that `codes` gives to MIMI.
    pub fn to_hickory(&self, codes: TypeCodes) -> RData {
        unknown(codes.mimi(), self.as_rdata())
    }
}

impl Mimix {
    /// Reads hickory record data of the type that `codes` gives to MIMIX.
    ///
    /// # Errors
    /// [`FromHickoryError`] when it is of another type, or its octets are not MIMIX RDATA.
    pub fn from_hickory(
        data: &RData,
        codes: TypeCodes,
    ) -> Result<Self, FromHickoryError<MimixRdataError>> {
        let rdata = octets(data, codes.mimix())?;
        Self::from_rdata(rdata).map_err(FromHickoryError::Rdata)
    }

    /// Hickory record data of the type that `codes` gives to MIMIX.
    pub fn to_hickory(&self, codes: TypeCodes) -> RData {
        unknown(codes.mimix(), self.as_rdata())
    }
}

impl TryFrom<&RData> for Mimi {
    type Error = FromHickoryError<MimiRdataError>;

    fn try_from(data: &RData) -> Result<Self, Self::Error> {
        Self::from_hickory(data, TypeCodes::DEFAULT)
    }
}

impl TryFrom<&RData> for Mimix {
    type Error = FromHickoryError<MimixRdataError>;

    fn try_from(data: &RData) -> Result<Self, Self::Error> {
        Self::from_hickory(data, TypeCodes::DEFAULT)
    }
}

impl From<&Mimi> for RData {
    fn from(mimi: &Mimi) -> Self {
        mimi.to_hickory(TypeCodes::DEFAULT)
    }
}

impl From<&Mimix> for RData {
    fn from(mimix: &Mimix) -> Self {
        mimix.to_hickory(TypeCodes::DEFAULT)
    }
}

/// The octets of record data that hickory does not know, for reading them without a copy: empty for RDLENGTH 0.
///
/// # Errors
/// [`FromHickoryError::WrongType`] when the record data is not of the type `code`, or of a type that hickory knows.
pub fn octets<E>(data: &RData, code: u16) -> Result<&[u8], FromHickoryError<E>> {
    match data {
        RData::Unknown { code: found, rdata } if u16::from(*found) == code => Ok(&rdata.anything),
        RData::Update0(found) if u16::from(*found) == code => Ok(&[]),
        other => Err(FromHickoryError::WrongType {
            expected: code,
            found: u16::from(other.record_type()),
        }),
    }
}

/// Record data of any type that hickory does not know. Build it with the code that goes into the record.
pub fn unknown(code: u16, rdata: &[u8]) -> RData {
    let code = RecordType::from(code);
    if rdata.is_empty() {
        // `NULL::with` asserts that there is an octet; decoding yields the same variant.
        return RData::Update0(code);
    }
    RData::Unknown {
        code,
        rdata: NULL::with(rdata.to_vec()),
    }
}

/// The same name in hickory's type, always absolute, every octet kept.
///
/// # Errors
/// None for any [`DomainName`]: both types have the same limits. The error type is hickory's own.
pub fn to_hickory_name(name: &DomainName) -> Result<Name, ProtoError> {
    // `&[u8]` labels are taken raw; text would be refused or mapped for octets such as `+`.
    Name::from_labels(name.labels())
}

/// The same name in our type, every octet kept. A name that hickory holds as relative is taken as absolute, as on the wire.
///
/// # Errors
/// None for a name that hickory read from a message: both types have the same limits.
pub fn from_hickory_name(name: &Name) -> Result<DomainName, LabelError> {
    DomainName::from_labels(name.iter())
}

/// Why hickory record data is not that of the record type asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FromHickoryError<E> {
    /// Record data of another type.
    WrongType {
        /// The code asked for.
        expected: u16,
        /// The code found.
        found: u16,
    },
    /// The octets are not RDATA of the type asked for.
    Rdata(E),
}

impl<E: fmt::Display> fmt::Display for FromHickoryError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongType { expected, found } => {
                write!(f, "expected a record of TYPE{expected}, found TYPE{found}")
            }
            Self::Rdata(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> Error for FromHickoryError<E> {}
