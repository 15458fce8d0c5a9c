"""Two phrases that are one condition: by "of", by "from", by "in", by "with", by the site behind them."""

from __future__ import annotations

from cryomine.extraction.chunks import Atom, Chunk, Level
from cryomine.extraction.heads import Heads
from cryomine.extraction.lexicon import Flag, Kind
from cryomine.extraction.sites import Sites
from cryomine.extraction.view import View

_DETERMINING = frozenset((Kind.DET, Kind.PRON))


class Joints:
    """Joins the phrases of one text; what it gives back besides a phrase is how many groups of atoms that used."""

    def __init__(self, view: View, classify: Heads, sites: Sites) -> None:
        self._view, self._lex, self._lists = view, view.lex, view.lists
        self._classify, self._sites = classify, sites

    def of(self, outer: Chunk, group: list[Atom], inner: Chunk) -> Chunk:
        """Join "outer of inner"."""
        head = self._lex[group[-1].end - 1]
        if outer.what in ("therapy", "rival"):
            return outer._replace(last=inner.last)
        if inner.what == "rival" and head.norm in self._lists["time_units"]:
            # "Within two weeks of Botox."
            return inner
        if head.flags & Flag.TRANSPARENT and inner.level > Level.NONE:
            # "severe forms of X" keeps its severity; "many forms of X" and "a history of X" are X.
            keeps = len(group) > 1 and self._lex[group[0].start].flags & Flag.MODIFIER
            return inner._replace(first=outer.first, start=outer.start if keeps else inner.start, prep=outer.prep)
        if len(group) == 1 and head.norm == "pain" and inner.level == Level.KNOWN:
            # "pain of" a disease or injury is the disease or injury.
            return inner._replace(first=outer.first, prep=outer.prep)
        if outer.end - outer.start == 1 and head.lower in self._lists["weary"]:
            # "Tired of tablets?"
            return inner._replace(first=outer.first, prep=outer.prep)
        if outer.level >= Level.SHAPE:
            return outer._replace(end=inner.end if outer.end == outer.last else outer.end, last=inner.last)
        if head.flags & (Flag.HEAD_MODIFIED | Flag.HEAD):
            return outer._replace(level=Level.SHAPE, why="", end=inner.end, last=inner.last)
        if inner.level >= Level.SHAPE:
            if outer.level == Level.UNKNOWN:
                return inner._replace(first=outer.first, start=outer.start, prep=outer.prep)
            return inner._replace(first=outer.first, prep=outer.prep)
        return outer._replace(end=inner.end, last=inner.last)

    def source_of_pain(self, chunk: Chunk, groups: list[list[Atom]], index: int) -> tuple[Chunk, int]:
        """ "pain from sprains" is about the sprains."""
        if index >= len(groups):
            return chunk, 0
        between = [self._lex[i] for i in range(chunk.last, groups[index][0].start)]
        if (
            not between
            or between[0].lower not in ("from", "of", "due")
            or any(x.kind not in (*_DETERMINING, Kind.TO, Kind.COLON) for x in between[1:])
        ):
            return chunk, 0
        inner = self._classify(groups[index], "", chunk.first)
        return (inner, 1) if inner.level >= Level.SHAPE else (chunk, 0)

    def change(self, chunk: Chunk, group: list[Atom], groups: list[list[Atom]], index: int) -> tuple[Chunk, int]:
        """ "rise in heart rate": a change of a vital sign is an effect where either alone is none."""
        if not self._lex[group[-1].end - 1].flags & Flag.CHANGE or group[-1].what in ("condition", "therapy", "rival"):
            return chunk, 0
        if chunk.last > group[-1].end:
            vital = any(self._vital(i, chunk.last) for i in range(group[-1].end, chunk.last))
            return (
                chunk._replace(level=Level.SHAPE, why="", start=group[0].start, end=chunk.last) if vital else chunk
            ), 0
        if index >= len(groups) or not self._vital(groups[index][-1].start, groups[index][-1].end):
            return chunk, 0
        between = [self._lex[i] for i in range(chunk.last, groups[index][0].start)]
        if (
            not between
            or between[0].lower not in ("in", "of", "to")
            or any(x.kind not in _DETERMINING for x in between[1:])
        ):
            return chunk, 0
        end = groups[index][-1].end
        return chunk._replace(level=Level.SHAPE, why="", start=group[0].start, end=end, last=end), 1

    def _vital(self, a: int, b: int) -> bool:
        """Whether tokens ``a:b`` are a vital sign, or the first of them is one."""
        return bool(self._lex[a].flags & Flag.VITAL) or self._view.words(a, b).lower() in self._lists["vital_signs"]

    def together(self, chunk: Chunk, groups: list[list[Atom]], index: int) -> tuple[Chunk, int]:
        """ "Diabetes with nerve damage" is one condition, "warts with minimal scarring" none of the kind."""
        lex = self._lex
        if chunk.end != chunk.last or index >= len(groups) or lex[chunk.last].lower != "with":
            return chunk, 0
        if any(lex[i].flags & Flag.PERSON for i in range(chunk.start, chunk.end)):
            return chunk, 0
        start = groups[index][0].start
        between = lex[chunk.last + 1 : start]
        if any(x.kind != Kind.DET or x.lower in self._lists["slight"] for x in between):
            return chunk, 0
        inner = self._classify(groups[index], "with", start)
        compound = inner.last < len(lex) and lex[inner.last].kind == Kind.HYPHEN
        if inner.level < Level.SHAPE or lex[start].lower in self._lists["slight"] or compound:
            return chunk, 0
        return chunk._replace(end=inner.end, last=inner.last), 1

    def placed(self, chunk: Chunk, groups: list[list[Atom]], index: int) -> tuple[Chunk, int]:
        """The phrase with the body sites behind it, and how many groups they take."""
        used = 0
        while index + used < len(groups) and self._sites.follows(chunk, groups[index + used]):
            end = groups[index + used][-1].end
            chunk = chunk._replace(end=end, last=end)
            used += 1
        return chunk, used
