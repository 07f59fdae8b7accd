//! Runs the command in a fixed environment, from the root of the workspace, and keeps what it wrote.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::schema;

/// The examples of the draft.
pub(crate) const fn example_zone() -> &'static str {
    "testdata/zones/example.zone"
}

/// People with unusual addresses, and providers with unusual records.
pub(crate) const fn people_zone() -> &'static str {
    "testdata/zones/people.zone"
}

/// Writes a zone file for one test.
pub(crate) fn zone_file(name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content).unwrap();
    path
}

/// A call of `mimi`.
pub(crate) struct Mimi {
    command: Command,
    input: Vec<u8>,
}

/// `mimi` with these arguments, no input, no colours, and an environment that is the same everywhere.
pub(crate) fn mimi<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Mimi {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mimi"));
    command
        .args(arguments)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .env_clear()
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100");
    Mimi {
        command,
        input: Vec::new(),
    }
}

impl Mimi {
    /// `mimi resolve` on a zone file.
    pub(crate) fn resolve<'a>(
        zone: impl AsRef<Path>,
        rest: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut mimi = mimi(["resolve", "--zone"]);
        mimi.command.arg(zone.as_ref()).args(rest);
        mimi
    }

    /// What standard input holds.
    pub(crate) fn input(mut self, octets: impl AsRef<[u8]>) -> Self {
        self.input = octets.as_ref().to_vec();
        self
    }

    /// Without NO_COLOR, and with these variables.
    pub(crate) fn environment(mut self, variables: &[(&str, &str)]) -> Self {
        self.command.env_remove("NO_COLOR");
        self.command.envs(variables.iter().copied());
        self
    }

    /// Standard output goes there, not to [`Run::out`].
    pub(crate) fn output_to(mut self, file: impl Into<Stdio>) -> Run {
        self.command.stdout(file);
        self.run_with_streams()
    }

    /// Runs to the end.
    pub(crate) fn run(mut self) -> Run {
        self.command.stdout(Stdio::piped());
        self.run_with_streams()
    }

    fn run_with_streams(mut self) -> Run {
        self.command.stdin(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A command that ends early closes the pipe, and may.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&self.input)));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Run {
            exit: output.status.code().expect("ended by itself"),
            out: output.stdout,
            err: output.stderr,
        }
    }
}

/// What a call came to.
pub(crate) struct Run {
    pub(crate) exit: i32,
    pub(crate) out: Vec<u8>,
    pub(crate) err: Vec<u8>,
}

impl Run {
    /// Standard output as text.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.out).expect("output is UTF-8")
    }

    /// Standard error as text.
    pub(crate) fn errors(&self) -> &str {
        std::str::from_utf8(&self.err).expect("errors are UTF-8")
    }

    /// The objects of `jsonl`, each validated against its schema.
    #[track_caller]
    pub(crate) fn objects(&self) -> Vec<Value> {
        assert!(self.err.is_empty(), "{}", self.errors());
        assert!(self.out.is_empty() || self.out.ends_with(b"\n"));
        self.text()
            .lines()
            .map(|line| valid(serde_json::from_str(line).expect("a line is JSON")))
            .collect()
    }

    /// The only object of `jsonl`.
    #[track_caller]
    pub(crate) fn object(&self) -> Value {
        let mut objects = self.objects();
        assert_eq!(objects.len(), 1, "{}", self.text());
        objects.remove(0)
    }

    /// The objects of `json`, each validated against its schema.
    #[track_caller]
    pub(crate) fn array(&self) -> Vec<Value> {
        assert!(self.err.is_empty(), "{}", self.errors());
        let array: Vec<Value> = serde_json::from_slice(&self.out).expect("output is an array");
        array.into_iter().map(valid).collect()
    }

    /// Everything written, for a snapshot.
    pub(crate) fn report(&self) -> String {
        let mut report = format!("exit {}\n", self.exit);
        for (name, octets) in [("stdout", &self.out), ("stderr", &self.err)] {
            if !octets.is_empty() {
                let text = std::str::from_utf8(octets).expect("output is UTF-8");
                report.push_str(&format!("--- {name}\n{}", super::without_times(text)));
                report.push('\n');
            }
        }
        report
    }
}

#[track_caller]
fn valid(object: Value) -> Value {
    if let Err(error) = schema::check(&object) {
        panic!("{object}\nis not as its schema says: {error}");
    }
    object
}

/// `mimi serve`, ended when dropped.
pub(crate) struct Serving {
    child: Child,
    /// What it said at first.
    pub(crate) greeting: Vec<String>,
}

impl Serving {
    /// Starts it on a free port of loopback.
    pub(crate) fn start(zone: &str) -> Self {
        let mut command = mimi(["serve", "--zone", zone, "--listen", "127.0.0.1:0"]).command;
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let greeting = lines.take(2).map(Result::unwrap).collect();
        Self { child, greeting }
    }

    /// Where it listens, as it says itself.
    pub(crate) fn address(&self) -> &str {
        let line = self.greeting.last().unwrap();
        let address = line.strip_prefix("listening on ").unwrap();
        address.strip_suffix(", UDP and TCP").unwrap()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
