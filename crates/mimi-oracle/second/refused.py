"""The one exception of this implementation: something was refused, and its text says what, in a sentence."""


class Refused(Exception):
    """What came from an oracle (or from the command line) is not what the specification allows."""
