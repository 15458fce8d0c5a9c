"""Everyday sentences in an article about the therapy: the relation and polarity of all their claims (sentences.txt)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cryomine.extraction import Extractor
from cryomine.ingest import plain

ARTICLE = "Cryotherapy\n\nCryotherapy is old.\n\n{}\n"


def cases() -> Iterator[Any]:
    """One case a line: the sentence and what its claims are; those with a question mark are known gaps."""
    meant = ""
    for line in Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8").splitlines()[3:]:
        if line.startswith("=== "):
            meant = line[4:]
        elif line:
            gap = pytest.mark.xfail(strict=True, reason="not read yet")
            marks = [gap] if line.startswith("? ") else []
            yield pytest.param(meant, line.removeprefix("? "), marks=marks, id=f"{meant}: {line[:60]}")


@pytest.mark.parametrize(("meant", "sentence"), list(cases()))
def test_sentences(meant: str, sentence: str, extractor: Extractor) -> None:
    claims = extractor.claims(plain.document(ARTICLE.format(sentence.replace("\\n", "\n"))))
    said = {("not " if c.polarity == "negated" else "") + c.relation for c in claims}
    assert said == ({meant} if meant != "none" else set())


def test_most_are_read() -> None:
    gaps = sum(bool(case.marks) for case in cases())
    assert gaps <= 0.12 * len(list(cases()))
