"""Which noun phrases a cue governs: from the cue to the end of its clause, in the cue's direction.

Knows the shape of clauses, no words: those are classes of the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cryomine.extraction.chunks import Chunk, Level
from cryomine.extraction.crossing import Crossing
from cryomine.extraction.cues import Cue
from cryomine.extraction.lexicon import Kind
from cryomine.extraction.people import in_people, of_people, of_symptoms
from cryomine.extraction.subjects import Subjects
from cryomine.extraction.view import View
from cryomine.extraction.wholes import adjacent, with_object, with_subject

# What ends a clause, or begins one with a verb of its own.
_ENDS = frozenset((Kind.COMMA, Kind.SEMI, Kind.STOP, Kind.COLON))
_MEMBER_ENDS = _ENDS | {Kind.CONJ, Kind.OPEN}
# As many semicolons part the members of a list, not two clauses.
_PARTS = 2
_CLAUSE = frozenset((Kind.AUX, Kind.SUB, Kind.SEMI, Kind.STOP, Kind.COLON))


class Scoper:
    """Finds the chunks governed by a cue within one sentence ``a:b``."""

    def __init__(
        self, view: View, chunks: Sequence[Chunk], cues: Sequence[Cue], a: int, b: int, filler: frozenset[int]
    ) -> None:
        self._view = view
        self._lex = view.lex
        self._chunks = chunks
        # A bare preposition is too weak a cue to end another's scope.
        # Both halves of a cue end another's scope.
        self._starts = [cue.start for cue in cues]
        self._cue_tokens: dict[int, Cue] = {}
        for cue in cues:
            if not cue.weak:
                self._cue_tokens.update(dict.fromkeys(range(cue.start, cue.end), cue))
                if cue.other and cue.direction == "after":
                    self._cue_tokens.update(dict.fromkeys(range(*cue.other), cue))
        self._a, self._b = a, b
        # The semicolons and dashes, looked for when a cue first asks.
        self._parts: list[int] | None = None
        self._subjects = Subjects(view, chunks, self._cue_tokens, a, b)
        self._crossing = Crossing(view, self._cue_tokens, filler, b)

    def governed(self, cue: Cue) -> list[Chunk]:
        """The chunks in the scope of ``cue``, in text order; whether they are accepted is the binder's business."""
        if cue.direction == "after":
            return list(self._after(cue.other[1] if cue.other else cue.end, cue.entry.rule.relation))
        if cue.direction == "with-object":
            return with_object(self._view, self._chunks, cue)
        if cue.direction == "with-subject":
            return with_subject(self._view, self._chunks, cue)
        if cue.direction == "itself":
            inside = [c for c in self._chunks if cue.start <= c.start < cue.end and c.level >= Level.SHAPE]
            return inside or [Chunk(cue.start, cue.end, cue.start, cue.end, Level.SHAPE)]
        if cue.direction == "before":
            found = [*self._subjects.before(cue.start), *self._subjects.gapped(cue.end)]
            had = cue.entry.rule.needs == "object" and any(in_people(self._view, c, self._a) for c in found)
            # "People with asthma, gout and hives triggered by cold": only the hives are.
            return found[-1:] if had else found
        if cue.direction == "adjacent":
            return adjacent(self._view, self._chunks, cue.start)
        if cue.direction == "around" and cue.other is not None:
            first = next((i for i in range(cue.end, cue.other[0]) if self._lex[i].kind == Kind.SEMI), cue.other[0])
            return [c for c in self._chunks if c.start >= cue.end and c.end <= cue.other[0] == first]
        return [c for c in self._chunks if (c.start >= cue.end or c.end <= cue.start) and self._same_part(c, cue)]

    def _same_part(self, chunk: Chunk, cue: Cue) -> bool:
        """Whether a semicolon parts a phrase with a cue of its own from another ("Eases gout; ask us for details")."""
        low, high = sorted((chunk.start, cue.start))
        semi = next((i for i in range(low, high) if self._lex[i].kind == Kind.SEMI), None)
        if semi is None:
            return True
        if chunk.start > cue.start:
            # "Avoid the fumes; they are low in oxygen."
            return not any(self._lex[i].kind == Kind.PRON for i in range(semi, chunk.start))
        first = max((i for i in range(self._a, low) if self._lex[i].kind == Kind.SEMI), default=self._a)
        return not any(first <= start < semi for start in self._starts)

    def _after(self, at: int, relation: str) -> Iterator[Chunk]:
        """Follow a list of noun phrases to the right until the clause ends."""
        harms = relation == "side-effect"
        last, seen, listing, stopped, prep = at, False, False, False, ""
        announced = (at > self._a and self._lex[at - 1].kind == Kind.COLON) or self._listed_on(at)
        heads = self._heads(at) or self._view.only_an_idea(self._a, at)
        for chunk in self._chunks:
            if chunk.start < at or (chunk.start < last and not seen):
                continue
            until = chunk.first if chunk.first >= last else chunk.start
            announced = announced or (not seen and any(x.kind == Kind.COLON for x in self._lex[last:until]))
            verdict, example, aside_end = self._crossing(last, until, prep, seen=seen, announced=announced)
            joined = any(x.kind == Kind.CONJ for x in self._lex[last:until])
            stopped = stopped or verdict == "stop"
            if stopped and not seen:
                break
            if stopped and not self._resumes(last, chunk.first - 1, prep) and not self._member(at, chunk):
                continue
            stopped = False
            listing = listing or example
            brackets = self._brackets(last, chunk)
            last = max(last, chunk.last, brackets, aside_end)
            # "Can cause spasms in people with asthma": what they have is no harm.
            had = of_people(self._view, chunk, self._a) and not (
                harms and seen and in_people(self._view, chunk, self._a)
            )
            people = chunk.level == Level.KNOWN and (had or of_symptoms(self._view, chunk, self._a))
            if verdict == "aside" and not people:
                continue
            if seen and (self._abbreviation(chunk) or (brackets and chunk.first < chunk.start)):
                continue
            alternative = chunk.first and self._lex[chunk.first - 1].lower == "or"
            may_end = (seen or joined) and verdict == "list" and not (listing or alternative or heads)
            if may_end and self._subject(chunk):
                break
            yield chunk
            if not seen:
                prep = chunk.prep or self._lex[at - 1].lower
            seen = True

    def _listed_on(self, at: int) -> bool:
        """Whether a semicolon or dash parts no clauses but a list: "there may be redness; itching or numbness".

        Behind a dash the list begins with a known condition: "not on delicate skin – cuts, grazes or rashes".
        """
        if self._parts is None:
            self._parts = [i for i in range(self._a, self._b) if self._lex[i].kind in (Kind.SEMI, Kind.DASH)]
        part = next((i for i in self._parts if i >= at), self._b)
        behind = range(part + 1, self._b)
        if behind and self._lex[part].kind == Kind.DASH:
            first = next((c for c in self._chunks if c.start > part), None)
            if first is None or first.level < Level.KNOWN or first.start > part + 1:
                return False
        return bool(behind) and not any(
            i in self._cue_tokens
            or self._lex[i].kind in (Kind.AUX, Kind.SUB, Kind.PRON, Kind.NOT)
            or (self._lex[i].kind == Kind.VERB and not self._lex[i].lower.endswith(("ing", "ed")))
            for i in behind
        )

    def _heads(self, at: int) -> bool:
        """Whether a cue that ends at ``at`` is the subject's own noun: "Treatment of A, B and C may include …"."""
        bound = self._lex[at - 1].lower in ("of", "for")
        # "After treatment of a wart, a blister may form": the treatment is not the subject.
        bound = bound and not self._view.fronted(self._a)
        return bound and not any(x.kind in (Kind.AUX, Kind.VERB, Kind.PRON) for x in self._lex[self._a : at])

    def _resumes(self, last: int, at: int, prep: str) -> bool:
        """Whether the preposition ``at`` goes on with a list behind what qualified the member that ended at ``last``.

        "In tumours fixed to bone, in lesions with vague margins, and in patients with …".
        """
        lex = self._lex
        if at > last and lex[last].lower == "during" and lex[at].kind in (Kind.COMMA, Kind.CONJ):
            # "Pain during thawing, blistering and loss of pigment."
            return not any(lex[i].kind in _CLAUSE or i in self._cue_tokens for i in range(last + 1, at))
        if at > last and lex[last].lower in self._view.lists["meanwhile"] and lex[at].kind == Kind.CONJ:
            # "Stinging while it is sprayed on and a throbbing ache afterwards."
            return not any(lex[i].kind in _ENDS or i in self._cue_tokens for i in range(last + 1, at))
        if at <= last or lex[at].lower != prep or lex[at].kind not in (Kind.PREP, Kind.TO):
            return False
        before = at - 1
        while before > last and lex[before].kind in (Kind.ADV, Kind.DET):
            before -= 1
        if lex[before].kind not in (Kind.COMMA, Kind.CONJ):
            return False
        depth = 0
        for i in range(last, before):
            depth += (lex[i].kind == Kind.OPEN) - (lex[i].kind == Kind.CLOSE)
            verb = lex[i].kind == Kind.VERB and not lex[i].lower.endswith(("ed", "ing"))
            if not depth and (verb or i in self._cue_tokens or lex[i].kind in _CLAUSE):
                return False
        return True

    def _member(self, at: int, chunk: Chunk) -> bool:
        """Whether a phrase is a member of a list whose semicolons part what is said of the members.

        "Heart disease; Raynaud's, which comes with the cold; gout", for a cue that ends at ``at``.
        """
        semis = sum(x.kind == Kind.SEMI for x in self._lex[at : self._b])
        if semis < _PARTS or chunk.level < Level.SHAPE or self._lex[chunk.first - 1].kind != Kind.SEMI:
            return False
        return chunk.last >= self._b or self._lex[chunk.last].kind in _MEMBER_ENDS

    def _brackets(self, last: int, chunk: Chunk) -> int:
        """The end of the brackets in which a phrase stands; 0 where it stands in none that opened behind ``last``."""
        if not any(self._lex[i].kind == Kind.OPEN for i in range(last, max(last, chunk.start))):
            return 0
        return next((j + 1 for j in range(chunk.end, self._b) if self._lex[j].kind == Kind.CLOSE), 0)

    def _abbreviation(self, chunk: Chunk) -> bool:
        """Whether a phrase in brackets only abbreviates the one in front ("… soreness (DOMS)") or cites a source."""
        if chunk.end - chunk.start != 1 or not chunk.start or self._lex[chunk.start - 1].kind != Kind.OPEN:
            return False
        word = self._view.words(chunk.start, chunk.end)
        return sum(c.isupper() for c in word) >= 2

    def _subject(self, chunk: Chunk) -> bool:
        """Whether a phrase is the subject of a verb of its own ("… and swelling goes down")."""
        i = chunk.last
        while i < self._b and self._lex[i].kind in (Kind.ADV, Kind.NOT):
            i += 1
        if i >= self._b:
            return False
        kind = self._lex[i].kind
        if kind == Kind.AUX:
            return True
        return kind == Kind.VERB and not self._lex[i].lower.endswith(("ing", "ed"))
