//! # What it does
//! Finds endpoints in `example.com`, `example.net`, `example.org` and `example`.
//!
//! # Why it is bad
//! These names are for documentation; nobody runs a service there. The draft's own records have them, so this is only information.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.com"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.chat.zone"
//! ```
//!
//! # Fix safety
//! No fix: which host is meant is for whoever runs the service to say.

use crate::endpoint::{self, Parts};
use crate::finding::Finding;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI207",
    name: "endpoint-documentation-name",
    level: Level::Info,
    is_pedantic: false,
    summary: "an endpoint is a name for documentation",
    basis: "RFC 2606 §3",
    fix: Fixable::No,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    let parts = Parts::of(view.mssi.mse());
    let name = parts.host_name().filter(endpoint::is_documentation);
    if let (Some(host), Some(_)) = (parts.host, name) {
        let message = "expected the host of a service, found a name for documentation";
        let finding = Finding::new(&RULE, view.value_place(host), message);
        sink.report(finding.with_help("publish the host of your service"));
    }
}
