//! RDATA octets from presentation form: the parsers of the `domain` crate, fed with our words.
//!
//! SOA is read here, because `domain` knows no time units. Types whose form is that of another type go through its parser.
//! Where `domain` is less strict than the servers are, [`layout`] and [`svcb`] check first.

mod error;
mod layout;
mod scanner;
mod soa;
mod svcb;

use core::net::{Ipv4Addr, Ipv6Addr};

use domain::base::iana::Rtype;
use domain::base::name::ParsedName;
use domain::base::rdata::{ComposeRecordData, ParseRecordData};
use domain::base::scan::{Scanner, ScannerError};
use domain::dep::octseq::parse::Parser;
use domain::rdata::ZoneRecordData;

pub use error::{RdataError, RdataErrorKind};

use crate::rdata::error::FieldError;
use crate::rdata::scanner::FieldScanner;
use crate::record::RdataText;
use crate::types::Form;

const IN: u16 = 1;
const MAX_RDATA_LENGTH: usize = 65_535;

/// Appends the RDATA octets that `text` stands for; whether the type's form is known.
pub(crate) fn append_wire(
    text: RdataText<'_>,
    record_type: u16,
    class: u16,
    octets: &mut Vec<u8>,
) -> Result<bool, RdataError> {
    let context = text.entry.context();
    let private = context.types.form(record_type);
    let form = match private {
        Some(Form::Strings) => Some(Rtype::TXT),
        Some(Form::Name) => Some(Rtype::CNAME),
        Some(Form::Unknown) => None,
        None => text_form(record_type, class),
    };
    let mut scanner = FieldScanner::new(text, form.unwrap_or(Rtype::NULL));
    let start = octets.len();
    let result = match form {
        // Servers that do not know a type by its mnemonic read no text of it (RFC 3597 §5).
        _ if private.is_some() && text.entry.has_numbered_type() => {
            Err(FieldError(RdataErrorKind::NoTextForm))
        }
        None if private.is_none() && !has_text_form(record_type) => {
            Err(FieldError(RdataErrorKind::NoTextForm))
        }
        None => return Ok(false),
        Some(Rtype::SVCB | Rtype::HTTPS) if svcb::is_beyond_domain(text) => return Ok(false),
        Some(form) => append(&mut scanner, form, octets),
    };
    let result = result.and_then(|()| {
        if scanner.continues() {
            scanner.step_to_next();
            return Err(FieldError::trailing_tokens());
        }
        if octets.len() - start > MAX_RDATA_LENGTH {
            return Err(FieldError::short_buf());
        }
        Ok(())
    });
    match result {
        Ok(()) => Ok(true),
        Err(error) => Err(scanner.error_at_place(error)),
    }
}

/// The commonest forms are read here: there are many of them in any file, and a parser of `domain` allocates for each.
fn append(
    scanner: &mut FieldScanner<'_>,
    form: Rtype,
    octets: &mut Vec<u8>,
) -> Result<(), FieldError> {
    match form {
        Rtype::TXT => scanner.append_strings(octets),
        Rtype::NS | Rtype::CNAME | Rtype::PTR | Rtype::DNAME => scanner.append_name(octets),
        Rtype::A => {
            let address: Ipv4Addr = scanner.address("expected an IPv4 address")?;
            octets.extend_from_slice(&address.octets());
            Ok(())
        }
        Rtype::AAAA => {
            let address: Ipv6Addr = scanner.address("expected an IPv6 address")?;
            octets.extend_from_slice(&address.octets());
            Ok(())
        }
        Rtype::SOA => soa::read(scanner, octets),
        _ => {
            scanner.check(form)?;
            let data = ZoneRecordData::scan(form, scanner)?;
            let Ok(()) = data.compose_rdata(octets);
            Ok(())
        }
    }
}

/// Checks that octets are RDATA of a type, if its form is known: BIND and NSD refuse to load others.
pub(crate) fn check_wire(
    text: RdataText<'_>,
    record_type: u16,
    class: u16,
    octets: &[u8],
) -> Result<(), RdataError> {
    let is_private = text.entry.context().types.form(record_type).is_some();
    let is_rdata = match text_form(record_type, class) {
        Some(form) if !is_private => is_rdata_of(form, octets),
        _ => true,
    };
    if is_rdata {
        return Ok(());
    }
    let range = text.range();
    Err(RdataError {
        kind: RdataErrorKind::NotOfType { record_type },
        span: text.span(),
        place: text.entry.place(range.start),
        found: text.entry.excerpt(range),
    })
}

fn is_rdata_of(form: Rtype, octets: &[u8]) -> bool {
    // `domain` passes no strings at all, and a tag without a letter (RFC 8659 §4.1).
    let is_too_short = match form {
        Rtype::TXT => octets.is_empty(),
        Rtype::CAA => octets.get(1) == Some(&0),
        _ => false,
    };
    if is_too_short {
        return false;
    }
    let mut parser = Parser::from_ref(octets);
    let Ok(Some(data)) = ZoneRecordData::<&[u8], ParsedName<&[u8]>>::parse_rdata(form, &mut parser)
    else {
        return false;
    };
    let mut composed = Vec::with_capacity(octets.len());
    let Ok(()) = data.compose_rdata(&mut composed);
    // A name that was compressed comes out longer.
    parser.remaining() == 0 && composed.len() == octets.len()
}

/// Whether a type has a text form at all, known here or not: NULL and the experimental types of RFC 1035 and IANA's have none,
/// and nobody knows that of a number without a mnemonic.
fn has_text_form(record_type: u16) -> bool {
    let without = matches!(record_type, 10 | 100..=103);
    !without && Rtype::from_int(record_type).to_mnemonic().is_some()
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
