//! Answers as large as they can be.

use super::super::plan::Plan;
use super::super::record::{data, types};
use super::super::sound::{ALICE, NOBODY, PROVIDER};
use super::super::{Reply, ResourceRecord};
use super::Hostility;

/// Address records of as many names, unsigned.
fn addresses(count: u16, below: &str) -> Vec<ResourceRecord> {
    let address = |index: u16| {
        let [high, low] = index.to_be_bytes();
        ResourceRecord::new(
            &format!("h{index}.{below}"),
            types::A,
            vec![192, 0, high, low],
        )
    };
    (0..count).map(address).collect()
}

fn beside_alice(plan: &mut Plan, put: fn(&mut Reply)) {
    plan.answer(ALICE, types::MIMI, move |_, reply| put(reply));
}

/// 110 labels.
fn deep(below: &str) -> String {
    format!("{}{below}", "b.".repeat(110))
}

pub(super) const ALL: &[Hostility] = &[
    Hostility::new(
        "unsigned-1500-additional",
        "1,500 unsigned sets in the additional section.",
        ALICE,
        |plan| {
            beside_alice(plan, |reply| {
                reply.additional.extend(addresses(1500, "e.example"));
            });
        },
    ),
    Hostility::new(
        "unsigned-1500-authority",
        "1,500 unsigned sets in the authority section.",
        ALICE,
        |plan| {
            beside_alice(plan, |reply| {
                reply.authority.extend(addresses(1500, "e.example"));
            });
        },
    ),
    Hostility::new(
        "unsigned-1500-answer",
        "1,500 unsigned sets in the answer section.",
        ALICE,
        |plan| {
            beside_alice(plan, |reply| {
                reply.answer.extend(addresses(1500, "e.example"));
            });
        },
    ),
    Hostility::new(
        "unsigned-200-deep-additional",
        "200 unsigned sets of names of 112 labels in the additional section.",
        ALICE,
        |plan| {
            beside_alice(plan, |reply| {
                reply.additional.extend(addresses(200, &deep("e.example")));
            });
        },
    ),
    Hostility::new(
        "unsigned-200-deep-answer",
        "200 unsigned sets of names of 112 labels in the answer section.",
        ALICE,
        |plan| {
            beside_alice(plan, |reply| {
                reply.answer.extend(addresses(200, &deep("e.example")));
            });
        },
    ),
    Hostility::new(
        "unsigned-200-deep-denial",
        "200 unsigned sets of names of 112 labels beside a denial.",
        NOBODY,
        |plan| {
            plan.answer(NOBODY, types::MIMI, |_, reply| {
                reply.authority.extend(addresses(200, &deep("e.example")));
            });
        },
    ),
    Hostility::new(
        "soa-200",
        "200 unsigned SOA of unrelated names beside a denial.",
        NOBODY,
        |plan| {
            plan.answer(NOBODY, types::MIMI, |_, reply| {
                let soa = |index: u16| {
                    let owner = format!("s{index}.example");
                    ResourceRecord::new(&owner, types::SOA, data::soa(&owner))
                };
                reply.authority.extend((0..200).map(soa));
            });
        },
    ),
    Hostility::new(
        "mimi-60-kib",
        "One record of 60,000 octets, signed.",
        ALICE,
        |plan| {
            let strings = [&[255], [b'x'; 255].as_slice()].concat();
            plan.zone(PROVIDER, |zone| {
                zone.add(ALICE, types::MIMI, strings.repeat(234));
            });
        },
    ),
    Hostility::new(
        "mimi-600-records",
        "600 records in one signed set.",
        ALICE,
        |plan| {
            plan.zone(PROVIDER, |zone| {
                for index in 0..600 {
                    zone.add(ALICE, types::MIMI, data::mimi(&format!("a{index}")));
                }
            });
        },
    ),
    Hostility::new(
        "mimi-1200-short",
        "1,200 records of two octets, in one signed set.",
        ALICE,
        |plan| {
            plan.zone(PROVIDER, |zone| {
                for index in 0..1200_u16 {
                    let [high, low] = index.to_be_bytes();
                    zone.add(ALICE, types::MIMI, vec![2, high, low]);
                }
            });
        },
    ),
    Hostility::new(
        "keys-60-kib",
        "A DNSKEY set of 60,000 octets, signed.",
        ALICE,
        |plan| {
            plan.zone(PROVIDER, |zone| {
                zone.sign(|signing| {
                    for seed in 0..100 {
                        let public = [&[3, 1, 0, 1], [seed; 512].as_slice()].concat();
                        signing
                            .further_keys
                            .push(super::super::key::dnskey(256, 10, &public));
                    }
                });
            });
        },
    ),
];
