//! `mimi zone records`: every record and every syntax error, in the order of the file, as they are read.

use std::io::{self, BufWriter, Write};

use anyhow::Result;
use mimi_zonefile::{LineIndex, Record};
use serde::Serialize;

use crate::arguments::LineFormat;
use crate::exit::Exit;
use crate::json;
use crate::zone::arguments::Records;
use crate::zone::data::Data;
use crate::zone::items::Converted;
use crate::zone::master;
use crate::zone::names::{class_name, type_name};
use crate::zone::presentation::push_hex;
use crate::zone::problem::Problem;
use crate::zone::source::Source;

/// One record in the schema `mimi-zone-record/1`.
#[derive(Serialize)]
struct RecordObject {
    schema: &'static str,
    owner: String,
    ttl: u32,
    class: String,
    r#type: String,
    rdata_hex: Option<String>,
    line: usize,
    column: usize,
}

/// One error in the schema `mimi-zone-record/1`.
#[derive(Serialize)]
struct ErrorObject<'a> {
    error: &'static str,
    line: usize,
    column: usize,
    message: &'a str,
}

pub(crate) fn run(options: &Records) -> Result<Exit> {
    let source = Source::read(&options.input)?;
    // JSON holds no styles that would have to be left out.
    let out: Box<dyn Write> = match options.format {
        LineFormat::Jsonl => Box::new(io::stdout().lock()),
        LineFormat::Human => Box::new(anstream::stdout().lock()),
    };
    let mut listing = Listing {
        format: options.format,
        lines: LineIndex::new(&source.octets),
        source: &source,
        out: BufWriter::new(out),
        exit: Exit::Ok,
    };
    for record in source.zone_file().records() {
        let read = record.map_err(Problem::from).and_then(|record| {
            let data = Data::read(&record, source.codes)?;
            Ok((record, data))
        });
        match read {
            Ok((record, data)) => listing.record(record, data)?,
            Err(problem) => listing.error(&problem)?,
        }
    }
    listing.out.flush()?;
    Ok(listing.exit)
}

struct Listing<'s, W: Write> {
    format: LineFormat,
    lines: LineIndex,
    source: &'s Source<'s>,
    out: BufWriter<W>,
    exit: Exit,
}

impl<'s, W: Write> Listing<'s, W> {
    fn record(&mut self, record: Record<'s>, data: Data<'s>) -> io::Result<()> {
        let (line, column) = self.lines.line_column(record.span.start);
        let codes = self.source.codes;
        match self.format {
            LineFormat::Jsonl => {
                let object = RecordObject {
                    schema: "mimi-zone-record/1",
                    owner: record.owner.to_string(),
                    ttl: record.ttl,
                    class: class_name(record.class),
                    r#type: type_name(record.record_type, codes),
                    rdata_hex: data.octets().map(|octets| {
                        let mut hex = String::with_capacity(2 * octets.len());
                        push_hex(&mut hex, octets);
                        hex
                    }),
                    line,
                    column,
                };
                json::write(&mut self.out, &object)?;
                writeln!(self.out)
            }
            LineFormat::Human => {
                let converted = Converted {
                    record,
                    data,
                    comment: None,
                };
                let text = master::line(&converted, codes);
                writeln!(self.out, "{line}: {text}")
            }
        }
    }

    fn error(&mut self, problem: &Problem) -> io::Result<()> {
        self.exit = Exit::NoMapping;
        match self.format {
            LineFormat::Jsonl => {
                let (line, column) = self.lines.line_column(problem.span.start);
                let object = ErrorObject {
                    error: problem.code,
                    line,
                    column,
                    message: &problem.message,
                };
                json::write(&mut self.out, &object)?;
                writeln!(self.out)
            }
            LineFormat::Human => problem.write(self.source, &self.lines, &mut self.out),
        }
    }
}
