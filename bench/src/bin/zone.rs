//! Reads a zone file with `mimi-zonefile` and adds up what it read: `zone FILE [--threads N] [--mnemonic]`. `cargo xtask compare zone` measures it.
//!
//! Prints the line that `bench/peers/zscanner.c` prints, so that the two can be held against each other.

#![forbid(unsafe_code)]

use std::error::Error;
use std::fmt;
use std::fs::File;
use std::num::NonZeroUsize;

use mimi_zonefile::{Entries, Form, ZoneReader};

fn main() -> Result<(), Box<dyn Error>> {
    let mut path = None;
    let mut threads = NonZeroUsize::MIN;
    let mut mnemonic = false;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--threads" => threads = arguments.next().ok_or("--threads: how many?")?.parse()?,
            "--mnemonic" => mnemonic = true,
            _ => path = Some(argument),
        }
    }
    let path = path.ok_or("usage: zone FILE [--threads N] [--mnemonic]")?;
    println!("{}", read(&path, threads, mnemonic)?);
    Ok(())
}

/// All use of the library: every record's owner and RDATA in wire form. The first error ends it.
fn read(path: &str, threads: NonZeroUsize, mnemonic: bool) -> Result<Sums, Box<dyn Error>> {
    let mut reader = ZoneReader::new();
    if mnemonic {
        reader = reader.private_type("MIMI", 65400, Form::Strings);
    }
    let mut total = Ok(Sums::default());
    reader.in_parts(File::open(path)?, threads, read_part, |part| {
        match (&mut total, part) {
            (Ok(total), Ok(part)) => total.join(&part),
            (Ok(_), Err(error)) => total = Err(error),
            (Err(_), _) => {}
        }
    });
    Ok(total?)
}

fn read_part(entries: &mut Entries<'_>) -> Result<Sums, String> {
    let mut sums = Sums::default();
    let mut rdata = Vec::new();
    while let Some(record) = entries.next_record() {
        let record = record.map_err(|error| format!("line {}: {error}", error.place.line))?;
        rdata.clear();
        match record.append_rdata(&mut rdata) {
            Ok(true) => {}
            Ok(false) => return Err(format!("type {}: text not known", record.record_type)),
            Err(error) => return Err(format!("line {}: {error}", error.place.line)),
        }
        sums.add(
            record.owner.as_wire(),
            record.record_type,
            record.ttl,
            &rdata,
        );
    }
    Ok(sums)
}

/// What there is of a zone, in numbers that do not depend on the order of records.
#[derive(Default)]
struct Sums {
    records: u64,
    owner_octets: u64,
    rdata_octets: u64,
    types: u64,
    ttls: u64,
    /// Of the octets of owners and RDATA.
    checksum: u64,
}

impl Sums {
    fn join(&mut self, other: &Self) {
        self.records += other.records;
        self.owner_octets += other.owner_octets;
        self.rdata_octets += other.rdata_octets;
        self.types += other.types;
        self.ttls += other.ttls;
        self.checksum = self.checksum.wrapping_add(other.checksum);
    }

    fn add(&mut self, owner: &[u8], record_type: u16, ttl: u32, rdata: &[u8]) {
        self.records += 1;
        self.owner_octets += owner.len() as u64;
        self.rdata_octets += rdata.len() as u64;
        self.types += u64::from(record_type);
        self.ttls += u64::from(ttl);
        self.checksum = self
            .checksum
            .wrapping_add(sum(owner))
            .wrapping_add(sum(rdata));
    }
}

/// As numbers of eight octets, the least significant first, the last one filled up with zeros.
fn sum(octets: &[u8]) -> u64 {
    let (numbers, rest) = octets.as_chunks::<8>();
    let rest = rest
        .iter()
        .rfold(0, |rest, octet| rest << 8 | u64::from(*octet));
    numbers.iter().fold(rest, |total, number| {
        total.wrapping_add(u64::from_le_bytes(*number))
    })
}

impl fmt::Display for Sums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            records,
            owner_octets,
            rdata_octets,
            types,
            ttls,
            checksum,
        } = self;
        write!(
            f,
            "records {records}, owner octets {owner_octets}, RDATA octets {rdata_octets}, types {types}, TTLs {ttls}, checksum {checksum}"
        )
    }
}
