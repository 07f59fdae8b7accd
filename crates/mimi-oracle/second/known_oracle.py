"""An oracle whose secrets are known, to look up at without a network: what `check_vectors` asks.

It evaluates and proves (RFC 9497, sections 2.2.1 and 3.3.2), and serves the parameters and buckets that it is given.
"""

import messages
import mimi_oracle
import notation
import ristretto255 as group
import voprf
from refused import Refused


def prove(secret, public_key, blinded, evaluated):
    """That every element was evaluated with the key (GenerateProof)."""
    m, _ = voprf.composites(public_key, blinded, evaluated)
    z = group.multiply(secret, m)
    random = voprf.random_scalar()
    hidden = group.multiply(random, group.GENERATOR), group.multiply(random, m)
    transcript = voprf.prefixed(public_key)
    transcript += b"".join(voprf.prefixed(group.encode(each)) for each in (m, z, *hidden)) + b"Challenge"
    c = voprf.hash_to_scalar(transcript)
    return group.encode_scalar(c) + group.encode_scalar((random - c * secret) % group.ORDER)


class KnownOracle:
    """Answers as an oracle does. Each path of `over` is refused as that of an epoch that is over, as often as it stands there."""

    def __init__(self, document, seed, epoch, buckets, over=()):
        self._document, self._buckets, self._epoch = document, buckets, epoch
        self._secret, self._public_key = voprf.derive_key_pair(seed, notation.P)
        self._over = list(over)
        self.asked = []

    def ask(self, method, path, body, most):
        """As that of `mimi_oracle.Channel`."""
        self.asked.append((method, path, body))
        for prefix in self._over:
            if path.startswith(prefix):
                self._over.remove(prefix)
                raise mimi_oracle.EpochOver("the epoch is over")
        answer = self._answer(path, body)
        if len(answer) > most:
            raise Refused("a response is longer than it may be")
        return answer

    def _answer(self, path, body):
        if path == mimi_oracle.PARAMETERS:
            return self._document
        if path == mimi_oracle.EVALUATE:
            blinded = [body[at : at + 32] for at in range(10, len(body), 32)]
            evaluated = [voprf.evaluate(self._secret, each) for each in blinded]
            proof = prove(self._secret, self._public_key, blinded, evaluated)
            return messages.u16(len(blinded)) + b"".join(evaluated) + proof
        number, index = path.removeprefix(f"{mimi_oracle.BUCKETS}/").split("/")
        if int(number) != self._epoch:
            raise Refused("no such bucket")
        return self._buckets[int(index)]
