"""Simple tables in plain text: lines whose columns are parted by pipes, tabs or room."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cryomine.document import Block, BlockKind
from cryomine.ingest.lines import TRIM, Piece
from cryomine.ingest.shapes import names_column

Cell = tuple[int, int]  # start, end in the text

# Columns that stand apart by nothing but room have short cells; in prose so much room is an accident.
_ROOM = re.compile(r" {3,}\s*")
_CELL = 60
_BORDER = re.compile(r"[\s|:+=–—-]+\Z")


def columns(piece: Piece) -> list[Cell]:
    """The cells of a line, or none where it is not a row; a border (``|---|---|``) is a row of empty cells."""
    line = piece.text
    separator = "|" if "|" in line else "\t" if "\t" in line else ""
    if not separator and not piece.marker:
        return _apart(piece)
    if piece.marker or len(line) > 2000:
        return []
    cells: list[Cell] = []
    offset = piece.start
    for part in line.split(separator):
        cells.append(_trimmed(part, offset))
        offset += len(part) + 1
    if separator == "|" and line.startswith("|"):
        cells = cells[1:]
    if separator == "|" and line.endswith("|"):
        cells = cells[:-1]
    return cells if len(cells) > 1 or line.startswith("|") else []


def _apart(piece: Piece) -> list[Cell]:
    """The cells of a line whose columns are parted by room; none where it has no such columns."""
    line = piece.text.rstrip(TRIM)
    gaps = [] if piece.inline else [gap.span() for gap in _ROOM.finditer(line)]
    if not gaps:
        return []
    starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(line)]
    if any(end - start > _CELL for start, end in zip(starts, ends, strict=True)):
        return []
    return [_trimmed(line[start:end], piece.start + start) for start, end in zip(starts, ends, strict=True)]


def _trimmed(words: str, offset: int) -> Cell:
    """Where the words that stand at ``offset`` begin and end without the white space around them."""
    text = words.strip(TRIM)
    begin = offset + (words.find(text[0]) if text else 0)
    return begin, begin + len(text)


def labelled_at(pieces: Sequence[Piece], index: int, text: str) -> tuple[int, list[Block]]:
    """Lines of a label and things that stand apart ("Common:   pain   swelling"): the index after them, the items."""
    items: list[Cell] = []
    rows, end = 0, index
    while end < len(pieces) and (end == index or not pieces[end].blank):
        cells = _apart(pieces[end])
        label = text[cells[0][0] : cells[0][1]] if len(cells) > 1 else ""
        if ": " in label:
            start, colon = cells[0][0], label.index(": ") + 1
            cells = [(start, start + colon), _trimmed(label[colon:], start + colon), *cells[1:]]
        elif not label.endswith(":"):
            if not rows or pieces[end].indent <= pieces[index].indent:
                break
            cells = [(pieces[end].start, pieces[end].end)]
        rows, end = rows + 1, end + 1
        items += cells
    if rows < 2:
        return index, []
    return end, [Block(BlockKind.LIST_ITEM, a, b) for a, b in items if a < b]


def table_at(pieces: Sequence[Piece], index: int, text: str) -> tuple[int, list[Block]]:
    """The table that begins at ``pieces[index]``: the index after it and its cells; ``index`` and none without one."""
    rows: list[list[Cell]] = []
    border = False
    end = index
    while end < len(pieces) and (end == index or not pieces[end].blank):
        cells = columns(pieces[end])
        if _BORDER.match(pieces[end].text):
            if not rows:
                break
            border = True
        elif not cells or (rows and len(cells) != len(rows[0])):
            break
        else:
            rows.append(cells)
        end += 1
    if len(rows) < 2:
        return index, []
    return end, cells_of(rows, text, border or pieces[index].ruled or _has_header(rows, text))


def _has_header(rows: Sequence[Sequence[Cell]], text: str) -> bool:
    """Whether the first row names the columns: three rows or more, short words, no numbers, no sentences."""
    first = [text[a:b] for a, b in rows[0]]
    return len(rows) > 2 and all(cell and names_column(cell) for cell in first[1:])


def cells_of(rows: Sequence[Sequence[Cell]], text: str, has_header: bool) -> list[Block]:
    """The blocks for a table's cells; the header words are the column's, then the row's (its first cell)."""
    blocks: list[Block] = []
    names = [text[a:b] for a, b in rows[0]] if has_header else [""] * len(rows[0])
    for number, row in enumerate(rows):
        label = text[row[0][0] : row[0][1]]
        for place, (start, end) in enumerate(row):
            if start == end:
                continue
            header: tuple[str, ...] = ()
            if not (has_header and number == 0):
                header = tuple(filter(None, (names[place], label if place else "")))
            blocks.append(Block(BlockKind.CELL, start, end, header=header))
    return blocks
