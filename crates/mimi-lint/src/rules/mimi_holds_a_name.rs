//! # What it does
//! Finds MIMI records that hold a domain name and nothing else.
//!
//! # Why it is bad
//! Clients ignore the record. Most likely it was meant to be a MIMIX record.
//!
//! # Example
//! ```zone
//! @ 3600 IN MIMI mimi.example.net.
//! ```
//!
//! # Use instead
//! ```zone
//! @ 3600 IN MIMIX mimi.example.net.
//! ```
//!
//! # Fix safety
//! Writing `MIMIX` for `MIMI` is unsafe: the record may be meant for an endpoint.

use mimi_name::DomainName;

use crate::finding::Finding;
use crate::identifier;
use crate::level::Level;
use crate::octet_map::Written;
use crate::record::RecordView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI354",
    name: "mimi-holds-a-name",
    level: Level::Error,
    is_pedantic: false,
    summary: "a MIMI record holds a name in place of a definition string",
    basis: "§4.3, §5.1.1",
    fix: Fixable::Sometimes,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    let record = view.record;
    if record.record_type != sink.settings().types.mimi() {
        return;
    }
    let rdata = record.rdata.as_deref().unwrap_or_default();
    let text = record.definition_string().unwrap_or_default();
    let is_text = text.contains(&b'.')
        && DomainName::from_text(&text, Some(&DomainName::root())).is_ok_and(|name| is_host(&name));
    let is_wire = DomainName::from_wire(rdata).is_ok_and(|name| is_host(&name));
    if !is_text && !is_wire {
        return;
    }
    let is_generic = record.map.written == Written::Generic;
    let is_absolute = text.ends_with(b".") && record.map.words().iter().all(|word| !word.is_quoted);
    let fix = match (is_wire, is_generic) {
        (true, true) => true,
        (false, false) => is_absolute,
        _ => false,
    }
    .then(|| identifier::type_fix(record, "MIMIX", sink.settings().types.mimix()))
    .flatten();
    let message = "expected a definition string, found a domain name";
    let help =
        "write MIMIX if it says where addresses of the domain are, else v=MIMI1; a=...; e=...";
    let finding = Finding::new(&RULE, record.rdata_place(), message);
    sink.report(finding.with_help(help).with_fix(fix));
}

/// Whether a name has several labels of letters, digits and hyphens.
fn is_host(name: &DomainName) -> bool {
    let is_host = |octet: &u8| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_');
    name.label_count() > 1 && name.labels().flatten().all(is_host)
}
