"""Checks this implementation with the vectors of a folder: rfc9497.json, vectors.json and buckets.bin.

    python3 check_vectors.py testdata/oracle

Writes one line for each group. Ends with 0 if all of them passed, with 1 if not.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

import messages
import mimi_oracle
import notation
import parameters
import ristretto255
import voprf
from known_oracle import KnownOracle
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


def read_case(case):
    """The parameters of a case, for its pin, with the spaces after them that are not written out."""
    document = case["document"] + " " * case.get("spaces", 0)
    return parameters.read_parameters(document.encode(), notation.decode_base64url(case["pin"], 32))


def check_epochs(oracle, choices):
    """Fails unless the epoch is the one that is said at each time, or none."""
    for each in choices:
        if each["epoch"] is None:
            refuses(parameters.choose_epoch, oracle, each["now"])
        else:
            same(parameters.choose_epoch(oracle, each["now"]).number, each["epoch"], f"the epoch at {each['now']}")
    return len(choices)


def check_place(place, case):
    """Fails unless the place has the bucket, tags and keys of a case."""
    same(place.bucket, case["bucket"], "the bucket")
    for name, of in (("tags", place.tag), ("keys", place.key)):
        same([of(part).hex() for part in range(len(case[name]))], case[name], name)


def changed_bucket(bucket, case):
    """A bucket with the changes of a case."""
    for change in case.get("changes", []):
        at, new = change["at"], bytes.fromhex(change["octets"])
        bucket = bucket[:at] + new + bucket[at + len(new) :]
    length = case.get("length", len(bucket))
    return bucket[:length] + bytes(max(0, length - len(bucket)))


def read_slots(slots, place, oracle, epoch, subject, now):
    """What a client makes of a bucket with these slots."""
    entry = messages.find_entry(messages.slots_by_tag(slots), place)
    return None if entry is None else messages.read_entry(entry, oracle.signing_key, epoch, subject, now)


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

    def epochs(self):
        """The epoch that is taken at each time."""
        oracle, chosen = self.trusted()
        same(chosen.number, self.own["epoch"], "the epoch")
        return 1 + check_epochs(oracle, self.own["epochs_at"])

    def accepted_parameters(self):
        """Documents that a client accepts. Those without times of their own say what the good one says."""
        for case in self.own["accepted_parameters"]:
            oracle = self.named(case, read_case, case)
            if "epochs_at" in case:
                check_epochs(oracle, case["epochs_at"])
            else:
                same(oracle, self.trusted()[0], case["name"])
        return len(self.own["accepted_parameters"])

    def refused_parameters(self):
        """Documents that a client refuses: those of the file, and some made here."""
        good = self.own["parameters"]
        made = [good[:-1], "[" * 9000, "[]", ""]
        refuses(parameters.read_parameters, good.encode(), bytes(32))
        refuses(parameters.read_parameters, good.encode().replace(b"{", b'{"unknown": "\xff", ', 1), self.pin)
        for case in self.own["refused_parameters"]:
            self.named(case, refuses, read_case, case)
        return 2 + len(self.own["refused_parameters"]) + sum(refuses(parameters.read_parameters, each.encode(), self.pin) for each in made)

    def evaluations(self):
        """Batches from their blinds to their outputs, and the responses that a client refuses."""
        return sum(self.evaluation(batch) for batch in self.own["evaluations"])

    def evaluation(self, batch):
        """One batch."""
        oracle, epoch = self.trusted()
        key, subjects = oracle.lookup_keys[epoch.key], batch["subjects"]
        scalars = [ristretto255.decode_scalar(each) for each in octets(batch["blinds"])]
        body, blinded = messages.write_request(epoch, subjects, scalars)
        same(body.hex(), batch["request"], "the request")
        outputs = messages.read_response(bytes.fromhex(batch["response"]), key, subjects, scalars, blinded)
        same([each.hex() for each in outputs], batch["outputs"], "the outputs")
        for case in batch["refused"]:
            response = bytes.fromhex(case["response"])
            self.named(case, refuses, messages.read_response, response, key, subjects, scalars, blinded)
        return 2 + len(batch["refused"])

    def identity_lookup_key(self):
        """A lookup key that is the identity, with a proof that verifies: refused here with the response, not with the parameters."""
        case = self.own["identity_lookup_key"]
        oracle = read_case(case)
        epoch, subjects = parameters.choose_epoch(oracle, self.now), case["subjects"]
        key = oracle.lookup_keys[epoch.key]
        same(key, bytes(32), "the lookup key")
        scalars = [ristretto255.decode_scalar(each) for each in octets(case["blinds"])]
        body, blinded = messages.write_request(epoch, subjects, scalars)
        same(body.hex(), case["request"], "the request")
        refuses(voprf.decode_element, key)
        return 2 + refuses(messages.read_response, bytes.fromhex(case["response"]), key, subjects, scalars, blinded)

    def buckets_of_the_file(self):
        """Every bucket at its index, and small changes of one."""
        oracle, epoch = self.trusted()
        same(len(self.buckets), epoch.buckets, "the number of buckets")
        for index, bucket in enumerate(self.buckets):
            same(len(messages.read_bucket(bucket, oracle.signing_key, epoch, index)), 128, "the number of slots")
        for case in self.own["buckets"]:
            changed = changed_bucket(self.buckets[case["bucket"]], case)
            of_case = case.get("epoch", {"number": epoch.number, "salt": epoch.salt.hex()})
            of_case = replace(epoch, number=of_case["number"], salt=bytes.fromhex(of_case["salt"]))
            arguments = changed, oracle.signing_key, of_case, case.get("index", case["bucket"])
            if case["taken"]:
                self.named(case, messages.read_bucket, *arguments)
            else:
                self.named(case, refuses, messages.read_bucket, *arguments)
        return len(self.buckets) + len(self.own["buckets"])

    def entries(self):
        """Entries in their slots: taken, refused, or none."""
        oracle, epoch = self.trusted()
        vector = self.own["subjects"][0]
        place = messages.Place(bytes.fromhex(vector["output"]), epoch)
        for case in self.own["entries"]:
            arguments = b"".join(octets(case["slots"])), place, oracle, epoch, vector["subject"], self.now
            if case["outcome"] == "refused":
                self.named(case, refuses, read_slots, *arguments)
            else:
                wanted = octets(case["definition_strings"]) if case["outcome"] == "entry" else None
                same(self.named(case, read_slots, *arguments), wanted, case["name"])
        return len(self.own["entries"])

    def lookups(self):
        """Whole lookups, at an oracle in memory: also when the epoch turns out to be over."""
        for vector in self.own["subjects"]:
            strings = [each.encode() for each in vector["definition_strings"]] if vector["expires"] > self.now else None
            same(self.lookup(vector["subject"])[0], strings, f"what is found of {vector['subject']}")
        subject = self.own["subjects"][0]["subject"]
        for path in (mimi_oracle.EVALUATE, mimi_oracle.BUCKETS):
            found, asked = self.lookup(subject, path)
            same(found, self.lookup(subject)[0], "what is found the second time")
            bodies = {body for _, asked_path, body in asked if asked_path == mimi_oracle.EVALUATE}
            paths = [asked_path for _, asked_path, _ in asked]
            same((len(bodies), paths.count(mimi_oracle.PARAMETERS)), (2, 2), "the numbers of blinds and of parameters")
            refuses(self.lookup, subject, path, path)
        overs = [(410, mimi_oracle.EVALUATE), (410, "/v1/bucket/1/2"), (404, "/v1/bucket/1/2"), (404, mimi_oracle.EVALUATE), (429, "/v1/bucket/1/2")]
        same([mimi_oracle.is_over(*each) for each in overs], [True, True, True, False, False], "what is over")
        same(mimi_oracle.media_type("Application/JSON; charset=utf-8"), "application/json", "a media type")
        same(mimi_oracle.printable(b"a\\ \xff\x1b[m \xe2\x80\xae"), r"a\\ \xff\x1b[m \u202e", "a string for a terminal")
        return len(self.own["subjects"]) + 4 + len(overs) + 2

    def lookup(self, subject, *over):
        """What a client finds, and what it asked."""
        _, epoch = self.trusted()
        seed = bytes.fromhex(self.own["lookup_seeds"][epoch.key])
        oracle = KnownOracle(self.own["parameters"].encode(), seed, epoch.number, self.buckets, over)
        return mimi_oracle.lookup(oracle.ask, self.pin, subject, lambda: self.now), oracle.asked

    def places(self):
        """Places in other epochs."""
        for case in self.own["places"]:
            of_epoch, message = case["epoch"], case["subject"].encode()
            salt = bytes.fromhex(of_epoch["salt"])
            epoch = parameters.Epoch(of_epoch["number"], 2**64 - 1, of_epoch["key"], salt, of_epoch["buckets"])
            output = self.output(message, epoch)
            same(output.hex(), case["output"], "the output")
            check_place(messages.Place(output, epoch), case)
        return len(self.own["places"])

    def subjects_of_identifiers(self):
        """What identifiers go to is a subject. How they go there is not of this client, which takes canonical spellings."""
        subjects = [each["subject"] for each in self.own["identifiers"] if each["subject"]]
        for subject in subjects:
            messages.check_subject(subject)
        for each in ("alice@example.com", "mui:mymimi.example.com", "email:", "", "email:" + "a" * 507):
            refuses(messages.check_subject, each)
        return len(subjects) + 5

    @staticmethod
    def named(case, call, *arguments):
        """Calls, and names the case if that fails."""
        try:
            return call(*arguments)
        except (AssertionError, Refused) as failed:
            raise AssertionError(f"{case['name']}: {failed}") from None

    def output(self, message, epoch):
        """The output that the oracle knows."""
        secret, _ = voprf.derive_key_pair(bytes.fromhex(self.own["lookup_seeds"][epoch.key]), notation.P)
        element = ristretto255.encode(voprf.hash_to_group(message))
        return voprf.output(message, voprf.evaluate(secret, element))

    def places_and_entries(self):
        """Each subject from its output to its definition strings."""
        oracle, epoch = self.trusted()
        for vector in self.own["subjects"]:
            self.place_and_entry(vector, oracle, epoch)
        return len(self.own["subjects"])

    def place_and_entry(self, vector, oracle, epoch):
        """One subject. What has no definition strings is not registered."""
        subject, expires = vector["subject"], vector["expires"]
        output = self.output(subject.encode(), epoch)
        same(output.hex(), vector["output"], f"the output of {subject}")
        place = messages.Place(output, epoch)
        check_place(place, vector)
        key = oracle.signing_key
        slots = messages.read_bucket(self.buckets[place.bucket], key, epoch, place.bucket)
        entry = messages.find_entry(slots, place)
        if not vector["definition_strings"]:
            same(entry, None, f"the entry of {subject}")
            return
        same(entry.hex(), vector["entry"], f"the entry of {subject}")
        now = min(self.now, expires - 1)
        strings = [each.encode() for each in vector["definition_strings"]]
        same(messages.read_entry(entry, key, epoch, subject, now), strings, f"the strings of {subject}")
        same(messages.read_entry(entry, key, epoch, subject, max(self.now, expires)), None, f"what {subject} had")
        refuses(messages.read_entry, entry, key, epoch, subject + "m", now)
        refuses(messages.read_entry, entry, key, replace(epoch, number=epoch.number + 1), subject, now)
        refuses(messages.read_entry, flipped(entry, 7), key, epoch, subject, now)
        refuses(messages.find_entry, slots | {place.tag(0): flipped(slots[place.tag(0)], 0)}, place)
        if len(entry) + 2 > messages.PART:
            refuses(messages.find_entry, {tag: slot for tag, slot in slots.items() if tag != place.tag(1)}, place)


def main():
    """Runs every group."""
    vectors = Vectors(Path(sys.argv[1]))
    groups = ["rfc_9497", "keys_and_pin", "epochs", "accepted_parameters", "refused_parameters", "evaluations", "identity_lookup_key"]
    groups += ["subjects_of_identifiers", "places", "buckets_of_the_file", "places_and_entries", "entries", "lookups"]
    failures = 0
    for name in groups:
        try:
            print(f"{name.replace('_', ' ')}: {getattr(vectors, name)()} passed")
        except (AssertionError, Refused) as failed:
            failures += 1
            print(f"{name.replace('_', ' ')}: FAILED: {failed}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
