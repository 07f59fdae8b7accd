//! Where the judge's findings go: kept for a reader ([`Recorder`]), or boiled down to the first error ([`Strict`]).

use alloc::vec::Vec;
use core::convert::Infallible;
use core::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::{Code, Severity};

/// Something the judge noticed.
pub(crate) struct Finding {
    pub(crate) code: Code,
    pub(crate) span: Range<usize>,
    /// For a repetition, what it repeats.
    pub(crate) first: Option<Range<usize>>,
}

/// Receives findings and unknown tags in order.
pub(crate) trait Sink<'a> {
    /// What ends the judgement early.
    type Stop;
    /// Whether looking for warnings is worth the time.
    const KEEPS_WARNINGS: bool;

    fn report(&mut self, finding: Finding) -> Result<(), Self::Stop>;
    fn extension(&mut self, name: &'a str, value: &'a str);
}

/// Keeps everything and stops for nothing.
pub(crate) struct Recorder<'a> {
    pub(crate) input: &'a [u8],
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) extensions: Vec<(&'a str, &'a str)>,
}

impl<'a> Sink<'a> for Recorder<'a> {
    type Stop = Infallible;
    const KEEPS_WARNINGS: bool = true;

    fn report(&mut self, finding: Finding) -> Result<(), Infallible> {
        self.diagnostics.push(Diagnostic::new(self.input, finding));
        Ok(())
    }

    fn extension(&mut self, name: &'a str, value: &'a str) {
        self.extensions.push((name, value));
    }
}

/// Stops at the first error and keeps nothing, so it needs no heap.
pub(crate) struct Strict;

impl<'a> Sink<'a> for Strict {
    type Stop = Code;
    const KEEPS_WARNINGS: bool = false;

    fn report(&mut self, finding: Finding) -> Result<(), Code> {
        match finding.code.severity() {
            Severity::Error => Err(finding.code),
            Severity::Warning | Severity::Info => Ok(()),
        }
    }

    fn extension(&mut self, _name: &'a str, _value: &'a str) {}
}

/// Lets tags through and drops findings: for the rest of a string that is not judged.
pub(crate) struct Unjudged<'s, S>(pub(crate) &'s mut S);

impl<'a, S: Sink<'a>> Sink<'a> for Unjudged<'_, S> {
    type Stop = S::Stop;
    const KEEPS_WARNINGS: bool = false;

    fn report(&mut self, _finding: Finding) -> Result<(), S::Stop> {
        Ok(())
    }

    fn extension(&mut self, name: &'a str, value: &'a str) {
        self.0.extension(name, value);
    }
}
