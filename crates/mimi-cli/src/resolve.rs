//! `mimi resolve`: identifiers in, accounts out.

mod anchors;
mod human;
mod object;
mod oracles;
mod session;

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use futures_util::StreamExt;
use futures_util::stream;
use mimi_resolver::discovery::{Ending, Outcome, Selector};
use mimi_resolver::{EndpointCheck, EndpointChecks, EndpointFailure};

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
    let exit = runtime.block_on(resolve(&options, &identifiers));
    // The system may still be looking up the host of an oracle that was given up; nobody waits for that.
    runtime.shutdown_background();
    exit
}

async fn resolve(options: &Resolve, identifiers: &[String]) -> Result<Exit> {
    let session = Session::start(options).await?;
    let selector = Selector::new().prefer(options.services.iter().cloned());
    let mut out = anstream::stdout();
    let mut exit = Exit::Ok;
    let mut outcomes = stream::iter(identifiers)
        .map(|input| discover(&session, input, options.check_endpoints))
        .buffered(CONCURRENCY);
    let mut written = 0;
    while let Some((input, mut outcome, endpoints)) = outcomes.next().await {
        exit = exit.max(exit_of(&outcome, endpoints.as_ref()));
        if let Ending::Found(groups) = &mut outcome.ending {
            selector.arrange(groups);
        }
        match options.format {
            ResolveFormat::Human => {
                let report = Report {
                    input,
                    outcome: &outcome,
                    endpoints: endpoints.as_ref(),
                    trace: options.trace,
                    from_zone_files: !options.zones.is_empty(),
                };
                report.write(&mut out)?;
            }
            ResolveFormat::Json | ResolveFormat::Jsonl => {
                if options.format == ResolveFormat::Json {
                    out.write_all(if written == 0 { b"[\n" } else { b",\n" })?;
                }
                let object = Object::new(input, &outcome, endpoints.as_ref(), options.trace);
                json::write(&mut out, &object)?;
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

/// What became of an identifier, and of its endpoints if they are to be checked.
async fn discover<'a>(
    session: &Session,
    input: &'a str,
    check_endpoints: bool,
) -> (&'a str, Outcome, Option<EndpointChecks>) {
    let start = Instant::now();
    let outcome = session.resolver.discover_text(input).await;
    let endpoints = if check_endpoints {
        Some(
            session
                .resolver
                .check_endpoints(&outcome, start.elapsed())
                .await,
        )
    } else {
        None
    };
    (input, outcome, endpoints)
}

fn exit_of(outcome: &Outcome, endpoints: Option<&EndpointChecks>) -> Exit {
    match outcome.ending {
        Ending::Found(_) => endpoints.map_or(Exit::Ok, exit_of_endpoints),
        Ending::TemporaryFailure(_) => Exit::Temporary,
        Ending::SecurityFailure(_) => Exit::Security,
        _ => Exit::NoMapping,
    }
}

/// One vetted endpoint is enough to reach the person; without any, the worst of their reasons counts.
fn exit_of_endpoints(endpoints: &EndpointChecks) -> Exit {
    let exits = endpoints.iter().map(|(_, check)| match check {
        EndpointCheck::Vetted(_) => Exit::Ok,
        EndpointCheck::Unresolved(EndpointFailure::Temporary(_)) => Exit::Temporary,
        EndpointCheck::Unresolved(EndpointFailure::Security(_)) => Exit::Security,
        EndpointCheck::Refused(_) | EndpointCheck::Unresolved(_) => Exit::NoMapping,
    });
    let exits: Vec<Exit> = exits.collect();
    if exits.contains(&Exit::Ok) {
        return Exit::Ok;
    }
    exits.into_iter().max().unwrap_or(Exit::NoMapping)
}
