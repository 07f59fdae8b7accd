//! # What it does
//! Finds accounts of two or three words with `.`, `_` or `-` between them, such as `first.last`.
//!
//! # Why it is bad
//! It tells who the person is. Whoever knows the name can read it, and so can whoever runs a server on the way (§8). The draft allows it:
//! the service may not offer another name.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice.liddell; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=k7m2q9wz; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: the service hands out the account.

use crate::finding::Finding;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI232",
    name: "account-personal-name",
    level: Level::Info,
    is_pedantic: true,
    summary: "an account looks like the name of a person",
    basis: "§8",
    fix: Fixable::No,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    let account = view.mssi.mssa();
    let is_word = |word: &str| word.len() > 1 && word.chars().all(char::is_alphabetic);
    let looks_like_name = ['.', '_', '-'].into_iter().any(|between| {
        let words = account.split(between);
        matches!(words.clone().count(), 2 | 3) && words.clone().all(is_word)
    });
    if looks_like_name {
        let message = "expected an account that says nothing about the person, found what looks like their name";
        let finding = Finding::new(&RULE, view.value_place(account), message);
        sink.report(finding.with_help("use another account name, if the service offers one"));
    }
}
