//! `mimi resolve`: identifiers in, accounts out.

mod anchors;
mod human;
mod object;
mod session;

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use futures_util::StreamExt;
use futures_util::stream;
use mimi_resolver::discovery::{Ending, Outcome, Selector};

use self::human::Report;
use self::object::Object;
use self::session::Session;
use crate::arguments::{Resolve, ResolveFormat};
use crate::exit::{Exit, Usage};
use crate::identifiers;
use mimi_output::json;

/// How many identifiers are resolved at the same time. Small: a resolver's own queue holds a few hundred questions.
const CONCURRENCY: usize = 32;

pub(crate) fn run(options: Resolve) -> Result<Exit> {
    if options.zones.iter().any(|zone| zone == Path::new("-"))
        && options.identifiers.iter().any(|one| one == "-")
    {
        bail!(Usage(
            "standard input can be a zone file or identifiers, not both".to_owned()
        ));
    }
    let identifiers = identifiers::read(&options.identifiers)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start")?;
    runtime.block_on(resolve(&options, &identifiers))
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
                    from_zone_files: !options.zones.is_empty(),
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
