//! SOA (RFC 1035 §3.3.13), whose times take units in every server's zone files.

use domain::base::scan::Scan;

use crate::rdata::error::{FieldError, RdataErrorKind};
use crate::rdata::scanner::FieldScanner;
use crate::time_to_live::parse_time;

/// Reads two names, the serial number and four times, and appends their octets.
pub(crate) fn read(scanner: &mut FieldScanner<'_>, octets: &mut Vec<u8>) -> Result<(), FieldError> {
    for _ in 0..2 {
        scanner.append_name(octets)?;
    }
    octets.extend(u32::scan(scanner)?.to_be_bytes());
    for _ in 0..4 {
        let seconds =
            parse_time(scanner.raw()?).map_err(|_| FieldError(RdataErrorKind::BadTime))?;
        octets.extend(seconds.to_be_bytes());
    }
    Ok(())
}
