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
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, anyhow};
use mimi_lint::observations::{OBSERVATIONS_SCHEMA, Observations};
use mimi_lint::{Checker, Finding, Level, Settings};

pub(crate) use self::axfr::run as axfr;
pub(crate) use self::diff::run as diff;

use self::arguments::{Live, Output};
use self::exchange::Asker;
use self::servers::Whom;
use self::subject::Observer;
use crate::config::Config;
use crate::config_error::ConfigError;
use crate::configurations::Configurations;
use crate::exit::{Exit, Usage};
use crate::report::Reporter;
use crate::setup;
use crate::tally::Tally;

pub(crate) fn live(options: &Live) -> Result<Exit> {
    let judging = Judging::new(&options.output)?;
    let mut settings = judging.settings.clone();
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
    let subjects = options.identifiers.join(" ");
    let mut findings = Findings::new(judging, &options.output, &subjects)?;
    checker.check_observations(&observations, &mut |finding| findings.add(&finding))?;
    let exit = findings.finish()?;
    Ok(match observations.are_inconclusive() {
        true => exit.max(Exit::Inconclusive),
        false => exit,
    })
}

/// How findings are judged: from the configuration above the folder that the command runs in, and the command line.
struct Judging {
    settings: Settings,
    config: Arc<Config>,
    fail_on: Level,
    exit_zero: bool,
    /// Whether what the configuration ignores is left out.
    ignores: bool,
}

impl Judging {
    fn new(options: &Output) -> Result<Self> {
        let usage = |error: ConfigError| Usage(error.to_string());
        let mut configurations = Configurations::new(&options.configuration).map_err(usage)?;
        let config = configurations.of(Path::new("-")).map_err(usage)?;
        Ok(Self {
            settings: setup::settings(&config, &options.rules, &options.types)?,
            fail_on: options.fail_on.or(config.fail_on).unwrap_or(Level::Warning),
            exit_zero: options.exit_zero,
            ignores: !options.rules.no_ignores,
            config,
        })
    }

    fn keeps(&self, finding: &Finding) -> bool {
        let mut ignores = self.config.ignores.iter();
        !(self.ignores && ignores.any(|ignore| ignore.holds(finding, &self.config.folder)))
    }
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
struct Findings {
    judging: Judging,
    reporter: Reporter,
    tally: Tally,
    exit: Exit,
    failure: Option<std::io::Error>,
}

impl Findings {
    /// `what` names what is checked.
    fn new(judging: Judging, options: &Output, what: &str) -> Result<Self> {
        let mut reporter = Reporter::new(options.format, options.quiet)?;
        reporter.source(what)?;
        Ok(Self {
            judging,
            reporter,
            tally: Tally::default(),
            exit: Exit::Clean,
            failure: None,
        })
    }

    fn add(&mut self, finding: &Finding) {
        if !self.judging.keeps(finding) {
            return;
        }
        self.tally.add(finding);
        if finding.level >= self.judging.fail_on && !self.judging.exit_zero {
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
        self.reporter.finish(&self.tally)?;
        Ok(self.exit)
    }
}
