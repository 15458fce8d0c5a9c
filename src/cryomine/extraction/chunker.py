"""Noun phrases without a parser: known names first, then runs of words between function words, verbs and punctuation.

Boundaries are punctuation, conjunctions, verbs and prepositions but "of". Knows nothing of relations.
"""

from __future__ import annotations

from collections.abc import Sequence

from cryomine.extraction.chunks import Atom, Chunk, Level, atom_of
from cryomine.extraction.fronts import Fronts
from cryomine.extraction.heads import Heads
from cryomine.extraction.hits import Hit
from cryomine.extraction.knowledge import Knowledge
from cryomine.extraction.lexicon import COORDINATING, Flag, Kind
from cryomine.extraction.qualified import Qualified
from cryomine.extraction.sites import Sites
from cryomine.extraction.view import View

_WORD, _NUM, _POSS = Kind.WORD, Kind.NUM, Kind.POSS
_GLUE = frozenset((Kind.HYPHEN, Kind.POSS))
_DETERMINING = frozenset((Kind.DET, Kind.PRON))
_QUANTIFYING = _DETERMINING | {Kind.ADV, Kind.NUM}
_LOOKED_THROUGH = frozenset((Kind.ADV, Kind.DET))
_IN_FRONT = _QUANTIFYING | {Kind.QUOTE}
_LEADING = frozenset((Kind.PREP, Kind.OF, Kind.TO))


