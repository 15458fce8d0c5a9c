"""The stack of context: document, headings, lead-ins, list items. Each level can supply what the lower one leaves out.

Knows nothing of how a sentence is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from cryomine.extraction.chunks import Chunk


class Owner(NamedTuple):
    """Whose claim it is: one of the pack's interventions (``ours``) or another therapy.

    ``everyday`` where no name says it but everyday words ("the cold"), ``opens`` where a paragraph begins with it.
    """

    key: str
    ours: bool
    stated: bool = False
    everyday: bool = False
    opens: bool = False


class Frame(NamedTuple):
    """What one level supplies. ``relation`` is empty where the level is silent about it.

    ``conditions`` gives those that its words name; few are ever asked. ``closed`` where the
    level ends inheritance from above (a list of therapies names no conditions). ``span`` are the tokens of its line.
    """

    relation: str = ""
    polarity: str = "affirmed"
    certainty: str = "asserted"
    rule: str = ""
    accept: str = "condition"
    cue: tuple[int, int] = (0, 0)
    negation: str = ""
    hedge: str = ""
    owner: Owner | None = None
    conditions: Callable[[], tuple[Chunk, ...]] = tuple
    closed: bool = False
    level: int = 0
    text: str = ""
    span: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Stack:
    """Headings from the outermost in, and the lead-in of every list depth."""

    headings: list[Frame] = field(default_factory=list)
    leads: dict[int, Frame] = field(default_factory=dict)

    def copy(self) -> Stack:
        """The stack as it is now."""
        return Stack(list(self.headings), dict(self.leads))

    def push(self, frame: Frame) -> None:
        """Enter the section of a heading."""
        while self.headings and self.headings[-1].level >= frame.level:
            self.headings.pop()
        self.headings.append(frame)
        self.leads.clear()

    def leave_below(self, depth: int) -> None:
        """Leave the lists nested deeper than ``depth``."""
        for deeper in [d for d in self.leads if d > depth]:
            del self.leads[deeper]

    def lead(self, depth: int) -> Frame | None:
        """The lead-in that governs list items of this depth, if any."""
        for d in range(depth, -1, -1):
            if d in self.leads:
                return self.leads[d]
        return None

    def above(self, depth: int | None = None) -> list[Frame]:
        """The levels over a block, innermost first; ``depth`` is that of a list item."""
        frames = list(self.headings)
        if depth is not None:
            frames += [self.leads[d] for d in sorted(self.leads) if d <= depth]
        return frames[::-1]

    def relation(self, depth: int | None = None) -> Frame | None:
        """The innermost level that states a relation."""
        for frame in self.above(depth):
            if frame.relation or frame.closed:
                return None if frame.closed else frame
        return None

    def innermost(self) -> Frame | None:
        """The innermost lead-in."""
        return self.leads[max(self.leads)] if self.leads else None

    def section(self) -> str:
        """The headings, outermost first."""
        return " > ".join(f.text for f in self.headings if f.text)
