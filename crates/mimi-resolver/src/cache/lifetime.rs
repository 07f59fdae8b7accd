//! How long what was learnt may be used: one pure function for outcomes, one for answers, and their constants.
//!
//! | learnt | kept for |
//! |---|---|
//! | records | their least TTL, at most [`LONGEST_POSITIVE`]; TTL 0 is not kept |
//! | what an oracle says | until it expires, but no longer than the absence in DNS that led to it |
//! | only unusable records | their least TTL, at most [`LONGEST_NEGATIVE`]: the publisher is likely to be mending them |
//! | an absence | what the SOA says (RFC 2308 §5), from [`SHORTEST_NEGATIVE`] to [`LONGEST_NEGATIVE`] |
//! | a failure that the data or the server cause: budget, loop, lame, malformed, server failure | [`FAILURE`] (RFC 9520 §3.2) |
//! | a failure that passes: timeout, truncated, indeterminate, oracle unavailable | [`PASSING_FAILURE`] |
//! | the network refused | not at all: it costs no server anything, and is as often this side's own doing |
//! | a security failure | [`SECURITY_FAILURE`] |
//! | *invalid*, *unmappable* | not at all: they are known without asking |
//!
//! Signatures that come with an answer end its time, too: what is kept has to be valid still.
//!
//! Where an absence was reached along records with a TTL of their own, the least of all counts, without a lower bound: a record with TTL 0
//! is for one use. A TTL with its highest bit set is 0 (RFC 2181 §8).

use std::time::Duration;

use mimi_discovery::{
    Ending, Failure, Outcome, Proof, Record, Response, SecurityFailure, Step, TemporaryFailure,
    TraceEvent, effective_ttl,
};

/// The longest that records are used, whatever their TTL says: a person who moves is found again within the hour.
pub const LONGEST_POSITIVE: Duration = Duration::from_secs(3600);
/// The shortest that an absence is kept: less would ask again for every message that is typed.
pub const SHORTEST_NEGATIVE: Duration = Duration::from_secs(5);
/// The longest that an absence is kept: a person who has just published is found within five minutes.
pub const LONGEST_NEGATIVE: Duration = Duration::from_secs(300);
/// How long a failure is kept that asking again will not mend soon.
pub const FAILURE: Duration = Duration::from_secs(30);
/// How long a failure is kept that may be over at any time.
pub const PASSING_FAILURE: Duration = Duration::from_secs(5);
/// How long data that cannot be trusted is said to be so.
pub const SECURITY_FAILURE: Duration = Duration::from_secs(30);

const NXDOMAIN: u16 = 3;
const RRSIG: u16 = 46;
const SOA: u16 = 6;

/// How long an outcome may be kept; zero means not at all.
pub fn of_outcome(outcome: &Outcome) -> Duration {
    let ttl = seconds(outcome.ttl.unwrap_or(0));
    match &outcome.ending {
        // It rests on the absence that led to the oracle.
        Ending::Found(_) if outcome.step == Some(Step::Oracle) => ttl.min(LONGEST_NEGATIVE),
        Ending::Found(_) | Ending::ProviderDeclines => ttl.min(LONGEST_POSITIVE),
        Ending::OnlyUnusable => ttl.min(LONGEST_NEGATIVE),
        Ending::NoSuchName | Ending::NoMapping if is_one_answer(outcome) => {
            ttl.clamp(SHORTEST_NEGATIVE, LONGEST_NEGATIVE)
        }
        Ending::NoSuchName | Ending::NoMapping => ttl.min(LONGEST_NEGATIVE),
        Ending::TemporaryFailure(failure) => of_temporary(*failure),
        Ending::SecurityFailure(failure) => of_security(*failure),
        _ => Duration::ZERO,
    }
}

/// Whether a failure is what was learnt, which has no TTL that began to run at a server.
pub(super) fn is_failure(outcome: &Outcome) -> bool {
    matches!(
        outcome.ending,
        Ending::TemporaryFailure(_) | Ending::SecurityFailure(_)
    )
}

/// How long the answer to a question for this type may be kept; zero means not at all.
pub fn of_answer(record_type: u16, answer: &Result<Response, Failure>) -> Duration {
    match answer {
        Ok(response) => of_response(record_type, response),
        Err(Failure::Timeout | Failure::Truncated | Failure::Indeterminate) => PASSING_FAILURE,
        Err(Failure::Malformed) => FAILURE,
        Err(Failure::Bogus(_)) => SECURITY_FAILURE,
        // The network, and a spent budget: that is the asking identifier's, and the next may have one.
        Err(_) => Duration::ZERO,
    }
}

