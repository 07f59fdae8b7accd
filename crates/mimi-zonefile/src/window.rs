//! The part of a file that is in memory.

use std::io::{self, Read};

use crate::scanner::Scanner;

/// How much is read at a time, in octets: what the nearer caches hold.
const READ_LENGTH: usize = 128 << 10;

/// A window that moves over a file. Its length grows to that of the longest entry, and is two megabytes at most.
pub(crate) enum Window<'i> {
    /// All of the file, or its last part.
    Whole(&'i [u8]),
    /// A part of the file that another one follows.
    Part(&'i [u8]),
    Moving {
        reader: Box<dyn Read + Send + 'i>,
        buffer: Vec<u8>,
        /// How much of the buffer was filled.
        filled: usize,
        state: Progress,
    },
}

/// How far reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    Reading,
    AtEnd,
    /// The reader failed, which is to be told when all that it gave before was read.
    Failing(io::ErrorKind),
    Failed,
}

impl<'i> Window<'i> {
    pub(crate) fn moving(reader: impl Read + Send + 'i) -> Self {
        Self::Moving {
            reader: Box::new(reader),
            buffer: Vec::new(),
            filled: 0,
            state: Progress::Reading,
        }
    }

    /// The octets, and whether the file ends with them.
    pub(crate) fn get(&self) -> (&[u8], bool) {
        match self {
            Self::Whole(input) => (input, true),
            Self::Part(input) => (input, false),
            Self::Moving {
                buffer,
                filled,
                state,
                ..
            } => (&buffer[..*filled], *state == Progress::AtEnd),
        }
    }

    /// Forgets what the scanner has passed, and reads on. Whether there may be more now.
    ///
    /// # Errors
    /// Of the reader, once.
    pub(crate) fn refill(&mut self, scanner: &mut Scanner) -> Result<bool, io::ErrorKind> {
        let Self::Moving {
            reader,
            buffer,
            filled,
            state,
        } = self
        else {
            return Ok(false);
        };
        match *state {
            Progress::Reading => {}
            Progress::AtEnd | Progress::Failed => return Ok(false),
            Progress::Failing(kind) => {
                *state = Progress::Failed;
                return Err(kind);
            }
        }
        let passed = scanner.discard(&buffer[..*filled]);
        buffer.copy_within(passed..*filled, 0);
        *filled -= passed;
        // At least as much again as is there, so that an entry is looked at a bounded number of times however little the reader
        // gives at a time.
        let enough = 2 * *filled;
        if enough > buffer.len() || *filled == buffer.len() {
            buffer.resize((2 * buffer.len()).max(READ_LENGTH), 0);
        }
        loop {
            match reader.read(&mut buffer[*filled..]) {
                Ok(0) => *state = Progress::AtEnd,
                Ok(length) => *filled += length,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => *state = Progress::Failing(error.kind()),
            }
            if *filled >= enough || *state != Progress::Reading {
                return Ok(true);
            }
        }
    }
}
