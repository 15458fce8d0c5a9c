"""Tables on a page of a PDF whose cells may run over several lines: rows told by rules and by the white between them.

A page says nowhere that it holds a table. What is one: stretches of words above each other, parted by rules or by more
white than lines have, whose words keep to the same columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from cryomine.ingest.flatten import BULLETS, DASHES
from cryomine.ingest.pdf_spans import GAP, Rule, Span
from cryomine.ingest.shapes import words

# All lengths are in heights of a line of the page.
_BODY = 0.7  # of a line's height is taken by its letters; what is above and below them is white
_WHITER = 0.2  # rows are so much further apart than the lines of a cell
_GUTTER = 0.4  # columns are so far apart
_RAGGED = 0.8  # a cell is so much shorter than another of its row
_LINED_UP = 0.35  # the first lines of a row's cells, or their middles, differ by no more
LABEL = 16  # words at most in the first cell of a row, where it says what the row is about
_MARK = re.compile(rf"[{BULLETS}{DASHES}o]|\(?(?:\d{{1,2}}|[a-zA-Z])[.)]")
_MARKER = re.compile(rf"[{BULLETS}]|(?:{_MARK.pattern})\Z")

Extent = tuple[float, float]


@dataclass(slots=True)
class Table:
    """The spans of a page's table: ``rows`` of columns of spans, from the top."""

    rows: list[list[list[Span]]]


@dataclass(slots=True)
class _Band:
    """Spans with white below and above them; ``ruled`` where a rule parts it from the one above."""

    spans: list[Span]
    ruled: bool
    extents: list[Extent] = field(init=False)  # the columns that its words stand in

    def __post_init__(self) -> None:
        self.extents = _joined([], [(span.left, span.right) for span in self.spans], _height(self.spans))

    @property
    def top(self) -> float:
        return min(span.top for span in self.spans)

    @property
    def bottom(self) -> float:
        return max(span.bottom for span in self.spans)


def parts_of(spans: Sequence[Span], rules: Sequence[Rule]) -> list[Sequence[Span] | Table]:
    """The spans of a region (sorted from the top) in reading order, parted where tables stand in them."""
    bands = _bands(spans, rules)
    parts: list[Sequence[Span] | Table] = []
    loose: list[Span] = []
    index = 0
    while index < len(bands):
        end, extents = _run(bands, index)
        found = _laid_out(bands[index:end], extents, rules) if end > index + 1 else []
        if not found:
            loose += bands[index].spans
            index += 1
            continue
        parts += [loose, *found] if loose else found
        loose, index = [], end
    if loose:
        parts.append(loose)
    return parts


def _height(spans: Sequence[Span]) -> float:
    return median(span.bottom - span.top for span in spans)


def _bands(spans: Sequence[Span], rules: Sequence[Rule]) -> list[_Band]:
    """The spans (sorted from the top) parted by rules and by more white than the lines of a paragraph have."""
    if not spans:
        return []
    height = _height(spans)
    margin = (1 - _BODY) / 2 * height
    wide = _usual_white(spans) + _WHITER * height
    across = [rule for rule in rules if not rule.upright]
    bands: list[_Band] = []
    group: list[Span] = [spans[0]]
    low, ruled = spans[0].bottom - margin, False
    for span in spans[1:]:
        high = span.top + margin
        if high > low:
            rule = any(low - 1 <= rule.at <= high + 1 and _covers(rule, [*group, span]) for rule in across)
            if rule or high - low >= wide:
                bands.append(_Band(group, ruled))
                group, ruled = [], rule
        group.append(span)
        low = max(low, span.bottom - margin) if len(group) > 1 else span.bottom - margin
    bands.append(_Band(group, ruled))
    return bands


def _covers(rule: Rule, spans: Sequence[Span]) -> bool:
    """Whether a rule is as wide as the words right above and below it."""
    return rule.begin <= min(span.left for span in spans) + 3 and rule.end >= max(span.right for span in spans) - 3


def _usual_white(spans: Sequence[Span]) -> float:
    """The white between the lines of a paragraph or cell: the least that is not rare, in points."""
    margin = (1 - _BODY) * _height(spans)
    count: dict[int, int] = {}
    below: list[Span] = []
    for span in reversed(spans):  # from the bottom; the next line of each is among those just seen
        near = (other for other in reversed(below[-40:]) if other.left < span.right and span.left < other.right)
        following = next((other for other in near if other.top + margin > span.bottom), None)
        if following is not None:
            white = round(following.top + margin - span.bottom)
            count[white] = count.get(white, 0) + 1
        below.append(span)
    common = [white for white, times in count.items() if times >= max(2, 0.05 * sum(count.values()))]
    return float(min(common, default=round(margin)))


