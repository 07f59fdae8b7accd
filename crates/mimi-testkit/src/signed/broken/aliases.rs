//! What can be wrong along a chain: CNAME, DNAME, and from MIMIX to MIMI.

use super::super::plan::Plan;
use super::super::record::{data, name, types};
use super::super::sound::*;
use super::super::{RecordSet, Signature};
use super::Verdict::{Bogus, Insecure, Secure};
use super::{Breakage, expire, expire_zone};

const ALIAS: &str = "alias.provider.example";
const MOVED: &str = "carol.moved.provider.example";

/// Changes MIMIX, and has it signed.
fn change_mimix(plan: &mut Plan, change: fn(&mut RecordSet), signature: fn(&mut Signature)) {
    plan.after(move |world| world.edit_and_sign(PEOPLE, PEOPLE, types::MIMIX, change, signature));
}

pub(super) const ALL: &[Breakage] = &[
    Breakage::new(
        "cname-unsigned",
        "The CNAME of a signed zone has no signature; its target is sound.",
        ALIAS,
        (Bogus, "missing-signature"),
        |plan| {
            plan.after(|world| {
                world.edit(PROVIDER, ALIAS, types::CNAME, |set| set.signatures.clear())
            });
        },
    ),
    Breakage::new(
        "cname-expired",
        "The signature of the CNAME ended; its target is sound.",
        ALIAS,
        (Bogus, "expired"),
        |plan| {
            plan.after(|world| world.edit_and_sign(PROVIDER, ALIAS, types::CNAME, |_| {}, expire));
        },
    ),
    Breakage::new(
        "cname-target-changed",
        "The CNAME leads to somebody else since it was signed.",
        ALIAS,
        (Bogus, "bad-signature"),
        |plan| {
            plan.after(|world| {
                world.edit(PROVIDER, ALIAS, types::CNAME, |set| {
                    set.rdatas = vec![data::target("mallory.provider.example")];
                })
            });
        },
    ),
    Breakage::new(
        "cname-invented",
        "An unsigned CNAME to somebody else's sound records is put before them.",
        ALICE,
        (Bogus, "missing-signature"),
        |plan| {
            plan.answer(ALICE, types::MIMI, |world, reply| {
                *reply = world.look_up(&name("mallory.provider.example"), types::MIMI);
                reply.answer.insert(
                    0,
                    super::ResourceRecord::new(
                        ALICE,
                        types::CNAME,
                        data::target("mallory.provider.example"),
                    ),
                );
            });
        },
    ),
    Breakage::new(
        "cname-to-bogus",
        "The CNAME is sound, the signature of its target ended.",
        ALIAS,
        (Bogus, "expired"),
        |plan| {
            plan.after(|world| world.edit_and_sign(PROVIDER, ALICE, types::MIMI, |_| {}, expire));
        },
    ),
    Breakage::new(
        "cname-to-bogus-zone",
        "The CNAME is sound and leads into a zone whose signatures ended.",
        "across.provider.example",
        (Bogus, "expired"),
        |plan| {
            plan.zone(PROVIDER, |zone| {
                zone.add(
                    "across.provider.example",
                    types::CNAME,
                    data::target(HASHED_ALICE),
                );
            });
            expire_zone(plan, HASHED);
        },
    ),
    Breakage::new(
        "cname-across-zones",
        "A CNAME from one signed zone into another.",
        "across.provider.example",
        (Secure, ""),
        |plan| {
            plan.zone(PROVIDER, |zone| {
                zone.add(
                    "across.provider.example",
                    types::CNAME,
                    data::target(HASHED_ALICE),
                );
            });
        },
    ),
    Breakage::new(
        "cname-insecure-to-secure",
        "A CNAME of an unsigned zone into a signed one: the whole is insecure (D55).",
        "alias.plain.example",
        (Insecure, ""),
        |plan| {
            plan.zone("plain.example", |zone| {
                zone.add("alias.plain.example", types::CNAME, data::target(ALICE));
            });
        },
    ),
    Breakage::new(
        "cname-insecure-to-bogus",
        "A CNAME of an unsigned zone to a name whose signature ended.",
        "alias.plain.example",
        (Bogus, "expired"),
        |plan| {
            plan.zone("plain.example", |zone| {
                zone.add("alias.plain.example", types::CNAME, data::target(ALICE));
            });
            plan.after(|world| world.edit_and_sign(PROVIDER, ALICE, types::MIMI, |_| {}, expire));
        },
    ),
    Breakage::new(
        "cname-to-nothing",
        "A CNAME to a name that does not exist, with the proof.",
        "gone.provider.example",
        (Secure, ""),
        |plan| {
            plan.zone(PROVIDER, |zone| {
                zone.add("gone.provider.example", types::CNAME, data::target(NOBODY));
            });
        },
    ),
    Breakage::new(
        "cname-to-denied",
        "A CNAME to a name that is denied without a proof.",
        "gone.provider.example",
        (Bogus, "missing-denial"),
        |plan| {
            plan.zone(PROVIDER, |zone| {
                zone.add("gone.provider.example", types::CNAME, data::target(NOBODY));
            });
            for asked in ["gone.provider.example", NOBODY] {
                plan.answer(asked, types::MIMI, |_, reply| super::strip_denials(reply));
            }
        },
    ),
    Breakage::new(
        "cname-wildcard-without-proof",
        "A wildcard CNAME, without the proof that the name itself does not exist.",
        "anybody.sub.provider.example",
        (Bogus, "missing-denial"),
        |plan| {
            plan.zone(PROVIDER, |zone| {
                zone.add("*.sub.provider.example", types::CNAME, data::target(ALICE));
            });
            plan.answer("anybody.sub.provider.example", types::MIMI, |_, reply| {
                super::strip_denials(reply);
            });
        },
    ),
    Breakage::new(
        "cname-wildcard",
        "A wildcard CNAME, with the proof that the name itself does not exist.",
        "anybody.sub.provider.example",
        (Secure, ""),
        |plan| {
            plan.zone(PROVIDER, |zone| {
                zone.add("*.sub.provider.example", types::CNAME, data::target(ALICE));
            });
        },
    ),
    Breakage::new(
        "dname-cname-forged",
        "The CNAME beside a sound DNAME leads to somebody else.",
        MOVED,
        (Bogus, "missing-signature"),
        |plan| {
            plan.answer(MOVED, types::MIMI, |world, reply| {
                reply
                    .answer
                    .retain(|record| record.belongs_to(types::DNAME));
                reply.answer.push(super::ResourceRecord::new(
                    MOVED,
                    types::CNAME,
                    data::target("mallory.provider.example"),
                ));
                reply.answer.extend(
                    world
                        .look_up(&name("mallory.provider.example"), types::MIMI)
                        .answer,
                );
            });
        },
    )
    .but_unbound("it makes the CNAME anew from the DNAME, and gives the right person"),
    Breakage::new(
        "dname-unsigned",
        "The DNAME has no signature.",
        MOVED,
        (Bogus, "missing-signature"),
        |plan| {
            plan.after(|world| {
                world.edit(PROVIDER, "moved.provider.example", types::DNAME, |set| {
                    set.signatures.clear();
                })
            });
        },
    ),
    Breakage::new(
        "dname-changed",
        "The DNAME leads elsewhere since it was signed.",
        MOVED,
        (Bogus, "bad-signature"),
        |plan| {
            plan.after(|world| {
                world.edit(PROVIDER, "moved.provider.example", types::DNAME, |set| {
                    set.rdatas = vec![data::target("open.provider.example")];
                })
            });
        },
    ),
    Breakage::new(
        "mimix-expired",
        "The signature of MIMIX ended, MIMI is sound.",
        CAROL,
        (Bogus, "expired"),
        |plan| change_mimix(plan, |_| {}, expire),
    ),
    Breakage::new(
        "mimix-unsigned",
        "MIMIX has no signature, MIMI is sound.",
        CAROL,
        (Bogus, "missing-signature"),
        |plan| {
            plan.answer(PEOPLE, types::MIMIX, |_, reply| {
                reply.strip(|record| record.covers() == Some(types::MIMIX));
            });
        },
    ),
    Breakage::new(
        "mimix-changed",
        "MIMIX leads to somebody else's people since it was signed.",
        CAROL,
        (Bogus, "bad-signature"),
        |plan| {
            plan.after(|world| {
                world.edit(PEOPLE, PEOPLE, types::MIMIX, |set| {
                    set.rdatas = vec![data::target("open.provider.example")];
                })
            });
        },
    ),
    Breakage::new(
        "mimix-added",
        "A second MIMIX was added after signing.",
        CAROL,
        (Bogus, "bad-signature"),
        |plan| {
            plan.after(|world| {
                world.edit(PEOPLE, PEOPLE, types::MIMIX, |set| {
                    set.rdatas.push(data::target("open.provider.example"));
                })
            });
        },
    ),
    Breakage::new(
        "mimix-upper-case",
        "The target of MIMIX is signed in upper case: data of a type that validators do not know is not lower-cased (RFC 3597 §7).",
        CAROL,
        (Secure, ""),
        |plan| {
            change_mimix(
                plan,
                |set| set.rdatas = vec![data::target("USERS.Provider.Example")],
                |_| {},
            );
        },
    ),
    Breakage::new(
        "mimi-absent",
        "MIMIX is sound, and MIMI does not exist, with the proof.",
        "erin@people.example",
        (Secure, ""),
        |_| {},
    ),
    Breakage::new(
        "mimi-absent-without-proof",
        "MIMIX is sound, and MIMI is denied without a proof.",
        CAROL,
        (Bogus, "missing-denial"),
        |plan| {
            plan.answer(CAROL_NAME, types::MIMI, |_, reply| {
                *reply = super::Reply::error(3);
            });
        },
    ),
    Breakage::new(
        "mimix-to-insecure",
        "MIMIX of a signed zone leads into an unsigned one: the whole is insecure (D55).",
        CAROL,
        (Insecure, ""),
        |plan| {
            plan.zone("plain.example", |zone| {
                zone.add("carol.plain.example", types::MIMI, data::mimi("carol"));
            });
            change_mimix(
                plan,
                |set| set.rdatas = vec![data::target("plain.example")],
                |_| {},
            );
        },
    ),
    Breakage::new(
        "mimix-cname-insecure",
        "MIMIX of an alias in an unsigned zone to a signed one: the whole is insecure (D55).",
        "carol@mail.plain.example",
        (Insecure, ""),
        |plan| {
            plan.zone("plain.example", |zone| {
                zone.add("mail.plain.example", types::CNAME, data::target(PEOPLE));
            });
        },
    ),
];
