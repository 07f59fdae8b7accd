//! Places in files: lines and columns, counted only when somebody asks.

use core::cell::Cell;

/// Which of the files that were read: 0 is the first, included ones follow as they are opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub(crate) u32);

impl FileId {
    /// Its number, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A place in a file. Lines and columns count from 1; columns count octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Counts lines in the window of a file that is in memory.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    file: FileId,
    /// The offset in the file of the window's first octet, and the place of that octet.
    base: usize,
    line: usize,
    column: usize,
    /// An offset in the window up to which was counted, and the line it lies in.
    counted: Cell<(usize, usize)>,
}

impl Lines {
    pub(crate) fn new(file: FileId, base: usize, line: usize) -> Self {
        Self {
            file,
            base,
            line,
            column: 1,
            counted: Cell::new((0, line)),
        }
    }

    pub(crate) fn file(&self) -> FileId {
        self.file
    }

    pub(crate) fn base(&self) -> usize {
        self.base
    }

    /// Whether the window starts where a line does.
    pub(crate) fn start_with_line(&self) -> bool {
        self.column == 1
    }

    /// The place of an offset in the window.
    pub(crate) fn place(&self, window: &[u8], offset: usize) -> Place {
        let offset = offset.min(window.len());
        let line = self.line_of(window, offset);
        let column = match memchr::memrchr(b'\n', &window[..offset]) {
            Some(end) => offset - end,
            None => self.column + offset,
        };
        Place {
            file: self.file,
            line,
            column,
        }
    }

    /// The line of an offset in the window. The cost is the distance to the last offset asked for.
    pub(crate) fn line_of(&self, window: &[u8], offset: usize) -> usize {
        let offset = offset.min(window.len());
        let (from, line) = self.counted.get();
        let line = if from <= offset {
            line + count_lines(&window[from..offset])
        } else {
            line - count_lines(&window[offset..from])
        };
        self.counted.set((offset, line));
        line
    }

    /// Moves the window's start by `length`.
    pub(crate) fn discard(&mut self, window: &[u8], length: usize) {
        let place = self.place(window, length);
        self.base += length;
        self.line = place.line;
        self.column = place.column;
        self.counted.set((0, place.line));
    }
}

/// How many lines end in `octets`.
pub(crate) fn count_lines(octets: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', octets).count()
}
