//! # What it does
//! Finds entries that are not written as a zone file is: unclosed quotes and parentheses, bad names, unknown types, missing TTLs.
//!
//! # Why it is bad
//! A name server refuses the whole zone, or reads something else than its author meant. What follows a damaged line may be read as another
//! owner's.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: what was meant is not certain.

use mimi_zonefile::{SyntaxError, SyntaxErrorKind};

use crate::finding::{Finding, Place};
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::rules::include_not_followed;
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI001",
    name: "syntax-error",
    level: Level::Error,
    is_pedantic: false,
    summary: "an entry of the zone file cannot be read",
    basis: "RFC 1035 §5.1",
    fix: Fixable::No,
    check: Check::Reading,
};

/// Reports what could not be read; an `$INCLUDE` has a rule of its own.
pub(crate) fn report(error: &SyntaxError, place: Place, sink: &mut Sink<'_>) {
    let rule = match error.kind {
        SyntaxErrorKind::Include(_) => &include_not_followed::RULE,
        _ => &RULE,
    };
    let finding = Finding::new(rule, place, error.to_string());
    let help = match error.kind {
        SyntaxErrorKind::NoOrigin => {
            "tell the zone's name with --origin, or begin the file with $ORIGIN"
        }
        SyntaxErrorKind::NoTtl => "begin the file with $TTL, such as $TTL 3600",
        SyntaxErrorKind::Include(_) => {
            "let it be followed with --include-root DIR, or check the file by itself"
        }
        _ => return sink.report(finding),
    };
    sink.report(finding.with_help(help));
}
