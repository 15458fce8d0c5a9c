"""Misspelt names, the same ones on every machine: what fingers and scanners do to a word."""

from __future__ import annotations

import random
from collections.abc import Iterable

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SCANNED = {"m": "rn", "rn": "m", "l": "1", "o": "0", "cl": "d", "i": "1", "s": "5", "h": "li"}


def misspell(name: str, rng: random.Random) -> str:
    """The name with one slip, or two where it has twelve letters or more."""
    word = name
    for _ in range(2 if len(name) >= 12 and rng.random() < 0.4 else 1):
        word = _slip(word, rng)
    return word


def _slip(word: str, rng: random.Random) -> str:
    at = rng.choice([index for index, c in enumerate(word[:-1]) if index and c.isalpha() and word[index + 1].isalpha()])
    kind = rng.choice(("leave out", "double", "swap", "wrong", "more", "scan"))
    if kind == "leave out":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[:at] + word[at] + word[at:]
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "more":
        return word[:at] + rng.choice(LETTERS) + word[at:]
    if kind == "scan":
        for seen in rng.sample(sorted(SCANNED), len(SCANNED)):
            if seen in word[1:]:
                return word[0] + word[1:].replace(seen, SCANNED[seen], 1)
    return word[:at] + rng.choice(LETTERS) + word[at + 1 :]


def misspelt(names: Iterable[str], count: int, seed: int) -> list[tuple[str, str]]:
    """``count`` pairs (misspelt, name); names of six letters or more, each slip inside the name, none a name itself."""
    rng = random.Random(seed)
    pool = sorted(name for name in set(names) if len(name) >= 6)
    known = {name.lower() for name in pool}
    pairs: list[tuple[str, str]] = []
    while len(pairs) < count:
        name = rng.choice(pool)
        wrong = misspell(name.lower(), rng)
        if wrong.lower() != name.lower() and wrong not in known:
            pairs.append((wrong, name))
    return pairs
