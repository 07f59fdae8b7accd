//! What can be wrong with the signature of the record asked for.

use super::super::plan::{DAY, Plan, ZonePlan};
use super::super::record::{data, name, types};
use super::super::sound::*;
use super::super::{Key, RecordSet, Reply, ResourceRecord, Signature, SignedWorld, WorldError};
use super::Verdict::{Bogus, Secure};
use super::{Breakage, expire};

const EARLY: u32 = 3 * DAY as u32;

/// Signs one MIMI set anew, with other fields.
fn re_sign(plan: &mut Plan, zone: &'static str, owner: &'static str, change: fn(&mut Signature)) {
    plan.after(move |world| world.edit_and_sign(zone, owner, types::MIMI, |_| {}, change));
}

/// Changes Alice's records and leaves the signature alone.
fn edit(plan: &mut Plan, change: fn(&mut RecordSet)) {
    plan.after(move |world| world.edit(PROVIDER, ALICE, types::MIMI, change));
}

/// Signs Alice's records with the key of another zone.
fn sign_as(plan: &mut Plan, zone: &'static str) {
    plan.after(move |world| {
        let signer = name(zone);
        let key = world.zone(zone)?.keys.last();
        let sign = |signature: &mut Signature| signature.signer = signer;
        let signature = world.signed(PROVIDER, &name(ALICE), types::MIMI, key, sign)?;
        world.edit(PROVIDER, ALICE, types::MIMI, |set| {
            set.signatures = vec![signature];
        })
    });
}

/// Signs Alice's records with a key that nobody publishes.
fn sign_as_stranger(world: &mut SignedWorld, tag: Option<u16>) -> Result<(), WorldError> {
    let stranger = Key::generate(13, 256)?;
    let tag = tag.unwrap_or(stranger.tag());
    let change = |signature: &mut Signature| signature.tag = tag;
    let signature = world.signed(PROVIDER, &name(ALICE), types::MIMI, Some(&stranger), change)?;
    world.edit(PROVIDER, ALICE, types::MIMI, |set| {
        set.signatures = vec![signature];
    })
}

fn strip_signatures(_: &SignedWorld, reply: &mut Reply) {
    reply.strip(|record| record.covers() == Some(types::MIMI));
}

fn flip(rdata: &mut [u8]) {
    if let Some(last) = rdata.last_mut() {
        *last ^= 1;
    }
}

