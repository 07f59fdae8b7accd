//! # What it does
//! Finds accounts that are email addresses.
//!
//! # Why it is bad
//! It links the person's name for messages to their mailbox. Whoever knows the name can read it, and so can whoever runs a server on the
//! way (§8). The draft allows it: the service may not offer another name.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice@example.org; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: the service hands out the account.

use mimi_id::EmailAddress;

use crate::endpoint::Parts;
use crate::finding::Finding;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI230",
    name: "account-email-address",
    level: Level::Info,
    is_pedantic: false,
    summary: "an account is an email address",
    basis: "§8",
    fix: Fixable::No,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    let account = view.mssi.mssa();
    let Some((_, domain)) = account.rsplit_once('@') else {
        return;
    };
    let is_at_endpoint = Parts::of(view.mssi.mse())
        .host
        .is_some_and(|host| host.eq_ignore_ascii_case(domain));
    if is_at_endpoint || EmailAddress::parse(account).is_err() {
        return;
    }
    let message = "expected an account that says nothing about the person, found an email address";
    let finding = Finding::new(&RULE, view.value_place(account), message);
    sink.report(finding.with_help("use another account name, if the service offers one"));
}
