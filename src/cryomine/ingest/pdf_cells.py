"""What the cells of a PDF's tables stand under: the names of their columns, the first cell of their row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from cryomine.ingest.pdf_tables import LABEL
from cryomine.ingest.shapes import ends_sentence, words

if TYPE_CHECKING:
    from cryomine.ingest.pdf_text import Stretch

_HEADER = 5  # words in the name of a column that is not bold


class _Cell(NamedTuple):
    """Words of a cell, which may have several of these: a list in it has one for each item."""

    row: int
    column: int
    words: str
    bold: bool


def cell_headers(stretches: Sequence[Stretch]) -> dict[int, tuple[str, ...]]:
    """The headers of the cells among the stretches, by their number; a table may go on on the next page."""
    found: dict[int, tuple[str, ...]] = {}
    names: tuple[str, ...] = ()
    last = 0  # the page of the table right before
    for (page, _, is_table), group in groupby(
        enumerate(stretches), key=lambda s: (s[1].first.page, s[1].first.column, s[1].first.cell is not None)
    ):
        if not is_table:
            last = 0
            continue
        members = list(group)
        cells = [_Cell(*s.first.cell, s.text, s.first.bold) for _, s in members if s.first.cell]
        headers, names = _headers_of(cells, names if last == page - 1 else ())
        last = page
        found.update(zip((number for number, _ in members), headers, strict=True))
    return found


def _headers_of(cells: Sequence[_Cell], before: Sequence[str] = ()) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """The headers of each cell, its column's and its row's, and the names of the columns, empty where they have none.

    ``cells`` are in order of rows; ``before`` are the names of a table on the page before, of which this is the rest.
    """
    columns = 1 + max(cell.column for cell in cells)
    heads = [" ".join(cell.words for cell in cells if (cell.row, cell.column) == (0, n)) for n in range(columns)]
    labels: dict[int, str] = {}
    for cell in cells:
        if not cell.column:
            labels[cell.row] = f"{labels.get(cell.row, '')} {cell.words}".strip()
    labels = {row: label for row, label in labels.items() if words(label) <= LABEL}
    rows = 1 + max(cell.row for cell in cells)
    bold = all(cell.bold for cell in cells if not cell.row) and not all(cell.bold for cell in cells)
    short = rows > 2 and not before and all(map(_is_name, heads[1:]))
    named = rows > 1 and (bold or short or heads == [*before])
    names = tuple(heads) if named else tuple(before) if len(before) == columns else ("",) * columns
    headers: list[tuple[str, ...]] = []
    for cell in cells:
        header = (names[cell.column], labels.get(cell.row, "") if cell.column else "")
        headers.append(() if named and not cell.row else tuple(filter(None, header)))
    return headers, names


def _is_name(text: str) -> bool:
    return bool(text) and words(text) <= _HEADER and not ends_sentence(text) and not any(map(str.isdigit, text))
