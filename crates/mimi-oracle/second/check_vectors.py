"""Checks this implementation with the vectors of a folder: rfc9497.json, vectors.json and buckets.bin.

    python3 check_vectors.py testdata/oracle

Writes one line for each group. Ends with 0 if all of them passed, with 1 if not.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

import messages
import notation
import parameters
import ristretto255
import voprf
from primitives import ed25519_public
from refused import Refused


def same(got, wanted, what):
    """Fails unless both are equal."""
    if got != wanted:
        raise AssertionError(f"{what} is {got!r}, not {wanted!r}")


def refuses(call, *arguments):
    """Fails unless the call is refused."""
    try:
        call(*arguments)
    except Refused:
        return 1
    raise AssertionError(f"{call.__name__} does not refuse what it must")


def octets(values):
    """Octets of a list of hex."""
    return [bytes.fromhex(value) for value in values]


def flipped(data, at):
    """A copy with one bit changed."""
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


class Vectors:
    """The groups of checks. Each says how many things it has checked."""

    def __init__(self, folder):
        self.rfc = json.loads((folder / "rfc9497.json").read_text())
        self.own = json.loads((folder / "vectors.json").read_text())
        stored = (folder / "buckets.bin").read_bytes()
        self.buckets = [stored[at : at + notation.BUCKET] for at in range(0, len(stored), notation.BUCKET)]
        self.now = self.own["now"]
        self.pin = notation.decode_base64url(self.own["pin"], 32)

    def trusted(self):
        """The parameters and the epoch of `now`, which the other groups need."""
        oracle = parameters.read_parameters(self.own["parameters"].encode(), self.pin)
        return oracle, parameters.choose_epoch(oracle, self.now)

    def rfc_9497(self):
        """RFC 9497, appendix A.1.2."""
        secret, public = voprf.derive_key_pair(bytes.fromhex(self.rfc["seed"]), bytes.fromhex(self.rfc["key_info"]))
        same(ristretto255.encode_scalar(secret).hex(), self.rfc["secret_key"], "the secret key")
        same(public.hex(), self.rfc["public_key"], "the public key")
        for vector in self.rfc["vectors"]:
            inputs, blinds = octets(vector["input"]), octets(vector["blind"])
            scalars = [ristretto255.decode_scalar(each) for each in blinds]
            blinded, evaluated = octets(vector["blinded_element"]), octets(vector["evaluation_element"])
            same([voprf.blind(*each) for each in zip(inputs, scalars)], blinded, "the blinded elements")
            same([voprf.evaluate(secret, each) for each in blinded], evaluated, "the evaluated elements")
            proof = bytes.fromhex(vector["proof"])
            outputs = voprf.finalize(public, inputs, scalars, blinded, evaluated, proof)
            same([each.hex() for each in outputs], vector["output"], "the outputs")
            refuses(voprf.verify_proof, public, blinded, evaluated, flipped(proof, 0))
            refuses(voprf.verify_proof, public, evaluated, blinded, proof)
        return len(self.rfc["vectors"])

    def keys_and_pin(self):
        """Keys from their seeds, and the pin."""
        signing_key = ed25519_public(bytes.fromhex(self.own["signing_seed"]))
        same(signing_key.hex(), self.own["signing_key"], "the signing key")
        keys = [voprf.derive_key_pair(seed, notation.P)[1] for seed in octets(self.own["lookup_seeds"])]
        same([key.hex() for key in keys], self.own["lookup_keys"], "the lookup keys")
        same(parameters.pin_of(signing_key, keys), self.pin, "the pin")
        return 2 + len(keys)

    def good_parameters(self):
        """The document that is good, and the epoch that is chosen from it at several times."""
        oracle, chosen = self.trusted()
        same(chosen.number, self.own["epoch"], "the epoch")
        before, last = oracle.epochs
        for now, epoch in ((last.number - 301, before), (last.number - 300, last), (last.ends - 1, last)):
            same(parameters.choose_epoch(oracle, now), epoch, f"the epoch at {now}")
        refuses(parameters.choose_epoch, oracle, last.ends)
        refuses(parameters.choose_epoch, oracle, before.number - 301)
        return 6

    def refused_parameters(self):
        """Documents that a client refuses: those of the file, and some made here."""
        good, made = self.own["parameters"], []
        for old, new in (('"buckets": 5', '"buckets": 6'), ('"buckets": 5', '"buckets": 0'), ('"key": 1', '"key": 0'), ('"key": 1', '"key": 3')):
            made.append(good.replace(old, new))
        made += [good.replace("1795673400", each) for each in ("1795673401", "1795673400.0", "-1", "true")]
        made += [good + " " * notation.PARAMETERS, good[:-1], "[" * 9000, "[]", "", good.replace('"quota"', '"quotas"')]
        same(good in made, False, "a document that was to be changed")
        made += [each["document"] for each in self.own["refused_parameters"]]
        refuses(parameters.read_parameters, good.encode(), bytes(32))
        return 1 + sum(refuses(parameters.read_parameters, each.encode(), self.pin) for each in made)

    def evaluation(self):
        """A batch from its blinds to its outputs, and the responses that a client refuses."""
        oracle, epoch = self.trusted()
        batch, key = self.own["evaluation"], oracle.lookup_keys[epoch.key]
        subjects, scalars = batch["subjects"], [ristretto255.decode_scalar(each) for each in octets(batch["blinds"])]
        body, blinded = messages.write_request(epoch, subjects, scalars)
        same(body.hex(), batch["request"], "the request")
        outputs = messages.read_response(bytes.fromhex(batch["response"]), key, subjects, scalars, blinded)
        same([each.hex() for each in outputs], batch["outputs"], "the outputs")
        for each in batch["refused"]:
            try:
                refuses(messages.read_response, bytes.fromhex(each["response"]), key, subjects, scalars, blinded)
            except AssertionError as failed:
                raise AssertionError(f"{each['name']}: {failed}") from None
        return 2 + len(batch["refused"])

    def bucket_signatures(self):
        """Every bucket at its index, and none that is changed, moved, cut or longer."""
        oracle, epoch = self.trusted()
        key = oracle.signing_key
        same(len(self.buckets), epoch.buckets, "the number of buckets")
        for index, bucket in enumerate(self.buckets):
            same(len(messages.read_bucket(bucket, key, epoch, index)), 128, "the number of slots")
            refuses(messages.read_bucket, bucket, key, epoch, (index + 1) % epoch.buckets)
            refuses(messages.read_bucket, flipped(bucket, notation.BUCKET - 1), key, epoch, index)
        bucket = self.buckets[0]
        for other in (bucket[:-1], bucket + b"\0", flipped(bucket, 0), b""):
            refuses(messages.read_bucket, other, key, epoch, 0)
        refuses(messages.read_bucket, bucket, key, replace(epoch, number=epoch.number + 1), 0)
        refuses(messages.read_bucket, bucket, key, replace(epoch, salt=bytes(16)), 0)
        return 3 * len(self.buckets) + 6

    def places_and_entries(self):
        """Each subject from its output to its definition strings."""
        oracle, epoch = self.trusted()
        secret, _ = voprf.derive_key_pair(bytes.fromhex(self.own["lookup_seeds"][epoch.key]), notation.P)
        for vector in self.own["subjects"]:
            self.place_and_entry(vector, oracle, epoch, secret)
        return len(self.own["subjects"])

    def place_and_entry(self, vector, oracle, epoch, secret):
        """One subject. What has no definition strings is not registered."""
        subject, message, expires = vector["subject"], vector["subject"].encode(), vector["expires"]
        element = ristretto255.encode(voprf.hash_to_group(message))
        evaluated = voprf.evaluate(secret, element)
        output = voprf.output(message, evaluated)
        same(output.hex(), vector["output"], f"the output of {subject}")
        place = messages.Place(output, epoch)
        same(place.bucket, vector["bucket"], f"the bucket of {subject}")
        for name, of in (("tags", place.tag), ("keys", place.key)):
            same([of(part).hex() for part in range(len(vector[name]))], vector[name], f"{name} of {subject}")
        key = oracle.signing_key
        slots = messages.read_bucket(self.buckets[place.bucket], key, epoch, place.bucket)
        entry = messages.find_entry(slots, place)
        if not vector["definition_strings"]:
            same(entry, None, f"the entry of {subject}")
            return
        same(entry.hex(), vector["entry"], f"the entry of {subject}")
        now = min(self.now, expires - 1)
        same(messages.read_entry(entry, key, epoch, subject, now), vector["definition_strings"], f"the strings of {subject}")
        refuses(messages.read_entry, entry, key, epoch, subject, max(self.now, expires))
        refuses(messages.read_entry, entry, key, epoch, subject + "m", now)
        refuses(messages.read_entry, entry, key, replace(epoch, number=epoch.number + 1), subject, now)
        refuses(messages.read_entry, flipped(entry, 7), key, epoch, subject, now)
        refuses(messages.find_entry, slots | {place.tag(0): flipped(slots[place.tag(0)], 0)}, place)
        if len(entry) + 2 > messages.PART:
            refuses(messages.find_entry, {tag: slot for tag, slot in slots.items() if tag != place.tag(1)}, place)


def main():
    """Runs every group."""
    vectors = Vectors(Path(sys.argv[1]))
    groups = ("rfc_9497", "keys_and_pin", "good_parameters", "refused_parameters", "evaluation", "bucket_signatures")
    failures = 0
    for name in (*groups, "places_and_entries"):
        try:
            print(f"{name.replace('_', ' ')}: {getattr(vectors, name)()} passed")
        except (AssertionError, Refused) as failed:
            failures += 1
            print(f"{name.replace('_', ' ')}: FAILED: {failed}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
