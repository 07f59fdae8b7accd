//! Resolvers that answer over TLS and HTTPS, each with one account for every name of a zone.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;

use anyhow::Result;

use super::APEX;
use super::certificate::Certificate;
use crate::interop::background::Background;
use crate::interop::peers::free_port;

const DEFINITION_STRING: &str = "v=MIMI1; a=anybody; e=im.example.net";
/// The default code of the MIMI type.
const TYPE: u16 = 65357;

/// A resolver to ask.
pub(super) struct Resolver {
    /// What its program is called, and its package in Debian.
    pub(super) program: &'static str,
    package: &'static str,
    /// Writes its configuration into the folder, and says how to start it in the foreground.
    prepare: fn(&Setting<'_>) -> Result<Vec<String>>,
}

struct Setting<'a> {
    folder: &'a Path,
    certificate: &'a Certificate,
    tls: u16,
    https: u16,
}

pub(super) const RESOLVERS: [Resolver; 2] = [
    Resolver {
        program: "unbound",
        package: "unbound",
        prepare: unbound,
    },
    Resolver {
        program: "kresd",
        package: "knot-resolver",
        prepare: knot_resolver,
    },
];

impl Resolver {
    /// What to say when it is not here.
    pub(super) fn how_to_get(&self) -> String {
        let (program, package) = (self.program, self.package);
        format!("{program} is not here (Debian: apt-get install {package})")
    }

    /// Starts it in an empty folder, and waits until it listens.
    pub(super) fn start(
        &self,
        program: &Path,
        folder: &Path,
        certificate: &Certificate,
    ) -> Result<Running> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        let (tls, https) = (free_port()?, free_port()?);
        let arguments = (self.prepare)(&Setting {
            folder,
            certificate,
            tls,
            https,
        })?;
        let listens =
            |port| TcpStream::connect(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).is_ok();
        let mut background = Background::start(program, &arguments, folder)?;
        background.wait_until(|| listens(tls) && listens(https))?;
        Ok(Running {
            tls,
            https,
            _background: background,
        })
    }
}

/// A resolver that is stopped when it is no longer needed.
pub(super) struct Running {
    pub(super) tls: u16,
    pub(super) https: u16,
    _background: Background,
}

/// One character-string (D1).
fn rdata() -> Vec<u8> {
    let text = DEFINITION_STRING.as_bytes();
    let length = u8::try_from(text.len()).unwrap_or(u8::MAX);
    std::iter::once(length)
        .chain(text.iter().copied())
        .collect()
}

fn unbound(setting: &Setting<'_>) -> Result<Vec<String>> {
    let folder = setting.folder.display();
    let (tls, https) = (setting.tls, setting.https);
    let (certificate, key) = (
        setting.certificate.certificate.display(),
        setting.certificate.key.display(),
    );
    let rdata = rdata();
    let hex: String = rdata.iter().map(|octet| format!("{octet:02x}")).collect();
    let length = rdata.len();
    let configuration = format!(
        "server:\n  interface: 127.0.0.1@{tls}\n  interface: 127.0.0.1@{https}\n  tls-port: {tls}\n  https-port: {https}\n  \
         tls-service-pem: \"{certificate}\"\n  tls-service-key: \"{key}\"\n  do-daemonize: no\n  use-syslog: no\n  logfile: \"\"\n  \
         username: \"\"\n  chroot: \"\"\n  directory: \"{folder}\"\n  pidfile: \"\"\n  module-config: \"iterator\"\n  \
         local-zone: \"{APEX}.\" redirect\n  local-data: '{APEX}. 300 IN TYPE{TYPE} \\# {length} {hex}'\n\
         remote-control:\n  control-enable: no\n",
    );
    let path = setting.folder.join("unbound.conf");
    fs::write(&path, configuration)?;
    Ok(vec!["-d".into(), "-c".into(), path.display().to_string()])
}

fn knot_resolver(setting: &Setting<'_>) -> Result<Vec<String>> {
    let (tls, https) = (setting.tls, setting.https);
    let (certificate, key) = (
        setting.certificate.certificate.display(),
        setting.certificate.key.display(),
    );
    let rdata: String = rdata()
        .iter()
        .map(|octet| format!("\\{octet:03}"))
        .collect();
    let configuration = format!(
        "net.tls('{certificate}', '{key}')\n\
         net.listen('127.0.0.1', {tls}, {{ kind = 'tls' }})\nnet.listen('127.0.0.1', {https}, {{ kind = 'doh2' }})\n\
         cache.size = 10 * MB\ntrust_anchors.remove('.')\nmodules.unload('ta_update')\nmodules.unload('ta_signal_query')\nmodules.unload('priming')\nmodules.unload('detect_time_skew')\n\
         policy.add(policy.suffix(policy.ANSWER({{ [{TYPE}] = {{ rdata = '{rdata}', ttl = 300 }} }}), {{ todname('{APEX}.') }}))\n",
    );
    let path = setting.folder.join("kresd.conf");
    fs::write(&path, configuration)?;
    Ok(vec![
        "-n".into(),
        "-c".into(),
        path.display().to_string(),
        setting.folder.display().to_string(),
    ])
}
