"""Phrases of a pack that wait until a text has the words with which they begin: a short text needs few of all.

They wait under their first token, and where a text has that, under their first two. A pattern of several choices is
written out only for the beginnings that a text has: most of its phrases never are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
        self._tails: dict[int, tuple[list[Hashes], list[Hashes], bool]] = {}

    def heads(self, head: Phrase, used: int) -> Iterable[tuple[int, Phrase]]:
        """A beginning made so long that it has two words or is whole, each with the number of the choices in it."""
        return lengthened(self._choices, 2, head, used) if used < len(self._choices) else ((used, head),)

    def phrases(self, heads: Sequence[tuple[int, Phrase]]) -> tuple[list[Hashes], list[Hashes]]:
        """The phrases with these heads: plain ones, and those that end in a participle."""
        both: tuple[list[Hashes], list[Hashes]] = ([], [])
        for used, head in heads:
            hashes = self._norms(head.words)
            plain, participles, whole = self._behind(used)
            both[0].extend([hashes + tail for tail in plain])
            both[1].extend([hashes + tail for tail in participles])
            if whole and hashes:
                both[head.participle].append(hashes)
        if both[0] and both[1] and not set(both[0]).isdisjoint(both[1]):
            return self._settled(heads)
        return both

    def _behind(self, used: int) -> tuple[list[Hashes], list[Hashes], bool]:
        """What stands behind a head with so many choices, plain and as a participle; and whether nothing may."""
        found = self._tails.get(used)
        if found is None:
            tails = joined([EMPTY], self._choices[used:])
            plain, participles = (
                [self._norms(tail.words) for tail in tails if tail.words and tail.participle == is_one]
                for is_one in (False, True)
            )
            found = self._tails[used] = plain, participles, any(not tail.words for tail in tails)
        return found

    def _settled(self, heads: Iterable[tuple[int, Phrase]]) -> tuple[list[Hashes], list[Hashes]]:
        """The same where some tokens come both ways: of the same words the last says which, as ``expand`` has it."""
        both: tuple[list[Hashes], list[Hashes]] = ([], [])
        phrases = (phrase for used, head in heads for phrase in joined([head], self._choices[used:]))
        for phrase in {phrase.words: phrase for phrase in phrases}.values():
            both[phrase.participle].append(self._norms(phrase.words))
        return both


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
        for label, phrases in zip(source.labels, source.phrases(heads), strict=True):
            if phrases:
                found.setdefault(label, []).extend(phrases)
