//! Keys, signatures and hashes by the hundred (KeyTrap, CVE-2023-50387; CVE-2023-50868).

use super::super::broken::collide;
use super::super::key::dnskey;
use super::super::plan::Plan;
use super::super::record::{name, types};
use super::super::sound::{ALICE, PROVIDER};
use super::super::zone::{Denial, Nsec3, RecordSet};
use super::super::{Key, Signature, SignedWorld, WorldError, tag_of};
use super::Hostility;

/// Below an existing name by as many labels as fit.
const DEEP_IN_HASHED: &str = "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19.20.21.22.23.24.25.26.27.28.29.30.31.32.33.34.35.36.37.38.39.40.41.42.43.44.45.46.47.48.49.50.51.52.53.54.55.56.57.58.59.60.hashed.example";

/// DNSKEY data of the provider's data key's tag: no keys, but of a form that only trying tells.
fn colliding_keys(tag: u16, algorithm: u8, count: u8) -> Vec<Vec<u8>> {
    let key = |seed: u8| {
        let public = match algorithm {
            // An exponent of 65537, and a modulus of 2048 bits that is odd: ring takes it, and computes.
            8 => [&[3, 1, 0, 1, 0xC0], [seed | 1; 255].as_slice()].concat(),
            _ => vec![seed; 64],
        };
        // Seeds that differ in their last bit alone would give one RSA key.
        let mut rdata = dnskey(256, algorithm, &public);
        if let Some(octet) = rdata.get_mut(30) {
            *octet = seed;
        }
        collide(rdata, tag)
    };
    (1..=count).map(key).collect()
}

/// Signatures of this tag over a set, each with something else in place of what was computed.
fn bad_signatures(
    world: &SignedWorld,
    owner: &str,
    record_type: u16,
    (tag, algorithm): (u16, u8),
    count: u16,
) -> Result<Vec<Vec<u8>>, WorldError> {
    let zone = world.zone(PROVIDER)?;
    let owner = name(owner);
    let set = zone.set(&owner, record_type);
    let template = set.and_then(|set| zone.signature(&owner, record_type, set));
    let mut template = template.ok_or(WorldError::NoSuchSet { owner, record_type })?;
    template.tag = tag;
    template.algorithm = algorithm;
    let length = if algorithm == 8 { 256 } else { 64 };
    let signature = |index: u16| {
        let mut rdata = template.prefix();
        let [high, low] = index.to_be_bytes();
        let octets = [high | 1, low].into_iter().cycle();
        rdata.extend(octets.take(length));
        rdata
    };
    Ok((0..count).map(signature).collect())
}

/// Keys of one tag, and signatures of that tag over Alice's records, in front of the sound one.
fn trap(plan: &mut Plan, algorithm: u8, keys: u8, signatures: u16) {
    plan.after(move |world| {
        let tag = match algorithm {
            8 => 4711,
            _ => world.zone(PROVIDER)?.keys.last().map_or(0, Key::tag),
        };
        let further = colliding_keys(tag, algorithm, keys);
        world.edit_and_sign(
            PROVIDER,
            PROVIDER,
            types::DNSKEY,
            |set| {
                set.rdatas.splice(0..0, further);
            },
            |_| {},
        )?;
        let bad = bad_signatures(world, ALICE, types::MIMI, (tag, algorithm), signatures)?;
        world.edit(PROVIDER, ALICE, types::MIMI, |set| {
            set.signatures.splice(0..0, bad);
        })
    });
}

/// Every NSEC3 of the zone in the denial of a deep name.
fn many_hashes(plan: &mut Plan, names: u16, iterations: u16) {
    plan.zone("hashed.example", |zone| {
        for index in 0..names {
            zone.add(
                &format!("n{index}.hashed.example"),
                types::TXT,
                b"\x01x".to_vec(),
            );
        }
        zone.sign(|signing| {
            signing.denial = Denial::Nsec3(Nsec3 {
                iterations,
                ..Nsec3::default()
            });
        });
    });
    plan.answer(DEEP_IN_HASHED, types::MIMI, |world, reply| {
        for zone in world
            .zones
            .iter()
            .filter(|zone| zone.apex == name("hashed.example"))
        {
            reply.strip(|record| record.belongs_to(types::NSEC3));
            for (owner, set) in &zone.hashed {
                reply.authority.extend(set.records(owner, types::NSEC3));
            }
        }
    });
}

