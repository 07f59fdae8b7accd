//! Both clients at a running `mimi oracle serve`: what one finds the other finds.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::interop::background::Background;
use crate::interop::encrypted::certificate::Certificate;
use crate::interop::peers::free_port;
use crate::process::{command, find, output, root, run, say};
use crate::reliability::sockets::build;

/// Who registers: what they type, their subject, and their definition strings.
const REGISTERED: &[(&str, &str, &[&str])] = &[
    (
        "Alice.Long+tag@Example.COM",
        "email:alice.long+tag@example.com",
        &["v=MIMI1; a=alice; e=im.example.org"],
    ),
    (
        "bücher@bücher.example",
        "email:bücher@xn--bcher-kva.example",
        &[
            "v=MIMI1; p=1; a=buecher; e=im.example.org; s=example",
            "v=MIMI1; p=2; a=\"quoted\\back\"; e=im.example.net; x=1",
        ],
    ),
    (
        "+1 555 123 4567",
        "telephone:+15551234567",
        &["v=MIMI1; a=+15551234567; e=im.example.org"],
    ),
];

/// Who does not.
const UNKNOWN: &[(&str, &str)] = &[
    ("nobody@example.com", "email:nobody@example.com"),
    ("+1 555 123 4568", "telephone:+15551234568"),
];

/// How long an epoch may take to come.
const PATIENCE: Duration = Duration::from_secs(60);

/// An oracle, its mail server, and how both are used.
struct Oracle {
    mimi: PathBuf,
    url: String,
    authority: String,
    folder: PathBuf,
    _mailbox: Background,
    _server: Background,
}

/// Compares; returns what was skipped, and how to get it. `second` is the second client.
pub(super) fn compare(second: impl Fn() -> Command) -> Result<Option<String>> {
    let Some(openssl) = find("openssl") else {
        let how =
            "openssl is not here (Debian: apt-get install openssl): both clients at one oracle";
        return Ok(Some(how.to_owned()));
    };
    let oracle = Oracle::start(&openssl)?;
    for (identifier, _, strings) in REGISTERED {
        oracle
            .register(identifier, strings)
            .with_context(|| (*identifier).to_owned())?;
    }
    oracle.wait_for_all()?;
    let registered = REGISTERED.iter().map(|one| (one.0, one.1, one.2));
    let unknown = UNKNOWN.iter().map(|one| (one.0, one.1, &[][..]));
    for (identifier, subject, strings) in registered.chain(unknown) {
        let ours = oracle.look_up(identifier)?;
        let mut second = second();
        second.args(["lookup", &oracle.url, subject, "--ca", &oracle.authority]);
        let theirs = read(second, |line| Some(line.to_owned()))?;
        let expected = match strings {
            [] => (Some(1), Vec::new()),
            // Both double the backslash, since they escape.
            _ => (
                Some(0),
                strings
                    .iter()
                    .map(|one| one.replace('\\', "\\\\"))
                    .collect(),
            ),
        };
        if ours != expected || theirs != expected {
            bail!(
                "{identifier}: expected {expected:?}, mimi found {ours:?}, the second client {theirs:?}"
            );
        }
    }
    let count = REGISTERED.len() + UNKNOWN.len();
    say(&format!(
        "interop: the second client of mimi-oracle/1 finds the same as mimi for {count} identifiers at a running oracle"
    ));
    Ok(None)
}

