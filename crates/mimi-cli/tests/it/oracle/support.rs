//! Folders of oracles, and servers on them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use tempfile::TempDir;

use crate::support::{Run, mimi};

/// A folder with new secrets.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        let run = folder.oracle(&["key", "new", "--keys", "2"]);
        assert_eq!(run.exit, 0, "{}", run.errors());
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// Writes a file in it; where it is.
    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        std::fs::write(self.file(name), text).unwrap();
        self.file(name).to_str().unwrap().to_owned()
    }

    /// `mimi oracle` on this folder.
    pub(crate) fn oracle(&self, arguments: &[&str]) -> Run {
        oracle_on(self.path(), arguments)
    }
}

/// Calls again until the exit code is this, with the patience of the test runner: epochs begin each second.
pub(crate) fn until(exit: i32, call: impl Fn() -> Run) -> Run {
    loop {
        let run = call();
        if run.exit == exit {
            return run;
        }
        sleep(Duration::from_millis(200));
    }
}

/// `mimi oracle` on a folder.
pub(crate) fn oracle_on(folder: &Path, arguments: &[&str]) -> Run {
    let folder = folder.to_str().unwrap();
    let rest = ["--data", folder];
    let all = ["oracle"].iter().chain(arguments).chain(&rest);
    mimi(all).run()
}

/// `mimi oracle serve` on a free port, plain unless a certificate is given, killed when dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) greeting: Vec<String>,
}

impl Server {
    pub(crate) fn start(folder: &Path, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mimi"))
            .args(["oracle", "serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .args((!more.contains(&"--tls-certificate")).then_some("--plain"))
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut greeting = Vec::new();
        let last = if more.contains(&"--metrics") {
            "metrics on "
        } else {
            "listening on "
        };
        while greeting
            .last()
            .is_none_or(|line: &String| !line.starts_with(last))
        {
            let Some(line) = lines.next() else {
                let mut errors = String::new();
                child
                    .stderr
                    .take()
                    .unwrap()
                    .read_to_string(&mut errors)
                    .unwrap();
                panic!("{errors}");
            };
            greeting.push(line.unwrap());
        }
        Self { child, greeting }
    }

    /// What follows these words in the greeting.
    pub(crate) fn said(&self, words: &str) -> &str {
        let mut lines = self.greeting.iter();
        lines.find_map(|line| line.strip_prefix(words)).unwrap()
    }

    /// The response to a request without body.
    pub(crate) fn get(&self, origin: &str, path: &str) -> String {
        let address = origin.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut octets = Vec::new();
        stream.read_to_end(&mut octets).unwrap();
        String::from_utf8_lossy(&octets).into_owned()
    }

    /// On Unix this is SIGKILL.
    #[cfg(unix)]
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Sends a signal; the exit code, and standard error.
    #[cfg(unix)]
    pub(crate) fn end(mut self, signal: &str) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args([signal, &id]).status().unwrap();
        assert!(sent.success());
        let mut errors = String::new();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut errors)
            .unwrap();
        (self.child.wait().unwrap().code(), errors)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
