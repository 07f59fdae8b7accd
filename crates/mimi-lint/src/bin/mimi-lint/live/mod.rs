//! `mimi-lint live`, `axfr` and `diff`: what name servers say, judged by the same rules as files.
//!
//! Sockets are used here and nowhere else. Servers are asked directly, one question at a time; whatever they send costs bounded time
//! and memory. What was observed becomes data ([`mimi_lint::observations`]); the library judges it.

pub(crate) mod arguments;
mod axfr;
mod diff;
mod exchange;
mod message;
mod observe;
mod render;
mod servers;
mod spool;
mod subject;
mod transfer;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, anyhow};
use mimi_lint::observations::{OBSERVATIONS_SCHEMA, Observations};
use mimi_lint::{Checker, Finding, Settings};

pub(crate) use self::axfr::run as axfr;
pub(crate) use self::diff::run as diff;

use self::arguments::{Live, Output};
use self::exchange::Asker;
use self::servers::Whom;
use self::subject::Observer;
use crate::exit::{Exit, Usage};
use crate::report::Reporter;

pub(crate) fn live(options: &Live) -> Result<Exit> {
    let mut settings = settings();
    if let Some(suffix) = &options.enum_suffix {
        settings.enum_suffix = suffix.clone();
    }
    let observations = match &options.replay {
        Some(path) => replay(path)?,
        None => observe(options, &settings)?,
    };
    if let Some(path) = &options.save {
        save(path, &observations)?;
    }
    let checker = Checker::new(settings);
    let mut findings = Findings::new(&options.output)?;
    checker.check_observations(&observations, &mut |finding| findings.add(&finding))?;
    let exit = findings.finish()?;
    Ok(match observations.are_inconclusive() {
        true => exit.max(Exit::Inconclusive),
        false => exit,
    })
}

/// How the rules are applied.
fn settings() -> Settings {
    Settings::default()
}

fn observe(options: &Live, settings: &Settings) -> Result<Observations> {
    let whom = Whom::new(&options.server, &options.resolver)?;
    let asker = Asker::new(options.timeout, settings.types);
    let observer = Observer {
        asker: &asker,
        whom: &whom,
        settings,
    };
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let mut observations = Observations {
        schema: OBSERVATIONS_SCHEMA.into(),
        at: since.map_or(0, |since| since.as_secs()),
        subjects: Vec::new(),
    };
    for identifier in &options.identifiers {
        asker.refill();
        let subject = observer.subject(identifier).map_err(Usage)?;
        observations.subjects.push(subject);
    }
    Ok(observations)
}

fn save(path: &Path, observations: &Observations) -> Result<()> {
    let mut octets = Vec::new();
    mimi_output::json::write(&mut octets, observations)?;
    octets.push(b'\n');
    let written = fs::File::create(path).and_then(|mut file| file.write_all(&octets));
    written.with_context(|| format!("cannot write {}", shown(path)))
}

fn replay(path: &Path) -> Result<Observations> {
    let octets = fs::read(path).with_context(|| format!("cannot read {}", shown(path)))?;
    let observations: Observations = serde_json::from_slice(&octets).map_err(|error| {
        // It may quote the file.
        let error = error.to_string();
        let error = mimi_output::Shown(&error);
        anyhow!("{}: expected what --save writes: {error}", shown(path))
    })?;
    if observations.schema != OBSERVATIONS_SCHEMA {
        let message = format!(
            "{}: expected the schema {OBSERVATIONS_SCHEMA}, found {}",
            shown(path),
            mimi_output::Shown(&observations.schema)
        );
        return Err(Usage(message).into());
    }
    Ok(observations)
}

/// A path fit for a terminal.
fn shown(path: &Path) -> String {
    mimi_output::Shown(&path.to_string_lossy()).to_string()
}

/// Findings on their way out.
struct Findings<'a> {
    options: &'a Output,
    reporter: Reporter,
    exit: Exit,
    failure: Option<std::io::Error>,
}

impl<'a> Findings<'a> {
    fn new(options: &'a Output) -> Result<Self> {
        Ok(Self {
            options,
            reporter: Reporter::new(options.format)?,
            exit: Exit::Clean,
            failure: None,
        })
    }

    fn add(&mut self, finding: &Finding) {
        if finding.level >= self.options.fail_on {
            self.exit = self.exit.max(Exit::Findings);
        }
        if self.failure.is_none() {
            self.failure = self.reporter.finding(finding).err();
        }
    }

    fn finish(mut self) -> Result<Exit> {
        if let Some(error) = self.failure {
            return Err(error.into());
        }
        self.reporter.finish()?;
        Ok(self.exit)
    }
}
