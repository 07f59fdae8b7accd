"""A client of mimi-oracle/1 (docs/spec/oracle.md): looks a subject up at an oracle over HTTPS.

    python3 mimi_oracle.py lookup https://HOST[:PORT]#PIN SUBJECT [--ca FILE]

Writes the definition strings, one a line, with what cannot be printed as escapes. Ends with 0 if there is an entry, 1 if there is none
or it has expired, and 2 with a sentence on standard error if anything was refused or failed.
"""

import argparse
import http.client
import json
import os
import re
import ssl
import sys
import threading
import time
from urllib.parse import urlsplit

import messages
import notation
import parameters
import voprf
from refused import Refused

SECONDS = 5
ERROR = 4096
OCTETS = "application/octet-stream"
PARAMETERS, EVALUATE, BUCKETS = "/.well-known/mimi-oracle", "/v1/evaluate", "/v1/bucket"


class EpochOver(Exception):
    """The oracle no longer serves the epoch that was asked for: 410, or 404 for a bucket, which may come from elsewhere."""


def read_oracle(text):
    """Host, port and pin of an oracle as users write it (section 4)."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise Refused("the oracle is not written as https://HOST[:PORT]#PIN") from None
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or parts.path not in ("", "/") or parts.query:
        raise Refused("the oracle is not written as https://HOST[:PORT]#PIN")
    return parts.hostname, port or 443, notation.decode_base64url(parts.fragment, 32)


def read_body(response, most):
    """The body of a response, which is not read any further than it may be long."""
    body = b""
    while len(body) <= most:
        more = response.read(most + 1 - len(body))
        if not more:
            return body
        body += more
    raise Refused("a response is longer than it may be")


def error_sentence(status, retry_after, body):
    """What an error of the oracle says, without anything that a terminal might act upon."""
    try:
        members = json.loads(body.decode())
        code = members.get("code") if isinstance(members, dict) else None
    except (ValueError, RecursionError):
        code = None
    sentence = f"the oracle answered with {status}"
    if isinstance(code, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code):
        sentence += f" ({code})"
    if retry_after and retry_after.isascii() and retry_after.isdecimal():
        sentence += f" and may be asked again after {retry_after} seconds"
    return sentence


def media_type(header):
    """The media type of a response, without its parameters."""
    return (header or "").partition(";")[0].strip().lower()


def is_over(status, path):
    """Whether an error means that the epoch is no longer served, so that parameters that are fetched anew may help."""
    return status == 410 or (status == 404 and path.startswith(BUCKETS))


class Channel:
    """One connection to an oracle."""

    def __init__(self, host, port, authorities=None):
        context = ssl.create_default_context(cafile=authorities)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        self._connection = http.client.HTTPSConnection(host, port, timeout=SECONDS, context=context)

    def ask(self, method, path, body, most):
        """The body of the response, of at most `most` octets (section 5). Redirects are errors, as all but 200 is."""
        connection = self._connection
        connection.putrequest(method, path, skip_accept_encoding=True)
        if path == PARAMETERS:
            # Nothing is kept here, and nothing old is wanted from a cache on the way.
            connection.putheader("Cache-Control", "no-cache")
        if body is not None:
            connection.putheader("Content-Type", OCTETS)
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        with connection.getresponse() as response:
            if response.getheader("Content-Encoding") is not None:
                raise Refused("a response has a content coding")
            if response.status == 200:
                wanted = "application/json" if path == PARAMETERS else OCTETS
                if media_type(response.getheader("Content-Type")) != wanted:
                    raise Refused(f"a response is not {wanted}")
                return read_body(response, most)
            sentence = error_sentence(response.status, response.getheader("Retry-After"), response.read(ERROR))
            connection.close()
            if is_over(response.status, path):
                raise EpochOver(sentence)
            raise Refused(sentence)


def lookup(ask, pin, subject, clock=time.time):
    """The definition strings of a subject, in octets, or None if the oracle has no entry. `ask` is as that of `Channel`."""
    messages.check_subject(subject)
    try:
        return lookup_once(ask, pin, subject, clock)
    except EpochOver:
        try:
            return lookup_once(ask, pin, subject, clock)
        except EpochOver as again:
            raise Refused(f"{again}, also with parameters that were fetched anew") from None


def lookup_once(ask, pin, subject, clock):
    """A lookup with the parameters as they are now."""
    oracle = parameters.read_parameters(ask("GET", PARAMETERS, None, notation.PARAMETERS), pin)
    epoch = parameters.choose_epoch(oracle, int(clock()))
    scalar = voprf.random_scalar()
    body, blinded = messages.write_request(epoch, [subject], [scalar])
    response = ask("POST", EVALUATE, body, messages.response_length(1))
    (output,) = messages.read_response(response, oracle.lookup_keys[epoch.key], [subject], [scalar], blinded)
    place = messages.Place(output, epoch)
    octets = ask("GET", f"{BUCKETS}/{epoch.number}/{place.bucket}", None, notation.BUCKET)
    slots = messages.read_bucket(octets, oracle.signing_key, epoch, place.bucket)
    entry = messages.find_entry(slots, place)
    if entry is None:
        return None
    return messages.read_entry(entry, oracle.signing_key, epoch, subject, int(clock()))


def printable(octets):
    """A definition string for a line of a terminal: whatever cannot be printed as an escape, and the backslash doubled."""
    text = octets.replace(b"\\", b"\\\\").decode(errors="backslashreplace")
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def run(oracle, subject, authorities):
    """One lookup from the command line: the exit code, the lines for standard output, the sentence for standard error."""
    try:
        host, port, pin = read_oracle(oracle)
        strings = lookup(Channel(host, port, authorities).ask, pin, subject)
    except Refused as refused:
        return 2, [], str(refused)
    except (OSError, http.client.HTTPException) as failed:
        return 2, [], f"the oracle cannot be asked: {type(failed).__name__}: {failed}"
    if strings is None:
        return 1, [], None
    return 0, [printable(each) for each in strings], None


def main():
    """Reads the command line, and gives up when a lookup takes too long."""
    parser = argparse.ArgumentParser(description="A second client of mimi-oracle/1.")
    lookup_parser = parser.add_subparsers(required=True).add_parser("lookup", help="look a subject up")
    lookup_parser.add_argument("oracle", help="https://HOST[:PORT]#PIN")
    lookup_parser.add_argument("subject", help="email:ADDRESS or telephone:NUMBER, in canonical spelling")
    lookup_parser.add_argument("--ca", metavar="FILE", help="certificates to trust instead of those of the system")
    arguments = parser.parse_args()
    outcome = []
    worker = threading.Thread(target=lambda: outcome.append(run(arguments.oracle, arguments.subject, arguments.ca)), daemon=True)
    worker.start()
    worker.join(SECONDS)
    late = f"the oracle did not answer within {SECONDS} seconds" if worker.is_alive() else "the lookup failed"
    code, lines, sentence = outcome[0] if outcome else (2, [], late)
    sys.stdout.reconfigure(encoding="utf-8")
    for line in lines:
        print(line)
    if sentence:
        print(f"mimi_oracle: {sentence}", file=sys.stderr)
    sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
