//! `mimi-lint check`: zone files in, findings out.

use std::collections::HashMap;
use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;

use crate::arguments::{Check, Format};
use crate::baseline::NewBaseline;
use crate::config::Config;
use crate::configurations::Configurations;
use crate::exit::{Exit, Usage};
use crate::filter::Filter;
use crate::input::shown;
use crate::mend;
use crate::messages::Messages;
use crate::paths::{Walked, walk, wanted_names, without_repeats};
use crate::progress::Progress;
use crate::report::Reporter;
use crate::runner::{self, Event};
use crate::setup::{Job, Setup, is_standard_input};
use crate::tally::Tally;

pub(crate) fn run(options: &Check) -> Result<Exit> {
    let messages = Messages {
        is_quiet: options.quiet,
        progress: Progress::new(!options.quiet),
    };
    let mut exit = Exit::Clean;
    let paths = paths(options)?;
    let mut configurations = Configurations::new(&options.configuration.file).map_err(usage)?;
    let mut files = Vec::new();
    let mut unread = Vec::new();
    for path in paths {
        let config = configurations.of(&path).map_err(usage)?;
        if !path.is_dir() {
            files.push(path);
            continue;
        }
        let Walked {
            files: found,
            failures,
        } = walk(&path, &config);
        for (path, error) in failures {
            messages.error(&format!("cannot read {}: {error}", shown(&path)));
            exit = Exit::Unreadable;
            unread.push((path, error.to_string()));
        }
        if found.is_empty() {
            messages.warn(&format!(
                "{} holds no zone files ({}); `include` in mimi-lint.toml says how they are named",
                shown(&path),
                mimi_output::Shown(&wanted_names(&config))
            ));
        }
        files.extend(found);
    }
    let jobs = jobs(without_repeats(files), &mut configurations, options)?;
    let setups: Vec<Arc<Setup>> = jobs.iter().map(|job| Arc::clone(&job.setup)).collect();
    let filter = Filter::new(&setups)?;
    if options.fixes.fix || options.fixes.diff {
        let mended = mend::run(&jobs, &options.fixes, &filter, &messages)?;
        if mended != Exit::Findings || !options.exit_zero {
            exit = exit.max(mended);
        }
        if options.fixes.diff {
            return Ok(exit);
        }
    }
    report(&jobs, &unread, options, filter, &messages, exit)
}

/// The paths to look at.
fn paths(options: &Check) -> Result<Vec<PathBuf>, Usage> {
    let mut paths = options.paths.clone();
    if paths.is_empty() {
        if io::stdin().is_terminal() {
            return Err(Usage(
                "expected a zone file, a folder of them, or `-` for standard input, found nothing\n\n\
                 Examples:\n  mimi-lint example.zone\n  mimi-lint zones/\n  mimi-lint --origin example.com. - < example.zone\n\n\
                 For more information, try '--help'."
                    .to_owned(),
            ));
        }
        paths.push("-".into());
    }
    if (options.fixes.fix || options.fixes.diff) && paths.iter().any(|path| is_standard_input(path))
    {
        return Err(Usage(
            "expected a file to mend, found standard input\nhelp: give the path of the file"
                .to_owned(),
        ));
    }
    Ok(paths)
}

/// What is done, with one setup for each configuration.
fn jobs(
    files: Vec<PathBuf>,
    configurations: &mut Configurations,
    options: &Check,
) -> Result<Vec<Job>> {
    // Several files are read at the same time; of few, their parts are too.
    let share = threads(options).get() / files.len().max(1);
    let threads = NonZeroUsize::new(share).unwrap_or(NonZeroUsize::MIN);
    let mut setups: HashMap<*const Config, Arc<Setup>> = HashMap::new();
    let mut jobs = Vec::with_capacity(files.len());
    for path in files {
        let config = configurations.of(&path).map_err(usage)?;
        let setup = match setups.get(&Arc::as_ptr(&config)) {
            Some(setup) => Arc::clone(setup),
            None => {
                let setup = Arc::new(Setup::new(&config, options, threads)?);
                setups.insert(Arc::as_ptr(&config), Arc::clone(&setup));
                setup
            }
        };
        jobs.push(Job { path, setup });
    }
    Ok(jobs)
}

fn threads(options: &Check) -> NonZeroUsize {
    let available = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    options.jobs.unwrap_or_else(available)
}

/// Checks all files and reports what is found.
fn report(
    jobs: &[Job],
    unread: &[(PathBuf, String)],
    options: &Check,
    mut filter: Filter,
    messages: &Messages,
    mut exit: Exit,
) -> Result<Exit> {
    let mut reporter = Reporter::new(options.format, options.quiet)?;
    for (path, error) in unread {
        let name = path.display().to_string();
        reporter.source(&name)?;
        reporter.failure(&name, error)?;
    }
    let mut tally = Tally::default();
    let new_path = options.configuration.write_baseline.as_deref();
    let mut new = new_path.map(NewBaseline::new);
    let mut failed = 0;
    let shares_terminal = io::stdout().is_terminal();
    let mut take = |job: &Job, event: Event| {
        let finding = match event {
            Event::Finding(finding) => finding,
            Event::Source => return reporter.source(&job.path.display().to_string()),
            Event::Failed(error) => {
                messages.error(&format!("cannot read {}: {error}", named(&job.path)));
                exit = exit.max(Exit::Unreadable);
                failed += 1;
                return reporter.failure(&job.path.display().to_string(), &error.to_string());
            }
        };
        if !filter.keeps(&finding, &job.setup) {
            return Ok(());
        }
        if let Some(new) = &mut new {
            new.add(&finding);
            return Ok(());
        }
        tally.add(&finding);
        if finding.level >= job.setup.fail_on && !options.exit_zero {
            exit = exit.max(Exit::Findings);
        }
        if shares_terminal {
            messages.progress.clear();
        }
        reporter.finding(&finding)
    };
    messages.progress.expect(jobs);
    let ran = runner::run(jobs, threads(options), &messages.progress, &mut take);
    messages.progress.clear();
    ran?;
    reporter.finish(&tally)?;
    if let (Some(new), Some(path)) = (new, new_path) {
        if exit == Exit::Unreadable {
            // Findings of what could not be read would be missing, and come back as new ones.
            messages.error(&format!("{} is not written", shown(path)));
            return Ok(exit);
        }
        let count = new.write(path)?;
        let findings = mend::plural(count, "finding", "findings");
        messages.note(&format!("recorded {findings} in {}", shown(path)));
        return Ok(exit);
    }
    let names = jobs.iter().map(|job| job.path.display().to_string());
    for (path, count) in filter.stale(&names.collect::<Vec<_>>()) {
        messages.warn(&format!(
            "{}: findings that are no longer there: {count}; record the rest with --write-baseline",
            shown(&path)
        ));
    }
    if options.format == Format::Full {
        messages.note(&tally.summary(
            jobs.len() - failed.min(jobs.len()),
            options.fixes.unsafe_fixes,
        ));
    }
    if options.statistics {
        for line in tally.statistics() {
            messages.write(&line);
        }
    }
    Ok(exit)
}

/// A path for messages.
fn named(path: &Path) -> String {
    if is_standard_input(path) {
        "standard input".to_owned()
    } else {
        shown(path)
    }
}

fn usage(error: crate::config_error::ConfigError) -> Usage {
    Usage(error.to_string())
}
