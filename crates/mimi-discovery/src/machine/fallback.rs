//! The oracle step: the user's oracles one after another, until one knows the identifier (§5.1.2, §5.2.2).

use core::time::Duration;

use super::{Action, Conclusion, Discovery, OracleRequest};
use crate::accounts::{Judged, Source, judge_definition_strings, unite};
use crate::assurance::{Assurance, Channel, Dnssec, Via};
use crate::message::{OracleAnswer, OracleFailure};
use crate::outcome::{Ending, SecurityFailure, TemporaryFailure};
use crate::question::Step;
use crate::trace::TraceEvent;

/// What DNS came to, kept while oracles are asked.
pub(super) struct Fallback {
    conclusion: Conclusion,
    /// The oracle that is being asked.
    asking: usize,
    /// The worst that an oracle came to so far.
    failure: Option<OracleFailure>,
}

impl Fallback {
    pub(super) fn new(conclusion: Conclusion) -> Self {
        Self {
            conclusion,
            asking: 0,
            failure: None,
        }
    }
}

impl Discovery {
    /// Takes what an oracle says. An answer that is not awaited changes nothing.
    pub fn handle_oracle(
        &mut self,
        request: OracleRequest,
        answer: Result<OracleAnswer, OracleFailure>,
        now: Duration,
    ) {
        let awaited = |fallback: &mut Fallback| fallback.asking == request.index;
        let Some(mut fallback) = self.fallback.take_if(awaited) else {
            return;
        };
        self.trace(
            now,
            match &answer {
                Ok(answer) => {
                    TraceEvent::OracleAnswered(request.index, answer.definition_strings.len())
                }
                Err(failure) => TraceEvent::OracleFailed(request.index, *failure),
            },
        );
        match answer {
            Ok(answer) if !answer.definition_strings.is_empty() => {
                return self.end_with_oracle(answer, &fallback, now);
            }
            Ok(_) => {}
            // A forgery outweighs a silence.
            Err(failure) if !fallback.failure.is_some_and(OracleFailure::is_forgery) => {
                fallback.failure = Some(failure);
            }
            Err(_) => {}
        }
        fallback.asking += 1;
        self.ask_oracle(fallback, now);
    }

    /// Asks the oracle whose turn it is; when all have been asked, ends.
    pub(super) fn ask_oracle(&mut self, fallback: Fallback, now: Duration) {
        let temporary =
            |failure| Conclusion::failure(Ending::TemporaryFailure(failure), Step::Oracle);
        if fallback.asking >= self.policy.oracles {
            let conclusion = match fallback.failure {
                // Every oracle says that it knows nothing: DNS had the last word.
                None => fallback.conclusion,
                Some(failure) if failure.is_forgery() => Conclusion::failure(
                    Ending::SecurityFailure(SecurityFailure::ForgedOracle),
                    Step::Oracle,
                ),
                Some(_) => temporary(TemporaryFailure::OracleUnavailable),
            };
            return self.finish(conclusion, now);
        }
        let Some(left) = self.questions_left.checked_sub(1) else {
            return self.finish(temporary(TemporaryFailure::Budget), now);
        };
        self.questions_left = left;
        let index = fallback.asking;
        self.trace(now, TraceEvent::AskedOracle(index));
        self.actions
            .push_back(Action::AskOracle(OracleRequest { index }));
        self.fallback = Some(fallback);
    }

    /// Ends with the accounts that an oracle knows. They never carry the assurance of DNS.
    fn end_with_oracle(&mut self, answer: OracleAnswer, fallback: &Fallback, now: Duration) {
        let source = Source {
            step: Step::Oracle,
            name: None,
            wildcard: false,
        };
        let mut judged = Judged::default();
        judge_definition_strings(answer.definition_strings, &source, &mut judged);
        let (groups, duplicates) = unite(judged.usable, Step::Oracle);
        self.dropped.extend(judged.dropped);
        self.dropped.extend(duplicates);
        let conclusion = Conclusion {
            ending: if groups.is_empty() {
                Ending::OnlyUnusable
            } else {
                Ending::Found(groups)
            },
            step: Step::Oracle,
            assurance: Some(Assurance {
                dnssec: Dnssec::Unchecked,
                channel: Channel::Oracle,
                via: Via::Oracle,
            }),
            // Also no longer than the absence that led here: DNS may know more soon.
            ttl: fallback.conclusion.ttl.map(|ttl| ttl.min(answer.ttl)),
        };
        self.finish(conclusion, now);
    }
}
