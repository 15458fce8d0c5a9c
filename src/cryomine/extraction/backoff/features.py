"""What is known of a condition where it stands, as the names of features: words around it and what its neighbours are.

A name says what it is ("left:skin", "heading:benefits", "beside:treats"); a therapy is a word like any other ("@ours",
"@other"), so that no weight hangs on its name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from cryomine.extraction.chunks import Chunk, Level
from cryomine.extraction.lexicon import COORDINATING, Kind, Lex
from cryomine.extraction.matcher import THERAPIES
from cryomine.extraction.places import Place
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.state import State

# So many words to each side, and so many tokens to a claim that is a neighbour.
_WORDS = 12
_FAR = 60
# A longer line above is no heading but prose that looks like one.
_LINE = 12
# What is said without letters.
_WORDLIKE = frozenset(("%", "n't", "'re", "'ve", "'ll", "'d"))
_IN_A_LIST = COORDINATING | {Kind.WORD, Kind.DET, Kind.ADV, Kind.SEMI}
_MOST = 4


class Features:
    """Gives the features of conditions in one document that has been walked."""

    def __init__(self, state: State) -> None:
        self._state, self._view, self._lex = state, state.view, state.view.lex
        self._claimed = state.claimed()
        self._claims = sorted((found.chunk.start, found.relation) for found in state.found)
        relations = Counter(relation for _, relation in self._claims)
        total = max(len(self._claims), 1)
        # A third of the document's claims, two thirds, all.
        self._shares = [f"share:{r} {relations[r] * 3 // total}" for r in state.knowledge.pack.relations]

    def __call__(self, place: Place, sentence: Sentence, chunk: Chunk) -> dict[str, int]:
        """The features of ``chunk``, each with the token that it comes from, -1 where that is none."""
        found: dict[str, int] = {}
        for name, token in (
            *self._around(sentence, chunk),
            *self._above(place),
            *self._cues(sentence, chunk),
            *((name, -1) for name in self._neighbours(sentence, chunk)),
            *((name, -1) for name in self._itself(place, sentence, chunk)),
        ):
            found.setdefault(name, token)
        return found

    def _around(self, sentence: Sentence, chunk: Chunk) -> Iterator[tuple[str, int]]:
        words = self._words(sentence)
        left = [i for i in range(chunk.start - 1, sentence.a - 1, -1) if i in words][:_WORDS]
        right = [i for i in range(chunk.end, sentence.b) if i in words][:_WORDS]
        for side, tokens in (("left", left), ("right", right)):
            for i in tokens:
                yield f"{side}:{words[i]}", i
        if not left:
            yield "first", -1
        if not right:
            yield "at the end", -1

    def _words(self, sentence: Sentence) -> dict[int, str]:
        """The sentence's words by token, a therapy as one of them."""
        therapies = (name for name in sentence.names if name.what in THERAPIES)
        names = {i: "" for name in therapies for i in range(name.start, name.end)}
        names.update((t.start, _whose(t.ours)) for t in sentence.therapies)
        words = ((i, names[i] if i in names else self._word(i)) for i in range(sentence.a, sentence.b))
        return {i: word for i, word in words if word}

    def _word(self, i: int) -> str:
        word = self._lex[i].lower
        if word[0].isdigit():
            return "0"
        return word if word[0].isalpha() or word in _WORDLIKE else ""

    def _above(self, place: Place) -> Iterator[tuple[str, int]]:
        # The title (level 0) is about the whole article, and formats differ in what they take for it.
        headings = [frame for frame in place.stack.headings if frame.level]
        lead = place.stack.innermost() if place.listed else None
        for name, frame in (("heading", headings[-1] if headings else None), ("lead-in", lead)):
            for i in range(*frame.span) if frame is not None and frame.span[1] - frame.span[0] <= _LINE else ():
                word = self._word(i)
                if word:
                    yield f"{name}:{word}", i
        if place.under is not None:
            yield f"under:{place.under.relation}", place.under.cue[0]
        for frame in headings:
            if frame.relation:
                yield f"within:{frame.relation}", frame.cue[0]
            if frame.owner is not None:
                yield f"heading of:{_whose(frame.owner.ours)}", -1
        if place.topic is not None:
            yield f"topic:{_whose(place.topic.ours)}", -1

    def _cues(self, sentence: Sentence, chunk: Chunk) -> Iterator[tuple[str, int]]:
        for cue in sentence.cues:
            rule = cue.entry.rule
            side = "before" if cue.end <= chunk.start else "behind" if cue.start >= chunk.end else "inside"
            yield f"cue {side}:{rule.relation or rule.scope} {rule.polarity}", cue.start
        for cue in sentence.section_cues:
            yield f"section cue:{cue.entry.rule.relation}", cue.start
        for hit in self._state.hits.context.within(sentence.a, sentence.b):
            side = "before" if hit.end <= chunk.start else "behind"
            yield f"context {side}:{self._state.knowledge.matcher.context[hit.key].kind}", hit.start

    def _neighbours(self, sentence: Sentence, chunk: Chunk) -> Iterator[str]:
        """What the conditions around it are claimed to be."""
        claimed, own = self._claimed, range(chunk.start, chunk.end)
        for relation in sorted({claimed[i] for i in range(sentence.a, sentence.b) if i in claimed and i not in own}):
            yield f"beside:{relation}"
        at = bisect_left(self._claims, (chunk.start, ""))
        if at and self._claims[at - 1][0] > chunk.start - _FAR:
            yield f"last:{self._claims[at - 1][1]}"
        at = bisect_left(self._claims, (chunk.end, ""))
        if at < len(self._claims) and self._claims[at][0] < chunk.end + _FAR:
            yield f"next:{self._claims[at][1]}"
        known = [c for c in sentence.chunks if c.level >= Level.SHAPE]
        yield f"others:{min(len(known) - 1, _MOST)}"
        previous = next((c for c in reversed(known) if c.end <= chunk.start), None)
        if previous is not None:
            yield f"{joint(self._lex, previous.end, chunk.start)} to:{claimed.get(previous.start, 'none')}"
        following = next((c for c in known if c.start >= chunk.end), None)
        if following is not None and joint(self._lex, chunk.end, following.start) == "listed":
            yield f"listed before:{claimed.get(following.start, 'none')}"
        yield from self._shares

    def _itself(self, place: Place, sentence: Sentence, chunk: Chunk) -> Iterator[str]:
        if chunk.key:
            yield f"concept:{chunk.key}"
        sets = self._state.knowledge.pack.concept_sets
        yield from (f"set:{name}" for name in sorted(sets) if chunk.key in sets[name])
        yield f"kind:{self._state.knowledge.kinds.get(chunk.key, 'none')}"
        yield f"what:{chunk.what}"
        yield f"preposition:{chunk.prep}"
        if chunk.first and self._lex[chunk.first - 1].kind == Kind.OPEN:
            yield "in brackets"
        yield "listed" if place.listed else "prose"
        yield "finite" if sentence.finite() else "verbless"


def joint(lex: Sequence[Lex], a: int, b: int) -> str:
    """How two conditions hang together by the tokens ``a:b`` between them: in a list, one by the other, or not."""
    kinds = {x.kind for x in lex[a:b]}
    if kinds.isdisjoint(COORDINATING | {Kind.SEMI}):
        return "tied"
    return "listed" if kinds <= _IN_A_LIST else "apart"


def _whose(ours: bool) -> str:
    return "@ours" if ours else "@other"
