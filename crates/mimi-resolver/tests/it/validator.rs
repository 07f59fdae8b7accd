//! What hickory's validator does when it is left alone, and what it does behind our limits: the reasons for each of them.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::stream::{self, Stream, StreamExt};
use hickory_net::NetError;
use hickory_net::dnssec::DnssecDnsHandle;
use hickory_net::runtime::TokioRuntimeProvider;
use hickory_net::xfer::DnsHandle;
use hickory_proto::dnssec::{Proof, TrustAnchors as Keys};
use hickory_proto::op::{DnsRequest, DnsRequestOptions, DnsResponse, Query};
use hickory_proto::rr::{Name, RecordType};
use mimi_resolver::discovery::{BogusReason, Ending, Policy, SecurityFailure, limits};
use mimi_resolver::{Clock, DnsClient, Moment, Resolver, Server};
use mimi_rr::TypeCodes;
use mimi_testkit::signed::{SignedWorld, WorldServer, hostile};

use crate::signed::{anchors, now};
use crate::support::{short_waits, summary};

/// How many questions a world answers: what asks for more has shown enough.
const PATIENCE: usize = 300;

/// A world as hickory's validator sees it without anything in between; counts the questions.
#[derive(Clone)]
struct Alone {
    world: Arc<SignedWorld>,
    asked: Arc<AtomicUsize>,
}

impl Alone {
    fn new(world: SignedWorld) -> Self {
        Self {
            world: Arc::new(world),
            asked: Arc::default(),
        }
    }

    /// The validator over this world, from its own anchor.
    fn validator(&self) -> DnssecDnsHandle<Self> {
        let anchor: Keys = self.world.trust_anchor().parse().unwrap();
        DnssecDnsHandle::with_trust_anchor(self.clone(), Arc::new(anchor))
    }
}

impl DnsHandle for Alone {
    type Response = Pin<Box<dyn Stream<Item = Result<DnsResponse, NetError>> + Send>>;
    type Runtime = TokioRuntimeProvider;

    fn send(&self, request: DnsRequest) -> Self::Response {
        if self.asked.fetch_add(1, Ordering::SeqCst) >= PATIENCE {
            return Box::pin(stream::pending());
        }
        let octets = self.world.respond(&request.to_vec().unwrap(), false);
        let response = DnsResponse::from_buffer(octets.unwrap());
        Box::pin(stream::once(async { Ok(response?) }))
    }
}

async fn ask(validator: &DnssecDnsHandle<Alone>, name: &str) -> Result<DnsResponse, NetError> {
    let code = RecordType::from(TypeCodes::DEFAULT.mimi());
    let query = Query::query(Name::from_ascii(name).unwrap(), code);
    let mut answers = validator.lookup(query, DnsRequestOptions::default());
    answers.next().await.unwrap()
}

fn mimi_proof(response: &DnsResponse) -> Proof {
    let code = RecordType::from(TypeCodes::DEFAULT.mimi());
    let mut records = response
        .answers
        .iter()
        .filter(|one| one.record_type() == code);
    records.next().unwrap().proof
}

/// D39: alone, one response makes it ask hundreds of questions; behind the limits, every identifier keeps its budget.
#[tokio::test]
async fn d39_hickory_alone_asks_without_bound_and_here_within_the_budget() {
    let id = "unsigned-200-deep-denial";
    let alone = Alone::new(SignedWorld::hostile(id, now()).unwrap());
    let hostility = hostile::all().find(|one| one.id == id).unwrap();
    let validator = alone.validator();
    let name = format!("{}.", hostility.identifier);
    let _any = tokio::time::timeout(Duration::from_secs(1), ask(&validator, &name)).await;
    let asked = alone.asked.load(Ordering::SeqCst);
    assert!(
        asked > PATIENCE,
        "{asked} questions: hickory bounds them now"
    );

    let world = SignedWorld::hostile(id, now()).unwrap();
    let anchors = anchors(&world);
    let server = WorldServer::start(world).await.unwrap();
    let client = DnsClient::new([Server::udp(server.address())], short_waits()).unwrap();
    let resolver = Resolver::new(client, Policy::default()).validating(anchors);
    let _outcome = resolver.discover_text(hostility.identifier).await;
    let asked = server.counts().by_question.len();
    assert!(
        asked <= usize::from(limits::QUESTIONS_VALIDATING),
        "{asked}"
    );
}

/// How some of them end: by what is to blame, and not as forgeries.
const ENDINGS: &[(&str, &str)] = &[
    ("cname-chain-8", "found"),
    ("cname-chain-9", "temporary_failure loop"),
    ("cname-loop-1", "temporary_failure loop"),
    ("dname-loop", "temporary_failure loop"),
    ("keytrap", "temporary_failure budget"),
    ("cuts-60", "temporary_failure budget"),
    ("deep-unsigned", "temporary_failure budget"),
    ("unsigned-1500-additional", "found"),
    ("every-ds-servfail", "temporary_failure indeterminate"),
];

