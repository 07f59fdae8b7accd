//! Zones below zones, some of them without end.

use mimi_name::DomainName;

use super::super::lookup::SERVFAIL;
use super::super::plan::{Plan, ZonePlan};
use super::super::record::{data, name, types};
use super::super::zone::RecordSet;
use super::super::{Question, Reply, ResourceRecord, Signature, SignedWorld, WorldError};
use super::Hostility;

const ENDLESS: &str = "endless.example";
/// 60 labels, each of them a zone.
const DEEP: &str = "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19.20.21.22.23.24.25.26.27.28.29.30.31.32.33.34.35.36.37.38.39.40.41.42.43.44.45.46.47.48.49.50.51.52.53.54.55.56.57.58.endless.example";
/// 112 labels below an unsigned zone.
const DEEP_PLAIN: &str = "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.plain.example";
/// The same below a signed one.
const DEEP_SIGNED: &str = "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.provider.example";

/// A set that a zone made up on the spot holds: its keys are those of `endless.example`.
fn set_of(
    world: &SignedWorld,
    owner: &DomainName,
    record_type: u16,
    rdatas: Vec<Vec<u8>>,
    signer: &DomainName,
) -> Result<Vec<ResourceRecord>, WorldError> {
    let set = RecordSet {
        ttl: 3600,
        rdatas,
        signatures: Vec::new(),
    };
    let change = |signature: &mut Signature| signature.signer = signer.clone();
    world.signed_set(ENDLESS, owner, record_type, set, change)
}

/// Every name below `endless.example` is a signed zone; MIMI is what `mimi` makes of it.
fn endless(plan: &mut Plan, mimi: fn(&DomainName) -> (u16, Vec<u8>)) {
    plan.zones.push(ZonePlan::signed(ENDLESS));
    plan.filter(move |world, question, reply| {
        let apex = name(ENDLESS);
        if question.name.is_within(&apex) && question.name != apex {
            let made = invent(world, question, mimi);
            *reply = match made {
                Ok(answer) => Reply {
                    answer,
                    ..Reply::default()
                },
                Err(_) => Reply::error(SERVFAIL),
            };
        }
    });
}

fn invent(
    world: &SignedWorld,
    question: &Question,
    mimi: fn(&DomainName) -> (u16, Vec<u8>),
) -> Result<Vec<ResourceRecord>, WorldError> {
    let here = &question.name;
    let zone = world.zone(ENDLESS)?;
    match question.record_type {
        types::DS => {
            let parent = here.parent().unwrap_or_else(DomainName::root);
            let key = zone.keys.first();
            let ds = key.map_or_else(|| Ok(Vec::new()), |key| key.ds(here))?;
            set_of(world, here, types::DS, vec![ds], &parent)
        }
        types::DNSKEY => {
            let keys = zone.keys.iter().map(|key| key.rdata()).collect();
            set_of(world, here, types::DNSKEY, keys, here)
        }
        types::NS => set_of(
            world,
            here,
            types::NS,
            vec![data::target("ns.invalid")],
            here,
        ),
        _ => {
            let (record_type, rdata) = mimi(here);
            set_of(world, here, record_type, vec![rdata], here)
        }
    }
}

/// The first label of the next name after `n7` is `n8`; three zones lie between it and `endless.example`.
fn next(here: &DomainName) -> (u16, Vec<u8>) {
    let first = here.labels().next().unwrap_or_default();
    let number = std::str::from_utf8(first)
        .ok()
        .and_then(|label| label.strip_prefix('n')?.parse::<u32>().ok());
    let number = number.unwrap_or_default() + 1;
    (
        types::CNAME,
        data::target(&format!("n{number}.x{number}.y{number}.{ENDLESS}")),
    )
}

pub(super) const ALL: &[Hostility] = &[
    Hostility::new(
        "cuts-60",
        "A name of 60 labels, each of them a signed zone of its own.",
        DEEP,
        |plan| endless(plan, |_| (types::MIMI, data::mimi("deep"))),
    ),
    Hostility::new(
        "cuts-and-aliases",
        "Aliases without end, each in new signed zones.",
        "n0.endless.example",
        |plan| endless(plan, next),
    ),
    Hostility::new(
        "cuts-60-unsigned-answer",
        "A name of 60 labels, each of them a signed zone, and an answer without a signature.",
        DEEP,
        |plan| {
            endless(plan, |_| (types::MIMI, data::mimi("deep")));
            plan.answer(DEEP, types::MIMI, |_, reply| {
                reply.strip(|record| record.record_type == types::RRSIG);
            });
        },
    ),
    Hostility::new(
        "deep-unsigned",
        "A name 112 labels below an unsigned zone.",
        DEEP_PLAIN,
        |plan| {
            plan.zone("plain.example", |zone| {
                zone.add(DEEP_PLAIN, types::MIMI, data::mimi("deep"));
            });
        },
    ),
    Hostility::new(
        "deep-unsigned-in-signed",
        "An unsigned answer for a name 112 labels below a signed zone.",
        DEEP_SIGNED,
        |plan| {
            plan.answer(DEEP_SIGNED, types::MIMI, |_, reply| {
                let forged = ResourceRecord::new(DEEP_SIGNED, types::MIMI, data::mimi("deep"));
                *reply = Reply {
                    answer: vec![forged],
                    ..Reply::default()
                };
            });
        },
    ),
    Hostility::new(
        "referral",
        "A referral to servers of a child, in place of an answer (D58).",
        "bob.child.plain.example",
        |plan| {
            plan.answer("bob.child.plain.example", types::MIMI, |_, reply| {
                let server = ResourceRecord::new(
                    "child.plain.example",
                    types::NS,
                    data::target("ns.invalid"),
                );
                *reply = Reply {
                    authority: vec![server],
                    ..Reply::default()
                };
            });
        },
    ),
    Hostility::new(
        "referral-fan",
        "A referral to 500 servers without addresses, each in a zone of its own.",
        "bob.child.plain.example",
        |plan| {
            plan.answer("bob.child.plain.example", types::MIMI, |_, reply| {
                let server = |index: u16| {
                    ResourceRecord::new(
                        "child.plain.example",
                        types::NS,
                        data::target(&format!("ns.s{index}.example")),
                    )
                };
                *reply = Reply {
                    authority: (0..500).map(server).collect(),
                    ..Reply::default()
                };
            });
        },
    ),
    Hostility::new(
        "referral-upwards",
        "A referral to the root.",
        "bob.plain.example",
        |plan| {
            plan.answer("bob.plain.example", types::MIMI, |_, reply| {
                *reply = Reply {
                    authority: vec![ResourceRecord::new(
                        ".",
                        types::NS,
                        data::target("ns.invalid"),
                    )],
                    ..Reply::default()
                };
            });
        },
    ),
    Hostility::new(
        "all-servfail",
        "Every question about the zone fails.",
        "bob.plain.example",
        |plan| {
            plan.filter(|_, question, reply| {
                if question.name.is_within(&name("plain.example")) {
                    *reply = Reply::error(SERVFAIL);
                }
            });
        },
    ),
    Hostility::new(
        "all-silent",
        "No question about the zone is answered.",
        "bob.plain.example",
        |plan| {
            plan.filter(|_, question, reply| {
                reply.is_silent |= question.name.is_within(&name("plain.example"));
            });
        },
    ),
    Hostility::new(
        "every-ds-servfail",
        "No DS can be had, of any name.",
        "bob.plain.example",
        |plan| {
            plan.filter(|_, question, reply| {
                if question.record_type == types::DS {
                    *reply = Reply::error(SERVFAIL);
                }
            });
        },
    ),
];
