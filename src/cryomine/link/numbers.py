"""Names with a number in them that stand for a range: whoever is "under 14" or "under twelve" is young.

Knows words only. Which way a name's words point (under, over) is data (``guards.txt``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from cryomine.link.guards import lines_of
from cryomine.link.normal import fold_word

_DIGITS = re.compile(r"(\d{1,3})s?")  # "under-18s"


@cache
def _values() -> dict[str, int]:
    """Number words, folded, with their values: ``twelve`` 12, ``seventies`` 70."""
    (units,), (tens,) = lines_of("units"), lines_of("tens")
    words = {fold_word(word): value for value, word in enumerate(units)}
    return words | {fold_word(word): 10 * (value + 1) for value, word in enumerate(tens)}


@cache
def _sides() -> dict[str, int]:
    """Words that point down (-1: under) or up (1: over)."""
    down, up = lines_of("down"), lines_of("up")
    return {fold_word(w): -1 for line in down for w in line} | {fold_word(w): 1 for line in up for w in line}


def open_range(words: Sequence[str]) -> tuple[str, int, int] | None:
    """The words with their one number as ``#``, the number, and where the range lies: -1 below it, 1 above it.

    ``None`` for words with no number, with several, or with none of the words that open a range.
    """
    numbers = [(at, value) for at, word in enumerate(words) if (value := _value(word)) is not None]
    side = sum(_sides().get(word, 0) for word in words)
    if len(numbers) != 1 or abs(side) != 1:
        return None
    at, value = numbers[0]
    return " ".join([*words[:at], "#", *words[at + 1 :]]), value, side


def _value(word: str) -> int | None:
    match = _DIGITS.fullmatch(word)
    return int(match.group(1)) if match else _values().get(word)


class Ranges:
    """Names that open a range, and the concepts they belong to."""

    def __init__(self, names: Iterable[tuple[Sequence[str], int]]) -> None:
        """``names`` are folded words, each with the number of its concept; those without a range are passed over."""
        self._limits: dict[str, tuple[int, int]] = {}
        for words, concept in names:
            if found := open_range(words):
                form, value, side = found
                known = self._limits.get(form)
                limit = value if known is None else max(-side * value, -side * known[0]) * -side
                self._limits[form] = (limit, concept if known is None else known[1])

    def find(self, words: Sequence[str]) -> int | None:
        """The concept of a name whose range lies within one that is known: under 12 within under 18."""
        found = open_range(words)
        if found is None or found[0] not in self._limits:
            return None
        limit, concept = self._limits[found[0]]
        return concept if found[2] * found[1] >= found[2] * limit else None
