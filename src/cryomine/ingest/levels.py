"""Depth: of list items by the column and kind of their markers, of headings by their order and style."""

from __future__ import annotations

from cryomine.document import Block, BlockKind
from cryomine.ingest.lines import Piece
from cryomine.ingest.shapes import capitals as in_capitals


class OpenLists:
    """The lists that are open at a line, outermost first."""

    def __init__(self) -> None:
        """No list is open at first."""
        self._lists: list[tuple[int, str]] = []  # column and kind of marker

    def close(self) -> None:
        """Forget all open lists: a heading or a paragraph at the margin ends them."""
        self._lists.clear()

    def depth(self, piece: Piece) -> int:
        """The depth of an item, 0 = outermost; the item's list is open afterwards."""
        lists = self._lists
        for depth, (column, kind) in enumerate(lists):
            if abs(column - piece.indent) <= 1 and kind == piece.marker:
                del lists[depth + 1 :]
                return depth
        while lists and lists[-1][0] > piece.indent + 1:
            lists.pop()
        deeper = bool(lists) and piece.indent > lists[-1][0] + 1
        under_number = bool(lists) and lists[-1][1] != "-" and piece.marker != "1"
        if lists and not deeper and not under_number:
            lists.pop()
        lists.append((piece.indent, piece.marker))
        return len(lists) - 1


def nest_headings(blocks: list[Block], text: str, given: dict[int, int]) -> list[Block]:
    """The blocks with levels for headings; ``given`` holds the levels that the text itself gives, by start.

    Capitals stand above others; a heading right above another is its parent. Where some headings have room above and
    others stand right below text, these lie under the parents. Else, with two parents or more, every heading after the
    first that is none lies under one; with one, only the one right below, and its series ("Step 1 …", "Step 2 …").
    """
    places = [i for i, b in enumerate(blocks) if b.kind is BlockKind.HEADING and b.start not in given]
    if not places:
        return blocks
    parents = {i for i in places if i + 1 < len(blocks) and blocks[i + 1].kind is BlockKind.HEADING}
    capitals = {i for i in places if in_capitals(text[blocks[i].start : blocks[i].end])}
    tight = {i for i in places if i and text.count("\n", blocks[i - 1].end, blocks[i].start) < 2}
    below_text = {i for i in tight if blocks[i - 1].kind is not BlockKind.HEADING}
    if places[0] in capitals and len(capitals) < len(places):
        parents, nested = capitals, set(places) - capitals
    elif parents and len(tight) < len(places) and any(i > min(parents) for i in below_text):
        nested = {i for i in tight if i > min(parents)}
    elif len(parents) > 1:
        nested = {i for i in places if i > min(parents)} - parents
    else:
        nested = {i + 1 for i in parents}
    series = ""
    for place in places:
        block = blocks[place]
        first = text[block.start : block.end].split(None, 1)[0]
        below = place in nested or (first == series and place not in parents)
        series = first if below else ""
        if below:
            blocks[place] = Block(block.kind, block.start, block.end, 3)
    return blocks
