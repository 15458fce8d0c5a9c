"""From the spans of a page to its lines in reading order: columns one after the other, rows of a table as rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from cryomine.ingest.flatten import BULLETS, DASHES
from cryomine.ingest.pdf_spans import GAP, Rule, Span
from cryomine.ingest.pdf_tables import Table, parts_of

_MARKER = re.compile(rf"(?:[{BULLETS}{DASHES}o]|\(?(?:\d{{1,2}}|[a-zA-Z])[.)])\Z")
_BULLETED = re.compile(rf"[{BULLETS}](?:\s|\Z)|[{DASHES}](?:\s\S|\Z)")
_MAX_SPANS = 20_000  # on one page; a drawing, not an article
_SIDE_LINES, _SIDE_CHARACTERS = 3, 12  # a column has at least so many lines, of so many characters in the middle
_WIDE = 0.6  # of the page's width: lines that all end before this are not wrapped
_FULL, _ALIGNED = 0.85, 0.7  # a line that fills its column; sides with more common lines are a table's columns


@dataclass(slots=True)
class Line:
    """One line of a column; ``edge`` and ``margin`` are how far the column's lines reach to the right and the left."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    page: int = 0
    edge: float = 0.0
    margin: float = 0.0
    column: int = 0
    cell: tuple[int, int] | None = None  # row and column in the table that the region is


def lines_of(spans: Sequence[Span], rules: Sequence[Rule] = ()) -> list[Line]:
    """The lines of a page, column after column; of a table cell after cell."""
    if len(spans) > _MAX_SPANS:
        return []
    lines: list[Line] = []
    for number, region in enumerate(_regions(sorted(spans, key=lambda s: (s.top, s.left)), rules, 0)):
        cells: list[tuple[tuple[int, int] | None, Sequence[Span]]] = (
            [(None, region)]
            if not isinstance(region, Table)
            else [((y, x), cell) for y, row in enumerate(region.rows) for x, cell in enumerate(row)]
        )
        for place, words in cells:
            for row in _rows(words):
                lines.append(_line(row))
                lines[-1].column, lines[-1].cell = number, place
    return lines


def set_edges(lines: Sequence[Line], width: float) -> None:
    """Work out margin and edge of the columns of a document whose pages are ``width`` points wide.

    Where enough lines end at the same place, or other lines stand to the right, that is the edge. Else (a list of short
    words) it is that of a column elsewhere with the same margin, or a good part of the page.
    """
    columns: defaultdict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        columns[line.page, line.column].append(line)
    shapes = {key: _shape(members) for key, members in columns.items()}
    beside: defaultdict[int, list[list[Line]]] = defaultdict(list)
    for (page, _), members in columns.items():
        beside[page].append(members)
    for (page, number), members in columns.items():
        margin, edge, known = shapes[page, number]
        if not known and not any(_stands_beside(members, others) for others in beside[page]):
            sure = [e for m, e, full in shapes.values() if full and abs(m - margin) < 6 and e > edge - 2]
            edge = min(sure) if sure else max(edge, _WIDE * width) if len(beside[page]) == 1 else edge
        for line in members:
            line.margin, line.edge = margin, edge


def _stands_beside(lines: Sequence[Line], others: Sequence[Line]) -> bool:
    """Whether other lines stand to the right of these, so that these end where they do."""
    right, top, bottom = max(line.right for line in lines), lines[0].top, lines[-1].bottom
    return any(other.left > right and other.top < bottom and top < other.bottom for other in others)


def _shape(lines: Sequence[Line]) -> tuple[float, float, bool]:
    """Margin and edge of a column, and whether its lines are wrapped at that edge."""
    margin, edge = min(line.left for line in lines), max(line.right for line in lines)
    full = sum(line.right > edge - 0.12 * (edge - margin) for line in lines)
    return margin, edge, full >= 3 and full * 4 >= len(lines)


def _regions(spans: Sequence[Span], rules: Sequence[Rule], depth: int) -> list[Sequence[Span] | Table]:
    """The spans (sorted from the top) parted into regions in reading order: tables, and above, left, right, below."""
    found: list[Sequence[Span] | Table] = []
    for part in parts_of(spans, rules):
        found += [part] if isinstance(part, Table) else _columns(part, rules, depth)
    return found


