//! What can be wrong with the proof that something does not exist, in zones with NSEC3.

use super::super::lookup::NXDOMAIN;
use super::super::plan::Plan;
use super::super::record::{data, name, types};
use super::super::sound::*;
use super::super::zone::{Denial, Zone};
use super::super::{Nsec3, ResourceRecord};
use super::Verdict::{Bogus, Insecure, Secure};
use super::{Breakage, absence, covering, from_zone, matching, strip_denials};

const TEXT: &str = "text.hashed.example";
const ANYBODY: &str = "anybody.open.hashed.example";
/// Why unbound takes more rounds.
const ROUNDS: &str =
    "it takes up to 150 rounds as sound, and more as unsigned (val-nsec3-keysize-iterations)";

fn iterate(plan: &mut Plan, iterations: u16) {
    plan.zone(HASHED, |zone| {
        zone.sign(|signing| {
            signing.denial = Denial::Nsec3(Nsec3 {
                iterations,
                ..Nsec3::default()
            });
        });
    });
}

/// Changes one octet at the front of every NSEC3 of the zone, and has all signed.
fn set_octet(plan: &mut Plan, at: usize, value: u8) {
    plan.after(move |world| {
        world.edit_hashed(HASHED, |rdata| {
            if let Some(octet) = rdata.get_mut(at) {
                *octet = value;
            }
        })
    });
}

/// Takes one record of a proof out of an answer, with its signature.
fn without(plan: &mut Plan, asked: &'static str, pick: fn(&Zone) -> Vec<ResourceRecord>) {
    plan.answer(asked, types::MIMI, move |world, reply| {
        let gone = from_zone(world, HASHED, pick);
        reply.strip(|record| gone.contains(record));
    });
}

