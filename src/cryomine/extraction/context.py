"""Polarity and certainty of a claim, once it is bound: the context cues that reach its cue.

The method is ConText's (Harkema et al. 2009): a cue, a direction, words that end its reach, and words that only look
like a cue; the reach is a clause of article prose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cryomine.extraction.clauses import Clauses, closes, is_subject_of_verb, second_verb
from cryomine.extraction.hits import Hit
from cryomine.extraction.lexicon import Flag, Kind
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
_NEITHER = ("neither", "nor")
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
        self.clauses = Clauses(view, _NO_TOKENS, a, b)
        if not hits:
            return
        for hit in hits:
            self._by_kind.setdefault(rules[hit.key].kind, []).append(hit)
        if "pseudo" in self._by_kind:
            self.pseudo = pseudo = _tokens(self._by_kind["pseudo"])
            for kind in [k for k in self._by_kind if k != "pseudo"]:
                self._by_kind[kind] = [h for h in self._by_kind[kind] if pseudo.isdisjoint(range(h.start, h.end))]
        if "terminate" in self._by_kind:
            ends = [h for h in self._by_kind["terminate"] if not self._inserted(h)]
            self.clauses = Clauses(view, _tokens(ends), a, b)
        if "hedge" in self._by_kind:
            self.hedge_phrases = _tokens(h for h in self._by_kind["hedge"] if h.end - h.start > 1)

    def _inserted(self, hit: Hit) -> bool:
        """Whether a word stands between commas behind a verb ("can, however, cause"): the clause goes on."""
        lex = self._view.lex
        if hit.start < self._a + 2 or hit.end >= self._b or lex[hit.start - 2].kind not in (Kind.AUX, Kind.VERB):
            return False
        return lex[hit.start - 1].kind == lex[hit.end].kind == Kind.COMMA

    def of_kind(self, kind: str) -> Sequence[Hit]:
        """The cues of a kind, in text order."""
        return self._by_kind.get(kind, _NO_HITS)

    def looks_back(self, hit: Hit) -> bool:
        """Whether a cue is about the words right in front of it."""
        return self._rules[hit.key].reach == "behind"

    def read(
        self,
        cue: tuple[int, int],
        span: tuple[int, int],
        *,
        own: bool = True,
        forbids: bool = False,
        permits: bool = False,
    ) -> Reading:
        """The reading of a claim whose cue and condition are the given token ranges.

        ``own`` is false where the cue stands outside the sentence (heading, lead-in): then only words in front of the
        condition count. ``forbids`` where the cue is one of a contraindication: "may not" is then no "may"; ``permits``
        where it denies one: "may" is then a permission.
        """
        anchor = cue[0] if own else span[0]
        negation = hedge = None
        if "negation" in self._by_kind:
            inside = range(cue[0], cue[1]) if own else range(0)
            negation = self._negation(cue, span, anchor, inside, own=own)
        if "hedge" in self._by_kind:
            low = self.clauses.start(min(anchor, span[0]), verbs=False, dashes=True)
            high = self.clauses.end(max(span[1], cue[1] if own else span[1]), labels=not own)
            low, high = self.clauses.own(low, high, min(anchor, span[0]), max(span[1], cue[1] if own else span[1]))
            # Words of the condition say nothing of the claim, but its cue's do: "[the skin [may blister]]".
            within = span[0], min(span[1], cue[0]) if own and span[0] <= cue[0] else span[1]
            hedge = self._hedge(low, high, range(*within))
        permission = permits and hedge is not None and self._view.lex[hedge.end - 1].kind == Kind.AUX
        if permission and hedge is not None and cue[0] <= hedge.start < cue[1]:
            # "You may have it" permits; it leaves nothing open.
            hedge = None
        sure = hedge is not None and (forbids or self._words(hedge).lower() == "can")
        if sure and hedge is not None and self._view.lex[hedge.end].kind == Kind.NOT:
            # "Cannot" leaves nothing open, "may not be suitable" does.
            judged = {x.lower for x in self._view.lex[hedge.end + 1 : hedge.end + 4]}
            hedge = hedge if judged & self._view.lists["judgements"] else None
        if negation is None and hedge is None:
            return _PLAIN
        if negation is not None and cue[1] <= negation.start and self._view.lex[negation.end - 1].kind == Kind.NOT:
            # "Can reduce bruising, but not swelling": the denial has no reserve.
            hedge = None
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

    def _negation(
        self, cue: tuple[int, int], span: tuple[int, int], anchor: int, inside: range, *, own: bool
    ) -> Hit | None:
        """The negation that reaches the cue: in front of it in its clause, or a "no" before the condition."""
        low = self.clauses.start(anchor, verbs=True)
        comma = max((i for i in range(low, anchor) if self._view.lex[i].kind == Kind.COMMA), default=low - 1)
        negations = [h for h in self.of_kind("negation") if not self._of_relative(h, cue, span)]
        reaching = [h for h in negations if self._reaches(h, low, anchor, comma, inside)]
        if reaching:
            return reaching[-1]
        behind = [h for h in negations if self._rules[h.key].reach == "behind"]
        for hit in behind:
            gap = [lex.kind for lex in self._view.lex[span[1] : hit.start]]
            near = len(gap) <= 3 or self._view.only_an_idea(self._a, anchor)
            if hit.start >= span[1] and near and Kind.SEMI not in gap:
                return hit
        if own and span[1] <= cue[0]:
            between = [
                h
                for h in negations
                if max(span[1], low) <= h.start
                and h.end <= cue[0]
                and not closes(self._view.lex, h.end, anchor)
                and not second_verb(self._view.lex, h.end, cue[0])
                # "If you do not want to wait, they can be frozen off."
                and not (h.end <= comma and self._view.lex[low].kind == Kind.SUB)
            ]
            if between:
                return between[-1]
        outside = self._right_before(span[0]) or self._shared(span[0], cue)
        # Words that are partly the cue's own do not deny it a second time.
        return None if outside is not None and outside.end - 1 in inside else outside

    def _of_relative(self, hit: Hit, cue: tuple[int, int], span: tuple[int, int]) -> bool:
        """Whether a relative clause behind the condition is denied: "warts that have not gone [can be frozen]"."""
        if not span[1] < hit.start < cue[0] or self._view.lex[span[1]].lower not in self._view.lists["relatives"]:
            return False
        return any(x.kind == Kind.VERB for x in self._view.lex[hit.end : cue[0]])

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
        lex = self._view.lex
        if first.kind == Kind.PREP and (
            lex[anchor].kind == Kind.PRON or any(x.kind == Kind.AUX for x in lex[hit.end : anchor])
        ):
            # "caps put on without a lining have caused …", "without a towel you get …": the phrase ends before that.
            return False
        if first.lower == "without" and any(x.kind == Kind.CONJ for x in lex[hit.end : anchor]):
            # "Helps with colds without a fever and with flu."
            return False
        if comma >= hit.end and first.kind in (Kind.PREP, Kind.ADV) and self._view.lex[hit.end - 1].kind == Kind.OF:
            # "Instead of tablets, it …"
            return False
        if comma >= hit.end and self._view.lex[low].kind == Kind.SUB:
            # "If rest is not enough, …": what a clause in front denies is its own.
            return False
        if (
            first.lower == "no"
            and low <= hit.start
            and is_subject_of_verb(lex[hit.end : anchor + (lex[anchor].kind == Kind.AUX)])
        ):
            # "No cold pack will clear the infection."
            return True
        # "failed to" may share its "to" with the cue "to prevent".
        end = hit.end - 1 if hit.end > anchor and self._view.lex[anchor].kind == Kind.TO else hit.end
        if second_verb(self._view.lex, hit.end, anchor):
            return False
        if closes(self._view.lex, hit.end, anchor):
            # "Or pregnant (not you, lads), skip it."
            return False
        if any(x.kind in (Kind.DASH, Kind.COLON) for x in lex[hit.end + 2 : anchor]) and reach == "near":
            # "Do not pick at it – a scar may form.": behind the dash another sentence begins.
            return False
        if hit.end == low and self._view.lex[hit.end - 1].kind in (Kind.COLON, Kind.DASH, Kind.HYPHEN):
            # "Myth: it cures gout."
            return True
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
        lex = self._view.lex
        while at > self._a and lex[at - 1].flags & Flag.EVALUATIVE:
            # "But not true obesity."
            at -= 1
        if at - 1 > self._a and lex[at - 1].lower in self._view.lists["own"] and lex[at - 2].lower in _NEITHER:
            # "It cured neither my gout nor my eczema."
            at -= 1
        hits = [h for h in self.of_kind("negation") if h.end == at]
        return hits[-1] if hits else None