impl Oracle {
    fn start(openssl: &Path) -> Result<Self> {
        let folder = root().join("target/interop/oracle");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        for part in ["mail", "server"] {
            fs::create_dir_all(folder.join(part))?;
        }
        let certificate = Certificate::make(openssl, &folder)?;
        let mimi = build(&["--bin", "mimi"])?;
        let example = ["-p", "mimi-testkit", "--features", "oracle"];
        let mailbox = build(&[&example[..], &["--example", "mailbox"]].concat())?;
        let (smtp, https) = (listen()?, listen()?);
        let mut mailbox = Background::start(&mailbox, &[smtp.to_string()], &folder.join("mail"))?;
        mailbox.wait_until(|| TcpStream::connect(smtp).is_ok())?;

        let data = folder.join("data").display().to_string();
        let key = |rest: &[&str]| {
            let mut key = command(&mimi);
            key.args(["oracle", "key"]).args(rest);
            output(key)
        };
        key(&["new", "--data", &data])?;
        let shown = key(&["show", "--data", &data, "--format", "jsonl"])?;
        let shown: Value = serde_json::from_slice(&shown)?;
        let pin = shown.get("pin").and_then(Value::as_str).context("no pin")?;
        let arguments = [
            ["--data", &data],
            ["--listen", &https.to_string()],
            [
                "--tls-certificate",
                &certificate.certificate.display().to_string(),
            ],
            ["--tls-key", &certificate.key.display().to_string()],
            ["--url", "https://oracle.example.net"],
            ["--smtp", &format!("smtp://{smtp}")],
            ["--mail-from", "oracle@example.net"],
            ["--telephone-command", &telephone_command(&folder)?],
            ["--period", "2"],
        ];
        let words = ["oracle", "serve"].into_iter().chain(arguments.concat());
        let words: Vec<String> = words.map(str::to_owned).collect();
        let mut server = Background::start(&mimi, &words, &folder.join("server"))?;
        server.wait_until(|| TcpStream::connect(https).is_ok())?;
        Ok(Self {
            mimi,
            url: format!("https://{https}#{pin}"),
            authority: certificate.authority.display().to_string(),
            folder,
            _mailbox: mailbox,
            _server: server,
        })
    }

    fn mimi(&self, word: &str, rest: &[&str]) -> Command {
        let mut mimi = command(&self.mimi);
        mimi.args(["oracle", word, "--oracle", &self.url])
            .args(["--tls-ca", &self.authority])
            .args(rest);
        mimi
    }

    fn register(&self, identifier: &str, strings: &[&str]) -> Result<()> {
        let strings: Vec<&str> = strings
            .iter()
            .flat_map(|string| ["--definition-string", string])
            .collect();
        let register = |more: &[&str]| {
            let mut register = self.mimi("register", &strings);
            register.args(more).args(["--", identifier]);
            register
        };
        // Has the token sent; there is nobody who types it.
        register(&[]).output()?;
        let token = self.token(identifier)?;
        let mut register = register(&["--token", &token]);
        register.stdout(std::process::Stdio::null());
        run(register)
    }

    /// The token that came last.
    fn token(&self, identifier: &str) -> Result<String> {
        let file = if identifier.starts_with('+') {
            "messages"
        } else {
            "mail/log"
        };
        let text = fs::read_to_string(self.folder.join(file))?;
        let is_token = |word: &&str| word.len() == 38 && !word.contains(['.', ':', '@']);
        let token = text.split_whitespace().rfind(is_token);
        Ok(token.context("no token came")?.to_owned())
    }

    /// Waits for the epoch in which everybody is.
    fn wait_for_all(&self) -> Result<()> {
        let started = Instant::now();
        loop {
            let mut all_found = true;
            for (identifier, ..) in REGISTERED {
                all_found &= self.look_up(identifier)?.0 == Some(0);
            }
            if all_found {
                return Ok(());
            }
            if started.elapsed() > PATIENCE {
                bail!("no epoch has those who registered");
            }
            thread::sleep(Duration::from_millis(500));
        }
    }

    /// How `mimi oracle lookup` ends, and the definition strings it writes.
    fn look_up(&self, identifier: &str) -> Result<(Option<i32>, Vec<String>)> {
        read(self.mimi("lookup", &["--", identifier]), |line| {
            let line = line.strip_prefix("  ")?;
            line.starts_with("v=").then(|| line.to_owned())
        })
    }
}

/// The exit code of a command, and those of its lines that count.
fn read(
    mut command: Command,
    line: impl Fn(&str) -> Option<String>,
) -> Result<(Option<i32>, Vec<String>)> {
    let output = command.output()?;
    let text = String::from_utf8(output.stdout)?;
    let lines = text.lines().filter_map(line).collect();
    if !output.stderr.is_empty() {
        bail!("{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok((output.status.code(), lines))
}

fn listen() -> Result<SocketAddr> {
    Ok(SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()?)))
}

/// A program that keeps the messages it is to send.
fn telephone_command(folder: &Path) -> Result<String> {
    let (program, messages) = (folder.join("send"), folder.join("messages"));
    let script = format!("#!/bin/sh\ncat >> '{}'\n", messages.display());
    fs::write(&program, script)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700))?;
    }
    Ok(program.display().to_string())
}
