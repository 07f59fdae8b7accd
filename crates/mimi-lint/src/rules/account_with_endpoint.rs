//! # What it does
//! Finds accounts that end with `@` and the host of the endpoint.
//!
//! # Why it is bad
//! The account is what the service calls the person, and the endpoint is said already. Some services do want the whole; with others nobody
//! of that name is found.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice@im.example.net; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Taking out the repetition is unsafe: the service may call the person so.

use crate::endpoint::Parts;
use crate::finding::Finding;
use crate::fix::Safety;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI233",
    name: "account-with-endpoint",
    level: Level::Info,
    is_pedantic: false,
    summary: "an account repeats the endpoint",
    basis: "§2, §4.3",
    fix: Fixable::Always,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    let account = view.mssi.mssa();
    let (Some(host), Some(at)) = (Parts::of(view.mssi.mse()).host, account.rfind('@')) else {
        return;
    };
    let (user, repeated) = account.split_at(at);
    let is_same = repeated
        .get(1..)
        .is_some_and(|domain| domain.eq_ignore_ascii_case(host));
    if !is_same || user.is_empty() {
        return;
    }
    let change = vec![(view.definition.span_of(repeated), Vec::new())];
    let fix = view
        .definition
        .fix(Safety::Unsafe, "take out the repetition", change);
    let message = "expected an account, found the endpoint behind it once more";
    let finding = Finding::new(&RULE, view.value_place(repeated), message);
    let help = "write what the service calls the person; the endpoint is in the e tag";
    sink.report(finding.with_help(help).with_fix(fix));
}
