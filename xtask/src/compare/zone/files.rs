//! The zones to read: generated, the same at every time and place, of any length in constant memory.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{households, plain, rich};

/// The zone's name, for tools that want it.
pub(super) const APEX: &str = households::APEX;

/// Changes with what is written, so that files of another version are not taken for these.
const VERSION: u32 = 1;

/// How records are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// As a dump.
    Plain,
    /// As by hand, with all that the format offers.
    Rich,
}

/// The type of quoted definition strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// TXT, and a blank to have the same size: every tool knows it.
    Standard,
    /// MIMI, which only ours know.
    Mnemonic,
}

/// A zone file.
#[derive(Clone, Debug)]
pub(super) struct Zone {
    pub(super) shape: Shape,
    pub(super) spelling: Spelling,
    pub(super) records: u64,
    pub(super) path: PathBuf,
}

impl Shape {
    pub(super) const ALL: [Self; 2] = [Self::Plain, Self::Rich];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Rich => "rich",
        }
    }
}

impl Spelling {
    pub(super) const ALL: [Self; 2] = [Self::Standard, Self::Mnemonic];

    pub(super) fn quoted(self) -> &'static str {
        match self {
            Self::Standard => "TXT ",
            Self::Mnemonic => "MIMI",
        }
    }
}

impl Zone {
    pub(super) fn new(shape: Shape, spelling: Spelling, records: u64, folder: &Path) -> Self {
        let suffix = match spelling {
            Spelling::Standard => "",
            Spelling::Mnemonic => "-mimi",
        };
        let path = folder.join(format!("{}-{records}{suffix}.zone", shape.name()));
        Self {
            shape,
            spelling,
            records,
            path,
        }
    }

    /// The size of the file if it is there, and whole.
    pub(super) fn size(&self) -> Option<u64> {
        let size = fs::metadata(&self.path).ok()?.len();
        let mut line = String::new();
        BufReader::new(File::open(&self.path).ok()?)
            .read_line(&mut line)
            .ok()?;
        (line == self.first_line(size)).then_some(size)
    }

    /// Names the size, and is as long for each.
    fn first_line(&self, size: u64) -> String {
        let records = self.records;
        format!(";; zone dump {VERSION}: {records} records, {size:014} octets\n")
    }

    /// Writes the file.
    pub(super) fn write(&self) -> Result<()> {
        let file = File::create(&self.path).with_context(|| self.path.display().to_string())?;
        self.write_to(BufWriter::with_capacity(1 << 18, file))
    }

    /// Writes the zone, in memory that does not grow with it.
    pub(super) fn write_to(&self, mut out: impl Write + Seek) -> Result<()> {
        // Until the end is reached the first line is wrong, so that half a file is not taken for a whole one.
        out.write_all(self.first_line(0).as_bytes())?;
        let (count, mut text) = match self.shape {
            Shape::Plain => plain::apex(),
            Shape::Rich => rich::apex(),
        };
        out.write_all(text.as_bytes())?;
        let mut left = self.records.saturating_sub(count);
        let mut number = 0;
        while left > 0 {
            text.clear();
            let most = left.min(households::RECORDS);
            match self.shape {
                Shape::Plain => plain::records(number, most, self.spelling, &mut text),
                Shape::Rich => rich::records(number, most, self.spelling, &mut text),
            }
            out.write_all(text.as_bytes())?;
            left -= most;
            number += 1;
        }
        let size = out.stream_position()?;
        out.seek(SeekFrom::Start(0))?;
        out.write_all(self.first_line(size).as_bytes())?;
        out.flush()?;
        Ok(())
    }
}
