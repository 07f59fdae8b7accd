//! Oracles of mimi-oracle/1 over real TLS sockets, through the whole resolver: what they say, how they fail, how long it is kept.

use std::sync::Arc;
use std::time::Duration;

use mimi_resolver::discovery::{
    Channel, Dnssec, Failure, Outcome, Policy, Proof, Question, Record, Response, Step, TraceEvent,
    Validation, Via,
};
use mimi_resolver::oracle_client::OracleClientConfig;
use mimi_resolver::{
    BlindedOracle, CertificateAuthorities, DnssecRequest, Oracle, Resolver, Upstream,
};
use mimi_testkit::{OracleFlaw, ScriptedOracle};

use crate::support::summary;

const PEOPLE: &[(&str, &[&str])] = &[
    (
        "alice@example.com",
        &[
            "v=MIMI1; a=alice; e=im.example.org; p=2",
            "v=MIMI1; a=al; e=chat.example.org; p=1",
        ],
    ),
    ("+15551234567", &["v=MIMI1; a=tel; e=im.example.org"]),
    ("old@example.com", &["v=MIMI2; x"]),
];

/// The client of an oracle, in its place in a resolver.
pub(crate) fn blinded(oracle: &ScriptedOracle) -> BlindedOracle {
    let mut config = OracleClientConfig::default();
    // Longer than a busy machine needs.
    config.timeout = Duration::from_secs(12);
    blinded_with(oracle, config)
}

fn blinded_with(oracle: &ScriptedOracle, config: OracleClientConfig) -> BlindedOracle {
    let authorities = CertificateAuthorities::from_pem(oracle.authority().as_bytes()).unwrap();
    BlindedOracle::new(&oracle.url().parse().unwrap(), &authorities, config).unwrap()
}

/// Every name exists and has nothing, over an encrypted channel.
struct NoData;

impl Upstream for NoData {
    async fn ask(&self, question: &Question, _dnssec: DnssecRequest) -> Result<Response, Failure> {
        let mut rdata = vec![0, 0];
        for number in [1_u32, 7200, 900, 1_209_600, 120] {
            rdata.extend(number.to_be_bytes());
        }
        Ok(Response {
            rcode: 0,
            truncated: false,
            answer: Vec::new(),
            authority: vec![Record {
                owner: question.name.clone(),
                class: 1,
                record_type: 6,
                ttl: 3600,
                rdata,
                proof: Proof::Unchecked,
            }],
            denial: Proof::Unchecked,
            channel: Channel::Tls,
        })
    }
}

fn resolver(oracles: &[&ScriptedOracle]) -> Resolver<NoData> {
    let oracles = oracles
        .iter()
        .map(|one| Arc::new(blinded(one)) as Arc<dyn Oracle>);
    Resolver::new(NoData, Policy::default()).consulting(oracles.collect())
}

fn accounts(outcome: &Outcome) -> Vec<&str> {
    let groups = outcome.groups().iter();
    let contacts = groups.flat_map(|group| &group.contacts);
    contacts.map(|contact| contact.mssi.mssa()).collect()
}

fn events(outcome: &Outcome) -> Vec<String> {
    let entries = outcome.trace.entries().iter();
    let of_oracles = entries.filter(|entry| {
        matches!(
            entry.event,
            TraceEvent::AskedOracle(_)
                | TraceEvent::OracleAnswered(..)
                | TraceEvent::OracleFailed(..)
        )
    });
    of_oracles.map(|entry| entry.event.to_string()).collect()
}

#[tokio::test]
async fn s5_1_2_and_s5_2_2_what_an_oracle_says_is_found_and_never_has_the_assurance_of_dns() {
    let oracle = ScriptedOracle::start(OracleFlaw::None, PEOPLE)
        .await
        .unwrap();
    for (identifier, found) in [
        ("Alice@Example.COM", &["al", "alice"][..]),
        ("+1 555 123 4567", &["tel"]),
    ] {
        let outcome = resolver(&[&oracle]).discover_text(identifier).await;
        assert_eq!(summary(&outcome), "found");
        assert_eq!(outcome.step, Some(Step::Oracle));
        assert_eq!(accounts(&outcome), found);
        let assurance = outcome.assurance.unwrap();
        assert_eq!(
            (assurance.dnssec, assurance.channel, assurance.via),
            (Dnssec::Unchecked, Channel::Oracle, Via::Oracle)
        );
    }
}

#[tokio::test]
async fn oracles_are_asked_in_the_order_of_trust_until_one_knows() {
    let empty = ScriptedOracle::start(OracleFlaw::None, &[]).await.unwrap();
    let full = ScriptedOracle::start(OracleFlaw::None, PEOPLE)
        .await
        .unwrap();
    let last = ScriptedOracle::start(OracleFlaw::None, PEOPLE)
        .await
        .unwrap();
    let resolver = resolver(&[&empty, &full, &last]);
    let outcome = resolver.discover_text("alice@example.com").await;
    assert_eq!(
        events(&outcome),
        [
            "asked oracle 1",
            "oracle 1 knows nothing",
            "asked oracle 2",
            "oracle 2 has 2 definition strings"
        ]
    );
    assert_eq!(last.connections(), 0);
    let nobody = resolver.discover_text("nobody@example.com").await;
    assert_eq!(summary(&nobody), "no_mapping");
}

