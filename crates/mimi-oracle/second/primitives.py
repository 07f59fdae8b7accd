"""What the standard library lacks: HKDF with SHA-512 (RFC 5869), ChaCha20-Poly1305 (RFC 8439) and Ed25519 (RFC 8032)."""

import hashlib
import hmac
import struct

import edwards25519 as curve
from refused import Refused


def hkdf_extract(salt, material):
    """HKDF-Extract with SHA-512."""
    return hmac.digest(salt, material, "sha512")


def hkdf_expand(key, info, length):
    """HKDF-Expand with SHA-512."""
    output, block, counter = b"", b"", 1
    while len(output) < length:
        block = hmac.digest(key, block + info + bytes([counter]), "sha512")
        output, counter = output + block, counter + 1
    return output[:length]


def _quarter_round(words, a, b, c, d):
    for to, by, target, bits in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
        words[to] = words[to] + words[by] & 0xFFFFFFFF
        mixed = words[target] ^ words[to]
        words[target] = (mixed << bits | mixed >> 32 - bits) & 0xFFFFFFFF


def chacha20_block(key, counter, nonce):
    """64 octets of the key stream (RFC 8439, section 2.3)."""
    start = struct.unpack("<16I", b"expand 32-byte k" + key + counter.to_bytes(4, "little") + nonce)
    words = list(start)
    for _ in range(10):
        for column in range(4):
            _quarter_round(words, column, 4 + column, 8 + column, 12 + column)
        for column in range(4):
            _quarter_round(words, column, 4 + (column + 1) % 4, 8 + (column + 2) % 4, 12 + (column + 3) % 4)
    return struct.pack("<16I", *(a + b & 0xFFFFFFFF for a, b in zip(start, words)))


def chacha20(key, counter, nonce, data):
    """Data under the key stream that begins with block `counter`."""
    stream = b"".join(chacha20_block(key, counter + n, nonce) for n in range((len(data) + 63) // 64))
    return bytes(a ^ b for a, b in zip(data, stream))


def poly1305(key, message):
    """The authenticator of a message (RFC 8439, section 2.5)."""
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for at in range(0, len(message), 16):
        total = (total + int.from_bytes(message[at : at + 16] + b"\1", "little")) * r % (2**130 - 5)
    return (total + int.from_bytes(key[16:], "little") & (1 << 128) - 1).to_bytes(16, "little")


def open_sealed(key, nonce, associated, sealed):
    """What was sealed with ChaCha20-Poly1305 (RFC 8439, section 2.8)."""
    if len(sealed) < 16:
        raise Refused("something sealed is too short")
    text, tag = sealed[:-16], sealed[-16:]
    authenticated = associated + bytes(-len(associated) % 16) + text + bytes(-len(text) % 16)
    authenticated += struct.pack("<QQ", len(associated), len(text))
    if not hmac.compare_digest(tag, poly1305(chacha20_block(key, 0, nonce)[:32], authenticated)):
        raise Refused("something sealed cannot be opened")
    return chacha20(key, 1, nonce, text)


def ed25519_public(seed):
    """The public key of a seed (RFC 8032, section 5.1.5)."""
    scalar = int.from_bytes(hashlib.sha512(seed).digest()[:32], "little")
    scalar = scalar & (1 << 254) - 8 | 1 << 254
    return curve.encode(curve.multiply(scalar, curve.BASE))


def ed25519_verify(public_key, message, signature):
    """Refuses unless the signature is one of the message by the key (RFC 8032, section 5.1.7, without the cofactor)."""
    if len(signature) != 64:
        raise Refused("a signature has 64 octets")
    key = curve.decode(public_key)
    first = curve.decode(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if s >= curve.ORDER:
        raise Refused("a signature is not in canonical form")
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % curve.ORDER
    expected = curve.add(first, curve.multiply(challenge, key))
    if not curve.equal(curve.multiply(s, curve.BASE), expected):
        raise Refused("a signature does not verify")
