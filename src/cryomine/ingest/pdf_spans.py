"""From a page of a PDF to spans: words on one line without a wide gap, with their place and their type.

The only module that speaks to PDFium. Coordinates are points, y from the top of the page as it is shown.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

GAP = 1.6  # of the type size: a wider one parts columns or cells, or a bullet from its words
_SPACED = 3.5  # the same where the file has a space there: the words of a line that was stretched to its full width
_HYPHENS = "\u00ad\ufffe\x02"  # a hyphen that stands only because the line ends; PDFium has three ways to say so
_BOLD = 600  # font weight


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


def spans_of(page: Any) -> list[Span]:
    """The spans of a page, in the order of the file; text that is drawn twice (a shadow) or has no size is left out."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    raw = textpage.raw
    shown = _shown(page)
    collector = _Collector(lambda index: _is_bold(pdfium, raw, index))
    box = pdfium.FS_RECTF()
    reference = ctypes.byref(box)
    unicode_of, box_of, size_of = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetLooseCharBox,
        pdfium.FPDFText_GetFontSize,
    )
    high = 0
    for index in range(textpage.count_chars()):
        code = unicode_of(raw, index)
        if code in (10, 13):
            collector.close()
        elif code in (9, 32, 160):
            collector.space(written=pdfium.FPDFText_IsGenerated(raw, index) == 0)
        elif 0xD800 <= code < 0xDC00:
            high = code
        elif box_of(raw, index, reference):
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
            high = 0
            character = "-" if chr(code) in _HYPHENS else chr(code)
            if code >= 32:
                collector.add(character, shown(box.left, box.top, box.right, box.bottom), size_of(raw, index), index)
    collector.close()
    textpage.close()
    return collector.spans


def _shown(page: Any) -> Callable[[float, float, float, float], tuple[float, float, float, float]]:
    """From PDF coordinates (y upwards, before rotation) to left, top, right, bottom of the page as it is shown."""
    x0, y0, x1, y1 = page.get_bbox()
    turn = page.get_rotation() % 360

    def at(x: float, y: float) -> tuple[float, float]:
        if turn == 90:
            return y - y0, x - x0
        if turn == 180:
            return x1 - x, y - y0
        if turn == 270:
            return y1 - y, x1 - x
        return x - x0, y1 - y

    def shown(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        (ax, ay), (bx, by) = at(left, top), at(right, bottom)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    return shown


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
        self._spaced = False  # whether the file has a space here
        self._seen: set[tuple[str, int, int]] = set()

    def space(self, *, written: bool) -> None:
        self._spaced = self._spaced or written
        if self._letters and self._letters[-1] != " ":
            self._letters.append(" ")

    def add(self, character: str, box: tuple[float, float, float, float], size: float, index: int) -> None:
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
        self._letters.append(character)
        self._spaced = False

    def _goes_on(self, span: Span, left: float, top: float, bottom: float) -> bool:
        height = min(span.bottom - span.top, bottom - top)
        overlap = min(span.bottom, bottom) - max(span.top, top)
        return overlap > height / 2 and -0.5 * height < left - span.right < (_SPACED if self._spaced else GAP) * height

    def close(self) -> None:
        span, self._open = self._open, None
        if span is not None and (text := "".join(self._letters).strip()):
            span.text = text
            self.spans.append(span)
        self._letters = []
