"""docs/analysis.py: five questions answered from the tables alone; what it prints is what docs/ shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[2] / "docs"


def test_the_answers_are_those_in_docs(python: Callable[..., Any]) -> None:
    """Words and figures; how wide pandas makes a column is its own affair."""
    printed = python(DOCS / "analysis.py").stdout
    kept = (DOCS / "analysis.txt").read_text(encoding="utf-8")
    assert printed.split() == kept.split(), "run: python docs/analysis.py > docs/analysis.txt"
    assert [f"{number}." in printed for number in range(1, 6)] == [True] * 5
    assert "(nobody)" not in printed
