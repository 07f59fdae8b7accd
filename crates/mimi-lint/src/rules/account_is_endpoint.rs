//! # What it does
//! Finds accounts that are the same as the endpoint.
//!
//! # Why it is bad
//! The account is what the service calls the person. A host there is usually a slip, and messages reach nobody.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=im.example.net; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: only the person knows the account.

use crate::finding::Finding;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI234",
    name: "account-is-endpoint",
    level: Level::Warning,
    is_pedantic: false,
    summary: "an account is the endpoint",
    basis: "§2, §4.3",
    fix: Fixable::No,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    let account = view.mssi.mssa();
    if account == view.mssi.mse() {
        let message = "expected an account, found the endpoint";
        let finding = Finding::new(&RULE, view.value_place(account), message)
            .with_related(view.value_place(view.mssi.mse()), "the endpoint is here");
        sink.report(finding.with_help("write what the service calls the person"));
    }
}
