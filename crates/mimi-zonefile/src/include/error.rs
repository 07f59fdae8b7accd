//! Why a file was not included.

use core::error::Error;
use core::fmt;
use std::io;
use std::path::PathBuf;

use super::{MAX_INCLUDE_DEPTH, MAX_INCLUDED_OCTETS, MAX_INCLUDES};
use crate::error::Excerpt;

/// Why a file was not included.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IncludeError {
    /// No root was given, so that no file is opened.
    Disabled,
    /// The path is none.
    BadPath(PathError),
    /// The path leaves the root, by itself or through a link.
    OutsideRoot,
    /// There is no such file.
    NotFound,
    /// Not a regular file.
    NotRegular {
        /// What it is instead.
        what: FileKind,
    },
    /// More than [`MAX_INCLUDE_DEPTH`] files would include one another.
    TooDeep,
    /// The file is being read already.
    Loop {
        /// The files from it to itself, each including the next, relative to the root.
        chain: Vec<PathBuf>,
    },
    /// More than [`MAX_INCLUDES`] were followed.
    TooMany,
    /// The files would have more than [`MAX_INCLUDED_OCTETS`] octets together.
    TooLarge,
    /// The system does not let it be opened or read.
    Unreadable {
        /// Why.
        kind: io::ErrorKind,
    },
}

/// Why text is no path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PathError {
    /// No octet.
    Empty,
    /// A NUL octet.
    Nul,
    /// A backslash.
    Backslash,
    /// More octets than a path has anywhere.
    TooLong,
}

/// What is not a regular file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileKind {
    /// A folder.
    Folder,
    /// A named pipe.
    Pipe,
    /// A socket.
    Socket,
    /// A device.
    Device,
    /// A symbolic link, where links are not followed.
    Link,
    /// Anything else.
    Other,
}

impl IncludeError {
    /// The stable code, in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Disabled => "include-not-followed",
            Self::BadPath(_) => "include-bad-path",
            Self::OutsideRoot => "include-outside-root",
            Self::NotFound => "include-not-found",
            Self::NotRegular { .. } => "include-not-regular",
            Self::TooDeep => "include-too-deep",
            Self::Loop { .. } => "include-loop",
            Self::TooMany => "include-too-many",
            Self::TooLarge => "include-too-large",
            Self::Unreadable { .. } => "include-unreadable",
        }
    }
}

impl fmt::Display for IncludeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disabled => {
                f.write_str("expected entries of this file, found $INCLUDE, which is not followed")
            }
            Self::BadPath(error) => write!(f, "expected the path of a file, found {error}"),
            Self::OutsideRoot => {
                f.write_str("expected a path beneath the include root, found one that leaves it")
            }
            Self::NotFound => {
                f.write_str("expected a file beneath the include root, found none of that name")
            }
            Self::NotRegular { what } => write!(f, "expected a regular file, found {what}"),
            Self::TooDeep => write!(
                f,
                "expected at most {MAX_INCLUDE_DEPTH} files that include one another, found more"
            ),
            Self::Loop { chain } => {
                f.write_str("expected a file that is not being read, found a loop: ")?;
                for (index, path) in chain.iter().enumerate() {
                    let octets = path.as_os_str().as_encoded_bytes();
                    let separator = if index == 0 { "" } else { " includes " };
                    let name = Excerpt::new(octets, 0..octets.len());
                    write!(f, "{separator}{name}")?;
                }
                Ok(())
            }
            Self::TooMany => write!(
                f,
                "expected at most {MAX_INCLUDES} files to be included in all, found more"
            ),
            Self::TooLarge => write!(
                f,
                "expected included files of at most {MAX_INCLUDED_OCTETS} octets in all, found more"
            ),
            Self::Unreadable { kind } => {
                write!(f, "expected a file that can be read, found: {kind}")
            }
        }
    }
}

impl Error for IncludeError {}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "nothing",
            Self::Nul => "a NUL octet",
            Self::Backslash => "a backslash",
            Self::TooLong => "too many octets",
        })
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Folder => "a folder",
            Self::Pipe => "a named pipe",
            Self::Socket => "a socket",
            Self::Device => "a device",
            Self::Link => "a symbolic link, which is not followed on this system",
            Self::Other => "something else",
        })
    }
}
