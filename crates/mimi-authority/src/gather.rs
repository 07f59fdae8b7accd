//! Loading, first half: files to records in wire form, each with its place.
//!
//! A file with an SOA record is read strictly. A file without one is taken for a pasted snippet, such as the draft's own examples: where
//! it has relative names or no TTL, names are read as absolute and the TTL is [`SNIPPET_TTL`].

use core::ops::Range;
use std::sync::Arc;

use mimi_name::{DomainName, TextErrorKind};
use mimi_rr::{Mimi, Mimix, MimixTextError, TypeCodes};
use mimi_zonefile::{LineIndex, Rdata, RdataErrorKind, Record as Entry, SyntaxErrorKind, ZoneFile};

use crate::problem::{LoadProblem, LoadProblemKind, Place};
use crate::record::types;

/// The TTL of records that state none, in a file without SOA record and `$TTL`, in seconds.
pub const SNIPPET_TTL: u32 = 3600;

const CLASS_IN: u16 = 1;

/// A record on its way into a zone.
pub(crate) struct Gathered {
    pub(crate) owner: Arc<DomainName>,
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
        let file = File {
            lines: LineIndex::new(octets),
            source,
            codes,
        };
        let mut read = file.read(octets);
        self.records.append(&mut read.records);
        self.problems.append(&mut read.problems);
    }
}

struct File {
    source: Arc<str>,
    lines: LineIndex,
    codes: TypeCodes,
}

impl File {
    fn origin(&self, span: Range<usize>) -> Origin {
        let (line, column) = self.lines.line_column(span.start);
        Origin {
            source: Arc::clone(&self.source),
            line,
            column,
            start: span.start,
            end: span.end,
        }
    }

    fn read(&self, octets: &[u8]) -> Gathering {
        let zone_file = ZoneFile::new(octets)
            .mnemonic("MIMI", self.codes.mimi())
            .mnemonic("MIMIX", self.codes.mimix());
        let strict = self.read_as(&zone_file);
        let relative = strict.problems.iter().any(lacks_origin);
        let without_ttl = strict.problems.iter().any(lacks_ttl);
        if strict.has_soa || !(relative || without_ttl) {
            return strict;
        }
        let mut snippet = self.read_as(
            &zone_file
                .origin(DomainName::root())
                .default_ttl(SNIPPET_TTL),
        );
        if snippet.has_soa {
            // The SOA record's own name is relative: the file needs its true origin, which nobody has told us.
            return strict;
        }
        if relative {
            let start = self.origin(0..0);
            let problem = start.problem(LoadProblemKind::RootAssumed);
            snippet.problems.insert(0, problem);
        }
        snippet
    }

    fn read_as(&self, zone_file: &ZoneFile<'_>) -> Gathering {
        let mut gathering = Gathering::default();
        for entry in zone_file.records() {
            match entry {
                Ok(entry) => {
                    gathering.has_soa |= entry.record_type == types::SOA;
                    match self.convert(&entry) {
                        Ok(record) => gathering.records.push(record),
                        Err(kind) => {
                            let span = match &kind {
                                LoadProblemKind::Rdata(error) => error.span.clone(),
                                _ => entry.span,
                            };
                            gathering.problems.push(self.origin(span).problem(kind));
                        }
                    }
                }
                Err(error) => {
                    let origin = self.origin(error.span.clone());
                    let problem = origin.problem(LoadProblemKind::Syntax(error));
                    gathering.problems.push(problem);
                }
            }
        }
        gathering
    }

    fn convert(&self, entry: &Entry<'_>) -> Result<Gathered, LoadProblemKind> {
        if entry.class != CLASS_IN {
            return Err(LoadProblemKind::Class { class: entry.class });
        }
        let rdata = self.rdata(entry)?;
        check_names(entry.record_type, &rdata)?;
        Ok(Gathered {
            owner: Arc::clone(&entry.owner),
            record_type: entry.record_type,
            ttl: entry.ttl,
            rdata,
            origin: self.origin(entry.span.clone()),
        })
    }

    fn rdata(&self, entry: &Entry<'_>) -> Result<Vec<u8>, LoadProblemKind> {
        let record_type = entry.record_type;
        if record_type == self.codes.mimi() {
            return mimi(&entry.rdata).map(|mimi| mimi.to_rdata());
        }
        if record_type == self.codes.mimix() {
            return mimix(&entry.rdata, entry.origin()).map(|mimix| mimix.to_rdata());
        }
        entry
            .rdata_wire()
            .map_err(LoadProblemKind::Rdata)?
            .ok_or(LoadProblemKind::UnknownText { record_type })
    }
}

fn mimi(rdata: &Rdata<'_>) -> Result<Mimi, LoadProblemKind> {
    let strings = match rdata {
        Rdata::Generic(generic) => {
            return Mimi::from_rdata(&generic.to_vec()).map_err(LoadProblemKind::Mimi);
        }
        Rdata::Text(text) => text.tokens().map(|token| token.unescape()),
    };
    let strings = strings
        .collect::<Result<Vec<_>, _>>()
        .map_err(LoadProblemKind::MimiEscape)?;
    Mimi::from_strings(strings).map_err(LoadProblemKind::Mimi)
}

fn mimix(rdata: &Rdata<'_>, origin: Option<&DomainName>) -> Result<Mimix, LoadProblemKind> {
    match rdata {
        Rdata::Generic(generic) => {
            Mimix::from_rdata(&generic.to_vec()).map_err(LoadProblemKind::Mimix)
        }
        Rdata::Text(text) => {
            let mut tokens = text.tokens();
            let target = tokens.next().map_or(&b""[..], |token| token.raw);
            if tokens.next().is_some() {
                return Err(LoadProblemKind::MimixTrailing);
            }
            Mimix::from_text(target, origin).map_err(LoadProblemKind::MimixText)
        }
    }
}

fn lacks_origin(problem: &LoadProblem) -> bool {
    match &problem.kind {
        LoadProblemKind::Syntax(error) => error.kind == SyntaxErrorKind::NoOrigin,
        LoadProblemKind::Rdata(error) => error.kind == RdataErrorKind::NoOrigin,
        LoadProblemKind::MimixText(MimixTextError::Name { error, .. }) => {
            error.kind() == TextErrorKind::RelativeWithoutOrigin
        }
        _ => false,
    }
}

fn lacks_ttl(problem: &LoadProblem) -> bool {
    match &problem.kind {
        LoadProblemKind::Syntax(error) => error.kind == SyntaxErrorKind::NoTtl,
        _ => false,
    }
}

/// Checks the names that the lookup relies on; text was checked when it was read, generic RDATA was not.
fn check_names(record_type: u16, rdata: &[u8]) -> Result<(), LoadProblemKind> {
    match record_type {
        types::NS | types::CNAME | types::DNAME => DomainName::from_wire(rdata)
            .map(drop)
            .map_err(LoadProblemKind::Name),
        types::SOA => {
            let (_, rest) = DomainName::split_wire(rdata).map_err(LoadProblemKind::Name)?;
            let (_, numbers) = DomainName::split_wire(rest).map_err(LoadProblemKind::Name)?;
            match numbers.len() {
                20 => Ok(()),
                found => Err(LoadProblemKind::SoaNumbers { found }),
            }
        }
        _ => Ok(()),
    }
}
