"""The broader names that a long name may be cut down to, the least cut first.

Works on lists of folded words (``normal.words_of``); knows no concept. What may be left out is data of the pack
(``lexicon/modifiers.txt``), what may never be left out is ``guards.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from cryomine.link.guards import kept_words
from cryomine.link.normal import INVERTERS, fold_word, turned
from cryomine.link.types import Words

Span = tuple[int, int]

_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_INSIDE = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_JOINERS = frozenset({"and", "or", "&", "and/or", "nor"})
_LOOSE = _JOINERS | INVERTERS | {",", "the", "a", "an", "with", "from", "for", "by", "as", "be", "being"}
_CLAUSE = _JOINERS | {"by", "for", "with", "without", "from", "that", "which", "who", "than", "about", "against"}
_COPULAS = frozenset({"is", "are", "was", "were", "has", "have", "become", "becoming", "turn", "feel", "look"})
_DENIALS = frozenset({"not", "no", "never", "without", "free", "gone"})
_RELATIVES = frozenset({"that", "which", "who"})
_MOST_DROPPED = 4  # with more modifiers than this only all of them at once are left out: 2**5 look-ups are enough


_DASH = re.compile(r"\s+[-–—]\s+|:\s+")


def asides(surface: str) -> list[str]:
    """The surface without its brackets, then what stands in them; the parts beside a spaced dash or colon.

    ``pinched nerves (nerve entrapments)``, ``COPD – chronic obstructive pulmonary disease``; empty where it has none.
    """
    if "(" not in surface and "[" not in surface:
        parts = [part.strip() for part in _DASH.split(surface)]
        return [part for part in parts if part] if len(parts) > 1 else []
    outside = _BRACKETS.sub(" ", surface).strip()
    return [part for part in (outside, *(m.group(1).strip() for m in _INSIDE.finditer(surface))) if part]


class Modifiers:
    """The words that say when, how badly, in whom; see ``lexicon/modifiers.txt`` for the notation."""

    def __init__(self, entries: Iterable[str]) -> None:
        """Read the entries; ``~`` marks a lossy one, ``…`` one that cuts off the rest, or stands last."""
        self._by_first: dict[str, list[tuple[Words, bool, str]]] = {}
        self._by_second: dict[str, list[tuple[Words, bool, str]]] = {}  # those that begin with any word
        for entry in sorted(entries):
            lossy = entry.startswith("~")
            text = entry.lstrip("~ ").strip()
            place = "tail" if text.endswith("…") else "end" if text.startswith("…") else ""
            parts = re.split(r"[\s-]+", text.strip("… "))
            words = tuple(word if word == "*" else fold_word(word) for word in parts if word != "the")
            if words[:1] == ("*",) and len(words) > 1:
                self._by_second.setdefault(words[1], []).append((words, lossy, place))
            elif words and words[0]:
                self._by_first.setdefault(words[0], []).append((words, lossy, place))
        self.without = lru_cache(maxsize=1024)(self._without)  # the stages of one look-up ask for the same
        for found in (*self._by_first.values(), *self._by_second.values()):
            found.sort(key=lambda entry: (-len(entry[0]), entry))

    def _spans(self, words: Words, lossy: bool) -> list[Span]:
        """The stretches of ``words`` that are modifiers of that sort, left to right: start, end (exclusive)."""
        spans: list[Span] = []
        at = 0
        while at < len(words):
            end = self._match(words, at, lossy)
            if end > at:
                spans.append((at, end))
            at = max(end, at + 1)
        return spans

    def _match(self, words: Words, at: int, lossy: bool) -> int:
        """Where the longest modifier that begins at ``at`` ends; ``at`` itself where there is none."""
        entries = self._by_first.get(words[at], [])
        if at + 1 < len(words):
            entries = entries + self._by_second.get(words[at + 1], [])
        for entry, loses, place in entries:
            part = words[at : at + len(entry)]
            if loses != lossy or len(part) != len(entry):
                continue
            if all(e in ("*", w) for e, w in zip(entry, part, strict=True)):
                end = len(words) if place == "tail" else at + len(entry)
                if place and (at == 0 or end < len(words)):
                    continue  # nothing would be left; or not the end
                return end
        return at

    def _without(self, words: Words) -> tuple[tuple[Words, bool], ...]:
        """The words with modifiers left out, fewest first, lossless before lossy; never nothing, never the same."""
        return tuple(self._shorter(words))

    def _shorter(self, words: Words) -> Iterator[tuple[Words, bool]]:
        seen = {words}
        bare = words
        for chosen in _choices(self._spans(words, lossy=False)):
            bare = _drop(words, chosen)
            yield from _new(bare, False, seen)
        for base in dict.fromkeys((words, bare)):
            for chosen in _choices(self._spans(base, lossy=True)):
                yield from _new(_drop(base, chosen), True, seen)


def _choices(spans: list[Span]) -> Iterator[list[Span]]:
    """Every choice of spans, the smallest first, all of them last."""
    if len(spans) > _MOST_DROPPED:
        yield spans
        return
    for size in range(1, len(spans) + 1):
        for chosen in combinations(spans, size):
            yield list(chosen)


def _drop(words: Words, spans: Iterable[Span]) -> Words:
    gone = {index for start, end in spans for index in range(start, end)}
    return strip_loose(tuple(word for index, word in enumerate(words) if index not in gone))


def _new(words: Words, lossy: bool, seen: set[Words]) -> Iterator[tuple[Words, bool]]:
    if words and words not in seen:
        seen.add(words)
        yield words, lossy


def strip_loose(words: Words) -> Words:
    """The words without joining words, articles and prepositions at either end."""
    start, end = 0, len(words)
    while start < end and words[start] in _LOOSE:
        start += 1
    while end > start and words[end - 1] in _LOOSE:
        end -= 1
    return words[start:end]


def broader(words: Words) -> Iterator[Words]:
    """The name with its front words left out one after another, then one inner word: the head always stays.

    Stops before a word that turns the meaning round (``no``, ``non``, ``reduced``).
    """
    if not _CLAUSE.isdisjoint(words):
        return  # no compact name: its last word is not its head
    line = tuple(turned(words))
    kept = kept_words()
    for start in range(1, len(line)):
        if line[start - 1] in kept:
            return
        if line[start] not in _LOOSE:
            yield line[start:]
        for inner in range(start, len(line) - 1) if start == 1 else ():
            if line[inner] not in kept:
                yield (*line[:inner], *line[inner + 1 :])


def attributive(words: Words) -> Words:
    """What a predicate says put in front: ``eardrum that is torn`` to ``torn eardrum``; empty where nothing is said so.

    One or two words after the verb, none of which denies anything.
    """
    at = next((index for index, word in enumerate(words) if word in _COPULAS and index), None)
    if at is None:
        return ()
    subject, said = strip_loose(words[: at - 1] if words[at - 1] in _RELATIVES else words[:at]), words[at + 1 :]
    if not subject or not 0 < len(said) <= 2 or not _DENIALS.isdisjoint(said):
        return ()
    return (*said, *subject)


def shared(words: Words, known: Callable[[Words], bool]) -> Iterator[Words]:
    """What a span over a coordination names: ``renal and heart failure`` to ``renal failure``.

    The span of a conjunct reaches over its neighbours where they share a head or a modifier: first the front conjunct
    with the tail of the last, then the last with the front of the first (``skin dryness or irritation``). Where the
    first conjunct is a name by itself (``known`` says so: ``acute pain and inflammation``), the last alone will do.
    """
    joints = [index for index, word in enumerate(words) if word in _JOINERS or word == ","]
    if not joints:
        return
    first, last = strip_loose(words[: joints[0]]), strip_loose(words[joints[-1] + 1 :])
    if not first or not last:
        return
    inverter = next((index for index, word in enumerate(first) if word in INVERTERS and index), None)
    if inverter is not None:  # "disorders of the heart muscle or of the mitral valve": the last one is meant
        yield (*first[: inverter + 1], *last)
        return
    tails = [(*first, *last[cut:]) for cut in range(1, len(last))]
    fronts = [(*first[:cut], *last) for cut in range(len(first) - 1, 0, -1)]
    yield from tails
    yield from fronts
    if known(first):
        yield last
    elif len(last) == 1 and len(first) == 1:
        yield from _split_compound(first[0], last[0])


def _split_compound(first: str, last: str) -> Iterator[Words]:
    """``rheumatoid- and osteoarthritis``: the first word with each ending of the compound."""
    for cut in range(3, len(last) - 3):
        yield (first, last[cut:])
