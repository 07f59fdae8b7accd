//! What can be wrong where one zone ends and another begins: signed data passed off as unsigned.

use super::super::lookup::NXDOMAIN;
use super::super::plan::Plan;
use super::super::record::{data, types};
use super::super::sound::*;
use super::super::{Reply, ResourceRecord, SignedWorld};
use super::Verdict::{Bogus, Secure};
use super::{Breakage, absence, covering, forged, matching, strip_denials};

/// The unsigned zone and its person.
const PLAIN: &str = "plain.example";
const PLAIN_BOB: &str = "bob.plain.example";

/// Answers with Mallory's account for Alice, unsigned.
fn forge_alice(plan: &mut Plan) {
    plan.answer(ALICE, types::MIMI, |_, reply| {
        *reply = Reply {
            answer: vec![forged(ALICE)],
            ..Reply::default()
        };
    });
}

/// Answers the question for the provider's DS with something else, and forges Alice's records.
fn forge_below(plan: &mut Plan, ds: fn(&SignedWorld, &mut Reply)) {
    forge_alice(plan);
    plan.answer(PROVIDER, types::DS, ds);
    // A zone that has no DS would have no keys either.
    plan.answer(PROVIDER, types::DNSKEY, |_, reply| {
        *reply = Reply::default();
    });
}

/// NS records at a name, unsigned.
fn delegate(plan: &mut Plan, owner: &'static str) {
    plan.answer(owner, types::NS, move |_, reply| {
        let server = ResourceRecord::new(owner, types::NS, data::target("ns.invalid"));
        *reply = Reply {
            answer: vec![server],
            ..Reply::default()
        };
    });
}

