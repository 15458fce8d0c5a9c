"""Which noun phrases a cue governs: from the cue to the end of its clause, in the cue's direction.

Knows the shape of clauses, no words: those are classes of the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cryomine.extraction.chunks import Chunk, Level
from cryomine.extraction.lexicon import Flag, Kind
from cryomine.extraction.matcher import CueEntry
from cryomine.extraction.view import View


@dataclass(slots=True)
class Cue:
    """A cue found in a sentence: token range, the rule's entry, and the direction it takes here."""

    start: int
    end: int
    entry: CueEntry
    direction: str
    other: tuple[int, int] | None = None

    @property
    def weak(self) -> bool:
        """Whether the cue is a bare preposition: it needs a therapy beside it and a condition that is known."""
        return self.entry.rule.needs == "stated" and self.entry.rule.accept == "known"

    @property
    def rule_id(self) -> str:
        """The id of the rule."""
        return self.entry.rule.id


_JOIN = frozenset(
    (
        Kind.COMMA,
        Kind.CONJ,
        Kind.SLASH,
        Kind.DET,
        Kind.ADV,
        Kind.QUOTE,
        Kind.NUM,
        Kind.OPEN,
        Kind.CLOSE,
        Kind.SPACE,
        Kind.HYPHEN,
    )
)


def passive(view: View, cue_start: int, cue_end: int, floor: int) -> bool:
    """Whether a cue that ends in a participle is passive here: a form of "be" in front, or "with"/"by" behind it."""
    i = cue_end - 2
    while i >= floor and cue_end - i <= 6:
        lex = view.lex[i]
        if lex.flags & Flag.BE:
            return True
        if lex.kind not in (Kind.ADV, Kind.NOT, Kind.AUX) and i < cue_start:
            break
        i -= 1
    return cue_end < len(view) and view.lex[cue_end].lower in view.lists["passive_agents"]


