//! The checker: reads a zone file once, and a second time where names do not go together.

pub(crate) mod digest;
pub(crate) mod facts;
mod gather;
pub(crate) mod group;
pub(crate) mod ignores;
mod name_hash;
mod order;
mod part;
mod pass;
pub(crate) mod plain;
mod settle;
pub(crate) mod suspects;

use std::error::Error;
use std::fmt;
use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use mimi_name::DomainName;
use mimi_zonefile::{Entries, Entry, Form, IncludeRoot, ZoneReader};

use self::digest::Numbers;
use self::facts::{Facts, Keeping, UNDECIDED};
use self::gather::Gathered;
use self::name_hash::NameHasher;
use self::pass::Pass;
use self::settle::Settling;
use crate::finding::{Finding, Source};
use crate::record::types;
use crate::settings::Settings;

/// How many entries are looked at for the SOA record that names the zone.
const ENTRIES_BEFORE_SOA: usize = 1000;

/// How many entries are read at a time on one thread.
const ENTRIES_AT_A_TIME: usize = 4096;

/// Checks zone files.
///
/// Memory is a few megabytes for a file whose owners are in order, and 12 octets more for each place where an owner has MIMI records
/// otherwise.
pub struct Checker {
    settings: Settings,
    reader: ZoneReader,
    threads: NonZeroUsize,
    shortcut: bool,
    ignores: bool,
    undecided: usize,
}

/// How a source is read, as often as it takes.
pub type Open<'a> = dyn Fn() -> io::Result<Box<dyn Read + Send>> + Sync + 'a;

/// What was checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// How many records there are.
    pub records: u64,
}

/// Why a source could not be checked to its end.
#[derive(Debug)]
#[non_exhaustive]
pub enum CheckError {
    /// It could not be opened.
    Open(io::Error),
    /// It could not be read on.
    Read(io::ErrorKind),
}

impl Checker {
    /// A checker without an origin, which follows no `$INCLUDE`, on one thread.
    pub fn new(settings: Settings) -> Self {
        let reader = ZoneReader::new()
            .private_type("MIMI", settings.types.mimi(), Form::Strings)
            .private_type("MIMIX", settings.types.mimix(), Form::Name);
        Self {
            settings,
            reader,
            threads: NonZeroUsize::MIN,
            shortcut: true,
            ignores: true,
            undecided: UNDECIDED,
        }
    }

    /// The origin before any `$ORIGIN`.
    #[must_use]
    pub fn origin(mut self, origin: DomainName) -> Self {
        self.reader = self.reader.origin(origin);
        self
    }

    /// Lets `$INCLUDE` be followed beneath a folder.
    #[must_use]
    pub fn include_root(mut self, root: IncludeRoot) -> Self {
        self.reader = self.reader.include_root(root);
        self
    }

    /// Reads each file on so many threads.
    #[must_use]
    pub fn threads(mut self, threads: NonZeroUsize) -> Self {
        self.threads = threads;
        self
    }

    /// Reports also what comments in the file ignore, and says nothing about those comments.
    #[must_use]
    pub fn without_ignores(mut self) -> Self {
        self.ignores = false;
        self
    }

    /// Looks at every record with every rule, also at those that none can find anything in. Slower, with the same findings: for
    /// tests.
    #[must_use]
    pub fn without_shortcut(mut self) -> Self {
        self.shortcut = false;
        self
    }

    /// Reads parts of about so many octets, if on several threads: for tests.
    #[doc(hidden)]
    #[must_use]
    pub fn part_length(mut self, octets: usize) -> Self {
        self.reader = self.reader.part_length(octets);
        self
    }

    /// Keeps so many facts about names before it matters whether the file is in order: for tests.
    #[doc(hidden)]
    #[must_use]
    pub fn undecided(mut self, facts: usize) -> Self {
        self.undecided = facts;
        self
    }

    /// How things are configured.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Checks records that are only some of a zone's: nothing is concluded from what is not there.
    pub(crate) fn check_excerpt(
        &self,
        source: &Arc<Source>,
        open: &Open<'_>,
        report: &mut dyn FnMut(Finding),
    ) -> Result<Summary, CheckError> {
        self.check_with(source, open, false, report)
    }

