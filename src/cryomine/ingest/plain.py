"""The reader for plain text: the document's text is the file itself, its structure is told by typography alone.

Knows no words of a subject; offsets are code points into the text that was given, end exclusive.
"""

from __future__ import annotations

from cryomine.document import Block, BlockKind, Document, Source
from cryomine.ingest import shapes
from cryomine.ingest.encoding import decode
from cryomine.ingest.grid import labelled_at, table_at
from cryomine.ingest.levels import OpenLists, nest_headings
from cryomine.ingest.lines import pieces_of
from cryomine.ingest.registry import Reader
from cryomine.ingest.runs import (
    bare_run,
    breaks_off,
    continues_item,
    continues_paragraph,
    label_runs,
    wrap_widths,
)

_LONG_LINE = 60  # characters; from here on a line is prose, not a label


def document(text: str, title: str = "", name: str = "<text>") -> Document:
    """One document from a text; without ``title`` the first heading line of the text gives it."""
    blocks = blocks_of(text)
    if not title:
        title = next((text[b.start : b.end] for b in blocks if b.kind is BlockKind.TITLE), "")
    return Document(text, blocks, Source(name), title)


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text, in text order."""
    return _Builder(text).build()


def _read(data: bytes, name: str, charset: str) -> Document:
    decoded = decode(data, name, charset=charset)
    return decoded.noted_in(document(decoded.text, name=name))


READER = Reader("plain text", "text/plain", (".txt", ".text"), _read)


class _Builder:
    """One pass over the pieces of a text; what was seen last decides what a line without markup is."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces = pieces_of(text)
        self.blocks: list[Block] = []
        self.lists = OpenLists()
        self.widths = wrap_widths(self.pieces)
        self.labels = label_runs(self.pieces)
        self.bare_until = 0  # pieces before this index are items though they have no bullet
        self.bare_terms = False  # and those have the shape "Term – explanation"

    def build(self) -> tuple[Block, ...]:
        index = 0
        while index < len(self.pieces):
            index = self._next(index)
        given = {piece.start: piece.level for piece in self.pieces if piece.level}
        return tuple(nest_headings(self.blocks, self.text, given))

    def _next(self, index: int) -> int:
        """Add the block or blocks that begin at ``index``; the index of the first piece after them."""
        piece = self.pieces[index]
        after, cells = labelled_at(self.pieces, index, self.text)
        if not cells:
            after, cells = table_at(self.pieces, index, self.text)
        if cells:
            self.blocks.extend(cells)
            self.lists.close()
            return after
        if piece.marker:
            return self._heading(index) if self._is_numbered_heading(index) else self._item(index)
        if index >= self.bare_until and self._announced(index):
            self.bare_until, self.bare_terms = bare_run(self.pieces, index)
        if index < self.bare_until:
            return self._bare_item(index)
        if self._is_glued_item(index):
            self._add(BlockKind.LIST_ITEM, piece.start, piece.end)
            return index + 1
        if piece.level or self._is_heading(index):
            return self._heading(index)
        return self._paragraph(index)

    def _add(self, kind: BlockKind, start: int, end: int, level: int = 0) -> None:
        self.blocks.append(Block(kind, start, end, level))

    # --- headings

    def _heading(self, index: int) -> int:
        """Add a heading, or the title where it is the first block; the lines of a bare list below it become items."""
        piece = self.pieces[index]
        after = index + 1
        if not piece.level and after < len(self.pieces) and not self._has_indented(after):
            self.bare_until, self.bare_terms = self.labels[after], False
        self.lists.close()
        if self.blocks or piece.level > 1 or piece.marker:
            self._add(BlockKind.HEADING, piece.start, piece.end, piece.level or 2)
            return after
        start = piece.end - len(piece.text[6:].lstrip()) if shapes.names_title(piece.text) else piece.start
        self._add(BlockKind.TITLE, start, piece.end)
        return after

    def _is_heading(self, index: int) -> bool:
        piece = self.pieces[index]
        after = self.pieces[index + 1] if index + 1 < len(self.pieces) else None
        if index == 0 and after is not None and (self._stands_out() or shapes.names_title(piece.text)):
            return True
        if not shapes.heading_like(piece.text):
            return False
        if after is None:
            return index > 0 and piece.blank > 0
        if not (index == 0 or piece.blank or piece.inline or self._closed(index - 1)):
            return False
        if after.blank or after.inline or after.marker:
            return True
        if shapes.starts_lower(after.text) and self.labels[index + 1] == index + 1:
            return False
        return self._had_room(index) and self._carries(index)

    def _has_indented(self, index: int) -> bool:
        """Whether a line with room above it has a list of its own below it: label lines that stand further in."""
        piece = self.pieces[index]
        if not piece.blank or piece.marker or self.labels[index] <= index + 1:
            return False
        return all(p.indent > piece.indent for p in self.pieces[index + 1 : self.labels[index]])

    def _had_room(self, index: int) -> bool:
        """Whether the line below did not have to begin a new line: the first word would have fitted, and more."""
        first_word = self.pieces[index + 1].text.split(None, 1)[0]
        return self.pieces[index].width + 1 + len(first_word) <= 0.8 * self.widths[index]

    def _carries(self, index: int) -> bool:
        """Whether what stands right below the line is something that a heading has below it."""
        below = self.pieces[index + 1].text
        return (
            len(below) >= _LONG_LINE
            or shapes.ends_sentence(below)
            or shapes.leads_in(below)
            or shapes.is_byline(below)
            or shapes.heading_like(below)
            or shapes.is_question(self.pieces[index].text)
            or self.labels[index + 1] > index + 1
        )

    def _closed(self, index: int) -> bool:
        """Whether the piece is complete, so that a line right below it can be a heading."""
        before = self.pieces[index]
        if before.marker or self.blocks[-1].kind is not BlockKind.PARAGRAPH:
            return True
        return not breaks_off(before) or shapes.has_address(before.text)

    def _stands_out(self) -> bool:
        """Whether the first line is a title by its margin: short, and every other line is indented."""
        first = self.pieces[0]
        if len(self.pieces) < 3 or first.marker or len(first.text) > 200 or shapes.leads_in(first.text):
            return False
        return all(p.indent > first.indent for p in self.pieces[1:] if not p.inline)

    def _is_numbered_heading(self, index: int) -> bool:
        """Whether "2. Something" is a heading: prose follows, and it is not the last item of a list."""
        piece = self.pieces[index]
        if piece.marker != "1" or piece.inline or index + 1 == len(self.pieces) or not shapes.heading_like(piece.text):
            return False
        after = self.pieces[index + 1]
        in_list = index > 0 and self.pieces[index - 1].marker == "1"
        long = len(after.text) >= _LONG_LINE or shapes.is_question(piece.text)
        prose = long and not shapes.starts_lower(after.text)
        return prose and not in_list and not after.marker and after.indent <= piece.indent

    # --- lists

    def _item(self, index: int) -> int:
        piece = self.pieces[index]
        level = piece.depth if piece.depth is not None else self.lists.depth(piece)
        after = index + 1
        while after < len(self.pieces) and continues_item(piece, self.pieces[after - 1], self.pieces[after]):
            after += 1
        self._add(BlockKind.LIST_ITEM, piece.start, self.pieces[after - 1].end, level)
        return after

    def _is_glued_item(self, index: int) -> bool:
        """Whether an unmarked line between two items is an item, glued to a lost heading."""
        if not 0 < index < len(self.pieces) - 1:
            return False
        between = self.pieces[index - 1].marker and self.pieces[index + 1].marker
        return bool(between) and shapes.case_changes(self.pieces[index].text)

    def _announced(self, index: int) -> bool:
        """Whether the last block announces a list, with a colon or with an open end before a run of label lines."""
        if not self.blocks or self.blocks[-1].kind is BlockKind.CELL:
            return False
        last = self.blocks[-1]
        if shapes.leads_in(self.text[max(last.start, last.end - 3) : last.end]):
            return True
        # "We are unable to treat you if you have", a blank line, and one condition a line.
        run = last.kind is BlockKind.PARAGRAPH and self.labels[index] > index + 1
        return run and shapes.announces(self.text[last.start : last.end])

    def _bare_item(self, index: int) -> int:
        piece = self.pieces[index]
        after = index + 1
        if not shapes.starts_lower(piece.text):
            while after < self.bare_until and continues_item(piece, self.pieces[after - 1], self.pieces[after]):
                after += 1
        start, end = piece.start, self.pieces[after - 1].end
        for cut in shapes.glued_terms(self.text[start:end]) if self.bare_terms else ():
            words = self.text[start : piece.start + cut].rstrip()
            self._add(BlockKind.LIST_ITEM, start, start + len(words))
            start = piece.start + cut
        self._add(BlockKind.LIST_ITEM, start, end)
        return after

    # --- paragraphs

    def _paragraph(self, index: int) -> int:
        piece = self.pieces[index]
        start, after = piece.start, index + 1
        while after < len(self.pieces) and continues_paragraph(
            self.pieces[after - 1], self.pieces[after], self.widths[after]
        ):
            after += 1
        if index == 0 and (length := shapes.opening_question(piece.text)):
            self._add(BlockKind.TITLE, start, start + length)
            start = piece.end - len(piece.text[length:].lstrip())
        self._add(BlockKind.PARAGRAPH, start, self.pieces[after - 1].end)
        if not piece.indent:
            self.lists.close()
        return after
