"""Noun phrases as records, and the names that are kept where names overlap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

from cryomine.extraction.hits import Hit


class Level:
    """How much speaks for a noun phrase being a condition. Plain integers, like ``Kind``."""

    NONE: Final = 0
    UNKNOWN: Final = 1
    SHAPE: Final = 2
    KNOWN: Final = 3


class Chunk(NamedTuple):
    """A noun phrase: ``start:end`` are the tokens of the span as claimed, ``first:last`` of the whole phrase.

    ``why`` says in words why it is no condition (level ``NONE``), ``prep`` is the preposition in front, ``what`` the
    kind of hit at its head (``condition``, ``state``, ``benefit``, ``therapy``, ``weak``, ``rival``, or empty), ``key``
    that hit's key.
    """

    start: int
    end: int
    first: int
    last: int
    level: int
    why: str = ""
    prep: str = ""
    what: str = ""
    key: str = ""


class Atom(NamedTuple):
    """A name or a word of a noun phrase."""

    start: int
    end: int
    what: str = ""
    key: str = ""


# A named tuple's own constructor is a Python function, called for every noun phrase and every word in one.
chunk_of: Callable[[tuple[int, int, int, int, int, str, str, str, str]], Chunk] = partial(tuple.__new__, Chunk)
atom_of: Callable[[tuple[int, int, str, str]], Atom] = partial(tuple.__new__, Atom)

# Between hits of the same length the more specific kind wins.
_PRIORITY = {
    "condition": 0,
    # "A cold pack" is no cold.
    "therapy": 1,
    "state": 2,
    "rival": 3,
    "procedure": 4,
    "benefit": 5,
    "body": 6,
    "generic": 7,
    "weak": 8,
}


def select(names: Sequence[Hit]) -> Sequence[Hit]:
    """Of overlapping names keep the longest, then the more specific kind; in text order."""
    last = 0
    for name in names:
        if name.start < last:
            break
        last = name.end
    else:
        return names
    kept: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(names, key=lambda h: (h.start - h.end, _PRIORITY[h.what], h.start, h.key)):
        span = range(hit.start, hit.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(hit)
    return sorted(kept)