#[tokio::test]
async fn what_cannot_be_used_is_told_apart_from_nothing() {
    let oracle = ScriptedOracle::start(OracleFlaw::None, PEOPLE)
        .await
        .unwrap();
    let outcome = resolver(&[&oracle]).discover_text("old@example.com").await;
    assert_eq!(summary(&outcome), "only_unusable");
    assert_eq!(outcome.dropped.len(), 1);
}

#[tokio::test]
async fn every_failure_of_an_oracle_has_its_outcome_and_the_trace_says_why() {
    let forged = "security_failure forged-oracle";
    let unavailable = "temporary_failure oracle-unavailable";
    for (flaw, ended, why) in [
        (
            OracleFlaw::OtherKeys,
            forged,
            "it has other keys than the pinned one",
        ),
        (
            OracleFlaw::ForgedProof,
            forged,
            "does not match the pinned key",
        ),
        (
            OracleFlaw::Identity,
            forged,
            "does not match the pinned key",
        ),
        (
            OracleFlaw::OtherEntrySigner,
            forged,
            "does not match the pinned key",
        ),
        (
            OracleFlaw::OtherAuthority,
            unavailable,
            "no encrypted channel",
        ),
        (OracleFlaw::QuotaExceeded, unavailable, "asked too often"),
        (OracleFlaw::EpochOver, unavailable, "nothing for this time"),
        (
            OracleFlaw::Redirects,
            unavailable,
            "does not speak as an oracle does",
        ),
        (
            OracleFlaw::ShortBuckets,
            unavailable,
            "does not speak as an oracle does",
        ),
        (
            OracleFlaw::Unavailable,
            unavailable,
            "the network or the oracle refused",
        ),
        // A registration that ran out is one no more.
        (OracleFlaw::ExpiredEntries, "no_mapping", "knows nothing"),
    ] {
        let oracle = ScriptedOracle::start(flaw, PEOPLE).await.unwrap();
        let outcome = resolver(&[&oracle])
            .discover_text("alice@example.com")
            .await;
        assert_eq!(summary(&outcome), ended, "{flaw:?}");
        let events = events(&outcome);
        assert!(events[1].contains(why), "{flaw:?}: {events:?}");
    }
}

#[tokio::test]
async fn an_oracle_that_is_slow_is_given_up_before_the_deadline_and_the_next_is_asked() {
    let slow = ScriptedOracle::start(OracleFlaw::Silent, PEOPLE)
        .await
        .unwrap();
    let quick = ScriptedOracle::start(OracleFlaw::None, PEOPLE)
        .await
        .unwrap();
    let mut config = OracleClientConfig::default();
    config.timeout = Duration::from_millis(300);
    let oracles: Vec<Arc<dyn Oracle>> = vec![
        Arc::new(blinded_with(&slow, config)),
        Arc::new(blinded(&quick)),
    ];
    let resolver = Resolver::new(NoData, Policy::default()).consulting(oracles);
    let outcome = resolver.discover_text("alice@example.com").await;
    assert_eq!(summary(&outcome), "found");
    assert_eq!(events(&outcome)[1], "oracle 1: no answer in time");
}

#[tokio::test]
async fn d55_d56_neither_a_mui_nor_what_must_be_proved_opens_a_connection() {
    let oracle = ScriptedOracle::start(OracleFlaw::None, PEOPLE)
        .await
        .unwrap();
    let outcome = resolver(&[&oracle])
        .discover_text("mymimi.example.com")
        .await;
    assert_eq!(summary(&outcome), "no_mapping");
    let policy = Policy {
        validation: Validation::Require,
        ..Policy::default()
    };
    let oracles: Vec<Arc<dyn Oracle>> = vec![Arc::new(blinded(&oracle))];
    let resolver = Resolver::new(NoData, policy).consulting(oracles);
    let outcome = resolver.discover_text("alice@example.com").await;
    assert_ne!(summary(&outcome), "found");
    // Asked about a MUI all the same, by an application that overlooks its kind.
    let mui = mimi_id::Identifier::parse("mymimi.example.com").unwrap();
    let answer = blinded(&oracle).ask(&mui).await.unwrap();
    assert!(answer.definition_strings.is_empty());
    assert_eq!(oracle.connections(), 0);
}

/// Kept no longer than the absence in DNS that led to the oracle: 120 s, as the SOA says.
#[tokio::test]
async fn what_an_oracle_says_is_kept_as_long_as_the_absence_that_led_to_it() {
    let oracle = ScriptedOracle::start(OracleFlaw::None, PEOPLE)
        .await
        .unwrap();
    let resolver = resolver(&[&oracle]);
    let outcome = resolver.discover_text("alice@example.com").await;
    assert_eq!(outcome.ttl, Some(120));
    let requests = oracle.heard().len();
    let again = resolver.discover_text("alice@example.com").await;
    assert_eq!(summary(&again), "found");
    assert_eq!(oracle.heard().len(), requests);
    assert!(matches!(
        again.trace.entries()[0].event,
        TraceEvent::Kept(_)
    ));
}
