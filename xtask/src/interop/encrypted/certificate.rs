//! A certificate for a server of one run, and the authority that made it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

/// The name in the certificate.
pub(super) const NAME: &str = "dns.example.net";

/// Files in PEM form.
pub(in crate::interop) struct Certificate {
    pub(in crate::interop) certificate: PathBuf,
    pub(in crate::interop) key: PathBuf,
    pub(in crate::interop) authority: PathBuf,
}

impl Certificate {
    /// Makes new ones in a folder, good for two days, for [`NAME`] and this host.
    pub(in crate::interop) fn make(openssl: &Path, folder: &Path) -> Result<Self> {
        let file = |name: &str| folder.join(name);
        let (authority, authority_key) = (file("ca.pem"), file("ca.key"));
        let made = Self {
            certificate: file("server.pem"),
            key: file("server.key"),
            authority: authority.clone(),
        };
        let common = |key: &Path, certificate: &Path| {
            let mut command = Command::new(openssl);
            command
                .args(["req", "-x509", "-newkey", "ec", "-nodes", "-days", "2"])
                .args(["-pkeyopt", "ec_paramgen_curve:P-256", "-keyout"])
                .arg(key)
                .arg("-out")
                .arg(certificate);
            command
        };
        let mut command = common(&authority_key, &authority);
        command.args(["-subj", "/CN=Authority of a test"]);
        run(command)?;
        let mut command = common(&made.key, &made.certificate);
        command.args(["-subj", &format!("/CN={NAME}"), "-CA"]);
        command.arg(&authority).arg("-CAkey").arg(&authority_key);
        let names = format!("subjectAltName=DNS:{NAME},IP:127.0.0.1");
        command.args(["-addext", &names]);
        command.args(["-addext", "basicConstraints=critical,CA:FALSE"]);
        run(command)?;
        fs::remove_file(authority_key)?;
        Ok(made)
    }
}

fn run(mut command: Command) -> Result<()> {
    let output = command.stdin(Stdio::null()).output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("openssl ended with {}; it says:\n{said}", output.status);
    }
    Ok(())
}
