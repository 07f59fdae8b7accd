//! `mimi-lint check`: zone files in, findings out.

use std::fs::File;
use std::io::{self, Read};
use std::num::NonZeroUsize;

use anyhow::Result;
use mimi_lint::{CheckError, Checker, Finding, Settings, Source};

use crate::arguments::Check;
use crate::exit::Exit;
use crate::report::Reporter;

pub(crate) fn run(options: &Check) -> Result<Exit> {
    let mut checker = Checker::new(Settings::default());
    if let Some(origin) = &options.origin {
        checker = checker.origin(origin.clone());
    }
    let available = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    checker = checker.threads(options.jobs.unwrap_or_else(available));
    let mut reporter = Reporter::new(options.format)?;
    let mut exit = Exit::Clean;
    for path in &options.paths {
        let source = Source::file(path);
        let open = || -> io::Result<Box<dyn Read + Send>> { Ok(Box::new(File::open(path)?)) };
        let mut failure = None;
        let mut report = |finding: Finding| {
            if finding.level >= options.fail_on {
                exit = exit.max(Exit::Findings);
            }
            if let Err(error) = reporter.finding(&finding) {
                failure.get_or_insert(error);
            }
        };
        match checker.check(&source, &open, &mut report) {
            Ok(_) => {}
            Err(CheckError::Open(error)) => return Err(error.into()),
            Err(error) => return Err(error.into()),
        }
        if let Some(error) = failure {
            return Err(error.into());
        }
    }
    reporter.finish()?;
    Ok(exit)
}
