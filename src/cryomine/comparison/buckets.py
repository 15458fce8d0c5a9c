"""Statements in buckets: by relation and polarity, by concept, by profile; and the verdict between two buckets.

A bucket is compared with another by the few profiles that occur in both, never statement by statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cryomine.comparison.judge import Judgement, Match, Meeting, Profile, judge, meeting
from cryomine.comparison.kinship import Kinship
from cryomine.comparison.rules import PairRule
from cryomine.comparison.statements import Statement


@dataclass(eq=False)
class Bucket:
    """The statements on one concept with one relation and polarity, by profile, profiles sorted."""

    profiles: dict[Profile, list[Statement]] = field(default_factory=dict)

    @cached_property
    def by_source(self) -> dict[str, list[Statement]]:
        """The same statements by source."""
        found: dict[str, list[Statement]] = {}
        for statements in self.profiles.values():
            for statement in statements:
                found.setdefault(statement.key.source, []).append(statement)
        return found

    @cached_property
    def some_sources(self) -> dict[Profile, frozenset[str]]:
        """Of each profile up to two of its sources: enough to know whether there is one beside a given source."""
        found = {}
        for profile, statements in self.profiles.items():
            first = statements[0].key.source
            other = next((each.key.source for each in statements if each.key.source != first), first)
            found[profile] = frozenset((first, other))
        return found


# One relation and polarity by concept.
Side = dict[str, Bucket]


def sides(statements: Sequence[Statement]) -> dict[tuple[str, str], Side]:
    """All statements, by (relation, polarity), then by concept."""
    found: dict[tuple[str, str], Side] = {}
    for statement in statements:
        side = found.setdefault((statement.key.relation, statement.key.polarity), {})
        bucket = side.setdefault(statement.key.concept, Bucket())
        bucket.profiles.setdefault(statement.profile, []).append(statement)
    for side in found.values():
        for bucket in side.values():
            bucket.profiles = dict(sorted(bucket.profiles.items()))
    return found


class Court:
    """Verdicts between profiles; what was judged once is looked up."""

    def __init__(self, kin: Kinship) -> None:
        """``kin`` has the rules."""
        self.kin = kin
        self._meetings: dict[Profile, dict[Profile, Meeting]] = {}
        self._verdicts: dict[tuple[object, ...], dict[Meeting, Judgement]] = {}

    def verdicts(self, rule: PairRule, match: Match) -> dict[Meeting, Judgement]:
        """The judgements under one rule for concepts of one sort, by how the profiles meet."""
        kin = self.kin
        passing = kin.passing(match.narrower) or kin.passing(match.wider)
        sort = (rule.id, match.how, match.filed, kin.kind(match.narrower), passing)
        known = self._verdicts.setdefault(sort, {})
        if not known:
            for met in (Meeting(*(bool(number >> bit & 1) for bit in range(4))) for number in range(16)):
                known[met] = judge(rule, match, met, kin)
        return known

    def between(
        self, rule: PairRule, match: Match, first: Bucket, second: Bucket
    ) -> dict[Judgement, list[tuple[Profile, Profile]]]:
        """The pairs of profiles of two buckets by verdict, the gravest first; within one in the profiles' order."""
        verdicts = self.verdicts(rule, match)
        found: dict[Judgement, list[tuple[Profile, Profile]]] = {}
        for one in first.profiles:
            known = self._meetings.setdefault(one, {})
            for other in second.profiles:
                met = known.get(other)
                if met is None:
                    met = known[other] = meeting(one, other, self.kin)
                found.setdefault(verdicts[met], []).append((one, other))
        return dict(sorted(found.items(), key=lambda item: item[0].rank))
