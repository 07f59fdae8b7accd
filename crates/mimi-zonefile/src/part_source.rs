//! Cutting a file into parts, and guessing what each inherits from those before.

use std::io::{self, Read};

use crate::place::count_lines;
use crate::scanner::{Scanner, is_blank};
use crate::state::State;

/// How long a part is, in octets: long enough that the cost of handing it over does not count, short enough for a cache.
pub(crate) const PART_LENGTH: usize = 256 << 10;

/// A part of a file.
pub(crate) struct Part {
    /// Its number, from 0.
    pub(crate) index: usize,
    pub(crate) octets: Vec<u8>,
    /// Where it starts.
    pub(crate) offset: usize,
    pub(crate) line: usize,
    pub(crate) is_last: bool,
    /// Why reading ended with this part, if not at the end of the file.
    pub(crate) failure: Option<io::ErrorKind>,
}

/// Cuts a file into parts.
pub(crate) struct PartSource<R> {
    reader: R,
    part_length: usize,
    /// A scanner whose state is the guess at what the next part inherits.
    guess: Scanner,
    next_index: usize,
    offset: usize,
    line: usize,
    /// What was read and belongs to the next part.
    rest: Vec<u8>,
    is_done: bool,
    /// Memory of parts that are done with.
    spare: Vec<Vec<u8>>,
}

impl<R: Read> PartSource<R> {
    pub(crate) fn new(reader: R, part_length: usize, first: &Scanner) -> Self {
        Self {
            reader,
            part_length,
            guess: first.clone(),
            next_index: 0,
            offset: 0,
            line: 1,
            rest: Vec::new(),
            is_done: false,
            spare: Vec::new(),
        }
    }

    pub(crate) fn next_index(&self) -> usize {
        self.next_index
    }

    /// Takes back memory.
    pub(crate) fn recycle(&mut self, octets: Vec<u8>) {
        self.spare.push(octets);
    }

    /// The next part, and the state that it is guessed to start from; `None` behind the last.
    pub(crate) fn next(&mut self) -> Option<(Part, State)> {
        if self.is_done {
            return None;
        }
        let mut octets = self.spare.pop().unwrap_or_default();
        octets.clear();
        octets.append(&mut self.rest);
        // One more than is there at least, so that there is always something to hand out.
        let length = self.part_length.max(octets.len() + 1);
        let wanted = (length - octets.len()) as u64;
        let read = (&mut self.reader).take(wanted).read_to_end(&mut octets);
        let failure = read.err().map(|error| error.kind());
        self.is_done = failure.is_some() || octets.len() < length;
        if !self.is_done {
            let cut = cut(&octets);
            self.rest.extend_from_slice(&octets[cut..]);
            octets.truncate(cut);
        }
        let state = self.guess.state.clone();
        let part = Part {
            index: self.next_index,
            offset: self.offset,
            line: self.line,
            is_last: self.is_done,
            failure,
            octets,
        };
        self.guess_on(&part.octets);
        self.next_index += 1;
        self.offset += part.octets.len();
        self.line += count_lines(&part.octets);
        Some((part, state))
    }

    /// Lets the directives of a part take effect on the guess. Those inside quotes or parentheses are taken for some, too.
    fn guess_on(&mut self, octets: &[u8]) {
        let first = octets.starts_with(b"$").then_some(0);
        let others = memchr::memmem::find_iter(octets, b"\n$").map(|end| end + 1);
        for start in first.into_iter().chain(others) {
            let rest = &octets[start..];
            let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            self.guess.guess_directive(&rest[..end]);
        }
    }
}

/// Where to cut: before the last line that looks like the start of an entry with an owner.
fn cut(octets: &[u8]) -> usize {
    let line_starts = memchr::memrchr_iter(b'\n', octets).map(|end| end + 1);
    let mut last = None;
    for start in line_starts {
        last = last.or(Some(start));
        match octets.get(start) {
            Some(&octet) if !is_blank(octet) && !matches!(octet, b'\n' | b')' | b';') => {
                return start;
            }
            _ => {}
        }
    }
    last.unwrap_or(octets.len())
}
