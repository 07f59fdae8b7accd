//! `--fix` and `--diff`: fixes are collected until none is left, and made at once.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader, IsTerminal, Write};
use std::sync::Arc;

use anyhow::Result;
use mimi_lint::{Edit, Fix, Safety};
use mimi_output::Shown;

use crate::arguments::FixOptions;
use crate::diff::{self, Look};
use crate::edits::{Patched, Selection, compose};
use crate::exit::Exit;
use crate::filter::Filter;
use crate::input::{Input, shown};
use crate::messages::Messages;
use crate::replace::Target;
use crate::runner::cause;
use crate::setup::Job;

/// Fixes that go on bringing each other forth are ended after so many rounds.
const MOST_ROUNDS: usize = 10;

/// How many fixes are taken in one round; what is left comes in the next.
const MOST_FIXES: usize = 1 << 20;

/// What is to be done to a file.
struct Mending {
    edits: Vec<Edit>,
    /// How many fixes that are.
    count: usize,
    /// Whether no fix would be left.
    is_settled: bool,
    /// Included files that have findings with fixes.
    included: BTreeSet<String>,
}

/// Mends files, or shows what that would change.
///
/// # Errors
/// Those of writing to standard output.
pub(crate) fn run(
    jobs: &[Job],
    options: &FixOptions,
    filter: &Filter,
    messages: &Messages,
) -> Result<Exit> {
    let mut exit = Exit::Clean;
    for job in jobs {
        let name = shown(&job.path);
        match mend(job, options, filter) {
            Ok(None) => {}
            Ok(Some(mending)) => {
                if options.diff && !mending.edits.is_empty() {
                    show(job, &mending.edits)?;
                    exit = exit.max(Exit::Findings);
                }
                let done = if options.diff { "would mend" } else { "mended" };
                if mending.count > 0 {
                    let fixes = plural(mending.count, "fix", "fixes");
                    messages.note(&format!("{done} {name}: {fixes}"));
                }
                if !mending.is_settled {
                    messages.warn(&format!(
                        "{name}: expected fixes to come to an end, found more after {MOST_ROUNDS} rounds"
                    ));
                }
                for included in &mending.included {
                    let included = Shown(included);
                    messages.warn(&format!(
                        "{included}: not mended, since it is included; check it by itself"
                    ));
                }
            }
            Err(error) => {
                let what = if options.diff { "read" } else { "mend" };
                messages.error(&format!("cannot {what} {name}: {error:#}"));
                exit = exit.max(Exit::Unreadable);
            }
        }
    }
    Ok(exit)
}

/// Mends a file; `None` for what is none.
fn mend(job: &Job, options: &FixOptions, filter: &Filter) -> Result<Option<Mending>> {
    let path = &job.path;
    let input = match Input::open(path) {
        Ok(input) => input,
        // The check that follows tells.
        Err(_) if options.fix => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    if input.path().is_none() {
        anyhow::bail!("it is no regular file");
    }
    let target = match options.diff {
        true => None,
        false => Some(Target::new(path)),
    };
    let mending = collect(job, &input, options, filter)?;
    if let Some(target) = target
        && !mending.edits.is_empty()
    {
        target?.replace(&Arc::from(mending.edits.as_slice()))?;
    }
    Ok(Some(mending))
}

fn collect(job: &Job, input: &Input, options: &FixOptions, filter: &Filter) -> Result<Mending> {
    let mut mending = Mending {
        edits: Vec::new(),
        count: 0,
        is_settled: false,
        included: BTreeSet::new(),
    };
    for _ in 0..MOST_ROUNDS {
        let edits: Arc<[Edit]> = Arc::from(mending.edits.as_slice());
        let fixes = fixes(job, input, &edits, options, filter, &mut mending.included)?;
        if fixes.is_empty() {
            mending.is_settled = true;
            break;
        }
        let selection = Selection::of(fixes);
        mending.count += selection.count;
        mending.edits = compose(&mending.edits, &selection.into_edits());
    }
    Ok(mending)
}

/// The fixes of a file as it would be with the edits made.
fn fixes(
    job: &Job,
    input: &Input,
    edits: &Arc<[Edit]>,
    options: &FixOptions,
    filter: &Filter,
    included: &mut BTreeSet<String>,
) -> Result<Vec<Fix>> {
    let open = || -> io::Result<Box<dyn io::Read + Send>> {
        Ok(Box::new(Patched::new(input.reader()?, Arc::clone(edits))))
    };
    // What a baseline knows is counted anew in each round.
    let mut filter = filter.clone();
    let mut fixes = Vec::new();
    let checker = &job.setup.checker;
    let checked = checker.check(&input.source, &open, &mut |finding| {
        if !filter.keeps(&finding, &job.setup) {
            return;
        }
        let Some(fix) = finding.fix else { return };
        if fix.safety == Safety::Unsafe && !options.unsafe_fixes {
            return;
        }
        let source = &finding.place.excerpt.source;
        if **source != *input.source {
            included.insert(source.name.clone());
        } else if fixes.len() < MOST_FIXES {
            fixes.push(fix);
        }
    });
    checked.map_err(cause)?;
    Ok(fixes)
}

fn show(job: &Job, edits: &[Edit]) -> io::Result<()> {
    let out = io::stdout();
    let look = Look {
        is_escaped: out.is_terminal(),
        has_colour: anstream::AutoStream::choice(&out) != anstream::ColorChoice::Never,
    };
    let file = BufReader::new(File::open(&job.path)?);
    let mut out = io::BufWriter::new(out.lock());
    diff::write(&job.path, file, edits, look, &mut out)?;
    out.flush()
}

/// A number with its noun.
pub(crate) fn plural(count: usize, one: &str, more: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {more}"),
    }
}
