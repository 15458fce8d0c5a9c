"""The standard library's HTML parser with absolute offsets, made to get through any input in bounded time."""

from __future__ import annotations

import time
from html.parser import HTMLParser

from cryomine.errors import ReadError

MAX_SECONDS = 20.0  # the parser is slow on some malformed input; a page of ten thousand words takes 0.1 s


class OffsetParser(HTMLParser):
    """While a handler runs, ``at`` is the offset of its token: code points into the source."""

    def __init__(self, name: str) -> None:
        """``name`` is the file's, for the error message."""
        super().__init__(convert_charrefs=False)
        self.name = name
        self.at = 0
        self.tokens = 0
        self.deadline = time.monotonic() + MAX_SECONDS

    def parse(self, source: str) -> None:
        """Call the handlers for all of ``source``."""
        rest = len(source) + 2
        self.feed(f"{source}\n")  # a reference at the very end would be taken for half of one
        while self.rawdata and len(self.rawdata) < rest:  # the parser stops at a malformed character reference
            rest = len(self.rawdata)
            self.feed("")
        self.close()

    def updatepos(self, i: int, j: int) -> int:
        """Keep the absolute offset of the next token, where the parser itself would count lines and columns."""
        self.at += max(0, j - i)
        self.tokens += 1
        if not self.tokens % 1000 and time.monotonic() > self.deadline:
            raise ReadError(f"{self.name}: its markup takes too long to read; save the article as plain text")
        return j

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: ARG002
        """Skip <![…]>, which the parser would refuse where it does not know the name."""
        end = self.rawdata.find("]]>" if self.rawdata.startswith("<![CDATA[", i) else ">", i)
        return end + (3 if self.rawdata.startswith("]]>", end) else 1) if end >= 0 else -1
