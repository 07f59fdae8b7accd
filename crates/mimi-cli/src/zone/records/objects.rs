//! The objects of the schema `mimi-zone-record/1`.

use mimi_name::DomainName;
use mimi_zonefile::{Directive, DirectiveKind};
use serde::Serialize;

use mimi_output::Octets;

pub(super) const SCHEMA: &str = "mimi-zone-record/1";

/// A record whose RDATA octets are known.
#[derive(Serialize)]
pub(super) struct RecordObject<'a> {
    pub(super) schema: &'static str,
    pub(super) owner: String,
    pub(super) ttl: u32,
    pub(super) class: String,
    pub(super) r#type: String,
    pub(super) rdata_hex: &'a str,
    /// Only of an included file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<String>,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// A record of a type whose text form is not known here.
#[derive(Serialize)]
pub(super) struct TextRecordObject {
    pub(super) schema: &'static str,
    pub(super) owner: String,
    pub(super) ttl: u32,
    pub(super) class: String,
    pub(super) r#type: String,
    /// Always `null`.
    pub(super) rdata_hex: (),
    pub(super) rdata_text: String,
    pub(super) origin: Option<String>,
    /// Only of an included file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<String>,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// An error.
#[derive(Serialize)]
pub(super) struct ErrorObject<'a> {
    pub(super) schema: &'static str,
    pub(super) error: &'static str,
    /// Only of an included file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<String>,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) message: &'a str,
}

/// A comment.
#[derive(Serialize)]
pub(super) struct CommentObject {
    pub(super) schema: &'static str,
    pub(super) comment: String,
    /// Only of an included file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<String>,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// A directive, with what it sets.
#[derive(Serialize)]
pub(super) struct DirectiveObject {
    pub(super) schema: &'static str,
    pub(super) directive: &'static str,
    pub(super) text: String,
    pub(super) origin: Option<String>,
    pub(super) ttl: Option<u32>,
    pub(super) records: Option<u32>,
    /// Only of an included file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<String>,
    pub(super) line: usize,
    pub(super) column: usize,
}

impl DirectiveObject {
    /// `None` for a kind that this version does not know.
    pub(super) fn new(directive: &Directive, file: Option<String>) -> Option<Self> {
        let (name, origin, ttl, records) = match &directive.kind {
            DirectiveKind::Origin(origin) => ("$ORIGIN", Some(origin), None, None),
            DirectiveKind::Ttl(seconds) => ("$TTL", None, Some(*seconds), None),
            DirectiveKind::Include { origin, .. } => ("$INCLUDE", origin.as_ref(), None, None),
            DirectiveKind::Generate { records } => ("$GENERATE", None, None, Some(*records)),
            _ => return None,
        };
        Some(Self {
            schema: SCHEMA,
            directive: name,
            text: Octets(&directive.text).to_string(),
            origin: origin.map(DomainName::to_string),
            ttl,
            records,
            file,
            line: directive.place.line,
            column: directive.place.column,
        })
    }
}
