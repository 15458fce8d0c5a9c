"""Where the reading of one document stands: what was found, what the text is about, what may be carried on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from cryomine.extraction.chunks import Chunk, Level
from cryomine.extraction.hits import Hits
from cryomine.extraction.knowledge import Knowledge
from cryomine.extraction.matcher import CONDITIONS, THERAPIES
from cryomine.extraction.places import Place
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.stack import Frame, Owner, Stack
from cryomine.extraction.trace import Trace, TraceRecord
from cryomine.extraction.unproved import unproved
from cryomine.extraction.view import View

# A sentence of so many tokens may do nothing but deny the one before.
_WORD_TOKENS = 8


class Found(NamedTuple):
    """A claim in token offsets, before it is written out."""

    chunk: Chunk
    relation: str
    polarity: str
    certainty: str
    rule: str
    cue: tuple[int, int]
    owner: Owner
    negation: str
    hedge: str
    evidence: tuple[int, int]
    section: str


@dataclass(slots=True)
class State:
    """The state of one pass over one document.

    ``main`` is the intervention that the document is about (empty where it is about another therapy), ``named_from``
    the token at which one of ours is first named, ``topic`` the therapy that the last sentence was about, ``block`` the
    tokens of the block being read, ``listed`` the owner that a list of therapies gives to its lead-in, ``governing``
    the frame whose relation reaches the sentence, ``carried`` the relation that "such conditions include" carries on,
    ``recent`` the indices of the last sentence's claims, ``said`` that sentence, ``passed`` the tokens of one behind it
    that was not read because it can claim nothing (``before`` is the later of the two), ``question`` a question not yet
    answered and ``asked`` what it asks about, ``items`` the claims of the list that ended with the last block,
    ``places`` where the sentences stand that name a condition, ``refused`` the tokens of conditions that were looked at
    and make no claim.
    """

    knowledge: Knowledge
    view: View
    hits: Hits
    main: str
    named_from: int
    trace: Trace | None = None
    stack: Stack = field(default_factory=Stack)
    found: list[Found] = field(default_factory=list)
    recent: list[int] = field(default_factory=list)
    said: Sentence | None = None
    passed: tuple[int, int] | None = None
    seen: list[Sentence] = field(default_factory=list)
    topic: Owner | None = None
    listed: Owner | None = None
    governing: Frame | None = None
    block: tuple[int, int] = (0, 0)
    _carried: Frame | Callable[[], Frame] | None = None
    question: Sentence | None = None
    asked: Frame | None = None
    items: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    refused: set[tuple[int, int]] = field(default_factory=set)

    @property
    def before(self) -> Sentence | None:
        """The last sentence, be it one that was passed over."""
        if self.passed is not None:
            self.say(self.sentence(*self.passed))
        return self.said

    def say(self, sentence: Sentence) -> None:
        """A sentence has been read: it is the last one."""
        self.said, self.passed = sentence, None

    @property
    def mentioned(self) -> tuple[Chunk, ...]:
        """The conditions that the last sentence named."""
        return self.before.conditions() if self.before is not None else ()

    @property
    def can_carry(self) -> bool:
        """Whether there is a relation to carry on."""
        return self._carried is not None

    @property
    def carried(self) -> Frame | None:
        """The relation to carry on, worked out at first use."""
        if callable(self._carried):
            self._carried = self._carried()
        return self._carried

    def carry(self, frame: Frame | Callable[[], Frame] | None) -> None:
        """Keep a relation, or the way to work it out, for a later "such conditions include"."""
        self._carried = frame

    def silent(self, a: int, b: int, governing: Frame | None) -> bool:
        """Whether tokens ``a:b`` hold nothing that could make a claim, answer a question or change the topic.

        ``governing`` is the frame above, whose relation takes any condition that is named.
        """
        last = self.view.lex[b - 1].lower
        if self.trace is not None or self.question is not None or self.asked is not None or last == "?":
            return False
        opening = " ".join(x.lower for x in self.view.lex[a : a + 2])
        if b - a <= _WORD_TOKENS and (self.recent or opening in self.view.lists["answers_no"]):
            # "Nonsense." "No, germs do that."
            return False
        waits = known = False
        entries = self.knowledge.matcher.cues
        for hit in self.hits.cues.within(a, b):
            entry = entries[hit.key]
            if not entry.known_behind:
                return False
            waits = True
        for hit in self.hits.names.within(a, b):
            if hit.what in THERAPIES:
                return False
            known = known or hit.what in CONDITIONS
        looks = self.view.lists["appearances"]
        known = known or (waits and not looks.isdisjoint([x.lower for x in self.view.lex[a:b]]))
        if self.recent and unproved(self.view, self.hits, a, b):
            return False
        context = self.knowledge.matcher.context
        for hit in self.hits.context.within(a, b):
            if context[hit.key].kind == "deny":
                return False
        return not ((waits and (known or last == ":")) or (governing is not None and known))

    def sentence(self, a: int, b: int) -> Sentence:
        """Read tokens ``a:b`` as a sentence."""
        sentence = Sentence(self.view, self.knowledge, self.hits, a, b)
        if self.trace is not None:
            self.seen.append(sentence)
        return sentence

    def add(self, found: Found) -> int:
        """Keep a claim; returns its index."""
        self.found.append(found)
        return len(self.found) - 1

    def deny(self, at: int, words: str) -> None:
        """Turn a claim into its denial, for which ``words`` stand; "They are not" makes a "safe in" a warning."""
        found = self.found[at]
        if found.relation == "contraindicated" and found.polarity == "negated":
            if words.lower().rstrip(" .!") in self.view.lists["flat_denials"]:
                self.found[at] = found._replace(polarity="affirmed", certainty="asserted", negation="", hedge="")
            return
        self.found[at] = found._replace(polarity="negated", certainty="asserted", negation=words, hedge="")

    def come_by(self, a: int, b: int, governing: Frame | None, *, listed: bool = False) -> None:
        """Remember where the sentence of tokens ``a:b`` stands if it names a condition."""
        if any(hit.what in CONDITIONS for hit in self.hits.names.within(a, b)):
            self.places.append(Place(a, b, self.topic, self.stack.copy(), governing, listed))

    def claimed(self) -> dict[int, str]:
        """The tokens of the conditions claimed so far, each with the relation."""
        return {i: f.relation for f in self.found for i in range(f.chunk.start, f.chunk.end)}

    def why_not(self, chunk: Chunk, note: str) -> None:
        """Note why a noun phrase made no claim."""
        self.refused.add((chunk.start, chunk.end))
        self.note(chunk.start, chunk.end, "condition", note)

    def note(self, a: int, b: int, kind: str, note: str, rule: str = "") -> None:
        """Note something about tokens ``a:b`` where a trace is kept."""
        if self.trace is None:
            return
        view = self.view
        self.trace.add(TraceRecord(view.starts[a], view.ends[b - 1], view.words(a, b), kind, note, rule))

    def account(self) -> None:
        """At the end: note what was seen and made no claim, with the reason."""
        assert self.trace is not None
        claimed = {i for f in self.found for i in range(f.chunk.start, f.chunk.end)}
        explained = {(r.start, r.end) for r in self.trace.records}
        used = {(f.cue, f.rule) for f in self.found}
        for sentence in self.seen:
            for t in sentence.therapies:
                how = "named for comparison or as a circumstance" if t.aside else "an everyday word for it"
                self.note(t.start, t.end, "intervention" if t.ours else "rival", how if t.aside or t.weak else "named")
            for c in [*sentence.cues, *sentence.section_cues]:
                made = ((c.start, c.end), c.rule_id) in used
                self.note(c.start, c.end, "cue", "made a claim" if made else "governs no condition here", c.rule_id)
            for chunk in sentence.chunks:
                place = (self.view.starts[chunk.start], self.view.ends[chunk.end - 1])
                if place in explained or claimed.intersection(range(chunk.start, chunk.end)):
                    continue
                if chunk.level >= Level.SHAPE or chunk.what == "benefit":
                    asked = "a question, not answered" if sentence.question else ""
                    self.why_not(chunk, chunk.why or asked or "no cue governs it, here or in a heading above")
