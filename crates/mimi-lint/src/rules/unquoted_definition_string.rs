//! # What it does
//! Finds definition strings without quotes around them.
//!
//! # Why it is bad
//! In a zone file `;` starts a comment and a blank ends a string. What is published is what stands before the first `;`, or the words
//! without the blanks between them, and clients drop that.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI v=MIMI1; a=alice; e=im.example.net
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Safe where the line is a usable definition string to its end. Unsafe where something else follows, or it has further mistakes.

use crate::definition::DefinitionView;
use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;
use crate::unquoted;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI130",
    name: "unquoted-definition-string",
    level: Level::Error,
    is_pedantic: false,
    summary: "a definition string is not in quotes",
    basis: "RFC 1035 §5.1, D4",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    let Some(found) = unquoted::look(view) else {
        return;
    };
    let message = match found.is_comment {
        true => {
            "expected a definition string in quotes, found `;` outside of quotes, which starts a comment"
        }
        false => {
            "expected a definition string in quotes, found words without quotes, which are joined"
        }
    };
    let label = match found.is_comment {
        true => "not published",
        false => "published without the spaces",
    };
    let place = view.record.place(found.cut);
    let finding = Finding::new(&RULE, place, message).with_label(label);
    let help = "write quotes around the whole string: MIMI \"v=MIMI1; a=...; e=...\"";
    sink.report(finding.with_help(help).with_fix(found.fix));
}
