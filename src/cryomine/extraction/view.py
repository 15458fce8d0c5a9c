"""A document as extraction sees it: tokens with their word classes, blocks as token ranges, sentences.

Knows nothing of rules.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import add
from typing import Any

from spacy.attrs import IDX, LENGTH, LOWER

from cryomine.document import Block
from cryomine.extraction.lexicon import Flag, Kind, Lex, Lexicon

# One character for one, so that offsets stay: the quotes, dashes and spaces that articles use for the plain ones.
_PLAIN = (
    ("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("´", "'"), ("`", "'"),
    ("\u00a0", " "), ("\u2009", " "), ("\u202f", " "), ("‐", "-"), ("‑", "-"),
)  # fmt: skip
# After these an ambiguous form ("swelling reduces" aside) belongs to the noun phrase.
_NOUN_FOLLOWS = frozenset(range(Kind.TO + 1)) - {
    *(Kind.WORD, Kind.PRON, Kind.AUX, Kind.ADV, Kind.NOT, Kind.TO, Kind.SUB, Kind.CLOSE),
}
_INDEFINITE = ("a", "an")
# References ("[12]", ".[citation needed]") would glue a full stop to the next sentence.
_REFERENCE = re.compile(r"\[\d{1,3}(?:[,–-]\d{1,3})*\]|(?<=[^\s\[(])\[[a-z]+ [a-z]+\]")
_SPACES = re.compile(" {2,}")
_CUTS = frozenset((Kind.COMMA, Kind.SEMI, Kind.COLON, Kind.DASH))
# Behind these an adjective and a word that can be a verb are a noun phrase, where one of the others follows.
_GOVERN = frozenset((Kind.PREP, Kind.OF, Kind.TO))
_CLOSE_PHRASE = frozenset((Kind.STOP, Kind.COMMA, Kind.SEMI, Kind.CONJ, Kind.CLOSE))
_BEHIND_STOP = frozenset((Kind.CLOSE, Kind.QUOTE, Kind.STOP))
_BEFORE_WORD = frozenset((Kind.SPACE, Kind.OPEN, Kind.QUOTE, Kind.DASH, Kind.HYPHEN))
# The longest honest sentence in the development articles has 170 tokens; binding is quadratic in a sentence's length.
MAX_SENTENCE = 240
CUTS = "cryomine_cuts"  # where a ``Doc`` of a folded text keeps those of ``folded``
_ABBREVIATED = frozenset(
    ["dr", "mr", "mrs", "ms", "prof", "st", "no", "vs", "fig", "ref", "approx", "ca", "i.e", "e.g", "etc", "al"]
)


def plain(text: str, blocks: Sequence[Block]) -> str:
    """The text with plain quotes, dashes and spaces, line breaks in a block as spaces; same length, same offsets."""
    same = text
    if not text.isascii() or "`" in text:
        # Each by itself: to translate all at once is a look-up for every letter.
        for odd, usual in _PLAIN:
            same = same.replace(odd, usual)
    if "[" in same:
        same = _REFERENCE.sub(lambda m: " " * len(m.group()), same)
    if "\n" not in same and "\r" not in same and "\t" not in same:
        return same
    parts, last = [], 0
    for block in blocks:
        inner = same[block.start : block.end]
        if "\n" in inner or "\r" in inner or "\t" in inner:
            parts += [same[last : block.start], inner.replace("\n", " ").replace("\r", " ").replace("\t", " ")]
            last = block.end
    parts.append(same[last:])
    return "".join(parts)


def folded(same: str, blocks: Sequence[Block]) -> tuple[str, list[tuple[int, int]]]:
    """The text of ``plain`` with one space for each run of them inside a block, as other formats have it.

    And where it was cut: offsets into the folded text, each with the characters that are left out before it.
    """
    if "  " not in same:
        return same, []
    parts: list[str] = []
    cuts: list[tuple[int, int]] = []
    last = left_out = 0
    for block in blocks:
        for run in _SPACES.finditer(same, block.start, block.end):
            parts.append(same[last : run.start() + 1])
            last = run.end()
            left_out += last - run.start() - 1
            cuts.append((last - left_out, left_out))
    parts.append(same[last:])
    return "".join(parts), cuts


def _is_noun(lex: Sequence[Lex], i: int) -> bool:
    """Whether the ambiguous form ``i`` is a noun or adjective by what stands beside it: "the later stages"."""
    if not i or lex[i - 1].kind in _NOUN_FOLLOWS:
        return True
    if i + 1 < len(lex) and lex[i + 1].kind == Kind.AUX and not lex[i].lower.endswith(("ed", "ing")):
        # "Tumours with these features may be frozen."
        return lex[i - 1].kind == Kind.WORD
    if i < 2 or lex[i - 2].kind != Kind.DET:
        # "Injury to nearby structures such as …", not "exposure to cold increases it".
        governed = i > 1 and lex[i - 2].kind in _GOVERN and bool(lex[i - 1].flags & Flag.ADJECTIVE)
        return governed and i + 1 < len(lex) and (lex[i + 1].kind in _CLOSE_PHRASE or lex[i + 1].lower == "such")
    if lex[i - 1].kind == Kind.ADV:
        return True
    # "A sudden increase in", "the visible drop of", not "the cold increases".
    article = lex[i - 2].lower in _INDEFINITE or (i + 1 < len(lex) and lex[i + 1].kind == Kind.OF)
    participle = lex[i - 1].lower.endswith("ed")
    return article and not participle and bool(lex[i - 1].flags & Flag.ADJECTIVE)


class View:
    """Token arrays of one ``Doc`` and the text that it stands for.

    Offsets in ``starts``/``ends`` are code points of that text, end exclusive. ``doc`` may be of the folded text: then
    ``cuts`` are those of ``folded``."""

    def __init__(self, doc: Any, lexicon: Lexicon, text: str, cuts: Sequence[tuple[int, int]] = ()) -> None:
        table = doc.to_array([LOWER, IDX, LENGTH])
        table[:, 2] += table[:, 1]
        lowers, starts, ends = table.T.tolist() if len(doc) else ([], [], [])
        if cuts:
            places, left_out = [cut[0] for cut in cuts], [0, *(cut[1] for cut in cuts)]
            moved = [left_out[bisect_right(places, start)] for start in starts]
            starts, ends = list(map(add, starts, moved)), list(map(add, ends, moved))
        known = lexicon.by_hash
        try:
            lex: list[Lex] = list(map(known.__getitem__, lowers))
        except KeyError:  # a word that no text had before
            known.update((lower, lexicon(doc.vocab.strings[lower])) for lower in lowers if lower not in known)
            lex = list(map(known.__getitem__, lowers))
        for i, entry in enumerate(lex):
            if entry.noun is not None and _is_noun(lex, i):
                lex[i] = entry.noun
        self.lex = lex
        stop = Kind.STOP
        self._stops = [i for i, entry in enumerate(lex) if entry.kind == stop]
        self.starts: list[int] = starts
        self.ends: list[int] = ends
        self.text = text
        self.lists = lexicon.lists

    def __len__(self) -> int:
        return len(self.lex)

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that begin within the characters ``start:end``, surrounding white space left out."""
        a, b = bisect_left(self.starts, start), bisect_left(self.starts, end)
        while a < b and self.lex[a].kind == Kind.SPACE:
            a += 1
        while b > a and self.lex[b - 1].kind == Kind.SPACE:
            b -= 1
        return a, b

    def glued(self, i: int) -> bool:
        """Whether no space parts token ``i`` from its neighbours."""
        return self.ends[i - 1] == self.starts[i] and self.ends[i] == self.starts[i + 1]

    def apart(self, i: int) -> bool:
        """Whether a space stands in front of token ``i``."""
        return self.ends[i - 1] < self.starts[i]

    def only_an_idea(self, a: int, b: int) -> bool:
        """Whether tokens ``a:b`` make what follows something that is claimed ("the idea that it cures …")."""
        ideas = self.lists["ideas"]
        return any(self.lex[i].norm in ideas and self.lex[i + 1].lower == "that" for i in range(a, b - 1))

    def fronted(self, a: int) -> bool:
        """Whether the sentence that begins at token ``a`` opens with a phrase of time or place ("After freezing …")."""
        return self.lex[a].kind == Kind.PREP or self.lex[a].lower in self.lists["times"]

    def words(self, a: int, b: int) -> str:
        """The characters of tokens ``a:b``."""
        return self.text[self.starts[a] : self.ends[b - 1]] if b > a else ""

    def sentences(self, a: int, b: int) -> list[tuple[int, int]]:
        """Split tokens ``a:b`` after sentence ends, as token ranges that hold at least one word."""
        lex, stops, first = self.lex, self._stops, a
        found: list[tuple[int, int]] = []
        for i in stops[bisect_left(stops, a) : bisect_left(stops, b)]:
            j = i + 1
            while j < b and (
                lex[j].kind in _BEHIND_STOP or (lex[j].kind == Kind.NUM and self.ends[j - 1] == self.starts[j])
            ):
                j += 1
            if j < b and self._begins(i, j):
                found += self._bounded(first, j)
                first = j
        return found + self._bounded(first, b)

    def _bounded(self, a: int, b: int) -> list[tuple[int, int]]:
        """A "sentence" without end (a list run together, a data dump) in pieces, cut at punctuation."""
        while a < b and self.lex[a].kind == Kind.SPACE:
            a += 1
        pieces = []
        while b - a > MAX_SENTENCE:
            cut = next(
                (i + 1 for i in range(a + MAX_SENTENCE - 1, a + MAX_SENTENCE // 2, -1) if self.lex[i].kind in _CUTS),
                a + MAX_SENTENCE,
            )
            pieces.append((a, cut))
            a = cut
        return [*pieces, (a, b)] if a < b else pieces

    def _begins(self, stop: int, j: int) -> bool:
        """Whether a new sentence begins at token ``j`` after the full stop ``stop``."""
        if self.lex[stop].lower == "." and stop and self.lex[stop - 1].lower in _ABBREVIATED:
            return False
        while j < len(self.lex) and self.lex[j].kind in _BEFORE_WORD:
            j += 1
        if j >= len(self.lex):
            return True
        char = self.text[self.starts[j]]
        return char.isupper() or char.isdigit() or not char.isalpha() or self.lex[stop].lower in "!?"
