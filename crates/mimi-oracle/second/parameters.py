"""The pin and the parameters of an oracle (docs/spec/oracle.md, sections 4 and 6), and the epoch that a client takes from them."""

import hashlib
import json
from dataclasses import dataclass

from notation import CLOCKS, MOST_BUCKETS, MOST_EPOCHS, MOST_KEYS, P, PARAMETERS, PROTOCOL, SIGNATURE, U32, U64
from notation import decode_base64url, u32, u64
from primitives import ed25519_verify
from refused import Refused

# The members that are known; others are passed over (section 2).
DOCUMENT = {"protocol", "signing_key", "lookup_keys", "epochs", "quota", "signature"}
EPOCH = {"number", "ends", "key", "salt", "buckets"}


@dataclass(frozen=True)
class Epoch:
    """One announced epoch (section 6)."""

    number: int
    ends: int
    key: int
    salt: bytes
    buckets: int

    def context(self):
        """What signatures and places take from an epoch: its number and its salt."""
        return u64(self.number) + self.salt


@dataclass(frozen=True)
class Parameters:
    """The parameters of an oracle, pinned and verified (section 6)."""

    signing_key: bytes
    lookup_keys: tuple
    epochs: tuple


def pin_of(signing_key, lookup_keys):
    """The pin that commits to all keys (section 4)."""
    return hashlib.sha256(P + b" pin\0" + signing_key + b"".join(lookup_keys)).digest()


class _Object(dict):
    """The members of an object, and the names of those that stand in it twice."""

    def __init__(self, pairs):
        super().__init__(pairs)
        names = [name for name, _ in pairs]
        self.twice = {name for name in names if names.count(name) > 1}


def _integer(digits):
    # Zero with a sign is a number, but not one of those that are written here.
    return -1 if digits == "-0" else int(digits)


def _constant(name):
    raise Refused(f"{name} is not JSON")


def _number(members, name, least, most):
    number = members.get(name)
    if type(number) is not int or not least <= number <= most:
        raise Refused(f"{name} is not a number from {least} to {most}")
    return number


def _list(members, name, most):
    values = members.get(name)
    if not isinstance(values, list) or not 1 <= len(values) <= most:
        raise Refused(f"{name} is not a list of 1 to {most}")
    return values


def _members(value, what, known):
    if not isinstance(value, _Object):
        raise Refused(f"{what} is not an object")
    if value.twice & known:
        raise Refused(f"{what} has a member twice")
    return value


def read_parameters(document, pin):
    """The parameters in a document of JSON, once pin and signature are verified (section 6)."""
    if len(document) > PARAMETERS:
        raise Refused("the parameters are too long")
    try:
        parsed = json.loads(document.decode(), object_pairs_hook=_Object, parse_int=_integer, parse_constant=_constant)
    except (ValueError, RecursionError):
        raise Refused("the parameters are not JSON") from None
    members = _members(parsed, "the document of the parameters", DOCUMENT)
    if members.get("protocol") != PROTOCOL:
        raise Refused("the oracle speaks another protocol")
    signing_key = decode_base64url(members.get("signing_key"), 32)
    lookup_keys = tuple(decode_base64url(key, 32) for key in _list(members, "lookup_keys", MOST_KEYS))
    if pin_of(signing_key, lookup_keys) != pin:
        raise Refused("the keys of the oracle are not those of the pin")
    quota = _members(members.get("quota"), "quota", {"burst", "per_day"})
    signed = P + b" parameters\0" + pin
    signed += u32(_number(quota, "burst", 0, U32)) + u32(_number(quota, "per_day", 0, U32))
    epochs = []
    for value in _list(members, "epochs", MOST_EPOCHS):
        value = _members(value, "an epoch", EPOCH)
        epoch = Epoch(
            number=_number(value, "number", 0, U64),
            ends=_number(value, "ends", 0, U64),
            key=_number(value, "key", 0, len(lookup_keys) - 1),
            salt=decode_base64url(value.get("salt"), 16),
            buckets=_number(value, "buckets", 1, MOST_BUCKETS),
        )
        if epoch.ends <= epoch.number or (epochs and epochs[-1].number >= epoch.number):
            raise Refused("the epochs are not in ascending order")
        signed += u64(epoch.number) + u64(epoch.ends) + bytes([epoch.key]) + epoch.salt + u32(epoch.buckets)
        epochs.append(epoch)
    ed25519_verify(signing_key, signed, decode_base64url(members.get("signature"), SIGNATURE))
    return Parameters(signing_key, lookup_keys, tuple(epochs))


def choose_epoch(parameters, now):
    """The last epoch that has begun, give or take the difference of clocks, and has not ended (section 6)."""
    for epoch in reversed(parameters.epochs):
        if epoch.number <= now + CLOCKS and now < epoch.ends:
            return epoch
    raise Refused("no epoch of the oracle is now")
