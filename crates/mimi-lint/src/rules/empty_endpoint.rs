//! # What it does
//! Finds definition strings whose tag `e` has no value.
//!
//! # Why it is bad
//! Without an endpoint nobody knows where to ask for the account, so clients reject the record (D22).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e="
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: which endpoint was meant is not known.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI115",
    name: "empty-endpoint",
    level: Level::Error,
    is_pedantic: false,
    summary: "the endpoint of a definition string is empty",
    basis: "D22",
    fix: Fixable::No,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    view.report(&RULE, Code::EmptyEndpoint, sink, |_| None);
}
