//! Validation where messages are lost: what could not be fetched is no forgery, and no forgery becomes an answer.

use std::sync::Arc;

use mimi_resolver::discovery::{Dnssec, Policy};
use mimi_testkit::ServerTransport;
use mimi_testkit::network::{Faults, VirtualServer};
use mimi_testkit::signed::SignedWorld;
use mimi_testkit::signed::broken;

use super::Setting;
use crate::signed::{anchors, now};

/// How it ended, and how sure that is.
type End = (&'static str, Option<Dnssec>);

async fn play(world: &Arc<SignedWorld>, identifier: &str, seed: u64, faults: Faults) -> End {
    let answering = Arc::clone(world);
    let server = VirtualServer::of_octets(move |octets, transport| {
        answering.respond(octets, transport == ServerTransport::Udp)
    });
    let setting = Setting::start(seed, faults, vec![server]);
    let resolver = setting.resolver(Policy::default());
    let resolver = resolver.validating(anchors(world));
    let outcome = resolver.discover_text(identifier).await;
    let dnssec = outcome.assurance.map(|assurance| assurance.dnssec);
    (outcome.ending.as_str(), dnssec)
}

/// D55, D59: a lost DS or DNSKEY is a temporary failure, never bogus and never insecure; and no loss makes an answer of what is bogus. Each world ends
/// as it does without losses, or nothing can be said.
#[tokio::test(start_paused = true)]
async fn d59_under_loss_no_signed_world_has_another_verdict() {
    let (mut same, mut unavailable, mut wrong) = (0, 0, Vec::new());
    for (seed, breakage) in (0..).zip(broken::all()) {
        let world = Arc::new(SignedWorld::broken(breakage.id, now()).unwrap());
        let identifier = breakage.identifier;
        let without = play(&world, identifier, seed, Faults::default()).await;
        for loss in [0.1, 0.3] {
            let under = play(&world, identifier, seed, Faults::harsh(loss)).await;
            if under == without {
                same += 1;
            } else if under.0 == "temporary_failure" {
                unavailable += 1;
            } else {
                wrong.push(format!(
                    "{}, seed {seed}, loss {loss}: {under:?} and without loss {without:?}",
                    breakage.id
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        same > unavailable,
        "{same} ended the same, {unavailable} said nothing"
    );
    assert!(unavailable > 0, "nothing was lost");
}
