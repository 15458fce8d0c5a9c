"""A document as extraction sees it: tokens with their word classes, blocks as token ranges, sentences.

Knows nothing of rules.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from spacy.attrs import IDX, LENGTH, LOWER

from cryomine.document import Block
from cryomine.extraction.lexicon import Kind, Lex, Lexicon

# One character for one, so that offsets stay: the quotes, dashes and spaces that articles use for the plain ones.
_PLAIN = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "´": "'",
        "`": "'",
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "‐": "-",
        "‑": "-",
    }
)
# After these an ambiguous form ("swelling reduces" aside) belongs to the noun phrase.
_NOUN_FOLLOWS = frozenset(range(Kind.TO + 1)) - {
    *(Kind.WORD, Kind.PRON, Kind.AUX, Kind.ADV, Kind.NOT, Kind.TO, Kind.SUB, Kind.CLOSE),
}
# Numbered references ("[12]") would glue a full stop to the next sentence.
_REFERENCE = re.compile(r"\[\d{1,3}(?:[,–-]\d{1,3})*\]")
_SPACES = re.compile(" {2,}")
_CUTS = frozenset((Kind.COMMA, Kind.SEMI, Kind.COLON, Kind.DASH))
# The longest honest sentence in the development articles has 170 tokens; binding is quadratic in a sentence's length.
MAX_SENTENCE = 240
CUTS = "cryomine_cuts"  # where a ``Doc`` of a folded text keeps those of ``folded``
_ABBREVIATED = frozenset(
    ["dr", "mr", "mrs", "ms", "prof", "st", "no", "vs", "fig", "ref", "approx", "ca", "i.e", "e.g", "etc", "al"]
)


def plain(text: str, blocks: Sequence[Block]) -> str:
    """The text with plain quotes, dashes and spaces, line breaks in a block as spaces; same length, same offsets."""
    same = text if text.isascii() and "`" not in text else text.translate(_PLAIN)
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


def _noun_follows(before: Sequence[Lex]) -> bool:
    """Whether an ambiguous form behind these tokens is a noun or adjective: "the later stages"."""
    if not before or before[-1].kind in _NOUN_FOLLOWS:
        return True
    return before[-1].kind == Kind.ADV and len(before) > 1 and before[-2].kind == Kind.DET


class View:
    """Token arrays of one ``Doc`` and the text that it stands for.

    Offsets in ``starts``/``ends`` are code points of that text, end exclusive. ``doc`` may be of the folded text: then
    ``cuts`` are those of ``folded``."""

    def __init__(self, doc: Any, lexicon: Lexicon, text: str, cuts: Sequence[tuple[int, int]] = ()) -> None:
        table = doc.to_array([LOWER, IDX, LENGTH])
        lowers, starts, lengths = table.T.tolist() if len(doc) else ([], [], [])
        if cuts:
            places, left_out = [cut[0] for cut in cuts], [0, *(cut[1] for cut in cuts)]
            starts = [start + left_out[bisect_right(places, start)] for start in starts]
        known = lexicon.by_hash
        lex: list[Lex] = []
        for lower in lowers:
            entry = known.get(lower)
            if entry is None:
                entry = known[lower] = lexicon(doc.vocab.strings[lower])
            if entry.noun is not None and _noun_follows(lex):
                entry = entry.noun
            lex.append(entry)
        self.lex = lex
        self.starts: list[int] = starts
        self.ends: list[int] = [start + length for start, length in zip(starts, lengths, strict=True)]
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

    def words(self, a: int, b: int) -> str:
        """The characters of tokens ``a:b``."""
        return self.text[self.starts[a] : self.ends[b - 1]] if b > a else ""

    def sentences(self, a: int, b: int) -> Iterator[tuple[int, int]]:
        """Split tokens ``a:b`` after sentence ends, as token ranges that hold at least one word."""
        lex, first = self.lex, a
        for i in range(a, b):
            if lex[i].kind != Kind.STOP:
                continue
            j = i + 1
            while j < b and lex[j].kind in (Kind.CLOSE, Kind.QUOTE, Kind.STOP):
                j += 1
            if j >= b or j <= i or not self._begins(i, j):
                continue
            yield from self._bounded(first, j)
            first = j
        if first < b:
            yield from self._bounded(first, b)

    def _bounded(self, a: int, b: int) -> Iterator[tuple[int, int]]:
        """A "sentence" without end (a list run together, a data dump) in pieces, cut at punctuation."""
        while a < b and self.lex[a].kind == Kind.SPACE:
            a += 1
        while b - a > MAX_SENTENCE:
            cut = next(
                (i + 1 for i in range(a + MAX_SENTENCE - 1, a + MAX_SENTENCE // 2, -1) if self.lex[i].kind in _CUTS),
                a + MAX_SENTENCE,
            )
            yield a, cut
            a = cut
        if a < b:
            yield a, b

    def _begins(self, stop: int, j: int) -> bool:
        """Whether a new sentence begins at token ``j`` after the full stop ``stop``."""
        if self.lex[stop].lower == "." and stop and self.lex[stop - 1].lower in _ABBREVIATED:
            return False
        while j < len(self.lex) and self.lex[j].kind in (Kind.SPACE, Kind.OPEN, Kind.QUOTE, Kind.DASH, Kind.HYPHEN):
            j += 1
        if j >= len(self.lex):
            return True
        char = self.text[self.starts[j]]
        return char.isupper() or char.isdigit() or not char.isalpha() or self.lex[stop].lower in "!?"
