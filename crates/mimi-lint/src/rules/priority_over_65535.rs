//! # What it does
//! Finds priorities over 65535.
//!
//! # Why it is bad
//! Other software may keep priorities in 16 bits, as SRV and MX records do, and cap or wrap the number (D26).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; p=70000"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; p=100"
//! ```
//!
//! # Fix safety
//! No fix: the order of the records has to be kept.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI126",
    name: "priority-over-65535",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a priority exceeds 65535",
    basis: "D26",
    fix: Fixable::No,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    view.report(&RULE, Code::PriorityOver65535, sink, |_| None);
}
