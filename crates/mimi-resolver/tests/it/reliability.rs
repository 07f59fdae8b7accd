//! A small part of `cargo xtask reliability`: 2,000 people looked for where three of ten messages are lost each way.

use std::sync::Arc;
use std::time::Duration;

use mimi_resolver::discovery::{Policy, limits};
use mimi_resolver::{DnsClient, DnsClientConfig, Resolver, Server};
use mimi_testkit::network::Faults;
use mimi_testkit::network::population::ENUM_SUFFIX;
use mimi_testkit::network::reliability::{First, Part, Tally, UPSTREAMS};

use crate::support::name;

async fn play(part: &Part) -> Tally {
    part.play(|network| {
        let servers = UPSTREAMS.map(Server::udp);
        let client = DnsClient::on(network.clone(), servers, DnsClientConfig::default()).unwrap();
        let policy = Policy {
            enum_suffix: name(ENUM_SUFFIX),
            ..Policy::default()
        };
        let resolver = Arc::new(Resolver::new(client, policy));
        move |identifier: String| {
            let resolver = Arc::clone(&resolver);
            async move { resolver.discover_text(&identifier).await }
        }
    })
    .await
}

fn part(identifiers: u32, loss: f64) -> Part {
    Part {
        seed: 1,
        numbers: 0..identifiers,
        faults: Faults::harsh(loss),
        first: First::Flapping,
    }
}

/// What goes wrong on the way makes answers late or absent, and never another person's.
#[tokio::test(start_paused = true)]
async fn under_loss_no_outcome_is_wrong() {
    let tally = play(&part(2000, 0.3)).await;
    let wrong: Vec<String> = tally.wrong.iter().map(ToString::to_string).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(tally.identifiers(), 2000);
    // Most are found: a client that says that it knows nothing is never wrong, either.
    assert!(tally.correct >= 1400, "only {} are correct", tally.correct);
    assert!(tally.unavailable() > 0, "nothing was lost");
}

/// D39: the deadline and the sendings of each question hold, whatever is lost.
#[tokio::test(start_paused = true)]
async fn d39_under_loss_deadline_and_sendings_hold() {
    let tally = play(&part(2000, 0.3)).await;
    let deadline = u32::try_from(limits::DEADLINE.as_millis()).unwrap();
    assert!(tally.latency(1.0) <= deadline, "{} ms", tally.latency(1.0));
    // Nobody else has the same questions, so that each was asked once.
    let most = tally.most_sendings;
    assert!((2..=u32::from(limits::SENDINGS)).contains(&most), "{most}");
}

#[tokio::test(start_paused = true)]
async fn without_loss_every_outcome_is_the_truth() {
    let mut part = part(1000, 0.0);
    part.faults = Faults {
        delay: Duration::from_millis(20),
        ..Faults::default()
    };
    let tally = play(&part).await;
    assert_eq!((tally.wrong.as_slice(), tally.correct), (&[][..], 1000));
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_is_the_same_run() {
    let first = play(&part(600, 0.3)).await;
    assert_eq!(first, play(&part(600, 0.3)).await);
    let mut other = part(600, 0.3);
    other.seed = 2;
    assert_ne!(first, play(&other).await);
}

/// The control: where an upstream lies, the run says who was found wrongly.
#[tokio::test(start_paused = true)]
async fn a_run_finds_what_is_wrong() {
    let mut part = part(100, 0.0);
    part.first = First::Lying;
    let tally = play(&part).await;
    assert!(tally.wrong.len() >= 50, "{} are wrong", tally.wrong.len());
    assert!(tally.wrong[0].to_string().contains("mallory"));
}
