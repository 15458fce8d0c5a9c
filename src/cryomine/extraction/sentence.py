"""One sentence: its names, cues and noun phrases, and which cue governs which condition.

Knows nothing of the blocks around it; what they supply arrives as a frame.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryomine.extraction.chunks import Chunk, Chunker, Level, select
from cryomine.extraction.context import Context
from cryomine.extraction.knowledge import Knowledge
from cryomine.extraction.lexicon import Flag, Kind
from cryomine.extraction.matcher import CueEntry, Hit
from cryomine.extraction.scope import Cue, Scoper, passive
from cryomine.extraction.view import View

_JOINS = frozenset((Kind.COMMA, Kind.CONJ, Kind.SLASH, Kind.DET, Kind.ADV, Kind.OPEN, Kind.CLOSE, Kind.NUM, Kind.QUOTE))
# The two halves of a cue ("apply … to") stand at most so many tokens apart.
PAIR_REACH = 18
ACCEPT = {"any": Level.UNKNOWN, "condition": Level.SHAPE, "known": Level.KNOWN}
# The narrower the scope, the surer the bond: it wins where two cues claim one noun phrase.
_RANK = {
    "around": 0,
    "adjacent": 1,
    "after": 2,
    "before": 3,
    "carry": 4,
    "with-object": 4,
    "with-subject": 4,
    "sentence": 5,
}


@dataclass(slots=True)
class Bond:
    """A cue and a condition that it governs."""

    cue: Cue
    chunk: Chunk


@dataclass(slots=True)
class Therapy:
    """A therapy named in the sentence; ``aside`` where it is there for comparison or as a time ("after surgery")."""

    start: int
    end: int
    key: str
    ours: bool
    weak: bool
    aside: bool


class Sentence:
    """The reading of tokens ``a:b``."""

    def __init__(self, view: View, knowledge: Knowledge, hits: Sequence[Hit], a: int, b: int) -> None:
        self.view, self.a, self.b = view, a, b
        self.hits = hits
        self.names = select(hits)
        self.context = Context(view, hits, knowledge.matcher.context, a, b)
        self._entries = knowledge.matcher.cues
        self._covered = self._names_cover()
        self._section_cues: list[Cue] | None = None
        self.cues = self._cues(sections=False)
        self.filler = frozenset(
            i for h in self.context.of_kind("hedge") if h.end - h.start > 1 for i in range(h.start, h.end)
        )
        taken = self.filler | frozenset(
            i for c in self.cues for r in ((c.start, c.end), c.other or (0, 0)) for i in range(*r)
        )
        # A name that runs into a cue gives way to a shorter one beside it ("if you feel" + "dizzy", not "feel dizzy").
        if any(not taken.isdisjoint(range(n.start, n.end)) for n in self.names):
            self.names = select([h for h in hits if taken.isdisjoint(range(h.start, h.end))])
        self._taken, self._knowledge = taken, knowledge
        self._chunks: list[Chunk] | None = None
        self.therapies = self._therapies(view.lists["rivals_weak"])
        self.question = b > a and view.lex[b - 1].lower == "?"

    @property
    def chunks(self) -> list[Chunk]:
        """The noun phrases, cut when first asked for: half of all sentences never are."""
        if self._chunks is None:
            self._chunks = Chunker(self.view, self._knowledge.is_condition)(self.a, self.b, self.names, self._taken)
        return self._chunks

    @property
    def section_cues(self) -> list[Cue]:
        """The cues by which a heading or lead-in governs what follows."""
        if self._section_cues is None:
            self._section_cues = self._cues(sections=True)
        return self._section_cues

    def _names_cover(self) -> dict[int, Hit]:
        """The name that covers a token, for the kinds of names whose words are no cues."""
        kinds = ("condition", "state", "procedure", "therapy", "rival")
        return {i: n for n in self.names if n.what in kinds for i in range(n.start, n.end)}

    def _cues(self, *, sections: bool) -> list[Cue]:
        """The cues, overlaps settled: the longest wins; of rules with the same words the first in the pack."""
        entries, covered = self._entries, self._covered
        taken: dict[int, tuple[int, int]] = {}
        found: list[Cue] = []
        hits = [h for h in self.hits if h.what == "cue"]
        # A rule that takes known conditions only has nothing to govern where none is named.
        known = max((n.end for n in self.names if n.what in ("condition", "state", "procedure")), default=-1)
        if self.b > self.a and self.view.lex[self.b - 1].lower in "?:":
            # What a question or a lead-in is about comes later.
            known = self.b + 1
        for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
            entry = entries[hit.key]
            if (entry.rule.scope in ("section", "tail")) is not sections or entry.half == 2:
                continue
            if entry.rule.accept == "known" and entry.rule.scope == "after" and known <= hit.end and not sections:
                continue
            # A cue inside a condition never modifies it.
            name = covered.get(hit.start)
            if (
                name is not None
                and name.start <= hit.start
                and hit.end <= name.end
                and name.end - name.start > hit.end - hit.start
            ):
                continue
            if (
                not self.context.pseudo.isdisjoint(range(hit.start, hit.end))
                and not sections
                and hit.end - hit.start == 1
            ):
                # "less often" is no "less", "not only" no "not".
                continue
            if not sections and self._noun(hit):
                continue
            if any(taken.get(i, (hit.start, hit.end)) != (hit.start, hit.end) for i in range(hit.start, hit.end)):
                continue
            if entry.rule.scope == "tail" and not self._closes(hit.end):
                continue
            cue = self._directed(hit, entry, hits, entries)
            if cue is None or any(_same(c, cue) for c in found):
                continue
            taken.update(dict.fromkeys(range(hit.start, hit.end), (hit.start, hit.end)))
            found.append(cue)
        return sorted(found, key=lambda c: (c.start, c.end, c.rule_id))

    def _directed(self, hit: Hit, entry: CueEntry, hits: Sequence[Hit], entries: Mapping[str, CueEntry]) -> Cue | None:
        scope = entry.rule.scope
        if entry.half == 1:
            partners = [
                h
                for h in hits
                if entries[h.key].half == 2
                and entries[h.key].rule is entry.rule
                and hit.end <= h.start <= hit.end + PAIR_REACH
            ]
            if not partners:
                return None
            if scope == "after":
                return Cue(hit.start, hit.end, entry, "after", (partners[0].start, partners[0].end))
            direction = scope
            return Cue(hit.start, hit.end, entry, direction, (partners[0].start, partners[0].end))
        if scope == "after" and entry.participle and passive(self.view, hit.start, hit.end, self.a):
            return Cue(hit.start, hit.end, entry, "before")
        if scope == "with-object" and entry.participle:
            # "a damaged tendon" is a tendon; "it damaged the tendon" has its subject in front.
            subject = hit.start > self.a and self.view.lex[hit.start - 1].kind in (Kind.PRON, Kind.AUX)
            return Cue(hit.start, hit.end, entry, scope) if subject else None
        gerund = hit.end - hit.start == 1 and self.view.lex[hit.start].lower.endswith("ing")
        if scope == "before" and gerund and (hit.start == self.a or not self.view.lex[hit.start - 1].flags & Flag.BE):
            # "X is subsiding" says it of X; "X, improving Y" does not.
            return None
        return Cue(hit.start, hit.end, entry, scope)

    def _noun(self, hit: Hit) -> bool:
        """Whether a one-word verb cue is a noun here: behind a determiner ("the calm", "an irregular beat")."""
        lex = self.view.lex
        if hit.end - hit.start != 1 or hit.start <= self.a or lex[hit.start].lower.endswith(("ing", "ed")):
            return False
        i = hit.start - 1
        if lex[i].kind == Kind.WORD and lex[i].flags & (Flag.ADJECTIVE | Flag.EVALUATIVE):
            i -= 1
        return (
            i >= self.a
            and lex[i].kind == Kind.DET
            and lex[i].lower not in ("that", "this", "these", "those", "all", "both", "each")
        )

    def _closes(self, end: int) -> bool:
        """Whether nothing but punctuation follows up to the end of the sentence."""
        return all(
            self.view.lex[i].kind in (Kind.COLON, Kind.COMMA, Kind.DASH, Kind.STOP, Kind.HYPHEN)
            for i in range(end, self.b)
        )

    def _therapies(self, weak_rivals: frozenset[str]) -> list[Therapy]:
        asides = self.context.of_kind("aside")
        circumstances = self.context.of_kind("circumstance")
        found = []
        for name in self.names:
            if name.what not in ("therapy", "rival", "weak"):
                continue
            marks = (*asides, *circumstances) if name.what == "rival" else asides
            aside = any(h.end <= name.start and self._only_filler(h.end, name.start) for h in marks)
            if not aside and name.what == "rival" and self.view.words(name.start, name.end).lower() in weak_rivals:
                aside = not self._acts(name)
            found.append(Therapy(name.start, name.end, name.key, name.what != "rival", name.what == "weak", aside))
        return found

    def _acts(self, name: Hit) -> bool:
        """Whether a therapy with an everyday name acts here: as the subject, the means, or in a list of therapies."""
        i = name.start - 1
        while i >= self.a and self.view.lex[i].kind in (Kind.DET, Kind.ADV, Kind.WORD) and name.start - i <= 3:
            i -= 1
        word = self.view.lex[i] if i >= self.a else None
        if word is not None and word.kind in (Kind.PREP, Kind.OF, Kind.TO):
            return word.lower in ("with", "by", "using", "via", "through")
        behind = next(
            (self.view.lex[j].kind for j in range(name.end, self.b) if self.view.lex[j].kind != Kind.ADV), Kind.STOP
        )
        return (
            word is None
            or behind in (Kind.AUX, Kind.VERB)
            or word.kind in (Kind.CONJ, Kind.COMMA, Kind.SEMI, Kind.STOP)
        )

    def _only_filler(self, a: int, b: int) -> bool:
        return b - a <= 3 and all(
            self.view.lex[i].kind in (Kind.DET, Kind.WORD, Kind.PRON, Kind.ADV, Kind.HYPHEN) for i in range(a, b)
        )

    def bonds(self, *, carries: bool) -> tuple[list[Bond], list[tuple[Chunk, Cue, str]]]:
        """The accepted bonds of the sentence, one per noun phrase, and what was governed but refused, with the reason.

        ``carries`` says whether there is a relation that "such conditions include" can carry on.
        """
        if not self.cues:
            return [], []
        scoper = Scoper(self.view, self.chunks, self.cues, self.a, self.b, self.filler)
        marked = self._marks()
        best: dict[tuple[int, int], tuple[tuple[int, int, int, str], Bond]] = {}
        refused: list[tuple[Chunk, Cue, str]] = []
        for cue in self.cues:
            governing = Cue(cue.start, cue.end, cue.entry, "after", cue.other) if cue.direction == "carry" else cue
            if cue.direction == "carry" and (not carries or cue.start > self.a + 4):
                continue
            for chunk in scoper.governed(governing):
                why = self._refusal(cue, chunk, chunk.first in marked)
                if why:
                    refused.append((chunk, cue, why))
                    continue
                distance = chunk.start - cue.end if chunk.start >= cue.end else cue.start - chunk.end
                # What people "have" stands under the warning, whatever noun is nearer.
                narrow = 1 if cue.direction == "sentence" and chunk.first in marked else _RANK[cue.direction]
                # A bare preposition is the weakest of cues.
                narrow = 7 if cue.weak else narrow
                rank = (narrow, distance, cue.start - cue.end, cue.rule_id)
                key = (chunk.start, chunk.end)
                if key not in best or rank < best[key][0]:
                    best[key] = (rank, Bond(cue, chunk))
        return [bond for _, (_, bond) in sorted(best.items())], refused

    def _marks(self) -> frozenset[int]:
        """Where the noun phrases begin that people are said to have, be or suffer from, coordination followed."""
        marks: set[int] = set()
        last, on = -1, False
        for chunk in self.chunks:
            between = [self.view.lex[i] for i in range(max(last, self.a), chunk.first)] if last >= 0 else []
            joined = bool(between) and all(
                x.kind in _JOINS or x.lower in ("such", "as", "like") or x.flags & Flag.GENERIC for x in between
            )
            on = self.marked(chunk) or (on and joined)
            if on:
                marks.add(chunk.first)
            last = chunk.last
        return frozenset(marks)

    def _refusal(self, cue: Cue, chunk: Chunk, marked: bool) -> str:
        """Why a governed noun phrase is no condition for this cue; empty where it is one."""
        rule = cue.entry.rule
        if chunk.level is Level.NONE:
            # Who is "taking beta blockers" is warned for the drug.
            taken = chunk.what == "rival" and self.view.lex[chunk.first - 1].lower in self.view.lists["taking"]
            return "" if taken and rule.relation == "contraindicated" else chunk.why
        key = chunk.key if chunk.what in ("condition", "procedure") else ""
        if rule.among and key not in self._knowledge.concept_set(rule.among):
            return f"none of the {rule.among} that the rule is about"
        if rule.except_among and key in self._knowledge.concept_set(rule.except_among):
            return f"one of the {rule.except_among}, which the rule leaves out"
        accept = ACCEPT[rule.accept]
        if cue.direction == "sentence":
            if marked and chunk.level >= Level.UNKNOWN:
                return ""
            if (
                not marked
                and not chunk.prep
                and chunk.end <= cue.start
                and any(self.view.lex[i].kind in (Kind.VERB, Kind.SEMI) for i in range(chunk.last, cue.start))
            ):
                return "nobody is said to have it"
            own_prep = self.view.lex[chunk.start].kind == Kind.PREP
            if not marked and not chunk.prep and chunk.start >= cue.end and not own_prep:
                return "nobody is said to have it"
            if not marked and chunk.prep and chunk.prep not in self.view.lists["state_prepositions"]:
                return "nobody is said to have it"
        if chunk.level < accept:
            return "no word of it names a condition"
        return ""

    def marked(self, chunk: Chunk) -> bool:
        """Whether the words in front say that somebody has it ("people with …", "if you have …", "history of …")."""
        i = chunk.first - 1
        while i >= self.a and self.view.lex[i].kind in (Kind.DET, Kind.ADV, Kind.NUM):
            i -= 1
        word = self.view.lex[i].lower if i >= self.a else ""
        if word in ("of", "from"):
            return i > self.a and self.view.lex[i - 1].lower in self.view.lists["sufferers"]
        return word in self.view.lists["having"]

    def subject_is_condition(self, cue: Cue) -> bool:
        """Whether the subject of a cue is a condition or another cause ("a virus"), with no therapy before it."""
        if any(t.end <= cue.start for t in self.therapies):
            return False
        # What an earlier cue of the sentence governs is its object, not this cue's subject.
        causes = self.view.lists["other_causes"]
        limit = min((c.start for c in self.cues if c.end <= cue.start and c.entry.rule.relation), default=cue.start)
        before = [c for c in self.chunks if c.end <= limit]
        if not before or before[-1].prep:
            return False
        return before[-1].level is Level.KNOWN or self.view.lex[before[-1].end - 1].norm in causes

    def object_is_pronoun(self, cue: Cue) -> bool:
        """Whether a pronoun stands where the cue's condition should ("is used to treat them")."""
        after = (
            cue.direction == "after"
            and cue.other is None
            and not cue.weak
            and cue.end < self.b
            and cue.entry.rule.relation == "treats"
        )
        return after and self.view.lex[cue.end].lower in self.view.lists["object_pronouns"]

    def has_any(self, words: tuple[str, ...]) -> bool:
        """Whether one of the words (folded forms) stands in the sentence."""
        return any(self.view.lex[i].norm in words for i in range(self.a, self.b))

    def pronoun_subject(self, cue: Cue) -> bool:
        """Whether a pronoun stands in front of the cue as its subject ("…, it probably prevents")."""
        i = cue.start - 1
        while i >= self.a and self.view.lex[i].kind in (Kind.AUX, Kind.ADV, Kind.NOT):
            i -= 1
        return i >= self.a and self.view.lex[i].lower in self.view.lists["object_pronouns"]

    def starts_with_anaphor(self) -> bool:
        """Whether the sentence begins with a pronoun or a demonstrative."""
        for i in range(self.a, min(self.b, self.a + 3)):
            lex = self.view.lex[i]
            if lex.kind in (Kind.PRON,) or lex.lower in ("this", "these", "it", "they", "such", "its", "their"):
                return True
            if lex.kind not in (Kind.CONJ, Kind.ADV, Kind.COMMA, Kind.QUOTE, Kind.OPEN):
                return False
        return False

    def finite(self) -> bool:
        """Whether the sentence has a verb of its own."""
        return any(
            self.view.lex[i].kind == Kind.AUX
            or (self.view.lex[i].kind == Kind.VERB and not self.view.lex[i].lower.endswith("ing"))
            for i in range(self.a, self.b)
        )

    def begins_with(self, name: str) -> str:
        """The phrase of a word list with which the sentence begins, quotes and an answer's label aside; else empty."""
        lex = self.view.lex
        words = [lex[i].lower for i in range(self.a, min(self.b, self.a + 8)) if lex[i].kind != Kind.QUOTE]
        while words and words[0] in self.view.lists["answer_labels"]:
            words.pop(0)
        line = " ".join(words) + " "
        found = [phrase for phrase in self.view.lists[name] if line.startswith(phrase + " ")]
        return max(found, key=len, default="")

    def subject_is_people(self, cue: Cue) -> bool:
        """Whether the subject of a cue is a person ("your pharmacist can help with sprains")."""
        if any(self.view.lex[i].kind == Kind.PRON for i in range(cue.start, cue.end)):
            # "my husband uses it for": the pronoun is the therapy.
            return False
        if cue.start > self.a and self.view.lex[cue.start - 1].lower in self.view.lists["person_pronouns"]:
            return True
        before = [c for c in self.chunks if c.end <= cue.start]
        if cue.direction != "after" or not before or before[-1].why != "names people" or before[-1].prep:
            return False
        lex, first = self.view.lex, before[-1].first
        begins = first <= self.a or lex[first - 1].kind in (Kind.COMMA, Kind.CONJ, Kind.SUB, Kind.SEMI, Kind.SPACE)
        return begins and all(lex[i].kind in (Kind.AUX, Kind.ADV) for i in range(before[-1].last, cue.start))

    def conditions(self) -> tuple[Chunk, ...]:
        """The noun phrases that look like conditions."""
        return tuple(c for c in self.chunks if c.level >= Level.SHAPE)


def _same(one: Cue, other: Cue) -> bool:
    """Whether two rules read the same words alike; the first of them in the pack is kept."""
    limits = (one.entry.rule.among, one.entry.rule.except_among) == (
        other.entry.rule.among,
        other.entry.rule.except_among,
    )
    return limits and (one.start, one.end, one.direction) == (other.start, other.end, other.direction)
