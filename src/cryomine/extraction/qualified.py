"""What limits a condition behind its name and belongs to it: when it was, that it is not under control.

"Heart attack in the last six months", "high blood pressure that is not treated", "cancer that has spread to the bones",
"bleeding requiring transfusion", "children under five", "tumours larger than 4 cm".
"""

from __future__ import annotations

from collections.abc import Sequence

from cryomine.extraction.chunks import Chunk, Level
from cryomine.extraction.lexicon import Flag, Kind, Lex
from cryomine.extraction.view import View

_COUNTS = frozenset((Kind.NUM, Kind.DET, Kind.ADV))
_CLAUSE_ENDS = frozenset(
    (Kind.COMMA, Kind.SEMI, Kind.STOP, Kind.COLON, Kind.CONJ, Kind.SUB, Kind.CLOSE, Kind.OPEN, Kind.DASH)
)
_NOMINAL = frozenset((Kind.WORD, Kind.DET, Kind.NUM, Kind.HYPHEN))
# A time has at most so many words between its preposition and its unit ("in the last three to six months").
_TIME_TOKENS = 7
# "That is not" says nothing yet.
_SHORTEST = 3


class Qualified:
    """Finds where a condition's name ends with what limits it."""

    def __init__(self, view: View) -> None:
        self._lex: Sequence[Lex] = view.lex
        lists = view.lists
        self._units, self._recent, self._relatives = lists["time_units"], lists["times_past"], lists["relatives"]
        self._settled, self._requiring = lists["settled"], lists["requiring"]
        self._bounds, self._measures, self._numbers = lists["bounds"], lists["measures"], lists["number_words"]
        self._having, self._time_prepositions = lists["having"], lists["time_prepositions"]

    def end(self, chunk: Chunk, limit: int, cues: frozenset[int]) -> int:
        """Where the phrase ends with its qualification, within tokens up to ``limit``; 0 where it has none."""
        if chunk.level < Level.SHAPE:
            return 0
        end = self._measure(chunk.end, limit)
        if end or chunk.end != chunk.last:
            return end
        return self._time(chunk, limit) or self._need(chunk.last, limit) or self._clause(chunk.last, limit, cues)

    def _measure(self, at: int, limit: int) -> int:
        """The end of an age or a size ("under 5", "aged under ten", "smaller than 4 cm"); 0 where there is none."""
        lex, i = self._lex, at
        while i < limit and lex[i].lower in self._bounds:
            i += 1
        if i == at or i >= limit or lex[i].kind not in (Kind.NUM, Kind.DET):
            return 0
        if lex[i].kind != Kind.NUM and lex[i].lower not in self._numbers:
            return 0
        end = i = i + 1
        while i < limit and lex[i].norm in self._measures:
            i += 1
        # "Children under 5" needs no unit; "less muscle over twelve weeks" says nothing about the muscle.
        return i if i > end or lex[at - 1].flags & Flag.PERSON else 0

    def _need(self, at: int, limit: int) -> int:
        """The end of what a complication made necessary ("bleeding requiring transfusion")."""
        if at + 1 >= limit or self._lex[at].lower not in self._requiring:
            return 0
        return next((i for i in range(at + 1, limit) if self._lex[i].kind not in _NOMINAL), limit)

    def _time(self, chunk: Chunk, limit: int) -> int:
        """The end of "in the last six months", "in the past", "three weeks ago", "(under 16) years of age"."""
        lex, i = self._lex, chunk.last
        aged = lex[chunk.end - 1].kind == Kind.NUM
        led = i < limit and lex[i].lower in self._time_prepositions
        recent = False
        for at in range(i + led, min(limit, i + _TIME_TOKENS)):
            word = lex[at]
            if word.norm in self._units:
                end = at + 1
                behind = [x.lower for x in lex[end : min(limit, end + 2)]]
                ago = behind[:1] == ["ago"] or behind[:1] == ["old"]
                if not (recent or ago or aged):
                    return 0
                return end + 2 if behind == ["of", "age"] else end + ago
            if word.lower in self._recent:
                recent = led
            elif word.kind not in _COUNTS:
                # "In the past" needs no unit.
                return at if recent and lex[at - 1].norm == "past" and word.kind in _CLAUSE_ENDS else 0
        return limit if recent and lex[limit - 1].norm == "past" else 0

    def _clause(self, at: int, limit: int, cues: frozenset[int]) -> int:
        """The end of a clause that says what it is not, or what it has done ("that has not been treated")."""
        lex = self._lex
        if at + 2 >= limit or lex[at].lower not in self._relatives or lex[at + 1].kind != Kind.AUX:
            return 0
        denied = lex[at + 2].kind == Kind.NOT
        perfect = lex[at + 1].lower in self._having and lex[at + 2].kind == Kind.VERB
        if not denied and not perfect:
            return 0
        # The verb of the sentence itself ends the clause: "cancer that has not spread may be frozen".
        ends = _CLAUSE_ENDS | {Kind.AUX}
        end = next((i for i in range(at + _SHORTEST, limit) if lex[i].kind in ends), limit)
        # What has been done to it may be the claim itself; what has not been done is none.
        told = not denied and any(i in cues for i in range(at, end))
        settled = any(lex[i].lower in self._settled for i in range(at, end))
        return 0 if end - at <= _SHORTEST or told or (denied and not settled) else end
