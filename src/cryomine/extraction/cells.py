"""What the headers of a table supply to its cells."""

from __future__ import annotations

from functools import cached_property

from cryomine.document import Block, Document
from cryomine.extraction.frames import LEAD_IN, filled, frame_of
from cryomine.extraction.stack import Frame
from cryomine.extraction.state import State


class Headers:
    """The header cells of one document's tables; each is found and read once, however many cells stand under it."""

    def __init__(self, state: State, document: Document, ranges: list[tuple[int, int]]) -> None:
        """``ranges`` are the token ranges of the document's blocks."""
        self._state, self._document, self._ranges = state, document, ranges
        self._frames: dict[int, Frame | None] = {}

    def frame(self, block: Block) -> Frame | None:
        """The frame of a cell: the relation of one of its headers, the therapy of one; what is above fills the rest."""
        governing = self._governing(block)
        frames = [frame for words in reversed(block.header) if (frame := self._frame(words, block.start)) is not None]
        telling = next((f for f in frames if f.relation), None)
        if telling is None:
            return filled(frames[0], governing) if frames else governing
        return telling if telling.owner else telling._replace(owner=next((f.owner for f in frames if f.owner), None))

    def _governing(self, block: Block) -> Frame | None:
        """What stands above the table of a cell: its lead-in, else the headings."""
        lead = self._state.stack.lead(0)
        if lead is None or not lead.relation:
            return self._state.stack.relation()
        # What leads into a table is about the names in its first column.
        return lead._replace(accept="known") if len(block.header) < 2 else None

    def _frame(self, words: str, before: int) -> Frame | None:
        """What the first block with these words says, if it stands in front of character ``before``."""
        index = self._first.get(words)
        if index is None or self._document.blocks[index].end > before:
            return None
        if index not in self._frames:
            a, b = self._ranges[index]
            frame = frame_of(self._state, self._state.sentence(a, b), a, b, level=LEAD_IN)
            self._frames[index] = frame if frame.relation or frame.owner else None
        return self._frames[index]

    @cached_property
    def _first(self) -> dict[str, int]:
        """The index of the first block with these words, for each block that has any."""
        text = self._document.text
        found: dict[str, int] = {}
        for index, (block, (a, b)) in enumerate(zip(self._document.blocks, self._ranges, strict=True)):
            if b > a:
                found.setdefault(text[block.start : block.end].strip(), index)
        return found
