"""The client's half of RFC 9497: the suite ristretto255-SHA512 in the mode VOPRF.

`derive_key_pair` and `evaluate` are the server's; the check of the vectors uses them.
"""

import hashlib
import secrets

import ristretto255 as group
from refused import Refused

MODE_VOPRF = 1
CONTEXT = b"OPRFV1-" + bytes([MODE_VOPRF]) + b"-ristretto255-SHA512"


def prefixed(octets):
    """Octets after their length in two octets."""
    return len(octets).to_bytes(2, "big") + octets


def expand_message_xmd(message, tag, length):
    """RFC 9380, section 5.3.1, with SHA-512, for what needs one block of output: up to 64 octets."""
    if length > 64 or len(tag) > 255:
        raise ValueError("out of the range that is used here")
    tag += bytes([len(tag)])
    start = hashlib.sha512(bytes(128) + message + length.to_bytes(2, "big") + b"\0" + tag).digest()
    return hashlib.sha512(start + b"\1" + tag).digest()[:length]


def hash_to_group(message):
    """HashToGroup of the suite (section 4.1)."""
    return group.from_uniform(expand_message_xmd(message, b"HashToGroup-" + CONTEXT, 64))


def hash_to_scalar(message, tag=b"HashToScalar-"):
    """HashToScalar of the suite (section 4.1)."""
    return int.from_bytes(expand_message_xmd(message, tag + CONTEXT, 64), "little") % group.ORDER


def decode_element(octets):
    """DeserializeElement of the suite: the canonical form of an element that is not the identity."""
    if octets == bytes(32):
        raise Refused("an element is the identity")
    return group.decode(octets)


def derive_key_pair(seed, info):
    """The secret scalar and the public key's octets that follow from a seed (section 3.2.1)."""
    message = seed + prefixed(info)
    for counter in range(256):
        secret = hash_to_scalar(message + bytes([counter]), b"DeriveKeyPair")
        if secret != 0:
            return secret, group.encode(group.multiply(secret, group.GENERATOR))
    raise Refused("no key follows from this seed")


def random_scalar():
    """A scalar that is not zero."""
    return 1 + secrets.randbelow(group.ORDER - 1)


def blind(message, scalar):
    """The octets of the blinded element of an input (Blind, section 3.3.2)."""
    element = group.encode(hash_to_group(message))
    if element == bytes(32):
        raise Refused("the input cannot be looked up: it goes to the identity")
    return group.encode(group.multiply(scalar, group.decode(element)))


def evaluate(secret, blinded):
    """The octets of an evaluated element (BlindEvaluate, without its proof)."""
    return group.encode(group.multiply(secret, decode_element(blinded)))


def composites(public_key, blinded, evaluated):
    """The random combinations of both lists, all in octets (ComputeComposites, section 2.2.2)."""
    seed = hashlib.sha512(prefixed(public_key) + prefixed(b"Seed-" + CONTEXT)).digest()
    m, z = group.IDENTITY, group.IDENTITY
    for place, (c, d) in enumerate(zip(blinded, evaluated, strict=True)):
        transcript = prefixed(seed) + place.to_bytes(2, "big") + prefixed(c) + prefixed(d) + b"Composite"
        weight = hash_to_scalar(transcript)
        m = group.add(m, group.multiply(weight, decode_element(c)))
        z = group.add(z, group.multiply(weight, decode_element(d)))
    return m, z


def output(message, element):
    """The output of an input and of its element, unblinded (the hash of section 3.3.1)."""
    return hashlib.sha512(prefixed(message) + prefixed(element) + b"Finalize").digest()


def verify_proof(public_key, blinded, evaluated, proof):
    """Refuses unless the proof says that every element was evaluated with the key (VerifyProof, section 2.2.2)."""
    if len(proof) != 64:
        raise Refused("a proof has 64 octets")
    c, s = group.decode_scalar(proof[:32]), group.decode_scalar(proof[32:])
    m, z = composites(public_key, blinded, evaluated)
    key = decode_element(public_key)
    t2 = group.add(group.multiply(s, group.GENERATOR), group.multiply(c, key))
    t3 = group.add(group.multiply(s, m), group.multiply(c, z))
    transcript = prefixed(public_key) + b"".join(prefixed(group.encode(each)) for each in (m, z, t2, t3)) + b"Challenge"
    if hash_to_scalar(transcript) != c:
        raise Refused("the proof of an evaluation does not verify")


def finalize(public_key, messages, scalars, blinded, evaluated, proof):
    """The output of each input, once the proof for all of them is verified (Finalize, section 3.3.2)."""
    verify_proof(public_key, blinded, evaluated, proof)
    outputs = []
    for message, scalar, each in zip(messages, scalars, evaluated, strict=True):
        element = group.multiply(pow(scalar, -1, group.ORDER), decode_element(each))
        outputs.append(output(message, group.encode(element)))
    return outputs
