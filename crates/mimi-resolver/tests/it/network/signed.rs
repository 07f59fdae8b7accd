//! Validation where messages are lost: what could not be fetched is no forgery, and no forgery becomes an answer.

use mimi_resolver::Resolver;
use mimi_resolver::discovery::{Dnssec, Outcome, Policy};
use mimi_testkit::ServerTransport;
use mimi_testkit::network::{Faults, VirtualServer};
use mimi_testkit::signed::SignedWorld;
use mimi_testkit::signed::broken::{self, Verdict};

use super::Setting;
use crate::signed::{anchors, now};

/// What the outcome says that a world is; `None` where it says that nothing can be said now.
fn verdict(outcome: &Outcome) -> Option<Verdict> {
    match outcome.ending.as_str() {
        "temporary_failure" => None,
        "security_failure" => Some(Verdict::Bogus),
        _ => match outcome.assurance.map(|all| all.dnssec) {
            Some(Dnssec::Secure) => Some(Verdict::Secure),
            Some(Dnssec::Insecure) => Some(Verdict::Insecure),
            other => panic!("{outcome:?} is {other:?}"),
        },
    }
}

/// Where each world of a kind ends under loss: how many say their verdict, how many nothing, and who says something else.
async fn play(loss: f64, seeds: std::ops::Range<u64>) -> (usize, usize, Vec<String>) {
    let (mut said, mut silent, mut wrong) = (0, 0, Vec::new());
    for breakage in broken::all() {
        for seed in seeds.clone() {
            let world = SignedWorld::broken(breakage.id, now()).unwrap();
            let anchors = anchors(&world);
            let server = VirtualServer::of_octets(move |octets, transport| {
                world.respond(octets, transport == ServerTransport::Udp)
            });
            let setting = Setting::start(seed, Faults::harsh(loss), vec![server]);
            let resolver: Resolver<_> = setting.resolver(Policy::default()).validating(anchors);
            let outcome = resolver.discover_text(breakage.identifier).await;
            match verdict(&outcome) {
                None => silent += 1,
                Some(verdict) if verdict == breakage.expected => said += 1,
                Some(verdict) => wrong.push(format!(
                    "{}, seed {seed}: expected {:?}, observed {verdict:?}",
                    breakage.id, breakage.expected
                )),
            }
        }
    }
    (said, silent, wrong)
}

/// D55, D59: a lost DS or DNSKEY is a temporary failure, never bogus and never insecure; and no loss makes an answer of what is bogus.
#[tokio::test(start_paused = true)]
async fn d59_under_loss_no_signed_world_has_another_verdict() {
    let (said, silent, wrong) = play(0.1, 0..2).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(said > silent, "{said} said their verdict, {silent} nothing");
    let (_, silent, wrong) = play(0.3, 2..4).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(silent > 0, "nothing was lost");
}
