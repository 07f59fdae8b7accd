//! What is as it should be, and has to stay so.

use super::super::sound::*;
use super::Breakage;
use super::Verdict::{Insecure, Secure};

const fn good(
    id: &'static str,
    about: &'static str,
    identifier: &'static str,
    expected: super::Verdict,
) -> Breakage {
    Breakage::new(id, about, identifier, (expected, ""), |_| {})
}

pub(super) const ALL: &[Breakage] = &[
    good("sound", "A person of a signed zone.", ALICE, Secure),
    good(
        "sound-email",
        "An email address: MIMIX and MIMI in two signed zones.",
        CAROL,
        Secure,
    ),
    good("sound-telephone", "A telephone number.", NUMBER, Secure),
    good(
        "sound-no-number",
        "A number that nobody has: NXDOMAIN with NSEC.",
        NO_NUMBER,
        Secure,
    ),
    good(
        "sound-no-name",
        "A name that does not exist: NXDOMAIN with NSEC.",
        NOBODY,
        Secure,
    ),
    good(
        "sound-no-type",
        "A name without MIMI: NODATA with NSEC.",
        "text.provider.example",
        Secure,
    ),
    good(
        "sound-empty-name",
        "A name with nothing but names below it: NODATA with NSEC.",
        "users.provider.example",
        Secure,
    ),
    good(
        "sound-no-mimix",
        "A mail domain without MIMIX.",
        "alice@provider.example",
        Secure,
    ),
    good(
        "sound-wildcard",
        "A wildcard answers, with the proof that the name itself does not exist.",
        "anybody.open.provider.example",
        Secure,
    ),
    good(
        "sound-hashed",
        "A person of a zone with NSEC3.",
        HASHED_ALICE,
        Secure,
    ),
    good(
        "sound-hashed-no-name",
        "NXDOMAIN with NSEC3.",
        HASHED_NOBODY,
        Secure,
    ),
    good(
        "sound-hashed-no-type",
        "NODATA with NSEC3.",
        "text.hashed.example",
        Secure,
    ),
    good(
        "sound-hashed-empty-name",
        "A name with nothing but names below it, hashed.",
        "users.hashed.example",
        Secure,
    ),
    good(
        "sound-hashed-wildcard",
        "A wildcard of a zone with NSEC3.",
        "anybody.open.hashed.example",
        Secure,
    ),
    good(
        "sound-alias",
        "A CNAME inside a signed zone.",
        "alias.provider.example",
        Secure,
    ),
    good(
        "sound-dname",
        "A DNAME inside a signed zone, and the CNAME made from it.",
        "carol.moved.provider.example",
        Secure,
    ),
    good(
        "sound-ed25519",
        "A zone with algorithm 15 and one key.",
        "bob.ed.example",
        Secure,
    ),
    good(
        "sound-rsa",
        "A zone with algorithm 8.",
        "bob.rsa.example",
        Secure,
    ),
    good(
        "insecure-delegation",
        "An unsigned zone, with the proof that it has no DS.",
        "bob.plain.example",
        Insecure,
    ),
    good(
        "insecure-no-name",
        "A name that does not exist in an unsigned zone.",
        "nobody.plain.example",
        Insecure,
    ),
    good(
        "insecure-hashed-delegation",
        "An unsigned zone below one with NSEC3.",
        "bob.plain.hashed.example",
        Insecure,
    ),
    good(
        "insecure-opt-out",
        "An unsigned zone outside a chain of NSEC3 with opt-out.",
        "bob.plain.optout.example",
        Insecure,
    ),
    good(
        "opt-out-no-name",
        "A name that does not exist, in a gap that may hold unsigned delegations.",
        "nobody.optout.example",
        Insecure,
    ),
    good(
        "insecure-island",
        "A signed zone below an unsigned one, without a DS.",
        "bob.island.plain.example",
        Insecure,
    ),
    good(
        "insecure-alias-target",
        "A CNAME of a signed zone into an unsigned one: the whole is insecure (D55).",
        "away.provider.example",
        Insecure,
    ),
    good(
        "mimix-insecure",
        "MIMIX of an unsigned zone, MIMI of a signed one: the whole is insecure (D55).",
        "carol@plain.example",
        Insecure,
    ),
];
