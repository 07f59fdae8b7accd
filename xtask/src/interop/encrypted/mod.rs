//! Other resolvers answer over TLS and HTTPS; on the wire are no names, and questions of at most two lengths.

mod capture;
pub(super) mod certificate;
mod resolvers;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use self::capture::Capture;
use self::certificate::{Certificate, NAME};
use self::resolvers::RESOLVERS;
use crate::process::{find, say};
use crate::reliability::sockets::build;

/// Every name below has the same account.
const APEX: &str = "encrypted.example";
const IDENTIFIERS: usize = 200;

/// How a resolver is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Tls,
    Https,
}

impl Scheme {
    fn channel(self) -> &'static str {
        match self {
            Self::Tls => "dot",
            Self::Https => "doh",
        }
    }

    fn url(self, port: u16) -> String {
        let scheme = match self {
            Self::Tls => "tls",
            Self::Https => "https",
        };
        format!("{scheme}://127.0.0.1:{port}#{NAME}")
    }
}

/// Asks every resolver that is present; returns what was skipped, and how to get it.
pub(super) fn run(folder: &Path) -> Result<Vec<String>> {
    let folder = folder.join("encrypted");
    fs::create_dir_all(&folder)?;
    let mut skipped = Vec::new();
    let Some(openssl) = find("openssl") else {
        return Ok(vec![
            "openssl is not here (Debian: apt-get install openssl)".to_owned(),
        ]);
    };
    let certificate = Certificate::make(&openssl, &folder)?;
    let tcpdump = find("tcpdump");
    if tcpdump.is_none() {
        skipped.push("tcpdump is not here (Debian: apt-get install tcpdump)".to_owned());
    }
    for resolver in &RESOLVERS {
        let Some(program) = find(resolver.program) else {
            skipped.push(resolver.how_to_get());
            continue;
        };
        let folder = folder.join(resolver.program);
        let server = resolver
            .start(&program, &folder, &certificate)
            .with_context(|| format!("with {}", resolver.program))?;
        for (scheme, port) in [(Scheme::Tls, server.tls), (Scheme::Https, server.https)] {
            let skip = ask(&certificate, tcpdump.as_deref(), &folder, scheme, port)
                .with_context(|| format!("with {} over {scheme:?}", resolver.program))?;
            skipped.extend(skip);
            let (program, channel) = (resolver.program, scheme.channel());
            say(&format!(
                "interop: {program} answers {IDENTIFIERS} questions over {channel}"
            ));
        }
    }
    Ok(skipped)
}

/// Resolves everything, and looks at what was on the wire meanwhile; returns what was skipped.
fn ask(
    certificate: &Certificate,
    tcpdump: Option<&Path>,
    folder: &Path,
    scheme: Scheme,
    port: u16,
) -> Result<Option<String>> {
    let server = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let capture = match tcpdump {
        None => None,
        Some(tcpdump) => match Capture::start(tcpdump, folder, port)? {
            Ok(capture) => Some(capture),
            Err(why) => return resolve(certificate, scheme, port).map(|()| Some(why)),
        },
    };
    resolve(certificate, scheme, port)?;
    let Some(capture) = capture else {
        return Ok(None);
    };
    let traffic = capture.stop()?;
    traffic.must_be_complete(server)?;
    for identifier in identifiers() {
        let label = identifier.split('.').next().unwrap_or(&identifier);
        if traffic.has(label.as_bytes()) {
            bail!("{label} is on the wire, where anybody can read it");
        }
    }
    let lengths = traffic.record_lengths(server)?;
    if scheme == Scheme::Tls && !(1..=2).contains(&lengths.len()) {
        bail!("expected questions of one or two lengths, found records of {lengths:?} octets");
    }
    let octets = traffic.octets();
    let lengths = match scheme {
        Scheme::Tls => format!("; records of questions have {lengths:?} octets"),
        // HTTP/2 puts frames together as it likes; the length of the message inside is held by the tests of mimi-resolver.
        Scheme::Https => String::new(),
    };
    say(&format!(
        "interop: none of {IDENTIFIERS} names in {octets} octets{lengths}"
    ));
    Ok(None)
}

/// Names of different lengths, whose first labels occur nowhere by chance.
fn identifiers() -> Vec<String> {
    (0..IDENTIFIERS)
        .map(|number| {
            let filler = "x".repeat(number % 50);
            format!("person-{number}-{filler}.{APEX}")
        })
        .collect()
}

/// Resolves everything through the command, and holds the results against what must come.
fn resolve(certificate: &Certificate, scheme: Scheme, port: u16) -> Result<()> {
    let url = scheme.url(port);
    let arguments = ["resolve", "--format", "jsonl", "--server", &url];
    let authority = certificate.authority.display().to_string();
    let mut command = Command::new(build(&["--bin", "mimi"])?);
    command
        .args(arguments)
        .args(["--require-encrypted", "--dnssec", "off"])
        .args(["--tls-ca", &authority, "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.spawn()?;
    let mut input = child.stdin.take().context("no standard input")?;
    input.write_all(identifiers().join("\n").as_bytes())?;
    drop(input);
    let output = child.wait_with_output()?;
    let mut ends = BTreeSet::new();
    let mut count = 0;
    for line in String::from_utf8(output.stdout)?.lines() {
        let result: Value = serde_json::from_str(line)?;
        let channel = result.pointer("/assurance/channel").cloned();
        ends.insert(format!(
            "{} over {}",
            result.get("outcome").unwrap_or(&Value::Null),
            channel.unwrap_or_default()
        ));
        count += 1;
    }
    let expected = BTreeSet::from([format!("\"found\" over \"{}\"", scheme.channel())]);
    if ends != expected || count != IDENTIFIERS {
        bail!("expected {IDENTIFIERS} results {expected:?}, found {count} of {ends:?}");
    }
    Ok(())
}
