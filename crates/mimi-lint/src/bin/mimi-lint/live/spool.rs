//! [`Spool`]: text that is read more than once, in a file.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// A file that is read from its start as often as it takes, by one reader at a time.
pub(super) struct Spool(File);

impl Spool {
    /// What was written to a file without a name.
    pub(super) fn new(file: File) -> Self {
        Self(file)
    }

    /// A file, or a copy of what can be read but once: standard input (`-`), a pipe.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        if path == Path::new("-") {
            return Self::copy(&mut io::stdin().lock());
        }
        let mut file = File::open(path)?;
        match file.metadata()?.is_file() {
            true => Ok(Self(file)),
            false => Self::copy(&mut file),
        }
    }

    fn copy(from: &mut dyn Read) -> io::Result<Self> {
        let mut file = tempfile::tempfile()?;
        io::copy(from, &mut file)?;
        Ok(Self(file))
    }

    pub(super) fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        let mut file = self.0.try_clone()?;
        file.seek(SeekFrom::Start(0))?;
        Ok(Box::new(file))
    }
}
