"""The group ristretto255 (RFC 9496, section 4) over the curve of `edwards25519`.

An element is held as one of the points that stand for it; `encode` gives the same octets for all of them, and `decode` takes no others.
"""

from edwards25519 import BASE, D, IDENTITY, ORDER, P, SQRT_M1, add, multiply
from refused import Refused

__all__ = ["GENERATOR", "IDENTITY", "ORDER", "add", "decode", "decode_scalar", "encode", "encode_scalar", "from_uniform", "multiply"]

GENERATOR = BASE

# The constants of RFC 9496, section 4.1; of the two square roots of each, the one that is given there.
SQRT_AD_MINUS_ONE = 25063068953384623474111414158702152701244531502492656460079210482610430750235
INVSQRT_A_MINUS_D = 54469307008909316920995813868745141605393597292927456921205312896311721017578
ONE_MINUS_D_SQ = (1 - D * D) % P
D_MINUS_ONE_SQ = (D - 1) * (D - 1) % P


def is_negative(number):
    """Whether the least residue is odd."""
    return number % P & 1 == 1


def absolute(number):
    """Of a number and its negative, the one that is not negative."""
    return -number % P if is_negative(number) else number % P


def sqrt_ratio_m1(u, v):
    """Whether u/v is a square, and the root of u/v, or else that of SQRT_M1 * u/v (section 4.2)."""
    v3 = v * v * v % P
    root = u * v3 * pow(u * v3 * v3 * v, (P - 5) // 8, P) % P
    check = v * root * root % P
    correct, flipped = check == u % P, check == -u % P
    if flipped or check == -u * SQRT_M1 % P:
        root = root * SQRT_M1 % P
    return correct or flipped, absolute(root)


def decode(octets):
    """An element from its 32 octets (section 4.3.1). The identity is an element: who must refuse it does so."""
    s = int.from_bytes(octets, "little")
    if len(octets) != 32 or s >= P or is_negative(s):
        raise Refused("an element is not in canonical form")
    ss = s * s % P
    u1, u2 = (1 - ss) % P, (1 + ss) % P
    v = (-D * u1 * u1 - u2 * u2) % P
    was_square, inverse = sqrt_ratio_m1(1, v * u2 * u2 % P)
    den_x = inverse * u2 % P
    den_y = inverse * den_x * v % P
    x = absolute(2 * s * den_x)
    y = u1 * den_y % P
    t = x * y % P
    if not was_square or is_negative(t) or y == 0:
        raise Refused("an element is not in canonical form")
    return x, y, 1, t


def encode(element):
    """The 32 octets of an element (section 4.3.2)."""
    x, y, z, t = element
    u1 = (z + y) * (z - y) % P
    u2 = x * y % P
    _, inverse = sqrt_ratio_m1(1, u1 * u2 * u2 % P)
    den1, den2 = inverse * u1 % P, inverse * u2 % P
    z_inverse = den1 * den2 * t % P
    if is_negative(t * z_inverse):
        x, y = y * SQRT_M1 % P, x * SQRT_M1 % P
        den = den1 * INVSQRT_A_MINUS_D % P
    else:
        den = den2
    if is_negative(x * z_inverse):
        y = -y % P
    return absolute(den * (z - y)).to_bytes(32, "little")


def map_to_element(t):
    """One half of the one-way map (section 4.3.4)."""
    r = SQRT_M1 * t * t % P
    u = (r + 1) * ONE_MINUS_D_SQ % P
    v = (-1 - r * D) * (r + D) % P
    was_square, s = sqrt_ratio_m1(u, v)
    c = -1
    if not was_square:
        s, c = -absolute(s * t) % P, r
    n = (c * (r - 1) * D_MINUS_ONE_SQ - v) % P
    w0, w1, w2, w3 = 2 * s * v % P, n * SQRT_AD_MINUS_ONE % P, (1 - s * s) % P, (1 + s * s) % P
    return w0 * w3 % P, w2 * w1 % P, w1 * w3 % P, w0 * w2 % P


def from_uniform(octets):
    """An element from 64 octets that are uniformly random (section 4.3.4)."""
    halves = (octets[:32], octets[32:64])
    first, second = (int.from_bytes(half, "little") & (1 << 255) - 1 for half in halves)
    return add(map_to_element(first % P), map_to_element(second % P))


def encode_scalar(scalar):
    """The 32 octets of a scalar."""
    return scalar.to_bytes(32, "little")


def decode_scalar(octets):
    """A scalar from its 32 octets; only the least residue is taken."""
    scalar = int.from_bytes(octets, "little")
    if len(octets) != 32 or scalar >= ORDER:
        raise Refused("a scalar is not in canonical form")
    return scalar
