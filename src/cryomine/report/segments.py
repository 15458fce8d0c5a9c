"""A text cut at the edges of its claims, so that spans that overlap or nest can all be seen in place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """The words of one row: ``start``/``end`` in code points, end exclusive."""

    row: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that the same rows cover: the shortest span first; ``begins`` are those that begin here."""

    text: str
    rows: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()


def segments(text: str, spans: Iterable[Span]) -> list[Segment]:
    """``text`` in pieces that joined together give it back.

    Spans that hold nothing or reach outside the text are left out.
    """
    held = sorted(
        {s for s in spans if 0 <= s.start < s.end <= len(text)}, key=lambda s: (s.start, s.end - s.start, s.row)
    )
    edges = sorted({0, len(text)} | {edge for span in held for edge in (span.start, span.end)})
    pieces: list[Segment] = []
    waiting = 0
    open_spans: list[Span] = []
    for start, end in pairwise(edges):
        open_spans = [span for span in open_spans if span.end > start]
        begins = []
        while waiting < len(held) and held[waiting].start == start:
            begins.append(held[waiting].row)
            open_spans.append(held[waiting])
            waiting += 1
        open_spans.sort(key=lambda s: (s.end - s.start, s.row))
        pieces.append(Segment(text[start:end], tuple(span.row for span in open_spans), tuple(begins)))
    return pieces