class Scoper:
    """Finds the chunks governed by a cue within one sentence ``a:b``."""

    def __init__(
        self, view: View, chunks: Sequence[Chunk], cues: Sequence[Cue], a: int, b: int, filler: frozenset[int]
    ) -> None:
        self._view = view
        self._lex = view.lex
        self._chunks = chunks
        # A bare preposition is too weak a cue to end another's scope.
        self._cue_tokens = {i: c for c in cues if not c.weak for i in range(c.start, c.end)}
        self._a, self._b = a, b
        # Tokens of hedges ("in rare cases") do not end a list.
        self._filler = filler
        self._prep = ""

    def governed(self, cue: Cue) -> list[Chunk]:
        """The chunks in the scope of ``cue``, in text order; whether they are accepted is the binder's business."""
        if cue.direction == "after":
            return list(self._after(cue.other[1] if cue.other else cue.end))
        if cue.direction == "with-object":
            return self._with_object(cue)
        if cue.direction == "with-subject":
            return self._with_subject(cue)
        if cue.direction == "before":
            return self._before(cue.start)
        if cue.direction == "adjacent":
            return self._adjacent(cue.start)
        if cue.direction == "around" and cue.other is not None:
            return [c for c in self._chunks if c.start >= cue.end and c.end <= cue.other[0]]
        return [c for c in self._chunks if c.start >= cue.end or c.end <= cue.start]

    def _after(self, at: int) -> Iterator[Chunk]:
        """Follow a list of noun phrases to the right until the clause ends."""
        last, seen, listing = at, False, False
        for chunk in self._chunks:
            if chunk.start < at or (chunk.start < last and not seen):
                continue
            verdict, example = self._crossing(last, chunk.first if chunk.first >= last else chunk.start, seen)
            if verdict == "stop":
                break
            listing = listing or example
            brackets = self._brackets(last, chunk)
            last = max(last, chunk.last, brackets)
            people = chunk.level is Level.KNOWN and (self._of_people(chunk) or self._of_symptoms(chunk.first - 1))
            if verdict == "aside" and not people:
                continue
            if seen and (self._abbreviation(chunk) or (brackets and chunk.first < chunk.start)):
                continue
            if seen and verdict == "list" and not listing and self._subject(chunk):
                break
            yield chunk
            if not seen:
                self._prep = chunk.prep or self._lex[at - 1].lower
            seen = True

    def _brackets(self, last: int, chunk: Chunk) -> int:
        """The end of the brackets in which a phrase stands; 0 where it stands in none that opened behind ``last``."""
        if not any(self._lex[i].kind == Kind.OPEN for i in range(last, max(last, chunk.start))):
            return 0
        return next((j + 1 for j in range(chunk.end, self._b) if self._lex[j].kind == Kind.CLOSE), 0)

    def _with_object(self, cue: Cue) -> list[Chunk]:
        """The cue and its object as one condition ("delay wound healing"); a body part or function can be it."""
        for chunk in self._chunks:
            if chunk.start < cue.end:
                continue
            between = [self._lex[i].kind for i in range(cue.end, chunk.first)]
            if any(k not in (Kind.DET, Kind.ADV, Kind.PRON) for k in between):
                return []
            if chunk.level is Level.KNOWN:
                return [chunk]
            if (
                chunk.why in ("names a part of the body", "a wellness benefit, no condition")
                or chunk.level > Level.NONE
            ):
                return [replace(chunk, start=cue.start, first=cue.start, level=Level.SHAPE, why="")]
            return []
        return []

    def _with_subject(self, cue: Cue) -> list[Chunk]:
        """The subject and the cue as one condition ("tissue was not damaged"), for body parts and vital signs."""
        for chunk in reversed(self._chunks):
            if chunk.last > cue.start:
                continue
            if any(self._lex[i].kind not in (Kind.ADV, Kind.AUX) for i in range(chunk.last, cue.start)):
                return []
            flags = self._lex[chunk.end - 1].flags
            if chunk.level is Level.NONE and (flags & (Flag.BODY | Flag.VITAL) or chunk.what == "body"):
                return [replace(chunk, end=cue.end, last=cue.end, level=Level.SHAPE, why="")]
            return []
        return []

    def _crossing(self, left: int, right: int, seen: bool) -> tuple[str, bool]:
        """What lies between two phrases: ``list``, ``through``, ``aside`` (a new prepositional phrase) or ``stop``."""
        verdict, example = "list", False
        skip = left
        for i in range(left, right):
            lex = self._lex[i]
            if i < skip or i in self._filler:
                continue
            if (
                seen
                and lex.kind == Kind.SUB
                and lex.lower in ("if", "when", "where")
                and self._lex[i - 1].kind in (Kind.COMMA, Kind.CONJ, Kind.OPEN)
            ):
                # A clause between commas: "redness and, if you stay too long, blisters".
                comma = next((j for j in range(i, self._b) if self._lex[j].kind in (Kind.COMMA, Kind.CLOSE)), None)
                if comma is not None and comma >= right:
                    return "aside", example
                if comma is not None:
                    skip = comma + 1
                    continue
            if lex.kind == Kind.OPEN:
                # "erythema (12 %), oedema (8 %)": what the brackets hold does not end the list.
                close = next((j for j in range(i, right) if self._lex[j].kind == Kind.CLOSE), None)
                skip = close + 1 if close is not None else skip
                continue
            if lex.lower == "as" and [x.lower for x in self._lex[i : i + 3]] == ["as", "well", "as"]:
                skip = i + 3
                continue
            if lex.kind == Kind.NOT and i + 1 < right and self._lex[i + 1].lower in self._view.lists["only"]:
                continue
            if lex.lower in self._view.lists["involving"] and i > left:
                # "conditions that involve irritation of a nerve"
                continue
            if lex.kind == Kind.SUB and i + 1 < right and self._lex[i + 1].lower in self._view.lists["involving"]:
                continue
            if lex.lower in self._view.lists["example_words"] and not (
                lex.lower == "as" and seen and self._lex[i - 1].lower not in ("such", "well")
            ):
                example, verdict = True, "list"
                continue
            cue = self._cue_tokens.get(i)
            if cue is not None and i >= left and not cue.start < left:
                if cue.direction == "carry":
                    continue
                return "stop", example
            if lex.kind in _JOIN or lex.kind == Kind.OF:
                continue
            if lex.kind in (Kind.PREP, Kind.TO):
                if seen and self._counts(i, right):
                    # "nerve palsy in five, haematoma in three"
                    skip = i + 2
                    continue
                if seen and lex.lower == self._prep and self._lex[i - 1].kind in (Kind.CONJ, Kind.COMMA):
                    # "in phantom limb pain and in spasticity"
                    continue
                if not seen:
                    if lex.lower in self._view.lists["scope_ends"]:
                        return "stop", example
                    continue
                if lex.lower in self._view.lists["scope_ends"]:
                    return "stop", example
                verdict = "aside"
                continue
            if lex.kind == Kind.PRON or lex.kind == Kind.POSS:
                continue
            if lex.kind == Kind.COLON:
                continue
            if (
                seen
                and lex.flags & Flag.BE
                and lex.kind == Kind.AUX
                and self._lex[i - 1].kind in (Kind.CONJ, Kind.COMMA)
            ):
                # "have asthma or are pregnant"
                continue
            if (lex.kind == Kind.SUB and lex.lower in ("who", "whose")) or (
                lex.kind == Kind.AUX and lex.lower in ("have", "has", "having", "had")
            ):
                verdict = "aside" if seen else verdict
                continue
            if lex.kind == Kind.VERB and lex.lower in self._view.lists["suffering"]:
                continue
            if lex.kind == Kind.WORD or lex.kind == Kind.NUM:
                continue
            if not seen and lex.kind in (Kind.VERB,) and lex.lower.endswith("ing"):
                continue
            return "stop", example
        return verdict, example

    def _of_symptoms(self, last: int) -> bool:
        """Whether the phrase in front only says "symptoms" ("symptoms in late stages of …")."""
        return last > self._a and self._lex[last - 1].norm in self._view.lists["symptom_words"]

    def _abbreviation(self, chunk: Chunk) -> bool:
        """Whether a phrase in brackets only abbreviates the one in front ("… soreness (DOMS)") or cites a source."""
        if chunk.end - chunk.start != 1 or not chunk.start or self._lex[chunk.start - 1].kind != Kind.OPEN:
            return False
        word = self._view.words(chunk.start, chunk.end)
        return sum(c.isupper() for c in word) >= 2

    def _of_people(self, chunk: Chunk) -> bool:
        """Whether a phrase says what people have ("in patients with gout")."""
        i = chunk.first - 1
        while i >= self._a and self._lex[i].kind in (Kind.PREP, Kind.DET, Kind.ADV, Kind.SUB, Kind.AUX, Kind.VERB):
            i -= 1
        return i >= self._a and bool(self._lex[i].flags & Flag.PERSON)

    def _counts(self, i: int, right: int) -> bool:
        """Whether a preposition only leads to a number of cases ("in five, …")."""
        if i + 2 >= right or self._lex[i + 1].kind not in (Kind.NUM, Kind.DET):
            return False
        return self._lex[i + 2].kind in (Kind.COMMA, Kind.CONJ)

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

    def _before(self, at: int) -> list[Chunk]:
        """The list of noun phrases that is the subject of a cue."""
        found: list[Chunk] = []
        at = right = self._past_aside(at)
        for chunk in reversed(self._chunks):
            if chunk.start >= at or (chunk.last > right + 1 and chunk.end > right):
                continue
            between = range(chunk.last, right)
            kinds = [self._lex[i].kind for i in between if i not in self._cue_tokens]
            if found:
                if not self._coordinated(between):
                    break
            elif (
                any(k in (Kind.SEMI, Kind.STOP, Kind.COLON) for k in kinds)
                or Kind.VERB in kinds
                or Kind.SUB in kinds
                or (Kind.CONJ in kinds and Kind.COMMA in kinds)
            ):
                break
            if not found and (chunk.level is Level.NONE and chunk.what not in ("therapy", "rival")):
                right = chunk.first
                continue
            found.append(chunk)
            right = min(right, chunk.first)
        return found[::-1]

    def _past_aside(self, at: int) -> int:
        """Where the subject of a cue may end: in front of a part between commas ("a blister, at times, may form")."""
        if at - 1 <= self._a or self._lex[at - 1].kind != Kind.COMMA:
            return at
        for i in range(at - 2, self._a, -1):
            if self._lex[i].kind == Kind.COMMA:
                return i
            if self._lex[i].kind in (Kind.SEMI, Kind.STOP, Kind.CONJ):
                return at
        return at

    def _coordinated(self, between: range) -> bool:
        if not len(between):
            return True
        return all(
            i not in self._cue_tokens
            and (self._lex[i].kind in _JOIN or self._lex[i].lower in self._view.lists["example_words"])
            for i in between
        )

    def _adjacent(self, at: int) -> list[Chunk]:
        """The phrase glued to the front of a cue ("hangover relief"), with what is joined to it by and/or."""
        found: list[Chunk] = []
        right = at
        for chunk in reversed(self._chunks):
            if chunk.last > right:
                continue
            between = [self._lex[i].kind for i in range(chunk.last, right)]
            if not found:
                if between not in ([], [Kind.HYPHEN]):
                    break
            elif between not in ([Kind.CONJ], [Kind.SLASH]):
                break
            found.append(chunk)
            right = chunk.first
        return found[::-1]
