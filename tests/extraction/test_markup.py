"""The markup of the test cases: what it reads, and that it rejects a case that is not well formed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cryomine.extraction import Extractor
from extraction.markup import MarkupError, cases, check, parse


def read(marked: str) -> list[tuple[str, ...]]:
    return [(e.relation, e.polarity, e.certainty, e.intervention, e.words) for e in parse(marked)[1]]


def test_tags_and_attributes() -> None:
    marked = "It eases <treats>gout</treats>, not <treats polarity=negated hedged intervention=ice>colds</>."
    assert parse(marked)[0] == "It eases gout, not colds."
    assert read(marked) == [
        ("treats", "affirmed", "asserted", "", "gout"),
        ("treats", "negated", "hedged", "ice", "colds"),
    ]


def test_nested_and_overlapping_spans() -> None:
    nested = "<treats>renal and <treats>heart failure</treats></treats>"
    assert [words for *_, words in read(nested)] == ["renal and heart failure", "heart failure"]
    crossing = "<treats:a>pain in the <treats:b>knee</treats:a> and hip</treats:b>"
    assert [words for *_, words in read(crossing)] == ["pain in the knee", "knee and hip"]


def test_a_case_without_tags_marks_nothing() -> None:
    assert parse("Below 5 < 10 degrees.") == ("Below 5 < 10 degrees.", [])


@pytest.mark.parametrize(
    "marked",
    [
        "It eases <treats>gout.",
        "It eases gout</treats>.",
        "It eases gout</>.",
        "It eases <treats></treats>gout.",
        "It eases <treat>gout</treat>.",
        "It eases <treats negatd>gout</treats>.",
        "It eases <treats polarity=denied>gout</treats>.",
        "It eases <treats:a>gout</treats:b>.",
    ],
)
def test_a_case_that_is_not_well_formed(marked: str) -> None:
    with pytest.raises(MarkupError):
        parse(marked)


def test_the_check_can_fail(extractor: Extractor) -> None:
    check(extractor, "It relieves <treats>gout</treats>.")
    for wrong in (
        "It relieves gout.",
        "It <treats>relieves</treats> <treats>gout</treats>.",
        "It relieves <treats negated>gout</treats>.",
        "It relieves <treats hedged>gout</treats>.",
        "It relieves <treats intervention=cryosurgery>gout</treats>.",
        "It relieves <side-effect>gout</side-effect>.",
    ):
        with pytest.raises(pytest.fail.Exception, match=r"missing|too many"):
            check(extractor, wrong)


def test_a_file_of_cases(tmp_path: Path) -> None:
    file = tmp_path / "cases.txt"
    file.write_text(
        "What it is.\n\n=== lists\n[title: Ice] [gap: not yet]\nIt eases\n\n- x\n---\nNo.\n=== rest\nOne.\n"
    )
    first, second, third = cases(file)
    assert (first.group, first.title, first.marked, first.gap) == ("lists", "Ice", "It eases\n\n- x", "not yet")
    assert (second.group, second.number, second.title, second.gap) == ("lists", 2, "Cryotherapy", "")
    assert third.group == "rest"
    assert [mark.name for mark in first.param("It eases").marks] == ["xfail"]
    assert [case.marked for case in cases(file, lines=True)][-2:] == ["No.", "One."]
