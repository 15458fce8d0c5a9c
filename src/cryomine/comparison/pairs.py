"""Contradictions: the statements of opposite buckets, every contradicted statement noted, the pairs listed in order.

Cost: in proportion to the number of statements; the pairs themselves are counted and listed up to a budget. Knows
statements, rules, kinship; no files, no frames.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, product

from cryomine.comparison.buckets import Bucket, Court, Side, sides
from cryomine.comparison.judge import Judgement, Match, Profile
from cryomine.comparison.kinship import Kinship
from cryomine.comparison.rules import PairRule
from cryomine.comparison.statements import Statement


@dataclass(frozen=True, slots=True)
class Pair:
    """One contradiction; ``group`` counts the pairs of the same rule and the same two concepts, listed or not."""

    rule: PairRule
    match: Match
    judgement: Judgement
    first: Statement
    second: Statement
    group: int

    @property
    def within(self) -> bool:
        """Whether one article says both."""
        return self.first.key.source == self.second.key.source


@dataclass(slots=True)
class _Group:
    """Two opposite buckets under one rule, with the pairs of profiles by verdict, the gravest first."""

    rule: PairRule
    match: Match
    first: Bucket
    second: Bucket
    verdicts: dict[Judgement, list[tuple[Profile, Profile]]]
    size: int

    def pairs(self, limit: int) -> list[Pair]:
        """Up to ``limit`` pairs, the gravest first; of one gravity, those within an article first."""
        return list(islice(self._all(), limit))

    def _all(self) -> Iterator[Pair]:
        for judgement, met in self.verdicts.items():
            inside, outside = self._within(met), self._across(met)
            for first, second in chain(inside, outside):
                yield Pair(self.rule, self.match, judgement, first, second, self.size)

    def _within(self, met: list[tuple[Profile, Profile]]) -> Iterator[tuple[Statement, Statement]]:
        if not (shared := self.first.by_source.keys() & self.second.by_source.keys()):
            return
        wanted = set(met)
        for source in sorted(shared):
            for first, second in product(self.first.by_source[source], self.second.by_source[source]):
                if (first.profile, second.profile) in wanted:
                    yield first, second

    def _across(self, met: list[tuple[Profile, Profile]]) -> Iterator[tuple[Statement, Statement]]:
        for one, other in met:
            for first, second in product(self.first.profiles[one], self.second.profiles[other]):
                if first.key.source != second.key.source:
                    yield first, second


def contradictions(statements: Sequence[Statement], kin: Kinship, budget: int) -> tuple[list[Pair], int]:
    """Compare the statements of one pack: at most about ``budget`` pairs, of every group the gravest, and their number.

    Notes on each statement whether it is contradicted (apparent pairs do not count).
    """
    court, everything = Court(kin), sides(statements)
    groups = []
    for rule in kin.rules.pairs:
        firsts = everything.get((rule.first.relation, rule.first.polarity), {})
        seconds = everything.get((rule.second.relation, rule.second.polarity), {})
        for match, first, second in _opposite(rule, firsts, seconds, kin):
            verdicts = court.between(rule, match, first, second)
            sizes = (len(first.profiles[a]) * len(second.profiles[b]) for met in verdicts.values() for a, b in met)
            group = _Group(rule, match, first, second, verdicts, sum(sizes))
            _note(group)
            groups.append(group)
    limit = fair_limit([group.size for group in groups], budget)
    return [pair for group in groups for pair in group.pairs(limit)], sum(group.size for group in groups)


def fair_limit(sizes: Sequence[int], budget: int) -> int:
    """The largest limit per group with which all groups together stay within ``budget``; at least 1."""
    left = budget
    for number, size in enumerate(sorted(sizes)):
        share = left // (len(sizes) - number)
        if size > share:
            return max(share, 1)
        left -= size
    return max(sizes, default=1)


def _opposite(rule: PairRule, firsts: Side, seconds: Side, kin: Kinship) -> Iterator[tuple[Match, Bucket, Bucket]]:
    """The pairs of buckets that the rule is about, in the order of the concepts."""
    if rule.concepts == "same":
        for concept in sorted(firsts):
            for other in (concept, *kin.alike(concept)):
                if other in seconds:
                    yield Match("same", concept, other), firsts[concept], seconds[other]
        return
    first_below = rule.concepts == "first-below"
    below, above = (firsts, seconds) if first_below else (seconds, firsts)
    for narrower in sorted(below):
        told = kin.alike(narrower)  # as the same concept
        matches = [Match("hierarchy", narrower, wider) for wider in kin.above(narrower) if wider not in told]
        matches += [Match("hierarchy", narrower, wider, filed=True) for wider in kin.filed(narrower)]
        for match in matches:
            if match.wider in above:
                low, high = below[narrower], above[match.wider]
                yield match, *((low, high) if first_below else (high, low))


def _note(group: _Group) -> None:
    """Note every statement that a contradiction of the group touches, without forming the pairs."""
    grave = [met for judgement, met in group.verdicts.items() if judgement.verdict == "contradiction"]
    pairs = [pair for met in grave for pair in met]
    for side, (one, other) in enumerate(((group.first, group.second), (group.second, group.first))):
        opponents: dict[Profile, set[str]] = {}
        for pair in pairs:
            known = opponents.setdefault(pair[side], set())
            if len(known) < 2:
                known |= other.some_sources[pair[1 - side]]
        for profile, sources in opponents.items():
            for statement in one.profiles[profile]:
                if len(sources) > 1 or statement.key.source not in sources:
                    statement.contradicted = True
    if shared := group.first.by_source.keys() & group.second.by_source.keys():
        wanted = set(pairs)
        for source in shared:
            for first, second in product(group.first.by_source[source], group.second.by_source[source]):
                if (first.profile, second.profile) in wanted:
                    first.self_contradicted = second.self_contradicted = True
