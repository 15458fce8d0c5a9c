"""What a reader gives and everything else takes: a text, its blocks, and the way back to the source.

Knows nothing of any other room of the package.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    """The parts that an article is made of."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of the text; ``start``/``end`` are code points into ``Document.text``, end exclusive.

    ``level`` is 1 to 6 for a heading (1 = outermost), the depth of a list item (0 = outermost), else 0. For a cell
    ``header`` holds the words of its row and column headers, outermost first. Blocks are in text order, do not
    overlap, and a block's own text has no bullet, number or markup in front.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    header: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text and the stretch of the decoded source that it came from.

    Stretches of equal length map character by character; otherwise (an entity, folded white space) as a whole.
    """

    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from.

    ``name`` is the path relative to the folder that was given, ``/`` as separator. ``sha256`` is of the raw bytes.
    ``encoding`` names the encoding and ``encoding_reason`` how it was decided (``bom``, ``utf-8``, ``header``,
    ``declared``, ``fallback``). ``reader`` names the format's reader, empty for a text that none had to read.
    """

    name: str
    media_type: str = "text/plain"
    sha256: str = ""
    encoding: str = "utf-8"
    encoding_reason: str = "utf-8"
    metadata: Mapping[str, str] = field(default_factory=dict)
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One article: its text, its blocks in text order, its source.

    ``runs`` leads from the text back to the decoded source; ``None`` where the format has no such offsets (PDF, DOCX)
    and the empty tuple where text and decoded source are the same characters (plain text). ``pages`` holds where in the
    text each page begins, for formats that have pages.
    """

    text: str
    blocks: tuple[Block, ...]
    source: Source
    title: str = ""
    runs: tuple[Run, ...] | None = ()
    pages: tuple[int, ...] = ()

    def source_span(self, start: int, end: int) -> tuple[int, int] | None:
        """The offsets in the decoded source for ``text[start:end]``; ``None`` where the format has none."""
        if self.runs is None:
            return None
        if not self.runs:
            return (start, end)
        first = _run_at(self.runs, start)
        last = _run_at(self.runs, max(start, end - 1))
        if first is None or last is None:
            return None
        same_first = first.end - first.start == first.source_end - first.source_start
        same_last = last.end - last.start == last.source_end - last.source_start
        source_start = first.source_start + (start - first.start) if same_first else first.source_start
        source_end = last.source_start + (end - last.start) if same_last else last.source_end
        return (source_start, source_end)


def _run_at(runs: Sequence[Run], position: int) -> Run | None:
    """The run that holds the character at ``position``, or ``None`` where it was put in by the reader."""
    index = bisect_right(runs, position, key=lambda run: run.start) - 1
    if index < 0 or position >= runs[index].end:
        return None
    return runs[index]
