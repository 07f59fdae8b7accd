//! Zone files, written: one record a line, absolute owners, explicit TTL and class (RFC 1035 §5.1, RFC 3597 §5, D4).
//!
//! | RDATA | written as |
//! |---|---|
//! | MIMI, MIMIX | `MIMI "…"`, `MIMIX name`, or `TYPEnnn \# length hex` with the other form in a comment |
//! | a type of [`presentation`](crate::zone::presentation) | its text, names absolute |
//! | another type, from text | the source's text, behind an `$ORIGIN` line where relative names in it could need one |
//! | another type, from `\# length hex`, or from text that only this tool reads | `TYPEnnn \# length hex` |
//!
//! Text stays text because PowerDNS refuses `\#` on some types that it knows, such as HTTPS.

use std::collections::BTreeMap;
use std::fmt::Write;

use mimi_name::DomainName;
use mimi_rr::{TypeCodes, rfc3597};

use crate::zone::data::Data;
use crate::zone::items::{Converted, Item};
use crate::zone::names::{class_name, type_name};
use crate::zone::presentation::{says, well_known};
use crate::zone::source_text::SourceText;

/// How MIMI and MIMIX records are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Mnemonic,
    Generic,
}

/// The longest text that is repeated in a comment, in octets.
const MAX_SAID: usize = 400;

/// How the first line of converted files starts, behind its semicolon.
pub(crate) const MADE_BY: &str = " Made by mimi zone convert";

/// A zone file.
pub(crate) struct Master {
    pub(crate) text: String,
    /// The types whose text was passed on as it was written, and how many records have them.
    pub(crate) passed_on: BTreeMap<String, usize>,
}

/// Writes items as a zone file.
pub(crate) fn write(items: &[Item], form: Form, codes: TypeCodes) -> Master {
    let mut master = Master {
        text: String::new(),
        passed_on: BTreeMap::new(),
    };
    let mut written_origin = None;
    for item in items {
        match item {
            // Of an earlier conversion.
            Item::Comment(comment) if comment.starts_with(MADE_BY) => {}
            Item::Comment(comment) => {
                let _ = writeln!(master.text, ";{comment}");
            }
            Item::Record(converted) => {
                if matches!(converted.data, Data::Text) {
                    let name = type_name(converted.record_type, codes);
                    *master.passed_on.entry(name).or_default() += 1;
                }
                let rdata = rdata(converted, form, codes);
                if rdata.way == Way::PassedOn {
                    write_origin(&mut master.text, &mut written_origin, converted);
                }
                let _ = write!(master.text, "{}{}", start(converted), rdata.text);
                write_comments(&mut master.text, converted, rdata.way, codes);
                master.text.push('\n');
            }
        }
    }
    master
}

/// Puts the origin in force that was in force at the record. A record without any stands before all that have one.
fn write_origin(text: &mut String, written: &mut Option<DomainName>, converted: &Converted) {
    if let Some(source) = &converted.source
        && let Some(origin) = &source.origin
        && !written
            .as_ref()
            .is_some_and(|written| written.eq_case(origin))
    {
        let _ = writeln!(text, "$ORIGIN {origin}");
        *written = Some(origin.clone());
    }
}

/// The comment of the source, and beside hexadecimal digits what they say.
fn write_comments(text: &mut String, converted: &Converted, way: Way, codes: TypeCodes) {
    if way != Way::Generic && converted.comment.is_none() {
        return;
    }
    let said = said(converted, codes);
    if let Some(comment) = &converted.comment {
        let comment = match &said {
            Some(said) => without_said(comment, said),
            None => comment,
        };
        if !comment.is_empty() {
            let _ = write!(text, " ;{comment}");
        }
    }
    if way == Way::Generic
        && let Some(said) = said
    {
        let _ = write!(text, " ; {said}");
    }
}

/// `owner ttl class type rdata`, with MIMI and MIMIX in their own words. Names that were passed on may be relative.
pub(crate) fn line(converted: &Converted, codes: TypeCodes) -> String {
    let rdata = rdata(converted, Form::Mnemonic, codes);
    format!("{}{}", start(converted), rdata.text)
}

/// `owner ttl class `.
fn start(converted: &Converted) -> String {
    format!(
        "{} {} {} ",
        converted.owner,
        converted.ttl,
        class_name(converted.class)
    )
}

/// How RDATA was written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// In the type's own form, names absolute.
    Text,
    /// As `\# length hex`.
    Generic,
    /// As the source has it: names may be relative.
    PassedOn,
}

/// A type and its RDATA.
struct TypeAndRdata {
    text: String,
    way: Way,
}

fn rdata(converted: &Converted, form: Form, codes: TypeCodes) -> TypeAndRdata {
    let record_type = converted.record_type;
    let (text, way) = match (&converted.data, form) {
        (Data::Mimi(mimi), Form::Mnemonic) => (format!("MIMI {}", mimi.to_text()), Way::Text),
        (Data::Mimix(mimix), Form::Mnemonic) => (format!("MIMIX {}", mimix.to_text()), Way::Text),
        (Data::Mimi(mimi), Form::Generic) => (generic(codes.mimi(), mimi.as_rdata()), Way::Generic),
        (Data::Mimix(mimix), Form::Generic) => {
            (generic(codes.mimix(), mimix.as_rdata()), Way::Generic)
        }
        (Data::Octets(octets), _) => {
            if let Some(known) = well_known(record_type, converted.class, octets) {
                (known, Way::Text)
            } else if let Some(text) = passed_on(converted, octets, codes) {
                (text, Way::PassedOn)
            } else {
                (generic(record_type, octets), Way::Generic)
            }
        }
        (Data::Text, _) => {
            let text = source_text(converted, codes).unwrap_or_default();
            (text, Way::PassedOn)
        }
    };
    TypeAndRdata { text, way }
}

fn generic(record_type: u16, octets: &[u8]) -> String {
    format!("TYPE{record_type} {}", rfc3597::to_text(octets))
}

/// The source's text, if a reader that does not know our mnemonics takes it for the same octets. NSEC may list them.
fn passed_on(converted: &Converted, octets: &[u8], codes: TypeCodes) -> Option<String> {
    let SourceText { origin, .. } = converted.source.as_ref()?;
    let text = source_text(converted, codes)?;
    says(&text, converted.class, origin.as_ref(), octets).then_some(text)
}

/// The type and its RDATA in the source's words, if they are not `\# length hex`.
fn source_text(converted: &Converted, codes: TypeCodes) -> Option<String> {
    let SourceText { tokens, .. } = converted.source.as_ref()?;
    let name = type_name(converted.record_type, codes);
    Some(match tokens.as_str() {
        "" => name,
        tokens => format!("{name} {tokens}"),
    })
}

/// What a record says, for the comment beside its hexadecimal digits; `None` when nobody wrote it, or when it is long.
pub(crate) fn said(converted: &Converted, codes: TypeCodes) -> Option<String> {
    let said = match &converted.data {
        Data::Mimi(mimi) => format!("MIMI {}", mimi.to_text()),
        Data::Mimix(mimix) => format!("MIMIX {}", mimix.to_text()),
        Data::Octets(_) | Data::Text => source_text(converted, codes)?,
    };
    (said.len() <= MAX_SAID).then_some(said)
}

/// A comment without what an earlier conversion added to it.
fn without_said<'c>(comment: &'c str, said: &str) -> &'c str {
    let Some(rest) = comment.strip_suffix(said) else {
        return comment;
    };
    match rest.trim_end().strip_suffix(';') {
        Some(source) => source.trim_end(),
        None if rest.trim().is_empty() => "",
        None => comment,
    }
}
