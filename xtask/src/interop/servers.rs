//! Other DNS servers load what `mimi zone convert` writes, and give the same results as the embedded one.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::process::{cargo, find, root, say};

/// The zone that is compared, and its apex.
const ZONE: &str = "testdata/zones/interop.zone";
const APEX: &str = "interop.example";
const ENUM_SUFFIX: &str = "enum.interop.example";

/// How long a server may take to load one small zone.
const PATIENCE: Duration = Duration::from_secs(20);

/// Every kind of local part, and of way to a record; several have none, on purpose.
const IDENTIFIERS: &[&str] = &[
    "plain@interop.example",
    "first.last@interop.example",
    "MIXED-case_1@interop.example",
    "plus+tag@interop.example",
    "o'brien@interop.example",
    "\"quoted blank\"@interop.example",
    "a=b@interop.example",
    "bang!@interop.example",
    "hash#dollar$@interop.example",
    "slash/pipe|@interop.example",
    "\"at@sign\"@interop.example",
    "\"semi;colon\"@interop.example",
    "\"back\\\\slash\"@interop.example",
    "\"paren(s)\"@interop.example",
    "\"double\\\"quote\"@interop.example",
    "star*inside@interop.example",
    "bücher@interop.example",
    "_leading@interop.example",
    "-dash-@interop.example",
    "63-octets-63-octets-63-octets-63-octets-63-octets-63-octets-63-@interop.example",
    "split@interop.example",
    "several@interop.example",
    "unusable@interop.example",
    "nobody@interop.example",
    "*@interop.example",
    "plain@two.interop.example",
    "plain@mixed.interop.example",
    "plain@declines.interop.example",
    "plain@mui.interop.example",
    "mui.interop.example",
    "bücher.interop.example",
    "empty.interop.example",
    "non.terminal.interop.example",
    "terminal.interop.example",
    "alias.interop.example",
    "alias2.interop.example",
    "looping.interop.example",
    "plain.old.interop.example",
    "any.wild.interop.example",
    "exists.wild.interop.example",
    "below.exists.wild.interop.example",
    "+1 555 123 4567",
    "+1 555 123 4568",
];

/// Where a server rightly says the same in another way: program, identifier, why.
const DIFFERENCES: &[(&str, &str, &str)] = &[(
    "named",
    "looping.interop.example",
    "SERVFAIL to a loop of aliases inside its own zone; the others leave it to the asker to see the loop",
)];

/// A DNS server to compare with.
struct Peer {
    /// What its program is called, and its package in Debian.
    program: &'static str,
    package: &'static str,
    /// Writes its configuration into the folder, and says how to start it in the foreground.
    prepare: fn(&Setting<'_>) -> Result<Vec<String>>,
}

/// Where a server runs.
struct Setting<'a> {
    folder: &'a Path,
    zone_file: &'a Path,
    port: u16,
}

const PEERS: [Peer; 3] = [
    Peer {
        program: "knotd",
        package: "knot",
        prepare: knot,
    },
    Peer {
        program: "nsd",
        package: "nsd",
        prepare: nsd,
    },
    Peer {
        program: "named",
        package: "bind9",
        prepare: bind,
    },
];

/// Compares with every server that is present; returns what was skipped, and how to get it.
pub(super) fn run() -> Result<Vec<String>> {
    let folder = root().join("target/interop");
    fs::create_dir_all(&folder)?;
    let zone_file = folder.join("converted.zone");
    let converted = mimi(&["zone", "convert", "--to", "rfc3597", ZONE])?;
    fs::write(&zone_file, converted)?;
    let expected = resolve(&["--zone", ZONE])?;
    let mut skipped = Vec::new();
    for peer in PEERS {
        let Some(program) = find(peer.program) else {
            let (program, package) = (peer.program, peer.package);
            skipped.push(format!(
                "{program} is not here (Debian: apt-get install {package})"
            ));
            continue;
        };
        let found = ask(&peer, &program, &folder, &zone_file)
            .with_context(|| format!("with {}", peer.program))?;
        compare(peer.program, &expected, &found)
            .with_context(|| format!("with {}", peer.program))?;
        let count = IDENTIFIERS.len();
        say(&format!(
            "interop: {} gives the same {count} results",
            peer.program
        ));
    }
    Ok(skipped)
}

/// Starts the server on a free port of loopback, resolves everything through it, and stops it.
fn ask(peer: &Peer, program: &Path, folder: &Path, zone_file: &Path) -> Result<String> {
    let folder = folder.join(peer.program);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let port = free_port()?;
    let setting = Setting {
        folder: &folder,
        zone_file,
        port,
    };
    let arguments = (peer.prepare)(&setting)?;
    let log = fs::File::create(folder.join("log"))?;
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()?;
    let mut server = Running(child);
    let address = format!("127.0.0.1:{port}");
    let started = Instant::now();
    loop {
        let probe = [
            "resolve",
            "--timeout",
            "1",
            "--server",
            &address,
            "mui.interop.example",
        ];
        if mimi(&probe).is_ok() {
            return resolve(&["--server", &address]);
        }
        if started.elapsed() > PATIENCE || server.0.try_wait()?.is_some() {
            let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
            bail!("the server does not answer; it says:\n{log}");
        }
        thread::sleep(Duration::from_millis(200));
    }
}

