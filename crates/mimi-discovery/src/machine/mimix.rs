//! The first step for an email address: from its domain to MIMI resolution domains (§5.1.1).

use alloc::vec::Vec;
use core::time::Duration;

use mimi_id::Identifier;
use mimi_name::DomainName;

use super::{Conclusion, Discovery, Purpose, TYPE_TXT};
use crate::accounts::{DropReason, Dropped};
use crate::lookup::{Finding, LookupResult};
use crate::oracle::DnsEvidence;
use crate::outcome::Ending;
use crate::question::Step;
use crate::targets::{Targets, judge_bridge, judge_mimix};
use crate::trace::TraceEvent;

impl Discovery {
    pub(super) fn learn_mimix(&mut self, finding: Finding, now: Duration) {
        match &finding.result {
            LookupResult::Records { rdata, .. } => {
                let targets = judge_mimix(rdata);
                self.use_targets(targets, finding, Step::Mimix, now);
            }
            LookupResult::NoData => match self.bridge_name(b"_mimix") {
                Some(name) => self.look_up(Purpose::MimixBridge(finding), name, TYPE_TXT, now),
                None => self.no_mimix(Ending::NoMapping, finding, now),
            },
            LookupResult::NoSuchName => {
                self.no_mimix(Ending::NoSuchName, finding, now);
            }
            LookupResult::Temporary(failure) => {
                let ending = Ending::TemporaryFailure(*failure);
                let conclusion = Conclusion::failure(ending, Step::Mimix);
                self.settle(conclusion, DnsEvidence::TemporaryFailure, now);
            }
            LookupResult::Security(failure) => {
                let ending = Ending::SecurityFailure(*failure);
                let conclusion = Conclusion::failure(ending, Step::Mimix);
                self.settle(conclusion, DnsEvidence::SecurityFailure, now);
            }
        }
    }

    /// `native` said that the domain has no MIMIX record; `finding` is what the bridge says (D57).
    pub(super) fn learn_mimix_bridge(&mut self, native: Finding, finding: Finding, now: Duration) {
        let joined = finding.after(&native);
        match &joined.result {
            LookupResult::Records { rdata, .. } => {
                let targets = judge_bridge(rdata);
                self.use_targets(targets, joined, Step::Txt, now);
            }
            LookupResult::NoData | LookupResult::NoSuchName => {
                self.no_mimix(Ending::NoMapping, joined, now);
            }
            LookupResult::Temporary(failure) => {
                let ending = Ending::TemporaryFailure(*failure);
                let conclusion = Conclusion::failure(ending, Step::Txt);
                self.settle(conclusion, DnsEvidence::BridgeInconclusive, now);
            }
            LookupResult::Security(failure) => {
                let ending = Ending::SecurityFailure(*failure);
                let conclusion = Conclusion::failure(ending, Step::Txt);
                self.settle(conclusion, DnsEvidence::SecurityFailure, now);
            }
        }
    }

    fn no_mimix(&mut self, ending: Ending, finding: Finding, now: Duration) {
        let conclusion = Conclusion::learnt(ending, Step::Mimix, &finding);
        self.settle(conclusion, DnsEvidence::Absent, now);
    }

    /// Goes on below the targets that the domain names, if there are any.
    fn use_targets(&mut self, targets: Targets, finding: Finding, step: Step, now: Duration) {
        let broken = !targets.dropped.is_empty();
        self.dropped.extend(targets.dropped);
        if targets.names.is_empty() {
            let (ending, evidence) = match (targets.declines, step) {
                (true, _) => (Ending::ProviderDeclines, DnsEvidence::NoValidMimix),
                (false, Step::Txt) if broken => {
                    (Ending::OnlyUnusable, DnsEvidence::BridgeInconclusive)
                }
                // TXT records, and none of them is the bridge's: what the native step said stands.
                (false, Step::Txt) => {
                    return self.no_mimix(Ending::NoMapping, finding, now);
                }
                (false, _) => (Ending::OnlyUnusable, DnsEvidence::NoValidMimix),
            };
            let conclusion = Conclusion::learnt(ending, step, &finding);
            return self.settle(conclusion, evidence, now);
        }
        let Identifier::Email(address) = &self.identifier else {
            return; // Only email addresses have a MIMIX step.
        };
        let mut names = Vec::with_capacity(targets.names.len());
        let mut refused = Vec::new();
        for target in &targets.names {
            match address.name_under(target) {
                Ok(name) => names.push(name),
                Err(reason) => refused.push((target, reason)),
            }
        }
        if names.is_empty()
            && let Some((_, reason)) = refused.pop()
        {
            let ending = Ending::Unmappable(reason);
            let conclusion = Conclusion::learnt(ending, Step::Mimi, &finding);
            return self.settle(conclusion, DnsEvidence::UnmappableBelowMimix, now);
        }
        self.dropped
            .extend(refused.into_iter().map(|(target, reason)| Dropped {
                step,
                record: alloc::format!("{target}").into_bytes(),
                reason: DropReason::UnmappableTarget(reason),
            }));
        self.trace(now, TraceEvent::Targets(targets.names));
        self.mimix = Some(finding);
        self.look_up_branches(names, now);
    }

    /// The name of the bridge for the email domain, where the bridge is on and the name fits.
    fn bridge_name(&self, label: &[u8]) -> Option<DomainName> {
        match &self.identifier {
            Identifier::Email(address) if self.policy.txt_bridge => {
                address.domain().prepend(label).ok()
            }
            _ => None,
        }
    }
}
