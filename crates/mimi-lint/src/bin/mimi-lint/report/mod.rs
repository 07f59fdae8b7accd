//! Findings as text, one file a format. Everything that comes from a file is escaped before it is written.

mod concise;
mod excerpt;
mod full;
mod github;
mod gitlab;
mod identity;
mod json;
mod junit;
mod object;
mod places;
mod sarif;

use std::io::{self, Write};

use mimi_lint::Finding;

use crate::arguments::Format;
use crate::tally::Tally;

/// Writes findings as they come; keeps none of them.
pub(crate) trait Render {
    /// What comes first.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// From here on findings are about this source, named as given: a path, `-`, `dns:…`.
    fn source(&mut self, _name: &str, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn finding(&mut self, finding: &Finding, out: &mut dyn Write) -> io::Result<()>;

    /// The source could not be read, or not to its end.
    fn failure(&mut self, _name: &str, _error: &str, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// What comes at the end.
    fn finish(&mut self, _tally: &Tally, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// A format and where it is written to.
pub(crate) struct Reporter {
    render: Box<dyn Render>,
    out: io::BufWriter<Box<dyn Write>>,
}

impl Reporter {
    pub(crate) fn new(format: Format, is_quiet: bool) -> io::Result<Self> {
        let render: Box<dyn Render> = match format {
            Format::Full => Box::new(full::Full::new(is_quiet)),
            Format::Concise => Box::new(concise::Concise::default()),
            Format::Json => Box::new(json::Json::default()),
            Format::Jsonl => Box::new(json::Jsonl),
            Format::Sarif => Box::new(sarif::Sarif::default()),
            Format::Github => Box::new(github::Github),
            Format::Gitlab => Box::new(gitlab::Gitlab::default()),
            Format::Junit => Box::new(junit::Junit::default()),
        };
        // Only what is for people has styles, which are left out where they are not wanted.
        let out: Box<dyn Write> = match format {
            Format::Full | Format::Concise => Box::new(anstream::stdout().lock()),
            _ => Box::new(io::stdout().lock()),
        };
        let mut reporter = Self {
            render,
            out: io::BufWriter::new(out),
        };
        reporter.render.begin(&mut reporter.out)?;
        Ok(reporter)
    }

    pub(crate) fn source(&mut self, name: &str) -> io::Result<()> {
        self.render.source(name, &mut self.out)
    }

    pub(crate) fn finding(&mut self, finding: &Finding) -> io::Result<()> {
        self.render.finding(finding, &mut self.out)
    }

    pub(crate) fn failure(&mut self, name: &str, error: &str) -> io::Result<()> {
        self.render.failure(name, error, &mut self.out)
    }

    pub(crate) fn finish(&mut self, tally: &Tally) -> io::Result<()> {
        self.render.finish(tally, &mut self.out)?;
        self.out.flush()
    }
}
