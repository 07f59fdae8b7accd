//! [`Input`]: one zone to check, and how it is opened as often as the checker reads it.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use mimi_lint::Source;
use mimi_output::Shown;

/// A zone to check.
pub(crate) struct Input {
    pub(crate) source: Arc<Source>,
    origin: Origin,
}

enum Origin {
    File(PathBuf),
    /// What can be read only once, such as a pipe, is put into a file without a name first.
    Spooled(Arc<Mutex<File>>),
}

impl Input {
    /// A file, a pipe that has a path, or `-`.
    ///
    /// # Errors
    /// Those of the system, and for what is no file.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        if path == Path::new("-") {
            let source = Source::stream("-");
            return Self::spool(source, &mut io::stdin().lock());
        }
        let kind = fs::metadata(path)?.file_type();
        if kind.is_file() {
            // Told now, before anything is reported.
            File::open(path)?;
            return Ok(Self {
                source: Source::file(path),
                origin: Origin::File(path.to_owned()),
            });
        }
        if is_pipe(kind) {
            let source = Source::stream(path.display().to_string());
            return Self::spool(source, &mut File::open(path)?);
        }
        let message = "expected a file, a folder or a pipe, found something else";
        Err(io::Error::new(io::ErrorKind::InvalidInput, message))
    }

    fn spool(source: Arc<Source>, from: &mut dyn Read) -> io::Result<Self> {
        let mut file = tempfile::tempfile()?;
        io::copy(from, &mut file)?;
        Ok(Self {
            source,
            origin: Origin::Spooled(Arc::new(Mutex::new(file))),
        })
    }

    /// Where it can be written back to.
    pub(crate) fn path(&self) -> Option<&Path> {
        match &self.origin {
            Origin::File(path) => Some(path),
            Origin::Spooled(_) => None,
        }
    }

    /// How long it is, as far as that can be told.
    pub(crate) fn length(&self) -> u64 {
        let metadata = match &self.origin {
            Origin::File(path) => fs::metadata(path),
            Origin::Spooled(file) => match file.lock() {
                Ok(file) => file.metadata(),
                Err(_) => return 0,
            },
        };
        metadata.map_or(0, |metadata| metadata.len())
    }

    /// Opens it from its start.
    pub(crate) fn reader(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(match &self.origin {
            Origin::File(path) => Box::new(File::open(path)?),
            Origin::Spooled(file) => Box::new(Spooled {
                file: Arc::clone(file),
                position: 0,
            }),
        })
    }
}

/// A reader of a file that others read too.
struct Spooled {
    file: Arc<Mutex<File>>,
    position: u64,
}

impl Read for Spooled {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let poisoned = |_| io::Error::other("another reader of the same file failed");
        let mut file = self.file.lock().map_err(poisoned)?;
        file.seek(SeekFrom::Start(self.position))?;
        let length = file.read(buffer)?;
        self.position += length as u64;
        Ok(length)
    }
}

#[cfg(unix)]
fn is_pipe(kind: fs::FileType) -> bool {
    use std::os::unix::fs::FileTypeExt;
    kind.is_fifo()
}

#[cfg(not(unix))]
fn is_pipe(_kind: fs::FileType) -> bool {
    false
}

/// A path, fit for a terminal.
pub(crate) fn shown(path: &Path) -> String {
    Shown(&path.display().to_string()).to_string()
}
