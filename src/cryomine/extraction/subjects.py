"""The subject of a cue that follows it: the list of noun phrases in front, asides and relative clauses passed over.

Knows the shape of clauses, no words: those are classes of the lexicon.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from cryomine.extraction.chunks import Chunk, Level
from cryomine.extraction.clauses import second_verb
from cryomine.extraction.crossing import JOINS
from cryomine.extraction.cues import Cue
from cryomine.extraction.lexicon import Kind
from cryomine.extraction.view import View

_ENDS = frozenset((Kind.SEMI, Kind.STOP, Kind.COLON))
_VERBAL = frozenset((Kind.AUX, Kind.VERB, Kind.ADV, Kind.NOT))


class Subjects:
    """Finds the chunks in front of a cue within one sentence ``a:b``; ``cues`` are the cues by token."""

    def __init__(self, view: View, chunks: Sequence[Chunk], cues: Mapping[int, Cue], a: int, b: int) -> None:
        self._view, self._lex, self._chunks, self._cue_tokens = view, view.lex, chunks, cues
        self._a, self._b = a, b

    def before(self, at: int) -> list[Chunk]:
        """The list of noun phrases that is the subject of a cue."""
        found: list[Chunk] = []
        at = right = self._past_aside(at)
        first = next((c for c in self._chunks if c.last <= at), None)
        if first is not None and self._relative(first, at):
            # "Warts that have not responded to acid [can be frozen]."
            return [first]
        for chunk in reversed(self._chunks):
            if chunk.start >= at or (chunk.last > right + 1 and chunk.end > right):
                continue
            between = range(chunk.last, right)
            kinds = [
                self._lex[i].kind
                for i in between
                if (i not in self._cue_tokens or self._encloses(i)) and not self._raises(i)
            ]
            if found and chunk.level == Level.NONE and chunk.prep and self._lex[chunk.last].kind != Kind.OF:
                # "a hernia in the area, broken skin and obesity"
                at_prep = chunk.first - 1
                if self._coordinated(between) and self._lex[at_prep].kind == Kind.PREP:
                    right = at_prep
                    continue
                break
            if found:
                if not self._coordinated(between):
                    break
            elif self._relative(chunk, at) or self._reduced(chunk, right):
                pass
            elif (
                any(k in (Kind.SEMI, Kind.STOP, Kind.COLON) for k in kinds)
                or Kind.VERB in kinds
                or Kind.SUB in kinds
                or (Kind.CONJ in kinds and Kind.COMMA in kinds)
            ):
                break
            if not found and self._became(chunk):
                # "May become crusted and fall off": not the crusts do.
                break
            if found and chunk.prep in ("of", "for") and chunk.last <= self._fronted(right):
                # "After treatment of a wart, a blister may form": the wart does not.
                break
            if found and chunk.prep in self._view.lists["times"]:
                # "after my operation and the swelling was gone"
                break
            if not found and chunk.level == Level.NONE and chunk.prep in self._view.lists["times"]:
                # "Swelling after exercise [may occur]."
                right = chunk.first - 1
                continue
            if not found and chunk.level == Level.UNKNOWN and self._attribute(chunk):
                # "Carcinomas with low-risk features [may be treated]."
                right = chunk.first - 1
                continue
            if not found and (chunk.level == Level.NONE and chunk.what not in ("therapy", "rival")):
                right = chunk.first
                continue
            found.append(chunk)
            right = min(right, chunk.first)
        return found[::-1]

    def _attribute(self, chunk: Chunk) -> bool:
        """Whether a phrase says with or without what the condition in front of it is."""
        head = next((c for c in self._chunks if c.level >= Level.SHAPE and c.last == chunk.first - 1), None)
        if head is None:
            return False
        # "Injury to nearby structures such as the bowel can occur."
        harm = chunk.prep == "to" and self._lex[head.end - 1].norm in self._view.lists["harm_nouns"]
        return harm or chunk.prep in ("with", "without")

    def _relative(self, chunk: Chunk, at: int) -> bool:
        """Whether a relative clause parts the subject with which the sentence begins from its verb.

        "Cancer that has come back on the surface [is treated by …]".
        """
        lex = self._lex
        if chunk.first > self._a + 1 or chunk.level < Level.SHAPE or chunk.last + 1 >= at:
            return False
        inside = range(chunk.last + 1, at)
        if lex[chunk.last].lower not in self._view.lists["relatives"] or any(lex[i].kind in _ENDS for i in inside):
            return False
        # The cue has to be another verb than that of the clause: "warts that [respond]" are no subject by themselves.
        verbs = [i for i in (*inside, at) if lex[i].kind in _VERBAL]
        # "Pain that will not go away [can be treated]": an auxiliary behind a verb begins another.
        return second_verb(lex, inside.start + 1, at + 1) or any(later - verb > 1 for verb, later in pairwise(verbs))

    def _became(self, chunk: Chunk) -> bool:
        """Whether a phrase is an adjective that says what something has become ("become crusted")."""
        one = chunk.level >= Level.SHAPE and chunk.end - chunk.start == 1 and chunk.first > self._a
        front = self._lex[chunk.first - 1]
        return one and front.kind == Kind.VERB and front.lower in self._view.lists["becoming"]

    def _reduced(self, chunk: Chunk, right: int) -> bool:
        """ "Tendonitis caused by overuse [can be treated]": a participle with its preposition is no verb."""
        i = chunk.last
        if i + 1 >= right or chunk.level < Level.SHAPE or self._lex[i].kind != Kind.VERB:
            return False
        participle = self._lex[i].lower.endswith("ed") and self._lex[i + 1].kind in (Kind.PREP, Kind.TO)
        # "Numbness lasting weeks [may occur]."
        participle = participle or self._lex[i].lower == "lasting"
        return participle and not any(x.kind in _ENDS or x.kind == Kind.VERB for x in self._lex[i + 1 : right])

    def _fronted(self, right: int) -> int:
        """Where the phrase ends that opens the sentence in front of ``right``; the sentence's start if none does."""
        if not self._view.fronted(self._a):
            return self._a
        return next((i for i in range(self._a, right) if self._lex[i].kind == Kind.COMMA), self._a)

    def _raises(self, i: int) -> bool:
        """Whether a verb only says how sure or how far a later one is ("pains [seem] to fade")."""
        to = i + 1 < self._b and self._lex[i + 1].kind == Kind.TO
        return to and self._lex[i].lower in self._view.lists["raising"]

    def _encloses(self, i: int) -> bool:
        """Whether token ``i`` is a cue that has its conditions inside ("it makes … go away")."""
        return self._cue_tokens[i].direction == "around"

    def gapped(self, at: int) -> list[Chunk]:
        """ "Oedema occurred in five patients, pain in four": phrases that share a verb and give a number."""
        if not self._in_number(at):
            return []
        begins = (Kind.COMMA, Kind.CONJ, Kind.SEMI)
        behind = [c for c in self._chunks if c.first > at and self._lex[c.first - 1].kind in begins]
        return [c for c in behind if self._in_number(c.last)]

    def _in_number(self, i: int) -> bool:
        """Whether "in five" stands at token ``i``; number words are determiners."""
        return i + 1 < self._b and self._lex[i].lower == "in" and self._lex[i + 1].kind in (Kind.NUM, Kind.DET)

    def _past_aside(self, at: int) -> int:
        """Where the subject of a cue may end: in front of a part between commas.

        "A blister, at times, may form"; "desmoids, which are benign but can grow, respond well".
        """
        comma = at - 1
        while comma > self._a and self._lex[comma].kind in _VERBAL - {Kind.VERB}:
            comma -= 1
        if self._lex[comma].kind == Kind.DASH:
            # "Tendonitis – a common complaint – can be treated."
            return next((i for i in range(comma - 1, self._a, -1) if self._lex[i].kind == Kind.DASH), at)
        if self._lex[comma].kind == Kind.CLOSE:
            # "Numbness (grade two or more) was less frequent."
            opened = next((i for i in range(comma, self._a, -1) if self._lex[i].kind == Kind.OPEN), at)
            named = any(opened < c.start < comma and c.level >= Level.SHAPE for c in self._chunks)
            return at if named else opened
        if comma <= self._a or self._lex[comma].kind != Kind.COMMA:
            return at
        joined = False
        for i in range(comma - 1, self._a, -1):
            lex = self._lex[i]
            if lex.kind == Kind.COMMA and (not joined or self._relates(i + 1)):
                return i
            if lex.kind in (Kind.SEMI, Kind.STOP):
                return at
            joined = joined or lex.kind in (Kind.CONJ, Kind.COMMA)
        return at

    def _without_asides(self, between: range) -> list[int]:
        """The tokens outside of brackets and relative clauses: "redness (see below), which fades, and itching"."""
        kept: list[int] = []
        closing = ""
        for i in between:
            lex = self._lex[i]
            if closing:
                closing = "" if lex.kind == (Kind.CLOSE if closing == ")" else Kind.COMMA) else closing
            elif lex.kind == Kind.OPEN:
                closing = ")"
            elif lex.kind == Kind.COMMA and i + 1 < self._b and self._relates(i + 1):
                closing = ","
            else:
                kept.append(i)
        return kept

    def _relates(self, i: int) -> bool:
        """Whether a relative clause begins at token ``i`` ("which …", "in which …")."""
        at = i + 1 if self._lex[i].kind == Kind.PREP else i
        return self._lex[at].lower in ("which", "who")

    def _coordinated(self, between: range) -> bool:
        return all(
            i not in self._cue_tokens
            and (self._lex[i].kind in JOINS or self._lex[i].lower in self._view.lists["example_words"])
            for i in self._without_asides(between)
        )
