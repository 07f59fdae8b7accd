//! `mimi zone records`: every record and every error, in the order of the file. They are written as they are read; nothing is kept.

mod objects;

use std::io::{self, BufWriter, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use anyhow::{Result, bail};
use mimi_zonefile::{
    Comment, Directive, Entry, Excerpt, Place, RdataError, Record, SyntaxError, SyntaxErrorKind,
};
use serde::Serialize;

use crate::arguments::LineFormat;
use crate::exit::Exit;
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
use crate::zones;
use mimi_output::json;
use mimi_output::{Octets, Source as SourcePiece};

const TROUBLE: Style = AnsiColor::Red.on_default().bold();
const DETAIL: Style = Style::new().dimmed();

pub(crate) fn run(options: &Records) -> Result<Exit> {
    let source = Source::new(&options.input)?;
    let mut entries = source.stream(options.include_root.as_deref())?;
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
            Ok(Entry::Directive(directive)) if options.all => {
                let file = entries.file_name(directive.place.file);
                listing.directive(&directive, file)?;
            }
            Ok(Entry::Comment(comment)) if options.all => listing.comment(&comment)?,
            Ok(_) => {}
            Err(error) => {
                let file = entries.file_name(error.place.file);
                if let SyntaxErrorKind::ReadFailed { kind } = error.kind {
                    listing.out.flush()?;
                    let file = file.filter(|_| error.place.file.index() > 0);
                    match file {
                        Some(path) => bail!("cannot read {}: {kind}", zones::shown_path(path)),
                        None => bail!("{}: {kind}", source.cannot_read()),
                    }
                }
                listing.error(&error.into(), file)?;
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
            Err(error) => return self.error(&error.into(), record.file_name()),
        };
        let place = record.place(record.span().start);
        let file = included(place, record.file_name());
        let Place { line, column, .. } = place;
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
                file,
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
            file,
            line,
            column,
        };
        write_line(&mut self.out, &object)
    }

    fn record_line(&mut self, record: &Record<'_>) -> io::Result<()> {
        let codes = self.source.codes;
        let data = match Data::read(record, codes) {
            Ok(data) => data,
            Err(error) => return self.error(&error.into(), record.file_name()),
        };
        let place = record.place(record.span().start);
        let converted = Converted::new(record, data);
        self.write_place(place, record.file_name())?;
        write!(self.out, "{}", master::line(&converted, codes))?;
        if let (Data::Text, Some(source)) = (&converted.data, &converted.source) {
            let name = type_name(record.record_type, codes);
            write!(self.out, " ; the text form of {name} is not known here")?;
            if let Some(origin) = &source.origin {
                write!(self.out, ", origin {origin}")?;
            }
        }
        writeln!(self.out)
    }

    fn directive(&mut self, directive: &Directive, file: Option<&Path>) -> io::Result<()> {
        let included = included(directive.place, file);
        match self.format {
            LineFormat::Jsonl => match DirectiveObject::new(directive, included) {
                Some(object) => write_line(&mut self.out, &object),
                None => Ok(()),
            },
            LineFormat::Human => {
                self.write_place(directive.place, file)?;
                writeln!(self.out, "{}", SourcePiece(&directive.text))
            }
        }
    }

    fn comment(&mut self, comment: &Comment<'_>) -> io::Result<()> {
        let place = comment.place();
        match self.format {
            LineFormat::Jsonl => {
                let object = CommentObject {
                    schema: SCHEMA,
                    comment: Octets(comment.text).to_string(),
                    file: included(place, comment.file_name()),
                    line: place.line,
                    column: place.column,
                };
                write_line(&mut self.out, &object)
            }
            LineFormat::Human => {
                self.write_place(place, comment.file_name())?;
                writeln!(self.out, "{}", shown_comment(comment.text))
            }
        }
    }

    /// The place at the start of a line for people.
    fn write_place(&mut self, place: Place, file: Option<&Path>) -> io::Result<()> {
        if let Some(file) = included(place, file) {
            write!(self.out, "{file}:")?;
        }
        write!(self.out, "{}: ", place.line)
    }

    fn error(&mut self, mistake: &Mistake, file: Option<&Path>) -> io::Result<()> {
        self.exit = Exit::NoMapping;
        let Mistake {
            problem,
            place,
            found,
        } = mistake;
        let Place { line, column, .. } = *place;
        let file = included(*place, file);
        if self.format == LineFormat::Jsonl {
            let object = ErrorObject {
                schema: SCHEMA,
                error: problem.code,
                file,
                line,
                column,
                message: &problem.message,
            };
            return write_line(&mut self.out, &object);
        }
        let label = file.as_deref().unwrap_or(&self.source.label);
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

/// The path of an included file, relative to the root and fit for a terminal.
fn included(place: Place, file: Option<&Path>) -> Option<String> {
    let path = file.filter(|_| place.file.index() > 0)?;
    Some(zones::shown_path(path))
}

fn write_line(out: &mut impl Write, object: &impl Serialize) -> io::Result<()> {
    json::write(&mut *out, object)?;
    out.write_all(b"\n")
}