pub(super) const ALL: &[Hostility] = &[
    Hostility::new(
        "keytrap",
        "255 keys of one tag, and 255 signatures of that tag that hold for none, before the one that does.",
        ALICE,
        |plan| trap(plan, 13, 255, 255),
    ),
    Hostility::new(
        "keytrap-rsa",
        "100 RSA keys of one tag, and 100 signatures of that tag that hold for none, before the one that does.",
        ALICE,
        |plan| trap(plan, 8, 100, 100),
    ),
    Hostility::new(
        "keys-of-one-tag",
        "255 keys with the tag of the one that signs.",
        ALICE,
        |plan| trap(plan, 13, 255, 0),
    ),
    Hostility::new(
        "signatures-300",
        "300 signatures that do not hold, before the one that does.",
        ALICE,
        |plan| trap(plan, 13, 0, 300),
    ),
    Hostility::new(
        "signatures-300-of-keys",
        "300 signatures over the DNSKEY set that do not hold, before the one that does.",
        ALICE,
        |plan| {
            plan.after(|world| {
                let tag = world.zone(PROVIDER)?.keys.first().map_or(0, Key::tag);
                let bad = bad_signatures(world, PROVIDER, types::DNSKEY, (tag, 13), 300)?;
                world.edit(PROVIDER, PROVIDER, types::DNSKEY, |set| {
                    set.signatures.splice(0..0, bad);
                })
            });
        },
    ),
    Hostility::new(
        "signatures-300-of-strangers",
        "300 signatures with tags of keys that are not there, before the one that holds.",
        ALICE,
        |plan| {
            plan.after(|world| {
                let mut bad = Vec::new();
                for tag in 0..300 {
                    bad.extend(bad_signatures(world, ALICE, types::MIMI, (tag, 13), 1)?);
                }
                world.edit(PROVIDER, ALICE, types::MIMI, |set| {
                    set.signatures.splice(0..0, bad);
                })
            });
        },
    ),
    Hostility::new(
        "signers-100",
        "100 signatures by 100 zones that are not there, before the one that holds.",
        ALICE,
        |plan| {
            plan.after(|world| {
                let key = Key::generate(13, 256)?;
                let mut bad = Vec::new();
                for index in 0..100 {
                    let signer = name(&format!("z{index}.provider.example"));
                    let change = |signature: &mut Signature| signature.signer = signer;
                    bad.push(world.signed(
                        PROVIDER,
                        &name(ALICE),
                        types::MIMI,
                        Some(&key),
                        change,
                    )?);
                }
                world.edit(PROVIDER, ALICE, types::MIMI, |set| {
                    set.signatures.splice(0..0, bad);
                })
            });
        },
    ),
    Hostility::new(
        "ds-times-keys",
        "200 DS of one tag, and 250 keys of that tag: 50,000 digests.",
        ALICE,
        |plan| {
            plan.after(|world| {
                let tag = world.zone(PROVIDER)?.keys.first().map_or(0, Key::tag);
                let keys = colliding_keys(tag, 13, 250).into_iter().map(|mut rdata| {
                    // The flags of a key that signs keys, at the cost of the tag; mended once more.
                    if let Some(flags) = rdata.get_mut(1) {
                        *flags = 1;
                    }
                    collide(rdata, tag)
                });
                let keys: Vec<_> = keys.collect();
                world.edit_and_sign(
                    PROVIDER,
                    PROVIDER,
                    types::DNSKEY,
                    |set| {
                        set.rdatas.splice(0..0, keys);
                    },
                    |_| {},
                )?;
                world.edit_and_sign(
                    "example",
                    PROVIDER,
                    types::DS,
                    |set| {
                        let sound = set.rdatas.first().cloned().unwrap_or_default();
                        for index in 0..200 {
                            let mut other = sound.clone();
                            if let Some(octet) = other.get_mut(4 + usize::from(index % 32)) {
                                *octet ^= 1 + index / 32;
                            }
                            set.rdatas.insert(0, other);
                        }
                    },
                    |_| {},
                )
            });
        },
    ),
    Hostility::new(
        "hashes-200-deep",
        "The denial of a name of 62 labels with 200 NSEC3 of no rounds.",
        DEEP_IN_HASHED,
        |plan| many_hashes(plan, 180, 0),
    ),
    Hostility::new(
        "hashes-200-deep-50-rounds",
        "The same with 50 rounds.",
        DEEP_IN_HASHED,
        |plan| many_hashes(plan, 180, 50),
    ),
    Hostility::new(
        "hashes-200-deep-2500-rounds",
        "The same with 2,500 rounds.",
        DEEP_IN_HASHED,
        |plan| many_hashes(plan, 180, 2500),
    ),
    Hostility::new(
        "hashes-200-salts",
        "The denial of a name of 62 labels with 200 NSEC3, each with a salt of its own.",
        DEEP_IN_HASHED,
        |plan| {
            plan.after(|world| {
                let mut proof = Vec::new();
                for salt in 0..200_u8 {
                    let hashing = Nsec3 {
                        iterations: 0,
                        salt: vec![salt; 8],
                        opt_out: false,
                    };
                    let owner =
                        hashing.owner(&name("alice.hashed.example"), &name("hashed.example"));
                    let rdata =
                        hashing.rdata(&hashing.hash(&name("zoe.hashed.example")), &[types::MIMI]);
                    let set = RecordSet {
                        ttl: 300,
                        rdatas: vec![rdata],
                        signatures: Vec::new(),
                    };
                    proof.extend(world.signed_set(
                        "hashed.example",
                        &owner,
                        types::NSEC3,
                        set,
                        |_| {},
                    )?);
                }
                world.change_answer(DEEP_IN_HASHED, types::MIMI, move |_, reply| {
                    reply.strip(|record| record.belongs_to(types::NSEC3));
                    reply.authority.extend(proof.iter().cloned());
                });
                Ok(())
            });
        },
    ),
    Hostility::new(
        "keys-unsupported-200",
        "200 keys and signatures of an algorithm that nobody knows, beside the sound ones.",
        ALICE,
        |plan| {
            plan.after(|world| {
                let keys: Vec<_> = (0..200).map(|seed| dnskey(256, 200, &[seed; 64])).collect();
                let tags: Vec<u16> = keys.iter().map(|rdata| tag_of(rdata)).collect();
                world.edit_and_sign(
                    PROVIDER,
                    PROVIDER,
                    types::DNSKEY,
                    |set| {
                        set.rdatas.splice(0..0, keys);
                    },
                    |_| {},
                )?;
                let mut bad = Vec::new();
                for tag in tags {
                    bad.extend(bad_signatures(world, ALICE, types::MIMI, (tag, 200), 1)?);
                }
                world.edit(PROVIDER, ALICE, types::MIMI, |set| {
                    set.signatures.splice(0..0, bad);
                })
            });
        },
    ),
];
