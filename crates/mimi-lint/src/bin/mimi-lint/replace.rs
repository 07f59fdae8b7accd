//! Writing a file with edits made: whole, or not at all.

use std::error::Error;
use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mimi_lint::Edit;

use crate::edits::Patched;

/// A file that can be replaced, and how it was when it was looked at.
pub(crate) struct Target {
    path: PathBuf,
    seen: Seen,
}

/// What changes when a file does.
#[derive(PartialEq, Eq)]
struct Seen {
    length: u64,
    modified: Option<std::time::SystemTime>,
    /// Device and number.
    identity: (u64, u64),
}

/// Why a file is left as it is.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// It is a symbolic link that leads out of its folder.
    LeadsOutside(PathBuf),
    /// It has other names, which would keep the old text.
    HasOtherNames,
    /// Nobody may write to it.
    WriteProtected,
    /// Something else changed it meanwhile.
    Changed,
    /// The new file cannot be given to the owner of the old one.
    Owner(io::Error),
    Io(io::Error),
}

impl Target {
    /// Looks at a file before it is read.
    ///
    /// # Errors
    /// [`Refusal`] when it is one to be left alone.
    pub(crate) fn new(path: &Path) -> Result<Self, Refusal> {
        let mut target = path.to_owned();
        if fs::symlink_metadata(path)?.is_symlink() {
            target = path.canonicalize()?;
            let folder = match path.parent() {
                Some(folder) if !folder.as_os_str().is_empty() => folder,
                _ => Path::new("."),
            };
            if !target.starts_with(folder.canonicalize()?) {
                return Err(Refusal::LeadsOutside(target));
            }
        }
        let metadata = fs::metadata(&target)?;
        if metadata.permissions().readonly() {
            return Err(Refusal::WriteProtected);
        }
        if has_other_names(&metadata) {
            return Err(Refusal::HasOtherNames);
        }
        Ok(Self {
            path: target,
            seen: Seen::new(&metadata),
        })
    }

    /// Puts a file with the edits made in its place, with the same permissions and the same owner.
    ///
    /// # Errors
    /// [`Refusal`]; the file is as before then.
    pub(crate) fn replace(&self, edits: &Arc<[Edit]>) -> Result<(), Refusal> {
        let original = File::open(&self.path)?;
        let metadata = original.metadata()?;
        if Seen::new(&metadata) != self.seen {
            return Err(Refusal::Changed);
        }
        let folder = match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut temporary = tempfile::Builder::new()
            .prefix(".mimi-lint-")
            .tempfile_in(folder)
            .map_err(without_path)?;
        let mut patched = Patched::new(original, Arc::clone(edits));
        let mut out = BufWriter::new(temporary.as_file_mut());
        io::copy(&mut patched, &mut out)?;
        out.flush()?;
        drop(out);
        let file = temporary.as_file();
        keep_owner(file, &metadata).map_err(Refusal::Owner)?;
        file.set_permissions(metadata.permissions())?;
        file.sync_all()?;
        if Seen::new(&fs::metadata(&self.path)?) != self.seen {
            return Err(Refusal::Changed);
        }
        temporary.persist(&self.path).map_err(|error| error.error)?;
        Ok(())
    }
}

impl Seen {
    fn new(metadata: &Metadata) -> Self {
        Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            identity: identity(metadata),
        }
    }
}

/// The error without the name of the temporary file, which says nothing to anybody.
pub(crate) fn without_path(error: io::Error) -> io::Error {
    error.kind().into()
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn identity(_metadata: &Metadata) -> (u64, u64) {
    (0, 0)
}

#[cfg(unix)]
fn has_other_names(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.nlink() > 1
}

#[cfg(not(unix))]
fn has_other_names(_metadata: &Metadata) -> bool {
    false
}

#[cfg(unix)]
fn keep_owner(file: &File, metadata: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = file.metadata()?;
    if (own.uid(), own.gid()) == (metadata.uid(), metadata.gid()) {
        return Ok(());
    }
    fchown(file, Some(metadata.uid()), Some(metadata.gid()))
}

#[cfg(not(unix))]
fn keep_owner(_file: &File, _metadata: &Metadata) -> io::Result<()> {
    Ok(())
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LeadsOutside(path) => write!(
                f,
                "it is a symbolic link that leads out of its folder; mend {} itself",
                crate::input::shown(path)
            ),
            Self::HasOtherNames => f.write_str(
                "it has further names (hard links), which would keep the old text; mend a copy",
            ),
            Self::WriteProtected => f.write_str("it is write-protected"),
            Self::Changed => f.write_str("something else changed it meanwhile; run it again"),
            Self::Owner(error) => write!(f, "its owner cannot be kept: {error}"),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl Error for Refusal {}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zone");
        fs::write(&path, "abc").unwrap();
        let target = Target::new(&path).unwrap();
        let edit = Edit {
            span: 0..1,
            replacement: b"x".to_vec(),
        };
        let edits = Arc::from([edit]);
        fs::write(&path, "abcd").unwrap();
        assert!(matches!(target.replace(&edits), Err(Refusal::Changed)));
        assert_eq!(fs::read(&path).unwrap(), b"abcd");
        Target::new(&path).unwrap().replace(&edits).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"xbcd");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
