//! The worlds of signed zones: every id leads to one, and none of them says what the sound world says.

use std::collections::BTreeSet;

use mimi_testkit::signed::{Reply, SignedWorld, broken, hostile, name, types};

const NOW: u32 = 1_800_000_000;

/// Owner, type and number of data octets: what random keys leave alone.
fn shape(reply: &Reply) -> Vec<(String, u16, usize)> {
    let sections = [&reply.answer, &reply.authority, &reply.additional];
    let records = sections.into_iter().flatten();
    records
        .map(|record| {
            let owner = record.owner.to_string();
            (owner, record.record_type, record.rdata.len())
        })
        .collect()
}

#[test]
fn every_id_is_there_once_and_makes_a_world() {
    let mut seen = BTreeSet::new();
    for breakage in broken::all() {
        assert!(seen.insert(breakage.id), "{} is there twice", breakage.id);
        assert!(breakage.about.ends_with('.'), "{}", breakage.id);
        SignedWorld::broken(breakage.id, NOW).unwrap();
    }
    for hostility in hostile::all() {
        assert!(seen.insert(hostility.id), "{} is there twice", hostility.id);
        SignedWorld::hostile(hostility.id, NOW).unwrap();
    }
    assert!(SignedWorld::broken("no-such-thing", NOW).is_err());
}

#[test]
fn the_sound_world_signs_what_it_says_and_proves_what_it_does_not_hold() {
    let world = SignedWorld::sound(NOW).unwrap();
    let found = world.answer(&name("alice.provider.example"), types::MIMI);
    let code = |reply: &Reply| -> Vec<u16> {
        let records = reply.answer.iter().chain(&reply.authority);
        records.map(|record| record.record_type).collect()
    };
    assert_eq!(code(&found), [types::MIMI, types::RRSIG]);
    let absent = world.answer(&name("nobody.provider.example"), types::MIMI);
    assert_eq!(absent.rcode, 3);
    assert!(
        absent
            .authority
            .iter()
            .any(|record| record.covers() == Some(types::NSEC))
    );
    let unsigned = world.answer(&name("bob.plain.example"), types::MIMI);
    assert_eq!(code(&unsigned), [types::MIMI]);
}

#[test]
fn a_stripped_signature_and_a_stripped_denial_are_gone() {
    let sound = SignedWorld::sound(NOW).unwrap();
    for (id, asked) in [
        ("missing-signature", "alice.provider.example"),
        ("no-name-without-nsec", "nobody.provider.example"),
        ("hashed-no-encloser", "nobody.hashed.example"),
        ("wildcard-without-proof", "anybody.open.provider.example"),
    ] {
        let broken = SignedWorld::broken(id, NOW).unwrap();
        let [before, after] =
            [&sound, &broken].map(|world| shape(&world.answer(&name(asked), types::MIMI)));
        assert!(after.len() < before.len(), "{id}");
        assert!(after.iter().all(|record| before.contains(record)), "{id}");
    }
}
