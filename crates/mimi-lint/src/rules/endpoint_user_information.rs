//! # What it does
//! Finds endpoints with a user, as in `alice@host`.
//!
//! # Why it is bad
//! Clients refuse them (D54): what stands before the `@` is easily taken for the host, and the account has a tag of its own.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=alice@im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Taking out the user is unsafe where the account in `a` is another one: one of the two is wrong. It is safe where they are the same.

use crate::endpoint::Parts;
use crate::finding::Finding;
use crate::fix::Safety;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI202",
    name: "endpoint-user-information",
    level: Level::Error,
    is_pedantic: false,
    summary: "an endpoint has a user in front of its host",
    basis: "D54",
    fix: Fixable::Always,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    let Some(user) = Parts::of(view.mssi.mse()).user else {
        return;
    };
    let account = user.trim_end_matches('@');
    let safety = match account == view.mssi.mssa() {
        true => Safety::Safe,
        false => Safety::Unsafe,
    };
    let change = vec![(view.definition.span_of(user), Vec::new())];
    let fix = view.definition.fix(safety, "take out the user", change);
    let message = "expected a host name, found user information in front of it";
    let finding = Finding::new(&RULE, view.value_place(user), message);
    sink.report(
        finding
            .with_help("the account belongs into the a tag")
            .with_fix(fix),
    );
}
