//! # What it does
//! Finds control octets in definition strings, line breaks among them.
//!
//! # Why it is bad
//! Clients reject the record (D14): a control octet is never part of a name or value, and often ends text somewhere on its way.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1;
//!   a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Safe for line breaks around tags. Nothing else is mended: what was meant is not certain.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::level::Level;
use crate::mend;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI105",
    name: "control-octet",
    level: Level::Error,
    is_pedantic: false,
    summary: "a definition string holds a control octet",
    basis: "D14",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    view.report(&RULE, Code::ControlOctet, sink, |diagnostic| {
        mend::by_intention(view, diagnostic)
    });
}