fn of_response(record_type: u16, response: &Response) -> Duration {
    if response.truncated {
        return PASSING_FAILURE;
    }
    if !matches!(response.rcode, 0 | NXDOMAIN) {
        return FAILURE;
    }
    let records = || response.answer.iter().chain(&response.authority);
    let proofs = || {
        let proofs = records().map(|record| record.proof);
        proofs.chain([response.denial])
    };
    if proofs().any(|proof| proof == Proof::Bogus) {
        return SECURITY_FAILURE;
    }
    if proofs().any(|proof| proof == Proof::Indeterminate) {
        return PASSING_FAILURE;
    }
    let least = records().map(record_seconds).min();
    let is_wanted = |record: &Record| record.record_type == record_type;
    let has_soa = response
        .authority
        .iter()
        .any(|record| record.record_type == SOA);
    if response.answer.iter().any(is_wanted) {
        return least.unwrap_or_default().min(LONGEST_POSITIVE);
    }
    match (response.rcode, response.answer.is_empty(), has_soa, least) {
        // A broken delegation (D58), unless a denial was proved.
        (0, true, false, _) if response.denial != Proof::Secure => FAILURE,
        // An alias that the server did not follow.
        (0, false, false, Some(least)) => least.min(LONGEST_POSITIVE),
        // Without an SOA nothing says for how long.
        (_, true, false, _) => SHORTEST_NEGATIVE,
        (_, true, true, Some(least)) => least.clamp(SHORTEST_NEGATIVE, LONGEST_NEGATIVE),
        (.., least) => least.unwrap_or_default().min(LONGEST_NEGATIVE),
    }
}

/// Seconds for which a record may be kept; an SOA in an authority section denies for no longer than its last field says (RFC 2308 §5).
fn record_seconds(record: &Record) -> Duration {
    let ttl = effective_ttl(record.ttl);
    let minimum = match record.rdata.last_chunk::<4>() {
        Some(octets) if record.record_type == SOA => effective_ttl(u32::from_be_bytes(*octets)),
        _ => ttl,
    };
    seconds(ttl.min(minimum))
}

/// How long the first signature of a response to expire is still valid at `wall`, the time since 1970; `None` without signatures.
///
/// Expiration is a serial number (RFC 4034 §3.1.5).
pub fn of_signatures(response: &Response, wall: Duration) -> Option<Duration> {
    let [_, _, _, _, now @ ..] = wall.as_secs().to_be_bytes();
    let now = u32::from_be_bytes(now);
    let records = response.answer.iter().chain(&response.authority);
    let signatures = records.filter(|record| record.record_type == RRSIG);
    let left = signatures.filter_map(|record| {
        let expiration = record.rdata.get(8..12)?.first_chunk::<4>()?;
        let left = u32::from_be_bytes(*expiration).wrapping_sub(now);
        // More than half of the circle away is behind us.
        Some(if left < 1 << 31 { left } else { 0 })
    });
    left.min().map(|left| Duration::from_secs(u64::from(left)))
}

/// Whether one answer without aliases is all that an outcome rests on, so that its TTL is the SOA's.
fn is_one_answer(outcome: &Outcome) -> bool {
    let mut events = outcome.trace.entries().iter().map(|entry| &entry.event);
    outcome.asked.len() == 1 && !events.any(|event| matches!(event, TraceEvent::Aliased { .. }))
}

fn of_temporary(failure: TemporaryFailure) -> Duration {
    match failure {
        TemporaryFailure::Budget
        | TemporaryFailure::Loop
        | TemporaryFailure::Lame
        | TemporaryFailure::Malformed
        | TemporaryFailure::ServerFailure { .. } => FAILURE,
        TemporaryFailure::Timeout
        | TemporaryFailure::Truncated
        | TemporaryFailure::Indeterminate
        | TemporaryFailure::OracleUnavailable => PASSING_FAILURE,
        // The network, and what this version does not know.
        _ => Duration::ZERO,
    }
}

fn of_security(failure: SecurityFailure) -> Duration {
    match failure {
        SecurityFailure::Bogus(_) | SecurityFailure::NotSecure | SecurityFailure::ForgedOracle => {
            SECURITY_FAILURE
        }
        _ => Duration::ZERO,
    }
}

fn seconds(ttl: u32) -> Duration {
    Duration::from_secs(u64::from(effective_ttl(ttl)))
}
