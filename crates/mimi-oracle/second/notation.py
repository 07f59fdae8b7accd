"""Notation and constants of mimi-oracle/1 (docs/spec/oracle.md, section 2): numbers, base64url, the limits."""

import base64

from refused import Refused

PROTOCOL = "mimi-oracle/1"
P = PROTOCOL.encode()
TAG, PART, SLOT, SLOTS, SIGNATURE = 16, 480, 512, 128, 64
BUCKET = SIGNATURE + SLOTS * SLOT
MOST_PARTS, MOST_STRINGS, MOST_ELEMENTS, MOST_KEYS, MOST_EPOCHS, MOST_BUCKETS = 8, 16, 1024, 32, 2, 2**24
MOST_SUBJECT = 512
PARAMETERS = 16384
CLOCKS = 300
U32, U64 = 2**32 - 1, 2**64 - 1


def u16(number):
    """Two octets."""
    return number.to_bytes(2, "big")


def u32(number):
    """Four octets."""
    return number.to_bytes(4, "big")


def u64(number):
    """Eight octets."""
    return number.to_bytes(8, "big")


def decode_base64url(text, length):
    """The octets of a text in base64url without padding, which must be `length` octets in their only spelling (section 2)."""
    if not isinstance(text, str) or len(text) != (length * 8 + 5) // 6 or not text.isascii():
        raise Refused(f"a value is not {length} octets in base64url")
    octets = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64.urlsafe_b64encode(octets).rstrip(b"=") != text.encode():
        raise Refused(f"a value is not {length} octets in base64url")
    return octets
