"""Agreements, the matrix, the sources in figures, and copies that count once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import cryomine
from cryomine.comparison.duplicates import originals

TableOf = Callable[..., pd.DataFrame]


def members(comparison: cryomine.comparison.Comparison) -> dict[tuple[str, str], list[tuple[str, str, str]]]:
    """(relation, concept) -> its members as (match, source, concept that it names)."""
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for row in comparison.agreements.itertuples():
        found.setdefault((row.relation, row.concept), []).append((row.match, row.source, row.said_concept))
    return found


def test_agreements(table: TableOf) -> None:
    claims = table(
        "a.txt: treats overweight", "b.txt: treats obesity hedged", "c.txt: treats obesity with cryolipolysis",
        "a.txt: side-effect frostbite", "d.txt: not side-effect frostbite", "a.txt: treats gout", "a.txt: treats gout",
    )  # fmt: skip
    assert members(cryomine.compare(claims)) == {
        ("treats", "obesity"): [("same", "b.txt", "obesity"), ("same", "c.txt", "obesity")],
        ("treats", "overweight"): [
            ("same", "a.txt", "overweight"),
            ("hierarchy", "b.txt", "obesity"),
            ("hierarchy", "c.txt", "obesity"),
        ],
    }


def test_siblings_alone_do_not_agree(table: TableOf) -> None:
    assert members(cryomine.compare(table("a.txt: treats migraine", "b.txt: treats tension headache"))) == {}


def test_an_agreement_counts_its_sources(table: TableOf) -> None:
    lines = [f"{number:02}.txt: treats gout" for number in range(12)] + ["00.txt: treats gout with cryosurgery"]
    agreement = cryomine.compare(table(*lines)).agreements
    assert set(agreement["sources"]) == {12}
    assert set(agreement["members"]) == {13}
    cut = cryomine.compare(table(*lines), budget=5).agreements
    assert cut["source"].tolist() == [f"{number:02}.txt" for number in range(5)], "as many sources as possible"


def test_the_matrix(table: TableOf) -> None:
    claims = table(
        "a.txt: treats gout", "a.txt: treats gout hedged", "b.txt: treats gout hedged", "c.txt: not treats gout",
        "d.txt: treats gout hedged", "d.txt: not treats gout", "a.txt: side-effect burn", "b.txt: treats odd state",
    )  # fmt: skip
    matrix = cryomine.compare(claims).matrix.set_index(["concept", "relation"])
    assert list(matrix.columns) == ["concept_id", "pack", "a.txt", "b.txt", "c.txt", "d.txt"]
    assert matrix.loc[("gout", "treats")].tolist()[2:] == ["affirmed", "hedged", "negated", "both"]
    assert matrix.loc[("burn", "side-effect")].tolist()[2:] == ["affirmed", "", "", ""]
    assert matrix.loc[("odd state", "treats")].tolist() == ["", "cryotherapy", "", "affirmed", "", ""]


def test_the_sources_in_figures(table: TableOf) -> None:
    claims = table(
        "a.txt: treats gout", "a.txt: treats gout hedged", "a.txt: treats scar", "a.txt: not side-effect burn",
        "b.txt: treats gout", "b.txt: side-effect burn hedged",
    )  # fmt: skip
    documents = pd.DataFrame({"source": ["a.txt", "b.txt", "silent.txt"], "title": ["A", "B", "Silence"]})
    sources = cryomine.compare(claims, documents).sources.set_index("source")
    first = sources.loc["a.txt"]
    assert first[["claims", "treats", "side-effect", "contraindicated"]].tolist() == [4, 3, 1, 0]
    assert (first["hedged_share"], first["denied_share"]) == (0.25, 0.25)
    assert first[["distinct_claims", "only_here", "contradicted"]].tolist() == [3, 2, 1]
    silent = sources.loc["silent.txt"]
    assert (silent["title"], silent["claims"]) == ("Silence", 0)
    assert pd.isna(silent["hedged_share"])


def test_a_copy_counts_once(table: TableOf) -> None:
    lines = ["a.txt: treats gout", "b.txt: treats gout", "b.txt: not treats scar", "a.txt: not treats scar",
             "c.txt: treats scar"]  # fmt: skip
    claims = table(*lines, texts={"a.txt": "one text", "b.txt": "one text"})
    comparison = cryomine.compare(claims)
    assert len(comparison.agreements) == 0, "a text does not agree with itself"
    assert comparison.contradictions[["source_a", "source_b"]].values.tolist() == [["c.txt", "a.txt"]]
    sources = comparison.sources.set_index("source")
    assert sources["duplicate_of"].tolist() == ["", "a.txt", ""]
    assert sources.loc["b.txt", ["only_here", "contradicted"]].tolist() == [2, 1], "as its original"
    assert "b.txt" in comparison.matrix.columns
    documents = pd.DataFrame({"source": ["a.txt", "b.txt"], "title": "", "duplicate_of": ["", "a.txt"]})
    said = cryomine.compare(table(*lines), documents)
    assert said.contradictions["why"].tolist() == comparison.contradictions["why"].tolist()
    assert len(cryomine.compare(table(*lines)).agreements) > 0, "two texts that say the same are two"


SENTENCES = [f"Sentence number {number} of the article." for number in range(10)]
OTHERS = [f"Quite another sentence, number {number}." for number in range(10)]


@pytest.mark.parametrize(
    ("second", "same"),
    [
        (SENTENCES, True),
        ([text.upper().replace(" ", "\n") for text in SENTENCES], True),
        ([*SENTENCES[:9], "One line was rewritten."], True),
        ([*SENTENCES[:5], *OTHERS[:5]], False),
        (OTHERS, False),
    ],
)
def test_copies_are_known_by_their_sentences(second: list[str], same: bool) -> None:
    sources = ["a"] * len(SENTENCES) + ["b"] * len(second)
    found = originals(sources, [""] * len(sources), [*SENTENCES, *second])
    assert found == {"a": "a", "b": "a" if same else "b"}


def test_a_few_sentences_can_be_alike_by_chance() -> None:
    assert originals(["a", "b"], ["", ""], ["May cause redness."] * 2) == {"a": "a", "b": "b"}


def test_copies_of_copies_and_of_documents_without_claims() -> None:
    said = {"c": "b", "b": "a", "x": "gone", "y": "gone"}
    found = originals(list("abcxyz"), [""] * 6, list("abcxyz"), said)
    assert found == {"a": "a", "b": "a", "c": "a", "x": "x", "y": "x", "z": "z"}


def test_the_files_hold_the_frames(table: TableOf, tmp_path: Path) -> None:
    claims = table("a.txt: treats gout", "b,1.txt: not treats gout", "c.txt: treats gout", "b,1.txt: treats x y")
    comparison = cryomine.compare(claims)
    comparison.write(tmp_path)
    for name in ("matrix", "agreements", "contradictions", "sources"):
        written = pd.read_csv(tmp_path / f"{name}.csv", dtype="string", keep_default_na=False)
        expected = getattr(comparison, name).astype("string").fillna("")
        pd.testing.assert_frame_equal(written, expected, check_dtype=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "agreements.csv", "contradictions.csv", "matrix.csv", "sources.csv",
    ]  # fmt: skip
