//! unbound as a validating forwarder in front of a world.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use mimi_testkit::signed::{SignedWorld, WorldServer, name, types};

use crate::Anything;
use crate::ask::{Told, ask, resolve};

/// How long it may take to start.
const START: Duration = Duration::from_secs(20);
/// How long it may take over one question. Before a silent server it has no answer after minutes either.
const PATIENCE: Duration = Duration::from_secs(12);

/// What unbound said of one identifier.
pub(crate) struct Said {
    /// `secure`, `insecure` or `servfail`, of the weakest answer.
    pub(crate) verdict: &'static str,
    /// The code of the extended error, if there was one.
    pub(crate) extended_error: Option<u16>,
    /// How many questions it asked the world.
    pub(crate) questions: usize,
    /// From the first question to the last answer, by the clock on the wall.
    pub(crate) milliseconds: u128,
}

/// Stopped when dropped.
struct Unbound {
    child: Child,
    address: SocketAddr,
}

impl Drop for Unbound {
    fn drop(&mut self) {
        // One that has ended by itself needs no stopping.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts it afresh, and resolves one identifier through it.
pub(crate) fn judge(
    program: &str,
    folder: &Path,
    server: &WorldServer,
    identifier: &str,
) -> Anything<Said> {
    let unbound = Unbound::start(program, folder, server.world(), server.address())?;
    server.forget();
    let started = Instant::now();
    let told = resolve(unbound.address, identifier, PATIENCE);
    let milliseconds = started.elapsed().as_millis();
    let questions = server.counts().total;
    Ok(match told {
        Ok(told) => Said {
            verdict: weakest(&told),
            extended_error: told.iter().find_map(|told| told.extended_error),
            questions,
            milliseconds,
        },
        Err(_) => Said {
            verdict: "no answer",
            extended_error: None,
            questions,
            milliseconds,
        },
    })
}

fn weakest(told: &[Told]) -> &'static str {
    if told.iter().any(|told| !matches!(told.rcode, 0 | 3)) {
        "servfail"
    } else if told.iter().all(|told| told.is_authentic) {
        "secure"
    } else {
        "insecure"
    }
}

impl Unbound {
    fn start(
        program: &str,
        folder: &Path,
        world: &SignedWorld,
        upstream: SocketAddr,
    ) -> Anything<Self> {
        fs::create_dir_all(folder)?;
        let port = free_port()?;
        let anchor = write(folder, "anchor", &world.trust_anchor())?;
        let configuration = format!(
            "server:\n  interface: 127.0.0.1@{port}\n  do-ip6: no\n  do-daemonize: no\n  username: \"\"\n  chroot: \"\"\n  \
             directory: \"{folder}\"\n  pidfile: \"\"\n  use-syslog: no\n  logfile: \"\"\n  verbosity: 1\n  val-log-level: 2\n  \
             ede: yes\n  num-threads: 1\n  module-config: \"validator iterator\"\n  trust-anchor-file: \"{anchor}\"\n  \
             do-not-query-localhost: no\n  trust-anchor-signaling: no\n  root-key-sentinel: no\n  aggressive-nsec: no\n\
             remote-control:\n  control-enable: no\n\
             forward-zone:\n  name: \".\"\n  forward-addr: 127.0.0.1@{}\n",
            upstream.port(),
            folder = folder.display(),
            anchor = anchor.display(),
        );
        let configuration = write(folder, "unbound.conf", &configuration)?;
        let log = File::create(folder.join("log"))?;
        let child = Command::new(program)
            .arg("-d")
            .arg("-c")
            .arg(configuration)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let mut unbound = Self {
            child,
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        };
        let started = Instant::now();
        // unbound answers for `invalid.` itself, so that the world is not asked.
        let probe = name("started.invalid");
        let step = Duration::from_millis(100);
        while ask(unbound.address, &probe, types::A, step).is_err() {
            if started.elapsed() > START || unbound.child.try_wait()?.is_some() {
                let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
                return Err(format!("unbound does not answer; it says:\n{log}").into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(unbound)
    }
}

fn write(folder: &Path, file: &str, text: &str) -> Anything<PathBuf> {
    let path = folder.join(file);
    fs::write(&path, text)?;
    Ok(path)
}

fn free_port() -> Anything<u16> {
    loop {
        let udp = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = udp.local_addr()?.port();
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
}
