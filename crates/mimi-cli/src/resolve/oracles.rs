//! The oracles that the caller trusts (D56).

use std::sync::Arc;

use anyhow::{Context, Result, bail};
use mimi_resolver::{BlindedOracle, CertificateAuthorities, Oracle};

use crate::arguments::{DnssecMode, Resolve};
use crate::exit::Usage;
use crate::oracle_tokens::OracleTokens;

/// One client for each oracle, in the order of trust: all identifiers share it. Connects to nobody.
pub(super) fn start(
    options: &Resolve,
    dnssec: DnssecMode,
    authorities: &CertificateAuthorities,
) -> Result<Vec<Arc<dyn Oracle>>> {
    if dnssec == DnssecMode::Require && !options.oracles.is_empty() {
        bail!(Usage(
            "--dnssec require returns only what DNS proves, and no oracle could be asked; leave out --oracle, or use --dnssec validate"
                .to_owned()
        ));
    }
    let tokens = OracleTokens::read(options.oracle_tokens.as_deref())?;
    let mut oracles: Vec<Arc<dyn Oracle>> = Vec::with_capacity(options.oracles.len());
    for address in &options.oracles {
        let oracle = BlindedOracle::new(address, authorities, tokens.config(address.pin()));
        oracles.push(Arc::new(oracle.context("cannot set up TLS")?));
    }
    Ok(oracles)
}
