"""The cues of a sentence: which hits are cues here, and the direction each takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryomine.extraction.hits import Hit, Hits
from cryomine.extraction.lexicon import Flag, Kind, Lex
from cryomine.extraction.matcher import CONDITIONS, PAIR_REACH, THERAPIES, CueEntry
from cryomine.extraction.view import View

# Names whose words are no cues.
_COVERING = CONDITIONS | {"therapy", "rival"}
# Behind these determiners a word can still be a verb ("that calm").
_NOT_OF_A_NOUN = frozenset(("that", "this", "these", "those", "all", "both", "each"))
# What begins no object.
_NO_OBJECT = frozenset((Kind.TO, Kind.OF, Kind.STOP, Kind.COMMA, Kind.CONJ, Kind.CLOSE, Kind.SEMI))
_AT_THE_END = frozenset((Kind.COLON, Kind.COMMA, Kind.DASH, Kind.STOP, Kind.HYPHEN))


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
        return self.entry.weak

    @property
    def rule_id(self) -> str:
        """The id of the rule."""
        return self.entry.rule.id


# A short form that is "has" as well as "is".
_HAS = ("'s", "’s")


def passive(view: View, cue_start: int, cue_end: int, floor: int) -> bool:
    """Whether a cue that ends in a participle is passive here: a form of "be" in front, or "with"/"by" behind it."""
    i = cue_end - 2
    while i >= floor and cue_end - i <= 6:
        lex = view.lex[i]
        if lex.flags & Flag.BE:
            # "It's cured his hay fever" has cured it.
            has = lex.lower in _HAS and cue_end < len(view) and view.lex[cue_end].kind in (Kind.DET, Kind.PRON)
            return not has
        if lex.kind not in (Kind.ADV, Kind.NOT, Kind.AUX) and i < cue_start:
            break
        i -= 1
    return cue_end < len(view) and view.lex[cue_end].lower in view.lists["passive_agents"]


class CueFinder:
    """Finds the cues of tokens ``a:b`` among the hits of their document.

    ``names`` are the names kept, ``pseudo`` the tokens of words that only look like a cue.
    """

    def __init__(
        self,
        view: View,
        entries: Mapping[str, CueEntry],
        hits: Hits,
        names: Sequence[Hit],
        pseudo: frozenset[int],
        a: int,
        b: int,
    ) -> None:
        self._view, self._lex, self._entries, self._names, self._pseudo = view, view.lex, entries, names, pseudo
        self._a, self._b = a, b
        self._hits = hits
        # The words of the sentence between spaces, written out when a rule first asks for them.
        self._words = ""

    def _says(self, phrases: Sequence[str]) -> bool:
        """Whether one of the phrases stands in the sentence."""
        if not self._words:
            self._words = " ".join(["", *(x.lower for x in self._lex[self._a : self._b]), ""])
        return any(f" {phrase} " in self._words for phrase in phrases)

    def __call__(self, *, sections: bool) -> list[Cue]:
        """The cues, overlaps settled: the longest wins; of rules with the same words the first in the pack.

        ``sections`` asks for those by which a heading or lead-in governs what follows, else for all others.
        """
        hits = (self._hits.sections if sections else self._hits.cues).within(self._a, self._b)
        if not hits:
            return []
        entries = self._entries
        taken: list[tuple[int, int]] = []
        found: list[Cue] = []
        known: int | None = None
        if len(hits) > 1:
            hits = sorted(hits, key=lambda h: (h.start - h.end, h.start))
        for hit in hits:
            entry = entries[hit.key]
            if (not sections or entry.rule.scope == "tail") and self._only_looks_like(hit):
                continue
            if not sections and self._noun(hit):
                continue
            if entry.rule.unless and self._says(entry.rule.unless):
                continue
            if not sections and entry.known_behind:
                # A rule that takes known conditions only has nothing to govern where none is named.
                known = self._last_known() if known is None else known
                if known <= hit.end:
                    continue
            # One that is the condition may leave out a word of its name.
            if entry.rule.scope != "itself" and self._inside_name(hit):
                continue
            span = hit.start, hit.end
            if taken and _clashes(span, taken):
                continue
            cue = self._directed(hit, entry)
            if (
                cue is not None
                and entry.rule.scope == "tail"
                and not self._closes(cue.other[1] if cue.other else cue.end)
            ):
                continue
            if cue is None or (span in taken and any(_same(c, cue) for c in found)):
                continue
            taken.append(span)
            found.append(cue)
        if len(found) > 1:
            found.sort(key=lambda c: (c.start, c.end, c.rule_id))
        return found

    def _last_known(self) -> int:
        """Where the last known condition of the sentence ends, or what may look like one; else before its begin."""
        lex, looks = self._lex, self._view.lists["appearances"]
        if lex[self._b - 1].lower in "?:":
            # What a question or a lead-in is about comes later.
            return self._b + 1
        known = max((n.end for n in self._names if n.what in CONDITIONS), default=self._a - 1)
        if looks.isdisjoint([x.lower for x in lex[known + 1 : self._b]]):
            return known
        return next((i + 1 for i in range(self._b - 1, known, -1) if lex[i].lower in looks), known)

    def _inside_name(self, hit: Hit) -> bool:
        """Whether a hit is part of a longer name: a cue inside a condition never modifies it."""
        for name in self._names:
            if name.start <= hit.start and hit.end <= name.end and name.what in _COVERING:
                return name.end - name.start > hit.end - hit.start
        return False

    def _only_looks_like(self, hit: Hit) -> bool:
        """ "less often" is no "less", "not only" no "not"; "are less common" is no "are less"."""
        if hit.end - hit.start == 1:
            return hit.start in self._pseudo
        return hit.end in self._pseudo and hit.end - 1 in self._pseudo and hit.start not in self._pseudo

    def _directed(self, hit: Hit, entry: CueEntry) -> Cue | None:
        scope, lex = entry.rule.scope, self._lex
        if entry.half == 1:
            other = self._other_half(hit, entry)
            return Cue(hit.start, hit.end, entry, scope, other) if other else None
        if scope == "after" and hit.end - hit.start == 1 and self._compound(hit.start):
            # "self-limiting", "low-risk"
            return None
        if scope == "after" and entry.participle and passive(self._view, hit.start, hit.end, self._a):
            return Cue(hit.start, hit.end, entry, "before")
        if scope == "with-object" and (hit.end == self._b or lex[hit.end].kind in _NO_OBJECT):
            # "damage to the ureter" is a noun and its site, "frostbite, eye damage and burns" are three nouns.
            return None
        if scope == "with-subject" and hit.end < self._b and _has_object(lex[hit.end]):
            # "The heart rate may slow", but "it may slow memory loss".
            return None
        if scope == "with-object" and entry.participle:
            # "a damaged tendon" is a tendon; "it damaged the tendon" has its subject in front.
            subject = hit.start > self._a and lex[hit.start - 1].kind in (Kind.PRON, Kind.AUX)
            return Cue(hit.start, hit.end, entry, scope) if subject else None
        gerund = scope == "before" and hit.end - hit.start == 1 and lex[hit.start].lower.endswith("ing")
        if gerund and (hit.start == self._a or not lex[hit.start - 1].flags & Flag.BE):
            # "X is subsiding" says it of X; "X, improving Y" does not.
            return None
        return Cue(hit.start, hit.end, entry, scope)

    def _compound(self, at: int) -> bool:
        """Whether a hyphen without spaces ties token ``at`` to the word in front of it."""
        if at <= self._a or self._lex[at - 1].kind != Kind.HYPHEN or at + 1 >= self._b:
            return False
        return self._lex[at + 1].kind != Kind.PREP and self._view.ends[at - 1] == self._view.starts[at]

    def _other_half(self, hit: Hit, entry: CueEntry) -> tuple[int, int] | None:
        """Where the second half of a cue stands."""
        for other in self._hits.seconds.within(hit.end, self._b):
            if other.start > hit.end + PAIR_REACH:
                break
            # "If you have diabetes, do not use ice" is no "if you have … use ice".
            denied = self._lex[other.start - 1].kind == Kind.NOT
            second = self._entries[other.key]
            if second.rule is entry.rule and second.pair == entry.pair and not denied:
                return other.start, other.end
        return None

    def _noun(self, hit: Hit) -> bool:
        """Whether a one-word verb cue is a noun here: behind a determiner ("the calm", "an irregular beat")."""
        lex = self._lex
        i = hit.start - 1
        if hit.end - hit.start != 1 or lex[hit.start].lower.endswith(("ing", "ed")):
            return False
        if hit.start == self._a and hit.end + 1 < self._b and lex[hit.end].kind == Kind.COMMA:
            # "Clear, watery blisters may form."
            return bool(lex[hit.end + 1].flags & Flag.ADJECTIVE)
        if i < self._a:
            return False
        if lex[i].kind == Kind.WORD and lex[i].flags & (Flag.ADJECTIVE | Flag.EVALUATIVE):
            if any(n.what in THERAPIES and n.end == hit.start for n in self._names):
                # "The cold soothes …": the adjective is our name, and it acts.
                return False
            i -= 1
        return i >= self._a and lex[i].kind == Kind.DET and lex[i].lower not in _NOT_OF_A_NOUN

    def _closes(self, end: int) -> bool:
        """Whether nothing but punctuation follows up to the end of the sentence."""
        return all(self._lex[i].kind in _AT_THE_END for i in range(end, self._b))


def _has_object(behind: Lex) -> bool:
    """Whether an object follows a verb, not a measure ("fall a little")."""
    return behind.kind == Kind.WORD or behind.lower == "the"


def _clashes(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a span overlaps another of those taken."""
    start, end = span
    return any(first < end and start < last and (first, last) != span for first, last in taken)


def _same(one: Cue, other: Cue) -> bool:
    """Whether two rules read the same words alike; the first of them in the pack is kept."""
    first, second = one.entry.rule, other.entry.rule
    return (
        (one.start, one.end, one.direction) == (other.start, other.end, other.direction)
        and first.among == second.among
        and first.except_among == second.except_among
    )
