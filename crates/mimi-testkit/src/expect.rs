//! How a scenario must end, how it did end, and where the two differ.

use mimi_discovery::Outcome;
use serde::{Deserialize, Serialize};

/// How a scenario must end. What is left out is nothing: no code, no groups, no assurance.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The word for the outcome (D33).
    pub outcome: String,
    /// The code that says more.
    pub code: Option<String>,
    /// The step at which it arose.
    pub step: Option<String>,
    /// Every question in the order it is asked, as `name type`. Left out only where `questions` counts them.
    pub asked: Option<Vec<String>>,
    /// How many questions are asked.
    pub questions: Option<usize>,
    /// The accounts of each priority group, the most wanted group first.
    #[serde(default)]
    pub groups: Vec<Vec<Account>>,
    /// The codes of the records that were not used, in alphabetical order.
    #[serde(default)]
    pub dropped: Vec<String>,
    /// How sure the outcome is.
    pub assurance: Option<ExpectedAssurance>,
    /// How many requests go to oracles.
    #[serde(default)]
    pub oracle_requests: usize,
    /// Seconds that the outcome may be kept; not tested where left out.
    pub ttl: Option<u32>,
    /// When the outcome is there; tested by runners with a virtual clock, where given.
    pub ends_at_ms: Option<u64>,
    /// How often any one question is sent at most; tested by runners with sockets, where given.
    pub max_sendings: Option<usize>,
}

/// One account of a priority group.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The account label.
    pub a: String,
    /// The endpoint.
    pub e: String,
    /// The priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p: Option<u32>,
    /// The protocol version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pv: Option<String>,
    /// The service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub s: Option<String>,
}

/// How sure an outcome is (D55).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedAssurance {
    /// `unchecked`, `insecure` or `secure`.
    pub dnssec: String,
    /// `plain`, `oracle`, `dot`, `doh`, `doq` or `loopback`; runners that use their own sockets pass over it.
    pub channel: String,
    /// `dns`, `txt` or `oracle`.
    pub via: String,
}

/// How a scenario did end.
#[derive(Clone, Debug)]
pub struct Observed {
    /// The outcome.
    pub outcome: Outcome,
    /// How many requests went to oracles, where the runner can tell.
    pub oracle_requests: usize,
    /// When the outcome was there, by a virtual clock.
    pub ends_at_ms: Option<u64>,
    /// How often the most sent question was sent, where there were sockets.
    pub most_sendings: Option<usize>,
}

/// A member of [`Expected`] that differs from what was observed, both as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The member.
    pub member: &'static str,
    /// What the scenario expects.
    pub expected: String,
    /// What was observed.
    pub observed: String,
}

impl Expected {
    /// Where `observed` differs; empty when it is as it must be.
    pub fn differences(&self, observed: &Observed) -> Vec<Difference> {
        let outcome = &observed.outcome;
        let has_sockets = observed.most_sendings.is_some();
        let mut found = Differences::default();

        found.compare("outcome", self.outcome.as_str(), outcome.ending.as_str());
        found.compare("code", self.code.as_deref(), outcome.ending.code());
        let step = outcome.step.map(|step| step.as_str());
        found.compare("step", self.step.as_deref(), step);

        // Names compare without ASCII case, and over sockets concurrent questions have no order.
        let questions = |asked: Vec<String>| {
            let mut asked: Vec<String> = asked.iter().map(|one| one.to_ascii_lowercase()).collect();
            if has_sockets {
                asked.sort_unstable();
            }
            asked
        };
        if let Some(asked) = &self.asked {
            let observed = outcome.asked.iter().map(ToString::to_string).collect();
            found.compare("asked", questions(asked.clone()), questions(observed));
        }
        if let Some(count) = self.questions {
            found.compare("questions", count, outcome.asked.len());
        }

        found.compare("groups", &self.groups, &accounts(outcome));
        let mut dropped: Vec<&str> = outcome
            .dropped
            .iter()
            .map(|one| one.reason.code())
            .collect();
        dropped.sort_unstable();
        found.compare(
            "dropped",
            self.dropped.iter().map(String::as_str).collect(),
            dropped,
        );

        let mut assurance = outcome.assurance.map(|assurance| ExpectedAssurance {
            dnssec: assurance.dnssec.as_str().to_owned(),
            channel: assurance.channel.as_str().to_owned(),
            via: assurance.via.as_str().to_owned(),
        });
        if has_sockets && let (Some(observed), Some(expected)) = (&mut assurance, &self.assurance) {
            observed.channel.clone_from(&expected.channel);
        }
        found.compare("assurance", &self.assurance, &assurance);

        found.compare(
            "oracle_requests",
            self.oracle_requests,
            observed.oracle_requests,
        );
        if self.ttl.is_some() {
            found.compare("ttl", self.ttl, outcome.ttl);
        }
        if self.ends_at_ms.is_some() && !has_sockets {
            found.compare("ends_at_ms", self.ends_at_ms, observed.ends_at_ms);
        }
        if let (Some(limit), Some(sendings)) = (self.max_sendings, observed.most_sendings)
            && sendings > limit
        {
            found.compare("max_sendings", limit, sendings);
        }
        found.0
    }
}

#[derive(Default)]
struct Differences(Vec<Difference>);

impl Differences {
    fn compare<T: PartialEq + Serialize>(
        &mut self,
        member: &'static str,
        expected: T,
        observed: T,
    ) {
        if expected != observed {
            let json = |value: &T| serde_json::to_string(value).unwrap_or_default();
            self.0.push(Difference {
                member,
                expected: json(&expected),
                observed: json(&observed),
            });
        }
    }
}

pub(crate) fn accounts(outcome: &Outcome) -> Vec<Vec<Account>> {
    let groups = outcome.groups().iter().map(|group| {
        let accounts = group.contacts.iter().map(|contact| Account {
            a: contact.mssi.mssa().to_owned(),
            e: contact.mssi.mse().to_owned(),
            p: contact.mssi.priority(),
            pv: contact.mssi.protocol_version().map(str::to_owned),
            s: contact.mssi.service().map(str::to_owned),
        });
        accounts.collect()
    });
    groups.collect()
}
