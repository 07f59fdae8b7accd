//! The world in which everything is as it should be.
//!
//! | zone | signed | holds |
//! |---|---|---|
//! | `.`, `example.`, `arpa.` | 13, NSEC | delegations |
//! | `provider.example.` | 13, NSEC | people, a wildcard, aliases |
//! | `hashed.example.` | 13, NSEC3 | the same, hashed; an unsigned child |
//! | `optout.example.` | 13, NSEC3 with opt-out | an unsigned child outside the chain |
//! | `people.example.` | 13, NSEC | MIMIX to `users.provider.example.` |
//! | `ed.example.`, `rsa.example.` | 15 with one key, 8 | one person each |
//! | `plain.example.` | no | one person, MIMIX to `users.provider.example.` |
//! | `island.plain.example.` | 13, without a DS | one person |
//! | `e164.arpa.` | 13, NSEC | one telephone number |

use super::plan::{Ds, Plan, ZonePlan};
use super::record::{data, types};
use super::zone::Nsec3;

/// The provider's zone.
pub(super) const PROVIDER: &str = "provider.example";
/// A zone with NSEC3.
pub(super) const HASHED: &str = "hashed.example";
/// The zone of telephone numbers.
pub(super) const NUMBERS: &str = "e164.arpa";
/// A zone with a mail domain.
pub(super) const PEOPLE: &str = "people.example";
/// A person of the provider.
pub(super) const ALICE: &str = "alice.provider.example";
/// The same of the zone with NSEC3.
pub(super) const HASHED_ALICE: &str = "alice.hashed.example";
/// Nobody.
pub(super) const NOBODY: &str = "nobody.provider.example";
/// Nobody either.
pub(super) const HASHED_NOBODY: &str = "nobody.hashed.example";
/// A person with an email address, and the name that it leads to.
pub(super) const CAROL: &str = "carol@people.example";
/// That name.
pub(super) const CAROL_NAME: &str = "carol.users.provider.example";
/// A telephone number, and its name.
pub(super) const NUMBER: &str = "+15550100";
/// That name.
pub(super) const NUMBER_NAME: &str = "0.0.1.0.5.5.5.1.e164.arpa";
/// A number that nobody has, and its name.
pub(super) const NO_NUMBER: &str = "+15550199";
/// That name.
pub(super) const NO_NUMBER_NAME: &str = "9.9.1.0.5.5.5.1.e164.arpa";

/// The plan of it.
pub(super) fn plan(now: u32) -> Plan {
    let mut plan = Plan::new(now);
    let hashing = Nsec3 {
        iterations: 0,
        salt: Vec::new(),
        opt_out: false,
    };
    let opting_out = Nsec3 {
        opt_out: true,
        ..hashing.clone()
    };
    let mut edwards = person(ZonePlan::signed("ed.example"), "ed.example");
    edwards.sign(|signing| {
        signing.algorithm = 15;
        signing.single_key = true;
    });
    let mut rsa = person(ZonePlan::signed("rsa.example"), "rsa.example");
    // There is one RSA key, and two zones' keys with one tag would be another test.
    rsa.sign(|signing| {
        signing.algorithm = 8;
        signing.single_key = true;
    });
    let mut island = person(
        ZonePlan::signed("island.plain.example"),
        "island.plain.example",
    );
    island.ds = Ds::None;
    let mimix = || data::target("users.provider.example");
    plan.zones = vec![
        ZonePlan::signed("."),
        ZonePlan::signed("example"),
        ZonePlan::signed("arpa"),
        provider(ZonePlan::signed(PROVIDER), PROVIDER),
        provider(ZonePlan::hashed(HASHED, hashing), HASHED),
        person(
            ZonePlan::unsigned("plain.hashed.example"),
            "plain.hashed.example",
        ),
        person(
            ZonePlan::hashed("optout.example", opting_out),
            "optout.example",
        ),
        person(
            ZonePlan::unsigned("plain.optout.example"),
            "plain.optout.example",
        ),
        ZonePlan::signed(PEOPLE)
            .with(PEOPLE, types::MIMIX, mimix())
            .with(PEOPLE, types::TXT, b"\x09no policy".to_vec()),
        edwards,
        rsa,
        person(ZonePlan::unsigned("plain.example"), "plain.example").with(
            "plain.example",
            types::MIMIX,
            mimix(),
        ),
        island,
        ZonePlan::signed(NUMBERS)
            .with(NUMBER_NAME, types::MIMI, data::mimi("+15550100"))
            .with(
                "2.0.1.0.5.5.5.1.e164.arpa",
                types::MIMI,
                data::mimi("+15550102"),
            ),
    ];
    plan
}

/// One person, at `bob`.
fn person(zone: ZonePlan, apex: &str) -> ZonePlan {
    zone.with(&format!("bob.{apex}"), types::MIMI, data::mimi("bob"))
}

/// People, users by email address, a wildcard, aliases.
fn provider(zone: ZonePlan, apex: &str) -> ZonePlan {
    let at = |label: &str| format!("{label}.{apex}");
    zone.with(&at("alice"), types::MIMI, data::mimi("alice"))
        .with(&at("alias"), types::CNAME, data::target(&at("alice")))
        .with(&at("away"), types::CNAME, data::target("bob.plain.example"))
        .with(&at("mallory"), types::MIMI, data::mimi("mallory"))
        .with(&at("moved"), types::DNAME, data::target(&at("users")))
        .with(&at("*.open"), types::MIMI, data::mimi("anyone"))
        .with(&at("known.open"), types::MIMI, data::mimi("known"))
        .with(&at("text"), types::TXT, b"\x04text".to_vec())
        .with(&at("carol.users"), types::MIMI, data::mimi("carol"))
        .with(&at("dave.users"), types::MIMI, data::mimi("dave"))
        .with(&at("zoe"), types::MIMI, data::mimi("zoe"))
}
