//! Findings as text, one file a format. Everything that comes from a file is escaped before it is written.

mod concise;
mod full;

use std::io::{self, Write};

use mimi_lint::Finding;

use crate::arguments::Format;

/// Writes findings as they come.
pub(crate) trait Render {
    fn finding(&mut self, finding: &Finding, out: &mut dyn Write) -> io::Result<()>;

    /// What comes at the end.
    fn finish(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// A format and where it is written to.
pub(crate) struct Reporter {
    render: Box<dyn Render>,
    out: io::BufWriter<Box<dyn Write>>,
}

impl Reporter {
    pub(crate) fn new(format: Format) -> io::Result<Self> {
        let render: Box<dyn Render> = match format {
            Format::Full => Box::new(full::Full),
            Format::Concise => Box::new(concise::Concise),
        };
        let out: Box<dyn Write> = Box::new(anstream::stdout().lock());
        Ok(Self {
            render,
            out: io::BufWriter::new(out),
        })
    }

    pub(crate) fn finding(&mut self, finding: &Finding) -> io::Result<()> {
        self.render.finding(finding, &mut self.out)
    }

    pub(crate) fn finish(&mut self) -> io::Result<()> {
        self.render.finish(&mut self.out)?;
        self.out.flush()
    }
}
