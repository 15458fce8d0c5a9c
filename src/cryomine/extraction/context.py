"""Polarity and certainty of a claim, once it is bound: the context cues that reach its cue.

The method is ConText's (Harkema et al. 2009): a cue, a direction, words that end its reach, and words that only look
like a cue; the reach is a clause of article prose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cryomine.extraction.hits import Hit
from cryomine.extraction.lexicon import Kind
from cryomine.extraction.view import View
from cryomine.packs.schema import ContextRule


class Reading(NamedTuple):
    """What the context makes of a claim, with the words that did it."""

    negation: str = ""
    hedge: str = ""
    hedge_rule: str = ""
    negation_rule: str = ""


_PLAIN = Reading()
_NO_TOKENS: frozenset[int] = frozenset()
# What may stand between the items of a list of harms.
_LISTED = (Kind.WORD, Kind.OF, Kind.ADV, Kind.HYPHEN, Kind.POSS, Kind.NUM)
_NO_HITS: tuple[Hit, ...] = ()


def _tokens(hits: Iterable[Hit]) -> frozenset[int]:
    return frozenset(i for h in hits for i in range(h.start, h.end))


class Context:
    """The context cues of one sentence ``a:b``."""

    def __init__(self, view: View, hits: Sequence[Hit], rules: dict[str, ContextRule], a: int, b: int) -> None:
        self._view, self._rules, self._a, self._b = view, rules, a, b
        # The tokens of words that only look like a cue, and of hedges of two words or more ("in rare cases").
        self.pseudo = self.hedge_phrases = _NO_TOKENS
        self._by_kind: dict[str, list[Hit]] = {}
        if not hits:
            return
        for hit in hits:
            self._by_kind.setdefault(rules[hit.key].kind, []).append(hit)
        if "pseudo" in self._by_kind:
            self.pseudo = pseudo = _tokens(self._by_kind["pseudo"])
            for kind in [k for k in self._by_kind if k != "pseudo"]:
                self._by_kind[kind] = [h for h in self._by_kind[kind] if pseudo.isdisjoint(range(h.start, h.end))]
        if "hedge" in self._by_kind:
            self.hedge_phrases = _tokens(h for h in self._by_kind["hedge"] if h.end - h.start > 1)

    def of_kind(self, kind: str) -> Sequence[Hit]:
        """The cues of a kind, in text order."""
        return self._by_kind.get(kind, _NO_HITS)

    def looks_back(self, hit: Hit) -> bool:
        """Whether a cue is about the words right in front of it."""
        return self._rules[hit.key].reach == "behind"

    def read(self, cue: tuple[int, int], span: tuple[int, int], *, own: bool = True, forbids: bool = False) -> Reading:
        """The reading of a claim whose cue and condition are the given token ranges.

        ``own`` is false where the cue stands outside the sentence (heading, lead-in): then only words in front of the
        condition count. ``forbids`` where the cue is one of a contraindication: "may not" is then no "may".
        """
        anchor = cue[0] if own else span[0]
        negation = hedge = None
        if "negation" in self._by_kind:
            inside = range(cue[0], cue[1]) if own else range(0)
            negation = self._negation(cue, span, anchor, inside, own=own)
        if "hedge" in self._by_kind:
            low = self._start(min(anchor, span[0]), verbs=False, dashes=True)
            high = self._end(max(span[1], cue[1] if own else span[1]), labels=not own)
            low, high = self._own_clause(low, high, min(anchor, span[0]), max(span[1], cue[1] if own else span[1]))
            # Words of the condition say nothing of the claim, but its cue's do: "[the skin [may blister]]".
            within = span[0], min(span[1], cue[0]) if own and span[0] <= cue[0] else span[1]
            hedge = self._hedge(low, high, range(*within))
        sure = hedge is not None and (forbids or self._words(hedge).lower() == "can")
        if sure and hedge is not None and self._view.lex[hedge.end].kind == Kind.NOT:
            # "Cannot" leaves nothing open, "may not be suitable" does.
            judged = {x.lower for x in self._view.lex[hedge.end + 1 : hedge.end + 4]}
            hedge = hedge if judged & self._view.lists["judgements"] else None
        if negation is None and hedge is None:
            return _PLAIN
        if (
            negation is not None
            and hedge is not None
            and (hedge.end == negation.start or hedge.key == "hedge.reported")
        ):
            # "cannot" and "none was reported" deny without reserve.
            hedge = None
        return Reading(
            self._words(negation), self._words(hedge), hedge.key if hedge else "", negation.key if negation else ""
        )

    def clause_end(self, at: int) -> int:
        """Where the clause that goes on at token ``at`` ends, a clause that "where" or "when" begins left out."""
        lex, end = self._view.lex, self._end(at)
        for i in range(at, end):
            kind = lex[i].kind
            if kind == Kind.SUB or (kind == Kind.CONJ and self._new_clause(i, end)):
                return i
        return end

    def _new_clause(self, i: int, end: int) -> bool:
        """Whether a conjunction leads to a subject with its own verb ("…, and neither will replace sleep")."""
        lex = self._view.lex
        comma = next((j for j in range(i, end) if lex[j].kind == Kind.COMMA), end)
        return any(x.kind == Kind.AUX for x in lex[i + 1 : min(comma, i + 6)])

    def _own_clause(self, low: int, high: int, first: int, last: int) -> tuple[int, int]:
        """``low:high`` without the clauses beside ``first:last`` that have a subject and a verb of their own.

        "The cap can be heavy, and a few patients get headache": the "can" is about the cap.
        """
        lex = self._view.lex
        for i in range(last, high - 1):
            if lex[i].kind == Kind.COMMA and self._begins_clause(i + 1) and self._new_clause(i + 1, high):
                high = i
                break
        for i in range(first - 2, low, -1):
            if lex[i].kind == Kind.COMMA and self._begins_clause(i + 1):
                told = (x.kind in (Kind.VERB, Kind.AUX) for x in lex[i + 2 : last])
                if any(x.kind == Kind.AUX for x in lex[low:i]) and any(told):
                    return i + 2, high
        return low, high

    def _begins_clause(self, i: int) -> bool:
        """Whether a conjunction leads to something else than a further verb."""
        lex = self._view.lex
        return lex[i].kind == Kind.CONJ and lex[i + 1].kind not in (Kind.VERB, Kind.AUX, Kind.ADV)

    def _negation(
        self, cue: tuple[int, int], span: tuple[int, int], anchor: int, inside: range, *, own: bool
    ) -> Hit | None:
        """The negation that reaches the cue: in front of it in its clause, or a "no" before the condition."""
        low = self._start(anchor, verbs=True)
        comma = max((i for i in range(low, anchor) if self._view.lex[i].kind == Kind.COMMA), default=low - 1)
        reaching = [h for h in self.of_kind("negation") if self._reaches(h, low, anchor, comma, inside)]
        if reaching:
            return reaching[-1]
        behind = [h for h in self.of_kind("negation") if self._rules[h.key].reach == "behind"]
        for hit in behind:
            gap = [lex.kind for lex in self._view.lex[span[1] : hit.start]]
            if hit.start >= span[1] and len(gap) <= 3 and Kind.SEMI not in gap:
                return hit
        if own and span[1] <= cue[0]:
            between = [h for h in self.of_kind("negation") if span[1] <= h.start and h.end <= cue[0]]
            if between:
                return between[-1]
        outside = self._right_before(span[0]) or self._shared(span[0], cue)
        # Words that are partly the cue's own do not deny it a second time.
        return None if outside is not None and outside.end - 1 in inside else outside

    def _shared(self, at: int, cue: tuple[int, int]) -> Hit | None:
        """The "no" in front of a list that denies each of its items ("no stroke, tamponade or fistula")."""
        lex, behind, joined = self._view.lex, cue[1] <= at, False
        for i in range(at - 1, (cue[1] if behind else self._a) - 1, -1):
            if lex[i].lower == "no":
                return self._right_before(i + 1) if joined else None
            if lex[i].kind == Kind.COMMA or lex[i].lower in ("or", "nor") or (lex[i].lower == "and" and behind):
                joined = True
            elif lex[i].kind not in _LISTED:
                return None
        return None

    def _reaches(self, hit: Hit, low: int, anchor: int, comma: int, inside: range) -> bool:
        """Whether a negation stands in the clause in front of the cue, and near enough where it is a bare "not"."""
        reach = self._rules[hit.key].reach
        own_words = hit.start in inside and hit.end - 1 in inside
        first = self._view.lex[hit.start]
        if first.kind == Kind.PREP and any(x.kind == Kind.AUX for x in self._view.lex[hit.end : anchor]):
            # "caps put on without a lining have caused …": the phrase ends before the verb.
            return False
        if comma >= hit.end and self._view.lex[low].kind == Kind.SUB:
            # "If rest is not enough, …": what a clause in front denies is its own.
            return False
        # "failed to" may share its "to" with the cue "to prevent".
        end = hit.end - 1 if hit.end > anchor and self._view.lex[anchor].kind == Kind.TO else hit.end
        if reach == "behind" or own_words or hit.start < low or end > anchor:
            return False
        return reach == "clause" or (hit.start > comma and anchor - hit.end <= 6)

    def _words(self, hit: Hit | None) -> str:
        return self._view.words(hit.start, hit.end) if hit else ""

    def _hedge(self, low: int, high: int, not_inside: range) -> Hit | None:
        """The last hedge within tokens ``low:high`` that is no part of the condition."""
        hits = [
            h for h in self.of_kind("hedge")
            if h.start >= low and h.end <= high and not (h.start in not_inside and h.end - 1 in not_inside)
        ]  # fmt: skip
        return hits[-1] if hits else None

    def _right_before(self, at: int) -> Hit | None:
        """A "no" that stands right in front of the condition ("causes no burns")."""
        hits = [h for h in self.of_kind("negation") if h.end == at]
        return hits[-1] if hits else None

    def _start(self, anchor: int, *, verbs: bool, dashes: bool = False) -> int:
        """Where the clause of ``anchor`` begins; with ``verbs`` a conjoined verb phrase begins a clause of its own."""
        ends = {i for h in self.of_kind("terminate") for i in range(h.start, h.end)}
        lex = self._view.lex
        for i in range(anchor - 1, self._a - 1, -1):
            if i in ends or lex[i].kind in (Kind.SEMI, Kind.STOP):
                return i + 1
            if dashes and lex[i].kind == Kind.DASH:
                return i + 1
            if verbs and lex[i].lower in ("and", "thus", "thereby") and self._verb_at(i + 1, anchor):
                return i + 1
            if verbs and lex[i].kind == Kind.COMMA and i == anchor - 1 and lex[anchor].lower.endswith("ing"):
                return i + 1
        return self._a

    def _verb_at(self, i: int, anchor: int) -> bool:
        while i < anchor and self._view.lex[i].kind == Kind.ADV:
            i += 1
        return i == anchor or self._view.lex[i].kind in (Kind.VERB, Kind.AUX)

    def _end(self, anchor: int, *, labels: bool = False) -> int:
        ends = {i for h in self.of_kind("terminate") for i in range(h.start, h.end)}
        for i in range(anchor, self._b):
            kind = self._view.lex[i].kind
            # Behind a list item's name a dash or colon begins the explanation.
            if (
                kind == Kind.CONJ
                and i + 1 < self._b
                and self._view.lex[i + 1].kind in (Kind.VERB, Kind.AUX)
                and not labels
            ):
                # "removes warts and may cause scars": the second verb has a certainty of its own.
                return i
            if i in ends or kind in (Kind.SEMI, Kind.STOP, Kind.DASH) or (labels and kind in (Kind.COLON, Kind.HYPHEN)):
                return i
        return self._b
