//! # What it does
//! Finds owners of MIMI records that start with five labels or more of one digit each, below something else than `e164.arpa` or the
//! configured suffix.
//!
//! # Why it is bad
//! Clients ask below `e164.arpa`, unless they are told otherwise: nobody finds this name.
//!
//! # Example
//! ```zone
//! 7.6.5.4.3.2.1.5.5.5.1 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! 7.6.5.4.3.2.1.5.5.5.1.e164.arpa. 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: the name belongs into another zone, or the suffix into mimi-lint.toml.

use mimi_output::Name;

use crate::finding::Finding;
use crate::identifier;
use crate::level::Level;
use crate::record::RecordView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI503",
    name: "enum-wrong-suffix",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a telephone number is not below the suffix of ENUM",
    basis: "RFC 6116 §3.2, D52",
    fix: Fixable::No,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    /// Fewer labels of one digit may well be a name.
    const FEWEST_DIGITS: usize = 5;
    let Some(owner) = identifier::mui(view, sink.settings()) else {
        return;
    };
    let is_digit = |label: &&[u8]| matches!(label, [b'0'..=b'9']);
    if owner.labels().take_while(is_digit).count() < FEWEST_DIGITS {
        return;
    }
    let suffix = &sink.settings().enum_suffix;
    let message = format!(
        "expected a telephone number below {}, found one elsewhere",
        Name(suffix)
    );
    let finding = Finding::new(&RULE, view.record.owner_place(), message);
    let help = "publish it there; or, in a closed network, set `enum-suffix` in mimi-lint.toml";
    sink.report(finding.with_help(help));
}
