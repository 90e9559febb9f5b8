"""What a model-based test finds: the one exception that says so, and names what differs."""

from __future__ import annotations


class Difference(Exception):
    """What was found is not what the model says. No crash of the program's is ever one of these."""

    def __init__(self, what: str, found: object, wanted: object, after: object = None) -> None:
        super().__init__(f"{what}: found {found}, the model says {wanted}" + (f", after {after}" if after else ""))
        self.what = what
        self.found = found
        self.wanted = wanted


def must_be_same(what: str, found: object, wanted: object, after: object = None) -> None:
    """Raise :class:`Difference` unless ``found`` is ``wanted``; ``after``: what was asked for just before."""
    if found != wanted:
        raise Difference(what, found, wanted, after)
