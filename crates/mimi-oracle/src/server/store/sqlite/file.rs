//! The file: whose it is, of which version, and who may use it.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::server::store::StoreError;

/// How long another process that writes is waited for.
pub(super) const BUSY_WAIT: Duration = Duration::from_secs(5);

/// What SQLite keeps at the front of the file for programs to know theirs: "MIOR".
const APPLICATION_ID: i32 = 0x4d49_4f52;

/// The version of the tables.
const VERSION: i32 = 1;

/// All columns of a registration are blobs, so that a row can be overwritten in place whatever the values.
const TABLES: &str = "
    CREATE TABLE registration (
        slot INTEGER PRIMARY KEY,
        id BLOB NOT NULL CHECK (length(id) = 32),
        expires BLOB NOT NULL CHECK (length(expires) = 8),
        sealed BLOB NOT NULL
    ) STRICT;
    CREATE TABLE spent_token (
        nonce BLOB PRIMARY KEY CHECK (length(nonce) = 8),
        expires INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
";

const FLAGS: OpenFlags = OpenFlags::SQLITE_OPEN_NO_MUTEX;

/// The name of a file beside.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// Makes sure that no other process, or part of this one, has the store open for writing. The lock goes with the connection.
pub(super) fn lock(path: &Path) -> Result<Connection, StoreError> {
    let path = beside(path, ".lock");
    create(&path)?;
    let connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE | FLAGS)?;
    // A server that runs will not go away by waiting.
    connection.busy_timeout(Duration::ZERO)?;
    // Nothing is ever written, so there is nothing to put aside in a third file.
    let locked = connection
        .pragma_update(None, "journal_mode", "MEMORY")
        .and_then(|()| connection.execute_batch("BEGIN EXCLUSIVE"));
    // The system gives a lock of a file back when its process ends.
    match locked {
        Ok(()) => Ok(connection),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
            Err(StoreError::InUse)
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) fn open_to_write(path: &Path) -> Result<Connection, StoreError> {
    create(path)?;
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | FLAGS)?;
    connection.busy_timeout(BUSY_WAIT)?;
    // Nothing is written to a file before it is known to be ours.
    let is_new = check(&connection)?;
    // What SQLite puts aside while it works would be a copy outside of the store.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    if is_new {
        connection.execute_batch(&format!(
            "BEGIN IMMEDIATE; {TABLES}
             PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT;"
        ))?;
    }
    Ok(connection)
}

pub(super) fn open_to_read(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | FLAGS)?;
    connection.busy_timeout(BUSY_WAIT)?;
    if check(&connection)? {
        // Nothing was ever stored.
        return Err(StoreError::Foreign);
    }
    Ok(connection)
}

/// Whether the file is still empty. Anything but an empty file or one of ours is an error.
fn check(connection: &Connection) -> Result<bool, StoreError> {
    let number = |pragma| connection.query_row(pragma, [], |row| row.get::<_, i32>(0));
    let application = number("PRAGMA application_id").map_err(|error| {
        if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) {
            StoreError::Foreign
        } else {
            error.into()
        }
    })?;
    let version = number("PRAGMA user_version")?;
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    match (application, version, tables) {
        (0, 0, 0) => Ok(true),
        (APPLICATION_ID, VERSION, _) => Ok(false),
        (APPLICATION_ID, found, _) => Err(StoreError::Version {
            found,
            known: VERSION,
        }),
        _ => Err(StoreError::Foreign),
    }
}

/// Makes a file that only its owner can read, or makes it so. SQLite gives its log the same permissions.
pub(super) fn create(path: &Path) -> Result<(), StoreError> {
    create_file(path).map_err(|error| StoreError::Database(Box::new(error)))
}

fn create_file(path: &Path) -> io::Result<()> {
    match create_new(path) {
        Ok(()) => sync_folder_of(path),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => restrict(path),
        Err(error) => Err(error),
    }
}

pub(super) fn create_new(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

#[cfg(unix)]
fn restrict(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;

    if fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn restrict(path: &Path) -> io::Result<()> {
    fs::metadata(path).map(drop)
}

/// Makes the names in the folder of a file durable.
pub(super) fn sync_folder_of(path: &Path) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    // Elsewhere a folder cannot be opened as a file.
    if cfg!(unix) {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}
