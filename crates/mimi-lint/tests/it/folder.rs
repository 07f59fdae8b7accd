//! A folder to run the command in.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What stands at the start of each zone of these tests.
pub(crate) const HEAD: &str = "$ORIGIN example.com.\n$TTL 3600\n@ IN SOA ns hostmaster 1 3600 600 604800 300\n@ IN NS ns\nns IN A 192.0.2.1\n";

/// A record that nothing is to be said about above information.
pub(crate) const GOOD: &str = "alice IN MIMI \"v=MIMI1; a=alice; e=im.example.net\"\n";

/// A record with one error, which has a fix.
pub(crate) const BAD: &str = "bob IN MIMI \"v=MIMI1; a=bob; e:im.example.net\"\n";

/// [`BAD`] as the fix leaves it.
pub(crate) const MENDED: &str = "bob IN MIMI \"v=MIMI1; a=bob; e=im.example.net\"\n";

pub(crate) struct Folder(TempDir);

/// How a run of the command ended.
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, with the folders it is in.
    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Writes a zone of these records.
    pub(crate) fn zone(&self, name: &str, records: &[&str]) -> &Self {
        self.write(name, zone(records))
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_with(arguments, b"")
    }

    pub(crate) fn run_with(&self, arguments: &[&str], stdin: &[u8]) -> Outcome {
        run_in(self.0.path(), arguments, stdin)
    }
}

/// The text of a zone of these records.
pub(crate) fn zone(records: &[&str]) -> String {
    HEAD.to_owned() + &records.concat()
}

fn run_in(folder: &Path, arguments: &[&str], stdin: &[u8]) -> Outcome {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mimi-lint"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The command may end without reading it all.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    let output = child.wait_with_output().unwrap();
    Outcome {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Outcome {
    /// All of it, for snapshots.
    pub(crate) fn shown(&self) -> String {
        let Self {
            code,
            stdout,
            stderr,
        } = self;
        format!("exit: {code}\n--- stdout\n{stdout}--- stderr\n{stderr}")
    }
}
