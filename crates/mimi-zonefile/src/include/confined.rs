//! Opening regular files beneath a folder, and nothing else, not even for a moment.
//!
//! A path is resolved twice: to look what it leads to, without opening that, and to open a regular file. Whoever exchanges
//! the two gains nothing: both are confined, the second does not wait, and what it opened is looked at again.

use std::ffi::OsStr;
use std::fs::{File, Metadata};
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path};

use rustix::fs::{AtFlags, FileType, Mode, OFlags};
use rustix::io::Errno;

use super::error::{FileKind, IncludeError};

/// Device and inode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity(u64, u64);

/// An open folder.
#[derive(Debug)]
pub(super) struct Folder {
    descriptor: OwnedFd,
    /// Whether the kernel is asked to confine. It may still be unable to.
    pub(super) ask_kernel: bool,
}

impl Folder {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self {
            descriptor: rustix::fs::open(path, flags, Mode::empty())?,
            ask_kernel: true,
        })
    }

    /// The path that octets without NUL stand for.
    pub(super) fn path<'a>(&self, octets: &'a [u8]) -> &'a Path {
        Path::new(OsStr::from_bytes(octets))
    }

    pub(super) fn identity(&self, metadata: &Metadata) -> Identity {
        Identity(metadata.dev(), metadata.ino())
    }

    /// Opens the regular file at `path`, which is relative.
    pub(super) fn open_file(&self, path: &Path) -> Result<File, IncludeError> {
        require_regular(self.look(path)?)?;
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY;
        let file = match self.by_kernel(path, flags)? {
            Some(file) => file,
            None => self.walk(path, |folder, name| {
                let flags = flags | OFlags::NOFOLLOW | OFlags::CLOEXEC;
                Ok(rustix::fs::openat(folder, name, flags, Mode::empty())?)
            })?,
        };
        require_regular(kind(rustix::fs::fstat(&file)?.st_mode))?;
        Ok(file.into())
    }

    /// What lies at `path`.
    fn look(&self, path: &Path) -> Result<FileType, IncludeError> {
        let stat = match self.by_kernel(path, LOOK)? {
            Some(file) => rustix::fs::fstat(file)?,
            None => self.walk(path, |folder, name| {
                Ok(rustix::fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)?)
            })?,
        };
        Ok(kind(stat.st_mode))
    }

    /// Opens `path`, resolved by the kernel; `None` where it cannot do that.
    #[cfg(target_os = "linux")]
    fn by_kernel(&self, path: &Path, flags: OFlags) -> Result<Option<OwnedFd>, IncludeError> {
        use rustix::fs::ResolveFlags;

        if !self.ask_kernel {
            return Ok(None);
        }
        let flags = flags | OFlags::CLOEXEC;
        let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
        // The kernel gives up where a folder is renamed while `..` is resolved.
        for _ in 0..RETRIES {
            match rustix::fs::openat2(&self.descriptor, path, flags, Mode::empty(), resolve) {
                Err(Errno::AGAIN) => {}
                // Kernels before 5.6, and sandboxes that do not know the call.
                Err(Errno::NOSYS | Errno::PERM) => return Ok(None),
                result => return Ok(Some(result?)),
            }
        }
        Err(Errno::AGAIN.into())
    }

    #[cfg(not(target_os = "linux"))]
    fn by_kernel(&self, _path: &Path, _flags: OFlags) -> Result<Option<OwnedFd>, IncludeError> {
        Ok(None)
    }

    /// Opens the folders on the way to `path` one by one, following no link, and does `last` with the last name.
    fn walk<T>(
        &self,
        path: &Path,
        last: impl FnOnce(BorrowedFd<'_>, &OsStr) -> Result<T, IncludeError>,
    ) -> Result<T, IncludeError> {
        let Some(file_name) = path.file_name() else {
            return Err(IncludeError::NotRegular {
                what: FileKind::Folder,
            });
        };
        let mut folders: Vec<OwnedFd> = Vec::new();
        for component in path.parent().into_iter().flat_map(Path::components) {
            match component {
                Component::Normal(name) => {
                    let within = folders.last().unwrap_or(&self.descriptor);
                    let folder = enter(within.as_fd(), name)?;
                    folders.push(folder);
                }
                Component::CurDir => {}
                Component::ParentDir if folders.pop().is_some() => {}
                _ => return Err(IncludeError::OutsideRoot),
            }
        }
        let within = folders.last().unwrap_or(&self.descriptor);
        last(within.as_fd(), file_name)
    }
}

/// How often the kernel is asked to resolve a path.
#[cfg(target_os = "linux")]
const RETRIES: usize = 64;

/// Flags that open nothing.
#[cfg(target_os = "linux")]
const LOOK: OFlags = OFlags::PATH;
#[cfg(not(target_os = "linux"))]
const LOOK: OFlags = OFlags::empty();

/// Opens a folder that is no link.
fn enter(within: BorrowedFd<'_>, name: &OsStr) -> Result<OwnedFd, IncludeError> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    rustix::fs::openat(within, name, flags, Mode::empty()).map_err(|error| {
        let found = rustix::fs::statat(within, name, AtFlags::SYMLINK_NOFOLLOW);
        match found.map(|stat| kind(stat.st_mode)) {
            Ok(FileType::Symlink) => IncludeError::NotRegular {
                what: FileKind::Link,
            },
            _ => error.into(),
        }
    })
}

fn kind(mode: rustix::fs::RawMode) -> FileType {
    FileType::from_raw_mode(mode)
}

fn require_regular(kind: FileType) -> Result<(), IncludeError> {
    let what = match kind {
        FileType::RegularFile => return Ok(()),
        FileType::Directory => FileKind::Folder,
        FileType::Fifo => FileKind::Pipe,
        FileType::Socket => FileKind::Socket,
        FileType::BlockDevice | FileType::CharacterDevice => FileKind::Device,
        FileType::Symlink => FileKind::Link,
        FileType::Unknown => FileKind::Other,
    };
    Err(IncludeError::NotRegular { what })
}

impl From<Errno> for IncludeError {
    fn from(error: Errno) -> Self {
        match error {
            Errno::NOENT | Errno::NOTDIR => Self::NotFound,
            Errno::XDEV => Self::OutsideRoot,
            _ => Self::Unreadable {
                kind: io::Error::from(error).kind(),
            },
        }
    }
}
