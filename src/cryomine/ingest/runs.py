"""Runs of lines that belong together: wrapped paragraphs, items without bullets, labels under a heading."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from cryomine.ingest import shapes
from cryomine.ingest.lines import Piece

MAX_WRAP = 130  # columns; wider lines are paragraphs of one line, not wrapped ones


def breaks_off(piece: Piece) -> bool:
    """Whether the line ends inside a sentence."""
    return shapes.last_mark(piece.text) not in {".", "!", "?", ":", ";", "…"}


def goes_on(before: Piece, piece: Piece, width: int) -> bool:
    """Whether ``piece`` goes on inside the sentence of the line above it, which is ``width`` columns or more."""
    return breaks_off(before) and shapes.starts_lower(piece.text) and before.width >= width


def continues_item(item: Piece, before: Piece, piece: Piece) -> bool:
    """Whether ``piece``, right below ``before``, continues the list item that ``item`` begins."""
    if piece.blank or piece.marker or piece.inline or piece.level:
        return False
    return (piece.indent > item.indent and not item.inline) or goes_on(before, piece, 40)


def continues_paragraph(before: Piece, piece: Piece, width: int) -> bool:
    """Whether ``piece`` continues the paragraph line above it; ``width`` is that of the wrapped lines around."""
    if piece.blank or piece.marker or piece.inline or piece.level or shapes.leads_in(before.text):
        return False
    if goes_on(before, piece, 30):
        return True
    return 0 < width <= MAX_WRAP and before.width + 1 + len(piece.text.split(None, 1)[0]) > width


def wrap_widths(pieces: Sequence[Piece]) -> list[int]:
    """For each piece the widest line of its chunk (lines without blank lines between) where the chunk is wrapped.

    A chunk counts as wrapped when one of its lines breaks off and the next goes on in lower case; else a huge width.
    """
    widths = [1 << 30] * len(pieces)
    begin = 0
    for index in range(1, len(pieces) + 1):
        if index < len(pieces) and not (pieces[index].blank or pieces[index].marker or pieces[index].inline):
            continue
        chunk = pieces[begin:index]
        if any(goes_on(a, b, 30) for a, b in pairwise(chunk)):
            widths[begin:index] = [max(p.width for p in chunk)] * len(chunk)
        begin = index
    return widths


def label_runs(pieces: Sequence[Piece]) -> list[int]:
    """For each piece the end of the run of bare labels that begins there, two or more without blank lines between.

    The piece's own index where there is none, as for a run whose last line heads the bulleted list right below it.
    """
    count = len(pieces)
    ends = [0] * (count + 1)  # 0: no run
    for index in range(count - 1, -1, -1):
        piece = pieces[index]
        if piece.marker or piece.level or not shapes.label_like(piece.text):
            continue
        after = pieces[index + 1] if index + 1 < count else None
        if after is None or after.blank or after.level:
            ends[index] = index + 1
        elif not after.marker:
            ends[index] = ends[index + 1]
    return [end if end > index + 1 else index for index, end in enumerate(ends[:count])]


def bare_run(pieces: Sequence[Piece], index: int) -> tuple[int, bool]:
    """The run of items without bullets that begins at ``index``, right below a lead-in.

    Gives its end (``index`` where there is none) and whether the items have the shape "Term – explanation".
    """
    marks: set[str] = set()
    widest = -1  # blank lines between the items so far
    end, bare, terms = index, 0, 0
    while end < len(pieces):
        piece = pieces[end]
        if piece.level or (end > index + 1 and _set_apart(pieces[end - 1], piece, widest, marks)):
            break
        if not piece.marker:
            continued = end > index and continues_item(pieces[end - 1], pieces[end - 1], piece)
            if not (continued or shapes.bare_item_like(piece.text, marks)) or _heads_list(pieces, end):
                break
            bare += 1
            terms += shapes.term_and_explanation(piece.text)
        if end > index:
            widest = max(widest, piece.blank)
        closed = ";" in marks and shapes.last_mark(piece.text) == "."
        marks.add(piece.text[-1] if piece.text[-1] in ".;," else "")
        end += 1
        if closed:
            break
    end = _without_heading(pieces, index, end)
    first = pieces[index].text
    single = end == index + 1 and not (shapes.starts_lower(first) or first.endswith(";"))
    return (index if single or not bare else end), terms >= 3


def _set_apart(before: Piece, piece: Piece, widest: int, marks: set[str]) -> bool:
    """Whether a wider gap than those between the items stands before a line that need not be an item."""
    if piece.marker or piece.blank <= widest:
        return False
    unfinished = shapes.starts_lower(piece.text) or piece.text[-1] in ";," or ";" in marks
    return not unfinished or shapes.last_mark(before.text) == "."


def _heads_list(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a line is the heading of a bulleted list right below it."""
    if index + 1 == len(pieces):
        return False
    after = pieces[index + 1]
    return bool(after.marker) and not after.blank and shapes.heading_like(pieces[index].text)


def _without_heading(pieces: Sequence[Piece], index: int, end: int) -> int:
    """Give back the last line of a run where it is the heading of the prose below rather than an item."""
    if end - index < 2 or end >= len(pieces):
        return end
    last, after = pieces[end - 1], pieces[end]
    if last.marker or after.marker or not shapes.heading_like(last.text) or shapes.term_and_explanation(last.text):
        return end
    before = pieces[index : end - 1]
    punctuated = sum(p.text[-1] in ";,." for p in before) * 2 > len(before)
    lower = sum(shapes.starts_lower(p.text) for p in before) * 2 > len(before)
    apart = len(before) > 1 and last.blank > 0 and not any(p.blank for p in before[1:])
    return end - 1 if punctuated or lower or apart else end
