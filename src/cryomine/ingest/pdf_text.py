"""From the lines of a PDF to drafts: headings by their type, lines that only wrapped joined, the rest as plain text.

Bullets, bare lists and tables keep the typography that the reader of plain text knows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cryomine.document import BlockKind
from cryomine.ingest import shapes
from cryomine.ingest.assemble import Draft
from cryomine.ingest.flatten import BULLETS, DASHES
from cryomine.ingest.pdf_cells import cell_headers
from cryomine.ingest.pdf_lines import Line
from cryomine.ingest.runtext import RunText

_MARKED = re.compile(rf"(?:[{BULLETS}]|(?:[{DASHES}o]|\(?(?:\d{{1,2}}|[a-zA-Z])[.)])\s)\s*\S")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BULLET = re.compile(rf"[{BULLETS}]\s*")
_LARGER = 1.12  # times the size of most letters: a heading
_MAX_HEADING = 200  # characters
_CAPITAL = 0.4  # so much wider than a small letter


@dataclass(slots=True)
class Stretch:
    """Lines that are one line of plain text, with the pages that begin in it (offset into the text, page)."""

    text: str
    first: Line
    last: Line
    level: int = 0  # of a heading
    apart: bool = True  # whether a blank line stands before it
    pages: tuple[tuple[int, int], ...] = ()


def stretches_of(lines: Sequence[Line]) -> list[Stretch]:
    """The lines of all pages, in reading order, joined where only the width of the page parts them."""
    if not lines:
        return []
    body, leading = body_size(lines), _leading(lines)
    levels = _levels(lines, body)
    vocabulary, hanging = _words(lines), _hanging(lines, leading)
    stretches: list[Stretch] = []
    for number, line in enumerate(lines):
        level = levels[number] if line.cell is None else 0
        before = stretches[-1] if stretches else None
        if before is not None and _joins(before, line, level, body, leading, hanging):
            _join(before, line, vocabulary)
            continue
        apart = before is None or bool(level) or bool(before.level) or _set_apart(before, line, leading)
        text = _BULLET.sub("", line.text) if line.cell else line.text
        stretches.append(Stretch(text, line, line, level, apart, pages=((0, line.page),)))
    stretches = [_checked(stretch) for stretch in stretches]
    if sum(stretch.level == 1 for stretch in stretches) > 1 and stretches[0].level != 1:
        for stretch in stretches:  # sections under no title
            stretch.level = min(6, stretch.level + 1) if stretch.level else 0
    return stretches


def body_size(lines: Sequence[Line]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def drafts_of(stretches: Sequence[Stretch]) -> list[Draft]:
    """One draft for each stretch; an item keeps its bullet, indented as on the page."""
    drafts: list[Draft] = []
    headers = cell_headers(stretches)
    for number, stretch in enumerate(stretches):
        text = RunText()
        if stretch.first.cell:
            text.insert(stretch.text)
            drafts.append(Draft(BlockKind.CELL, 0, text, header=headers[number]))
            continue
        if stretch.level:
            text.insert(stretch.text)
            drafts.append(Draft(BlockKind.HEADING, stretch.level, text))
            continue
        line = stretch.first
        indent = round((line.left - line.margin) / (line.size / 2)) if _MARKED.match(stretch.text) else 0
        text.insert(" " * min(max(indent, 0), 40) + stretch.text)
        drafts.append(Draft(BlockKind.PARAGRAPH, 0, text, after_break=not stretch.apart))
    return drafts


def _levels(lines: Sequence[Line], body: float) -> list[int]:
    """For each line the level of heading that its type stands for, 0 for text."""
    larger = sorted({line.size for line in lines if line.size >= body * _LARGER}, reverse=True)
    ranks = {size: min(rank, 6) for rank, size in enumerate(larger, start=1)}
    bold_is_rare = sum(len(line.text) for line in lines if line.bold) * 3 < sum(len(line.text) for line in lines)
    bold_level = min(6, max(2, len(larger) + 1))
    levels: list[int] = []
    for line in lines:
        level = ranks.get(line.size, 0)
        marked = _MARKED.match(line.text) is not None and not line.text[0].isdigit()
        if not level and bold_is_rare and line.bold and not marked and shapes.heading_like(line.text):
            level = bold_level
        levels.append(level)
    return levels


def _leading(lines: Sequence[Line]) -> float:
    """The gap between the lines of a paragraph, in type sizes: the smallest that is not rare."""
    gaps: Counter[float] = Counter()
    for a, b in pairwise(lines):
        if (a.page, a.column, a.size) == (b.page, b.column, b.size) and b.top > a.top:
            gaps[round((b.top - a.bottom) / a.size, 1)] += 1
    common = [gap for gap, count in gaps.items() if count >= max(2, 0.05 * gaps.total())]
    return min(common, default=0.3)


def _hanging(lines: Sequence[Line], leading: float) -> set[int]:
    """The places of bullets (points from the margin) whose items go on further to the right."""
    return {
        round(a.left - a.margin)
        for a, b in pairwise(lines)
        if (a.page, a.column) == (b.page, b.column)
        and _MARKED.match(a.text)
        and not _MARKED.match(b.text)
        and (b.top - a.bottom) / a.size < leading + 0.5
        and b.left - a.left > 0.5 * b.size
    }


def _joins(before: Stretch, line: Line, level: int, body: float, leading: float, hanging: set[int]) -> bool:
    """Whether a line goes on with the words of the one above it."""
    last = before.last
    if line.cell or last.cell:
        return _same_cell(last, line) and not _MARKED.match(line.text)
    if level != before.level or _MARKED.match(line.text) or "\t" in line.text or "\t" in last.text:
        return False
    if (last.page, last.column) != (line.page, line.column):
        return not level and shapes.starts_lower(line.text) and not shapes.ends_sentence(last.text)
    gap = (line.top - last.bottom) / last.size
    if gap > leading + (0.3 if level else 0.5) or abs(line.size - last.size) > 0.15 * last.size:
        return False
    large = level and line.size == last.size > body * _LARGER  # lines of large type are broken where it looks best
    if large or _is_cut(last.text, line.text):
        return True
    indented = line.left - before.first.left
    marked = _MARKED.match(before.text)
    if marked and indented >= 0.5 * line.size and shapes.starts_lower(line.text):
        return True
    if _had_room(last, line):
        return False
    if marked:
        return round(before.first.left - before.first.margin) not in hanging or indented >= 0.5 * line.size
    return before.first is not last or indented < 0.8 * line.size or not shapes.ends_sentence(last.text)


def _same_cell(one: Line, other: Line) -> bool:
    return (one.page, one.column, one.cell) == (other.page, other.column, other.cell)


def _had_room(line: Line, following: Line) -> bool:
    """Whether the first word below would have stood in the line: then somebody ended the line on purpose."""
    word = following.text.split(None, 1)[0]
    letter = (following.right - following.left) / _letters(following.text)
    return line.right + letter * (_letters(word) + 1) < line.edge - 0.02 * (line.edge - line.margin)


def _letters(text: str) -> float:
    """How many small letters a text is as wide as."""
    return len(text) + _CAPITAL * sum(map(str.isupper, text))


def _set_apart(before: Stretch, line: Line, leading: float) -> bool:
    last = before.last
    if (last.page, last.column) != (line.page, line.column):
        return not (_MARKED.match(before.text) and _MARKED.match(line.text))
    if "\t" in before.text and "\t" in line.text:  # rows of a table
        return False
    return (line.top - last.bottom) / last.size > leading + 0.5 or line.left - before.first.left > 0.8 * line.size


def _join(before: Stretch, line: Line, vocabulary: Counter[str]) -> None:
    begun = before.text
    if _is_cut(begun, line.text):
        begun = begun if _is_compound(begun, line.text, vocabulary) else begun[:-1]
    else:
        begun += " "
    if line.page != before.last.page:
        before.pages += ((len(begun), line.page),)
    before.text, before.last = begun + line.text, line


def _is_cut(above: str, below: str) -> bool:
    """Whether a line ends inside a word."""
    return above.endswith("-") and above[-2:-1].isalpha() and below[0].islower()


def _is_compound(begun: str, rest: str, vocabulary: Counter[str]) -> bool:
    """Whether the hyphen at a line's end belongs to the word, told by how the document writes it elsewhere."""
    first = begun[:-1].rsplit(None, 1)[-1].lower()
    second = rest.split(None, 1)[0].lower()
    first = found[-1] if (found := _WORD.findall(first)) else first
    second = found[0] if (found := _WORD.findall(second)) else second
    if vocabulary[first + second] != vocabulary[f"{first}-{second}"]:
        return vocabulary[first + second] < vocabulary[f"{first}-{second}"]
    return bool(vocabulary[first] and vocabulary[second])


def _words(lines: Sequence[Line]) -> Counter[str]:
    """The words of the document that no line end cuts."""
    words: Counter[str] = Counter()
    cut = False
    for line in lines:
        found = _WORD.findall(line.text.lower())
        ends = line.text.endswith("-")
        words.update(found[cut : len(found) - ends])
        cut = ends
    return words


def _checked(stretch: Stretch) -> Stretch:
    """A long text or a full sentence in large type is no heading."""
    if stretch.level and (len(stretch.text) > _MAX_HEADING or shapes.last_mark(stretch.text) in {".", ":", ","}):
        stretch.level = 0
    return stretch
