//! Files of `--tls-ca`: who may vouch for encrypted servers and for oracles.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use mimi_resolver::CertificateAuthorities;

/// The certificate authorities in a PEM file.
pub(crate) fn read(path: &Path) -> Result<CertificateAuthorities> {
    let shown = path.display();
    let octets = fs::read(path).with_context(|| format!("cannot read {shown}"))?;
    CertificateAuthorities::from_pem(&octets).with_context(|| format!("cannot use {shown}"))
}
