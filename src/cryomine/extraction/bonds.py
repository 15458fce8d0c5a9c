"""Which condition each cue of a sentence governs: one bond for each noun phrase, and what is refused and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cryomine.extraction.accepts import ACCEPT, felt, had
from cryomine.extraction.chunks import Chunk, Level
from cryomine.extraction.cues import Cue
from cryomine.extraction.knowledge import Knowledge
from cryomine.extraction.lexicon import Flag, Kind
from cryomine.extraction.scope import Scoper
from cryomine.extraction.view import View

_JOINS = frozenset((Kind.COMMA, Kind.CONJ, Kind.SLASH, Kind.DET, Kind.ADV, Kind.OPEN, Kind.CLOSE, Kind.NUM, Kind.QUOTE))
# The narrower the scope, the surer the bond: it wins where two cues claim one noun phrase.
_RANK = {
    "around": 0,
    "adjacent": 1,
    "after": 2,
    "before": 3,
    "carry": 4,
    "with-object": 4,
    "with-subject": 4,
    "itself": 4,
    "sentence": 5,
}
# A bare preposition is the weakest of cues.
_WEAKEST = 7
# "Such conditions include" stands at the beginning of its sentence.
_CARRY_REACH = 4
_NOBODY = "nobody is said to have it"


@dataclass(slots=True)
class Bond:
    """A cue and a condition that it governs."""

    cue: Cue
    chunk: Chunk


Refusal = tuple[Chunk, Cue, str]


class Binder:
    """Binds the cues of tokens ``a:b`` to its noun phrases; ``filler`` are tokens of hedges."""

    def __init__(
        self,
        view: View,
        knowledge: Knowledge,
        chunks: Sequence[Chunk],
        cues: Sequence[Cue],
        filler: frozenset[int],
        a: int,
        b: int,
    ) -> None:
        self._view, self._lex, self._knowledge = view, view.lex, knowledge
        self._chunks, self._cues, self._a = chunks, cues, a
        self._scoper = Scoper(view, chunks, cues, a, b, filler)
        self._marked: frozenset[int] | None = None

    def __call__(self, *, carries: bool) -> tuple[list[Bond], list[Refusal]]:
        """The accepted bonds of the sentence, one per noun phrase, and what was governed but refused, with the reason.

        ``carries`` says whether there is a relation that "such conditions include" can carry on.
        """
        best: dict[tuple[int, int], tuple[tuple[int, int, int, str], Bond]] = {}
        refused: list[Refusal] = []
        for cue in self._cues:
            if self._inside_name(cue):
                continue
            governing = cue
            if cue.direction == "carry":
                if not carries or cue.start > self._a + _CARRY_REACH:
                    continue
                governing = replace(cue, direction="after")
            for chunk in self._scoper.governed(governing):
                why = self._refusal(cue, chunk)
                if why:
                    refused.append((chunk, cue, why))
                    continue
                behind = cue.other[1] if cue.other and chunk.start >= cue.other[1] else cue.end
                distance = chunk.start - behind if chunk.start >= cue.end else cue.start - chunk.end
                rank = (self._narrow(cue, chunk), distance, cue.start - cue.end, cue.rule_id)
                key = (chunk.start, chunk.end)
                if key not in best or rank < best[key][0]:
                    best[key] = (rank, Bond(cue, chunk))
        return [best[key][1] for key in sorted(best)], refused

    def _inside_name(self, cue: Cue) -> bool:
        """Whether a verb only limits a condition ("high blood pressure that is not controlled")."""
        if cue.direction not in ("before", "after", "sentence"):
            return False
        return any(c.start < cue.start and cue.end <= c.end and c.level >= Level.SHAPE for c in self._chunks)

    def _narrow(self, cue: Cue, chunk: Chunk) -> int:
        if cue.weak:
            return _WEAKEST
        # What people "have" stands under the warning, whatever noun is nearer.
        return 1 if cue.direction == "sentence" and self._is_marked(chunk) else _RANK[cue.direction]

    def _is_marked(self, chunk: Chunk) -> bool:
        if self._marked is None:
            self._marked = self._marks()
        return chunk.first in self._marked

    def _marks(self) -> frozenset[int]:
        """Where the noun phrases begin that people are said to have, be or suffer from, coordination followed."""
        marks: set[int] = set()
        last, on = -1, False
        for chunk in self._chunks:
            between = self._lex[max(last, self._a) : chunk.first] if last >= 0 else []
            joined = bool(between) and all(
                x.kind in _JOINS or x.lower in ("such", "as", "like") or x.flags & Flag.GENERIC for x in between
            )
            on = self._had(chunk) or (on and joined) or self._example(chunk)
            if on:
                marks.add(chunk.first)
            last = chunk.last
        return frozenset(marks)

    def _example(self, chunk: Chunk) -> bool:
        """Whether a phrase is an example of what somebody has ("any condition that affects sensation, such as MS")."""
        lex, at = self._lex, chunk.first - 1
        if at <= self._a or ((lex[at - 1].lower, lex[at].lower) != ("such", "as") and lex[at].lower != "including"):
            return False
        generic = [i for i in range(self._a + 1, at) if lex[i].lower in self._view.lists["announced"]]
        return any(lex[j].lower in self._view.lists["having"] for i in generic for j in range(max(self._a, i - 3), i))

    def _had(self, chunk: Chunk) -> bool:
        """Whether the words in front say that somebody has it ("people with …", "if you have …", "history of …")."""
        lex, lists = self._lex, self._view.lists
        if chunk.what == "state" and lex[chunk.start - 1].norm in ("take", "taking"):
            # "take blood thinners"
            return True
        if chunk.level == Level.KNOWN and lex[chunk.end - 1].flags & Flag.PERSON:
            # "pregnant women": the name says itself who has it
            return True
        i = chunk.first - 1
        while i >= self._a and lex[i].kind in (Kind.DET, Kind.ADV, Kind.NUM):
            i -= 1
        if i >= self._a and lex[i].kind == Kind.COLON:
            # "if you have any of the following: asthma, …"
            i -= 1
            while i >= self._a and (lex[i].kind in (Kind.DET, Kind.ADV, Kind.OF) or lex[i].lower in lists["announced"]):
                i -= 1
        word = lex[i].lower if i >= self._a else ""
        if word in lists["supposing"] and chunk.level >= Level.SHAPE and not self._acts(chunk):
            # "When pregnant", "if your circulation is poor".
            return True
        if word in lists["getting"]:
            # "If you get hives", "if you've got hives"; "you could get hives" supposes nothing.
            front = i - 1
            while front > self._a and (lex[front].kind == Kind.PRON or lex[front].lower in lists["having"]):
                front -= 1
            return "who" in (lex[i - 1].lower, lex[front].lower) or lex[front].lower in lists["supposing"]
        if word in ("of", "from", "for", "to", "by"):
            return i > self._a and lex[i - 1].lower in lists["sufferers"]
        return word in lists["having"]

    def _acts(self, chunk: Chunk) -> bool:
        """Whether a phrase is the subject of a verb ("if the pain gets worse")."""
        return chunk.last < len(self._view) and self._lex[chunk.last].kind in (Kind.AUX, Kind.VERB)

    def _refusal(self, cue: Cue, chunk: Chunk) -> str:
        """Why a governed noun phrase is no condition for this cue; empty where it is one."""
        rule = cue.entry.rule
        if felt(self._view, chunk, rule.relation):
            return ""
        if chunk.level == Level.NONE:
            # Who is "taking beta blockers" or comes "within two weeks of Botox" is warned for it.
            undergone = had(self._view, chunk, rule.relation) and self._undergone(chunk)
            return "" if undergone else chunk.why
        key = chunk.key if chunk.what in ("condition", "procedure") else ""
        if rule.relation == "side-effect" and self._lex[chunk.end - 1].flags & Flag.PERSON and chunk.prep:
            return "names people"
        if rule.among and key not in self._knowledge.concept_set(rule.among):
            return f"none of the {rule.among} that the rule is about"
        if rule.except_among and key in self._knowledge.concept_set(rule.except_among):
            return f"one of the {rule.except_among}, which the rule leaves out"
        if cue.direction == "sentence":
            # "Careful with the beard": the cue's own "with" says of nobody that he has it.
            own = chunk.first == cue.end and self._lex[cue.end - 1].kind == Kind.PREP
            if self._is_marked(chunk) and not own and (rule.accept != "known" or chunk.level == Level.KNOWN):
                return ""
            if self._of_nobody(cue, chunk):
                return _NOBODY
        return "no word of it names a condition" if chunk.level < ACCEPT[rule.accept] else ""

    def _undergone(self, chunk: Chunk) -> bool:
        """Whether a drug or another treatment is what a person takes, or has had at a certain time."""
        lex, lists = self._lex, self._view.lists
        if lex[chunk.first - 1].lower in lists["taking"] or chunk.prep in lists["times"]:
            return True
        if chunk.prep == "of":
            # "Within two weeks of Botox."
            return lex[chunk.first - 2].norm in lists["time_units"]
        return self._listed_behind(chunk) in (*lists["times"], *lists["taking"])

    def _listed_behind(self, chunk: Chunk) -> str:
        """The preposition in front of the list that a phrase goes on ("on open wounds, cuts and cold sores")."""
        first = chunk.first
        for other in reversed([c for c in self._chunks if c.last <= chunk.first]):
            if not all(x.kind in _JOINS for x in self._lex[other.last : first]):
                break
            if other.prep:
                return other.prep
            first = other.first
            if self._lex[first - 1].lower in self._view.lists["taking"]:
                # "If you take sedatives or antibiotics."
                return self._lex[first - 1].lower
        return ""

    def _of_nobody(self, cue: Cue, chunk: Chunk) -> bool:
        """Whether a phrase somewhere in a warning, not marked as what people have, stands outside of it."""
        lex = self._lex
        prep = chunk.prep or self._listed_behind(chunk)
        if prep:
            return prep not in self._view.lists["state_prepositions"]
        if chunk.end <= cue.start:
            named = {i for c in self._chunks for i in range(c.first, c.last)}
            return any(lex[i].kind in (Kind.VERB, Kind.SEMI) and i not in named for i in range(chunk.last, cue.start))
        return chunk.start >= cue.end and lex[chunk.start].kind != Kind.PREP
