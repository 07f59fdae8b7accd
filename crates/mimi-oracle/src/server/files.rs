//! Files that hold what must not be lost, half written, or read by others.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Held while one process changes what is in a folder; let go when dropped, or when the process ends however it ends.
#[derive(Debug)]
pub(crate) struct FolderLock(
    #[expect(dead_code, reason = "it locks for as long as it is open")] Option<File>,
);

impl FolderLock {
    /// Waits until no other process holds it. Processes on systems other than Unix are not kept apart.
    pub(crate) fn wait(folder: &Path) -> io::Result<Self> {
        lock(folder, true).map(Self)
    }

    /// `None` where another process holds it.
    pub(crate) fn try_now(folder: &Path) -> io::Result<Option<Self>> {
        match lock(folder, false) {
            Ok(file) => Ok(Some(Self(file))),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[cfg(unix)]
fn lock(folder: &Path, wait: bool) -> io::Result<Option<File>> {
    use rustix::fs::{FlockOperation, flock};

    let operation = if wait {
        FlockOperation::LockExclusive
    } else {
        FlockOperation::NonBlockingLockExclusive
    };
    let file = File::open(folder)?;
    flock(&file, operation)?;
    Ok(Some(file))
}

#[cfg(not(unix))]
fn lock(_: &Path, _: bool) -> io::Result<Option<File>> {
    Ok(None)
}

/// Makes names in a folder as lasting as the contents of its files.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    // Elsewhere a folder cannot be opened as a file.
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// The folder that a file is in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Creates a file that only its owner may read; one that is there already is an error.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// Writes a new file that only its owner may read, down to the disk. One that is there already is an error.
pub(crate) fn write_private(path: &Path, octets: &[u8]) -> io::Result<()> {
    let mut file = create_private(path)?;
    let written = file.write_all(octets).and_then(|()| file.sync_all());
    if written.is_err() {
        // A part of it is of no use, and would be in the way.
        let _ = fs::remove_file(path);
    }
    written?;
    sync_folder(folder_of(path))
}

/// Puts a file in the place of the one before, which keeps its owner and its permissions. Either the old or the new one is there
/// at any time. Only one process may do this at a time.
pub(crate) fn replace_private(path: &Path, octets: &[u8]) -> io::Result<()> {
    // The file itself, not a link to it.
    let path = fs::canonicalize(path)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new: PathBuf = path.with_file_name(name);
    match fs::remove_file(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        // Left behind by a process that ended in the middle.
        _ => {}
    }
    let written = create_private(&new).and_then(|mut file| {
        keep_owner(&path, &file)?;
        file.write_all(octets)?;
        file.sync_all()?;
        fs::rename(&new, &path)
    });
    if written.is_err() {
        let _ = fs::remove_file(&new);
    }
    written?;
    sync_folder(folder_of(&path))
}

#[cfg(unix)]
fn keep_owner(path: &Path, file: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};

    let (before, now) = (fs::metadata(path)?, file.metadata()?);
    if (before.uid(), before.gid()) != (now.uid(), now.gid()) {
        fchown(file, Some(before.uid()), Some(before.gid()))?;
    }
    file.set_permissions(before.permissions())
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &File) -> io::Result<()> {
    Ok(())
}

/// The permissions by which others than the owner may do anything with an open file; `None` where there are none.
#[cfg(unix)]
pub(crate) fn exposed(file: &File) -> io::Result<Option<u32>> {
    use std::os::unix::fs::MetadataExt;

    let mode = file.metadata()?.mode() & 0o777;
    Ok((mode & 0o077 != 0).then_some(mode))
}

/// Elsewhere permissions are not looked at.
#[cfg(not(unix))]
pub(crate) fn exposed(_: &File) -> io::Result<Option<u32>> {
    Ok(None)
}

/// The content of a file, but at most one octet more than it may have.
pub(crate) fn read_bounded(file: File, octets: usize) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    let limit = u64::try_from(octets).unwrap_or(u64::MAX).saturating_add(1);
    file.take(limit).read_to_end(&mut content)?;
    Ok(content)
}

/// Reads octets at a place in a file, all of them. Threads may do this at the same time.
#[cfg(unix)]
pub(crate) fn read_exact_at(file: &File, octets: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, octets, offset)
}

#[cfg(windows)]
pub(crate) fn read_exact_at(file: &File, octets: &mut [u8], offset: u64) -> io::Result<()> {
    let (mut rest, mut offset) = (octets, offset);
    while !rest.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, rest, offset)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        rest = rest.split_at_mut(read).1;
        offset += read as u64;
    }
    Ok(())
}

/// Writes octets at a place in a file, all of them. Threads may do this at the same time.
#[cfg(unix)]
pub(crate) fn write_all_at(file: &File, octets: &[u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, octets, offset)
}

#[cfg(windows)]
pub(crate) fn write_all_at(file: &File, octets: &[u8], offset: u64) -> io::Result<()> {
    let (mut rest, mut offset) = (octets, offset);
    while !rest.is_empty() {
        let written = std::os::windows::fs::FileExt::seek_write(file, rest, offset)?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        rest = rest.split_at(written).1;
        offset += written as u64;
    }
    Ok(())
}