/// D39: whatever an authority makes of one identifier, it costs no more questions than one may, and ends in time.
#[tokio::test]
async fn d39_no_hostile_authority_costs_more_than_one_identifier_may() {
    let deadline = Duration::from_secs(4);
    let mut played = 0;
    for hostility in hostile::all() {
        let world = SignedWorld::hostile(hostility.id, now()).unwrap();
        let anchors = anchors(&world);
        let server = WorldServer::start(world).await.unwrap();
        let client = DnsClient::new([Server::udp(server.address())], short_waits()).unwrap();
        let policy = Policy {
            deadline,
            ..Policy::default()
        };
        let resolver = Resolver::new(client, policy).validating(anchors);
        let outcome = resolver.discover_text(hostility.identifier).await;
        let counts = server.counts();
        let id = hostility.id;
        let questions = counts.by_question.len();
        assert!(
            questions <= usize::from(limits::QUESTIONS_VALIDATING),
            "{id}: {questions} questions"
        );
        let most = counts.by_question.values().max().copied().unwrap_or(0);
        assert!(
            most <= usize::from(limits::SENDINGS),
            "{id}: {most} sendings"
        );
        let ending = summary(&outcome);
        println!("{id}: {ending} after {questions} questions");
        if let Some((_, expected)) = ENDINGS.iter().find(|(known, _)| *known == id) {
            assert_eq!(ending, *expected, "{id}");
        }
        played += 1;
    }
    assert!(played >= 40, "{played}");
}

/// RFC 4035 §5.3.1: alone, it takes a signature that counts fewer labels than its signer has.
#[tokio::test]
async fn d55_hickory_alone_takes_a_signature_of_fewer_labels_than_its_signer() {
    let id = "labels-below-signer";
    let alone = Alone::new(SignedWorld::broken(id, now()).unwrap());
    let response = ask(&alone.validator(), "alice.provider.example.").await;
    let proof = response.as_ref().map(mimi_proof);
    assert_eq!(proof.ok(), Some(Proof::Secure), "hickory refuses it now");
}

/// A clock that stands where it is put.
struct Standing(std::sync::Mutex<Duration>);

impl Clock for Standing {
    fn now(&self) -> Moment {
        let wall = *self.0.lock().unwrap();
        Moment {
            monotonic: wall,
            wall,
        }
    }
}

/// Nothing is Secure past the time of its signatures, whatever was remembered before they expired.
#[tokio::test]
async fn d55_no_verdict_outlives_its_signatures() {
    let world = SignedWorld::sound(now()).unwrap();
    let anchors = anchors(&world);
    let server = WorldServer::start(world).await.unwrap();
    let client = DnsClient::new([Server::udp(server.address())], short_waits()).unwrap();
    let start = Duration::from_secs(u64::from(now()));
    let clock = Arc::new(Standing(std::sync::Mutex::new(start)));
    let resolver = Resolver::new(client, Policy::default())
        .validating(anchors)
        .caching(1 << 20, Arc::clone(&clock) as Arc<dyn Clock>);
    let outcome = resolver.discover_text("alice.provider.example").await;
    assert_eq!(summary(&outcome), "found");
    let asked = server.counts().total;

    // The TTL is over, and so is what the server's signatures were made for.
    *clock.0.lock().unwrap() = start + Duration::from_secs(400 * 24 * 3600);
    let outcome = resolver.discover_text("alice.provider.example").await;
    let expired = SecurityFailure::Bogus(BogusReason::SignatureExpired);
    assert!(
        matches!(outcome.ending, Ending::SecurityFailure(failure) if failure == expired),
        "{}",
        summary(&outcome)
    );
    assert!(server.counts().total > asked);

    // And back: nothing of the later time is believed, and the zone is sound again.
    *clock.0.lock().unwrap() = start + Duration::from_secs(1);
    let outcome = resolver.discover_text("alice.provider.example").await;
    assert_eq!(summary(&outcome), "found");
}

/// D39, D54: endpoints get what the discovery left, and keys were part of what it cost.
#[tokio::test]
async fn d39_endpoints_of_signed_accounts_share_the_budget_with_the_keys() {
    let world = SignedWorld::sound(now()).unwrap();
    let anchors = anchors(&world);
    let server = WorldServer::start(world).await.unwrap();
    let client = DnsClient::new([Server::udp(server.address())], short_waits()).unwrap();
    let resolver = Resolver::new(client, Policy::default())
        .validating(anchors)
        .uncached();
    let outcome = resolver.discover_text("carol@people.example").await;
    assert_eq!(summary(&outcome), "found");
    assert_eq!(
        usize::from(outcome.questions),
        server.counts().by_question.len()
    );
    assert!(usize::from(outcome.questions) > outcome.asked.len());
    let checks = resolver.check_endpoints(&outcome, Duration::ZERO).await;
    assert_eq!(checks.iter().count(), 1);
    let all = server.counts().total;
    assert!(all <= usize::from(limits::QUESTIONS_VALIDATING), "{all}");
}
