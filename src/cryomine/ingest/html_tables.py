"""Tables and definition lists of a page: cells that are data, with their headers; terms with their explanations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryomine.document import BlockKind
from cryomine.ingest import shapes
from cryomine.ingest.assemble import Draft
from cryomine.ingest.html_page import Element, RawBlock
from cryomine.ingest.runtext import RunText

_MAX_SPAN = 50  # cells; a wider span is a mistake


@dataclass(slots=True)
class _Cell:
    element: Element
    row: int
    column: int = 0
    width: int = 1
    blocks: list[RawBlock] = field(default_factory=list)

    @property
    def words(self) -> str:
        return " ".join(block.words for block in self.blocks)


def drafts_of(blocks: Sequence[RawBlock]) -> list[Draft]:
    """The drafts of a page's blocks: terms joined with their explanations, cells with their headers."""
    joined = join_definitions(blocks)
    headers = cell_headers(joined)
    return [Draft(raw.kind, raw.level, raw.text, raw.after_break, headers.get(raw, ())) for raw in joined]


def cell_headers(blocks: Sequence[RawBlock]) -> dict[RawBlock, tuple[str, ...]]:
    """The header words of each cell block: its column's, then its row's.

    Cells of tables that only lay out the page (one row or one column, or whole sections in a cell) become paragraphs.
    """
    tables: dict[Element, list[_Cell]] = defaultdict(list)
    sections: set[Element] = set()
    for block in blocks:
        cell, table = _cell_and_table(block.element)
        if cell is None or table is None:
            continue
        if block.kind is not BlockKind.CELL:
            sections.add(table)
        cells = tables[table]
        if not cells or cells[-1].element is not cell:
            cells.append(_Cell(cell, cell.row))
        cells[-1].blocks.append(block)
    headers: dict[RawBlock, tuple[str, ...]] = {}
    for table, cells in tables.items():
        rows = {cell.row for cell in cells}
        if table in sections or len(rows) < 2 or len(rows) == len(cells):
            for block in (block for cell in cells for block in cell.blocks):
                block.kind = BlockKind.PARAGRAPH if block.kind is BlockKind.CELL else block.kind
        else:
            headers |= _headers(cells)
    return headers


def _cell_and_table(element: Element) -> tuple[Element | None, Element | None]:
    """The innermost cell around a block, and its table."""
    cell: Element | None = element
    for _ in range(32):  # a cell's text seldom lies deeper in it
        if cell is None or cell.tag in {"td", "th"}:
            break
        cell = cell.parent
    if cell is None or cell.tag not in {"td", "th"}:
        return None, None
    table = cell.parent
    while table is not None and table.tag in {"tr", "tbody", "thead", "tfoot"}:
        table = table.parent
    return (cell, table) if table is not None and table.tag == "table" else (None, None)


def _span(cell: Element, name: str) -> int:
    value = cell.attributes.get(name, "1").strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isascii() and value.isdigit() else 1


def _headers(cells: Sequence[_Cell]) -> dict[RawBlock, tuple[str, ...]]:
    """Headers for the cells of one data table, spans across columns and rows taken into account."""
    taken: dict[int, tuple[int, _Cell]] = {}  # column -> last row that a cell from above reaches into, and that cell
    by_row: dict[int, list[_Cell]] = defaultdict(list)
    labels: dict[int, _Cell] = {}  # row -> the cell that names it
    for cell in cells:
        column = (
            cell.element.column if not by_row[cell.row] else by_row[cell.row][-1].column + by_row[cell.row][-1].width
        )
        while column in taken and taken[column][0] >= cell.row and taken[column][1].row < cell.row:
            column += 1
        cell.column, cell.width = column, _span(cell.element, "colspan")
        by_row[cell.row].append(cell)
        last = cell.row + _span(cell.element, "rowspan") - 1
        for place in range(column, column + cell.width):
            taken[place] = (last, cell)
        if column == 0:
            labels.update(dict.fromkeys(range(cell.row, last + 1), cell))
    top = _header_rows(by_row)
    columns: dict[int, list[str]] = defaultdict(list)
    headers: dict[RawBlock, tuple[str, ...]] = {}
    for row, members in by_row.items():
        for cell in members:
            if row in top:
                for place in range(cell.column, cell.column + cell.width):
                    columns[place].append(cell.words)
                continue
            label = labels.get(row)
            named = [*columns[cell.column], *([label.words] if label is not None and label is not cell else [])]
            for block in cell.blocks:
                headers[block] = tuple(filter(None, named))
    return headers


def _header_rows(by_row: dict[int, list[_Cell]]) -> set[int]:
    """The rows that name columns: the first ones that hold nothing but <th>, or a first row of short labels."""
    rows = list(by_row)
    top: set[int] = set()
    for row in rows[:-1]:
        marked = all(cell.element.tag == "th" or _in_head(cell.element) for cell in by_row[row])
        if not marked:
            break
        top.add(row)
    has_marks = any(cell.element.tag == "th" for members in by_row.values() for cell in members)
    if top or has_marks or len(rows) < 3:
        return top
    first = [cell.words for cell in by_row[rows[0]]]
    return {rows[0]} if all(map(shapes.names_column, first)) and len(first) > 1 else set()


def _in_head(cell: Element) -> bool:
    row = cell.parent
    return row is not None and row.parent is not None and row.parent.tag == "thead"


def join_definitions(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """The blocks with each term and its one explanation joined to one item, "term – explanation", as plain text has it.

    A term that is a question, or that has several blocks below it, becomes a heading over them.
    """
    joined: list[RawBlock] = []
    index = 0
    while index < len(blocks):
        term = blocks[index]
        index += 1
        joined.append(term)
        if term.element.tag != "dt" or term.kind is not BlockKind.LIST_ITEM:
            continue
        end = index
        while end < len(blocks) and _belongs(blocks[end].element, term.element):
            end += 1
        below = blocks[index:end]
        if len(below) == 1 and below[0].kind is BlockKind.LIST_ITEM and not shapes.is_question(term.words):
            item = RunText()
            item.join(term.text)
            item.insert(" – ")
            item.join(below[0].text)
            joined[-1] = RawBlock(term.kind, term.level, item, term.element, False, term.linked + below[0].linked)
        elif below:
            term.kind, term.level = BlockKind.HEADING, 6
            for block in below:
                block.kind = BlockKind.PARAGRAPH if block.element.tag == "dd" else block.kind
            joined += below
        index = end
    return joined


def _belongs(element: Element, term: Element) -> bool:
    """Whether a block stands in a <dd> of the list of ``term``."""
    inner: Element | None = element
    for _ in range(32):
        if inner is None or inner.tag in {"dt", "dl"}:
            return False
        if inner.tag == "dd":
            return inner.parent is term.parent
        inner = inner.parent
    return False
