//! [`Record`]: a record with its place in the file, kept when there may be something to say about it.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use mimi_name::DomainName;
use mimi_zonefile::{Lines, SyntaxError};

use crate::finding::{Excerpt, Place, Source};
use crate::octet_map::OctetMap;

/// How many octets of the lines around a finding are kept.
const LONGEST_EXCERPT: usize = 16 << 10;

/// Class IN.
pub(crate) const IN: u16 = 1;

/// Record types by their numbers.
pub(crate) mod types {
    pub(crate) const NS: u16 = 2;
    pub(crate) const CNAME: u16 = 5;
    pub(crate) const SOA: u16 = 6;
    pub(crate) const TXT: u16 = 16;
    pub(crate) const DNAME: u16 = 39;
    pub(crate) const RRSIG: u16 = 46;
    pub(crate) const NSEC: u16 = 47;
    pub(crate) const DNSKEY: u16 = 48;
    pub(crate) const NSEC3: u16 = 50;
    pub(crate) const NSEC3PARAM: u16 = 51;
}

/// A record and where it stands.
#[derive(Clone)]
pub(crate) struct Record {
    pub(crate) owner: DomainName,
    pub(crate) ttl: u32,
    pub(crate) record_type: u16,
    /// The octets of its RDATA; `None` where its text is not understood.
    pub(crate) rdata: Option<Vec<u8>>,
    pub(crate) excerpt: Arc<Excerpt>,
    pub(crate) spans: Spans,
    /// How the octets of RDATA stand in the file.
    pub(crate) map: OctetMap,
    /// Whether the excerpt holds its lines whole.
    pub(crate) has_whole_lines: bool,
}

/// Where the parts of a record stand, in octets of the file.
#[derive(Clone, Default)]
pub(crate) struct Spans {
    /// All of it.
    pub(crate) all: Range<usize>,
    /// The owner; empty when it was left blank.
    pub(crate) owner: Range<usize>,
    /// The TTL, if it is stated.
    pub(crate) ttl: Option<Range<usize>>,
    pub(crate) record_type: Range<usize>,
    /// From the first word of RDATA to the last.
    pub(crate) rdata: Range<usize>,
}

/// A record as rules for any type see it.
pub(crate) struct RecordView<'a> {
    pub(crate) record: &'a Record,
    /// The zone's name, where it is known.
    pub(crate) apex: Option<&'a DomainName>,
}

impl Record {
    /// Keeps what was read. `rdata` are the octets of RDATA, where they are known.
    pub(crate) fn keep(
        read: &mimi_zonefile::Record<'_>,
        rdata: Option<&[u8]>,
        source: &Arc<Source>,
    ) -> Self {
        let mut record = Self {
            owner: DomainName::root(),
            ttl: 0,
            record_type: 0,
            rdata: None,
            excerpt: Arc::new(Excerpt::empty(source)),
            spans: Spans::default(),
            map: OctetMap::default(),
            has_whole_lines: false,
        };
        record.keep_again(read, rdata, source);
        record
    }