pub(super) const ALL: &[Breakage] = &[
    Breakage::new(
        "ds-denial-missing",
        "An unsigned zone whose parent does not prove that it has no DS.",
        PLAIN_BOB,
        (Bogus, "missing-denial"),
        |plan| {
            plan.answer(PLAIN, types::DS, |_, reply| strip_denials(reply));
        },
    ),
    Breakage::new(
        "ds-denial-unsigned",
        "The NSEC that denies the DS is not signed.",
        PLAIN_BOB,
        (Bogus, "missing-signature"),
        |plan| {
            plan.answer(PLAIN, types::DS, |_, reply| {
                reply.strip(|record| record.covers() == Some(types::NSEC));
            });
        },
    ),
    Breakage::new(
        "ds-denial-expired",
        "The signature of the NSEC that denies the DS ended.",
        PLAIN_BOB,
        (Bogus, "expired"),
        |plan| {
            plan.after(|world| {
                world.edit_and_sign("example", PLAIN, types::NSEC, |_| {}, super::expire)
            });
        },
    ),
    Breakage::new(
        "ds-denial-hashed-missing",
        "An unsigned zone below one with NSEC3, without the proof that it has no DS.",
        "bob.plain.hashed.example",
        (Bogus, "missing-denial"),
        |plan| {
            plan.answer("plain.hashed.example", types::DS, |_, reply| {
                strip_denials(reply);
            });
        },
    ),
    Breakage::new(
        "ds-denial-without-ns",
        "The NSEC that denies the DS shows no delegation: the name belongs to the signed zone.",
        PLAIN_BOB,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            plan.after(|world| {
                let bitmap = data::bitmap(&[types::TXT, types::NSEC, types::RRSIG]);
                world.edit_and_sign(
                    "example",
                    PLAIN,
                    types::NSEC,
                    |set| {
                        for rdata in &mut set.rdatas {
                            let end = rdata.len()
                                - data::bitmap(&[types::NS, types::NSEC, types::RRSIG]).len();
                            rdata.truncate(end);
                            rdata.extend(&bitmap);
                        }
                    },
                    |_| {},
                )
            });
        },
    ),
    Breakage::new(
        "ds-denial-replayed",
        "The DS of a signed zone is denied by the NSEC of another, unsigned one; the answer is forged.",
        ALICE,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            forge_below(plan, |world, reply| {
                *reply = absence(world, 0, "example", matching(world, "example", PLAIN));
            });
        },
    ),
    Breakage::new(
        "ds-denial-replayed-telephone",
        "The same for the zone of telephone numbers, with the NSEC of `arpa.` itself.",
        NUMBER,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            plan.answer(NUMBER_NAME, types::MIMI, |_, reply| {
                *reply = Reply {
                    answer: vec![forged(NUMBER_NAME)],
                    ..Reply::default()
                }
            });
            plan.answer(NUMBERS, types::DS, |world, reply| {
                *reply = absence(world, 0, "arpa", matching(world, "arpa", "arpa"));
            });
            plan.answer(NUMBERS, types::DNSKEY, |_, reply| *reply = Reply::default());
        },
    ),
    Breakage::new(
        "ds-denial-stripped",
        "The DS of a signed zone is denied without any proof; the answer is forged.",
        ALICE,
        (Bogus, "missing-denial"),
        |plan| {
            forge_below(plan, |world, reply| {
                *reply = absence(world, 0, "example", Vec::new());
            });
        },
    ),
    Breakage::new(
        "ds-denial-empty",
        "The question for the DS of a signed zone gets an empty answer; the answer is forged.",
        ALICE,
        (Bogus, "missing-denial"),
        |plan| {
            forge_below(plan, |_, reply| *reply = Reply::default());
        },
    ),
    Breakage::new(
        "ds-denial-nxdomain",
        "The DS of a signed zone is denied with NXDOMAIN and the NSEC of another gap; the answer is forged.",
        ALICE,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            forge_below(plan, |world, reply| {
                *reply = absence(
                    world,
                    NXDOMAIN,
                    "example",
                    covering(world, "example", "nothing.example"),
                );
            });
        },
    ),
    Breakage::new(
        "ds-denial-with-ds",
        "The DS of a signed zone is denied by the NSEC that shows it; the answer is forged.",
        ALICE,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            forge_below(plan, |world, reply| {
                *reply = absence(world, 0, "example", matching(world, "example", PROVIDER));
            });
        },
    ),
    Breakage::new(
        "ds-denial-of-the-child",
        "The DS is denied by the NSEC at the apex of the child, which knows nothing of it; the answer is forged.",
        ALICE,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            forge_alice(plan);
            plan.answer(PROVIDER, types::DS, |world, reply| {
                *reply = absence(world, 0, PROVIDER, matching(world, PROVIDER, PROVIDER));
            });
        },
    ),
    Breakage::new(
        "invented-delegation",
        "NS records are invented at a person's name, whose NSEC proves that it has no DS; the answer is forged.",
        ALICE,
        (Bogus, "missing-signature"),
        |plan| {
            forge_alice(plan);
            delegate(plan, ALICE);
        },
    ),
    Breakage::new(
        "invented-delegation-telephone",
        "The same for a telephone number.",
        NUMBER,
        (Bogus, "missing-signature"),
        |plan| {
            plan.answer(NUMBER_NAME, types::MIMI, |_, reply| {
                *reply = Reply {
                    answer: vec![forged(NUMBER_NAME)],
                    ..Reply::default()
                }
            });
            delegate(plan, NUMBER_NAME);
        },
    ),
    Breakage::new(
        "invented-delegation-above",
        "NS records are invented at a name above a person's, which only has names below it.",
        "carol.users.provider.example",
        (Bogus, "missing-signature"),
        |plan| {
            plan.answer(CAROL_NAME, types::MIMI, |_, reply| {
                *reply = Reply {
                    answer: vec![forged(CAROL_NAME)],
                    ..Reply::default()
                }
            });
            delegate(plan, "users.provider.example");
        },
    ),
    Breakage::new(
        "invented-delegation-hashed",
        "NS records are invented at a person's name in a zone with NSEC3; the answer is forged.",
        HASHED_ALICE,
        (Bogus, "missing-signature"),
        |plan| {
            plan.answer(HASHED_ALICE, types::MIMI, |_, reply| {
                *reply = Reply {
                    answer: vec![forged(HASHED_ALICE)],
                    ..Reply::default()
                }
            });
            delegate(plan, HASHED_ALICE);
        },
    ),
    Breakage::new(
        "invented-delegation-nowhere",
        "NS records are invented at a name that does not exist; the answer is forged.",
        NOBODY,
        (Bogus, "missing-signature"),
        |plan| {
            plan.answer(NOBODY, types::MIMI, |_, reply| {
                *reply = Reply {
                    answer: vec![forged(NOBODY)],
                    ..Reply::default()
                }
            });
            delegate(plan, NOBODY);
        },
    ),
    Breakage::new(
        "parent-denies-type",
        "MIMIX is denied by the parent's NSEC at the cut, which only speaks of the delegation.",
        CAROL,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            plan.answer(PEOPLE, types::MIMIX, |world, reply| {
                *reply = absence(world, 0, "example", matching(world, "example", PEOPLE));
            });
        },
    ),
    Breakage::new(
        "parent-denies-type-with-soa",
        "The same, beside the SOA of the child.",
        CAROL,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            plan.answer(PEOPLE, types::MIMIX, |world, reply| {
                *reply = absence(world, 0, PEOPLE, matching(world, "example", PEOPLE));
            });
        },
    ),
    Breakage::new(
        "parent-denies-name",
        "A person is denied by the parent's NSEC at the cut, in whose gap the child's names lie.",
        ALICE,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            plan.answer(ALICE, types::MIMI, |world, reply| {
                *reply = absence(
                    world,
                    NXDOMAIN,
                    "example",
                    matching(world, "example", PROVIDER),
                );
            });
        },
    ),
    Breakage::new(
        "parent-denies-number",
        "The same for a telephone number.",
        NUMBER,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            plan.answer(NUMBER_NAME, types::MIMI, |world, reply| {
                *reply = absence(world, NXDOMAIN, "arpa", matching(world, "arpa", NUMBERS));
            });
        },
    ),
    Breakage::new(
        "opt-out-cleared",
        "The unsigned zone falls into a gap of NSEC3 that does not opt out: no delegation can be there.",
        "bob.plain.optout.example",
        (Bogus, "denial-does-not-cover"),
        |plan| {
            plan.after(|world| {
                world.edit_hashed("optout.example", |rdata| {
                    if let Some(flags) = rdata.get_mut(1) {
                        *flags = 0;
                    }
                })
            });
        },
    ),
    Breakage::new(
        "unsigned-child-answers-ds",
        "The DS of an unsigned zone is denied soundly, and an unsigned SOA of the child comes along.",
        PLAIN_BOB,
        (super::Verdict::Insecure, ""),
        |plan| {
            plan.answer(PLAIN, types::DS, |world, reply| {
                reply.authority.extend(super::soa(world, PLAIN));
            });
        },
    ),
    Breakage::new(
        "signed-below-empty-name",
        "A signed zone two labels below its parent, with nothing in between.",
        "bob.deep.down.example",
        (Secure, ""),
        |plan| {
            plan.zone("deep.down.example", |zone| {
                *zone = super::super::ZonePlan::signed("deep.down.example");
                zone.add("bob.deep.down.example", types::MIMI, data::mimi("bob"));
            });
        },
    ),
];
