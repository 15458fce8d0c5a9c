"""Phrases of a pack that wait under their first two words until a text has these: a short text needs few of all.

A pattern of several choices is written out only for the beginnings that a text has: most of its phrases never are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np
from spacy.attrs import NORM
from spacy.language import Language

from cryomine.extraction.phrases import Hashes, Norms
from cryomine.packs.patterns import Branches, Phrase

# Two hashes to one number; where two beginnings share one, a phrase is only taken in before it is needed.
_FACTOR: Final = 0x9E3779B97F4A7C15
_BITS: Final = (1 << 64) - 1


class _Source:
    """Phrases with one way to go on: their labels (plain, ending in a participle) and what stands behind a head."""

    __slots__ = ("_branches", "_norms", "_tails", "labels")

    def __init__(self, norms: Norms, labels: tuple[str, str], branches: Branches | None) -> None:
        self.labels = labels
        self._norms, self._branches = norms, branches
        self._tails: list[tuple[Phrase, Hashes]] | None = None

    def phrases(self, heads: Iterable[Phrase]) -> Iterator[tuple[str, Hashes]]:
        """The phrases with these heads, each with its label; of the same words the last says which."""
        if self._tails is None:
            tails = self._branches.tails() if self._branches is not None else [Phrase("")]
            self._tails = [(tail, self._norms(tail.words) if tail.words else ()) for tail in tails]
        found: dict[str, tuple[bool, Hashes]] = {}
        for head in heads:
            words, hashes = head.words, self._norms(head.words)
            for tail, behind in self._tails:
                if behind:
                    found[f"{words} {tail.words}"] = tail.participle, hashes + behind
                else:
                    found[words] = head.participle, hashes
        return ((self.labels[participle], hashes) for participle, hashes in found.values() if hashes)


class Waiting:
    """Phrases by their beginnings, with the tokenizer and strings of one pipeline."""

    def __init__(self, nlp: Language) -> None:
        self._norms = Norms(nlp)
        self._by_start: dict[int, dict[_Source, list[Phrase]]] = {}

    def add(self, label: str, phrases: Iterable[str]) -> None:
        """Have phrases in lower case wait."""
        self._wait(_Source(self._norms, (label, label), None), map(Phrase, dict.fromkeys(phrases)))

    def add_pattern(self, plain: str, participle: str, branches: Branches) -> None:
        """Have the phrases of a pattern wait, those that end in a participle under a label of their own."""
        self._wait(_Source(self._norms, (plain, participle), branches if branches.rest else None), branches.heads)

    def met(self, doc: Any) -> Iterator[tuple[str, list[Hashes]]]:
        """The phrases, by label, that begin with two words that no text had before beside each other.

        Each as the hashes of the folded forms of its tokens; it waits no more.
        """
        for start in sorted(self._by_start.keys() & _starts(doc)):
            found: dict[str, list[Hashes]] = {}
            for source, heads in self._by_start.pop(start).items():
                for label, hashes in source.phrases(heads):
                    found.setdefault(label, []).append(hashes)
            yield from found.items()

    def _wait(self, source: _Source, heads: Iterable[Phrase]) -> None:
        by_start, start = self._by_start, self._norms.start
        for head in heads:
            first, second = start(head.words)
            code = (first * _FACTOR + second) & _BITS
            waiting = by_start.get(code)
            if waiting is None:
                by_start[code] = {source: [head]}
            elif source in waiting:
                waiting[source].append(head)
            else:
                waiting[source] = [head]


def _starts(doc: Any) -> list[int]:
    """The beginnings that a text has: of phrases of one word, of two or more, and of those that cannot be told."""
    norms = doc.to_array([NORM])
    single = norms * np.uint64(_FACTOR)  # arrays of numbers without sign wrap around, as ``_BITS`` has it
    return [0, *single.tolist(), *(single[:-1] + norms[1:]).tolist()]
