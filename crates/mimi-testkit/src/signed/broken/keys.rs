//! What can be wrong with keys, and with what parents say of them.

use hickory_proto::dnssec::DigestType;
use hickory_proto::dnssec::crypto::Digest;

use super::super::key::{dnskey, ds_of};
use super::super::lookup::SERVFAIL;
use super::super::plan::Plan;
use super::super::record::{name, types};
use super::super::sound::*;
use super::super::{Key, RecordSet, Reply, Signature, SignedWorld, WorldError, tag_of};
use super::Breakage;
use super::Verdict::{Bogus, Indeterminate, Insecure, Secure};

/// Changes what the parent says of the provider, and has it signed.
fn change_ds(plan: &mut Plan, change: fn(&mut RecordSet)) {
    plan.after(move |world| world.edit_and_sign("example", PROVIDER, types::DS, change, |_| {}));
}

fn each(set: &mut RecordSet, change: impl Fn(&mut Vec<u8>)) {
    set.rdatas.iter_mut().for_each(change);
}

fn put(rdata: &mut [u8], at: usize, value: u8) {
    if let Some(octet) = rdata.get_mut(at) {
        *octet = value;
    }
}

/// Changes one of the two keys of the provider, and has everything that names it made anew: DS, tags, signatures.
fn change_key(plan: &mut Plan, is_of_keys: bool, change: fn(&mut Vec<u8>)) {
    plan.after(move |world| {
        let zone = world.zone(PROVIDER)?;
        let key = if is_of_keys {
            zone.keys.first()
        } else {
            zone.keys.last()
        };
        let Some(old) = key.map(Key::rdata) else {
            return Ok(());
        };
        let mut new = old.clone();
        change(&mut new);
        let tag = tag_of(&new);
        let algorithm = new.get(3).copied().unwrap_or_default();
        let rename = move |signature: &mut Signature| {
            signature.tag = tag;
            signature.algorithm = algorithm;
        };
        let replace = |set: &mut RecordSet| {
            set.rdatas.retain(|rdata| *rdata != old);
            set.rdatas.push(new.clone());
        };
        if is_of_keys {
            let ds = ds_of(&name(PROVIDER), &new)?;
            world.edit_and_sign(PROVIDER, PROVIDER, types::DNSKEY, replace, rename)?;
            world.edit_and_sign(
                "example",
                PROVIDER,
                types::DS,
                |set| set.rdatas = vec![ds],
                |_| {},
            )
        } else {
            world.edit_and_sign(PROVIDER, PROVIDER, types::DNSKEY, replace, |_| {})?;
            world.edit_and_sign(PROVIDER, ALICE, types::MIMI, |_| {}, rename)
        }
    });
}

fn fail(_: &SignedWorld, reply: &mut Reply) {
    *reply = Reply::error(SERVFAIL);
}

fn say_nothing(_: &SignedWorld, reply: &mut Reply) {
    reply.is_silent = true;
}

/// The data of a DNSKEY with the tag of another one: no key, but nobody can tell without trying.
fn colliding(tag: u16, algorithm: u8, seed: u8) -> Vec<u8> {
    collide(dnskey(256, algorithm, &[seed; 64]), tag)
}

/// Gives the data of a DNSKEY another tag, by way of two octets inside the key.
pub(in super::super) fn collide(mut rdata: Vec<u8>, tag: u16) -> Vec<u8> {
    // A word at an even place counts as itself in the sum, so that the first try is off by a carry at most.
    const PLACE: usize = 20;
    let word = |rdata: &mut Vec<u8>, value: u16| {
        rdata.splice(PLACE..PLACE + 2, value.to_be_bytes());
    };
    word(&mut rdata, 0);
    let first = tag.wrapping_sub(tag_of(&rdata));
    for step in 0..=u16::MAX {
        word(&mut rdata, first.wrapping_sub(2).wrapping_add(step));
        if tag_of(&rdata) == tag {
            break;
        }
    }
    rdata
}

fn sha1_ds(world: &SignedWorld) -> Result<Option<Vec<u8>>, WorldError> {
    let apex = name(PROVIDER);
    let Some(key) = world.zone(PROVIDER)?.keys.first().map(Key::rdata) else {
        return Ok(None);
    };
    let mut rdata = tag_of(&key).to_be_bytes().to_vec();
    rdata.extend([13, 1]);
    rdata.extend(Digest::from_iter([apex.as_wire(), key.as_slice()], DigestType::SHA1)?.as_ref());
    Ok(Some(rdata))
}

