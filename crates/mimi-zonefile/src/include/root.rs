//! The folder that included files lie beneath, and the paths that lead there.

use std::fs::File;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::chain::IncludeChain;
use super::confined::Folder;
use super::error::{IncludeError, PathError};

/// No system takes longer paths.
const MAX_PATH: usize = 4096;

/// The folder that included files lie beneath. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct IncludeRoot {
    pub(super) folder: Arc<Folder>,
    /// Where it is, for absolute paths.
    path: Arc<Path>,
}

impl IncludeRoot {
    /// Opens the folder, and keeps it open: it stays the same one when something else gets its name.
    ///
    /// # Errors
    /// Those of the system; [`Unsupported`](io::ErrorKind::Unsupported) on systems that are not Unix.
    pub fn open(folder: &Path) -> io::Result<Self> {
        Ok(Self {
            folder: Arc::new(Folder::open(folder)?),
            path: std::path::absolute(folder)?.into(),
        })
    }

    /// The start of what includes one another: the first file, by its name for messages, and opened, so that a file that
    /// includes it is noticed. `None` when it is none, as standard input.
    ///
    /// # Errors
    /// Those of the system when it is asked which file that is.
    pub fn chain(&self, name: &Path, file: Option<&File>) -> io::Result<IncludeChain> {
        IncludeChain::new(self.clone(), name, file)
    }

    /// The path that a token names, relative to the root. Says nothing about what lies there.
    pub(super) fn relative(&self, token: &[u8]) -> Result<PathBuf, IncludeError> {
        let error = match token {
            [] => Some(PathError::Empty),
            _ if token.contains(&0) => Some(PathError::Nul),
            _ if token.contains(&b'\\') => Some(PathError::Backslash),
            _ if token.len() > MAX_PATH => Some(PathError::TooLong),
            _ => None,
        };
        if let Some(error) = error {
            return Err(IncludeError::BadPath(error));
        }
        let path = self.folder.path(token);
        let path = match path.strip_prefix(&self.path) {
            Ok(beneath) if path.is_absolute() => beneath,
            _ => path,
        };
        let mut depth: usize = 0;
        for component in path.components() {
            depth = match component {
                Component::Normal(_) => depth + 1,
                Component::CurDir => depth,
                Component::ParentDir => depth.checked_sub(1).ok_or(IncludeError::OutsideRoot)?,
                Component::RootDir | Component::Prefix(_) => return Err(IncludeError::OutsideRoot),
            };
        }
        Ok(path.components().collect())
    }
}
