//! What a reader shows of a file, copied out of its cursor; and that all ways of reading show the same.

use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::ops::Range;

use mimi_name::DomainName;
use mimi_zonefile::{
    Directive, Entries, Entry, EscapeError, LineIndex, Place, Rdata, RdataError, Record,
    SyntaxError, ZoneReader,
};

const THREADS: NonZeroUsize = NonZeroUsize::new(2).unwrap();

/// Something in a file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Item {
    Record(Box<Seen>),
    Directive(Directive),
    Comment {
        text: Vec<u8>,
        span: Range<usize>,
        place: Place,
    },
    Error(SyntaxError),
}

/// A record, with all it tells.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    pub(crate) owner: DomainName,
    /// The owner's octets, which tell the case of its letters.
    pub(crate) owner_wire: Vec<u8>,
    pub(crate) ttl: u32,
    pub(crate) class: u16,
    pub(crate) record_type: u16,
    pub(crate) rdata: Result<Option<Vec<u8>>, RdataError>,
    /// The octets of the generic form.
    pub(crate) generic: Option<Vec<u8>>,
    pub(crate) tokens: Vec<SeenToken>,
    pub(crate) text: Vec<u8>,
    pub(crate) text_span: Range<usize>,
    pub(crate) span: Range<usize>,
    pub(crate) owner_span: Range<usize>,
    pub(crate) ttl_span: Option<Range<usize>>,
    pub(crate) class_span: Option<Range<usize>>,
    pub(crate) type_span: Range<usize>,
    pub(crate) origin: Option<DomainName>,
    pub(crate) place: Place,
    pub(crate) type_place: Place,
}

/// One word of RDATA.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SeenToken {
    pub(crate) raw: Vec<u8>,
    pub(crate) quoted: bool,
    pub(crate) span: Range<usize>,
    pub(crate) octets: Result<Vec<u8>, EscapeError>,
}

impl Seen {
    pub(crate) fn new(record: &Record<'_>) -> Self {
        let rdata = record.rdata_wire();
        let mut appended = b"before".to_vec();
        match (record.append_rdata(&mut appended), &rdata) {
            (Ok(true), Ok(Some(octets))) => assert_eq!(&appended[6..], octets),
            (Ok(false), Ok(None)) => assert_eq!(appended, b"before"),
            (Err(error), Err(same)) => assert_eq!(error, *same),
            (known, _) => panic!("{known:?} and {rdata:?}"),
        }
        let text = record.rdata_text();
        assert_eq!(text.tokens().len(), text.tokens().count());
        if let Rdata::Text(same) = &record.rdata {
            assert_eq!(
                (same.span(), same.as_bytes()),
                (text.span(), text.as_bytes())
            );
        }
        Self {
            owner: record.owner.clone(),
            owner_wire: record.owner.as_wire().to_vec(),
            ttl: record.ttl,
            class: record.class,
            record_type: record.record_type,
            rdata,
            generic: match &record.rdata {
                Rdata::Generic(generic) => Some(generic.octets().to_vec()),
                Rdata::Text(_) => None,
            },
            tokens: text
                .tokens()
                .map(|token| SeenToken {
                    raw: token.raw.to_vec(),
                    quoted: token.quoted,
                    octets: token.unescape().map(|octets| octets.into_owned()),
                    span: token.span,
                })
                .collect(),
            text: text.as_bytes().to_vec(),
            text_span: text.span(),
            span: record.span(),
            owner_span: record.owner_span(),
            ttl_span: record.ttl_span(),
            class_span: record.class_span(),
            type_span: record.type_span(),
            origin: record.origin().cloned(),
            place: record.place(record.span().start),
            type_place: record.place(record.type_span().start),
        }
    }

    /// The RDATA octets of a record whose text is right, and of a known form.
    pub(crate) fn octets(&self) -> &[u8] {
        match &self.rdata {
            Ok(Some(octets)) => octets,
            other => panic!("{other:?}"),
        }
    }

    /// What is wrong with the RDATA.
    pub(crate) fn rdata_error(&self) -> &RdataError {
        self.rdata.as_ref().unwrap_err()
    }
}

