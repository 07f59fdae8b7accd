//! What can be wrong with the proof that something does not exist, in zones with NSEC. A forged absence is what would send a person to
//! an oracle (D56).

use super::super::lookup::NXDOMAIN;
use super::super::plan::Plan;
use super::super::record::{data, name, types};
use super::super::sound::*;
use super::super::{Reply, ResourceRecord, SignedWorld};
use super::Verdict::{Bogus, Secure};
use super::{Breakage, absence, covering, matching, soa, strip_denials};

const TEXT: &str = "text.provider.example";
const ANYBODY: &str = "anybody.open.provider.example";
const KNOWN: &str = "known.open.provider.example";

/// Answers one question with another denial.
fn deny(plan: &mut Plan, asked: &'static str, record_type: u16, with: fn(&SignedWorld) -> Reply) {
    plan.answer(asked, record_type, move |world, reply| *reply = with(world));
}

/// What the wildcard gives, for a name that exists.
fn expand(world: &SignedWorld, owner: &str) -> Vec<ResourceRecord> {
    super::from_zone(world, PROVIDER, |zone| {
        let set = zone.set(&name("*.open.provider.example"), types::MIMI);
        set.map_or_else(Vec::new, |set| set.records(&name(owner), types::MIMI))
    })
}

/// An NSEC of an unsigned zone, without a signature, in whose gap everything of it lies.
fn unsigned_nsec() -> ResourceRecord {
    let types = [types::NS, types::SOA, types::NSEC, types::RRSIG];
    ResourceRecord::new(
        "plain.example",
        types::NSEC,
        data::nsec("plain.example", &types),
    )
}

