"""Who is kin to whom: concepts along is-a and along codes, interventions, and what reaches how far.

Takes the vocabulary as plain tables; knows nothing of claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from cryomine.comparison.rules import Rules
from cryomine.packs.hierarchy import above

if TYPE_CHECKING:
    from cryomine.packs.schema import Pack

FACTS = ("concept_id", "name", "kind", "ancestors", "icd10")  # the columns of concepts.csv that are looked at
_CODE = re.compile(r"([A-Z])(\d\d)")


@dataclass(frozen=True, slots=True)
class ConceptFacts:
    """What comparing needs to know of one concept; ``ancestors`` are ids along is-a, the nearest first."""

    name: str
    kind: str = ""
    ancestors: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(eq=False)
class Kinship:
    """The answers; asked in the inner loop, so they are worked out once."""

    concepts: Mapping[str, ConceptFacts]
    rules: Rules
    parents: Mapping[str, Sequence[str]] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    vague: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Index the facts that the rules add."""
        self._passing = frozenset(self.rules.passing)
        self._alike: dict[str, tuple[str, ...]] = {}
        for group in self.rules.alike:
            for key in group:
                self._alike[key] = tuple(other for other in group if other != key)
        self._reach = dict.fromkeys(self.rules.local, "local") | dict.fromkeys(self.rules.whole, "whole")
        self._blocks = [(*block.split("-"), key) for block, key in sorted(self.rules.filed.items())]
        self.related = lru_cache(maxsize=None)(self._related)
        self.reach = lru_cache(maxsize=None)(self._reach_of)
        self.filed = lru_cache(maxsize=None)(self._filed)

    def name(self, concept: str) -> str:
        """The preferred name, or the id itself (an unlinked condition is its own name)."""
        return self.concepts[concept].name if concept in self.concepts else concept

    def kind(self, concept: str) -> str:
        """The concept's kind (disease, symptom, …), empty where it is not known."""
        return self.concepts[concept].kind if concept in self.concepts else ""

    def above(self, concept: str) -> tuple[str, ...]:
        """All is-a ancestors, the nearest first."""
        return self.concepts[concept].ancestors if concept in self.concepts else ()

    def alike(self, concept: str) -> tuple[str, ...]:
        """Other concepts that sources use for the same thing."""
        return self._alike.get(concept, ())

    def passing(self, concept: str) -> bool:
        """Whether most procedures bring it for a while."""
        return concept in self._passing

    def _filed(self, concept: str) -> tuple[str, ...]:
        """Classes under which the concept's codes file it, though is-a does not."""
        facts = self.concepts.get(concept)
        if facts is None or facts.kind not in self.rules.filed_kinds:
            return ()
        known = {concept, *facts.ancestors}
        found = {
            key
            for code in facts.codes
            for first, last, key in self._blocks
            if (match := _CODE.match(code)) and first <= match[0] <= last and key not in known
        }
        return tuple(sorted(found))

    def _related(self, one: str, other: str) -> bool:
        """Whether two interventions (canonical names) are the same, or one is a kind of the other.

        A vague name ("cold therapy") stands for whatever more specific one its article means: it is kin to all.
        """
        a, b = self.ids.get(one, one), self.ids.get(other, other)
        return a == b or not self.vague.isdisjoint((a, b)) or a in self._up(b) or b in self._up(a)

    def _reach_of(self, intervention: str) -> str:
        """``local``, ``whole``, or empty where an intervention (a canonical name) can be either."""
        key = self.ids.get(intervention, intervention)
        return next((self._reach[each] for each in (key, *self._up(key)) if each in self._reach), "")

    def _up(self, intervention: str) -> tuple[str, ...]:
        """The ids above an intervention, the nearest first."""
        return above(intervention, lambda key: self.parents.get(key, ()))


def facts_of(concepts: Iterable[Mapping[str, str]]) -> dict[str, ConceptFacts]:
    """Id -> facts, from the rows of ``concepts.csv``; several ids in a cell are joined by ``|``."""
    return {
        row["concept_id"]: ConceptFacts(row["name"], row["kind"], _several(row["ancestors"]), _several(row["icd10"]))
        for row in concepts
    }


def kinship(facts: Mapping[str, ConceptFacts], pack: Pack, rules: Rules, names: Mapping[str, str]) -> Kinship:
    """From a vocabulary, a pack and its rules; ``names`` are of concepts that claims name, but no vocabulary has."""
    return Kinship(
        concepts={key: ConceptFacts(name) for key, name in names.items()} | dict(facts),
        rules=rules,
        parents={item.id: item.parents for item in pack.interventions},
        ids={item.name: item.id for item in pack.interventions},
        vague=pack.concept_sets.get("vague_interventions", frozenset()),
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
