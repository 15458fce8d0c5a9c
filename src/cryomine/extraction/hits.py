"""The phrases found in a text, as the ``Matcher`` gives them, and sorted by what they are for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Hit(NamedTuple):
    """A phrase found: token offsets, end exclusive; ``what`` is the kind of phrase, ``key`` whose it is.

    Cues are of three kinds: ``cue``, ``section`` where they govern what follows a heading or lead-in, and ``second``
    for the second half of a pair of either.
    """

    start: int
    end: int
    what: str
    key: str


class Lane:
    """Hits of one sort, in text order."""

    __slots__ = ("_asked", "_found", "_starts", "hits")

    def __init__(self, hits: Sequence[Hit]) -> None:
        self.hits = hits
        self._starts = [h.start for h in hits]
        # The last answer: most sentences are asked about twice.
        self._asked = (0, 0)
        self._found: Sequence[Hit] = ()

    def within(self, a: int, b: int) -> Sequence[Hit]:
        """The hits that lie within tokens ``a:b``."""
        if self._asked != (a, b):
            starts = self._starts
            low = bisect_left(starts, a)
            found = self.hits[low : bisect_left(starts, b, low)]
            self._asked = (a, b)
            self._found = [h for h in found if h.end <= b] if found else found
        return self._found


class Hits:
    """The hits of one document: the three kinds of cues, context words, layout words, and names of all kinds."""

    __slots__ = ("context", "cues", "layout", "named", "names", "seconds", "sections")

    def __init__(self, hits: Iterable[Hit]) -> None:
        """Sort the hits of a ``Matcher``, which come in text order."""
        names: list[Hit] = []
        lanes: dict[str, list[Hit]] = {"cue": [], "section": [], "second": [], "context": [], "layout": []}
        for hit in hits:
            lanes.get(hit.what, names).append(hit)
        self.names = Lane(names)
        # The interventions that are named somewhere, not only meant by everyday words.
        self.named = frozenset(hit.key for hit in names if hit.what == "therapy")
        self.cues = Lane(lanes["cue"])
        self.sections = Lane(lanes["section"])
        self.seconds = Lane(lanes["second"])
        self.context = Lane(lanes["context"])
        self.layout = Lane(lanes["layout"])
