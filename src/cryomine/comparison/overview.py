"""Who says what at a glance: the cells of the matrix, and what each source says in figures.

Knows statements' keys and plain columns; no frames.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cryomine.comparison.statements import Key

# A row of the matrix: pack, concept (id or folded condition), relation.
Line = tuple[str, str, str]


def cells(keys: Sequence[Key], columns: Mapping[str, list[str]]) -> dict[Line, dict[str, str]]:
    """For each line of the matrix the stance of each source that has one, copies included.

    ``affirmed``: at least once without a hedge; ``hedged``: only with; ``negated``: denied; ``both``: affirmed or
    hedged in one place and denied in another.
    """
    seen: dict[Line, dict[str, set[str]]] = {}
    for key, source, polarity, certainty in zip(
        keys, columns["source"], columns["polarity"], columns["certainty"], strict=True
    ):
        stance = "negated" if polarity == "negated" else "hedged" if certainty == "hedged" else "affirmed"
        seen.setdefault((key.pack, key.concept, key.relation), {}).setdefault(source, set()).add(stance)
    return {line: {source: _stance(said) for source, said in row.items()} for line, row in sorted(seen.items())}


def _stance(said: set[str]) -> str:
    if "negated" in said:
        return "both" if len(said) > 1 else "negated"
    return "affirmed" if "affirmed" in said else "hedged"


@dataclass(slots=True)
class SourceFigures:
    """One source in figures; claims are mentions, the last four count distinct claims (relation, concept, denial)."""

    claims: int = 0
    hedged: int = 0
    negated: int = 0
    relations: Counter[str] = field(default_factory=Counter)
    distinct: int = 0
    only_here: int = 0
    contradicted: int = 0
    self_contradicted: int = 0


def figures(
    keys: Sequence[Key], columns: Mapping[str, list[str]], across: Iterable[Key], within: Iterable[Key]
) -> dict[str, SourceFigures]:
    """The figures of every source with claims; a copy's claims are as unique and as contradicted as its original's."""
    across, within = frozenset(across), frozenset(within)
    made_by: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for key in keys:
        made_by[_claim(key)].add(key.source)
    found: dict[str, SourceFigures] = {}
    claims: dict[str, dict[tuple[str, ...], set[Key]]] = {}
    for key, source, certainty in zip(keys, columns["source"], columns["certainty"], strict=True):
        one = found.setdefault(source, SourceFigures())
        one.claims += 1
        one.hedged += certainty == "hedged"
        one.negated += key.polarity == "negated"
        one.relations[key.relation] += 1
        claims.setdefault(source, {}).setdefault(_claim(key), set()).add(key)
    for source, made in claims.items():
        one = found[source]
        one.distinct = len(made)
        one.only_here = sum(len(made_by[claim]) == 1 for claim in made)
        one.contradicted = sum(not across.isdisjoint(statement) for statement in made.values())
        one.self_contradicted = sum(not within.isdisjoint(statement) for statement in made.values())
    return found


def _claim(key: Key) -> tuple[str, ...]:
    return key.pack, key.relation, key.polarity, key.concept
