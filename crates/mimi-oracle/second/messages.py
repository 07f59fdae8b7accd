"""Subject, evaluation, place, bucket and entry of mimi-oracle/1 (docs/spec/oracle.md, sections 3 and 7 to 9).

No network here: `mimi_oracle` carries these octets.
"""

import hashlib

import voprf
from notation import BUCKET, MOST_ELEMENTS, MOST_PARTS, MOST_STRINGS, MOST_SUBJECT, P, PART, SIGNATURE, SLOT, TAG, u16, u32, u64
from primitives import ed25519_verify, hkdf_expand, hkdf_extract, open_sealed
from refused import Refused


def check_subject(subject):
    """Refuses what is no subject (section 3); the identifier is taken as already canonical."""
    kind, _, identifier = subject.partition(":")
    if kind not in ("email", "telephone") or not identifier or len(subject.encode()) > MOST_SUBJECT:
        raise Refused(f"a subject is email: or telephone: and an identifier, in at most {MOST_SUBJECT} octets")


def write_request(epoch, subjects, scalars):
    """The body that asks for an evaluation, and the blinded elements in it (section 7)."""
    if not 1 <= len(subjects) <= MOST_ELEMENTS:
        raise Refused(f"an evaluation has 1 to {MOST_ELEMENTS} elements")
    blinded = [voprf.blind(subject.encode(), scalar) for subject, scalar in zip(subjects, scalars, strict=True)]
    return u64(epoch.number) + u16(len(blinded)) + b"".join(blinded), blinded


def response_length(count):
    """How long the response to `count` elements is (section 7)."""
    return 2 + 32 * count + 64


def read_response(body, lookup_key, subjects, scalars, blinded):
    """The outputs of the subjects, once the proof is verified (section 7)."""
    count = len(subjects)
    if len(body) != response_length(count) or body[:2] != u16(count):
        raise Refused("an evaluation has not as many elements as were asked for")
    evaluated = [body[at : at + 32] for at in range(2, 2 + 32 * count, 32)]
    messages = [subject.encode() for subject in subjects]
    return voprf.finalize(lookup_key, messages, scalars, blinded, evaluated, body[-64:])


class Place:
    """Where the entry of an output lies in an epoch, and what opens it (section 8)."""

    def __init__(self, output, epoch):
        self._key = hkdf_extract(P, output)
        self._context = epoch.context()
        wide = int.from_bytes(hkdf_expand(self._key, b"bucket" + self._context, 8), "big")
        self.bucket = wide * epoch.buckets >> 64

    def tag(self, part):
        """The tag by which the slot of a part is found."""
        return hkdf_expand(self._key, b"tag" + self._context + bytes([part]), TAG)

    def key(self, part):
        """The key that opens the slot of a part."""
        return hkdf_expand(self._key, b"key" + self._context + bytes([part]), 32)


def read_bucket(octets, signing_key, epoch, index):
    """The slots of a bucket by their tags, once its signature is verified (section 9). Their order says nothing."""
    if len(octets) != BUCKET:
        raise Refused(f"a bucket has {BUCKET} octets")
    slots = octets[SIGNATURE:]
    signed = P + b" bucket\0" + epoch.context() + u32(index) + hashlib.sha512(slots).digest()
    ed25519_verify(signing_key, signed, octets[:SIGNATURE])
    return slots_by_tag(slots)


def slots_by_tag(slots):
    """What is sealed in each slot, by its tag; of two with the same tag, the first."""
    found = {}
    for at in range(0, len(slots), SLOT):
        found.setdefault(slots[at : at + TAG], slots[at + TAG : at + SLOT])
    return found


def find_entry(slots, place):
    """The octets of the entry that lies at a place, or None if the oracle has none (section 9). What fills the last part says nothing."""
    opened = _open_part(slots, place, 0)
    if opened is None:
        return None
    whole = 2 + int.from_bytes(opened[:2], "big")
    parts = (whole + PART - 1) // PART
    if parts > MOST_PARTS:
        raise Refused("an entry has too many parts")
    for number in range(1, parts):
        part = _open_part(slots, place, number)
        if part is None:
            raise Refused("a part of an entry is missing")
        opened += part
    return opened[2:whole]


def _open_part(slots, place, number):
    tag = place.tag(number)
    sealed = slots.get(tag)
    return None if sealed is None else open_sealed(place.key(number), bytes(12), tag, sealed)


def read_entry(octets, signing_key, epoch, subject, now):
    """The definition strings of an entry, in octets, once its signature is verified; None if it has expired (section 9).

    Each string is judged later and on its own: one that is no text takes nothing from the others.
    """
    content, signature = octets[:-SIGNATURE], octets[-SIGNATURE:]
    signed = P + b" entry\0" + u64(epoch.number) + subject.encode() + b"\0" + content
    ed25519_verify(signing_key, signed, signature)
    if len(content) < 9 or not 1 <= content[8] <= MOST_STRINGS:
        raise Refused(f"an entry has 1 to {MOST_STRINGS} definition strings")
    strings, at = [], 9
    for _ in range(content[8]):
        end = at + 2 + int.from_bytes(content[at : at + 2], "big")
        if at + 2 > len(content) or end > len(content):
            raise Refused("an entry is cut short")
        strings.append(content[at + 2 : end])
        at = end
    if at != len(content):
        raise Refused("an entry goes on after its definition strings")
    return strings if int.from_bytes(content[:8], "big") > now else None