pub(super) const ALL: &[Breakage] = &[
    Breakage::new(
        "expired",
        "The signature ended three days ago.",
        ALICE,
        (Bogus, "expired"),
        |plan| re_sign(plan, PROVIDER, ALICE, expire),
    ),
    Breakage::new(
        "expired-telephone",
        "The same for a telephone number.",
        NUMBER,
        (Bogus, "expired"),
        |plan| re_sign(plan, NUMBERS, NUMBER_NAME, expire),
    ),
    Breakage::new(
        "expired-email",
        "MIMIX is sound, the signature of MIMI ended three days ago.",
        CAROL,
        (Bogus, "expired"),
        |plan| re_sign(plan, PROVIDER, CAROL_NAME, expire),
    ),
    Breakage::new(
        "not-yet-valid",
        "The signature begins in two days.",
        ALICE,
        (Bogus, "not-yet-valid"),
        |plan| {
            re_sign(plan, PROVIDER, ALICE, |signature| {
                signature.inception += EARLY;
            });
        },
    ),
    Breakage::new(
        "expired-two-hours-ago",
        "The signature ended two hours ago, after a fortnight.",
        ALICE,
        (Bogus, "expired"),
        |plan| {
            re_sign(plan, PROVIDER, ALICE, |signature| {
                signature.inception -= 14 * DAY as u32 + 7200;
                signature.expiration -= 14 * DAY as u32 + 7200;
            });
        },
    )
    .but_unbound("it forgives a tenth of the period, at most a day (val-sig-skew-max)"),
    Breakage::new(
        "ends-before-it-begins",
        "The signature ends before it begins, both in the past.",
        ALICE,
        (Bogus, "expired"),
        |plan| {
            re_sign(plan, PROVIDER, ALICE, |signature| {
                signature.expiration = signature.inception - 3600;
            });
        },
    ),
    Breakage::new(
        "expired-beside-sound",
        "An expired signature stands beside a sound one: one that holds is enough.",
        ALICE,
        (Secure, ""),
        |plan| {
            plan.after(|world| {
                let key = world.zone(PROVIDER)?.keys.last();
                let expired = world.signed(PROVIDER, &name(ALICE), types::MIMI, key, expire)?;
                world.edit(PROVIDER, ALICE, types::MIMI, |set| {
                    set.signatures.insert(0, expired);
                })
            });
        },
    ),
    Breakage::new(
        "wrong-key",
        "Signed with a key that is not in the DNSKEY set.",
        ALICE,
        (Bogus, "wrong-key"),
        |plan| {
            plan.after(|world| sign_as_stranger(world, None));
        },
    ),
    Breakage::new(
        "wrong-key-same-tag",
        "Signed with a key that is not in the DNSKEY set, under the tag of one that is.",
        ALICE,
        (Bogus, "bad-signature"),
        |plan| {
            plan.after(|world| {
                let tag = world.zone(PROVIDER)?.keys.last().map(Key::tag);
                sign_as_stranger(world, tag)
            });
        },
    ),
    Breakage::new(
        "bad-signature",
        "One bit of the signature is turned.",
        ALICE,
        (Bogus, "bad-signature"),
        |plan| {
            edit(plan, |set| {
                set.signatures.iter_mut().for_each(|rdata| flip(rdata));
            });
        },
    ),
    Breakage::new(
        "bad-signature-telephone",
        "The same for a telephone number.",
        NUMBER,
        (Bogus, "bad-signature"),
        |plan| {
            plan.after(|world| {
                world.edit(NUMBERS, NUMBER_NAME, types::MIMI, |set| {
                    set.signatures.iter_mut().for_each(|rdata| flip(rdata));
                })
            });
        },
    ),
    Breakage::new(
        "short-signature",
        "The signature is cut to ten octets.",
        ALICE,
        (Bogus, "bad-signature"),
        |plan| {
            edit(plan, |set| {
                set.signatures
                    .iter_mut()
                    .for_each(|rdata| rdata.truncate(rdata.len() - 54));
            });
        },
    ),
    Breakage::new(
        "empty-signature",
        "The RRSIG has no signature.",
        ALICE,
        (Bogus, "bad-signature"),
        |plan| {
            edit(plan, |set| {
                set.signatures
                    .iter_mut()
                    .for_each(|rdata| rdata.truncate(rdata.len() - 64));
            });
        },
    ),
    Breakage::new(
        "changed-data",
        "The account was changed after signing.",
        ALICE,
        (Bogus, "bad-signature"),
        |plan| {
            edit(plan, |set| set.rdatas = vec![data::mimi("mallory")]);
        },
    ),
    Breakage::new(
        "added-record",
        "A record was added after signing.",
        ALICE,
        (Bogus, "bad-signature"),
        |plan| {
            edit(plan, |set| set.rdatas.push(data::mimi("mallory")));
        },
    ),
    Breakage::new(
        "changed-original-ttl",
        "The original TTL was changed after signing.",
        ALICE,
        (Bogus, "bad-signature"),
        |plan| {
            edit(plan, |set| {
                set.signatures
                    .iter_mut()
                    .filter_map(|rdata| rdata.get_mut(7))
                    .for_each(|octet| *octet ^= 1);
            });
        },
    ),
    Breakage::new(
        "raised-ttl",
        "The TTL is above the original one: to be cut down to it (RFC 4035 §5.3.3), and no more.",
        ALICE,
        (Secure, ""),
        |plan| {
            plan.answer(ALICE, types::MIMI, |_, reply| {
                reply
                    .answer
                    .iter_mut()
                    .for_each(|record| record.ttl = 604_800);
            });
        },
    ),
    Breakage::new(
        "upper-case-owner",
        "The owner comes back in upper case: names are signed in lower case.",
        ALICE,
        (Secure, ""),
        |plan| {
            plan.answer(ALICE, types::MIMI, |_, reply| {
                reply
                    .answer
                    .iter_mut()
                    .for_each(|record| record.owner = name(&ALICE.to_uppercase()));
            });
        },
    ),
    Breakage::new(
        "missing-signature",
        "The RRSIG was taken out of the answer.",
        ALICE,
        (Bogus, "missing-signature"),
        |plan| {
            plan.answer(ALICE, types::MIMI, strip_signatures);
        },
    ),
    Breakage::new(
        "missing-signature-telephone",
        "The same for a telephone number.",
        NUMBER,
        (Bogus, "missing-signature"),
        |plan| {
            plan.answer(NUMBER_NAME, types::MIMI, strip_signatures);
        },
    ),
    Breakage::new(
        "forged-unsigned",
        "An answer made up, without a signature.",
        NOBODY,
        (Bogus, "missing-signature"),
        |plan| {
            plan.answer(NOBODY, types::MIMI, |_, reply| {
                *reply = Reply {
                    answer: vec![ResourceRecord::new(
                        NOBODY,
                        types::MIMI,
                        data::mimi("mallory"),
                    )],
                    ..Reply::default()
                };
            });
        },
    ),
    Breakage::new(
        "covers-another-type",
        "The RRSIG says that it signs TXT.",
        ALICE,
        (Bogus, "missing-signature"),
        |plan| {
            re_sign(plan, PROVIDER, ALICE, |signature| {
                signature.covered = types::TXT;
            });
        },
    ),
    Breakage::new(
        "labels-above-owner",
        "The RRSIG counts more labels than the owner has.",
        ALICE,
        (Bogus, "labels"),
        |plan| {
            re_sign(plan, PROVIDER, ALICE, |signature| signature.labels = 4);
        },
    ),
    Breakage::new(
        "labels-below-owner",
        "The RRSIG counts one label less: a wildcard, without the proof that the name does not exist.",
        ALICE,
        (Bogus, "missing-denial"),
        |plan| {
            re_sign(plan, PROVIDER, ALICE, |signature| signature.labels = 2);
        },
    ),
    Breakage::new(
        "labels-below-signer",
        "The RRSIG counts fewer labels than its signer has: a wildcard above the zone, with a denial of the name.",
        NOBODY,
        (Bogus, "labels"),
        |plan| {
            plan.after(|world| {
                let set = RecordSet {
                    ttl: 3600,
                    rdatas: vec![data::mimi("mallory")],
                    signatures: Vec::new(),
                };
                let forged =
                    world.signed_set(PROVIDER, &name(NOBODY), types::MIMI, set, |signature| {
                        signature.labels = 1;
                    })?;
                world.change_answer(NOBODY, types::MIMI, move |_, reply| {
                    reply.rcode = 0;
                    reply.answer.clone_from(&forged);
                    reply.strip(|record| record.belongs_to(types::SOA));
                });
                Ok(())
            });
        },
    ),
    Breakage::new(
        "signer-sibling",
        "The signer is a sibling zone, with its own key.",
        ALICE,
        (Bogus, "signer"),
        |plan| sign_as(plan, PEOPLE),
    ),
    Breakage::new(
        "signer-child",
        "The signer is a signed child of the zone, with its own key.",
        ALICE,
        (Bogus, "signer"),
        |plan| {
            plan.zones.push(ZonePlan::signed("child.provider.example"));
            sign_as(plan, "child.provider.example");
        },
    ),
    Breakage::new(
        "signer-parent",
        "The signer is the parent zone, with its own key.",
        ALICE,
        (Bogus, "signer"),
        |plan| sign_as(plan, "example"),
    )
    .but_unbound(
        "it looks for no cut between signer and owner: a parent can take its child over anyway",
    ),
    Breakage::new(
        "signer-insecure-zone",
        "The signer is an island below an unsigned zone: forged data must not become insecure by it.",
        ALICE,
        (Bogus, "signer"),
        |plan| sign_as(plan, "island.plain.example"),
    ),
    Breakage::new(
        "signer-unsigned-zone",
        "The signer is an unsigned zone elsewhere.",
        ALICE,
        (Bogus, "signer"),
        |plan| {
            plan.after(|world| {
                let stranger = Key::generate(13, 256)?;
                let change = |signature: &mut Signature| signature.signer = name("plain.example");
                let signature =
                    world.signed(PROVIDER, &name(ALICE), types::MIMI, Some(&stranger), change)?;
                world.edit(PROVIDER, ALICE, types::MIMI, |set| {
                    set.signatures = vec![signature];
                })
            });
        },
    ),
    Breakage::new(
        "unknown-algorithm-in-signature",
        "The RRSIG has an algorithm that nobody knows, in a zone of algorithm 13.",
        ALICE,
        (Bogus, "unsupported"),
        |plan| {
            re_sign(plan, PROVIDER, ALICE, |signature| signature.algorithm = 200);
        },
    ),
    Breakage::new(
        "other-algorithm-in-signature",
        "The RRSIG says algorithm 15 under the tag of a key of algorithm 13.",
        ALICE,
        (Bogus, "wrong-key"),
        |plan| {
            re_sign(plan, PROVIDER, ALICE, |signature| signature.algorithm = 15);
        },
    ),
    Breakage::new(
        "signed-with-the-key-of-keys",
        "Signed with the key that signs keys: it is a key of the zone.",
        ALICE,
        (Secure, ""),
        |plan| {
            plan.after(|world| {
                let key = world.zone(PROVIDER)?.keys.first();
                let signature = world.signed(PROVIDER, &name(ALICE), types::MIMI, key, |_| {})?;
                world.edit(PROVIDER, ALICE, types::MIMI, |set| {
                    set.signatures = vec![signature];
                })
            });
        },
    ),
    Breakage::new(
        "another-name",
        "The answer holds somebody else's signed records, and none of the name asked for.",
        ALICE,
        (Bogus, "missing-denial"),
        |plan| {
            plan.answer(ALICE, types::MIMI, |world, reply| {
                *reply = world.look_up(&name("mallory.provider.example"), types::MIMI);
            });
        },
    ),
    Breakage::new(
        "unsigned-additional",
        "Unsigned records of other names come along in the additional section.",
        ALICE,
        (Secure, ""),
        |plan| {
            plan.answer(ALICE, types::MIMI, |_, reply| {
                reply.additional.push(ResourceRecord::new(
                    "elsewhere.people.example",
                    types::A,
                    vec![192, 0, 2, 1],
                ));
            });
        },
    ),
];
