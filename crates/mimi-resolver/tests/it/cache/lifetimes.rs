//! How long each kind of outcome and answer is kept.

use mimi_id::Identifier;
use mimi_resolver::cache::lifetime::{of_answer, of_outcome};
use mimi_resolver::discovery::{
    BogusReason, Channel, Ending, Failure, Outcome, Proof, Record, Response, SecurityFailure,
    TemporaryFailure, effective_ttl,
};

use super::world::{after_two_questions, failed, found, outcome};
use crate::support::{mimi, name};

const MIMI: u16 = 65357;

/// In seconds.
fn kept(outcome: &Outcome) -> u64 {
    of_outcome(outcome).as_secs()
}

#[test]
fn records_are_kept_for_their_ttl_and_an_hour_at_most() {
    for (ttl, seconds) in [
        (0, 0),
        (1, 1),
        (3600, 3600),
        (3601, 3600),
        (0x7FFF_FFFF, 3600),
        // RFC 2181 §8.
        (0x8000_0000, 0),
        (u32::MAX, 0),
    ] {
        assert_eq!(kept(&outcome(found("a"), Some(ttl))), seconds, "{ttl}");
        let declines = outcome(Ending::ProviderDeclines, Some(ttl));
        assert_eq!(kept(&declines), seconds, "{ttl}");
    }
    assert_eq!(kept(&outcome(found("a"), None)), 0);
}

#[test]
fn an_absence_is_kept_for_five_seconds_to_five_minutes() {
    for (ttl, seconds) in [(0, 5), (5, 5), (60, 60), (86400, 300), (u32::MAX, 5)] {
        for ending in [Ending::NoSuchName, Ending::NoMapping] {
            assert_eq!(kept(&outcome(ending, Some(ttl))), seconds, "{ttl}");
        }
    }
    let mending = outcome(Ending::OnlyUnusable, Some(3600));
    assert_eq!(kept(&mending), 300);
    assert_eq!(kept(&outcome(Ending::OnlyUnusable, Some(0))), 0);
}

#[test]
fn never_keeps_an_absence_longer_than_the_records_that_led_to_it() {
    let of = |ttl| kept(&after_two_questions(outcome(Ending::NoSuchName, Some(ttl))));
    assert_eq!((of(0), of(2), of(3600)), (0, 2, 300));
}

#[test]
fn failures_are_kept_for_half_a_minute_at_most() {
    for (failure, seconds) in [
        (TemporaryFailure::Budget, 30),
        (TemporaryFailure::Loop, 30),
        (TemporaryFailure::Lame, 30),
        (TemporaryFailure::Malformed, 30),
        (TemporaryFailure::ServerFailure { rcode: 2 }, 30),
        (TemporaryFailure::Timeout, 5),
        (TemporaryFailure::Truncated, 5),
        (TemporaryFailure::Indeterminate, 5),
        (TemporaryFailure::OracleUnavailable, 5),
        (TemporaryFailure::Network, 0),
    ] {
        assert_eq!(kept(&failed(failure)), seconds, "{failure:?}");
    }
    for failure in [
        SecurityFailure::Bogus(BogusReason::SignatureExpired),
        SecurityFailure::NotSecure,
        SecurityFailure::ForgedOracle,
    ] {
        let outcome = outcome(Ending::SecurityFailure(failure), Some(3600));
        assert_eq!(kept(&outcome), 30);
    }
}

#[test]
fn never_keeps_what_is_known_without_asking() {
    let invalid = Outcome::invalid(Identifier::parse("a").unwrap_err());
    assert_eq!(kept(&invalid), 0);
    let reason = mimi_id::Unmappable::NameTooLong;
    let unmappable = outcome(Ending::Unmappable(reason), Some(3600));
    assert_eq!(kept(&unmappable), 0);
}

#[test]
fn a_ttl_with_its_highest_bit_set_is_zero() {
    assert_eq!(effective_ttl(0x7FFF_FFFF), 0x7FFF_FFFF);
    assert_eq!(effective_ttl(0x8000_0000), 0);
}

fn record(ttl: u32) -> Record {
    Record {
        ttl,
        ..mimi(&name("bob.example"), "v=MIMI1; a=b; e=c.example")
    }
}

fn soa(ttl: u32, minimum: u32) -> Record {
    Record {
        record_type: 6,
        rdata: [&[0; 18][..], &minimum.to_be_bytes()].concat(),
        ..record(ttl)
    }
}

fn response(answer: Vec<Record>, authority: Vec<Record>) -> Response {
    Response {
        rcode: 0,
        truncated: false,
        answer,
        authority,
        denial: Proof::Unchecked,
        channel: Channel::Plain,
    }
}

fn answer_kept(response: Response) -> u64 {
    of_answer(MIMI, &Ok(response)).as_secs()
}

#[test]
fn an_answer_is_kept_for_the_least_of_its_records() {
    let both = |first, second| answer_kept(response(vec![record(first), record(second)], vec![]));
    assert_eq!(both(60, 7), 7);
    assert_eq!(both(86400, 86400), 3600);
    assert_eq!(both(60, 0), 0);
    assert_eq!(both(60, 0x8000_0001), 0);
}

#[test]
fn a_denial_is_kept_for_what_its_soa_says() {
    let denial = |ttl, minimum| answer_kept(response(vec![], vec![soa(ttl, minimum)]));
    assert_eq!(denial(3600, 60), 60);
    assert_eq!(denial(60, 3600), 60);
    assert_eq!(denial(3600, 3600), 300);
    assert_eq!(denial(3600, 0), 5);
    assert_eq!(denial(3600, u32::MAX), 5);
    let nxdomain = Response {
        rcode: 3,
        ..response(vec![], vec![])
    };
    assert_eq!(answer_kept(nxdomain), 5);
}

#[test]
fn never_keeps_an_alias_longer_than_its_own_ttl() {
    let alias = |ttl| Record {
        record_type: 5,
        ..record(ttl)
    };
    let denied = |ttl| answer_kept(response(vec![alias(ttl)], vec![soa(3600, 60)]));
    assert_eq!((denied(2), denied(600)), (2, 60));
    // Not followed by the server: good for as long as the alias itself.
    assert_eq!(answer_kept(response(vec![alias(600)], vec![])), 600);
}

#[test]
fn failing_answers_are_kept_for_half_a_minute_at_most() {
    let servfail = Response {
        rcode: 2,
        ..response(vec![record(3600)], vec![])
    };
    assert_eq!(answer_kept(servfail), 30);
    assert_eq!(answer_kept(response(vec![], vec![])), 30);
    let bogus = Record {
        proof: Proof::Bogus,
        ..record(3600)
    };
    assert_eq!(answer_kept(response(vec![bogus], vec![])), 30);
    let stripped = Response {
        denial: Proof::Indeterminate,
        ..response(vec![], vec![soa(3600, 3600)])
    };
    assert_eq!(answer_kept(stripped), 5);
    let truncated = Response {
        truncated: true,
        ..response(vec![record(3600)], vec![])
    };
    assert_eq!(answer_kept(truncated), 5);
    for (failure, seconds) in [
        (Failure::Timeout, 5),
        (Failure::Malformed, 30),
        (Failure::Bogus(BogusReason::SignatureExpired), 30),
        (Failure::Network, 0),
        (Failure::Budget, 0),
    ] {
        assert_eq!(of_answer(MIMI, &Err(failure)).as_secs(), seconds);
    }
}
