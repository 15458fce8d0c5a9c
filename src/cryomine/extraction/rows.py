"""What the cells of one table row say of each other: a condition in front, a therapy or a denial behind it."""

from __future__ import annotations

from cryomine.extraction.chunks import Level
from cryomine.extraction.exclusions import circumstance
from cryomine.extraction.inheritance import specific
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.stack import Frame, Owner
from cryomine.extraction.state import Found, State


class Rows:
    """The row that is being read: its first cell, and the claims that this made."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._rule = next((r for r in state.knowledge.pack.cues if r.scope == "row"), None)
        self._first: Sentence | None = None
        self._made: list[int] = []

    def begin(self, sentence: Sentence, made: range) -> None:
        """Enter a row whose first cell is ``sentence``; ``made`` are the indices of its claims."""
        self._first, self._made = sentence, list(made)

    def later(self, sentence: Sentence, frame: Frame | None) -> None:
        """A later cell of the row; ``frame`` is what governs it."""
        if self._first is None:
            return
        no = sentence.begins_with("row_denials")
        if no:
            self._deny(no)
        elif not self._made and (frame is None or not frame.relation):
            self._pair(self._first, sentence)

    def _deny(self, words: str) -> None:
        """ "Obesity | no change in body weight": what the first cell was taken to claim is denied."""
        for at in self._made:
            if self._state.found[at].relation == "treats":
                self._state.deny(at, words)

    def _pair(self, first: Sentence, sentence: Sentence) -> None:
        """ "Sore legs | cold tub | 10 min": a condition, and what to do about it."""
        state = self._state
        told = next((t for t in sentence.therapies if not t.aside), None)
        if self._rule is None or told is None or not told.ours or told.start > sentence.a + 2:
            return
        owner = specific(state, Owner(told.key, ours=True, stated=True))
        for chunk in first.chunks:
            if owner is None or chunk.level < Level.KNOWN or circumstance(state, chunk):
                continue
            rule, cue, here = self._rule, (told.start, told.end), (first.a, first.b)
            found = Found(
                chunk,
                rule.relation,
                rule.polarity,
                rule.certainty,
                rule.id,
                cue,
                owner,
                "",
                "",
                here,
                state.stack.section(),
            )
            self._made.append(state.add(found))
