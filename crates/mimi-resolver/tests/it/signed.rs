//! Signed zones, soundly and in every way broken, from a server that answers as a resolver would, validated here (D55, D59).

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use futures_util::stream::{self, StreamExt};
use mimi_id::Identifier;
use mimi_name::DomainName;
use mimi_resolver::discovery::{
    Dnssec, Ending, Outcome, Policy, SecurityFailure, TemporaryFailure,
};
use mimi_resolver::{DnsClient, Resolver, Server, TrustAnchors};
use mimi_testkit::signed::broken::{self, Breakage, Verdict};
use mimi_testkit::signed::{SignedWorld, WorldServer};

use self::tripwire::Tripwire;
use crate::support::{short_waits, summary};

const AT_ONCE: usize = 8;

pub(crate) fn now() -> u32 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    u32::try_from(since.as_secs()).unwrap()
}

/// The root keys of a world.
pub(crate) fn anchors(world: &SignedWorld) -> TrustAnchors {
    let mut anchors = TrustAnchors::none();
    anchors
        .add_key(&DomainName::root(), world.trust_anchor_key())
        .unwrap();
    anchors
}

/// An oracle that listens for all worlds, and knows whom each is about under another name: whoever believes it is lost.
#[cfg(feature = "oracle")]
mod tripwire {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use mimi_id::Kind;
    use mimi_resolver::Oracle;
    use mimi_testkit::{OracleFlaw, ScriptedOracle};

    use super::{Identifier, broken};
    use crate::blinded_oracles::blinded;

    pub(super) struct Tripwire(ScriptedOracle);

    impl Tripwire {
        pub(super) async fn start() -> Self {
            let impostor: &[&str] = &["v=MIMI1; a=impostor; e=evil.example"];
            let identifiers: BTreeSet<&str> =
                broken::all().map(|breakage| breakage.identifier).collect();
            let is_subject = |text: &&str| Identifier::parse(text).unwrap().kind() != Kind::Mui;
            let subjects = identifiers.into_iter().filter(is_subject);
            let people: Vec<_> = subjects.map(|one| (one, impostor)).collect();
            Self(
                ScriptedOracle::start(OracleFlaw::None, &people)
                    .await
                    .unwrap(),
            )
        }

        /// A client of its own for each world, which asks over real sockets.
        pub(super) fn oracle(&self) -> Arc<dyn Oracle> {
            Arc::new(blinded(&self.0))
        }

        /// For how many worlds it was asked: each client evaluates once, over one connection.
        pub(super) fn requests(&self) -> usize {
            let heard = self.0.heard();
            let evaluations = heard.iter().filter(|one| one.line == "POST /v1/evaluate");
            let evaluations = evaluations.count();
            assert_eq!(self.0.connections(), evaluations);
            evaluations
        }
    }
}

/// The same in process, where the client is not built.
#[cfg(not(feature = "oracle"))]
mod tripwire {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use mimi_resolver::discovery::OracleAnswer;
    use mimi_resolver::{Oracle, OracleFuture};

    use super::Identifier;

    #[derive(Clone, Default)]
    pub(super) struct Tripwire(Arc<AtomicUsize>);

    impl Tripwire {
        pub(super) async fn start() -> Self {
            Self::default()
        }

        pub(super) fn oracle(&self) -> Arc<dyn Oracle> {
            Arc::new(self.clone())
        }

        pub(super) fn requests(&self) -> usize {
            self.0.load(Ordering::SeqCst)
        }
    }

    impl Oracle for Tripwire {
        fn ask<'a>(&'a self, _identifier: &'a Identifier) -> OracleFuture<'a> {
            self.0.fetch_add(1, Ordering::SeqCst);
            let definition_strings = vec![b"v=MIMI1; a=impostor; e=evil.example".to_vec()];
            Box::pin(async {
                Ok(OracleAnswer {
                    definition_strings,
                    ttl: 0,
                })
            })
        }
    }
}

fn verdict(outcome: &Outcome) -> Option<Verdict> {
    match (&outcome.ending, outcome.assurance.map(|all| all.dnssec)) {
        (Ending::SecurityFailure(SecurityFailure::Bogus(_)), _) => Some(Verdict::Bogus),
        (Ending::TemporaryFailure(TemporaryFailure::Indeterminate), _) => {
            Some(Verdict::Indeterminate)
        }
        (_, Some(Dnssec::Secure)) => Some(Verdict::Secure),
        (_, Some(Dnssec::Insecure)) => Some(Verdict::Insecure),
        _ => None,
    }
}

/// Whether our word says what the world's does.
fn same_reason(theirs: &str, ours: &str) -> bool {
    match theirs {
        "expired" => ours == "signature-expired",
        "not-yet-valid" => ours == "signature-not-yet-valid",
        // Where a delegation is made up, either side of it can be called the break.
        "missing-signature" => matches!(ours, "signature-missing" | "denial-invalid"),
        "bad-signature" => matches!(ours, "signature-invalid" | "ds-mismatch"),
        "labels" | "signer" => ours == "signature-malformed",
        "unsupported" => matches!(ours, "signature-malformed" | "signature-missing"),
        "wrong-key" => matches!(ours, "key-missing" | "no-trusted-key" | "ds-mismatch"),
        "missing-dnskey" => matches!(ours, "key-missing" | "ds-mismatch"),
        "revoked" => ours == "key-missing",
        // Proofs of other zones, or unsigned ones, are none.
        "missing-denial" => matches!(
            ours,
            "denial-missing" | "denial-invalid" | "signature-missing"
        ),
        "denial-does-not-cover" => matches!(ours, "denial-missing" | "denial-invalid"),
        "wildcard-denial-missing" | "too-many-iterations" => ours == "denial-invalid",
        other => other == ours,
    }
}

