//! How many octets of memory an outcome or an answer takes up, by walking it.
//!
//! An estimate that leans upwards: every allocation counts with [`ALLOCATION`] more, and a list whose memory cannot be seen counts as grown
//! by doubling.

use mimi_discovery::{
    Contact, Dropped, Ending, Failure, Outcome, Question, Record, Response, TraceEntry, TraceEvent,
};
use mimi_name::DomainName;

/// What the allocator takes beside each piece of memory: its own word, rounding, and gaps that nobody else fits into.
const ALLOCATION: usize = 24;
/// The counts in front of what an `Arc` holds.
const SHARED: usize = 2 * size_of::<usize>();

/// What an outcome behind an `Arc` takes up: its groups, the records it did not use, its questions and its trace.
pub fn outcome_octets(outcome: &Outcome) -> u64 {
    let asked = list(&outcome.asked, question);
    let dropped = list(&outcome.dropped, dropped);
    let trace = outcome.trace.entries();
    let spare = trace.len().next_power_of_two().max(4) - trace.len();
    let trace = slice(trace, event) + spare * size_of::<TraceEntry>();
    let groups = match &outcome.ending {
        Ending::Found(groups) => list(groups, |group| list(&group.contacts, contact)),
        _ => 0,
    };
    total(SHARED + ALLOCATION + size_of::<Outcome>() + asked + dropped + trace + groups)
}

/// What an answer behind an `Arc` takes up: its records.
pub fn answer_octets(answer: &Result<Response, Failure>) -> u64 {
    let records = match answer {
        Ok(response) => list(&response.answer, record) + list(&response.authority, record),
        Err(_) => 0,
    };
    total(SHARED + ALLOCATION + size_of::<Result<Response, Failure>>() + records)
}

/// What a name takes up outside of itself.
pub(super) fn name(name: &DomainName) -> usize {
    // Names are built by doubling.
    ALLOCATION + name.as_wire().len().next_power_of_two().max(32)
}

/// What a text takes up outside of itself.
pub(super) fn text(text: &str) -> usize {
    ALLOCATION + text.len()
}

fn question(question: &Question) -> usize {
    name(&question.name)
}

fn dropped(dropped: &Dropped) -> usize {
    ALLOCATION + dropped.record.capacity()
}

fn record(record: &Record) -> usize {
    name(&record.owner) + ALLOCATION + record.rdata.capacity()
}

fn contact(contact: &Contact) -> usize {
    let mssi = &contact.mssi;
    let optional = [mssi.protocol_version(), mssi.service()];
    let extensions: usize = mssi
        .extensions()
        .map(|(name, value)| 2 * size_of::<(String, String)>() + text(name) + text(value))
        .sum();
    text(mssi.mssa())
        + text(mssi.mse())
        + optional.into_iter().flatten().map(text).sum::<usize>()
        + extensions
        + contact.name.as_ref().map_or(0, name)
}

fn event(entry: &TraceEntry) -> usize {
    match &entry.event {
        TraceEvent::Asked(asked) => question(asked),
        TraceEvent::Aliased { from, to } => name(from) + name(to),
        TraceEvent::Learnt {
            question: asked,
            finding,
            ..
        } => question(asked) + ALLOCATION + finding.capacity(),
        TraceEvent::Targets(names) => list(names, name),
        _ => 0,
    }
}

/// A list's own memory, and what its items hold.
fn list<T>(items: &Vec<T>, octets: impl Fn(&T) -> usize) -> usize {
    slice(items, octets) + (items.capacity() - items.len()) * size_of::<T>()
}

fn slice<T>(items: &[T], octets: impl Fn(&T) -> usize) -> usize {
    ALLOCATION + size_of_val(items) + items.iter().map(octets).sum::<usize>()
}

fn total(octets: usize) -> u64 {
    u64::try_from(octets).unwrap_or(u64::MAX)
}