class Chunker:
    """Cuts token ranges of one text into chunks."""

    def __init__(self, view: View, knowledge: Knowledge) -> None:
        self._lex, self._lists = view.lex, view.lists
        self._classify = Heads(view, knowledge)
        self._sites, self._qualified, self._fronts = Sites(view), Qualified(view), Fronts(view)

    def __call__(self, a: int, b: int, names: Sequence[Hit], cues: frozenset[int]) -> list[Chunk]:
        """The chunks of tokens ``a:b`` in text order; nested readings of a coordination stand beside each other.

        ``names`` are the names found there, ``cues`` the tokens that cues occupy.
        """
        groups = self._groups(a, b, {n.start: n for n in names}, cues)
        chunks: list[Chunk] = []
        index = 0
        while index < len(groups):
            used, made = self._phrase(groups, index, b, cues)
            end = self._sites.state_end(made[0], b, cues) if made[0].level < Level.SHAPE else 0
            if end:
                made = [made[0]._replace(end=end, last=end, level=Level.SHAPE, why="", what="")]
                while index + used < len(groups) and groups[index + used][0].start < end:
                    used += 1
            chunks += made
            index += used
        return self._appearances(self._fronts.extended(self._sites.coordinated(chunks), cues))

    def _appearances(self, chunks: list[Chunk]) -> list[Chunk]:
        """ "turned white", "looks blue and waxy": what a part of the body has become is a state, a colour is none."""
        lex, lists, end = self._lex, self._lists, -1
        becoming = lists["becoming"]
        for index, chunk in enumerate(chunks):
            at = chunk.first
            while at and lex[at - 1].kind in _LOOKED_THROUGH:
                at -= 1
            became = at > 0 and lex[at - 1].lower in becoming
            joined = -1 < end < at and all(lex[i].kind in COORDINATING for i in range(end, at))
            if not joined and not became:
                end = -1
                continue
            if chunk.level <= Level.UNKNOWN and lex[chunk.end - 1].lower in lists["appearances"]:
                chunks[index] = chunk._replace(level=Level.KNOWN, why="", what="state", key="state")
            end = chunk.last
        return chunks

    def _groups(self, a: int, b: int, names: dict[int, Hit], cues: frozenset[int]) -> list[list[Atom]]:
        lex = self._lex
        groups: list[list[Atom]] = []
        current: list[Atom] = []
        i = a
        while i < b:
            hit = names.get(i)
            if hit is not None and hit.end <= b and not (hit.what == "weak" and i in cues):
                if current and lex[i].kind == Kind.DET:
                    # "for weight loss the plunge": a name with its article begins a phrase of its own.
                    groups.append(current)
                    current = []
                current.append(atom_of((hit.start, hit.end, hit.what, hit.key)))
                i = hit.end
                continue
            if i not in cues:
                kind = lex[i].kind
                if kind == _WORD or (current and (kind == _NUM or self._roman(i))):
                    current.append(atom_of((i, i + 1, "", "")))
                    i += 1
                    continue
                if current:
                    joins = i + 1 < b and i + 1 not in cues and lex[i + 1].kind in (_WORD, _NUM)
                    if kind == _POSS or (joins and (kind in _GLUE or (kind == Kind.ADV and current[-1].end == i))):
                        i += 1
                        continue
            if current:
                groups.append(current)
                current = []
            i += 1
        if current:
            groups.append(current)
        return groups

    def _roman(self, i: int) -> bool:
        """Whether token ``i`` is the number one, not the pronoun ("stage I renal cell cancer")."""
        return self._lex[i].lower == "i" and self._lex[i - 1].lower in self._lists["numbered"]

    def _phrase(
        self, groups: list[list[Atom]], index: int, limit: int, cues: frozenset[int]
    ) -> tuple[int, list[Chunk]]:
        """The chunk that begins with group ``index``, and how many groups it uses."""
        group = groups[index]
        prep, first = self._front(group[0].start)
        used = 1
        chunk = self._classify(group, prep, first)
        # "X of Y": attach, or look through a container ("forms of", "risk of").
        while index + used < len(groups) and self._only_of(chunk.last, groups[index + used][0].start):
            nxt = groups[index + used]
            inner = self._classify(nxt, "of", nxt[0].start)
            chunk = self._attach(chunk, group, inner)
            used += 1
        if chunk.level == Level.KNOWN and chunk.end - chunk.start == 1 and self._lex[chunk.start].norm == "pain":
            chunk, more = self._source_of_pain(chunk, groups, index + used)
            used += more
        if chunk.level == Level.NONE and index + used < len(groups):
            # "Damage to the nerves": what is harmed makes it a condition.
            harm = self._lex[chunk.end - 1].norm in self._lists["harm_nouns"]
            if harm and self._sites.follows(chunk, groups[index + used]):
                chunk = chunk._replace(level=Level.SHAPE, why="")
        extra: list[Chunk] = []
        chunk, more = self._change(chunk, group, groups, index + used)
        used += more
        if chunk.level >= Level.SHAPE or (chunk.level == Level.UNKNOWN and chunk.end == chunk.last):
            chunk, more = self._placed(chunk, groups, index + used)
            used += more
            chunk, more = self._together(chunk, groups, index + used)
            used += more
            if more:
                chunk, more = self._placed(chunk, groups, index + used)
            else:
                chunk, extra, more = self._sites.shared(chunk, groups, index + used, limit)
            used += more
            end = 0 if extra else self._qualified.end(chunk, limit, cues)
            if end:
                chunk = chunk._replace(end=end, last=end)
                while index + used < len(groups) and groups[index + used][0].start < end:
                    used += 1
        return used, [chunk, *extra]

    def _front(self, start: int) -> tuple[str, int]:
        """The preposition in front of a phrase, determiners looked through, and where the phrase begins with them."""
        lex, i = self._lex, start
        while i > 0 and lex[i - 1].kind in _IN_FRONT:
            i -= 1
        if i > 0 and lex[i - 1].kind in _LEADING:
            return lex[i - 1].lower, i
        return "", i

    def _only_of(self, last: int, start: int) -> bool:
        lex = self._lex
        if last >= start or lex[last].kind != Kind.OF:
            return False
        return all(lex[i].kind in _QUANTIFYING for i in range(last + 1, start))

    def _attach(self, outer: Chunk, group: list[Atom], inner: Chunk) -> Chunk:
        """Join "outer of inner"."""
        head = self._lex[group[-1].end - 1]
        if outer.what in ("therapy", "rival"):
            return outer._replace(last=inner.last)
        if head.flags & Flag.TRANSPARENT and inner.level > Level.NONE:
            # "severe forms of X" keeps its severity; "many forms of X" and "a history of X" are X.
            keeps = len(group) > 1 and self._lex[group[0].start].flags & Flag.MODIFIER
            return inner._replace(first=outer.first, start=outer.start if keeps else inner.start, prep=outer.prep)
        if len(group) == 1 and head.norm == "pain" and inner.level == Level.KNOWN:
            # "pain of" a disease or injury is the disease or injury.
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

    def _source_of_pain(self, chunk: Chunk, groups: list[list[Atom]], index: int) -> tuple[Chunk, int]:
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

    def _placed(self, chunk: Chunk, groups: list[list[Atom]], index: int) -> tuple[Chunk, int]:
        """The phrase with the body sites behind it, and how many groups they take."""
        used = 0
        while index + used < len(groups) and self._sites.follows(chunk, groups[index + used]):
            end = groups[index + used][-1].end
            chunk = chunk._replace(end=end, last=end)
            used += 1
        return chunk, used

    def _together(self, chunk: Chunk, groups: list[list[Atom]], index: int) -> tuple[Chunk, int]:
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

    def _change(self, chunk: Chunk, group: list[Atom], groups: list[list[Atom]], index: int) -> tuple[Chunk, int]:
        """ "rise in heart rate": a change of a vital sign is an effect where either alone is none."""
        if not self._lex[group[-1].end - 1].flags & Flag.CHANGE or group[-1].what in ("condition", "therapy", "rival"):
            return chunk, 0
        if chunk.last > group[-1].end:
            vital = any(self._lex[i].flags & Flag.VITAL for i in range(group[-1].end, chunk.last))
            return (
                chunk._replace(level=Level.SHAPE, why="", start=group[0].start, end=chunk.last) if vital else chunk
            ), 0
        if index >= len(groups) or not self._lex[groups[index][-1].end - 1].flags & Flag.VITAL:
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
