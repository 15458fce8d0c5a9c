"""The is-a hierarchy of a pack's concepts: ancestors, children, and the table that stands beside the claims.

Knows concepts only, no claims and no documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from cryomine.beside import CONCEPTS
from cryomine.packs.schema import Concept

COLUMNS = tuple(column.name for column in CONCEPTS)


class Hierarchy:
    """Concepts by id, with the way up and the way down. Bears cycles and unknown parents: the check reports them."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        """Index the concepts; about 1 µs each."""
        self.by_id: Mapping[str, Concept] = {concept.id: concept for concept in concepts}
        self._children: dict[str, list[str]] = {}
        self._above: dict[str, tuple[str, ...]] = {}
        for concept in self.by_id.values():
            for parent in concept.parents:
                self._children.setdefault(parent, []).append(concept.id)

    def ancestors(self, concept_id: str) -> tuple[str, ...]:
        """The ids of all is-a ancestors, the nearest first, each once, without the concept itself."""
        found = self._above.get(concept_id)
        if found is None:
            found = self._above[concept_id] = above(concept_id, self._parents)
        return found

    def children(self, concept_id: str) -> tuple[str, ...]:
        """The ids of the concepts that name this one as a parent, in the order of the vocabulary."""
        return tuple(self._children.get(concept_id, ()))

    def systems(self, concept_id: str) -> tuple[str, ...]:
        """The ids of the classes (``kind`` = class) that the concept is under or is itself, sorted."""
        ids = (concept_id, *self.ancestors(concept_id))
        return tuple(sorted(key for key in ids if key in self.by_id and self.by_id[key].kind == "class"))

    def rows(self) -> Iterator[dict[str, str]]:
        """One row per concept, sorted by id, in the order of ``COLUMNS``: all that ``claims.merge(concepts)`` needs."""
        for key in sorted(self.by_id):
            concept = self.by_id[key]
            yield {
                "concept_id": concept.id,
                "name": concept.name,
                "kind": concept.kind,
                "parents": _joined(concept.parents),
                "ancestors": _joined(self.ancestors(key)),
                "systems": _joined(self.systems(key)),
                "icd10": _joined(concept.icd10),
                "mondo": _joined(concept.mondo),
                "hpo": _joined(concept.hpo),
            }

    def csv(self) -> str:
        """``concepts.csv`` as text: header first, ``\\n`` line ends, the same on every machine."""
        import csv
        import io

        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(row.values() for row in self.rows())
        return out.getvalue()

    def _parents(self, concept_id: str) -> Sequence[str]:
        concept = self.by_id.get(concept_id)
        return concept.parents if concept else ()


def above(key: str, parents: Callable[[str], Sequence[str]]) -> tuple[str, ...]:
    """All that is above ``key`` by its ``parents``, the nearest first, each once, without itself."""
    found: dict[str, None] = {}
    level = list(parents(key))
    while level:
        new = [each for each in dict.fromkeys(level) if each not in found and each != key]
        found |= dict.fromkeys(new)
        level = [parent for each in new for parent in parents(each)]
    return tuple(found)


def _joined(parts: Sequence[str]) -> str:
    return "|".join(parts)
