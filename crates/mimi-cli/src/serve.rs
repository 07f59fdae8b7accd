//! `mimi serve`: the embedded server by itself, until interrupted.

use std::io::Write;
use std::net::SocketAddr;

use anyhow::{Context, Result};
use mimi_authority::Server;

use crate::arguments::Serve;
use crate::exit::Exit;
use crate::zones::{self, Snippets};

pub(crate) fn run(options: &Serve) -> Result<Exit> {
    let zones = zones::load(&options.zones, options.types.codes()?, Snippets::Warn)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start")?;
    runtime.block_on(async {
        let apexes: Vec<String> = zones
            .zones()
            .iter()
            .map(|zone| zone.apex().to_string())
            .collect();
        let addresses = options.listen.iter().map(SocketAddr::to_string);
        let addresses: Vec<String> = addresses.collect();
        let server = Server::bind(options.listen.iter().copied(), zones)
            .await
            .with_context(|| format!("cannot listen on {}", addresses.join(", ")))?;
        let mut out = anstream::stdout();
        writeln!(out, "serving {}", apexes.join(" "))?;
        for address in server.local_addrs() {
            writeln!(out, "listening on {address}, UDP and TCP")?;
        }
        out.flush()?;
        tokio::signal::ctrl_c()
            .await
            .context("cannot wait for an interrupt")?;
        server
            .shutdown()
            .await
            .context("cannot shut down in order")?;
        Ok(Exit::Ok)
    })
}
