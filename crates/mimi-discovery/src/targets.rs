//! From the MIMIX records of an email domain to the names below which its people stand (D3, D34, D36).

use alloc::string::ToString;
use alloc::vec::Vec;

use mimi_name::DomainName;
use mimi_rr::Mimix;

use crate::accounts::{DropReason, Dropped};
use crate::limits;
use crate::question::Step;

/// What the MIMIX records of a domain came to.
#[derive(Default)]
pub(crate) struct Targets {
    /// MIMI resolution domains in canonical order, at most [`limits::MIMIX_RECORDS`].
    pub(crate) names: Vec<DomainName>,
    /// Whether the domain says that it takes no part: `.` and no target.
    pub(crate) declines: bool,
    pub(crate) dropped: Vec<Dropped>,
}

/// Judges the RDATA of every MIMIX record.
pub(crate) fn judge_mimix(rdata: &[Vec<u8>]) -> Targets {
    let mut targets = Targets::default();
    for octets in rdata {
        match Mimix::from_rdata(octets) {
            Ok(mimix) => targets.names.push(mimix.target().clone()),
            Err(error) => targets.dropped.push(Dropped {
                step: Step::Mimix,
                record: octets.clone(),
                reason: DropReason::MimixRdata(error),
            }),
        }
    }
    settle(targets, Step::Mimix)
}

/// Judges the TXT records of the bridge; those of another form are passed over in silence (D57).
pub(crate) fn judge_bridge(rdata: &[Vec<u8>]) -> Targets {
    let mut targets = Targets::default();
    for octets in rdata {
        // A TXT record whose strings are broken is not of the bridge's form either.
        let Ok(text) = mimi_rr::definition_string(octets) else {
            continue;
        };
        let Some(target) = mimi_mssi::bridge_target(&text) else {
            continue;
        };
        let name = target
            .ok()
            .and_then(|target| DomainName::parse_absolute(target).ok());
        match name {
            Some(name) => targets.names.push(name),
            None => targets.dropped.push(Dropped {
                step: Step::Txt,
                record: text.into_owned(),
                reason: DropReason::BridgeTarget,
            }),
        }
    }
    settle(targets, Step::Txt)
}

/// Orders the targets, takes `.` out, keeps as many as are used.
fn settle(mut targets: Targets, step: Step) -> Targets {
    let mut drop = |name: &DomainName, reason| {
        targets.dropped.push(Dropped {
            step,
            record: name.to_string().into_bytes(),
            reason,
        });
    };
    targets.names.sort();
    targets.names.dedup();
    let declines = targets.names.iter().any(DomainName::is_root);
    targets.names.retain(|name| !name.is_root());
    if declines && !targets.names.is_empty() {
        drop(&DomainName::root(), DropReason::DeclineBesideTargets);
    }
    for name in targets.names.iter().skip(limits::MIMIX_RECORDS) {
        drop(name, DropReason::TooManyMimix);
    }
    targets.names.truncate(limits::MIMIX_RECORDS);
    targets.declines = declines && targets.names.is_empty();
    targets
}
