"""Noun phrases without a parser: known names first, then runs of words between function words, verbs and punctuation.

Boundaries are punctuation, conjunctions, verbs and prepositions but "of". Knows nothing of relations.
"""

from __future__ import annotations

from collections.abc import Sequence

from cryomine.extraction.chunks import Atom, Chunk, Level, atom_of
from cryomine.extraction.fronts import Fronts
from cryomine.extraction.heads import Heads
from cryomine.extraction.hits import Hit
from cryomine.extraction.joints import Joints
from cryomine.extraction.knowledge import Knowledge
from cryomine.extraction.lexicon import COORDINATING, Kind
from cryomine.extraction.qualified import Qualified
from cryomine.extraction.sites import Sites
from cryomine.extraction.view import View

_WORD, _NUM, _POSS = Kind.WORD, Kind.NUM, Kind.POSS
_DETERMINING = frozenset((Kind.DET, Kind.PRON))
_QUANTIFYING = _DETERMINING | {Kind.ADV, Kind.NUM}
_LOOKED_THROUGH = frozenset((Kind.ADV, Kind.DET))
_IN_FRONT = _QUANTIFYING | {Kind.QUOTE}
_LEADING = frozenset((Kind.PREP, Kind.OF, Kind.TO))


class Chunker:
    """Cuts token ranges of one text into chunks."""

    def __init__(self, view: View, knowledge: Knowledge) -> None:
        self._view, self._lex, self._lists = view, view.lex, view.lists
        self._classify = Heads(view, knowledge)
        self._sites, self._qualified, self._fronts = Sites(view), Qualified(view), Fronts(view)
        self._joints = Joints(view, self._classify, self._sites)

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
            if hit is not None and hit.end <= b and not (hit.what == "weak" and i in cues) and not self._acts(hit, b):
                if current and lex[i].kind == Kind.DET:
                    # "for weight loss the plunge": a name with its article begins a phrase of its own.
                    groups.append(current)
                    current = []
                current.append(atom_of((hit.start, hit.end, hit.what, hit.key)))
                i = hit.end
                continue
            if i not in cues:
                kind = lex[i].kind
                if current and kind == _WORD and lex[i - 1].lower.endswith("-") and self._view.apart(i):
                    # "Next day- blisters": a hyphen in front of a space is a dash.
                    groups.append(current)
                    current = []
                if kind == _WORD or (current and ((kind == _NUM and self._view.apart(i)) or self._roman(i))):
                    current.append(atom_of((i, i + 1, "", "")))
                    i += 1
                    continue
                if current:
                    joins = i + 1 < b and i + 1 not in cues and lex[i + 1].kind in (_WORD, _NUM)
                    if kind == _POSS and not joins and current[-1].end == i and current[-1].what == "condition":
                        # "Alzheimer's, Parkinson's and …"
                        current[-1] = atom_of((current[-1].start, i + 1, current[-1].what, current[-1].key))
                    if kind == _POSS or (joins and (self._glues(i) or (kind == Kind.ADV and current[-1].end == i))):
                        i += 1
                        continue
            if current:
                groups.append(current)
                current = []
            i += 1
        if current:
            groups.append(current)
        return groups

    def _acts(self, hit: Hit, b: int) -> bool:
        """Whether a name of one word is a verb here, with a pronoun for its object ("and chills it")."""
        if hit.end - hit.start > 1 or hit.end >= b or self._lex[hit.end].lower not in self._lists["object_pronouns"]:
            return False
        return self._lex[hit.start].lower.endswith("s") and self._lex[hit.start - 1].kind in (Kind.CONJ, Kind.PRON)

    def _glues(self, i: int) -> bool:
        """Whether token ``i`` joins two words to one: a hyphen without a space ("pacemaker - chest only" has two)."""
        return self._lex[i].kind == Kind.HYPHEN and self._view.glued(i)

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
            used += 1
            if self._shares_head(inner, groups[index + used : index + used + 1]):
                # "Recurrence of benign and malignant tumours."
                inner = self._classify([*nxt, *groups[index + used]], "of", nxt[0].start)
                used += 1
            chunk = self._joints.of(chunk, group, inner)
        if chunk.level == Level.KNOWN and chunk.end - chunk.start == 1 and self._lex[chunk.start].norm == "pain":
            chunk, more = self._joints.source_of_pain(chunk, groups, index + used)
            used += more
        if chunk.level == Level.NONE and index + used < len(groups):
            # "Damage to the nerves": what is harmed makes it a condition.
            harm = self._lex[chunk.end - 1].norm in self._lists["harm_nouns"]
            if harm and self._sites.follows(chunk, groups[index + used]):
                chunk = chunk._replace(level=Level.SHAPE, why="")
        extra: list[Chunk] = []
        chunk, more = self._joints.change(chunk, group, groups, index + used)
        used += more
        if chunk.level >= Level.SHAPE or (chunk.level == Level.UNKNOWN and chunk.end == chunk.last):
            chunk, more = self._joints.placed(chunk, groups, index + used)
            used += more
            chunk, more = self._joints.together(chunk, groups, index + used)
            used += more
            if more:
                chunk, more = self._joints.placed(chunk, groups, index + used)
            else:
                chunk, extra, more = self._sites.shared(chunk, groups, index + used, limit)
            used += more
            end = 0 if extra else self._qualified.end(chunk, limit, cues)
            if end:
                chunk = chunk._replace(end=end, last=end)
                while index + used < len(groups) and groups[index + used][0].start < end:
                    used += 1
        return used, [chunk, *extra]

    def _shares_head(self, left: Chunk, behind: Sequence[list[Atom]]) -> bool:
        """Whether an adjective shares the head of the phrase that "and" or "or" joins to it."""
        if left.why != "an adjective alone" or not behind or behind[0][0].start != left.last + 1:
            return False
        return self._lex[left.last].kind == Kind.CONJ and behind[0][-1].end - behind[0][0].start > 1

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
