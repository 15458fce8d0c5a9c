"""Phrases of a pack that wait until a text has the words with which they begin: a short text needs few of all.

They wait under their first token, and where a text has that, under their first two. A pattern of several choices is
written out only for the beginnings that a text has: most of its phrases never are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
from spacy.attrs import NORM
from spacy.language import Language

from cryomine.extraction.phrases import Hashes, Norms
from cryomine.packs.patterns import EMPTY, Choices, Phrase, joined, lengthened

# One or two hashes to one number; where two beginnings share it, a phrase is only taken in before it is needed.
_FACTOR: Final = 0x9E3779B97F4A7C15
_BITS: Final = (1 << 64) - 1


class _Source:
    """Phrases that go on in the same ways: their labels (plain, ending in a participle) and the choices behind them."""

    __slots__ = ("_choices", "_norms", "_tails", "labels")

    def __init__(self, norms: Norms, labels: tuple[str, str], choices: Choices = ()) -> None:
        self.labels = labels
        self._norms, self._choices = norms, choices
        self._tails: dict[int, list[tuple[Phrase, Hashes]]] = {}

    def heads(self, head: Phrase, used: int) -> Iterable[tuple[int, Phrase]]:
        """A beginning made so long that it has two words or is whole, each with the number of the choices in it."""
        return lengthened(self._choices, 2, head, used) if used < len(self._choices) else ((used, head),)

    def phrases(self, heads: Iterable[tuple[int, Phrase]]) -> Iterator[tuple[str, Hashes]]:
        """The phrases with these heads, each with its label; of the same words the last says which."""
        norms = self._norms
        found: dict[str, tuple[bool, Hashes]] = {}
        for used, head in heads:
            words, hashes = head.words, norms(head.words)
            tails = self._tails.get(used)
            if tails is None:
                rest = joined([EMPTY], self._choices[used:])
                tails = self._tails[used] = [(tail, norms(tail.words) if tail.words else ()) for tail in rest]
            for tail, behind in tails:
                if behind:
                    found[f"{words} {tail.words}"] = tail.participle, hashes + behind
                else:
                    found[words] = head.participle, hashes
        return ((self.labels[participle], hashes) for participle, hashes in found.values() if hashes)


_Heads = dict[_Source, list[tuple[int, Phrase]]]


class Waiting:
    """Phrases by their beginnings, with the tokenizer and strings of one pipeline."""

    def __init__(self, nlp: Language) -> None:
        self._norms = Norms(nlp)
        self._by_first: dict[int, list[tuple[_Source, int, Phrase]]] = {}
        self._by_two: dict[int, _Heads] = {}

    def add(self, label: str, phrases: Iterable[str]) -> None:
        """Have phrases in lower case wait."""
        source = _Source(self._norms, (label, label))
        self._wait(source, ((0, Phrase(words)) for words in dict.fromkeys(phrases)))

    def add_pattern(self, plain: str, participle: str, choices: Choices) -> None:
        """Have the phrases of a pattern wait, those that end in a participle under a label of their own."""
        self._wait(_Source(self._norms, (plain, participle), choices), lengthened(choices, 1))

    def met(self, doc: Any) -> dict[str, list[Hashes]]:
        """The phrases, by label, that begin with two tokens that no text had before beside each other.

        Each as the hashes of the folded forms of its tokens; it waits no more.
        """
        norms = doc.to_array([NORM])
        single = norms * np.uint64(_FACTOR)  # arrays of numbers without sign wrap around, as ``_BITS`` has it
        found: dict[str, list[Hashes]] = {}
        for start in sorted(self._by_first.keys() & [0, *single.tolist()]):
            self._tell_apart(self._by_first.pop(start), found)
        for start in sorted(self._by_two.keys() & (single[:-1] + norms[1:]).tolist()):
            _take(self._by_two.pop(start), found)
        return found

    def _wait(self, source: _Source, heads: Iterable[tuple[int, Phrase]]) -> None:
        by_first, first = self._by_first, self._norms.first
        for used, head in heads:
            start = first(head.words.partition(" ")[0]) * _FACTOR & _BITS
            waiting = by_first.get(start)
            if waiting is None:
                by_first[start] = [(source, used, head)]
            else:
                waiting.append((source, used, head))

    def _tell_apart(self, beginnings: Sequence[tuple[_Source, int, Phrase]], found: dict[str, list[Hashes]]) -> None:
        """Have what waited under a first token wait under two; what has only one is ``found``."""
        start, by_two = self._norms.start, self._by_two
        whole: _Heads = {}
        for source, used, head in beginnings:
            for longer in source.heads(head, used):
                first, second = start(longer[1].words)
                heads = by_two.setdefault((first * _FACTOR + second) & _BITS, {}) if second else whole
                if source in heads:
                    heads[source].append(longer)
                else:
                    heads[source] = [longer]
        _take(whole, found)


def _take(sources: _Heads, found: dict[str, list[Hashes]]) -> None:
    """Put the phrases with these heads to those found."""
    for source, heads in sources.items():
        for label, hashes in source.phrases(heads):
            found.setdefault(label, []).append(hashes)
