//! # What it does
//! Finds TXT records at `_mimi.` and `_mimix.` names that do not say the same as the MIMI or MIMIX records they stand for.
//!
//! # Why it is bad
//! Callers that use the bridge ask for the native records first, so what the TXT records say is seen only by some, or by nobody.
//! Mostly they were forgotten when the native records changed.
//!
//! # Example
//! ```zone
//! alice MIMI "v=MIMI1; a=alice99; e=im.chat.zone"
//! _mimi.alice TXT "v=MIMI1; a=alice; e=im.chat.zone"
//! ```
//!
//! # Use instead
//! ```zone
//! alice MIMI "v=MIMI1; a=alice99; e=im.chat.zone"
//! _mimi.alice TXT "v=MIMI1; a=alice99; e=im.chat.zone"
//! ```
//!
//! # Fix safety
//! No fix: only the owner knows which of the two is right.

use std::collections::BTreeSet;

use mimi_name::DomainName;

use crate::finding::Finding;
use crate::level::Level;
use crate::record::{Record, types};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;
use crate::zone::ZoneView;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI313",
    name: "bridge-differs",
    level: Level::Warning,
    is_pedantic: false,
    summary: "TXT records of the bridge say something else than the native records",
    basis: "D57",
    fix: Fixable::No,
    check: Check::Zone(check),
};

/// What a record says: the value of each tag, or the target.
type Said = Vec<Option<String>>;

fn check(view: &ZoneView<'_>, sink: &mut Sink<'_>) {
    for (name, records) in view.names {
        let label = name.labels().next().unwrap_or_default();
        let Some(bridged) = name.parent() else {
            continue;
        };
        let codes = view.settings.types;
        let (read, native): (fn(&Record) -> Option<Said>, u16) =
            if label.eq_ignore_ascii_case(b"_mimi") {
                (definition, codes.mimi())
            } else if label.eq_ignore_ascii_case(b"_mimix") {
                (bridge_target, codes.mimix())
            } else {
                continue;
            };
        let text = records
            .iter()
            .filter(|record| record.record_type == types::TXT);
        let text: Vec<(&Record, Said)> = text
            .filter_map(|record| Some((record, read(record)?)))
            .collect();
        let said: BTreeSet<&Said> = text.iter().map(|(_, said)| said).collect();
        let natives = view.names.get(&bridged).into_iter().flatten();
        let natives: Vec<(&Record, Said)> = natives
            .filter(|record| record.record_type == native)
            .filter_map(|record| Some((record, native_says(record)?)))
            .collect();
        let native_said: BTreeSet<&Said> = natives.iter().map(|(_, said)| said).collect();
        let (Some((first, _)), Some((other, _))) = (text.first(), natives.first()) else {
            continue;
        };
        if said == native_said {
            continue;
        }
        let differs = text.iter().find(|(_, said)| !native_said.contains(said));
        let place = differs.map_or(first, |(record, _)| record).rdata_place();
        let message = format!(
            "expected the TXT records at `{name}` to say the same as the records they stand for, found a difference"
        );
        let finding = Finding::new(&RULE, place, message)
            .with_related(other.rdata_place(), "they stand for this")
            .with_help("bring the TXT records up to date, or remove them");
        sink.report(finding);
    }
}

fn definition(record: &Record) -> Option<Said> {
    let text = mimi_rr::definition_string(record.rdata.as_deref()?).ok()?;
    let mssi = mimi_mssi::parse_strict(&text).ok()?;
    let own = |text: &str| Some(text.to_owned());
    Some(vec![
        own(mssi.mssa()),
        own(mssi.mse()),
        mssi.protocol_version().and_then(own),
        mssi.priority().map(|priority| priority.to_string()),
        mssi.service().and_then(own),
    ])
}

fn bridge_target(record: &Record) -> Option<Said> {
    let text = mimi_rr::definition_string(record.rdata.as_deref()?).ok()?;
    let target = mimi_mssi::bridge_target(&text)?.ok()?;
    let target = DomainName::from_text(target.as_bytes(), Some(&DomainName::root())).ok()?;
    Some(vec![Some(target.to_lowercase().to_string())])
}

fn native_says(record: &Record) -> Option<Said> {
    definition(record).or_else(|| Some(vec![Some(record.target()?.to_lowercase().to_string())]))
}
