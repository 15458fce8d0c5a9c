"""The way up and down the concepts, and the table that goes beside the claims."""

from __future__ import annotations

from cryomine.packs.hierarchy import COLUMNS, Hierarchy
from cryomine.packs.schema import Concept

CONCEPTS = [
    Concept("tumor", "tumor", "class"),
    Concept("skin", "skin disease", "class"),
    Concept("growth", "skin growth", "lesion", ("skin", "tumor")),
    Concept("mole", "mole", "lesion", ("growth",), ("nevus",), ("D22",), ("MONDO:0005073",), ("HP:0003764",)),
]
HIERARCHY = Hierarchy(CONCEPTS)


def test_ancestors_are_the_nearest_first() -> None:
    assert HIERARCHY.ancestors("mole") == ("growth", "skin", "tumor")
    assert HIERARCHY.ancestors("skin") == HIERARCHY.ancestors("unknown") == ()


def test_children_and_systems() -> None:
    assert HIERARCHY.children("growth") == ("mole",)
    assert HIERARCHY.children("mole") == ()
    assert HIERARCHY.systems("mole") == ("skin", "tumor")
    assert HIERARCHY.systems("skin") == ("skin",)


def test_a_cycle_ends() -> None:
    loop = Hierarchy([Concept("a", "a", "x", ("b",)), Concept("b", "b", "x", ("a",))])
    assert loop.ancestors("a") == ("b",)


def test_csv() -> None:
    header, *lines = HIERARCHY.csv().splitlines()
    assert header == ",".join(COLUMNS)
    assert lines[1] == "mole,mole,lesion,growth,growth|skin|tumor,skin|tumor,D22,MONDO:0005073,HP:0003764"
    assert len(lines) == len(CONCEPTS)
