"""Fragment identifiers: the part of an address after ``#`` that leads to the claim in its source.

Knows documents only. One scheme per media type; a format without one has an empty locator.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from urllib.parse import quote

from cryomine.document import Document

Locate = Callable[[int, int], str]

WORD = re.compile(r"\w\S*")
CONTEXT_WORDS = 12  # a quote's context is lengthened word by word up to here; what still recurs is left as it is
NEAR_BLOCKS, NEAR_CHARACTERS = 4, 400  # how far away context is looked for
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

    A browser compares whole words without regard to case, white space folded, and takes the first place that fits.
    Prefix, quote and suffix must each lie within one block, so the context ends at the block's edge; where nothing
    stands before (after) the quote in its own block, it is taken from the block before (after).
    """

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.page = _fold(document.text).casefold()
        self.spans = [(block.start, block.end) for block in document.blocks]

    def __call__(self, start: int, end: int) -> str:
        before, after = self._word_starts(start), self._word_ends(end)
        first, last = start, end
        for count in range(1, CONTEXT_WORDS + 1):
            if self._unique(first, last) and (len(self.page) < LONG_PAGE or count > LONG_PAGE_CONTEXT):
                break
            first = before[-count] if count <= len(before) else first
            last = after[count - 1] if count <= len(after) else last
        prefix, quoted, suffix = (_encode(self.text[a:b]) for a, b in ((first, start), (start, end), (end, last)))
        parts = (prefix and f"{prefix}-", quoted, suffix and f"-{suffix}")
        return ":~:text=" + ",".join(part for part in parts if part)

    def _unique(self, first: int, last: int) -> bool:
        if len(self.page) >= LONG_PAGE:
            return True
        return self.page.count(_fold(self.text[first:last]).casefold()) <= 1

    def _word_starts(self, start: int) -> list[int]:
        """Where the words before ``start`` begin, in its own block or else the nearest block before that has any."""
        index = bisect_left(self.spans, (start, start))
        for a, b in reversed(self.spans[max(0, index - NEAR_BLOCKS) : index]):
            near = WORD.finditer(self.text, max(a, start - NEAR_CHARACTERS), min(b, start))
            if found := [word.start() for word in near]:
                return found
        return []

    def _word_ends(self, end: int) -> list[int]:
        """Where the words after ``end`` stop, in its own block or else the nearest block after that has any."""
        index = max(0, bisect_left(self.spans, (end, end)) - 1)
        for a, b in self.spans[index : index + NEAR_BLOCKS]:
            near = WORD.finditer(self.text, max(a, end), min(b, end + NEAR_CHARACTERS))
            if found := [word.end() for word in near]:
                return found
        return []


def _fold(text: str) -> str:
    return " ".join(text.split())


def _encode(words: str) -> str:
    """Percent-encoded; the hyphen too, which the syntax of text fragments gives a meaning."""
    return quote(_fold(words), safe="").replace("-", "%2D")
