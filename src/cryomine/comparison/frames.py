"""The parts of a comparison as DataFrames. Knows pandas and the columns; judges nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cryomine.claims import Column, Kind
from cryomine.comparison import columns as table_of
from cryomine.comparison.judge import sentence
from cryomine.comparison.pairs import fair_limit
from cryomine.rows import digest

if TYPE_CHECKING:
    import pandas as pd

    from cryomine.comparison.agreements import Agreement
    from cryomine.comparison.kinship import Kinship
    from cryomine.comparison.overview import Line, SourceFigures
    from cryomine.comparison.pairs import Pair
    from cryomine.comparison.statements import Statement

# Columns of the claims table that a mention brings along.
_COPIED = tuple(column.name for column in table_of.MENTION if column.name not in ("concept", "mentions"))
_Claims = Mapping[str, list[str]]


def contradictions(pairs: Sequence[tuple[Pair, Kinship]], table: _Claims) -> pd.DataFrame:
    """The pairs as a table: contradictions before apparent ones, strong before weak, then by sources and concepts.

    ``table`` holds the claims by column.
    """

    def gravity(item: tuple[Pair, Kinship]) -> tuple[Any, ...]:
        pair, kin = item
        sides = (pair.first, pair.second)
        return (
            *pair.judgement.rank, pair.rule.kind, *(kin.name(each.key.concept) for each in sides),
            *(table["source"][each.row] for each in sides), *(each.key.intervention for each in sides), pair.rule.id,
            *(table["mention_id"][each.row] for each in sides),
        )  # fmt: skip

    pairs = sorted(pairs, key=gravity)
    data: dict[str, list[Any]] = {}
    for side, statements in (("a", [p.first for p, _ in pairs]), ("b", [p.second for p, _ in pairs])):
        mentions = _mentions(statements, [kin for _, kin in pairs], table)
        data |= {f"{name}_{side}": values for name, values in mentions.items()}
    words = ("source", "intervention", "concept")
    filled = [
        dict(zip([f"{name}_{side}" for side in "ab" for name in words], values, strict=True))
        for values in zip(*(data[f"{name}_{side}"] for side in "ab" for name in words), strict=True)
    ]
    ids = zip(pairs, data["mention_id_a"], data["mention_id_b"], strict=True)
    data |= {
        "pair_id": [digest(pair.first.key.pack, pair.rule.id, a, b) for (pair, _), a, b in ids],
        "verdict": [pair.judgement.verdict for pair, _ in pairs],
        "kind": [pair.rule.kind for pair, _ in pairs],
        "strength": [pair.judgement.strength for pair, _ in pairs],
        "scope": ["within" if pair.within else "across" for pair, _ in pairs],
        "match": [pair.match.how for pair, _ in pairs],
        "why": [
            sentence(pair.rule, pair.judgement, pair.match, each, kin, pair.within)
            for (pair, kin), each in zip(pairs, filled, strict=True)
        ],
        "rule": [pair.rule.id for pair, _ in pairs],
        "adjustments": ["|".join(reason.id for reason in pair.judgement.reasons) for pair, _ in pairs],
        "group_pairs": [pair.group for pair, _ in pairs],
        "pack": [pair.first.key.pack for pair, _ in pairs],
    }
    return frame(data, table_of.CONTRADICTIONS)


def agreements(found: Sequence[tuple[Agreement, Kinship]], table: _Claims, budget: int) -> pd.DataFrame:
    """The agreements as a table, one row a member, up to about ``budget`` rows; those of most sources first."""
    order = sorted(found, key=lambda item: (-item[0].sources, item[0].relation, item[0].concept, item[0].pack))
    limit = max(2, fair_limit([len(each.same) + len(each.below) for each, _ in order], budget))
    rows = [(each, kin, *member) for each, kin in order for member in each.members(limit)]
    said = _mentions([statement for *_, statement in rows], [kin for _, kin, *_ in rows], table)
    heads = {id(each): digest(each.pack, each.relation, each.concept) for each, _ in order}
    data = said | {
        "agreement_id": [heads[id(each)] for each, *_ in rows],
        "relation": [each.relation for each, *_ in rows],
        "concept_id": [table["concept_id"][each.same[0].row] for each, *_ in rows],
        "concept": [kin.name(each.concept) for each, kin, *_ in rows],
        "sources": [each.sources for each, *_ in rows],
        "sources_same": [each.sources_same for each, *_ in rows],
        "members": [len(each.same) + len(each.below) for each, *_ in rows],
        "match": [match for *_, match, _ in rows],
        "said_concept_id": said["concept_id"],
        "said_concept": said["concept"],
        "pack": [each.pack for each, *_ in rows],
    }
    return frame(data, table_of.AGREEMENTS)


def sources(
    figures: Mapping[str, SourceFigures],
    claims: pd.DataFrame,
    documents: pd.DataFrame | None,
    originals: Mapping[str, str],
) -> pd.DataFrame:
    """One row a source, sorted by name; documents without claims have rows of zeros and no shares."""
    from cryomine.comparison.overview import SourceFigures

    titles = dict(zip(claims["source"].astype(str), claims["title"].astype(str), strict=True))
    if documents is not None:
        titles = (
            dict(zip(documents["source"].astype(str), documents["title"].fillna("").astype(str), strict=True)) | titles
        )
    relations = sorted({name for one in figures.values() for name in one.relations} | _categories(claims, "relation"))
    rows: list[dict[str, Any]] = []
    for source in sorted(titles):
        one = figures.get(source, SourceFigures())
        original = originals.get(source, source)
        rows.append({
            "source": source,
            "title": titles[source],
            "duplicate_of": original if original != source else "",
            "claims": one.claims,
            **{relation: one.relations[relation] for relation in relations},
            "hedged_share": round(one.hedged / one.claims, 4) if one.claims else None,
            "denied_share": round(one.negated / one.claims, 4) if one.claims else None,
            "distinct_claims": one.distinct,
            "only_here": one.only_here,
            "contradicted": one.contradicted,
            "self_contradicted": one.self_contradicted,
        })  # fmt: skip
    counted = tuple(Column(name, Kind.INTEGER, f"claims with the relation {name}") for name in relations)
    columns = (*table_of.SOURCES_BEFORE, *counted, *table_of.SOURCES_AFTER)
    return frame({column.name: [row[column.name] for row in rows] for column in columns}, columns)


def matrix(lines: Mapping[Line, Mapping[str, str]], names: Mapping[str, str], sources: Sequence[str]) -> pd.DataFrame:
    """The wide table; cells are categories, empty where a source says nothing."""
    import pandas as pd

    heads = [head(line, names) for line in lines]
    data: dict[str, Any] = {
        column.name: pd.Series([values[number] for values in heads], dtype="string")
        for number, column in enumerate(table_of.MATRIX_KEY)
    }
    stances = list(lines.values())
    for source in sources:
        values = [row.get(source, "") for row in stances]
        data[source] = pd.Categorical(values, categories=["", *table_of.MATRIX_CELLS])
    return pd.DataFrame(data)


def head(line: Line, names: Mapping[str, str]) -> tuple[str, str, str, str]:
    """The values of ``table_of.MATRIX_KEY`` for a line; ``names`` knows linked concepts alone."""
    pack, concept, relation = line
    return (concept, names[concept], relation, pack) if concept in names else ("", concept, relation, pack)


def frame(data: Mapping[str, Sequence[Any]], columns: Sequence[Column]) -> pd.DataFrame:
    """Values by column as a DataFrame with the types of ``columns``, in their order."""
    import pandas as pd

    types: dict[Kind, Any] = {Kind.INTEGER: "Int64", Kind.NUMBER: "Float64", Kind.STRING: "string"}
    typed: dict[str, Any] = {}
    for column in columns:
        values = data[column.name]
        if column.kind is Kind.CATEGORY:
            strange = sorted(set(values).difference(column.categories)) if column.open else []
            typed[column.name] = pd.Categorical(values, categories=[*column.categories, *strange])
        else:
            typed[column.name] = pd.Series(values, dtype=types[column.kind])
    return pd.DataFrame(typed)


def _mentions(statements: Sequence[Statement], kin: Sequence[Kinship], table: _Claims) -> dict[str, list[Any]]:
    """The columns of ``MENTION`` for the mentions that stand for statements."""
    places = [statement.row for statement in statements]
    copied: dict[str, list[Any]] = {name: [table[name][place] for place in places] for name in _COPIED}
    return copied | {
        "concept": [each.name(statement.key.concept) for statement, each in zip(statements, kin, strict=True)],
        "mentions": [statement.mentions for statement in statements],
    }


def _categories(claims: pd.DataFrame, name: str) -> set[str]:
    import pandas as pd

    dtype = claims[name].dtype
    return {str(value) for value in dtype.categories} if isinstance(dtype, pd.CategoricalDtype) else set()
