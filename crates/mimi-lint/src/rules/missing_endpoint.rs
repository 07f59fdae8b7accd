//! # What it does
//! Finds definition strings without the tag `e`.
//!
//! # Why it is bad
//! Without an endpoint nobody knows where to ask for the account, so clients reject the record (§4.3).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice, e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Safe where the tag is there, but its name is in upper case, or a comma or white space stands in place of the `;` before it.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::level::Level;
use crate::mend;
use crate::rule::{Check, Fixable, Rule};
use crate::rules::unquoted_definition_string;
use crate::sink::Sink;
use crate::unquoted;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI114",
    name: "missing-endpoint",
    level: Level::Error,
    is_pedantic: false,
    summary: "a definition string has no endpoint",
    basis: "§4.3",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    if sink.wants(&unquoted_definition_string::RULE) && unquoted::look(view).is_some() {
        return;
    }
    for diagnostic in view.diagnostics(Code::MissingEndpoint) {
        let mut finding = view.finding(&RULE, diagnostic);
        if let Some(span) = mend::where_it_is(view.octets, b"e", diagnostic.intention()) {
            finding.place = view.place(span);
        }
        sink.report(finding.with_fix(mend::by_intention(view, diagnostic)));
    }
}
