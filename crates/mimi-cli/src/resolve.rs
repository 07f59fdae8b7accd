//! `mimi resolve`: identifiers in, accounts out.

mod human;
mod object;
mod session;

use std::io::{self, BufRead, Write};

use anyhow::{Context, Result};
use futures_util::StreamExt;
use futures_util::stream;
use mimi_resolver::discovery::{Ending, Outcome, Selector};

use self::human::Report;
use self::object::Object;
use self::session::Session;
use crate::arguments::{Resolve, ResolveFormat};
use crate::exit::Exit;
use crate::json;

/// How many identifiers are resolved at the same time. Small: a resolver's own queue holds a few hundred questions.
const CONCURRENCY: usize = 32;

pub(crate) fn run(options: Resolve) -> Result<Exit> {
    let identifiers = identifiers(&options.identifiers)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start")?;
    runtime.block_on(resolve(&options, &identifiers))
}

/// The identifiers of the command line, with the lines of standard input in the place of `-`.
fn identifiers(given: &[String]) -> Result<Vec<String>> {
    let mut identifiers = Vec::with_capacity(given.len());
    for one in given {
        if one != "-" {
            identifiers.push(one.clone());
            continue;
        }
        for line in io::stdin().lock().split(b'\n') {
            let line = line.context("cannot read standard input")?;
            // What is not UTF-8 is no identifier; it is judged, and shown, as one all the same.
            let line = String::from_utf8_lossy(&line);
            if !line.trim().is_empty() {
                identifiers.push(line.trim().to_owned());
            }
        }
    }
    Ok(identifiers)
}

async fn resolve(options: &Resolve, identifiers: &[String]) -> Result<Exit> {
    let session = Session::start(options).await?;
    let selector = Selector::new().prefer(options.services.iter().cloned());
    let mut out = anstream::stdout();
    let mut exit = Exit::Ok;
    let resolver = &session.resolver;
    let mut outcomes = stream::iter(identifiers)
        .map(|input| async move { (input, resolver.discover_text(input).await) })
        .buffered(CONCURRENCY);
    let mut written = 0;
    while let Some((input, mut outcome)) = outcomes.next().await {
        exit = exit.max(exit_of(&outcome));
        if let Ending::Found(groups) = &mut outcome.ending {
            selector.arrange(groups);
        }
        match options.format {
            ResolveFormat::Human => {
                let report = Report {
                    input,
                    outcome: &outcome,
                    trace: options.trace,
                };
                report.write(&mut out)?;
            }
            ResolveFormat::Json | ResolveFormat::Jsonl => {
                if options.format == ResolveFormat::Json {
                    out.write_all(if written == 0 { b"[\n" } else { b",\n" })?;
                }
                json::write(&mut out, &Object::new(input, &outcome, options.trace))?;
                if options.format == ResolveFormat::Jsonl {
                    out.write_all(b"\n")?;
                }
            }
        }
        out.flush()?;
        written += 1;
    }
    drop(outcomes);
    if options.format == ResolveFormat::Json {
        out.write_all(if written == 0 { b"[]\n" } else { b"\n]\n" })?;
        out.flush()?;
    }
    session.stop().await?;
    Ok(exit)
}

fn exit_of(outcome: &Outcome) -> Exit {
    match outcome.ending {
        Ending::Found(_) => Exit::Ok,
        Ending::TemporaryFailure(_) => Exit::Temporary,
        Ending::SecurityFailure(_) => Exit::Security,
        _ => Exit::NoMapping,
    }
}
