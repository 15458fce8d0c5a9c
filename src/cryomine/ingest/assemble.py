"""From the collected texts of a page's parts to one text with blocks and runs: what HTML and Markdown share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from cryomine.document import Block, BlockKind, Run
from cryomine.ingest.plain import blocks_of
from cryomine.ingest.runtext import RunText, shifted

_LINES = {BlockKind.LIST_ITEM, BlockKind.CELL}  # these follow each other without a blank line


@dataclass(slots=True)
class Draft:
    """One block to be: kind and level as the markup says, and its text with runs into the source."""

    kind: BlockKind
    level: int
    text: RunText
    after_break: bool = False  # parted from the one before by a line break only
    header: tuple[str, ...] = ()


def assemble(drafts: Sequence[Draft]) -> tuple[str, list[Run], list[Block]]:
    """The text of the drafts, its runs, and its blocks.

    Drafts are joined by a blank line, items, cells and broken lines by a line end. Each run of paragraphs gets the
    structure that typography gives (bulleted lines, bold lines as headings), as plain text does.
    """
    parts: list[str] = []
    runs: list[Run] = []
    blocks: list[Block] = []
    length = heading = 0
    before: Draft | None = None
    groups = [list(members) for _, members in groupby(drafts, key=lambda draft: draft.kind)]
    for number, group in enumerate(groups):
        kind = group[0].kind
        first = begin = 0
        for place, draft in enumerate(group):
            if before is not None:
                close = draft.after_break or (kind is before.kind and kind in _LINES)
                parts.append("\n" if close else "\n\n")
                length += len(parts[-1])
            if not place:
                first, begin = len(parts), length
            parts.append(draft.text.text)
            runs += shifted(draft.text.runs, length)
            if kind is not BlockKind.PARAGRAPH:
                blocks.append(Block(kind, length, length + draft.text.length, draft.level, draft.header))
            length += draft.text.length
            before = draft
        if kind is BlockKind.HEADING:
            heading = group[-1].level
        elif kind is BlockKind.PARAGRAPH:
            listed = number + 1 < len(groups) and groups[number + 1][0].kind is BlockKind.LIST_ITEM
            blocks += _typographic("".join(parts[first:]), begin, heading, listed)
    return "".join(parts), runs, blocks


def _typographic(text: str, offset: int, heading: int, listed: bool) -> list[Block]:
    """The blocks of a run of paragraphs under a heading of level ``heading`` (0: none so far).

    ``listed`` tells that a list follows, so that a short last line can be its heading.
    """
    blocks: list[Block] = []
    for block in blocks_of(text + "\n\n- item" if listed else text):
        if block.start >= len(text):
            break
        kind, level = block.kind, block.level
        if kind in {BlockKind.TITLE, BlockKind.HEADING}:
            kind, level = BlockKind.HEADING, min(6, max(heading, 1) + max(level, 2) - 1)
        blocks.append(replace(block, kind=kind, level=level, start=block.start + offset, end=block.end + offset))
    return blocks


def title_of(blocks: Sequence[Block], text: str) -> str:
    """The words of the first top heading, "" where none stands before the first long text."""
    for block in blocks:
        if block.kind is BlockKind.HEADING and block.level == 1:
            return text[block.start : block.end]
        if block.end - block.start > _LONG_TEXT:
            break
    return ""


def with_title(blocks: Sequence[Block], text: str, title: str) -> tuple[Block, ...]:
    """The blocks with the heading that is the title marked as such, where one stands before the first long text."""
    marked = list(blocks)
    for index, block in enumerate(blocks):
        is_title = block.level == 1 or text[block.start : block.end].casefold() == title.casefold()
        if block.kind is BlockKind.HEADING and is_title:
            marked[index] = replace(block, kind=BlockKind.TITLE, level=0)
            break
        if block.end - block.start > _LONG_TEXT:
            break
    return tuple(marked)


_LONG_TEXT = 200  # characters; a title stands before the first text of this length