pub(super) const ALL: &[Breakage] = &[
    Breakage::new(
        "no-name-without-nsec",
        "NXDOMAIN without NSEC.",
        NOBODY,
        (Bogus, "missing-denial"),
        |plan| {
            plan.answer(NOBODY, types::MIMI, |_, reply| strip_denials(reply));
        },
    ),
    Breakage::new(
        "no-name-without-nsec-telephone",
        "The same for a telephone number.",
        NO_NUMBER,
        (Bogus, "missing-denial"),
        |plan| {
            plan.answer(NO_NUMBER_NAME, types::MIMI, |_, reply| strip_denials(reply));
        },
    ),
    Breakage::new(
        "no-name-empty",
        "NXDOMAIN and nothing else.",
        NOBODY,
        (Bogus, "missing-denial"),
        |plan| deny(plan, NOBODY, types::MIMI, |_| Reply::error(NXDOMAIN)),
    ),
    Breakage::new(
        "forged-no-name",
        "A person is denied with NXDOMAIN and nothing else.",
        ALICE,
        (Bogus, "missing-denial"),
        |plan| deny(plan, ALICE, types::MIMI, |_| Reply::error(NXDOMAIN)),
    ),
    Breakage::new(
        "forged-no-name-telephone",
        "The same for a telephone number.",
        NUMBER,
        (Bogus, "missing-denial"),
        |plan| deny(plan, NUMBER_NAME, types::MIMI, |_| Reply::error(NXDOMAIN)),
    ),
    Breakage::new(
        "forged-no-name-email",
        "The same for the domain of an email address.",
        CAROL,
        (Bogus, "missing-denial"),
        |plan| deny(plan, PEOPLE, types::MIMIX, |_| Reply::error(NXDOMAIN)),
    ),
    Breakage::new(
        "forged-empty",
        "A person is denied with an empty answer.",
        ALICE,
        (Bogus, "missing-denial"),
        |plan| deny(plan, ALICE, types::MIMI, |_| Reply::default()),
    ),
    Breakage::new(
        "forged-empty-email",
        "MIMIX is denied with an empty answer.",
        CAROL,
        (Bogus, "missing-denial"),
        |plan| deny(plan, PEOPLE, types::MIMIX, |_| Reply::default()),
    ),
    Breakage::new(
        "soa-unsigned",
        "The SOA of a sound NXDOMAIN has no signature.",
        NOBODY,
        (Bogus, "missing-signature"),
        |plan| {
            plan.answer(NOBODY, types::MIMI, |_, reply| {
                reply.strip(|record| record.covers() == Some(types::SOA));
            });
        },
    ),
    Breakage::new(
        "nsec-unsigned",
        "The NSEC of a sound NXDOMAIN have no signatures.",
        NOBODY,
        (Bogus, "missing-signature"),
        |plan| {
            plan.answer(NOBODY, types::MIMI, |_, reply| {
                reply.strip(|record| record.covers() == Some(types::NSEC));
            });
        },
    ),
    Breakage::new(
        "nsec-expired",
        "The signature of the NSEC that covers the name ended.",
        NOBODY,
        (Bogus, "expired"),
        |plan| {
            plan.after(|world| {
                world
                    .edit_and_sign(
                        PROVIDER,
                        "carol.moved.provider.example",
                        types::NSEC,
                        |_| {},
                        super::expire,
                    )
                    .or_else(|_| {
                        world.edit_and_sign(
                            PROVIDER,
                            "moved.provider.example",
                            types::NSEC,
                            |_| {},
                            super::expire,
                        )
                    })
            });
        },
    ),
    Breakage::new(
        "nsec-forged",
        "A person is denied by an NSEC whose gap was widened after signing.",
        ALICE,
        (Bogus, "bad-signature"),
        |plan| {
            deny(plan, ALICE, types::MIMI, |world| {
                let mut proof = matching(world, PROVIDER, PROVIDER);
                for record in proof
                    .iter_mut()
                    .filter(|record| record.record_type == types::NSEC)
                {
                    record.rdata = data::nsec(
                        "zoe.provider.example",
                        &[
                            types::NS,
                            types::SOA,
                            types::RRSIG,
                            types::NSEC,
                            types::DNSKEY,
                        ],
                    );
                }
                absence(world, NXDOMAIN, PROVIDER, proof)
            });
        },
    ),
    Breakage::new(
        "no-type-without-nsec",
        "NODATA without NSEC.",
        TEXT,
        (Bogus, "missing-denial"),
        |plan| {
            plan.answer(TEXT, types::MIMI, |_, reply| strip_denials(reply));
        },
    ),
    Breakage::new(
        "no-mimix-without-nsec",
        "NODATA for MIMIX without NSEC, at a domain that has none.",
        "alice@provider.example",
        (Bogus, "missing-denial"),
        |plan| {
            plan.answer(PROVIDER, types::MIMIX, |_, reply| strip_denials(reply));
        },
    ),
    Breakage::new(
        "other-gap",
        "A person is denied by the NSEC of another gap.",
        ALICE,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            deny(plan, ALICE, types::MIMI, |world| {
                world.look_up(&name(NOBODY), types::MIMI)
            });
        },
    ),
    Breakage::new(
        "other-gap-telephone",
        "A telephone number is denied by the NSEC of another gap.",
        NUMBER,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            deny(plan, NUMBER_NAME, types::MIMI, |world| {
                world.look_up(&name(NO_NUMBER_NAME), types::MIMI)
            });
        },
    ),
    Breakage::new(
        "other-gap-email",
        "The domain of an email address is denied by the NSEC of another gap of its parent.",
        CAROL,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            deny(plan, PEOPLE, types::MIMIX, |world| {
                world.look_up(&name("aardvark.example"), types::MIMIX)
            });
        },
    ),
    Breakage::new(
        "bitmap-holds-type",
        "MIMI is denied by the NSEC that shows it.",
        ALICE,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            deny(plan, ALICE, types::MIMI, |world| {
                absence(world, 0, PROVIDER, matching(world, PROVIDER, ALICE))
            });
        },
    ),
    Breakage::new(
        "bitmap-holds-type-telephone",
        "The same for a telephone number.",
        NUMBER,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            deny(plan, NUMBER_NAME, types::MIMI, |world| {
                absence(world, 0, NUMBERS, matching(world, NUMBERS, NUMBER_NAME))
            });
        },
    ),
    Breakage::new(
        "bitmap-holds-mimix",
        "MIMIX is denied by the NSEC that shows it.",
        CAROL,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            deny(plan, PEOPLE, types::MIMIX, |world| {
                absence(world, 0, PEOPLE, matching(world, PEOPLE, PEOPLE))
            });
        },
    ),
    Breakage::new(
        "bitmap-holds-cname",
        "MIMI is denied by an NSEC that shows an alias.",
        "alias.provider.example",
        (Bogus, "denial-does-not-cover"),
        |plan| {
            deny(plan, "alias.provider.example", types::MIMI, |world| {
                absence(
                    world,
                    0,
                    PROVIDER,
                    matching(world, PROVIDER, "alias.provider.example"),
                )
            });
        },
    ),
    Breakage::new(
        "another-names-nsec",
        "MIMI is denied by the NSEC of another name without it.",
        ALICE,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            deny(plan, ALICE, types::MIMI, |world| {
                absence(world, 0, PROVIDER, matching(world, PROVIDER, TEXT))
            });
        },
    ),
    Breakage::new(
        "wildcard-not-denied",
        "NXDOMAIN proves that the name does not exist, but not that no wildcard answers.",
        NOBODY,
        (Bogus, "wildcard-denial-missing"),
        |plan| {
            deny(plan, NOBODY, types::MIMI, |world| {
                absence(world, NXDOMAIN, PROVIDER, covering(world, PROVIDER, NOBODY))
            });
        },
    ),
    Breakage::new(
        "name-not-denied",
        "NXDOMAIN proves that no wildcard answers, but not that the name does not exist.",
        NOBODY,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            deny(plan, NOBODY, types::MIMI, |world| {
                absence(
                    world,
                    NXDOMAIN,
                    PROVIDER,
                    covering(world, PROVIDER, "*.provider.example"),
                )
            });
        },
    ),
    Breakage::new(
        "wildcard-without-proof",
        "A wildcard answers, without the proof that the name itself does not exist.",
        ANYBODY,
        (Bogus, "missing-denial"),
        |plan| {
            plan.answer(ANYBODY, types::MIMI, |_, reply| strip_denials(reply));
        },
    ),
    Breakage::new(
        "wildcard-replayed",
        "A wildcard answers for a name that exists, without a proof.",
        KNOWN,
        (Bogus, "missing-denial"),
        |plan| {
            plan.answer(KNOWN, types::MIMI, |world, reply| {
                reply.answer = expand(world, KNOWN);
            });
        },
    ),
    Breakage::new(
        "wildcard-replayed-other-gap",
        "A wildcard answers for a name that exists, with the NSEC of another gap.",
        KNOWN,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            plan.answer(KNOWN, types::MIMI, |world, reply| {
                reply.answer = expand(world, KNOWN);
                reply.authority = covering(world, PROVIDER, ANYBODY);
            });
        },
    ),
    Breakage::new(
        "wildcard-replayed-unsigned-nsec",
        "A wildcard answers for a name that exists, with an unsigned NSEC of an unsigned zone.",
        KNOWN,
        (Bogus, "missing-denial"),
        |plan| {
            plan.answer(KNOWN, types::MIMI, |world, reply| {
                reply.answer = expand(world, KNOWN);
                reply.authority = vec![unsigned_nsec()];
            });
        },
    ),
    Breakage::new(
        "wildcard-elsewhere",
        "The wildcard's records are given to a name that is not below it.",
        ALICE,
        (Bogus, "bad-signature"),
        |plan| {
            plan.answer(ALICE, types::MIMI, |world, reply| {
                reply.answer = expand(world, ALICE);
            });
        },
    ),
    Breakage::new(
        "unsigned-soa-elsewhere",
        "A person is denied with NXDOMAIN and the unsigned SOA of an unsigned zone elsewhere.",
        ALICE,
        (Bogus, "missing-denial"),
        |plan| {
            deny(plan, ALICE, types::MIMI, |world| {
                absence(world, NXDOMAIN, "plain.example", Vec::new())
            });
        },
    ),
    Breakage::new(
        "unsigned-soa-elsewhere-telephone",
        "The same for a telephone number.",
        NUMBER,
        (Bogus, "missing-denial"),
        |plan| {
            deny(plan, NUMBER_NAME, types::MIMI, |world| {
                absence(world, NXDOMAIN, "plain.example", Vec::new())
            });
        },
    ),
    Breakage::new(
        "unsigned-soa-elsewhere-email",
        "The same for the MIMIX of an email address.",
        CAROL,
        (Bogus, "missing-denial"),
        |plan| {
            deny(plan, PEOPLE, types::MIMIX, |world| {
                absence(world, NXDOMAIN, "plain.example", Vec::new())
            });
        },
    ),
    Breakage::new(
        "unsigned-soa-below",
        "A person is denied with NXDOMAIN and an SOA invented at the name itself.",
        ALICE,
        (Bogus, "missing-denial"),
        |plan| {
            deny(plan, ALICE, types::MIMI, |_| Reply {
                rcode: NXDOMAIN,
                authority: vec![ResourceRecord::new(ALICE, types::SOA, data::soa(ALICE))],
                ..Reply::default()
            });
        },
    ),
    Breakage::new(
        "unsigned-nsec-elsewhere",
        "A person is denied with the unsigned SOA and NSEC of an unsigned zone elsewhere.",
        ALICE,
        (Bogus, "missing-denial"),
        |plan| {
            deny(plan, ALICE, types::MIMI, |world| {
                absence(world, NXDOMAIN, "plain.example", vec![unsigned_nsec()])
            });
        },
    ),
    Breakage::new(
        "secure-soa-elsewhere",
        "A person is denied with the signed SOA of a sibling zone.",
        ALICE,
        (Bogus, "missing-denial"),
        |plan| {
            deny(plan, ALICE, types::MIMI, |world| {
                absence(world, NXDOMAIN, PEOPLE, Vec::new())
            });
        },
    ),
    Breakage::new(
        "secure-nsec-elsewhere",
        "A person is denied with the signed SOA and NSEC of a sibling zone.",
        ALICE,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            deny(plan, ALICE, types::MIMI, |world| {
                absence(world, NXDOMAIN, PEOPLE, matching(world, PEOPLE, PEOPLE))
            });
        },
    ),
    Breakage::new(
        "soa-of-sibling-beside-proof",
        "A sound denial stands beside the signed SOA of a sibling zone in place of its own.",
        NOBODY,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            plan.answer(NOBODY, types::MIMI, |world, reply| {
                reply.strip(|record| record.belongs_to(types::SOA));
                reply.authority.extend(soa(world, PEOPLE));
            });
        },
    ),
    Breakage::new(
        "no-type-said-no-name",
        "The denial of a type comes with NXDOMAIN: the response code is not signed.",
        TEXT,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            plan.answer(TEXT, types::MIMI, |_, reply| reply.rcode = NXDOMAIN);
        },
    )
    .but_unbound("it takes the response for what the NSEC proves, and corrects the response code"),
    Breakage::new(
        "no-name-said-no-type",
        "The denial of a name comes with NOERROR: the response code is not signed.",
        NOBODY,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            plan.answer(NOBODY, types::MIMI, |_, reply| reply.rcode = 0);
        },
    ),
    Breakage::new(
        "found-said-no-name",
        "A sound answer comes with NXDOMAIN.",
        ALICE,
        (Bogus, "denial-does-not-cover"),
        |plan| {
            plan.answer(ALICE, types::MIMI, |_, reply| reply.rcode = NXDOMAIN);
        },
    ),
    Breakage::new(
        "dname-denies-below",
        "A name below a DNAME is denied by the NSEC of the DNAME.",
        "carol.moved.provider.example",
        (Bogus, "denial-does-not-cover"),
        |plan| {
            deny(plan, "carol.moved.provider.example", types::MIMI, |world| {
                let proof = [
                    matching(world, PROVIDER, "moved.provider.example"),
                    covering(world, PROVIDER, "*.provider.example"),
                ]
                .concat();
                absence(world, NXDOMAIN, PROVIDER, proof)
            });
        },
    ),
    Breakage::new(
        "unsigned-record-in-denial",
        "An unsigned A record comes along with a sound denial.",
        NOBODY,
        (Secure, ""),
        |plan| {
            plan.answer(NOBODY, types::MIMI, |_, reply| {
                reply.additional.push(ResourceRecord::new(
                    "ns.provider.example",
                    types::A,
                    vec![192, 0, 2, 1],
                ));
            });
        },
    ),
];
