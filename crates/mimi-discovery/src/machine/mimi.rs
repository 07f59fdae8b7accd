//! The step that every identifier comes to: the MIMI records of one or more names, united (§4.4, §5.2.1, D34).

use alloc::vec::Vec;
use core::time::Duration;

use mimi_id::Kind;
use mimi_name::DomainName;

use super::{Conclusion, Discovery, Purpose, TYPE_TXT, weakest};
use crate::accounts::{Source, Usable, judge_rdata, unite};
use crate::assurance::Assurance;
use crate::lookup::{Finding, LookupResult};
use crate::oracle::DnsEvidence;
use crate::outcome::{Ending, SecurityFailure, TemporaryFailure};
use crate::question::Step;

/// One name whose MIMI records are looked up.
pub(super) struct Branch {
    name: DomainName,
    end: Option<BranchEnd>,
}

impl Branch {
    fn is_out_of_budget(&self) -> bool {
        let result = self.end.as_ref().map(|end| &end.result);
        matches!(
            result,
            Some(BranchResult::Temporary(TemporaryFailure::Budget))
        )
    }
}

/// What a branch came to.
struct BranchEnd {
    step: Step,
    result: BranchResult,
    assurance: Option<Assurance>,
    ttl: Option<u32>,
}

enum BranchResult {
    Usable(Vec<Usable>),
    OnlyUnusable,
    NoSuchName,
    NoData,
    Temporary(TemporaryFailure),
    Security(SecurityFailure),
}

impl Discovery {
    pub(super) fn look_up_branches(&mut self, names: Vec<DomainName>, now: Duration) {
        let branch = |name: &DomainName| Branch {
            name: name.clone(),
            end: None,
        };
        self.branches = names.iter().map(branch).collect();
        let code = self.policy.type_codes.mimi();
        for (index, name) in names.into_iter().enumerate() {
            self.look_up(Purpose::Branch(index), name, code, now);
        }
    }

    pub(super) fn learn_mimi(&mut self, index: usize, finding: Finding, now: Duration) {
        if matches!(finding.result, LookupResult::NoData)
            && self.policy.txt_bridge
            && let Ok(name) = self.branches[index].name.prepend(b"_mimi")
        {
            return self.look_up(Purpose::BranchBridge(index, finding), name, TYPE_TXT, now);
        }
        let result = self.judge(index, &finding, Step::Mimi);
        self.end_branch(index, Step::Mimi, result, finding, now);
    }

    /// `native` said that the name has no MIMI record; `finding` is what the bridge says (D57).
    pub(super) fn learn_mimi_bridge(
        &mut self,
        index: usize,
        native: Finding,
        finding: Finding,
        now: Duration,
    ) {
        let joined = finding.after(&native);
        let (step, result) = match self.judge(index, &joined, Step::Txt) {
            // The bridge's name being absent says nothing about the native one, which exists.
            BranchResult::NoSuchName | BranchResult::NoData => (Step::Mimi, BranchResult::NoData),
            other => (Step::Txt, other),
        };
        self.end_branch(index, step, result, joined, now);
    }

    fn judge(&mut self, index: usize, finding: &Finding, step: Step) -> BranchResult {
        match &finding.result {
            LookupResult::Records { rdata, wildcard } => {
                let source = Source {
                    step,
                    name: Some(&self.branches[index].name),
                    wildcard: *wildcard,
                };
                let judged = judge_rdata(rdata, &source);
                let broken = !judged.dropped.is_empty();
                self.dropped.extend(judged.dropped);
                if !judged.usable.is_empty() {
                    BranchResult::Usable(judged.usable)
                } else if step == Step::Mimi || broken {
                    BranchResult::OnlyUnusable
                } else {
                    // TXT records, and none of them is the bridge's.
                    BranchResult::NoData
                }
            }
            LookupResult::NoSuchName => BranchResult::NoSuchName,
            LookupResult::NoData => BranchResult::NoData,
            LookupResult::Temporary(failure) => BranchResult::Temporary(*failure),
            LookupResult::Security(failure) => BranchResult::Security(*failure),
        }
    }

