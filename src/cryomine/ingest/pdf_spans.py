"""From a page of a PDF to spans: words on one line without a wide gap, with their place and their type; and its rules.

The only module that speaks to PDFium. Coordinates are points, y from the top of the page, the page turned so that its
words stand upright.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, TypeAlias

GAP = 1.6  # of the type size: a wider one parts columns or cells, or a bullet from its words
_SPACED = 3.5  # the same where the file has a space there: the words of a line that was stretched to its full width
_NEAR = 0.5  # of the height: where the file has no space and a wider gap, the next cell of a table may begin
_HYPHENS = "\u00ad\ufffe\x02"  # a hyphen that stands only because the line ends; PDFium has three ways to say so
_BOLD = 600  # font weight
_MAX_SHAPES = 2000  # on a page: a table has some for each cell; more of them are a drawing
_THIN, _SHORT = 3.0, 12.0  # points: a box so thin is a line; a shorter one is no rule of a table

Box: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom
Upright: TypeAlias = Callable[[float, float, float, float], Box]


@dataclass(slots=True)
class Span:
    """Words on one line; ``size`` is the height of the type."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool = False

    @property
    def middle(self) -> float:
        """Half way between top and bottom."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page at this height, or the edge of a shaded box; or an upright one at this distance."""

    at: float
    begin: float
    end: float
    upright: bool = False


def contents_of(page: Any) -> tuple[list[Span], list[Rule]]:
    """The spans of a page, in the order of the file, and its rules, from the top.

    Left out are words that stand at an angle to most others (a stamp at the margin) and what is drawn twice (a shadow).
    """
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    raw, count = textpage.raw, textpage.count_chars()
    turn = _turn(pdfium, raw, count)
    upright = _upright(page.get_bbox(), turn)
    collector = _Collector(lambda index: _is_bold(pdfium, raw, index))
    box = pdfium.FS_RECTF()
    reference = ctypes.byref(box)
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    size_of, angle_of = pdfium.FPDFText_GetFontSize, pdfium.FPDFText_GetCharAngle
    high = 0
    for index in range(count):
        code = unicode_of(raw, index)
        if code in (10, 13):
            collector.close()
        elif code in (9, 32, 160):
            collector.space(written=pdfium.FPDFText_IsGenerated(raw, index) == 0)
        elif 0xD800 <= code < 0xDC00:
            high = code
        elif _quarters(angle_of(raw, index)) == turn and box_of(raw, index, reference):
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
            high = 0
            character = "-" if chr(code) in _HYPHENS else chr(code)
            if character >= " ":
                collector.add(character, upright(box.left, box.top, box.right, box.bottom), size_of(raw, index), index)
    collector.close()
    textpage.close()
    boxes: list[Box] = []
    for shape in islice(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1), _MAX_SHAPES):
        x0, y0, x1, y1 = shape.get_bounds()
        boxes.append(upright(x0, y1, x1, y0))
    return collector.spans + _drawn_bullets(boxes, collector.spans), _rules(boxes)


def _rules(boxes: Sequence[Box]) -> list[Rule]:
    """The lines that thin and broad boxes draw, those of neighbouring cells put together."""
    edges: list[Rule] = []
    for left, top, right, bottom in boxes:
        if right - left >= _SHORT:
            edges += [Rule(y, left, right) for y in _edges(top, bottom)]
        if bottom - top >= _SHORT:
            edges += [Rule(x, top, bottom, upright=True) for x in _edges(left, right)]
    found: list[Rule] = []
    for rule in sorted(edges, key=lambda r: (r.upright, round(r.at / _THIN), r.begin, r.end)):
        last = found[-1] if found else None
        beside = last is not None and last.upright == rule.upright and abs(rule.at - last.at) < _THIN
        if last is not None and beside and rule.begin - last.end < _THIN:
            found[-1] = replace(last, end=max(last.end, rule.end))
        else:
            found.append(rule)
    return found


def _edges(first: float, last: float) -> tuple[float, ...]:
    """The one line of a thin box, the two of a broad one."""
    return ((first + last) / 2,) if last - first < _THIN else (first, last)


