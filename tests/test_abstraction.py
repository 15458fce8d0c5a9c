"""Claims counted by the classes above their concepts."""

from __future__ import annotations

import pandas as pd
import pytest

from cryomine.abstraction import concepts_frame, rollup
from cryomine.errors import CryomineError

CONCEPTS = pd.DataFrame(
    [
        ("skin", "skin disease", "", "skin"),
        ("tumor", "tumor", "", "tumor"),
        ("mole", "mole", "skin|tumor", "skin|tumor"),
        ("wart", "wart", "skin", "skin"),
    ],
    columns=["concept_id", "name", "parents", "systems"],
)
CLAIMS = pd.DataFrame(
    [
        ("mole", "treats", "affirmed", "a.txt", "cryotherapy@1"),
        ("wart", "treats", "affirmed", "a.txt", "cryotherapy@1"),
        ("wart", "treats", "affirmed", "b.txt", "cryotherapy@1"),
        ("wart", "treats", "negated", "b.txt", "cryotherapy@1"),
        ("", "treats", "affirmed", "b.txt", "cryotherapy@1"),
        ("MONDO:1", "treats", "affirmed", "c.txt", "cryotherapy@1"),
    ],
    columns=["concept_id", "relation", "polarity", "source", "pack"],
).astype({"relation": "category", "polarity": "category"})


def rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(frame.itertuples(index=False, name=None))


def test_by_system() -> None:
    assert rows(rollup(CLAIMS, "system", CONCEPTS)) == [
        ("", "", "treats", "affirmed", 2, 1, 2),
        ("skin", "skin disease", "treats", "affirmed", 3, 2, 2),
        ("skin", "skin disease", "treats", "negated", 1, 1, 1),
        ("tumor", "tumor", "treats", "affirmed", 1, 1, 1),
    ]


def test_by_concept() -> None:
    assert [row[0] for row in rows(rollup(CLAIMS, "concept", CONCEPTS))] == ["", "mole", "wart", "wart"]


def test_no_claims_is_an_empty_table() -> None:
    assert rows(rollup(CLAIMS.iloc[:0], concepts=CONCEPTS)) == []


def test_without_a_table_the_pack_of_the_claims_is_taken() -> None:
    known = concepts_frame("cryotherapy")
    claims = CLAIMS.assign(concept_id="bronchitis")
    (affirmed, negated) = rows(rollup(claims))
    assert affirmed[:2] == negated[:2] == ("respiratory-disease", "respiratory disease")
    assert not known["concept_id"].duplicated().any()


def test_mistakes_are_named() -> None:
    with pytest.raises(CryomineError, match="no level 'organ'; give one of system, parent, concept"):
        rollup(CLAIMS, "organ", CONCEPTS)  # type: ignore[arg-type]
    two = pd.concat([CLAIMS, CLAIMS.assign(pack="other@1")])
    with pytest.raises(CryomineError, match="2 packs"):
        rollup(two)
