//! `mimi oracle lookup|register|show|remove`: what people ask of an oracle.

mod arguments;
mod lookup;
mod registration;

use std::io::{self, Write};

use anyhow::{Context, Result};
use mimi_id::Identifier;
use mimi_oracle::Subject;
use mimi_oracle::client::{ExchangeError, OracleClient};
use mimi_output::Shown;
use mimi_resolver::{BlindedOracle, CertificateAuthorities};

pub(crate) use self::arguments::ClientCommand;
use self::arguments::Which;
use super::data::now;
use crate::authorities;
use crate::exit::{Exit, Usage};
use crate::oracle_tokens::OracleTokens;

pub(crate) fn run(command: &ClientCommand) -> Result<Exit> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start")?;
    let exit = runtime.block_on(async {
        match command {
            ClientCommand::Lookup(options) => lookup::run(options).await,
            ClientCommand::Register(options) => registration::register(options).await,
            ClientCommand::Show(options) => registration::show(options).await,
            ClientCommand::Remove(options) => registration::remove(options).await,
        }
    });
    // The system may still be looking up a host that was given up; nobody waits for that.
    runtime.shutdown_background();
    exit
}

/// A client of the oracle that is named. Connects to nobody yet.
fn client(which: &Which, tokens: &OracleTokens) -> Result<OracleClient> {
    let authorities = match &which.tls_ca {
        Some(path) => authorities::read(path)?,
        None => CertificateAuthorities::default(),
    };
    let config = tokens.config(which.oracle.pin());
    BlindedOracle::client(&which.oracle, &authorities, config).context("cannot set up TLS")
}

/// The subject of what a person typed, or why there is none.
fn subject(text: &str) -> Result<Subject, Usage> {
    let identifier =
        Identifier::parse(text).map_err(|error| Usage(format!("{}: {error}", Shown(text))))?;
    Subject::new(&identifier).ok_or_else(|| {
        Usage(format!(
            "{} is a MUI, which DNS alone resolves; publish its MIMI record there",
            Shown(text)
        ))
    })
}

/// Tells what went wrong, escaped where it came from the network.
fn tell(error: &impl std::fmt::Display) {
    // A closed standard error leaves nobody to tell.
    let _ = writeln!(io::stderr(), "error: {error}");
}

/// How the command ends after a request without an answer: what the oracle refuses will be refused again.
fn exit_of(error: &ExchangeError) -> Exit {
    match error {
        ExchangeError::Status {
            status: 400..=499, ..
        } => Exit::NoMapping,
        _ => Exit::Temporary,
    }
}

/// How far away a time is, in seconds since 1970, as `in 5 h 20 min`.
fn time_until(time: u64) -> String {
    let left = time.saturating_sub(now());
    match (left / 86_400, left / 3600, left / 60) {
        (0, 0, 0) => format!("in {left} s"),
        (0, 0, minutes) => format!("in {minutes} min"),
        (0 | 1, hours, minutes) => format!("in {hours} h {} min", minutes % 60),
        (days, ..) => format!("in {days} days"),
    }
}