    /// Checks a source. Findings go to `report` in the order of the file as far as they are about single records or owners; those
    /// about the zone come last.
    ///
    /// # Errors
    /// [`CheckError`] when it cannot be read. What was found before was reported.
    pub fn check(
        &self,
        source: &Arc<Source>,
        open: &Open<'_>,
        report: &mut dyn FnMut(Finding),
    ) -> Result<Summary, CheckError> {
        self.check_with(source, open, true, report)
    }

    fn check_with(
        &self,
        source: &Arc<Source>,
        open: &Open<'_>,
        is_whole_zone: bool,
        report: &mut dyn FnMut(Finding),
    ) -> Result<Summary, CheckError> {
        let apex = self.find_apex(open)?;
        let hasher = NameHasher::new();
        let (ttls, services) = (Numbers::default(), Numbers::default());
        let mut pass = Pass {
            ttls: &ttls,
            services: &services,
            settings: &self.settings,
            source,
            apex: apex.as_ref(),
            hasher: &hasher,
            ignores: self.ignores,
            shortcut: self.shortcut,
            keeping: Keeping::AtMost(self.undecided),
        };
        let mut settling = Settling::new(&pass, Some(report));
        self.read(&pass, open, &mut settling)?;
        let mut read = settling.finish();
        if let Some(kind) = read.failure {
            read.report_held(report);
            return Err(CheckError::Read(kind));
        }
        if let Some(missing) = read.facts.missing() {
            // Once more, now for the facts alone.
            pass.keeping = missing;
            let mut again = Settling::new(&pass, None);
            self.read(&pass, open, &mut again)?;
            read.facts = again.finish().facts;
        }
        let suspects = core::mem::replace(&mut read.facts, Facts::new(Keeping::All)).suspects();
        let mut gathered = Gathered::new(&pass, &suspects);
        if !suspects.are_none() {
            gathered.read(&mut self.reader.stream(open().map_err(CheckError::Open)?));
            let mut scattered = Vec::new();
            gathered.judge_scattered(&mut read.held, &mut scattered);
            read.held.append(&mut scattered);
        }
        let mut findings = Vec::new();
        if is_whole_zone {
            gathered.judge_zone(&read.landmarks, &mut findings);
        }
        let records = read.records;
        read.report_rest(findings, gathered.is_cut, &self.settings, report);
        Ok(Summary { records })
    }

    fn read(
        &self,
        pass: &Pass<'_>,
        open: &Open<'_>,
        settling: &mut Settling<'_, '_>,
    ) -> Result<(), CheckError> {
        let reader = open().map_err(CheckError::Open)?;
        if self.threads.get() > 1 {
            let map = |entries: &mut Entries<'_>| pass.read(entries, usize::MAX).0;
            self.reader
                .in_parts(reader, self.threads, map, |part| settling.add(part));
            return Ok(());
        }
        let mut entries = self.reader.stream(reader);
        loop {
            let (part, is_whole) = pass.read(&mut entries, ENTRIES_AT_A_TIME);
            settling.add(part);
            if is_whole {
                return Ok(());
            }
        }
    }

    /// The owner of the first SOA record: the zone's name.
    fn find_apex(&self, open: &Open<'_>) -> Result<Option<DomainName>, CheckError> {
        let mut entries = self.reader.stream(open().map_err(CheckError::Open)?);
        for _ in 0..ENTRIES_BEFORE_SOA {
            match entries.next() {
                Some(Ok(Entry::Record(record))) if record.record_type == types::SOA => {
                    return Ok(Some(record.owner.clone()));
                }
                Some(_) => {}
                None => break,
            }
        }
        Ok(None)
    }
}

impl fmt::Debug for Checker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checker")
            .field("threads", &self.threads)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(error) => error.fmt(f),
            Self::Read(kind) => kind.fmt(f),
        }
    }
}

impl Error for CheckError {}

impl Source {
    /// A file, by the path given.
    pub fn file(path: &Path) -> Arc<Self> {
        Arc::new(Self {
            name: path.display().to_string(),
            is_file: true,
        })
    }

    /// Standard input, or what servers say: nothing that a fix could change.
    pub fn stream(name: impl Into<String>) -> Arc<Self> {
        Arc::new(Self {
            name: name.into(),
            is_file: false,
        })
    }
}
