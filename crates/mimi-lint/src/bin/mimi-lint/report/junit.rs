//! `--format junit`: JUnit XML, a suite for each source and a failed case for each finding; a source without any has one case that passed.
//!
//! Suites say how many cases they have, so the cases of one are kept in a temporary file until it ends.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use mimi_lint::Finding;
use mimi_output::Shown;

use super::Render;
use crate::tally::Tally;

#[derive(Default)]
pub(crate) struct Junit {
    suite: Option<Suite>,
}

/// The cases of one source.
struct Suite {
    name: String,
    failures: usize,
    error: Option<String>,
    cases: io::BufWriter<File>,
}

impl Suite {
    fn new(name: &str) -> io::Result<Self> {
        Ok(Self {
            name: name.to_owned(),
            failures: 0,
            error: None,
            cases: io::BufWriter::new(tempfile::tempfile()?),
        })
    }

    fn write(self, out: &mut dyn Write) -> io::Result<()> {
        let name = Xml(&self.name).to_string();
        let errors = usize::from(self.error.is_some());
        let passed = usize::from(self.failures + errors == 0);
        let tests = self.failures + errors + passed;
        let failures = self.failures;
        writeln!(
            out,
            "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"0\">"
        )?;
        let mut cases = self
            .cases
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        cases.seek(SeekFrom::Start(0))?;
        let mut buffer = [0; 8192];
        loop {
            match cases.read(&mut buffer)? {
                0 => break,
                length => out.write_all(buffer.get(..length).unwrap_or_default())?,
            }
        }
        if let Some(error) = &self.error {
            let error = Xml(error);
            writeln!(
                out,
                "    <testcase name=\"read\" classname=\"{name}\" time=\"0\"><error message=\"{error}\" type=\"unreadable\"/></testcase>"
            )?;
        } else if passed == 1 {
            writeln!(
                out,
                "    <testcase name=\"no findings\" classname=\"{name}\" time=\"0\"/>"
            )?;
        }
        writeln!(out, "  </testsuite>")
    }
}

impl Junit {
    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self.suite.take() {
            Some(suite) => suite.write(out),
            None => Ok(()),
        }
    }
}

impl Render for Junit {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"mimi-lint\">"
        )
    }

    fn source(&mut self, name: &str, out: &mut dyn Write) -> io::Result<()> {
        self.end(out)?;
        self.suite = Some(Suite::new(name)?);
        Ok(())
    }

    fn finding(&mut self, finding: &Finding, _out: &mut dyn Write) -> io::Result<()> {
        let place = &finding.place;
        let suite = match &mut self.suite {
            Some(suite) => suite,
            none => none.insert(Suite::new(&place.excerpt.source.name)?),
        };
        suite.failures += 1;
        let (line, column) = place.line_column();
        let name = format!(
            "{} {} {line}:{column}",
            finding.rule.code, finding.rule.name
        );
        let mut text = format!(
            "{}:{line}:{column}: {}",
            place.excerpt.source.name, finding.message
        );
        if let Some(help) = &finding.help {
            text.push_str(&format!("; {help}"));
        }
        writeln!(
            suite.cases,
            "    <testcase name=\"{}\" classname=\"{}\" time=\"0\"><failure message=\"{}\" type=\"{}\">{}</failure></testcase>",
            Xml(&name),
            Xml(&place.excerpt.source.name),
            Xml(&finding.message),
            finding.level,
            Xml(&text),
        )
    }

    fn failure(&mut self, name: &str, error: &str, _out: &mut dyn Write) -> io::Result<()> {
        let suite = match &mut self.suite {
            Some(suite) => suite,
            none => none.insert(Suite::new(name)?),
        };
        suite.error = Some(format!("cannot be read: {error}"));
        Ok(())
    }

    fn finish(&mut self, _tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
        self.end(out)?;
        writeln!(out, "</testsuites>")
    }
}

/// Text for attributes and elements: what XML gives a meaning by its entities, what is not printable as [`Shown`] writes it, and
/// letters outside ASCII by their numbers.
struct Xml<'a>(&'a str);

impl std::fmt::Display for Xml<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for character in Shown(self.0).to_string().chars() {
            match character {
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '&' => f.write_str("&amp;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&apos;")?,
                ' '..='~' => f.write_char(character)?,
                other => write!(f, "&#{};", u32::from(other))?,
            }
        }
        Ok(())
    }
}