    fn end_branch(
        &mut self,
        index: usize,
        step: Step,
        result: BranchResult,
        finding: Finding,
        now: Duration,
    ) {
        self.branches[index].end = Some(BranchEnd {
            step,
            result,
            assurance: finding.assurance,
            ttl: finding.ttl,
        });
        if self.branches.iter().all(|branch| branch.end.is_some()) {
            self.conclude(now);
        }
    }

    /// Unites the branches. A failure of one is a failure of all: a dropped packet must not hide an account (D34).
    fn conclude(&mut self, now: Duration) {
        if self.branches.iter().any(Branch::is_out_of_budget) {
            // The questions are spent in every order of answers or in none; which branch that hits, and what the others
            // still learnt, depends on the order. So nothing else is told (D39).
            self.dropped.clear();
            let ending = Ending::TemporaryFailure(TemporaryFailure::Budget);
            let conclusion = Conclusion::failure(ending, Step::Mimi);
            return self.settle(conclusion, DnsEvidence::TemporaryFailure, now);
        }
        if let Some(conclusion) = self.forged_branch() {
            return self.settle(conclusion, DnsEvidence::SecurityFailure, now);
        }
        let branches = core::mem::take(&mut self.branches);
        let ends: Vec<BranchEnd> = branches
            .into_iter()
            .filter_map(|branch| branch.end)
            .collect();
        let mimix = self.mimix.as_ref();
        let assurance = weakest(
            ends.iter()
                .map(|end| end.assurance)
                .chain(mimix.map(|finding| finding.assurance)),
        );
        let ttl = ends
            .iter()
            .filter_map(|end| end.ttl)
            .chain(mimix.and_then(|finding| finding.ttl))
            .min();

        let mut usable = Vec::new();
        let (mut step, mut only_unusable, mut exists) = (Step::Mimi, false, false);
        for end in ends {
            step = step.max(end.step);
            match end.result {
                BranchResult::Temporary(failure) => {
                    let ending = Ending::TemporaryFailure(failure);
                    let conclusion = Conclusion::failure(ending, end.step);
                    return self.settle(conclusion, DnsEvidence::TemporaryFailure, now);
                }
                BranchResult::Usable(records) => usable.extend(records),
                BranchResult::OnlyUnusable => only_unusable = true,
                BranchResult::NoData => exists = true,
                BranchResult::NoSuchName | BranchResult::Security(_) => {}
            }
        }
        let (ending, evidence) = if !usable.is_empty() {
            let (groups, duplicates) = unite(usable, step);
            self.dropped.extend(duplicates);
            (Ending::Found(groups), DnsEvidence::Found)
        } else if only_unusable {
            let evidence = match (self.identifier.kind(), step) {
                (Kind::Email, _) => DnsEvidence::NoUsableMimiBelowMimix,
                (_, Step::Txt) => DnsEvidence::BridgeInconclusive,
                _ => DnsEvidence::NoUsableMimi,
            };
            (Ending::OnlyUnusable, evidence)
        } else {
            let ending = if exists {
                Ending::NoMapping
            } else {
                Ending::NoSuchName
            };
            let evidence = match self.identifier.kind() {
                Kind::Email => DnsEvidence::NoUsableMimiBelowMimix,
                _ => DnsEvidence::Absent,
            };
            (ending, evidence)
        };
        let conclusion = Conclusion {
            ending,
            step,
            assurance,
            ttl,
        };
        self.settle(conclusion, evidence, now);
    }

    /// How to end when a branch met data that cannot be trusted; that outweighs what the other branches met.
    pub(super) fn forged_branch(&self) -> Option<Conclusion> {
        self.branches.iter().find_map(|branch| {
            let end = branch.end.as_ref()?;
            match end.result {
                BranchResult::Security(failure) => Some(Conclusion::failure(
                    Ending::SecurityFailure(failure),
                    end.step,
                )),
                _ => None,
            }
        })
    }
}
