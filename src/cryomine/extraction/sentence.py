"""One sentence: its names, cues, therapies and noun phrases, and what its words say about them.

Knows nothing of the blocks around it; what they supply arrives as a frame.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from cryomine.extraction.bonds import Binder, Bond, Refusal
from cryomine.extraction.chunker import Chunker
from cryomine.extraction.chunks import Chunk, Level, select
from cryomine.extraction.context import Context
from cryomine.extraction.cues import Cue, CueFinder
from cryomine.extraction.hits import Hit, Hits
from cryomine.extraction.knowledge import Knowledge
from cryomine.extraction.lexicon import COORDINATING, Kind
from cryomine.extraction.stating import describes, states
from cryomine.extraction.therapies import therapies_of
from cryomine.extraction.view import View

# A label has at most so many tokens, and between its names nothing but these.
_LABEL_TOKENS = 8
_CLOSING = frozenset((Kind.QUOTE, Kind.CLOSE))
_VERBAL = frozenset((Kind.AUX, Kind.VERB))


class Sentence:
    """The reading of tokens ``a:b``."""

    def __init__(self, view: View, knowledge: Knowledge, hits: Hits, a: int, b: int) -> None:
        self.view, self.a, self.b = view, a, b
        matcher, names = knowledge.matcher, hits.names.within(a, b)
        self.names = select(names) if len(names) > 1 else names
        self.context = Context(view, hits.context.within(a, b), matcher.context, a, b)
        self._find = CueFinder(view, matcher.cues, hits, self.names, self.context.pseudo, a, b)
        self.cues = self._find(sections=False)
        if len(self.cues) > 1:
            self.cues = [c for c in self.cues if not describes(view, c, a)]
        self._filler = self._taken = self.context.hedge_phrases
        if self.cues:
            # A cue that is the condition itself leaves the name whole.
            beside = [c for c in self.cues if c.direction != "itself"]
            spans = [range(c.start, c.end) for c in beside]
            spans += [range(*c.other) for c in beside if c.other]
            self._taken = self._filler.union(*spans)
        taken = self._taken
        if taken:
            for name in self.names:
                if not taken.isdisjoint(range(name.start, name.end)):
                    # A name that runs into a cue gives way to a shorter one beside it ("if you feel" + "dizzy").
                    self.names = select([short for h in names for short in _beside(h, taken)])
                    break
        self._knowledge = knowledge
        self._chunks: list[Chunk] | None = None
        self._section_cues: list[Cue] | None = None
        self._bonds: dict[bool, tuple[list[Bond], list[Refusal]]] = {}
        self.therapies = therapies_of(view, self.names, self.context, a, b) if names else []
        self.cues = [c for c in self.cues if states(view, c, self.therapies, a, b)]
        # A question may be quoted: "Does it hurt?" No.
        last = b - 1
        while last > a and view.lex[last].kind in _CLOSING:
            last -= 1
        self.question = b > a and (view.lex[last].lower == "?" or self._labelled_question())

    def _labelled_question(self) -> bool:
        """Whether a label calls it one ("Q: can I come with a cold")."""
        lex, a = self.view.lex, self.a
        ended = lex[self.b - 1].kind in (Kind.STOP, Kind.COLON)
        return not ended and lex[a].lower in self.view.lists["question_labels"] and lex[a + 1].kind == Kind.COLON

    @property
    def chunks(self) -> list[Chunk]:
        """The noun phrases, cut when first asked for: half of all sentences never are."""
        if self._chunks is None:
            self._chunks = Chunker(self.view, self._knowledge)(self.a, self.b, self.names, self._taken)
        return self._chunks

    @property
    def section_cues(self) -> list[Cue]:
        """The cues by which a heading or lead-in governs what follows."""
        if self._section_cues is None:
            self._section_cues = self._find(sections=True)
        return self._section_cues

    def bonds(self, *, carries: bool) -> tuple[list[Bond], list[Refusal]]:
        """The bonds of the sentence, and what was governed but refused; ``carries`` as the ``Binder`` has it."""
        if not self.cues:
            return [], []
        carries = carries and any(cue.direction == "carry" for cue in self.cues)
        if carries not in self._bonds:
            binder = Binder(self.view, self._knowledge, self.chunks, self.cues, self._filler, self.a, self.b)
            self._bonds[carries] = binder(carries=carries)
        return self._bonds[carries]

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

    def subject_is_pronoun(self, cue: Cue, *, later: bool = False) -> bool:
        """Whether a pronoun stands where the cue's condition should ("they can be removed", "it was gone").

        With ``later`` in a later clause: "moles are harmless, but they can be removed".
        """
        if cue.direction != "before" or cue.other is not None or cue.entry.rule.relation != "treats":
            return False
        lex, at = self.view.lex, cue.start - 1
        while at > self.a and lex[at].kind in (Kind.AUX, Kind.ADV, Kind.NOT):
            at -= 1
        there = self.verb() < at if later else self.a <= at < self.verb()
        return there and lex[at].lower in self.view.lists["subject_pronouns"]

    def verb(self) -> int:
        """The token of the sentence's first verb, its end where it has none."""
        return next((i for i in range(self.a, self.b) if self.view.lex[i].kind in _VERBAL), self.b)

    def subjects(self) -> tuple[Chunk, ...]:
        """The conditions in front of the sentence's verb, or all where it says what somebody has."""
        named, verb = self.conditions(), self.verb()
        return tuple(c for c in named if c.end <= verb) or named

    def speaks_of(self, relation: str) -> bool:
        """Whether one of the sentence's cues is of the relation."""
        return any(cue.entry.rule.relation == relation for cue in self.cues)

    def has_any(self, words: tuple[str, ...]) -> bool:
        """Whether one of the words (folded forms) stands in the sentence."""
        return any(self.view.lex[i].norm in words for i in range(self.a, self.b))

    def ends_with(self, cue: Cue) -> bool:
        """Whether nothing but punctuation follows a cue ("It carries some risks.")."""
        return all(self.view.lex[i].kind in (Kind.STOP, Kind.COLON, Kind.QUOTE) for i in range(cue.end, self.b))

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
            if lex.lower in self.view.lists["anaphors"]:
                return True
            if lex.kind not in (Kind.CONJ, Kind.ADV, Kind.COMMA, Kind.QUOTE, Kind.OPEN):
                return False
        return False

    def points_back(self, before: int) -> bool:
        """Whether a pronoun for what was named earlier begins the sentence or stands in front of token ``before``."""
        pronouns = self.view.lists["object_pronouns"] | self.view.lists["subject_pronouns"]
        return self.starts_with_anaphor() or any(x.lower in pronouns for x in self.view.lex[self.a : before])

    def finite(self, before: int = sys.maxsize) -> bool:
        """Whether the sentence has a verb of its own, in front of token ``before`` where that is given."""
        return any(
            self.view.lex[i].kind == Kind.AUX
            or (self.view.lex[i].kind == Kind.VERB and not self.view.lex[i].lower.endswith("ing"))
            for i in range(self.a, min(self.b, before))
        )

    def begins_with(self, name: str) -> str:
        """The phrase of a word list with which the sentence begins, quotes and an answer's label aside; else empty."""
        lex = self.view.lex
        words = [lex[i].lower for i in range(self.a, min(self.b, self.a + 8)) if lex[i].kind != Kind.QUOTE]
        while words and words[0] in self.view.lists["answer_labels"]:
            words.pop(0)
        phrases = self.view.lists[name]
        beginnings = (" ".join(words[:n]) for n in range(len(words), 0, -1))
        return next((words for words in beginnings if words in phrases), "")

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

    def only_condition(self) -> bool:
        """Whether it is nothing but the name of a condition, or of a few ("Pain & inflammation")."""
        if self.b - self.a > _LABEL_TOKENS:
            return False
        named = {i for c in self.chunks if c.level == Level.KNOWN for i in range(c.start, c.end)}
        other = [self.view.lex[i] for i in range(self.a, self.b) if i not in named]
        joins = sum(lex.kind in COORDINATING or lex.lower == "&" for lex in other)
        return bool(named) and len(other) - joins <= (0 if joins else 1)


def _beside(hit: Hit, taken: frozenset[int]) -> Iterator[Hit]:
    """A hit beside the cues; of our therapy whose end begins one ("red light [therapy for]"), what is in front."""
    end = next((i for i in range(hit.start, hit.end) if i in taken), hit.end)
    if end == hit.end or (end > hit.start and hit.what == "therapy"):
        yield hit._replace(end=end)
