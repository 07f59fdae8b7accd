//! RDATA octets from presentation form: the parsers of the `domain` crate, fed with our tokens.
//!
//! SOA is read here, because `domain` knows no time units. Types whose form is that of another type go through its parser.

mod error;
mod scanner;
mod soa;
mod svcb;

use domain::base::iana::Rtype;
use domain::base::rdata::ComposeRecordData;
use domain::base::scan::{Scanner, ScannerError};
use domain::rdata::ZoneRecordData;

pub use error::{RdataError, RdataErrorKind};

use crate::fields::Context;
use crate::rdata::error::FieldError;
use crate::rdata::scanner::FieldScanner;
use crate::record::RdataText;

const IN: u16 = 1;
const MAX_RDATA_LENGTH: usize = 65_535;

/// The RDATA octets that `text` stands for; `None` when the type's form is not known.
pub(crate) fn to_wire(
    text: &RdataText<'_>,
    record_type: u16,
    class: u16,
    context: &Context,
) -> Result<Option<Vec<u8>>, RdataError> {
    let Some(form) = text_form(record_type, class) else {
        return Ok(None);
    };
    if matches!(form, Rtype::SVCB | Rtype::HTTPS) && svcb::is_beyond_domain(text) {
        return Ok(None);
    }
    let mut scanner = FieldScanner::new(text, form, context);
    match read(&mut scanner, form) {
        Ok(octets) => Ok(Some(octets)),
        Err(error) => Err(scanner.error_at_place(error)),
    }
}

fn read(scanner: &mut FieldScanner<'_, '_>, form: Rtype) -> Result<Vec<u8>, FieldError> {
    let mut octets = Vec::new();
    if form == Rtype::SOA {
        soa::read(scanner, &mut octets)?;
    } else {
        let data = ZoneRecordData::scan(form, scanner)?;
        let Ok(()) = data.compose_rdata(&mut octets);
    }
    if scanner.continues() {
        scanner.step_to_next();
        return Err(FieldError::trailing_tokens());
    }
    if octets.len() > MAX_RDATA_LENGTH {
        return Err(FieldError::short_buf());
    }
    Ok(octets)
}

/// The type whose parser reads the text of `record_type`.
fn text_form(record_type: u16, class: u16) -> Option<Rtype> {
    let form = match Rtype::from_int(record_type) {
        // Defined for the Internet class only.
        Rtype::A | Rtype::AAAA | Rtype::SRV | Rtype::KX | Rtype::SVCB | Rtype::HTTPS
            if class != IN =>
        {
            return None;
        }
        Rtype::SPF | Rtype::AVC | Rtype::NINFO | Rtype::RESINFO | Rtype::WALLET => Rtype::TXT,
        Rtype::AFSDB | Rtype::RT | Rtype::KX => Rtype::MX,
        Rtype::SMIMEA => Rtype::TLSA,
        Rtype::TA | Rtype::DLV => Rtype::DS,
        form => form,
    };
    let known = matches!(
        form,
        Rtype::A
            | Rtype::AAAA
            | Rtype::CAA
            | Rtype::CDNSKEY
            | Rtype::CDS
            | Rtype::CNAME
            | Rtype::DNAME
            | Rtype::DNSKEY
            | Rtype::DS
            | Rtype::HINFO
            | Rtype::HTTPS
            | Rtype::IPSECKEY
            | Rtype::MB
            | Rtype::MD
            | Rtype::MF
            | Rtype::MG
            | Rtype::MINFO
            | Rtype::MR
            | Rtype::MX
            | Rtype::NAPTR
            | Rtype::NS
            | Rtype::NSEC
            | Rtype::NSEC3
            | Rtype::NSEC3PARAM
            | Rtype::OPENPGPKEY
            | Rtype::PTR
            | Rtype::RP
            | Rtype::RRSIG
            | Rtype::SOA
            | Rtype::SRV
            | Rtype::SSHFP
            | Rtype::SVCB
            | Rtype::TLSA
            | Rtype::TXT
            | Rtype::ZONEMD
    );
    known.then_some(form)
}