    /// The same, in the memory of a record that is no longer needed.
    pub(crate) fn keep_again(
        &mut self,
        read: &mimi_zonefile::Record<'_>,
        rdata: Option<&[u8]>,
        source: &Arc<Source>,
    ) {
        let lines = read.lines();
        self.owner.clone_from(read.owner);
        self.ttl = read.ttl;
        self.record_type = read.record_type;
        match (&mut self.rdata, rdata) {
            (Some(kept), Some(rdata)) => {
                kept.clear();
                kept.extend_from_slice(rdata);
            }
            (kept, rdata) => *kept = rdata.map(Into::into),
        }
        self.map.read(read);
        self.spans = Spans {
            all: read.span(),
            owner: read.owner_span(),
            ttl: read.ttl_span(),
            record_type: read.type_span(),
            rdata: self.map.span().unwrap_or_else(|| read.rdata_text().span()),
        };
        self.has_whole_lines = lines.is_whole;
        let included = match read.file_name() {
            Some(path) if is_included(read) => Some(Source::included(path)),
            _ => None,
        };
        let source = included.as_ref().unwrap_or(source);
        match Arc::get_mut(&mut self.excerpt) {
            Some(excerpt) => excerpt.keep(&lines, &self.spans.rdata, source),
            None => {
                let mut excerpt = Excerpt::empty(source);
                excerpt.keep(&lines, &self.spans.rdata, source);
                self.excerpt = Arc::new(excerpt);
            }
        }
    }

    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        Place {
            excerpt: Arc::clone(&self.excerpt),
            span,
        }
    }

    /// Where the whole record stands.
    pub(crate) fn whole(&self) -> Place {
        self.place(self.spans.all.clone())
    }

    /// Where the owner stands; the whole record where that was left blank.
    pub(crate) fn owner_place(&self) -> Place {
        match self.spans.owner.is_empty() {
            true => self.whole(),
            false => self.place(self.spans.owner.clone()),
        }
    }

    /// Where the TTL stands; the type where none is stated.
    pub(crate) fn ttl_place(&self) -> Place {
        let span = self.spans.ttl.as_ref().unwrap_or(&self.spans.record_type);
        self.place(span.clone())
    }

    pub(crate) fn type_place(&self) -> Place {
        self.place(self.spans.record_type.clone())
    }

    pub(crate) fn rdata_place(&self) -> Place {
        self.place(self.spans.rdata.clone())
    }

    /// The octets of the file in a span, as far as they are kept.
    pub(crate) fn text(&self, span: Range<usize>) -> &[u8] {
        let within = self.place(span).in_excerpt();
        self.excerpt.text.get(within).unwrap_or_default()
    }

    /// The definition string, if this is MIMI RDATA (D1).
    pub(crate) fn definition_string(&self) -> Option<Cow<'_, [u8]>> {
        mimi_rr::definition_string(self.rdata.as_deref()?).ok()
    }

    /// The name that RDATA is, if it is one.
    pub(crate) fn target(&self) -> Option<DomainName> {
        DomainName::from_wire(self.rdata.as_deref()?).ok()
    }
}

/// Whether the record stands in a file that another one includes.
fn is_included(read: &mimi_zonefile::Record<'_>) -> bool {
    read.place(read.span().start).file.index() > 0
}

/// The place of an error, with the lines around it. `file_name` is that of the file it stands in.
pub(crate) fn error_place(
    error: &SyntaxError,
    file_name: Option<&Path>,
    source: &Arc<Source>,
) -> Place {
    let included = match file_name {
        Some(path) if error.place.file.index() > 0 => Some(Source::included(path)),
        _ => None,
    };
    let source = included.as_ref().unwrap_or(source);
    let mut excerpt = Excerpt::empty(source);
    excerpt.keep(&error.lines(), &error.span, source);
    Place {
        excerpt: Arc::new(excerpt),
        span: error.span.clone(),
    }
}

impl Source {
    fn included(path: &Path) -> Arc<Self> {
        Arc::new(Self {
            name: path.display().to_string(),
            is_file: false,
        })
    }
}

impl Excerpt {
    fn empty(source: &Arc<Source>) -> Self {
        Self {
            source: Arc::clone(source),
            offset: 0,
            line: 1,
            text: Vec::new(),
        }
    }

    /// Keeps lines; of very long ones the part around `span`.
    fn keep(&mut self, lines: &Lines<'_>, span: &Range<usize>, source: &Arc<Source>) {
        let text = lines.text;
        // Only made-up entries are so long. Their columns count from where the excerpt starts.
        let start = match text.len() > LONGEST_EXCERPT {
            true => (span.start.saturating_sub(lines.offset)).min(text.len() - LONGEST_EXCERPT),
            false => 0,
        };
        let end = (start + LONGEST_EXCERPT).min(text.len());
        let passed = text.iter().take(start);
        self.line = lines.line + passed.filter(|octet| **octet == b'\n').count();
        self.offset = lines.offset + start;
        if !Arc::ptr_eq(&self.source, source) {
            self.source = Arc::clone(source);
        }
        self.text.clear();
        self.text
            .extend_from_slice(text.get(start..end).unwrap_or_default());
    }
}
