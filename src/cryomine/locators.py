"""Fragment identifiers: the part of an address after ``#`` that leads to the claim in its source.

Knows documents only. One scheme per media type; a format without one has an empty locator.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import pairwise
from operator import itemgetter
from urllib.parse import quote

from cryomine.document import Document

Locate = Callable[[int, int], str]
Span = tuple[int, int]

WORD = re.compile(r"\w\S*")
# A browser takes the first place that fits, in the whole page: a name that the article has once stands in the menus
# too, but hardly ever with its neighbours. So a short quote gets context although it is unique in the article.
MIN_WORDS = 5
CONTEXT_WORDS = 12  # a quote's context is lengthened word by word up to here; what still recurs is left as it is
NEAR_BLOCKS, NEAR_CHARACTERS = 4, 400  # how far away context is looked for
# Context must stand right beside the quote in the page. Between two blocks there is nothing but tags where their places
# in the source are so close; a picture with its caption or an advertisement takes more.
NEAR_SOURCE = 120
# From this many characters on, looking through the page for every claim would cost more than finding the claims;
# every quote gets this many words of context instead.
LONG_PAGE, LONG_PAGE_CONTEXT = 500_000, 4


def locator_of(document: Document) -> Locate:
    """The function from offsets into ``document.text`` (end exclusive) to a locator."""
    media_type = document.source.media_type
    if media_type == "text/plain":
        pairs = [match.start() for match in re.finditer("\r\n", document.text)]
        return lambda start, end: f"char={_character(pairs, start)},{_character(pairs, end)}"
    if media_type == "text/markdown":
        return lambda start, end: _source_characters(document, start, end)
    if media_type in {"text/html", "application/xhtml+xml"}:
        return _TextFragments(document)
    if document.pages:
        return lambda start, _end: f"page={bisect_right(document.pages, start)}"  # RFC 8118, from 1
    return lambda _start, _end: ""


def _character(pairs: list[int], offset: int) -> int:
    """RFC 5147: a position between characters, where a line end counts as one however it is written.

    ``pairs``: where the line ends of two characters begin, in order.
    """
    return offset - bisect_left(pairs, offset - 1)


def _source_characters(document: Document, start: int, end: int) -> str:
    span = document.source_span(start, end)
    return f"char={span[0]},{span[1]}" if span else ""


class _TextFragments:
    """``:~:text=[prefix-,]quote[,-suffix]``, with as much context as makes the quote the only one of its kind.

    A browser compares whole words without regard to case and accents, white space folded, and takes the first place
    that fits. Prefix, quote and suffix must each lie within one block, so the context ends at the block's edge; where
    the quote begins (ends) its block, it is taken from the block before (after). What the reader put in is an edge too.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.page = _comparable(document.text)
        self.spans = _stretches(document)

    def __call__(self, start: int, end: int) -> str:
        prefix, suffix = self._context(start, end, near=True)
        if not self._unique(start, end, prefix, suffix):  # farther away it may not fit; without it, the place is wrong
            prefix, suffix = self._context(start, end, near=False)
        before, quoted, after = (_encode(self.text[a:b]) for a, b in (prefix, (start, end), suffix))
        parts = (before and f"{before}-", quoted, after and f"-{after}")
        return ":~:text=" + ",".join(part for part in parts if part)

    def _context(self, start: int, end: int, *, near: bool) -> tuple[Span, Span]:
        """Prefix and suffix, empty where there is none; ``near`` takes only what surely stands right beside."""
        (starts, prefix_end), (suffix_start, ends) = self._before(start, near), self._after(end, near)
        own = len(WORD.findall(self.text, start, end))
        prefix, suffix = (prefix_end, prefix_end), (suffix_start, suffix_start)
        for count in range(CONTEXT_WORDS):
            words = own + min(count, len(starts)) + min(count, len(ends))
            enough = words >= MIN_WORDS if len(self.page) < LONG_PAGE else count >= LONG_PAGE_CONTEXT
            if enough and self._unique(start, end, prefix, suffix):
                break
            prefix = (starts[-count - 1], prefix_end) if count < len(starts) else prefix
            suffix = (suffix_start, ends[count]) if count < len(ends) else suffix
        return prefix, suffix

    def _unique(self, start: int, end: int, prefix: Span, suffix: Span) -> bool:
        if len(self.page) >= LONG_PAGE:
            return True
        first = prefix[0] if prefix[0] < prefix[1] else start
        last = suffix[1] if suffix[0] < suffix[1] else end
        return self.page.count(_comparable(self.text[first:last])) <= 1

    def _before(self, start: int, near: bool) -> tuple[list[int], int]:
        """Where the words before ``start`` begin, and where a prefix of them ends.

        In the same stretch, else the nearest one before that has any words.
        """
        index = bisect_right(self.spans, start, key=itemgetter(0)) - 1
        for a, b in reversed(self.spans[max(0, index - NEAR_BLOCKS) : index + 1]):
            edge = min(b, start)
            if near and edge < start and not self._touch(edge, start):
                break
            words = WORD.finditer(self.text, max(a, start - NEAR_CHARACTERS), edge)
            if found := [word.start() for word in words]:
                return found, edge
            if self.text[a:edge].strip():  # a quotation mark: a prefix would have to cross the block's edge
                break
        return [], start

    def _after(self, end: int, near: bool) -> tuple[int, list[int]]:
        """Where a suffix begins, and where the words of it stop; found as in ``_before``."""
        index = max(0, bisect_right(self.spans, end - 1, key=itemgetter(0)) - 1)
        for a, b in self.spans[index : index + NEAR_BLOCKS]:
            edge = max(a, end)
            if near and end < edge and not self._touch(end, edge):
                break
            words = WORD.finditer(self.text, edge, min(b, end + NEAR_CHARACTERS))
            if found := [word.end() for word in words]:
                return edge, found
            if self.text[edge:b].strip():
                break
        return end, []

    def _touch(self, end: int, start: int) -> bool:
        """Whether only tags stand between what ends at ``end`` and what begins at ``start`` in another block."""
        before, after = self.document.source_span(end - 1, end), self.document.source_span(start, start + 1)
        return before is not None and after is not None and after[0] - before[1] <= NEAR_SOURCE


def _stretches(document: Document) -> list[tuple[int, int]]:
    """Start and end of each stretch that stands in one block of the page, in text order."""
    spans = [(block.start, block.end) for block in document.blocks]
    runs = document.runs or ()
    gaps = ((one.end, two.start) for one, two in pairwise(runs) if one.end < two.start)
    for gap_start, gap_end in gaps:
        index = bisect_right(spans, gap_start, key=itemgetter(0)) - 1
        if index >= 0 and gap_end < spans[index][1]:
            start, end = spans[index]
            spans[index : index + 1] = [(start, gap_start), (gap_end, end)]
    return spans


_ACCENTS = re.compile(r"[\u0300-\u036f]")


def _fold(text: str) -> str:
    return " ".join(text.split())


def _comparable(text: str) -> str:
    """``text`` as browsers compare it: without white space, case and accents."""
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", _fold(text).casefold()))


def _encode(words: str) -> str:
    """Percent-encoded; the hyphen too, which the syntax of text fragments gives a meaning."""
    return quote(_fold(words), safe="").replace("-", "%2D")
