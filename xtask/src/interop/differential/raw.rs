//! The binary form of a zone that `named-compilezone -F raw` writes, version 1.
//!
//! All numbers are big-endian. A header of 24 octets: format (2), version (1), the time of writing, flags, a serial number, the
//! time of a transfer. Then one block for each RRset (for RRSIG: for each type covered), whose RDATA is uncompressed:
//!
//! | octets | |
//! |---|---|
//! | 4 | length of the block, these four included |
//! | 2, 2, 2 | class, type, type covered |
//! | 4 | TTL |
//! | 4 | number of records |
//! | 2 and as many | owner in wire form, the letters as written |
//! | 2 and as many | RDATA, for each record |

use anyhow::{Result, ensure};

use super::record::Record;

const FORMAT: u32 = 2;
const VERSION: u32 = 1;
/// What follows the version: the time of writing, flags, a serial number, the time of a transfer.
const HEADER_REST: usize = 16;

/// The records of a file.
pub(super) fn read(file: &[u8]) -> Result<Vec<Record>> {
    let mut file = Cursor(file);
    let (format, version) = (file.u32()?, file.u32()?);
    ensure!(
        (format, version) == (FORMAT, VERSION),
        "expected raw format {FORMAT} version {VERSION}, found {format} version {version}"
    );
    file.take(HEADER_REST)?;
    let mut records = Vec::new();
    while !file.0.is_empty() {
        let length = file.u32()? as usize;
        let mut block = Cursor(file.take(length.saturating_sub(4))?);
        let class = block.u16()?;
        let record_type = block.u16()?;
        let _covered = block.u16()?;
        let ttl = block.u32()?;
        let count = block.u32()?;
        let owner = block.sized()?.to_ascii_lowercase();
        for _ in 0..count {
            records.push(Record {
                owner: owner.clone(),
                record_type,
                class,
                ttl,
                rdata: Some(block.sized()?.to_vec()),
            });
        }
        ensure!(block.0.is_empty(), "a block is longer than its records");
    }
    Ok(records)
}

/// Octets from front to back.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        ensure!(count <= self.0.len(), "the file ends inside a block");
        let (taken, rest) = self.0.split_at(count);
        self.0 = rest;
        Ok(taken)
    }

    fn u16(&mut self) -> Result<u16> {
        let octets = self.take(2)?;
        Ok(octets
            .iter()
            .fold(0, |sum, &octet| sum << 8 | u16::from(octet)))
    }

    fn u32(&mut self) -> Result<u32> {
        let octets = self.take(4)?;
        Ok(octets
            .iter()
            .fold(0, |sum, &octet| sum << 8 | u32::from(octet)))
    }

    fn sized(&mut self) -> Result<&'a [u8]> {
        let length = self.u16()?;
        self.take(length.into())
    }
}
