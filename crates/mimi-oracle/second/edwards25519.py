"""The field of 2^255 - 19 and the twisted Edwards curve over it (RFC 8032, section 5.1), in extended coordinates.

A point is a tuple (X, Y, Z, T) of integers with x = X/Z, y = Y/Z and x*y = T/Z. Nothing here takes constant time.
"""

from refused import Refused

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)

IDENTITY = (0, 1, 1, 0)


def add(a, b):
    """The sum of two points, which may be equal (RFC 8032, section 5.1.4)."""
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    m = (y1 - x1) * (y2 - x2) % P
    n = (y1 + x1) * (y2 + x2) % P
    c = 2 * t1 * t2 * D % P
    d = 2 * z1 * z2 % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def double(a):
    """A point added to itself."""
    x, y, z, _ = a
    xx, yy = x * x % P, y * y % P
    h = xx + yy
    e = h - (x + y) * (x + y)
    g = xx - yy
    f = 2 * z * z + g
    return e * f % P, g * h % P, f * g % P, e * h % P


def negate(a):
    """The inverse of a point."""
    x, y, z, t = a
    return -x % P, y, z, -t % P


def multiply(scalar, point):
    """A point taken `scalar` times, four bits at a time."""
    table = [IDENTITY]
    for _ in range(15):
        table.append(add(table[-1], point))
    result = IDENTITY
    for shift in range((scalar.bit_length() + 3) // 4 * 4 - 4, -1, -4):
        for _ in range(4):
            result = double(result)
        result = add(result, table[scalar >> shift & 15])
    return result


def equal(a, b):
    """Whether two tuples stand for the same point of the curve."""
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def decode(octets):
    """A point from its 32 octets (RFC 8032, section 5.1.3); only the canonical encoding is taken."""
    if len(octets) != 32:
        raise Refused("a point of Ed25519 has 32 octets")
    number = int.from_bytes(octets, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    if y >= P:
        raise Refused("a point of Ed25519 is not in canonical form")
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == -u % P:
        x = x * SQRT_M1 % P
    if v * x * x % P != u or (x == 0 and sign):
        raise Refused("32 octets are no point of Ed25519")
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def encode(point):
    """The 32 octets of a point (RFC 8032, section 5.1.2)."""
    x, y, z, _ = point
    inverse = pow(z, -1, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = decode((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
