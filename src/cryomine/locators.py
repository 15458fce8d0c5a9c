"""Fragment identifiers: the part of an address after ``#`` that leads to the claim in its source.

Knows documents only. One scheme per media type; a format without one has an empty locator.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from urllib.parse import quote

from cryomine.document import Document

Locate = Callable[[int, int], str]

WORD = re.compile(r"\w\S*")
# A browser takes the first place that fits, in the whole page: a name that the article has once stands in its menus too,
# but hardly ever with its neighbours. So a short quote gets context although it is unique in the article.
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
        return lambda start, end: _characters(document, start, end)
    if media_type == "text/markdown":
        return lambda start, end: _source_characters(document, start, end)
    if media_type in {"text/html", "application/xhtml+xml"}:
        return _TextFragments(document)
    if document.pages:
        return lambda start, _end: f"page={bisect_right(document.pages, start)}"  # RFC 8118, from 1
    return lambda _start, _end: ""


def _characters(document: Document, start: int, end: int) -> str:
    """RFC 5147: positions between characters, where a line end counts as one character however it is written."""
    text = document.text
    pairs = text.count("\r\n", 0, start)
    return f"char={start - pairs},{end - pairs - text.count(chr(13) + chr(10), start, end)}"


def _source_characters(document: Document, start: int, end: int) -> str:
    span = document.source_span(start, end)
    return f"char={span[0]},{span[1]}" if span else ""


class _TextFragments:
    """``:~:text=[prefix-,]quote[,-suffix]``, with as much context as makes the quote the only one of its kind.

    A browser compares whole words without regard to case and accents, white space folded, and takes the first place
    that fits. Prefix, quote and suffix must each lie within one block, so the context ends at the block's edge; where
    the quote begins (ends) its block, it is taken from the block before (after).
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.page = _comparable(document.text)
        self.spans = [(block.start, block.end) for block in document.blocks]

    def __call__(self, start: int, end: int) -> str:
        first, last = self._context(start, end, near=True)
        if not self._unique(first, last):  # context from farther away may not fit; without it, it is the wrong place
            first, last = self._context(start, end, near=False)
        prefix, quoted, suffix = (_encode(self.text[a:b]) for a, b in ((first, start), (start, end), (end, last)))
        parts = (prefix and f"{prefix}-", quoted, suffix and f"-{suffix}")
        return ":~:text=" + ",".join(part for part in parts if part)

    def _context(self, start: int, end: int, *, near: bool) -> tuple[int, int]:
        """Where prefix begins and suffix ends; ``near`` takes only what surely stands right beside the quote."""
        before, after = self._word_starts(start, near), self._word_ends(end, near)
        own = len(WORD.findall(self.text, start, end))
        first, last = start, end
        for count in range(1, CONTEXT_WORDS + 1):
            words = own + min(count - 1, len(before)) + min(count - 1, len(after))
            enough = words >= MIN_WORDS if len(self.page) < LONG_PAGE else count > LONG_PAGE_CONTEXT
            if enough and self._unique(first, last):
                break
            first = before[-count] if count <= len(before) else first
            last = after[count - 1] if count <= len(after) else last
        return first, last

    def _unique(self, first: int, last: int) -> bool:
        if len(self.page) >= LONG_PAGE:
            return True
        return self.page.count(_comparable(self.text[first:last])) <= 1

    def _word_starts(self, start: int, near: bool) -> list[int]:
        """Where the words before ``start`` begin, in its own block or else the nearest block before that has any."""
        index = bisect_right(self.spans, start, key=itemgetter(0)) - 1
        for a, b in reversed(self.spans[max(0, index - NEAR_BLOCKS) : index + 1]):
            if b < start and near and not self._touch(b, start):
                return []
            words = WORD.finditer(self.text, max(a, start - NEAR_CHARACTERS), min(b, start))
            if found := [word.start() for word in words]:
                return found
            if self.text[a : min(b, start)].strip():  # a quotation mark: a prefix would have to cross the block's edge
                return []
        return []

    def _word_ends(self, end: int, near: bool) -> list[int]:
        """Where the words after ``end`` stop, in its own block or else the nearest block after that has any."""
        index = max(0, bisect_right(self.spans, end - 1, key=itemgetter(0)) - 1)
        for a, b in self.spans[index : index + NEAR_BLOCKS]:
            if a > end and near and not self._touch(end, a):
                return []
            words = WORD.finditer(self.text, max(a, end), min(b, end + NEAR_CHARACTERS))
            if found := [word.end() for word in words]:
                return found
            if self.text[max(a, end) : b].strip():
                return []
        return []

    def _touch(self, end: int, start: int) -> bool:
        """Whether only tags stand between what ends at ``end`` and what begins at ``start`` in another block."""
        before, after = self.document.source_span(end - 1, end), self.document.source_span(start, start + 1)
        return before is not None and after is not None and after[0] - before[1] <= NEAR_SOURCE


_ACCENTS = re.compile(r"[\u0300-\u036f]")


def _fold(text: str) -> str:
    return " ".join(text.split())


def _comparable(text: str) -> str:
    """``text`` as browsers compare it: without white space, case and accents."""
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", _fold(text).casefold()))


def _encode(words: str) -> str:
    """Percent-encoded; the hyphen too, which the syntax of text fragments gives a meaning."""
    return quote(_fold(words), safe="").replace("-", "%2D")