def _drawn_bullets(boxes: Sequence[Box], spans: Sequence[Span]) -> list[Span]:
    """A bullet for each small round or square shape right before a line, as browsers draw them in place of letters."""
    bullets: list[Span] = []
    for left, top, right, bottom in boxes:
        wide, high = right - left, bottom - top
        if not (1.5 <= high <= 9 and 0.6 <= wide / high <= 1.7):
            continue
        beside = [
            span
            for span in spans
            if span.top < (top + bottom) / 2 < span.bottom and 0 <= span.left - right < 3 * span.size
        ]
        if beside:
            first = min(beside, key=lambda span: span.left)
            bullets.append(Span("•", left, right, first.top, first.bottom, first.size))
    return bullets


def _quarters(angle: float) -> int:
    """An angle in radians as quarter turns (clockwise); what is in between stands for nothing."""
    if not angle:
        return 0
    turns = angle / (math.pi / 2)
    return round(turns) % 4 if abs(turns - round(turns)) < 0.06 else -1


def _turn(pdfium: Any, raw: Any, count: int) -> int:
    """The quarter turns that most words stand at, told by a sample."""
    sample = range(0, count, max(1, count // 200))
    angles = Counter(
        _quarters(pdfium.FPDFText_GetCharAngle(raw, index))
        for index in sample
        if not pdfium.FPDFText_IsGenerated(raw, index)
    )
    return max(angles, key=lambda turn: (angles[turn], -turn), default=0)


def _upright(page: Box, turn: int) -> Upright:
    """From PDF coordinates (y upwards) to left, top, right, bottom as they are where the words stand upright."""
    x0, y0, x1, y1 = page

    if not turn:  # nearly every page, and asked once for each letter
        return lambda left, top, right, bottom: (left - x0, y1 - top, right - x0, y1 - bottom)

    def at(x: float, y: float) -> tuple[float, float]:
        return {1: (y1 - y, x1 - x), 2: (x1 - x, y - y0), 3: (y - y0, x - x0)}.get(turn, (x - x0, y1 - y))

    def upright(left: float, top: float, right: float, bottom: float) -> Box:
        (ax, ay), (bx, by) = at(left, top), at(right, bottom)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    return upright


def _is_bold(pdfium: Any, raw: Any, index: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(raw, index) >= _BOLD:
        return True
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(raw, index, name, 128, ctypes.byref(ctypes.c_int()))
    return any(word in name.value.lower() for word in (b"bold", b"black", b"heavy", b"-semi"))


class _Collector:
    """Puts characters together to spans."""

    def __init__(self, bold: Callable[[int], bool]) -> None:
        self.spans: list[Span] = []
        self._bold = bold
        self._open: Span | None = None
        self._letters: list[str] = []
        self._last = 0.0  # where the last character begins: those of a ligature share their place
        self._spaced = self._gap = False  # whether the file has a space here, or PDFium found a gap
        self._seen: set[tuple[str, int, int]] = set()

    def space(self, *, written: bool) -> None:
        self._spaced = self._spaced or written
        self._gap = True
        if self._letters and self._letters[-1] != " ":
            self._letters.append(" ")

    def add(self, character: str, box: Box, size: float, index: int) -> None:
        left, top, right, bottom = box
        height = bottom - top
        if height <= 0 or (character, round(left), round(top)) in self._seen:
            return
        self._seen.add((character, round(left), round(top)))
        span = self._open
        if span is not None and not self._goes_on(span, left, top, bottom):
            self.close()
            span = None
        if span is None:
            # The loose box is as high as the font says its lines are; a size of 1 is scaled by the text matrix.
            self._open = Span("", left, right, top, bottom, round(size if size > 2 else height, 1), self._bold(index))
        else:
            span.right = max(span.right, right)
            span.top, span.bottom = min(span.top, top), max(span.bottom, bottom)
        self._last = left
        self._letters.append(character)
        self._spaced = self._gap = False

    def _goes_on(self, span: Span, left: float, top: float, bottom: float) -> bool:
        height = min(span.bottom - span.top, bottom - top)
        overlap = min(span.bottom, bottom) - max(span.top, top)
        widest = (_SPACED if self._spaced else _NEAR if self._gap else GAP) * height
        return overlap > height / 2 and left >= self._last - 0.1 * height and left - span.right < widest

    def close(self) -> None:
        span, self._open = self._open, None
        if span is not None and (text := "".join(self._letters).strip()):
            span.text = text
            self.spans.append(span)
        self._letters = []
