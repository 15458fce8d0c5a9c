"""The four articles that the project starts from: the pairs that two people found in them, against what is found.

The articles are other people's texts in ../shared; without that folder these tests are skipped.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

import cryomine
from cryomine.comparison import Comparison
from cryomine.link.linker import Linker
from cryomine.packs import load_pack

Row = dict[str, str]
Claim = tuple[str, str, str, str]  # source, concept id, relation, polarity
KIND = {
    frozenset({("treats", "affirmed"), ("contraindicated", "affirmed")}): "treats-vs-contraindicated",
    frozenset({("treats", "affirmed"), ("side-effect", "affirmed")}): "treats-vs-side-effect",
    frozenset({("treats", "affirmed"), ("treats", "negated")}): "denied",
    frozenset({("side-effect", "affirmed"), ("side-effect", "negated")}): "denied",
    frozenset({("contraindicated", "affirmed"), ("contraindicated", "negated")}): "contraindicated-vs-safe",
}


@dataclass(frozen=True)
class Seeds:
    """The pairs of compare.csv whose two claims were extracted, and what was found of each."""

    rows: tuple[Row, ...]
    found: dict[frozenset[Claim], Row]
    agreed: frozenset[frozenset[Claim]]
    ids: dict[str, str]

    def claims(self, row: Row) -> frozenset[Claim]:
        """The two claims of a pair, concepts as ids of the pack."""
        return frozenset(
            (row[f"doc_{side}"], self.ids[row[f"concept_{side}"]], row[f"relation_{side}"], row[f"polarity_{side}"])
            for side in "ab"
        )

    def pairs(self, verdict: str, **given: str) -> list[Row]:
        return [r for r in self.rows if r["verdict"] == verdict and all(r[k] == v for k, v in given.items())]


@pytest.fixture(scope="module")
def seeds(shared: Path) -> Seeds:
    folder = shared / "seeds"
    pack = load_pack()
    linker = Linker(pack.concepts, pack.lexicon.get("modifiers", ()), pack.lexicon.get("equivalents", ()))
    with (folder / "compare.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {row[f"concept_{side}"] for row in rows for side in "ab"}
    ids = {name: linker.link(name).concept_id for name in sorted(names)}
    claims = cryomine.extract(sorted(folder.glob("*.txt")))
    comparison = cryomine.compare(claims)
    columns = ["source", "concept_id", "relation", "polarity"]
    made = {tuple(row) for row in claims[columns].astype(str).itertuples(index=False)}
    seeds = Seeds((), listed(comparison), agreed(comparison), ids)
    kept = tuple(row for row in rows if seeds.claims(row) <= made)
    return Seeds(kept, seeds.found, seeds.agreed, ids)


def listed(comparison: Comparison) -> dict[frozenset[Claim], Row]:
    """The listed pairs by their two claims; of several the gravest."""
    found: dict[frozenset[Claim], Row] = {}
    for row in comparison.contradictions.astype(str).to_dict("records"):
        sides = (tuple(row[f"{n}_{s}"] for n in ("source", "concept_id", "relation", "polarity")) for s in "ab")
        found.setdefault(frozenset(sides), row)  # type: ignore[arg-type]
    return found


def agreed(comparison: Comparison) -> frozenset[frozenset[Claim]]:
    """Every two members of one agreement of which one names the concept itself."""
    pairs = set()
    for _, group in comparison.agreements.groupby("agreement_id"):
        members = [(r.match, (r.source, r.said_concept_id, r.relation, "affirmed")) for r in group.itertuples()]
        for match, one in members:
            pairs |= {frozenset((one, other)) for _, other in members if match == "same" and one[0] != other[0]}
    return frozenset(pairs)


def test_most_pairs_were_extracted(seeds: Seeds) -> None:
    """The bars below are of what was extracted: with too little of it they would say nothing."""
    assert len(seeds.rows) >= 50


@pytest.mark.parametrize(("strength", "share"), [("strong", 1.0), ("medium", 0.8)])
def test_contradictions_are_found_with_their_kind(seeds: Seeds, strength: str, share: float) -> None:
    pairs = seeds.pairs("contradiction", strength=strength)
    missed = []
    for row in pairs:
        found = seeds.found.get(seeds.claims(row), {})
        kind = KIND[frozenset((row[f"relation_{s}"], row[f"polarity_{s}"]) for s in "ab")]
        right = {"verdict": "contradiction", "kind": kind, "match": row["kind"], "scope": row["scope"]}
        if {key: found.get(key) for key in right} != right:
            missed.append(row["concept_a"] + " / " + row["concept_b"])
    assert len(missed) <= (1 - share) * len(pairs), missed


def test_what_goes_together_is_not_listed(seeds: Seeds) -> None:
    related = seeds.pairs("related")
    assert related
    assert [row for row in related if seeds.claims(row) in seeds.found] == []


def test_apparent_contradictions_are_kept_apart(seeds: Seeds) -> None:
    apparent = [row for row in seeds.pairs("apparent") if row["kind"] != "sibling"]
    found = [seeds.found.get(seeds.claims(row), {}).get("verdict") for row in apparent]
    assert set(found) == {"apparent"}, "none among the contradictions, none dropped"
    strong = {claims for claims, row in seeds.found.items() if row["strength"] == "strong"}
    assert not [row for row in seeds.pairs("apparent") if seeds.claims(row) in strong]


@pytest.mark.parametrize(("kind", "share"), [("same", 1.0), ("hierarchy", 0.7)])
def test_agreements_are_found(seeds: Seeds, kind: str, share: float) -> None:
    pairs = seeds.pairs("agreement", kind=kind)
    assert pairs
    missed = [f"{row['concept_a']} / {row['concept_b']}" for row in pairs if seeds.claims(row) not in seeds.agreed]
    assert len(missed) <= (1 - share) * len(pairs), missed


def test_a_strength_is_mostly_the_one_that_people_gave(seeds: Seeds) -> None:
    pairs = [row for row in seeds.pairs("contradiction") if seeds.claims(row) in seeds.found]
    assert pairs
    same = [row for row in pairs if seeds.found[seeds.claims(row)]["strength"] == row["strength"]]
    assert len(same) >= 0.6 * len(pairs)


def test_every_pair_says_why(seeds: Seeds) -> None:
    why = pd.Series([row["why"] for row in seeds.found.values()])
    assert why.str.endswith(".").all()
    assert why.is_unique
