//! Whole records as a line of a master file: D4, RFC 1035 §5.1, RFC 3597 §5.
//!
//! Both lines say the same record. The first needs a reader that knows the mnemonics; every DNS server takes the second.

use alloc::string::String;
use core::fmt::{self, Write};

use mimi_name::DomainName;

use crate::mimi::Mimi;
use crate::mimix::Mimix;
use crate::rfc3597;
use crate::type_codes::TypeCodes;

/// The data of either record type, to be written.
#[derive(Clone, Copy, Debug)]
pub enum RecordData<'a> {
    /// A MIMI record.
    Mimi(&'a Mimi),
    /// A MIMIX record.
    Mimix(&'a Mimix),
}

impl<'a> From<&'a Mimi> for RecordData<'a> {
    fn from(mimi: &'a Mimi) -> Self {
        Self::Mimi(mimi)
    }
}

impl<'a> From<&'a Mimix> for RecordData<'a> {
    fn from(mimix: &'a Mimix) -> Self {
        Self::Mimix(mimix)
    }
}

/// `owner [ttl] IN MIMI "…"` or `owner [ttl] IN MIMIX target`, without a line end. The TTL is in seconds.
pub fn mnemonic_line<'a>(
    owner: &DomainName,
    ttl: Option<u32>,
    data: impl Into<RecordData<'a>>,
) -> String {
    line(owner, ttl, |line| match data.into() {
        RecordData::Mimi(mimi) => {
            line.write_str("MIMI ")?;
            mimi.write_text(line)
        }
        RecordData::Mimix(mimix) => write!(line, "MIMIX {}", mimix.target()),
    })
}

/// `owner [ttl] IN TYPE65357 \# length hex`, without a line end. The TTL is in seconds.
pub fn generic_line<'a>(
    owner: &DomainName,
    ttl: Option<u32>,
    data: impl Into<RecordData<'a>>,
    codes: TypeCodes,
) -> String {
    line(owner, ttl, |line| {
        let (code, rdata) = match data.into() {
            RecordData::Mimi(mimi) => (codes.mimi(), mimi.as_rdata()),
            RecordData::Mimix(mimix) => (codes.mimix(), mimix.as_rdata()),
        };
        write!(line, "TYPE{code} ")?;
        rfc3597::write_text(line, rdata)
    })
}

fn line(
    owner: &DomainName,
    ttl: Option<u32>,
    data: impl FnOnce(&mut String) -> fmt::Result,
) -> String {
    let mut line = String::new();
    // Writing to a String cannot fail.
    let _ = write!(line, "{owner} ");
    if let Some(ttl) = ttl {
        let _ = write!(line, "{ttl} ");
    }
    line.push_str("IN ");
    let _ = data(&mut line);
    line
}
