//! `mimi zone records`: every record and every error, in the order of the file. They are written as they are read; nothing is kept.

mod objects;

use std::io::{self, BufWriter, Write};

use anstyle::{AnsiColor, Style};
use anyhow::{Result, bail};
use mimi_zonefile::{
    Comment, Directive, Entry, Excerpt, Place, RdataError, Record, SyntaxError, SyntaxErrorKind,
};
use serde::Serialize;

use crate::arguments::LineFormat;
use crate::exit::Exit;
use crate::json;
use crate::text::{Octets, Source as SourcePiece};
use crate::zone::arguments::Records;
use crate::zone::data::Data;
use crate::zone::items::{Converted, shown_comment};
use crate::zone::master;
use crate::zone::names::{class_name, type_name};
use crate::zone::presentation::push_hex;
use crate::zone::problem::Problem;
use crate::zone::records::objects::{
    CommentObject, DirectiveObject, ErrorObject, RecordObject, SCHEMA, TextRecordObject,
};
use crate::zone::source::Source;
use crate::zone::source_text::SourceText;

const TROUBLE: Style = AnsiColor::Red.on_default().bold();
const DETAIL: Style = Style::new().dimmed();

pub(crate) fn run(options: &Records) -> Result<Exit> {
    let source = Source::new(&options.input)?;
    let mut entries = source.stream()?;
    // JSON holds no styles that would have to be left out.
    let out: Box<dyn Write> = match options.format {
        LineFormat::Jsonl => Box::new(io::stdout().lock()),
        LineFormat::Human => Box::new(anstream::stdout().lock()),
    };
    let mut listing = Listing {
        format: options.format,
        source: &source,
        rdata: Vec::new(),
        hex: String::new(),
        out: BufWriter::new(out),
        exit: Exit::Ok,
    };
    while let Some(entry) = entries.next() {
        match entry {
            Ok(Entry::Record(record)) => listing.record(&record)?,
            Ok(Entry::Directive(directive)) if options.all => listing.directive(&directive)?,
            Ok(Entry::Comment(comment)) if options.all => listing.comment(&comment)?,
            Ok(_) => {}
            Err(error) => {
                if let SyntaxErrorKind::ReadFailed { kind } = error.kind {
                    listing.out.flush()?;
                    bail!("{}: {kind}", source.cannot_read());
                }
                listing.error(&error.into())?;
            }
        }
    }
    listing.out.flush()?;
    Ok(listing.exit)
}

/// An error, and what stands at its place.
struct Mistake {
    problem: Problem,
    place: Place,
    found: Excerpt,
}

impl From<SyntaxError> for Mistake {
    fn from(error: SyntaxError) -> Self {
        Self {
            place: error.place,
            found: error.found.clone(),
            problem: error.into(),
        }
    }
}

impl From<RdataError> for Mistake {
    fn from(error: RdataError) -> Self {
        Self {
            place: error.place,
            found: error.found.clone(),
            problem: error.into(),
        }
    }
}

struct Listing<'s, W: Write> {
    format: LineFormat,
    source: &'s Source<'s>,
    /// Memory for the octets of one record and their digits.
    rdata: Vec<u8>,
    hex: String,
    out: BufWriter<W>,
    exit: Exit,
}

impl<W: Write> Listing<'_, W> {
    fn record(&mut self, record: &Record<'_>) -> io::Result<()> {
        match self.format {
            LineFormat::Jsonl => self.record_object(record),
            LineFormat::Human => self.record_line(record),
        }
    }

    fn record_object(&mut self, record: &Record<'_>) -> io::Result<()> {
        self.rdata.clear();
        let is_known = match record.append_rdata(&mut self.rdata) {
            Ok(is_known) => is_known,
            Err(error) => return self.error(&error.into()),
        };
        let Place { line, column, .. } = record.place(record.span().start);
        let owner = record.owner.to_string();
        let class = class_name(record.class);
        let r#type = type_name(record.record_type, self.source.codes);
        if is_known {
            self.hex.clear();
            push_hex(&mut self.hex, &self.rdata);
            let object = RecordObject {
                schema: SCHEMA,
                owner,
                ttl: record.ttl,
                class,
                r#type,
                rdata_hex: &self.hex,
                line,
                column,
            };
            return write_line(&mut self.out, &object);
        }
        let SourceText { tokens, origin } = SourceText::new(record);
        let object = TextRecordObject {
            schema: SCHEMA,
            owner,
            ttl: record.ttl,
            class,
            r#type,
            rdata_hex: (),
            rdata_text: tokens,
            origin: origin.map(|origin| origin.to_string()),
            line,
            column,
        };
        write_line(&mut self.out, &object)
    }

    fn record_line(&mut self, record: &Record<'_>) -> io::Result<()> {
        let codes = self.source.codes;
        let data = match Data::read(record, codes) {
            Ok(data) => data,
            Err(error) => return self.error(&error.into()),
        };
        let line = record.place(record.span().start).line;
        let converted = Converted::new(record, data);
        write!(self.out, "{line}: {}", master::line(&converted, codes))?;
        if let (Data::Text, Some(source)) = (&converted.data, &converted.source) {
            let name = type_name(record.record_type, codes);
            write!(self.out, " ; the text form of {name} is not known here")?;
            if let Some(origin) = &source.origin {
                write!(self.out, ", origin {origin}")?;
            }
        }
        writeln!(self.out)
    }

    fn directive(&mut self, directive: &Directive) -> io::Result<()> {
        match self.format {
            LineFormat::Jsonl => match DirectiveObject::new(directive) {
                Some(object) => write_line(&mut self.out, &object),
                None => Ok(()),
            },
            LineFormat::Human => {
                let line = directive.place.line;
                writeln!(self.out, "{line}: {}", SourcePiece(&directive.text))
            }
        }
    }

    fn comment(&mut self, comment: &Comment<'_>) -> io::Result<()> {
        let Place { line, column, .. } = comment.place();
        match self.format {
            LineFormat::Jsonl => {
                let object = CommentObject {
                    schema: SCHEMA,
                    comment: Octets(comment.text).to_string(),
                    line,
                    column,
                };
                write_line(&mut self.out, &object)
            }
            LineFormat::Human => writeln!(self.out, "{line}: {}", shown_comment(comment.text)),
        }
    }

    fn error(&mut self, mistake: &Mistake) -> io::Result<()> {
        self.exit = Exit::NoMapping;
        let Mistake {
            problem,
            place,
            found,
        } = mistake;
        let Place { line, column, .. } = *place;
        if self.format == LineFormat::Jsonl {
            let object = ErrorObject {
                schema: SCHEMA,
                error: problem.code,
                line,
                column,
                message: &problem.message,
            };
            return write_line(&mut self.out, &object);
        }
        let label = &self.source.label;
        write!(
            self.out,
            "{label}:{line}:{column}: {TROUBLE}error[{}]{TROUBLE:#}: {}",
            problem.code, problem.message
        )?;
        let found = found.to_string();
        if !problem.span.is_empty() && !problem.message.contains(&found) {
            write!(self.out, ", at {found}")?;
        }
        if let Some(help) = problem.help {
            write!(self.out, "\n  {DETAIL}help: {help}{DETAIL:#}")?;
        }
        writeln!(self.out)
    }
}

fn write_line(out: &mut impl Write, object: &impl Serialize) -> io::Result<()> {
    json::write(&mut *out, object)?;
    out.write_all(b"\n")
}
