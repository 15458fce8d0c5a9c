"""Agreements: who affirms the same relation of the same concept, or of a kind of it.

One agreement per relation and concept; its members are those who name the concept and those who name a kind of it.
Cost: every statement is looked at once for each claimed concept above its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cryomine.comparison.kinship import Kinship
from cryomine.comparison.statements import Statement


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two or more independent sources affirm ``relation`` of ``concept``: some of itself, some of a kind of it.

    ``same`` says it of the concept, ``below`` of a kind of it. ``sources`` counts distinct sources of both,
    ``sources_same`` those that name the concept itself.
    """

    pack: str
    relation: str
    concept: str
    same: tuple[Statement, ...]
    below: tuple[Statement, ...]
    sources: int
    sources_same: int

    def members(self, limit: int) -> list[tuple[str, Statement]]:
        """Up to ``limit`` members with how they match, sorted by that; cut short, as many sources as possible stay."""
        if limit >= len(self.same) + len(self.below):
            return [("same", each) for each in self.same] + [("hierarchy", each) for each in self.below]
        chosen = sorted(self._ranked())[:limit]
        everyone = (*self.same, *self.below)
        return [(match, everyone[place]) for _, match_rank, place in chosen
                for match in [("same", "hierarchy")[match_rank]]]  # fmt: skip

    def _ranked(self) -> Iterator[tuple[int, int, int]]:
        """For each member: how many of its source came before, how it matches, its place."""
        seen: dict[str, int] = {}
        for place, statement in enumerate((*self.same, *self.below)):
            before = seen.get(statement.key.source, 0)
            seen[statement.key.source] = before + 1
            yield before, int(place >= len(self.same)), place


def agreements(statements: Sequence[Statement], pack: str, kin: Kinship) -> list[Agreement]:
    """The agreements of one pack's statements, sorted by relation and concept."""
    buckets: dict[str, dict[str, list[Statement]]] = {}
    for statement in statements:
        if statement.key.polarity == "affirmed":
            buckets.setdefault(statement.key.relation, {}).setdefault(statement.key.concept, []).append(statement)
    found = []
    for relation, concepts in sorted(buckets.items()):
        below: dict[str, list[Statement]] = {}
        for concept in sorted(concepts):
            for wider in dict.fromkeys((*kin.alike(concept), *kin.above(concept))):
                if wider in concepts:
                    below.setdefault(wider, []).extend(concepts[concept])
        for concept, same in sorted(concepts.items()):
            others = below.get(concept, [])
            named = {statement.key.source for statement in same}
            everyone = named.union(statement.key.source for statement in others)
            if len(everyone) > 1:
                found.append(Agreement(pack, relation, concept, tuple(same), tuple(others), len(everyone), len(named)))
    return found