def _columns(spans: Sequence[Span], rules: Sequence[Rule], depth: int) -> list[Sequence[Span] | Table]:
    """Spans between tables: above two columns, left, right, below."""
    if len(spans) < 2 * _SIDE_LINES or depth > 4:
        return [spans] if spans else []
    best: tuple[int, int, int, float] | None = None  # spans in the two columns, first, end, where the gutter is
    for gutter in _candidates(spans):
        for first, end in _bands(spans, gutter):
            if (best is None or end - first > best[0]) and _are_columns(spans[first:end], gutter):
                best = (end - first, first, end, gutter)
    if best is None:
        return [spans]
    _, first, end, gutter = best
    left = [span for span in spans[first:end] if span.left < gutter]
    right = [span for span in spans[first:end] if span.left >= gutter]
    parts = (spans[:first], left, right, spans[end:])
    return [region for part in parts if part for region in _regions(part, rules, depth + 1)]


def _candidates(spans: Sequence[Span]) -> list[float]:
    """Where a column may begin: left edges that several spans share, or any in the right half, but the outermost."""
    edges = sorted(round(span.left) for span in spans)
    middle = (edges[0] + max(span.right for span in spans)) / 2
    shared = [edge for edge, same in groupby(edges) if edge > middle or len(list(same)) >= _SIDE_LINES]
    return [edge - 2.0 for edge in shared if edge > edges[0]][:40]


def _bands(spans: Sequence[Span], gutter: float) -> list[tuple[int, int]]:
    """Stretches of spans that none which crosses the gutter interrupts."""
    bands: list[tuple[int, int]] = []
    first = 0
    for index in range(len(spans) + 1):
        if index == len(spans) or spans[index].left < gutter < spans[index].right:
            if index - first >= 2 * _SIDE_LINES:
                bands.append((first, index))
            first = index + 1
    return bands


def _are_columns(spans: Sequence[Span], gutter: float) -> bool:
    """Whether the two sides of a gutter are columns of text rather than cells of a table or bullets and their words."""
    bulleted = any(_BULLETED.match(span.text) for span in spans if span.left >= gutter)
    spans = [span for span in spans if not _MARKER.match(span.text)]
    left = [span for span in spans if span.left < gutter]
    right = [span for span in spans if span.left >= gutter]
    if not right or len(left) < _SIDE_LINES:
        return False
    edge, begin = max(span.right for span in left), min(span.left for span in right)
    if begin - edge < 0.6 * median(span.size for span in spans):
        return False
    if len(right) < _SIDE_LINES:  # the last lines of an article
        return len(left) >= 2 * _SIDE_LINES and _fills(left) >= 0.5 and all(s.left < begin + 3 for s in right)
    if bulleted:
        return True
    if min(median(len(span.text) for span in side) for side in (left, right)) < _SIDE_CHARACTERS:
        return False
    beside = sum(any(abs(a.middle - b.middle) < 2 for a in left) for b in right)
    if beside < _ALIGNED * min(len(left), len(right)):
        return True
    return all(_fills(side) >= 0.5 for side in (left, right))


def _fills(side: Sequence[Span]) -> float:
    """How many of a column's lines reach its right edge."""
    begin, end = min(span.left for span in side), max(span.right for span in side)
    return sum(span.right - begin >= _FULL * (end - begin) for span in side) / len(side)


def _rows(spans: Sequence[Span]) -> list[list[Span]]:
    """The spans that share a line, from the left; lines from the top."""
    rows: list[list[Span]] = []
    for span in sorted(spans, key=lambda s: (s.middle, s.left)):
        row = rows[-1] if rows else None
        if row is not None and row[0].top <= span.middle <= row[0].bottom:
            row.append(span)
        else:
            rows.append([span])
    return [sorted(row, key=lambda s: s.left) for row in rows]


def _line(row: Sequence[Span]) -> Line:
    """One line; wide gaps become tabs, as in a table of plain text, but for the one behind a bullet."""
    text = row[0].text
    for before, span in pairwise(row):
        wide = span.left - before.right >= GAP * min(before.size, span.size)
        marker = before is row[0] and _MARKER.match(before.text)
        text += (" " if marker or not wide else "\t") + span.text
    letters = sum(len(span.text) for span in row)
    longest = max(row, key=lambda span: len(span.text))
    bold = sum(len(span.text) for span in row if span.bold) * 2 > letters
    top, bottom = min(span.top for span in row), max(span.bottom for span in row)
    return Line(text, row[0].left, max(span.right for span in row), top, bottom, longest.size, bold)
