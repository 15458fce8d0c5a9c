"""Names that look alike and are not the same: none may lead to the other.

Each row of ``false_friends.csv`` is tried twice: against the shipped vocabulary, and against one that holds only the
name that it must not become, so that nothing but the guard stands between the two.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cryomine.link.linker import Linker
from cryomine.packs.schema import Concept, Pack

TABLE = Path(__file__).with_name("false_friends.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(TABLE.splitlines()))
PAIRS = [pytest.param(row["surface"], row["name"], id=f"{row['surface']} is not {row['name']}") for row in ROWS]


def test_the_table_is_long_enough() -> None:
    assert len({(row["surface"], row["name"]) for row in ROWS}) >= 120


@pytest.mark.parametrize(("surface", "name"), PAIRS)
def test_the_guard_alone_refuses(surface: str, name: str, pack: Pack) -> None:
    only = Linker([Concept("C", name, "disease")], pack.lexicon["modifiers"], pack.lexicon["equivalents"])
    assert only.link(name).concept_id == "C"
    assert only.link(surface).concept_id == ""


@pytest.mark.parametrize(("surface", "name"), PAIRS)
def test_the_vocabulary_keeps_them_apart(surface: str, name: str, linker: Linker) -> None:
    there = linker.link(name)
    has_it = there.method == "exact"
    assert not has_it or linker.link(surface).concept_id != there.concept_id