pub(super) const ALL: &[Breakage] = &[
    Breakage::new(
        "hashed-one-round",
        "NSEC3 with one round more than the standard wants (RFC 9276).",
        HASHED_NOBODY,
        (Insecure, "too-many-iterations"),
        |plan| iterate(plan, 1),
    )
    .but_unbound(ROUNDS),
    Breakage::new(
        "hashed-50-rounds",
        "NSEC3 with 50 rounds.",
        HASHED_NOBODY,
        (Insecure, "too-many-iterations"),
        |plan| iterate(plan, 50),
    )
    .but_unbound(ROUNDS),
    Breakage::new(
        "hashed-51-rounds",
        "NSEC3 with 51 rounds.",
        HASHED_NOBODY,
        (Bogus, "too-many-iterations"),
        |plan| iterate(plan, 51),
    )
    .but_unbound(ROUNDS),
    Breakage::new(
        "hashed-151-rounds",
        "NSEC3 with 151 rounds.",
        HASHED_NOBODY,
        (Bogus, "too-many-iterations"),
        |plan| iterate(plan, 151),
    )
    .but_unbound(ROUNDS),
    Breakage::new(
        "hashed-2500-rounds",
        "NSEC3 with 2,500 rounds.",
        HASHED_NOBODY,
        (Bogus, "too-many-iterations"),
        |plan| iterate(plan, 2500),
    )
    .but_unbound(ROUNDS),
    Breakage::new(
        "hashed-2500-rounds-positive",
        "A person of a zone whose NSEC3 have 2,500 rounds: none is needed.",
        HASHED_ALICE,
        (Secure, ""),
        |plan| iterate(plan, 2500),
    ),
    Breakage::new(
        "hashed-2500-rounds-delegation",
        "An unsigned zone whose missing DS is proved with 2,500 rounds.",
        "bob.plain.hashed.example",
        (Bogus, "too-many-iterations"),
        |plan| iterate(plan, 2500),
    )
    .but_unbound(ROUNDS),
    Breakage::new(
        "hashed-with-salt",
        "NSEC3 with a salt of eight octets, which is discouraged and sound.",
        HASHED_NOBODY,
        (Secure, ""),
        |plan| {
            plan.zone(HASHED, |zone| {
                zone.sign(|signing| {
                    signing.denial = Denial::Nsec3(Nsec3 {
                        salt: b"saltsalt".to_vec(),
                        ..Nsec3::default()
                    });
                });
            });
        },
    ),
    Breakage::new(
        "hashed-unknown-hash",
        "NSEC3 with a hash that nobody knows: to be passed over (RFC 5155 §8.1).",
        HASHED_NOBODY,
        (Bogus, "unsupported"),
        |plan| set_octet(plan, 0, 2),
    ),
    Breakage::new(
        "hashed-unknown-flags",
        "NSEC3 with a flag that nobody knows: to be passed over (RFC 5155 §8.2).",
        HASHED_NOBODY,
        (Bogus, "unsupported"),
        |plan| set_octet(plan, 1, 2),
    ),
    Breakage::new(
        "hashed-no-name-stripped",
        "NXDOMAIN without NSEC3.",
        HASHED_NOBODY,
        (Bogus, "missing-denial"),
        |plan| {
            plan.answer(HASHED_NOBODY, types::MIMI, |_, reply| strip_denials(reply));
        },
    ),
    Breakage::new(
        "hashed-no-type-stripped",
        "NODATA without NSEC3.",
        TEXT,
        (Bogus, "missing-denial"),
        |plan| {
            plan.answer(TEXT, types::MIMI, |_, reply| strip_denials(reply));
        },
    ),
    Breakage::new(
        "hashed-unsigned",
        "The NSEC3 of a sound NXDOMAIN have no signatures.",
        HASHED_NOBODY,
        (Bogus, "missing-signature"),
        |plan| {
            plan.answer(HASHED_NOBODY, types::MIMI, |_, reply| {
                reply.strip(|record| record.covers() == Some(types::NSEC3));
            });
        },
    ),
    Breakage::new(
        "hashed-no-encloser",
        "NXDOMAIN without the NSEC3 of the closest name that exists.",
        HASHED_NOBODY,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            without(plan, HASHED_NOBODY, |zone| zone.matching(&zone.apex));
        },
    ),
    Breakage::new(
        "hashed-name-not-denied",
        "NXDOMAIN without the NSEC3 that covers the name.",
        HASHED_NOBODY,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            without(plan, HASHED_NOBODY, |zone| {
                zone.covering(&name(HASHED_NOBODY))
            });
        },
    ),
    Breakage::new(
        "hashed-wildcard-not-denied",
        "NXDOMAIN without the NSEC3 that covers the wildcard.",
        HASHED_NOBODY,
        (Bogus, "wildcard-denial-missing"),
        |plan| {
            without(plan, HASHED_NOBODY, |zone| {
                zone.covering(&name("*.hashed.example"))
            });
        },
    ),
    Breakage::new(
        "hashed-other-gap",
        "A person is denied by the NSEC3 of another name.",
        HASHED_ALICE,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            plan.answer(HASHED_ALICE, types::MIMI, |world, reply| {
                *reply = world.look_up(&name(HASHED_NOBODY), types::MIMI);
            });
        },
    ),
    Breakage::new(
        "hashed-bitmap-holds-type",
        "MIMI is denied by the NSEC3 that shows it.",
        HASHED_ALICE,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            plan.answer(HASHED_ALICE, types::MIMI, |world, reply| {
                *reply = absence(world, 0, HASHED, matching(world, HASHED, HASHED_ALICE));
            });
        },
    ),
    Breakage::new(
        "hashed-encloser-too-high",
        "A person below an existing name is denied as if the apex were the closest name.",
        "carol.users.hashed.example",
        (Bogus, "denial-does-not-cover"),
        |plan| {
            plan.answer("carol.users.hashed.example", types::MIMI, |world, reply| {
                *reply = world.look_up(&name("nobody.nothing.hashed.example"), types::MIMI);
            });
        },
    ),
    Breakage::new(
        "hashed-wildcard-without-proof",
        "A wildcard answers, without the NSEC3 that denies the name itself.",
        ANYBODY,
        (Bogus, "missing-denial"),
        |plan| {
            plan.answer(ANYBODY, types::MIMI, |_, reply| strip_denials(reply));
        },
    ),
    Breakage::new(
        "hashed-wildcard-replayed",
        "A wildcard answers for a name that exists, with the NSEC3 of another name.",
        "known.open.hashed.example",
        (Bogus, "denial-does-not-cover"),
        |plan| {
            plan.answer("known.open.hashed.example", types::MIMI, |world, reply| {
                reply.answer = from_zone(world, HASHED, |zone| {
                    let set = zone.set(&name("*.open.hashed.example"), types::MIMI);
                    set.map_or_else(Vec::new, |set| {
                        set.records(&name("known.open.hashed.example"), types::MIMI)
                    })
                });
                reply.authority = matching(world, HASHED, "alice.hashed.example");
            });
        },
    ),
    Breakage::new(
        "hashed-of-sibling",
        "A person of a zone with NSEC is denied by the NSEC3 of a sibling zone.",
        ALICE,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            plan.answer(ALICE, types::MIMI, |world, reply| {
                *reply = world.look_up(&name(HASHED_NOBODY), types::MIMI);
            });
        },
    ),
    Breakage::new(
        "hashed-parent-denies-type",
        "A type of an unsigned zone is denied by its parent's NSEC3: sound there, and of no weight below the cut.",
        "carol@plain.hashed.example",
        (Insecure, ""),
        |plan| {
            plan.answer("plain.hashed.example", types::MIMIX, |world, reply| {
                *reply = absence(
                    world,
                    0,
                    HASHED,
                    matching(world, HASHED, "plain.hashed.example"),
                );
            });
        },
    ),
    Breakage::new(
        "hashed-beside-nsec",
        "A complete proof with NSEC3 stands beside a signed NSEC of the same zone.",
        HASHED_NOBODY,
        (Secure, ""),
        |plan| {
            plan.after(|world| {
                let rdata = data::nsec(
                    "alice.hashed.example",
                    &[
                        types::NS,
                        types::SOA,
                        types::RRSIG,
                        types::NSEC,
                        types::DNSKEY,
                    ],
                );
                let set = super::super::RecordSet {
                    ttl: 300,
                    rdatas: vec![rdata],
                    signatures: Vec::new(),
                };
                let nsec = world.signed_set(HASHED, &name(HASHED), types::NSEC, set, |_| {})?;
                world.change_answer(HASHED_NOBODY, types::MIMI, move |_, reply| {
                    reply.authority.extend(nsec.clone());
                });
                Ok(())
            });
        },
    ),
    Breakage::new(
        "hashed-half-beside-half-nsec",
        "Half a proof with NSEC3 and half a proof with NSEC make no whole.",
        HASHED_NOBODY,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            plan.after(|world| {
                let rdata = data::nsec(
                    "zoe.hashed.example",
                    &[types::MIMI, types::RRSIG, types::NSEC],
                );
                let set = super::super::RecordSet {
                    ttl: 300,
                    rdatas: vec![rdata],
                    signatures: Vec::new(),
                };
                let nsec = world.signed_set(
                    HASHED,
                    &name("mallory.hashed.example"),
                    types::NSEC,
                    set,
                    |_| {},
                )?;
                let wildcard = covering(world, HASHED, "*.hashed.example");
                world.change_answer(HASHED_NOBODY, types::MIMI, move |world, reply| {
                    *reply = absence(
                        world,
                        NXDOMAIN,
                        HASHED,
                        [nsec.clone(), wildcard.clone()].concat(),
                    );
                });
                Ok(())
            });
        },
    ),
    Breakage::new(
        "opt-out-forged-name",
        "An unsigned answer in a gap with opt-out, where an unsigned zone may be: nothing tells it from one (RFC 5155 §12.2).",
        "nobody.optout.example",
        (Insecure, "opt-out"),
        |plan| {
            plan.answer("nobody.optout.example", types::MIMI, |_, reply| {
                *reply = super::super::Reply {
                    answer: vec![super::forged("nobody.optout.example")],
                    ..super::super::Reply::default()
                };
            });
        },
    ),
];
