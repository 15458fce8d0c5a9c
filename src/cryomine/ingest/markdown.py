"""The reader for Markdown: markdown-it finds the blocks, every character keeps its place in the file.

Emphasis, links and inline HTML leave their words, code blocks and images nothing; front matter becomes metadata.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cryomine.document import BlockKind, Document, Run, Source
from cryomine.errors import ReadError
from cryomine.ingest.assemble import Draft, assemble, title_of, with_title
from cryomine.ingest.encoding import decode
from cryomine.ingest.html_scan import scan
from cryomine.ingest.markdown_inline import Inline, cell_places, line_places
from cryomine.ingest.registry import Reader

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_CHARACTERS = 8_000_000  # markdown-it takes some seconds for each million

_LINE = re.compile(r"[^\n\r]*(?:\r\n|\r|\n|\Z)")
_FENCES = {"---": ":", "+++": "="}
_METADATA = {
    "canonical": "url",
    "canonical_url": "url",
    "lang": "language",
    "link": "url",
    "publisher": "site",
    "site_name": "site",
    "source": "url",
}


def document(source: str, name: str = "<markdown>") -> Document:
    """The article of a Markdown file; ``source`` is the decoded file, ``name`` is for error messages."""
    if len(source) > MAX_CHARACTERS:
        raise ReadError(f"{name}: is too long for Markdown; split it into one file for each article, or name it .txt")
    lines = [(m.start(), m.end()) for m in _LINE.finditer(source) if m.end() > m.start()]
    metadata, first = _front_matter(source, lines)
    body = "\n" * first + "\n".join(source[a:b].rstrip("\r\n") for a, b in lines[first:])
    drafts = _Walk(source, lines, name).drafts(_parser().parse(body))
    text, runs, blocks = assemble(drafts)
    title = metadata.pop("title", "") or title_of(blocks, text)
    source_of = Source(name, "text/markdown", metadata=metadata)
    # A document whose text was all put in by the reader still has offsets of its own: runs must not be empty.
    return Document(text, with_title(blocks, text, title), source_of, title, tuple(runs) or None)


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # Escapes and entities stay tokens of their own, so that their place in the source is known.
    return MarkdownIt("commonmark", {"maxNesting": 100}).enable("table").disable("text_join")


def _front_matter(source: str, lines: Sequence[tuple[int, int]]) -> tuple[dict[str, str], int]:
    """The metadata at the top of a file, and the number of lines that it takes."""
    fence = source[slice(*lines[0])].rstrip() if lines else ""
    if fence not in _FENCES:
        return {}, 0
    metadata: dict[str, str] = {}
    for number, (start, end) in enumerate(lines[1:200], start=1):
        line = source[start:end].strip()
        if line == fence:
            return metadata, number + 1
        key, separator, value = line.partition(_FENCES[fence])
        value = value.strip().strip("\"'").strip()
        if separator and value and key == key.lstrip(" -#"):
            key = key.strip().strip("\"'").lower()
            metadata.setdefault(_METADATA.get(key, key), value)
    return {}, 0


class _Walk:
    """One pass over the tokens of a file; keeps the open lists, the open heading and the place in a table."""

    def __init__(self, source: str, lines: Sequence[tuple[int, int]], name: str) -> None:
        """``lines`` are the offsets of the source's lines, line ends included."""
        self.source = source
        self.lines = lines
        self.name = name
        self.found: list[Draft] = []
        self.depth = self.heading = 0
        self.in_head = self.in_cell = False
        self.columns: list[str] = []  # the words of the table's header row
        self.row: list[str] = []  # the words of the cells of the row so far

    def drafts(self, tokens: Sequence[Token]) -> list[Draft]:
        """The drafts of all blocks, in order."""
        for token in tokens:
            kind = token.type
            if kind in {"bullet_list_open", "ordered_list_open"}:
                self.depth += 1
            elif kind in {"bullet_list_close", "ordered_list_close"}:
                self.depth -= 1
            elif kind in {"heading_open", "heading_close"}:
                self.heading = int(token.tag[1]) if kind == "heading_open" else 0
            elif kind in {"thead_open", "thead_close"}:
                self.in_head = kind == "thead_open"
                self.columns = self.columns if kind == "thead_close" else []
            elif kind == "tr_open":
                self.row = []
            elif kind in {"th_open", "td_open", "th_close", "td_close"}:
                self.in_cell = kind.endswith("open")
            elif kind == "html_block":
                self._html(token)
            elif kind == "inline" and self.in_cell:
                self._cell(token)
            elif kind == "inline":
                self._words(token)
        return self.found

    def _words(self, token: Token) -> None:
        """A paragraph, an item or a heading."""
        kind, level = BlockKind.PARAGRAPH, 0
        if self.heading:
            kind, level = BlockKind.HEADING, self.heading
        elif self.depth:
            kind, level = BlockKind.LIST_ITEM, self.depth - 1
        begin, end = token.map or (0, 0)
        places = line_places(token.content, self.source, self.lines[begin:end])
        texts = Inline(token.content, self.source, places).read(token.children or [])
        self.found += [Draft(kind, level, text, number > 0) for number, text in enumerate(texts)]

    def _cell(self, token: Token) -> None:
        """A table cell; the header words are its column's, then its row's (the first cell)."""
        line = self.lines[token.map[0]] if token.map else (0, 0)
        places = cell_places(token.content, self.source, line, len(self.row))
        texts = Inline(token.content, self.source, places).read(token.children or [])
        words = " ".join(text.text for text in texts)
        header: tuple[str, ...] = ()
        if not self.in_head:
            column = self.columns[len(self.row)] if len(self.row) < len(self.columns) else ""
            header = tuple(filter(None, (column, self.row[0] if self.row else "")))
        self.found += [Draft(BlockKind.CELL, 0, text, header=header) for text in texts]
        self.row.append(words)
        if self.in_head:
            self.columns.append(words)

    def _html(self, token: Token) -> None:
        """HTML between the paragraphs: its words, its lists and headings."""
        begin, end = token.map or (0, 0)
        if begin == end:
            return
        start = self.lines[begin][0]
        stretch = self.source[start : self.lines[min(end, len(self.lines)) - 1][1]]
        for raw in scan(stretch, self.name).blocks:
            raw.text.runs = [Run(r.start, r.end, r.source_start + start, r.source_end + start) for r in raw.text.runs]
            kind = BlockKind.PARAGRAPH if raw.kind is BlockKind.CELL else raw.kind
            self.found.append(Draft(kind, raw.level, raw.text, raw.after_break))


def _read(data: bytes, name: str, charset: str) -> Document:
    decoded = decode(data, name, charset=charset)
    return decoded.noted_in(document(decoded.text, name))


READER = Reader("Markdown", "text/markdown", (".markdown", ".md"), _read, also=("text/x-markdown",))
