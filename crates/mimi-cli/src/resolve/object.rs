//! One object of the schema `mimi-resolve/1`.

use std::net::IpAddr;

use mimi_resolver::discovery::{
    Assurance, BogusReason, Contact, Dropped, Ending, Outcome, TraceEntry,
};
use mimi_resolver::{EndpointCheck, EndpointChecks};
use serde::Serialize;

use mimi_output::Octets;

#[derive(Serialize)]
pub(super) struct Object<'a> {
    schema: &'static str,
    input: &'a str,
    kind: &'static str,
    outcome: &'static str,
    code: Option<&'static str>,
    reason: Option<&'static str>,
    step: Option<&'static str>,
    names: Vec<String>,
    groups: Vec<Vec<ContactObject<'a>>>,
    dropped: Vec<DroppedObject>,
    assurance: Option<AssuranceObject>,
    trace: Vec<TraceObject>,
}

#[derive(Serialize)]
struct ContactObject<'a> {
    mssa: &'a str,
    mse: &'a str,
    priority: Option<u32>,
    service: Option<&'a str>,
    protocol_version: Option<&'a str>,
    extensions: Vec<(&'a str, &'a str)>,
    wildcard: bool,
    endpoint: Option<EndpointObject>,
}

#[derive(Serialize)]
struct EndpointObject {
    status: &'static str,
    code: Option<&'static str>,
    addresses: Vec<IpAddr>,
}

#[derive(Serialize)]
struct DroppedObject {
    record: String,
    verdict: &'static str,
    code: &'static str,
}

#[derive(Serialize)]
struct AssuranceObject {
    dnssec: &'static str,
    channel: &'static str,
    via: &'static str,
}

#[derive(Serialize)]
struct TraceObject {
    milliseconds: f64,
    event: String,
}

impl<'a> Object<'a> {
    pub(super) fn new(
        input: &'a str,
        outcome: &'a Outcome,
        endpoints: Option<&EndpointChecks>,
        trace: bool,
    ) -> Self {
        let contact = |one| contact(one, endpoints.and_then(|checks| checks.of(one)));
        let groups = outcome.groups().iter();
        let entries = outcome.trace.entries().iter().filter(|_| trace);
        Self {
            schema: "mimi-resolve/1",
            input,
            kind: outcome.kind.as_str(),
            outcome: outcome.ending.as_str(),
            code: outcome.ending.code(),
            reason: reason(outcome),
            step: outcome.step.map(|step| step.as_str()),
            names: outcome
                .asked
                .iter()
                .map(|question| question.name.to_string())
                .collect(),
            groups: groups
                .map(|group| group.contacts.iter().map(&contact).collect())
                .collect(),
            dropped: outcome.dropped.iter().map(dropped).collect(),
            assurance: outcome.assurance.map(assurance),
            trace: entries.map(trace_entry).collect(),
        }
    }
}

/// Why validation failed, where it did.
fn reason(outcome: &Outcome) -> Option<&'static str> {
    match &outcome.ending {
        Ending::SecurityFailure(failure) => failure.bogus_reason().map(BogusReason::as_str),
        _ => None,
    }
}

fn contact<'a>(contact: &'a Contact, check: Option<&EndpointCheck>) -> ContactObject<'a> {
    let mssi = &contact.mssi;
    ContactObject {
        mssa: mssi.mssa(),
        mse: mssi.mse(),
        priority: mssi.priority(),
        service: mssi.service(),
        protocol_version: mssi.protocol_version(),
        extensions: mssi.extensions().collect(),
        wildcard: contact.wildcard,
        endpoint: check.map(endpoint),
    }
}

fn endpoint(check: &EndpointCheck) -> EndpointObject {
    let (status, code, addresses) = match check {
        EndpointCheck::Vetted(vetted) => ("vetted", None, vetted.addresses.clone()),
        EndpointCheck::Refused(refusal) => ("refused", Some(refusal.code()), Vec::new()),
        EndpointCheck::Unresolved(failure) => ("unresolved", Some(failure.code()), Vec::new()),
    };
    EndpointObject {
        status,
        code,
        addresses,
    }
}

fn dropped(dropped: &Dropped) -> DroppedObject {
    DroppedObject {
        record: Octets(&dropped.record).to_string(),
        verdict: dropped.reason.verdict().as_str(),
        code: dropped.reason.code(),
    }
}

fn assurance(assurance: Assurance) -> AssuranceObject {
    AssuranceObject {
        dnssec: assurance.dnssec.as_str(),
        channel: assurance.channel.as_str(),
        via: assurance.via.as_str(),
    }
}

fn trace_entry(entry: &TraceEntry) -> TraceObject {
    TraceObject {
        milliseconds: (entry.at.as_secs_f64() * 1e6).round() / 1e3,
        event: entry.event.to_string(),
    }
}
