"""The records of a score: spans paired one to one, and the figures that follow from the pairs.

Knows neither tables nor files; standard library only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """What the score needs of one row, gold or claim; offsets are code points, end exclusive.

    ``kin`` are the interventions that count as the same as a gold row's: folded names, its own among them.
    """

    doc: str
    start: int
    end: int
    relation: str = ""
    polarity: str = ""
    certainty: str = ""
    intervention: str = ""
    condition: str = ""
    rule: str = ""
    evidence: str = ""
    concept: str = ""
    kin: frozenset[str] = frozenset()

    @property
    def statement(self) -> tuple[str, str, str]:
        """What has to agree before the words count: document, relation, polarity."""
        return (self.doc, self.relation, self.polarity)

    def overlap(self, other: Span) -> int:
        """The number of characters that both spans cover."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def likeness(self, other: Span) -> float:
        """Intersection over the longer span, 0 to 1."""
        return self.overlap(other) / max(self.end - self.start, other.end - other.start, 1)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows the gold has, how many the table has, how many are right."""

    gold: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """The share of the table's rows that are right; 1 where there is nothing to find and nothing found."""
        return self.right / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        """The share of gold rows that were found."""
        return self.right / self.gold if self.gold else float(not self.found)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        rows = self.gold + self.found
        return 2 * self.right / rows if rows else 1.0


@dataclass(frozen=True, slots=True)
class RuleTally:
    """What one rule did: rows made, right, wrong, and in how many documents it made any."""

    fired: int
    right: int
    documents: int

    @property
    def wrong(self) -> int:
        """Rows of this rule that match no gold row."""
        return self.fired - self.right


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that table and gold do not share.

    ``kind``: ``missed`` (gold only), ``wrong`` (table only), ``extra`` (table only, on a gold row that another row
    took), ``relation`` / ``polarity`` (both, but not agreed on that), and of right rows ``span``, ``certainty``,
    ``intervention``.
    """

    kind: str
    gold: Span | None
    claim: Span | None

    @property
    def place(self) -> tuple[str, int, int, str]:
        """Document, start, end, kind: the order in which differences are listed."""
        row = self.gold or self.claim
        assert row is not None
        return (row.doc, row.start, row.end, self.kind)


@dataclass(frozen=True, slots=True)
class Score:
    """The outcome: right pairs, gold rows not found, rows not in the gold, rows left out of the count."""

    right: tuple[tuple[Span, Span], ...]
    missed: tuple[Span, ...]
    wrong: tuple[Span, ...]
    left_out: tuple[Span, ...]
    documents: tuple[str, ...]

    @property
    def overall(self) -> Tally:
        """All rows together (micro)."""
        right = len(self.right)
        return Tally(right + len(self.missed), right + len(self.wrong), right)

    def by_relation(self) -> dict[str, Tally]:
        """One tally a relation, in alphabetical order."""
        return self._by(lambda row: row.relation, ())

    def by_document(self) -> dict[str, Tally]:
        """One tally a document that the gold names, those without claims too."""
        return self._by(lambda row: row.doc, self.documents)

    def by_rule(self) -> dict[str, RuleTally]:
        """What each rule did, most rows first."""
        right = Counter(claim.rule for _, claim in self.right)
        fired = right + Counter(claim.rule for claim in self.wrong)
        documents: dict[str, set[str]] = defaultdict(set)
        for claim in (*(claim for _, claim in self.right), *self.wrong):
            documents[claim.rule].add(claim.doc)
        order = sorted(fired, key=lambda rule: (-fired[rule], rule))
        return {rule: RuleTally(fired[rule], right[rule], len(documents[rule])) for rule in order}

    @property
    def negated(self) -> Tally:
        """The negated rows alone; its recall says how many denials were found as denials."""
        return self._by(lambda row: row.polarity, ("negated",))["negated"]

    def share(self, agree: Callable[[Span, Span], bool]) -> float:
        """Of the right rows, the share for which ``agree(gold, claim)``; 1 where no row is right."""
        return sum(agree(gold, claim) for gold, claim in self.right) / len(self.right) if self.right else 1.0

    def split_concepts(self) -> list[str]:
        """The gold's concepts that recur in two documents or more, and whose right rows do not share one concept id."""
        ids: dict[str, set[str]] = defaultdict(set)
        documents: dict[str, set[str]] = defaultdict(set)
        for gold, claim in self.right:
            ids[gold.concept].add(claim.concept)
            documents[gold.concept].add(gold.doc)
        return sorted(c for c in ids if c and len(documents[c]) > 1 and (len(ids[c]) > 1 or "" in ids[c]))

    def differences(self) -> list[Difference]:
        """Every row that table and gold do not share, and every right row that differs in a detail."""
        pairs, missed, wrong = pair(self.missed, self.wrong, lambda row: row.doc)
        found = [Difference("polarity" if g.relation == c.relation else "relation", g, c) for g, c in pairs]
        found += [Difference("missed", gold, None) for gold in missed]
        taken: dict[Hashable, list[Span]] = defaultdict(list)
        for gold, _ in self.right:
            taken[gold.statement].append(gold)
        for claim in wrong:
            extra = any(claim.overlap(gold) for gold in taken[claim.statement])
            found.append(Difference("extra" if extra else "wrong", None, claim))
        for kind, agree in DETAILS.items():
            found += [Difference(kind, gold, claim) for gold, claim in self.right if not agree(gold, claim)]
        return sorted(found, key=lambda difference: difference.place)

    def _by(self, key: Callable[[Span], str], always: Iterable[str]) -> dict[str, Tally]:
        right = Counter(key(gold) for gold, _ in self.right)
        gold = right + Counter(key(row) for row in self.missed)
        found = right + Counter(key(row) for row in self.wrong)
        names = sorted({*gold, *found, *always})
        return {name: Tally(gold[name], found[name], right[name]) for name in names}


def _same_span(gold: Span, claim: Span) -> bool:
    return (gold.start, gold.end) == (claim.start, claim.end)


def _same_certainty(gold: Span, claim: Span) -> bool:
    return gold.certainty == claim.certainty


def _same_intervention(gold: Span, claim: Span) -> bool:
    name = claim.intervention.casefold()
    return name == gold.intervention.casefold() or name in gold.kin


DETAILS: dict[str, Callable[[Span, Span], bool]] = {
    "span": _same_span,
    "certainty": _same_certainty,
    "intervention": _same_intervention,
}


def pair(
    gold: Sequence[Span], claims: Sequence[Span], key: Callable[[Span], Hashable]
) -> tuple[list[tuple[Span, Span]], list[Span], list[Span]]:
    """Pair overlapping rows with equal keys one to one, likest first; ties go to the earlier row in the text."""
    bucket: dict[Hashable, list[int]] = defaultdict(list)
    for index, claim in enumerate(claims):
        bucket[key(claim)].append(index)
    candidates = [
        (-row.likeness(claims[c]), row.doc, row.start, row.end, claims[c].start, claims[c].end, g, c)
        for g, row in enumerate(gold)
        for c in bucket[key(row)]
        if row.overlap(claims[c])
    ]
    taken_gold: set[int] = set()
    taken_claims: set[int] = set()
    pairs: list[tuple[Span, Span]] = []
    for *_, g, c in sorted(candidates):
        if g not in taken_gold and c not in taken_claims:
            taken_gold.add(g)
            taken_claims.add(c)
            pairs.append((gold[g], claims[c]))
    missed = [row for g, row in enumerate(gold) if g not in taken_gold]
    rest = [row for c, row in enumerate(claims) if c not in taken_claims]
    return pairs, missed, rest
