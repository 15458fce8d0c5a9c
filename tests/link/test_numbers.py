"""Names with a number that opens a range."""

from __future__ import annotations

import pytest

from cryomine.link.numbers import Ranges, open_range

RANGES = Ranges([(("under", "14"), 1), (("under", "18"), 1), (("over", "65"), 2), (("stage", "4"), 3)])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("under 14", ("under #", 14, -1)),
        ("over seventy", ("over #", 70, 1)),
        ("under 14s", ("under #", 14, -1)),
        ("type 2", None),
        ("between 4 and 14", None),
        ("under water", None),
        ("not over but under 3", None),
    ],
)
def test_open_range(words: str, found: tuple[str, int, int] | None) -> None:
    assert open_range(words.split()) == found


@pytest.mark.parametrize(
    ("words", "concept"),
    [("under 5", 1), ("under 18", 1), ("under 19", None), ("over 80", 2), ("over 60", None), ("stage 2", None)],
)
def test_ranges(words: str, concept: int | None) -> None:
    assert RANGES.find(words.split()) == concept
