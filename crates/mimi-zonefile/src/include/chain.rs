//! The files that are being read, each included by the one before it.

use std::fs::File;
use std::io::{self, Read, Take};
use std::path::{Path, PathBuf};

use super::confined::Identity;
use super::error::IncludeError;
use super::root::IncludeRoot;
use super::{MAX_INCLUDE_DEPTH, MAX_INCLUDED_OCTETS, MAX_INCLUDES};

/// The files that are being read, each included by the one before it, and what the limits leave for more.
#[derive(Clone, Debug)]
pub struct IncludeChain {
    root: IncludeRoot,
    /// Never empty: the first file was not included.
    files: Vec<OpenFile>,
    includes_left: u32,
    octets_left: u64,
}

#[derive(Clone, Debug)]
struct OpenFile {
    path: PathBuf,
    /// `None` for what is no file.
    identity: Option<Identity>,
}

/// A file that was opened to be included.
#[derive(Debug)]
pub struct IncludedFile {
    /// Where it lies, relative to the root.
    pub path: PathBuf,
    /// Its octets, no more than it had when it was opened.
    pub reader: Take<File>,
}

impl IncludeChain {
    pub(super) fn new(root: IncludeRoot, name: &Path, file: Option<&File>) -> io::Result<Self> {
        let identity = match file {
            Some(file) => Some(root.folder.identity(&file.metadata()?)),
            None => None,
        };
        Ok(Self {
            root,
            files: vec![OpenFile {
                path: name.to_owned(),
                identity,
            }],
            includes_left: MAX_INCLUDES,
            octets_left: MAX_INCLUDED_OCTETS,
        })
    }

    /// Opens the file that the path token of an `$INCLUDE` names: its text as written, without quotation marks. It is the
    /// last of the chain then, until [`leave`](Self::leave).
    ///
    /// # Errors
    /// [`IncludeError`], and the chain is as before.
    pub fn enter(&mut self, path_token: &[u8]) -> Result<IncludedFile, IncludeError> {
        if self.depth() >= MAX_INCLUDE_DEPTH {
            return Err(IncludeError::TooDeep);
        }
        let path = self.root.relative(path_token)?;
        let includes_left = self.includes_left.checked_sub(1);
        let includes_left = includes_left.ok_or(IncludeError::TooMany)?;
        let folder = &self.root.folder;
        let file = folder.open_file(&path)?;
        let metadata = file.metadata().map_err(unreadable)?;
        let identity = folder.identity(&metadata);
        let same = |open: &OpenFile| open.identity == Some(identity);
        if let Some(first) = self.files.iter().position(same) {
            let open = self.files[first..].iter().map(|open| open.path.clone());
            return Err(IncludeError::Loop {
                chain: open.chain([path]).collect(),
            });
        }
        let octets_left = self.octets_left.checked_sub(metadata.len());
        self.octets_left = octets_left.ok_or(IncludeError::TooLarge)?;
        self.includes_left = includes_left;
        self.files.push(OpenFile {
            path: path.clone(),
            identity: Some(identity),
        });
        Ok(IncludedFile {
            path,
            reader: file.take(metadata.len()),
        })
    }

    /// The last file was read to its end. Does nothing when it is the first of the chain.
    pub fn leave(&mut self) {
        if self.depth() > 0 {
            self.files.pop();
        }
    }

    /// How many files were entered and not left.
    pub fn depth(&self) -> usize {
        self.files.len() - 1
    }
}

impl IncludedFile {
    /// Reads the whole file.
    ///
    /// # Errors
    /// [`IncludeError::Unreadable`].
    pub fn read(mut self) -> Result<Vec<u8>, IncludeError> {
        let mut octets = Vec::new();
        self.reader.read_to_end(&mut octets).map_err(unreadable)?;
        Ok(octets)
    }
}

fn unreadable(error: io::Error) -> IncludeError {
    IncludeError::Unreadable { kind: error.kind() }
}
