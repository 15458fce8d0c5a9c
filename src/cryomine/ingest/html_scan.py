"""From HTML source to raw blocks: text with runs, the kind that the markup gives, and where in the page it stands.

Decides nothing about article and furniture; keeps what that decision needs (``Element``). No recursion: a page may
nest as deep as it likes.
"""

from __future__ import annotations

import html
from collections import Counter

from cryomine.document import BlockKind
from cryomine.ingest.html_offsets import OffsetParser
from cryomine.ingest.html_page import (
    CLOSES,
    DROPPED,
    HEADINGS,
    INLINE,
    KEPT,
    LISTS,
    VOID,
    Element,
    Page,
    RawBlock,
    kind_of,
    nearest,
    statement,
)
from cryomine.ingest.runtext import RunText


class Scanner(OffsetParser):
    """Collects the raw blocks of one page; offsets are code points into the source."""

    def __init__(self, source: str, name: str) -> None:
        """Scan ``source``, the decoded text of the file ``name``; the result is ``page``."""
        super().__init__(name)
        self.source = source
        self.page = Page()
        self.top = Element("html", None, {})
        self.open: Counter[str] = Counter()
        self.depth = 0
        self.breaks = 0  # <br> since the last block
        self.link = False
        self.linked = 0
        self.heading = 0
        self.preformatted = 0
        self.title: RunText | None = None
        self.text = RunText()
        self.parse(source)
        self._flush()

    # --- tags

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, or note what an empty one says."""
        attributes = {key: value or "" for key, value in attrs}
        if tag in {"meta", "link", "html", "time"}:
            self._note(tag, attributes)
        if tag == "title":
            self.title = RunText()
        elif tag == "a":
            self.link = "href" in attributes
        elif tag == "br" and self.heading:
            self.text.gap(self.at, self.at + len("<br"))
        elif tag == "br":
            breaks = 0 if self.text.length else self.breaks
            self._flush()
            self.breaks = breaks + 1
        elif tag == "hr":
            self._flush()
        elif tag in HEADINGS:
            self._flush()
            self.heading = int(tag[1])
        elif tag == "p":
            self._flush()
        elif tag not in INLINE and tag not in VOID and not (tag == "button" and self.heading):
            self._flush()
            self._close_family(tag)
            self._push(tag, attributes)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """``<br/>``; for other tags the slash means nothing in HTML, but a dropped one would swallow the page."""
        self.handle_starttag(tag, attrs)
        if tag in DROPPED:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element and what was left open in it; an end without a beginning is ignored."""
        if tag == "title":
            self._end_title()
        elif tag == "a":
            self.link = False
        elif tag == "br":
            self.handle_starttag("br", [])
        elif tag in HEADINGS:
            self._flush()
            self.heading = 0
        elif tag == "p":
            self._flush()
        elif self.open[tag]:
            self._flush()
            while self._pop() != tag:
                pass

    def _push(self, tag: str, attributes: dict[str, str]) -> None:
        parent = self.top
        self.depth += 1
        self.page.deepest = max(self.page.deepest, self.depth)
        kept = {key: value for key, value in attributes.items() if key in KEPT}
        depth = parent.depth + (tag in LISTS)
        element = Element(tag, parent, kept, depth, parent.dropped, kind_of(tag, kept, depth, parent))
        if tag in DROPPED and not (tag == "head" and self.page.blocks):
            element.dropped = True
        if tag == "body":
            element.dropped = False
        if tag == "tr":
            table = nearest(element, "table")
            if table is not None:
                element.row = table.rows
                table.rows += 1
        elif tag in {"td", "th"}:
            row = nearest(element, "tr")
            if row is not None:
                element.row, element.column = row.row, row.cells
                row.cells += 1
        elif tag == "pre":
            self.preformatted += 1
        self.open[tag] += 1
        self.top = element

    def _pop(self) -> str:
        element = self.top
        assert element.parent is not None
        self.open[element.tag] -= 1
        self.depth -= 1
        self.preformatted -= element.tag == "pre"
        self.top = element.parent
        return element.tag

    def _close_family(self, tag: str) -> None:
        """Close what the start of ``tag`` closes by itself, as <li> does an open <li>."""
        if self.top.tag == "head" and tag not in DROPPED:
            self._pop()
        family, bounds = CLOSES.get(tag, (None, None))
        if family is None or bounds is None or not any(self.open[member] for member in family):
            return
        element: Element | None = self.top
        last: Element | None = None
        for _ in range(64):  # deeper than any list item or cell is nested in practice
            if element is None or element.tag in bounds:
                break
            if element.tag in family:
                last = element
            element = element.parent
        while last is not None and self.top is not last.parent:
            self._pop()

    # --- text

    def handle_data(self, data: str) -> None:
        """Plain characters."""
        self._characters(self.at, self.at + len(data))

    def handle_entityref(self, name: str) -> None:
        """A named character reference, with or without its semicolon."""
        self._reference(1 + len(name))

    def handle_charref(self, name: str) -> None:
        """A numeric character reference."""
        self._reference(2 + len(name))

    def _reference(self, length: int) -> None:
        end = self.at + length
        end += self.source.startswith(";", end)
        written = self.source[self.at : end]
        meant = html.unescape(written)
        if meant == written:
            self._characters(self.at, end)
        elif (target := self._target()) is not None:
            target.put(meant, self.at, end)
            self.linked += len(meant) if self.link else 0

    def _characters(self, start: int, end: int) -> None:
        target = self._target()
        if target is None:
            return
        before = target.length
        if self.preformatted and self.title is None:
            self._lines(start, end)
            return
        target.add(self.source, start, end)
        self.linked += target.length - before if self.link else 0

    def _lines(self, start: int, end: int) -> None:
        """Preformatted text: a line end is a break."""
        while start < end:
            stop = self.source.find("\n", start, end)
            self.text.add(self.source, start, end if stop < 0 else stop)
            if stop < 0:
                return
            breaks = 0 if self.text.length else self.breaks
            self._flush()
            self.breaks = breaks + 1
            start = stop + 1

    def _target(self) -> RunText | None:
        if self.title is not None:
            return self.title
        return None if self.top.dropped else self.text

    def _flush(self) -> None:
        """End the current block."""
        if self.text.length:
            kind, level = (BlockKind.HEADING, self.heading) if self.heading else self.top.kind
            block = RawBlock(kind, level, self.text, self.top, self.breaks == 1, self.linked)
            self.page.blocks.append(block)
        self.breaks = 0
        self.text = RunText()
        self.linked = 0

    # --- what the page says about itself

    def _end_title(self) -> None:
        if self.title is not None and self.title.text and not self.open["svg"]:
            self.page.metadata.setdefault("title", self.title.text)
        self.title = None

    def _note(self, tag: str, attributes: dict[str, str]) -> None:
        name, value = statement(tag, attributes)
        if name and value.strip():
            self.page.metadata.setdefault(name, " ".join(value.split()))


def scan(source: str, name: str) -> Page:
    """The raw blocks and the metadata of a page; offsets are code points into ``source``."""
    return Scanner(source, name).page