def _joined(known: Sequence[Extent], more: Sequence[Extent], height: float) -> list[Extent]:
    """Stretches of a line put together where no gutter parts them."""
    found: list[Extent] = []
    for left, right in sorted([*known, *more]):
        if found and left - found[-1][1] < _GUTTER * height:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _run(bands: Sequence[_Band], first: int) -> tuple[int, list[Extent]]:
    """The end of the longest run of bands from ``first`` on that keep to the same two columns or more, and those."""
    extents = bands[first].extents
    if len(extents) < 2:
        return first, extents
    end = first + 1
    for band in bands[end:]:
        height = _height(band.spans)
        together = _joined(extents, band.extents, height)
        alone = len(band.extents) == 1
        label_alone = alone and band.extents[0][0] < extents[0][1]
        if len(together) < max(2, min(len(extents), len(band.extents))) or (label_alone and not band.ruled):
            break
        if band.top - bands[end - 1].bottom > 4 * height and not band.ruled:
            break
        extents = together
        end += 1
    return end, extents


def _laid_out(bands: Sequence[_Band], extents: Sequence[Extent], rules: Sequence[Rule]) -> list[Sequence[Span] | Table]:
    """The table that a run of bands is, or the columns that its boxes of text make; nothing where it is neither."""
    cuts = [band.ruled for band in bands[1:]]
    ruled = sum(cuts) * 3 >= 2 * len(cuts)
    rows: list[list[list[Span]]] = []
    for band in bands:
        row = [[span for span in band.spans if left - 1 <= span.left <= right] for left, right in extents]
        if rows and not band.ruled and (ruled or not row[0]):  # white inside a cell
            for cell, more in zip(rows[-1], row, strict=True):
                cell += more
        else:
            rows.append(row)
    filled = sum(sum(map(bool, row)) > 1 for row in rows)
    if len(rows) < (2 if ruled else 3) or filled * 2 < len(rows) or _is_list(rows):
        return []
    walled = ruled and _is_walled(extents, bands, rules)
    if not walled and not (all(map(_is_lined_up, rows)) and (ruled or _is_grid(rows, extents))):
        return []
    marked = any(_has_marks(cell) for row in rows for cell in row)
    if walled or not (marked or any(_words(row[0]) > LABEL for row in rows)):
        return [Table(rows)]
    return [[span for row in rows for span in row[number]] for number, _ in enumerate(extents)]


def _is_list(rows: Sequence[Sequence[Sequence[Span]]]) -> bool:
    """Whether the first column is the bullets or numbers of a list."""
    marks = [span.text for row in rows for span in row[0]]
    return all(map(_MARK.fullmatch, marks)) or marks == [str(number) for number, _ in enumerate(marks, start=1)]


def _words(cell: Sequence[Span]) -> int:
    return sum(words(span.text) for span in cell)


def _is_walled(extents: Sequence[Extent], bands: Sequence[_Band], rules: Sequence[Rule]) -> bool:
    """Whether upright rules part the first two columns."""
    left, right = extents[0][1] - 1, extents[1][0] + 1
    high = sum(rule.end - rule.begin for rule in rules if rule.upright and left <= rule.at <= right)
    return high >= 0.6 * (bands[-1].bottom - bands[0].top)


def _has_marks(cell: Sequence[Span]) -> bool:
    """Whether a cell has items of a list; a dash alone says that there is nothing in it."""
    return len(cell) + len(cell[0].text) > 2 and any(_MARKER.match(span.text) for span in cell) if cell else False


def _is_grid(rows: Sequence[Sequence[Sequence[Span]]], extents: Sequence[Extent]) -> bool:
    """Whether rows without rules are not just columns of text that happen to pause together.

    Where columns of text pause, all of them are full; a cell leaves white below or above it. Rows of one line each are
    a table where they have more columns than a page, or narrower gutters.
    """
    height = _height([span for row in rows for cell in row for span in cell])
    tall = ragged = 0
    for row in rows:
        heights = [max(span.bottom for span in cell) - min(span.top for span in cell) for cell in row if cell]
        tall += max(heights) > 1.5 * height
        ragged += max(heights) - min(heights) > _RAGGED * height
    close = len(extents) > 2 or extents[1][0] - extents[0][1] < GAP * height
    return ragged * 2 >= tall and (close or ragged > 1)


def _is_lined_up(row: Sequence[Sequence[Span]]) -> bool:
    """Whether the cells of a row begin at the same height, or are centred."""
    cells = [cell for cell in row if cell]
    near = _LINED_UP * _height(cells[0])
    tops = [min(span.top for span in cell) for cell in cells]
    middles = [(top + max(span.bottom for span in cell)) / 2 for top, cell in zip(tops, cells, strict=True)]
    return any(max(places) - min(places) <= near for places in (tops, middles))