/// A server that is stopped when it is no longer needed.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended by itself needs no stopping.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The results for all identifiers, one a line.
fn resolve(whom: &[&str]) -> Result<String> {
    let mut arguments = vec!["resolve", "--format", "jsonl", "--enum-suffix", ENUM_SUFFIX];
    arguments.extend(whom);
    arguments.push("--");
    arguments.extend(IDENTIFIERS);
    Ok(String::from_utf8(mimi_whatever(&arguments)?)?)
}

fn compare(program: &str, expected: &str, found: &str) -> Result<()> {
    let lines = [expected.lines().count(), found.lines().count()];
    if lines != [IDENTIFIERS.len(); 2] {
        bail!("expected {} results, found {lines:?}", IDENTIFIERS.len());
    }
    let mut differing = Vec::new();
    for (identifier, (expected, found)) in
        IDENTIFIERS.iter().zip(expected.lines().zip(found.lines()))
    {
        let known = DIFFERENCES
            .iter()
            .find(|known| (known.0, known.1) == (program, *identifier));
        match known {
            _ if expected == found => {}
            Some((_, _, why)) => say(&format!("interop: {program}, {identifier}: {why}")),
            None => differing.push(format!("expected {expected}\n   found {found}")),
        }
    }
    if !differing.is_empty() {
        bail!(
            "{} results differ:\n{}",
            differing.len(),
            differing.join("\n")
        );
    }
    Ok(())
}

/// Runs our command; any exit code but 0 is an error.
pub(super) fn mimi(arguments: &[&str]) -> Result<Vec<u8>> {
    let mut command = mimi_command(arguments);
    command.stderr(Stdio::null());
    let output = command.output()?;
    if !output.status.success() {
        bail!("mimi {} ended with {}", arguments.join(" "), output.status);
    }
    Ok(output.stdout)
}

/// Runs our command where an unsuccessful end is part of the result.
fn mimi_whatever(arguments: &[&str]) -> Result<Vec<u8>> {
    Ok(mimi_command(arguments).output()?.stdout)
}

fn mimi_command(arguments: &[&str]) -> Command {
    let mut command = cargo();
    command
        .args(["run", "--quiet", "--locked", "--bin", "mimi", "--"])
        .args(arguments);
    command
}

/// A port that was free for UDP and TCP a moment ago.
fn free_port() -> Result<u16> {
    loop {
        let udp = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = udp.local_addr()?.port();
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
}

fn write(folder: &Path, name: &str, text: &str) -> Result<String> {
    let path = folder.join(name);
    fs::write(&path, text)?;
    Ok(path.display().to_string())
}

fn knot(setting: &Setting<'_>) -> Result<Vec<String>> {
    let (folder, zone) = (setting.folder.display(), setting.zone_file.display());
    let configuration = format!(
        "server:\n  listen: 127.0.0.1@{port}\n  rundir: {folder}\n  pidfile: {folder}/knot.pid\n\
         database:\n  storage: {folder}\n\
         control:\n  listen: {folder}/knot.sock\n\
         log:\n  - target: stderr\n    any: info\n\
         zone:\n  - domain: {APEX}\n    file: {zone}\n    zonefile-sync: -1\n    journal-content: none\n",
        port = setting.port
    );
    let path = write(setting.folder, "knot.conf", &configuration)?;
    Ok(vec!["--config".into(), path])
}

fn nsd(setting: &Setting<'_>) -> Result<Vec<String>> {
    let (folder, zone) = (setting.folder.display(), setting.zone_file.display());
    let configuration = format!(
        "server:\n  ip-address: 127.0.0.1@{port}\n  username: \"\"\n  zonesdir: \"{folder}\"\n  pidfile: \"{folder}/nsd.pid\"\n  \
         xfrdfile: \"{folder}/xfrd.state\"\n  zonelistfile: \"{folder}/zone.list\"\n  xfrdir: \"{folder}\"\n  database: \"\"\n\
         remote-control:\n  control-enable: no\n\
         zone:\n  name: {APEX}\n  zonefile: \"{zone}\"\n",
        port = setting.port
    );
    let path = write(setting.folder, "nsd.conf", &configuration)?;
    Ok(vec!["-d".into(), "-c".into(), path])
}

fn bind(setting: &Setting<'_>) -> Result<Vec<String>> {
    let (folder, zone) = (setting.folder.display(), setting.zone_file.display());
    let configuration = format!(
        "options {{\n  directory \"{folder}\";\n  pid-file \"{folder}/named.pid\";\n  session-keyfile \"{folder}/session.key\";\n  \
         listen-on port {port} {{ 127.0.0.1; }};\n  listen-on-v6 {{ none; }};\n  recursion no;\n  dnssec-validation no;\n}};\n\
         controls {{ }};\n\
         zone \"{APEX}\" {{ type primary; file \"{zone}\"; }};\n",
        port = setting.port
    );
    let path = write(setting.folder, "named.conf", &configuration)?;
    Ok(vec!["-g".into(), "-c".into(), path])
}
