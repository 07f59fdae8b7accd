//! Other DNS servers, started on a free port of loopback with one zone.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::path::Path;

use anyhow::Result;

use super::background::Background;

/// A DNS server to compare with.
pub(super) struct Peer {
    /// What its program is called, and its package in Debian.
    pub(super) program: &'static str,
    package: &'static str,
    /// Writes its configuration into the folder, and says how to start it in the foreground.
    prepare: fn(&Setting<'_>) -> Result<Vec<String>>,
}

/// What a server is to serve.
pub(super) struct Zone<'a> {
    pub(super) apex: &'a str,
    pub(super) file: &'a Path,
    /// Whether it gives the whole zone to whoever asks.
    pub(super) transfers: bool,
    /// Whether it signs answers as it gives them: knot alone does.
    pub(super) signs_online: bool,
}

/// Where a server runs.
struct Setting<'a> {
    folder: &'a Path,
    zone: &'a Zone<'a>,
    port: u16,
}

pub(super) const PEERS: [Peer; 3] = [
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

impl Peer {
    /// What to say when it is not here.
    pub(super) fn how_to_get(&self) -> String {
        let (program, package) = (self.program, self.package);
        format!("{program} is not here (Debian: apt-get install {package})")
    }

    /// Starts it in an empty folder, and waits until it answers.
    pub(super) fn start(
        &self,
        program: &Path,
        folder: &Path,
        zone: &Zone<'_>,
        answers: impl Fn(SocketAddr) -> bool,
    ) -> Result<Running> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        let port = free_port()?;
        let arguments = (self.prepare)(&Setting { folder, zone, port })?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut background = Background::start(program, &arguments, folder)?;
        background.wait_until(|| answers(address))?;
        Ok(Running {
            address,
            _background: background,
        })
    }
}

/// A server that is stopped when it is no longer needed.
pub(super) struct Running {
    pub(super) address: SocketAddr,
    _background: Background,
}

/// A port that was free for UDP and TCP a moment ago.
pub(super) fn free_port() -> Result<u16> {
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
    let (folder, zone) = (setting.folder.display(), setting.zone);
    let (apex, file, port) = (zone.apex, zone.file.display(), setting.port);
    let transfers = match zone.transfers {
        true => "    acl: everybody\n",
        false => "",
    };
    let signs = match zone.signs_online {
        true => "    module: mod-onlinesign\n",
        false => "",
    };
    let configuration = format!(
        "server:\n  listen: 127.0.0.1@{port}\n  rundir: {folder}\n  pidfile: {folder}/knot.pid\n\
         database:\n  storage: {folder}\n\
         control:\n  listen: {folder}/knot.sock\n\
         log:\n  - target: stderr\n    any: info\n\
         acl:\n  - id: everybody\n    action: transfer\n\
         zone:\n  - domain: {apex}\n    file: {file}\n    zonefile-sync: -1\n    journal-content: none\n{transfers}{signs}",
    );
    let path = write(setting.folder, "knot.conf", &configuration)?;
    Ok(vec!["--config".into(), path])
}

fn nsd(setting: &Setting<'_>) -> Result<Vec<String>> {
    let (folder, zone) = (setting.folder.display(), setting.zone);
    let (apex, file, port) = (zone.apex, zone.file.display(), setting.port);
    let transfers = match zone.transfers {
        true => "  provide-xfr: 127.0.0.1 NOKEY\n",
        false => "",
    };
    let configuration = format!(
        "server:\n  ip-address: 127.0.0.1@{port}\n  username: \"\"\n  zonesdir: \"{folder}\"\n  pidfile: \"{folder}/nsd.pid\"\n  \
         xfrdfile: \"{folder}/xfrd.state\"\n  zonelistfile: \"{folder}/zone.list\"\n  xfrdir: \"{folder}\"\n  database: \"\"\n\
         remote-control:\n  control-enable: no\n\
         zone:\n  name: {apex}\n  zonefile: \"{file}\"\n{transfers}",
    );
    let path = write(setting.folder, "nsd.conf", &configuration)?;
    Ok(vec!["-d".into(), "-c".into(), path])
}

fn bind(setting: &Setting<'_>) -> Result<Vec<String>> {
    let (folder, zone) = (setting.folder.display(), setting.zone);
    let (apex, file, port) = (zone.apex, zone.file.display(), setting.port);
    let transfers = if zone.transfers { "any" } else { "none" };
    let configuration = format!(
        "options {{\n  directory \"{folder}\";\n  pid-file \"{folder}/named.pid\";\n  session-keyfile \"{folder}/session.key\";\n  \
         listen-on port {port} {{ 127.0.0.1; }};\n  listen-on-v6 {{ none; }};\n  recursion no;\n  dnssec-validation no;\n  \
         allow-transfer {{ {transfers}; }};\n}};\n\
         controls {{ }};\n\
         zone \"{apex}\" {{ type primary; file \"{file}\"; }};\n",
    );
    let path = write(setting.folder, "named.conf", &configuration)?;
    Ok(vec!["-g".into(), "-c".into(), path])
}
