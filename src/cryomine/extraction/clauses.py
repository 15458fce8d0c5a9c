"""Where the clause of a cue begins and ends: how far what denies or hedges reaches."""

from __future__ import annotations

from collections.abc import Sequence

from cryomine.extraction.lexicon import Kind, Lex
from cryomine.extraction.view import View

# What the subject of "no cold pack will …" is made of, its auxiliary included.
_SUBJECT = frozenset((Kind.WORD, Kind.VERB, Kind.OF, Kind.ADV, Kind.HYPHEN, Kind.AUX))


class Clauses:
    """The clauses of the sentence ``a:b``; ``ends`` are the tokens of words that end the reach of others ("but")."""

    def __init__(self, view: View, ends: frozenset[int], a: int, b: int) -> None:
        self._view, self._ends, self._a, self._b = view, ends, a, b

    def rest(self, at: int) -> int:
        """Where the clause that goes on at token ``at`` ends, a clause that "where" or "when" begins left out."""
        lex, end = self._view.lex, self.end(at)
        for i in range(at, end):
            kind = lex[i].kind
            if kind == Kind.SUB or (kind == Kind.CONJ and self._new_clause(i, end)):
                return i
        return end

    def _new_clause(self, i: int, end: int) -> bool:
        """Whether a conjunction leads to a subject with its own verb ("…, and neither will replace sleep")."""
        lex = self._view.lex
        comma = next((j for j in range(i, end) if lex[j].kind == Kind.COMMA), end)
        return any(x.kind == Kind.AUX for x in lex[i + 1 : min(comma, i + 8)])

    def own(self, low: int, high: int, first: int, last: int) -> tuple[int, int]:
        """``low:high`` without the clauses beside ``first:last`` that have a subject and a verb of their own.

        "The cap can be heavy, and a few patients get headache": the "can" is about the cap; "open wounds where the cup
        would go": the "would" is about the cup.
        """
        lex = self._view.lex
        high = next((i for i in range(last, high) if lex[i].lower in self._view.lists["supposing"]), high)
        # "Removes warts that can bleed": the "can" is about the warts.
        relatives = self._view.lists["relatives"]
        ends = (i for i in range(last, high - 1) if lex[i].lower in relatives and lex[i + 1].kind == Kind.AUX)
        high = next(ends, high)
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

    def start(self, anchor: int, *, verbs: bool, dashes: bool = False) -> int:
        """Where the clause of ``anchor`` begins; with ``verbs`` a conjoined verb phrase begins a clause of its own."""
        ends = self._ends
        lex = self._view.lex
        for i in range(anchor - 1, self._a - 1, -1):
            if i in ends or lex[i].kind in (Kind.SEMI, Kind.STOP):
                return i + 1
            if dashes and lex[i].kind == Kind.DASH:
                return i + 1
            if verbs and lex[i].kind == Kind.COLON and self._sentences(i, anchor):
                # "Do not hold your breath: it can make you faint."
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

    def _sentences(self, colon: int, anchor: int) -> bool:
        """Whether a colon parts two sentences, the later one with a subject in front of ``anchor``."""
        lex = self._view.lex
        if any(x.kind == Kind.PRON for x in lex[colon:anchor]):
            return True
        verbal = any(x.kind in (Kind.AUX, Kind.VERB) for x in lex[self._a : colon])
        told = next((j for j in range(colon + 1, anchor + 1) if lex[j].kind == Kind.AUX), colon)
        return verbal and any(x.kind == Kind.WORD for x in lex[colon + 1 : told])

    def end(self, anchor: int, *, labels: bool = False) -> int:
        """Where the clause of ``anchor`` ends; with ``labels`` a colon or dash behind a list item's name ends it."""
        ends = self._ends
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


def second_verb(lex: Sequence[Lex], a: int, b: int) -> bool:
    """Whether another verb begins within tokens ``a:b``: "(pain that will not) go away can be (treated)"."""
    for i in range(a + 1, b):
        front = i - 2 if lex[i - 1].kind == Kind.ADV else i - 1
        if lex[i].kind == Kind.AUX and front >= a and lex[front].kind == Kind.VERB:
            # "No evidence that freezing is effective": its subject.
            subject = lex[front].lower.endswith("ing") and (front == a or lex[front - 1].lower == "that")
            if not subject:
                return True
    return False


def closes(lex: Sequence[Lex], a: int, b: int) -> bool:
    """Whether brackets that opened in front of tokens ``a:b`` close within them."""
    kinds = [x.kind for x in lex[a:b] if x.kind in (Kind.OPEN, Kind.CLOSE)]
    return bool(kinds) and kinds[0] == Kind.CLOSE


def is_subject_of_verb(words: Sequence[Lex]) -> bool:
    """Whether words between "no" and a verb are its subject ("no [cold pack will] clear …")."""
    kinds = [word.kind for word in words]
    return Kind.AUX in kinds and set(kinds) <= _SUBJECT and kinds.index(Kind.AUX) > 0
