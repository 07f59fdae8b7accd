//! # What it does
//! Finds NSEC3 or NSEC3PARAM records in a zone with MIMI records at the names of telephone numbers.
//!
//! # Why it is bad
//! NSEC3 shows hashes of names instead of names. There are so few telephone numbers that all of them can be hashed in a short time:
//! who has the hashes has the numbers.
//!
//! # Example
//! ```zone
//! 4.3.2.1.e164.arpa. NSEC3PARAM 1 0 0 -
//! 7.6.5.4.3.2.1.e164.arpa. MIMI "v=MIMI1; a=alice; e=im.chat.zone"
//! ```
//!
//! # Use instead
//! Let the server make minimal answers while it signs (RFC 4470, RFC 7129 §5.4, RFC 9824), so that hashes cannot be collected.
//!
//! # Fix safety
//! No fix: the zone has to be signed another way.

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;
use crate::zone::ZoneView;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI605",
    name: "nsec3-over-enum",
    level: Level::Warning,
    is_pedantic: false,
    summary: "NSEC3 does not hide telephone numbers",
    basis: "§3, §5.2.1",
    fix: Fixable::No,
    check: Check::Zone(check),
};

fn check(view: &ZoneView<'_>, sink: &mut Sink<'_>) {
    let landmarks = view.landmarks;
    let nsec3 = landmarks.nsec3.as_ref().or(landmarks.nsec3param.as_ref());
    if let (Some(nsec3), Some(mimi)) = (nsec3, &landmarks.enum_mimi) {
        let message = "expected that telephone numbers cannot be listed, found NSEC3 over them, whose hashes can be guessed";
        let finding = Finding::new(&RULE, nsec3.type_place(), message)
            .with_related(mimi.owner_place(), "numbers like this can be guessed")
            .with_help("let the server sign its answers as it makes them, with minimal NSEC or NSEC3 records");
        sink.report(finding);
    }
}
