"""Where a sentence stands: kept during the walk for those whose conditions may be weighed when it is over."""

from __future__ import annotations

from typing import NamedTuple

from cryomine.extraction.stack import Frame, Owner, Stack


class Place(NamedTuple):
    """The sentence of tokens ``a:b`` as the walk came by it: the topic then, and what stood above.

    ``governing`` is the level above by which rules read it, where there is one; ``listed`` where the sentence is one of
    an item or a cell.
    """

    a: int
    b: int
    topic: Owner | None
    stack: Stack
    governing: Frame | None
    listed: bool

    @property
    def under(self) -> Frame | None:
        """The level above, where it states a relation."""
        return self.governing if self.governing is not None and self.governing.relation else None