/// Where we differ from what validation alone would say: the outcome, and why it is right or safe.
const DIFFERENT: &[(&str, &str, &str)] = &[
    (
        "signer-parent",
        "found",
        "no cut is looked for between signer and owner: a parent can take its child over by a DS record anyway",
    ),
    (
        "soa-of-sibling-beside-proof",
        "no_such_name",
        "the SOA of another zone is not looked at, and the proof holds without it",
    ),
    (
        "no-name-said-no-type",
        "security_failure bogus",
        "the response code contradicts the proof",
    ),
    (
        "found-said-no-name",
        "temporary_failure malformed",
        "records beside NXDOMAIN contradict themselves, signed or not",
    ),
    (
        "dnskey-other-protocol",
        "temporary_failure indeterminate",
        "hickory cannot read the record, so the keys have not come",
    ),
    (
        "hashed-unknown-hash",
        "temporary_failure malformed",
        "hickory cannot read the record",
    ),
    (
        "hashed-unknown-flags",
        "temporary_failure malformed",
        "hickory cannot read the record",
    ),
    (
        "hashed-parent-denies-type",
        "security_failure bogus",
        "a denial by the wrong side of the cut is none, in unsigned zones too",
    ),
    (
        "hashed-beside-nsec",
        "security_failure bogus",
        "hickory takes no proof that mixes NSEC and NSEC3",
    ),
    (
        "opt-out-forged-name",
        "security_failure bogus",
        "no delegation was shown, so unsigned data has no business there, opt-out or not",
    ),
    (
        "dname-cname-forged",
        "found",
        "the DNAME is signed and followed; the CNAME beside it is not looked at",
    ),
];

fn different(breakage: &Breakage, outcome: &Outcome) -> Option<String> {
    let (id, expected, _why) = DIFFERENT.iter().find(|(id, ..)| *id == breakage.id)?;
    let observed = summary(outcome);
    (observed != *expected).then(|| format!("{id}: expected {expected}, observed {observed}"))
}

/// What is wrong with the outcome of a world, and whether an oracle could be asked there.
async fn wrongs_of(breakage: &'static Breakage, tripwire: &Tripwire) -> (bool, Option<String>) {
    let mut may_ask = false;
    let wrong = wrong_of(breakage, tripwire, &mut may_ask).await;
    (may_ask, wrong)
}

async fn wrong_of(
    breakage: &'static Breakage,
    tripwire: &Tripwire,
    may_ask: &mut bool,
) -> Option<String> {
    let world = SignedWorld::broken(breakage.id, now()).unwrap();
    let anchors = anchors(&world);
    let server = WorldServer::start(world).await.unwrap();
    let client = || DnsClient::new([Server::udp(server.address())], short_waits()).unwrap();
    // Servers that keep silent are given up before the test is.
    let policy = || Policy {
        deadline: Duration::from_secs(10),
        ..Policy::default()
    };
    let resolver = Resolver::new(client(), policy())
        .validating(anchors.clone())
        .consulting(vec![tripwire.oracle()]);
    let outcome = resolver.discover_text(breakage.identifier).await;
    *may_ask = matches!(
        outcome
            .trace
            .entries()
            .iter()
            .find_map(|entry| match &entry.event {
                mimi_resolver::discovery::TraceEvent::Oracle(permission) => Some(*permission),
                _ => None,
            }),
        Some(mimi_resolver::discovery::OraclePermission::Granted)
    );
    let is_trusted = matches!(breakage.expected, Verdict::Secure | Verdict::Insecure);
    let observed = if *may_ask && is_trusted {
        // Where the absence may be believed the oracle was asked; what DNS alone says is asked for again.
        let resolver = Resolver::new(client(), policy()).validating(anchors);
        verdict(&resolver.discover_text(breakage.identifier).await)
    } else if *may_ask {
        return Some(format!("{}: an oracle was asked", breakage.id));
    } else {
        verdict(&outcome)
    };
    if DIFFERENT.iter().any(|(id, ..)| *id == breakage.id) {
        return different(breakage, &outcome);
    }
    if observed != Some(breakage.expected) {
        return Some(format!(
            "{}: expected {:?}, observed {:?} ({outcome:?})",
            breakage.id, breakage.expected, observed
        ));
    }
    let reason = match outcome.ending {
        Ending::SecurityFailure(failure) => failure.bogus_reason().map(|reason| reason.as_str()),
        _ => None,
    };
    match (breakage.expected, reason) {
        (Verdict::Bogus, Some(reason)) if !same_reason(breakage.reason, reason) => Some(format!(
            "{}: expected {}, observed {reason}",
            breakage.id, breakage.reason
        )),
        (Verdict::Bogus, None) => Some(format!("{}: no reason", breakage.id)),
        _ => None,
    }
}

/// D55, D56, D59: the verdict of each world, its reason, and never an oracle after data that cannot be trusted.
#[tokio::test]
async fn d55_every_broken_world_has_its_verdict_and_no_oracle_hears_of_forgeries() {
    let tripwire = Tripwire::start().await;
    let worlds: Vec<(bool, Option<String>)> = stream::iter(broken::all())
        .map(|breakage| wrongs_of(breakage, &tripwire))
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    let granted = worlds.iter().filter(|(may_ask, _)| *may_ask).count();
    assert_eq!(tripwire.requests(), granted);
    let wrongs: Vec<String> = worlds.into_iter().filter_map(|(_, wrong)| wrong).collect();
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
    assert!(broken::all().count() >= 26);
}
