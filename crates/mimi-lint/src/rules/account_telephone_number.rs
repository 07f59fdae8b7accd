//! # What it does
//! Finds accounts that are telephone numbers. The draft's own example has one.
//!
//! # Why it is bad
//! It gives the person's number to everybody who knows their name for messages. Whoever knows the name can read it, and so can whoever runs
//! a server on the way (§8). The draft allows it: the service may not offer another name.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=+15551234567; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: the service hands out the account.

use mimi_id::TelephoneNumber;

use crate::finding::Finding;
use crate::identifier::MOST_DIGITS;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI231",
    name: "account-telephone-number",
    level: Level::Info,
    is_pedantic: false,
    summary: "an account is a telephone number",
    basis: "§8",
    fix: Fixable::No,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    /// Fewer digits without a `+` are a number of another kind.
    const FEWEST_DIGITS: usize = 8;
    let account = view.mssi.mssa();
    let digits = account.bytes().filter(u8::is_ascii_digit).count();
    let is_only_digits = digits == account.len() && (FEWEST_DIGITS..=MOST_DIGITS).contains(&digits);
    let has_plus = account.starts_with('+') && TelephoneNumber::parse(account).is_ok();
    if !is_only_digits && !has_plus {
        return;
    }
    let message =
        "expected an account that says nothing about the person, found a telephone number";
    let finding = Finding::new(&RULE, view.value_place(account), message);
    sink.report(finding.with_help("use another account name, if the service offers one"));
}