pub(super) const ALL: &[Breakage] = &[
    Breakage::new(
        "ds-digest",
        "The digest in the DS is another one.",
        ALICE,
        (Bogus, "ds-mismatch"),
        |plan| {
            change_ds(plan, |set| each(set, |rdata| put(rdata, 10, 0)));
        },
    ),
    Breakage::new(
        "ds-digest-email",
        "The same for the zone of an email address.",
        CAROL,
        (Bogus, "ds-mismatch"),
        |plan| {
            plan.after(|world| {
                world.edit_and_sign(
                    "example",
                    PEOPLE,
                    types::DS,
                    |set| each(set, |rdata| put(rdata, 10, 0)),
                    |_| {},
                )
            });
        },
    ),
    Breakage::new(
        "ds-digest-telephone",
        "The same for the zone of telephone numbers.",
        NUMBER,
        (Bogus, "ds-mismatch"),
        |plan| {
            plan.after(|world| {
                world.edit_and_sign(
                    "arpa",
                    NUMBERS,
                    types::DS,
                    |set| each(set, |rdata| put(rdata, 10, 0)),
                    |_| {},
                )
            });
        },
    ),
    Breakage::new(
        "ds-tag",
        "The tag in the DS is another one.",
        ALICE,
        (Bogus, "ds-mismatch"),
        |plan| {
            change_ds(plan, |set| {
                each(set, |rdata| {
                    let other = rdata.first().map_or(0, |octet| octet ^ 1);
                    put(rdata, 0, other);
                });
            });
        },
    ),
    Breakage::new(
        "ds-algorithm",
        "The DS says algorithm 15, the key has 13.",
        ALICE,
        (Bogus, "ds-mismatch"),
        |plan| {
            change_ds(plan, |set| each(set, |rdata| put(rdata, 2, 15)));
        },
    ),
    Breakage::new(
        "ds-short-digest",
        "The digest in the DS is cut to 20 octets.",
        ALICE,
        (Bogus, "ds-mismatch"),
        |plan| {
            change_ds(plan, |set| each(set, |rdata| rdata.truncate(24)));
        },
    ),
    Breakage::new(
        "ds-unknown-algorithm",
        "The only DS has an algorithm that nobody knows.",
        ALICE,
        (Insecure, "unsupported"),
        |plan| {
            change_ds(plan, |set| each(set, |rdata| put(rdata, 2, 200)));
        },
    ),
    Breakage::new(
        "ds-unknown-digest",
        "The only DS has a digest that nobody knows.",
        ALICE,
        (Insecure, "unsupported"),
        |plan| {
            change_ds(plan, |set| each(set, |rdata| put(rdata, 3, 200)));
        },
    ),
    Breakage::new(
        "ds-unknown-beside-known",
        "A DS that nobody can read stands beside a sound one.",
        ALICE,
        (Secure, ""),
        |plan| {
            change_ds(plan, |set| {
                let mut other = set.rdatas.first().cloned().unwrap_or_default();
                put(&mut other, 3, 200);
                set.rdatas.push(other);
            });
        },
    ),
    Breakage::new(
        "ds-unknown-beside-wrong",
        "A DS that nobody can read stands beside one that fits no key.",
        ALICE,
        (Bogus, "ds-mismatch"),
        |plan| {
            change_ds(plan, |set| {
                let mut other = set.rdatas.first().cloned().unwrap_or_default();
                put(&mut other, 2, 200);
                each(set, |rdata| put(rdata, 10, 0));
                set.rdatas.push(other);
            });
        },
    ),
    Breakage::new(
        "ds-sha1",
        "The only DS is SHA-1.",
        ALICE,
        (Secure, ""),
        |plan| {
            plan.after(|world| {
                let ds = sha1_ds(world)?;
                world.edit_and_sign(
                    "example",
                    PROVIDER,
                    types::DS,
                    |set| set.rdatas = ds.into_iter().collect(),
                    |_| {},
                )
            });
        },
    ),
    Breakage::new(
        "ds-sha1-beside-wrong-sha256",
        "A SHA-1 DS that fits stands beside a SHA-256 one that does not: the weaker is not to be looked at (RFC 4509 §3).",
        ALICE,
        (Bogus, "ds-mismatch"),
        |plan| {
            plan.after(|world| {
                let ds = sha1_ds(world)?;
                world.edit_and_sign(
                    "example",
                    PROVIDER,
                    types::DS,
                    |set| {
                        each(set, |rdata| put(rdata, 10, 0));
                        set.rdatas.extend(ds);
                    },
                    |_| {},
                )
            });
        },
    )
    .but_unbound("without harden-algo-downgrade, which is off by default, any DS that fits is enough"),
    Breakage::new(
        "ds-expired",
        "The signature of the DS ended.",
        ALICE,
        (Bogus, "expired"),
        |plan| {
            plan.after(|world| {
                world.edit_and_sign("example", PROVIDER, types::DS, |_| {}, super::expire)
            });
        },
    ),
    Breakage::new(
        "ds-unsigned",
        "The DS has no signature.",
        ALICE,
        (Bogus, "missing-signature"),
        |plan| {
            plan.after(|world| {
                world.edit("example", PROVIDER, types::DS, |set| set.signatures.clear())
            });
        },
    ),
    Breakage::new(
        "ds-signed-by-child",
        "The DS is signed by the child itself.",
        ALICE,
        (Bogus, "signer"),
        |plan| {
            plan.after(|world| {
                let key = world.zone(PROVIDER)?.keys.last();
                let change = |signature: &mut Signature| signature.signer = name(PROVIDER);
                let signature = world.signed("example", &name(PROVIDER), types::DS, key, change)?;
                world.edit("example", PROVIDER, types::DS, |set| {
                    set.signatures = vec![signature];
                })
            });
        },
    ),
    Breakage::new(
        "ds-of-a-stranger",
        "The DS was exchanged for that of a stranger, and not signed anew.",
        ALICE,
        (Bogus, "bad-signature"),
        |plan| {
            plan.after(|world| {
                let ds = Key::generate(13, 257)?.ds(&name(PROVIDER))?;
                world.edit("example", PROVIDER, types::DS, |set| set.rdatas = vec![ds])
            });
        },
    ),
    Breakage::new(
        "dnskey-unsigned",
        "The DNSKEY set has no signature.",
        ALICE,
        (Bogus, "missing-signature"),
        |plan| {
            plan.after(|world| {
                world.edit(PROVIDER, PROVIDER, types::DNSKEY, |set| {
                    set.signatures.clear();
                })
            });
        },
    ),
    Breakage::new(
        "dnskey-expired",
        "The signature of the DNSKEY set ended.",
        ALICE,
        (Bogus, "expired"),
        |plan| {
            plan.after(|world| {
                world.edit_and_sign(PROVIDER, PROVIDER, types::DNSKEY, |_| {}, super::expire)
            });
        },
    ),
    Breakage::new(
        "dnskey-signed-by-other-key",
        "The DNSKEY set is signed, but not with the key that the DS names.",
        ALICE,
        (Bogus, "wrong-key"),
        |plan| {
            plan.after(|world| {
                let key = world.zone(PROVIDER)?.keys.last();
                let signature =
                    world.signed(PROVIDER, &name(PROVIDER), types::DNSKEY, key, |_| {})?;
                world.edit(PROVIDER, PROVIDER, types::DNSKEY, |set| {
                    set.signatures = vec![signature];
                })
            });
        },
    ),
    Breakage::new(
        "dnskey-added",
        "A stranger's key was added to the DNSKEY set, which was not signed anew; the answer is signed with it.",
        ALICE,
        (Bogus, "bad-signature"),
        |plan| {
            plan.after(|world| {
                let stranger = Key::generate(13, 256)?;
                let signature =
                    world.signed(PROVIDER, &name(ALICE), types::MIMI, Some(&stranger), |_| {})?;
                world.edit(PROVIDER, ALICE, types::MIMI, |set| {
                    set.signatures = vec![signature];
                })?;
                world.edit(PROVIDER, PROVIDER, types::DNSKEY, |set| {
                    set.rdatas.push(stranger.rdata());
                })
            });
        },
    ),
    Breakage::new(
        "dnskey-without-zone-flag",
        "The key that the DS names is no zone key by its flags.",
        ALICE,
        (Bogus, "missing-dnskey"),
        |plan| {
            change_key(plan, true, |rdata| put(rdata, 0, 0));
        },
    ),
    Breakage::new(
        "data-key-without-zone-flag",
        "The key of the answer is no zone key by its flags.",
        ALICE,
        (Bogus, "wrong-key"),
        |plan| {
            change_key(plan, false, |rdata| put(rdata, 0, 0));
        },
    ),
    Breakage::new(
        "dnskey-without-sep-flag",
        "The key that the DS names lacks the flag of secure entry points, which is a hint and no more.",
        ALICE,
        (Secure, ""),
        |plan| {
            change_key(plan, true, |rdata| put(rdata, 1, 0));
        },
    ),
    Breakage::new(
        "dnskey-revoked",
        "The key that the DS names is revoked.",
        ALICE,
        (Bogus, "revoked"),
        |plan| {
            change_key(plan, true, |rdata| put(rdata, 1, 0x81));
        },
    )
    .but_unbound("it heeds the flag in trust anchors only; RFC 5011 §2.1 leaves such a key no purpose"),
    Breakage::new(
        "data-key-revoked",
        "The key of the answer is revoked.",
        ALICE,
        (Bogus, "revoked"),
        |plan| {
            change_key(plan, false, |rdata| put(rdata, 1, 0x80));
        },
    )
    .but_unbound("it heeds the flag in trust anchors only; RFC 5011 §2.1 leaves such a key no purpose"),
    Breakage::new(
        "dnskey-other-protocol",
        "The key that the DS names has another protocol number than 3.",
        ALICE,
        (Bogus, "missing-dnskey"),
        |plan| {
            change_key(plan, true, |rdata| put(rdata, 2, 4));
        },
    ),
    Breakage::new(
        "zone-unknown-algorithm",
        "The parent and the keys say 13, but the answer is signed with an algorithm that nobody knows.",
        ALICE,
        (Bogus, "unsupported"),
        |plan| {
            change_key(plan, false, |rdata| put(rdata, 3, 200));
        },
    ),
    Breakage::new(
        "key-collision",
        "Another key has the tag of the one that signs: both have to be tried.",
        ALICE,
        (Secure, ""),
        |plan| {
            plan.after(|world| {
                let tag = world.zone(PROVIDER)?.keys.last().map_or(0, Key::tag);
                let other = colliding(tag, 13, 7);
                world.edit_and_sign(
                    PROVIDER,
                    PROVIDER,
                    types::DNSKEY,
                    |set| set.rdatas.insert(0, other),
                    |_| {},
                )
            });
        },
    ),
    Breakage::new(
        "dnskey-absent",
        "The zone that has a DS says that it has no DNSKEY.",
        ALICE,
        (Bogus, "missing-dnskey"),
        |plan| {
            plan.answer(PROVIDER, types::DNSKEY, |world, reply| {
                *reply = world.look_up(&name(PROVIDER), types::AAAA);
            });
        },
    ),
    Breakage::new(
        "dnskey-servfail",
        "The DNSKEY set cannot be had: SERVFAIL (D59).",
        ALICE,
        (Indeterminate, "servfail"),
        |plan| plan.answer(PROVIDER, types::DNSKEY, fail),
    ),
    Breakage::new(
        "dnskey-timeout",
        "The DNSKEY set cannot be had: silence (D59).",
        ALICE,
        (Indeterminate, "timeout"),
        |plan| plan.answer(PROVIDER, types::DNSKEY, say_nothing),
    ),
    Breakage::new(
        "dnskey-timeout-telephone",
        "The same for the zone of telephone numbers.",
        NO_NUMBER,
        (Indeterminate, "timeout"),
        |plan| plan.answer(NUMBERS, types::DNSKEY, say_nothing),
    ),
    Breakage::new(
        "ds-servfail",
        "The DS cannot be had: SERVFAIL (D59).",
        ALICE,
        (Indeterminate, "servfail"),
        |plan| plan.answer(PROVIDER, types::DS, fail),
    ),
    Breakage::new(
        "ds-timeout",
        "The DS cannot be had: silence (D59).",
        ALICE,
        (Indeterminate, "timeout"),
        |plan| plan.answer(PROVIDER, types::DS, say_nothing),
    ),
    Breakage::new(
        "ds-timeout-insecure",
        "Whether an unsigned zone may be unsigned cannot be had: silence (D59).",
        "bob.plain.example",
        (Indeterminate, "timeout"),
        |plan| plan.answer("plain.example", types::DS, say_nothing),
    ),
    Breakage::new(
        "root-keys-servfail",
        "The keys of the root cannot be had (D59).",
        ALICE,
        (Indeterminate, "servfail"),
        |plan| plan.answer(".", types::DNSKEY, fail),
    ),
    Breakage::new(
        "anchor-wrong",
        "The trust anchor is another key than the root's.",
        ALICE,
        (Bogus, "wrong-key"),
        |plan| {
            plan.after(|world| {
                world.anchor = Key::generate(13, 257)?.rdata();
                Ok(())
            });
        },
    ),
    Breakage::new(
        "zone-expired",
        "Every signature of the zone ended.",
        ALICE,
        (Bogus, "expired"),
        |plan| super::expire_zone(plan, PROVIDER),
    ),
    Breakage::new(
        "zone-expired-email",
        "Every signature of the email address's zone ended.",
        CAROL,
        (Bogus, "expired"),
        |plan| super::expire_zone(plan, PEOPLE),
    ),
    Breakage::new(
        "zone-expired-telephone",
        "Every signature of the zone of numbers ended, and the number does not exist.",
        NO_NUMBER,
        (Bogus, "expired"),
        |plan| super::expire_zone(plan, NUMBERS),
    ),
    Breakage::new(
        "top-level-expired",
        "Every signature of the top-level domain ended.",
        ALICE,
        (Bogus, "expired"),
        |plan| super::expire_zone(plan, "example"),
    ),
];
