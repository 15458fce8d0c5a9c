"""Lists that are written as headings or paragraphs of their own, one for each condition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cryomine.document import Block, BlockKind
from cryomine.extraction.chunks import Level
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.stack import Frame
from cryomine.extraction.state import State


class _Run(NamedTuple):
    """A list that was read up to the block ``last``: what governs it, and whether it goes on in headings."""

    last: int
    governing: Frame
    headings: bool = False


class Runs:
    """Follows such lists through the blocks of one document."""

    def __init__(self, state: State, blocks: Sequence[Block]) -> None:
        self._state, self._blocks = state, blocks
        # The heading whose list is given as headings.
        self._listing: Frame | None = None
        self._run: _Run | None = None

    def begin(self, index: int, governing: Frame | None) -> None:
        """Note that the block ``index`` is an item of the list that ``governing`` rules."""
        self._run = _Run(index, governing) if governing is not None else None

    def listed(self, index: int, sentence: Sentence) -> bool:
        """Whether a heading is nothing but a condition and belongs to the list of a heading that states a relation."""
        headings = self._state.stack.headings
        if not index or not headings or not headings[-1].relation or not sentence.only_condition():
            return False
        # They follow it at once, with their text between them ("Benefits", "Migraine", "One study …", "Gout", …).
        begun = self._blocks[index - 1].kind is BlockKind.HEADING or self._listing is headings[-1]
        if begun:
            self._listing = headings[-1]
        return begun

    def going_on(self, index: int, sentence: Sentence) -> Frame | None:
        """What governs a heading that goes on with the list above it; ``None`` where it does not.

        Behind a wider gap the items of a list without bullets look like headings: a run of nothing but conditions.
        """
        run = self._run
        if run is None or run.last != index - 1 or not sentence.only_condition():
            return None
        following = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        if not run.headings and (following is None or following.kind is not BlockKind.HEADING):
            return None
        self._run = _Run(index, run.governing, headings=True)
        return run.governing

    def as_paragraphs(self, index: int, ranges: Sequence[tuple[int, int]]) -> bool:
        """Whether the block ``index`` is a paragraph whose first words name a condition, as the first of a list."""
        if index >= len(self._blocks) or self._blocks[index].kind is not BlockKind.PARAGRAPH:
            return False
        x, y = next(iter(self._state.view.sentences(*ranges[index])), (0, 0))
        first = next(iter(self._state.sentence(x, y).chunks), None) if x < y else None
        return first is not None and first.first == x and first.level >= Level.SHAPE
