"""Who says what of which concept: the table concept by source, for the heat map of the page and of the picture."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """What one source says of one concept by one relation and polarity.

    ``count`` mentions, ``hedged`` if every one of them is; ``row`` is the index of the first.
    """

    relation: str
    negated: bool
    hedged: bool
    count: int
    row: int


@dataclass(frozen=True, slots=True)
class Line:
    """One concept: how many sources speak of it, and by source what they say."""

    concept_id: str
    concept: str
    sources: int
    cells: Mapping[str, tuple[Said, ...]]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Concepts by sources; ``all_concepts`` and ``all_sources`` count those that were left out too."""

    sources: tuple[str, ...]
    lines: tuple[Line, ...]
    all_concepts: int
    all_sources: int


def matrix(rows: Sequence[Mapping[str, Any]], concepts: int, sources: int) -> Matrix:
    """The concepts that most sources speak of, and the sources that speak of most of these.

    At most ``concepts`` lines, most sources first, and ``sources`` columns, by name. Claims without a concept have no
    line.
    """
    cells: dict[str, dict[str, dict[tuple[str, bool], list[int]]]] = {}
    names: dict[str, str] = {}
    for index, row in enumerate(rows):
        if concept_id := row["concept_id"]:
            names.setdefault(concept_id, row["concept"] or concept_id)
            by_source = cells.setdefault(concept_id, {})
            said = by_source.setdefault(row["source"], defaultdict(list))
            said[row["relation"], row["polarity"] == "negated"].append(index)
    order = sorted(cells, key=lambda c: (-len(cells[c]), names[c].casefold(), c))[:concepts]
    speaks = Counter(source for concept_id in order for source in cells[concept_id])
    columns = sorted(sorted(speaks, key=lambda source: (-speaks[source], source))[:sources])
    shown = set(columns)
    lines = [
        Line(
            concept_id,
            names[concept_id],
            len(cells[concept_id]),
            {source: _said(rows, said) for source, said in cells[concept_id].items() if source in shown},
        )
        for concept_id in order
    ]
    everyone = {row["source"] for row in rows if row["concept_id"]}
    return Matrix(tuple(columns), tuple(line for line in lines if line.cells), len(cells), len(everyone))


def _said(rows: Sequence[Mapping[str, Any]], said: Mapping[tuple[str, bool], list[int]]) -> tuple[Said, ...]:
    return tuple(
        Said(relation, negated, all(rows[i]["certainty"] == "hedged" for i in indices), len(indices), indices[0])
        for (relation, negated), indices in sorted(said.items())
    )


def stem(source: str) -> str:
    """The last part of a source's name, without its extension: what fits beside a narrow row or column."""
    last = source.rstrip("/").rpartition("/")[2] or source
    return PurePosixPath(last).stem or last