impl Item {
    pub(crate) fn new(entry: Result<Entry<'_>, SyntaxError>) -> Self {
        match entry {
            Ok(Entry::Record(record)) => Self::Record(Box::new(Seen::new(&record))),
            Ok(Entry::Directive(directive)) => Self::Directive(directive),
            Ok(Entry::Comment(comment)) => Self::Comment {
                text: comment.text.to_vec(),
                place: comment.place(),
                span: comment.span,
            },
            Ok(other) => panic!("{other:?}"),
            Err(error) => Self::Error(error),
        }
    }

    /// What of the file it takes up.
    pub(crate) fn span(&self) -> Range<usize> {
        match self {
            Self::Record(record) => record.span.clone(),
            Self::Directive(directive) => directive.span.clone(),
            Self::Comment { span, .. } => span.clone(),
            Self::Error(error) => error.entry.clone(),
        }
    }

    /// The places it tells, with their offsets.
    fn places(&self) -> Vec<(usize, Place)> {
        match self {
            Self::Record(record) => {
                let mut places = vec![
                    (record.span.start, record.place),
                    (record.type_span.start, record.type_place),
                ];
                if let Err(error) = &record.rdata {
                    places.push((error.span.start, error.place));
                }
                places
            }
            Self::Error(error) => vec![(error.span.start, error.place)],
            Self::Directive(directive) => vec![(directive.span.start, directive.place)],
            Self::Comment { span, place, .. } => vec![(span.start, *place)],
        }
    }
}

/// Reads a file in every way there is, and checks that all show the same.
pub(crate) fn read(reader: &ZoneReader, input: &(impl AsRef<[u8]> + ?Sized)) -> Vec<Item> {
    let input = input.as_ref();
    let items = all(reader.entries(input));
    for length in [1, 3, 7, usize::MAX] {
        let streamed = all(reader.stream(InPieces::new(input, length)));
        assert_eq!(streamed, items, "read {length} octets at a time");
    }
    let hundredth = 1 + input.len() / 100;
    for length in [hundredth, 30 * hundredth] {
        let pieces = InPieces::new(input, usize::MAX);
        let parallel = in_parts(reader, pieces, length);
        assert_eq!(parallel, items, "read in parts of {length} octets");
    }
    let mut entries = reader.entries(input);
    let found = items
        .iter()
        .filter(|item| matches!(item, Item::Record(_) | Item::Error(_)));
    for item in found {
        let record = entries.next_record().map(|next| next.map(Entry::Record));
        assert_eq!(record.map(Item::new).as_ref(), Some(item));
    }
    assert!(entries.next_record().is_none());

    let index = LineIndex::new(input);
    for (offset, place) in items.iter().flat_map(Item::places) {
        let expected = index.line_column(offset);
        assert_eq!((place.line, place.column), expected);
        assert_eq!(place.file.index(), 0);
    }
    items
}

/// Everything that a cursor shows; and that it has ended then.
pub(crate) fn all(mut entries: Entries<'_>) -> Vec<Item> {
    let items = items_of(&mut entries);
    assert!(entries.next().is_none() && entries.next_record().is_none());
    items
}

/// Everything in a file that is read in parts of `length` octets.
pub(crate) fn in_parts(reader: &ZoneReader, file: impl Read + Send, length: usize) -> Vec<Item> {
    let reader = reader.clone().part_length(length);
    let mut all = Vec::new();
    reader.in_parts(file, THREADS, items_of, |items| all.extend(items));
    all
}

fn items_of(entries: &mut Entries<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    while let Some(entry) = entries.next() {
        items.push(Item::new(entry));
    }
    items
}

/// A reader that gives a few octets at a time, and now and then is interrupted.
pub(crate) struct InPieces<'i> {
    rest: &'i [u8],
    length: usize,
    reads: usize,
}

impl<'i> InPieces<'i> {
    pub(crate) fn new(input: &'i [u8], length: usize) -> Self {
        Self {
            rest: input,
            length,
            reads: 0,
        }
    }
}

impl Read for InPieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reads += 1;
        if self.reads % 5 == 3 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let length = self.length.min(self.rest.len()).min(buffer.len());
        let (piece, rest) = self.rest.split_at(length);
        buffer[..length].copy_from_slice(piece);
        self.rest = rest;
        Ok(length)
    }
}
