//! Loading, first half: files to records in wire form, each with its place.
//!
//! A file with an SOA record is read strictly. A file without one is taken for a pasted snippet, such as the draft's own examples: where
//! it has relative names or no TTL, names are read as absolute and the TTL is [`SNIPPET_TTL`].

use core::ops::Range;
use std::sync::Arc;

use mimi_name::DomainName;
use mimi_rr::{Mimi, Mimix, TypeCodes};
use mimi_zonefile::{
    Form, Place as FilePlace, RdataErrorKind, Record as Entry, SyntaxErrorKind, ZoneReader,
};

use crate::problem::{LoadProblem, LoadProblemKind, Place};
use crate::record::types;

/// The TTL of records that state none, in a file without SOA record and `$TTL`, in seconds.
pub const SNIPPET_TTL: u32 = 3600;

const CLASS_IN: u16 = 1;

/// A record on its way into a zone.
pub(crate) struct Gathered {
    pub(crate) owner: DomainName,
    pub(crate) record_type: u16,
    pub(crate) ttl: u32,
    pub(crate) rdata: Vec<u8>,
    pub(crate) origin: Origin,
}

/// Where a record comes from: cheap to keep for each, and turned into a [`Place`] only for a problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Origin {
    source: Arc<str>,
    line: usize,
    column: usize,
    start: usize,
    end: usize,
}

impl Origin {
    pub(crate) fn problem(&self, kind: LoadProblemKind) -> LoadProblem {
        LoadProblem {
            place: Some(Place {
                source: Arc::clone(&self.source),
                span: self.start..self.end,
                line: self.line,
                column: self.column,
            }),
            kind,
        }
    }
}

/// What one file holds, or all of them.
#[derive(Default)]
pub(crate) struct Gathering {
    pub(crate) records: Vec<Gathered>,
    pub(crate) problems: Vec<LoadProblem>,
    /// Whether there is an SOA record, readable or not.
    has_soa: bool,
}

impl Gathering {
    /// Reads one file and adds what it holds.
    pub(crate) fn add(&mut self, source: Arc<str>, octets: &[u8], codes: TypeCodes) {
        let mut read = File { source, codes }.read(octets);
        self.records.append(&mut read.records);
        self.problems.append(&mut read.problems);
    }
}

struct File {
    source: Arc<str>,
    codes: TypeCodes,
}

impl File {
    fn origin(&self, place: FilePlace, span: Range<usize>) -> Origin {
        Origin {
            source: Arc::clone(&self.source),
            line: place.line,
            column: place.column,
            start: span.start,
            end: span.end,
        }
    }

    fn read(&self, octets: &[u8]) -> Gathering {
        let reader = ZoneReader::new()
            .private_type("MIMI", self.codes.mimi(), Form::Strings)
            .private_type("MIMIX", self.codes.mimix(), Form::Name);
        let strict = self.read_by(&reader, octets);
        let relative = strict.problems.iter().any(lacks_origin);
        let without_ttl = strict.problems.iter().any(lacks_ttl);
        if strict.has_soa || !(relative || without_ttl) {
            return strict;
        }
        let reader = reader.origin(DomainName::root()).default_ttl(SNIPPET_TTL);
        let mut snippet = self.read_by(&reader, octets);
        if snippet.has_soa {
            // The SOA record's own name is relative: the file needs its true origin, which nobody has told us.
            return strict;
        }
        if relative {
            let start = Origin {
                source: Arc::clone(&self.source),
                line: 1,
                column: 1,
                start: 0,
                end: 0,
            };
            let problem = start.problem(LoadProblemKind::RootAssumed);
            snippet.problems.insert(0, problem);
        }
        snippet
    }

    fn read_by(&self, reader: &ZoneReader, octets: &[u8]) -> Gathering {
        let mut gathering = Gathering::default();
        let mut entries = reader.entries(octets);
        while let Some(entry) = entries.next_record() {
            match entry {
                Ok(entry) => {
                    gathering.has_soa |= entry.record_type == types::SOA;
                    match self.convert(&entry) {
                        Ok(record) => gathering.records.push(record),
                        Err(kind) => {
                            let origin = match &kind {
                                LoadProblemKind::Rdata(error) => {
                                    self.origin(error.place, error.span.clone())
                                }
                                _ => self.origin_of(&entry),
                            };
                            gathering.problems.push(origin.problem(kind));
                        }
                    }
                }
                Err(error) => {
                    let origin = self.origin(error.place, error.span.clone());
                    let problem = origin.problem(LoadProblemKind::Syntax(error));
                    gathering.problems.push(problem);
                }
            }
        }
        gathering
    }

    fn origin_of(&self, entry: &Entry<'_>) -> Origin {
        let span = entry.span();
        self.origin(entry.place(span.start), span)
    }

    /// Copies what a zone keeps of an entry.
    fn convert(&self, entry: &Entry<'_>) -> Result<Gathered, LoadProblemKind> {
        let record_type = entry.record_type;
        if entry.class != CLASS_IN {
            return Err(LoadProblemKind::Class { class: entry.class });
        }
        let rdata = entry
            .rdata_wire()
            .map_err(LoadProblemKind::Rdata)?
            .ok_or(LoadProblemKind::UnknownText { record_type })?;
        self.check(record_type, &rdata)?;
        Ok(Gathered {
            owner: entry.owner.clone(),
            record_type,
            ttl: entry.ttl,
            rdata,
            origin: self.origin_of(entry),
        })
    }

    /// Checks generic RDATA of our types. That of all other known types was checked when it was read.
    fn check(&self, record_type: u16, rdata: &[u8]) -> Result<(), LoadProblemKind> {
        match self.codes.mnemonic(record_type) {
            Some("MIMI") => Mimi::from_rdata(rdata)
                .map(drop)
                .map_err(LoadProblemKind::Mimi),
            Some(_) => Mimix::from_rdata(rdata)
                .map(drop)
                .map_err(LoadProblemKind::Mimix),
            None => Ok(()),
        }
    }
}

fn lacks_origin(problem: &LoadProblem) -> bool {
    match &problem.kind {
        LoadProblemKind::Syntax(error) => error.kind == SyntaxErrorKind::NoOrigin,
        LoadProblemKind::Rdata(error) => error.kind == RdataErrorKind::NoOrigin,
        _ => false,
    }
}

fn lacks_ttl(problem: &LoadProblem) -> bool {
    match &problem.kind {
        LoadProblemKind::Syntax(error) => error.kind == SyntaxErrorKind::NoTtl,
        _ => false,
    }
}
