"""Gold surfaces and the concepts they were judged to name; the bars of linking on the articles at hand.

``judged.csv`` holds single terms with the id that is right for each. The gold files stand outside the repository and
are read where they are; a surface too long to be kept here is judged by its gold concept.
"""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import pytest

from cryomine.link.abbreviations import abbreviations
from cryomine.link.linker import Linker
from cryomine.packs.schema import Pack

JUDGED = Path(__file__).with_name("judged.csv")
# (surface, gold concept, relation, abbreviations of the document)
Row = tuple[str, str, dict[str, str]]


def judged() -> list[dict[str, str]]:
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def gold(shared: Path) -> list[Row]:
    """The gold rows whose condition is one: all but the benefits."""
    rows: list[Row] = []
    for path in (shared / "seeds" / "gold.csv", *sorted((shared / "dev").glob("*/gold.csv"))):
        defined: dict[str, dict[str, str]] = {}
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if not row["relation"] or row["relation"] == "benefit":
                    continue
                if row["doc"] not in defined:
                    defined[row["doc"]] = abbreviations((path.parent / row["doc"]).read_text(encoding="utf-8"))
                rows.append((row["condition"], row["concept"], defined[row["doc"]]))
    return rows


def expected_ids() -> dict[str, str]:
    """Gold concept to the id judged right."""
    return {row["gold_concept"]: row["expected_id"] for row in judged()}


def test_the_judged_ids_are_concepts(pack: Pack) -> None:
    known = {concept.id for concept in pack.concepts}
    assert {row["expected_id"] for row in judged()} <= known
    assert len(judged()) >= 300


def test_judged_surfaces(linker: Linker) -> None:
    links = [(row, linker.link(row["surface"])) for row in judged()]
    linked = [(row, link) for row, link in links if link.kind != "none"]
    wrong = [(row["surface"], link.concept_id) for row, link in linked if link.concept_id != row["expected_id"]]
    assert len(linked) / len(links) >= 0.93, [row["surface"] for row, link in links if link.kind == "none"]
    assert 1 - len(wrong) / len(linked) >= 0.97, wrong


def test_gold_rows_get_the_right_concept(linker: Linker, gold: list[Row]) -> None:
    right = expected_ids()
    links = [(surface, concept, linker.link(surface, defined)) for surface, concept, defined in gold]
    linked = [row for row in links if row[2].kind != "none"]
    wrong = [(surface, link.concept_id) for surface, concept, link in linked if link.concept_id != right[concept]]
    assert len(linked) / len(links) >= 0.93
    assert 1 - len(wrong) / len(linked) >= 0.97, wrong


def test_one_concept_has_one_id_and_two_have_two(linker: Linker, gold: list[Row]) -> None:
    names = {(surface, concept): linker.link(surface, defined).concept_id for surface, concept, defined in gold}
    same, apart = [], []
    for ((mine, concept), my_id), ((theirs, other), their_id) in combinations(sorted(names.items()), 2):
        if mine == theirs:
            continue  # one surface under two concepts: only its context tells them apart
        if concept == other:
            same.append((my_id == their_id != "", mine, theirs))
        else:
            apart.append((my_id != their_id or not my_id, mine, theirs))
    assert sum(ok for ok, *_ in same) / len(same) >= 0.97, [pair for ok, *pair in same if not ok]
    assert sum(ok for ok, *_ in apart) / len(apart) >= 0.99, [pair for ok, *pair in apart if not ok]
