"""What real articles do (claims.txt): each case is an article whose claims are marked in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cryomine.extraction import Extractor
from extraction.markup import cases, check

CASES = cases(Path(__file__).with_name("claims.txt"))


@pytest.mark.parametrize(("title", "marked"), [case.param(case.title, case.marked) for case in CASES])
def test_claims(title: str, marked: str, extractor: Extractor) -> None:
    check(extractor, marked, title)


def test_there_are_enough() -> None:
    assert len(CASES) >= 120
