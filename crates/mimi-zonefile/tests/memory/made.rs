//! Files of any size, made while they are read, and what reading them takes.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::time::{Duration, Instant};

use allocation_counter::AllocationInfo;
use mimi_zonefile::{Entry, Form, ZoneReader};

/// How much smaller files are where nothing is optimized.
pub(crate) const SMALLER: usize = if cfg!(debug_assertions) { 32 } else { 1 };

/// How many octets are given at a time.
const READ_LENGTH: usize = 64 << 10;

/// A file: a head, a piece over and over, a tail.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Made {
    pub(crate) head: &'static str,
    pub(crate) piece: &'static str,
    pub(crate) times: usize,
    pub(crate) tail: &'static str,
}

impl Made {
    pub(crate) fn reader(&self) -> impl Read + Send + use<> {
        let length = self.piece.len() * self.times;
        // Short pieces fill whole reads, so that windows are filled exactly.
        let short = self.piece.len() < 64;
        let count = if short { READ_LENGTH } else { 1 };
        let block = self.piece.repeat(count);
        let pieces = Cycle {
            block: block.into_bytes(),
            position: 0,
        };
        let head = self.head.as_bytes();
        head.chain(pieces.take(length as u64))
            .chain(self.tail.as_bytes())
    }
}

/// The same octets over and over.
struct Cycle {
    block: Vec<u8>,
    position: usize,
}

impl Read for Cycle {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = &self.block[self.position..];
        let length = rest.len().min(buffer.len()).min(READ_LENGTH);
        buffer[..length].copy_from_slice(&rest[..length]);
        self.position = (self.position + length) % self.block.len();
        Ok(length)
    }
}

/// What was in a file, and what reading it took.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) records: usize,
    pub(crate) comments: usize,
    /// How many errors of each code, those of RDATA included.
    pub(crate) errors: BTreeMap<&'static str, usize>,
    /// Where the last entry ended, in octets of the file.
    pub(crate) end: usize,
    pub(crate) memory: AllocationInfo,
    pub(crate) time: Duration,
}

pub(crate) fn reader() -> ZoneReader {
    ZoneReader::new()
        .origin("example.".parse().unwrap())
        .default_ttl(300)
        .private_type("MIMI", 65357, Form::Strings)
        .private_type("MIMIX", 65368, Form::Name)
}

/// Reads a file, with the octets of its records.
pub(crate) fn read(made: &Made) -> Reading {
    let mut file = made.reader();
    let reader = reader();
    let mut octets = Vec::with_capacity(1 << 16);
    let mut records = 0;
    let mut comments = 0;
    let mut errors = BTreeMap::new();
    let mut end = 0;
    let start = Instant::now();
    let memory = allocation_counter::measure(|| {
        let mut entries = reader.stream(&mut file);
        while let Some(entry) = entries.next() {
            match entry {
                Ok(Entry::Record(record)) => {
                    records += 1;
                    end = record.span().end;
                    octets.clear();
                    if let Err(error) = record.append_rdata(&mut octets) {
                        *errors.entry(error.code()).or_insert(0) += 1;
                    }
                }
                Ok(Entry::Comment(comment)) => {
                    comments += 1;
                    end = comment.span.end;
                }
                Ok(_) => {}
                Err(error) => {
                    *errors.entry(error.code()).or_insert(0) += 1;
                    end = error.entry.end;
                }
            }
        }
    });
    Reading {
        records,
        comments,
        errors,
        end,
        memory,
        time: start.elapsed(),
    }
}
