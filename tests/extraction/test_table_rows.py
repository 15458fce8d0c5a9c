"""What the cells of one row say of each other."""

from __future__ import annotations

import pytest

from cryomine.extraction import Extractor
from cryomine.ingest import plain

HEAD = "Cold at a glance\n\nA page on ice packs.\n\nProblem | First choice | Time\n"
WHAT_FOR = "What is an ice pack good for?\n\nProblem | Grade | Notes\n"


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (HEAD + "sore legs | ice pack | 10 min\nsleep | bath | 20 min\n", [("sore legs", "treats.row", "affirmed")]),
        (HEAD + "sore legs | heat | 10 min\nsleep | ice pack | 20 min\n", []),
        (HEAD + "sore legs | massage, then an ice pack | 10 min\nsleep | bath | 20 min\n", []),
        (HEAD + "after school | ice pack | 10 min\nsleep | bath | 20 min\n", []),
        (WHAT_FOR + "gout | B | small trials\nobesity | X | no change\n",
         [("gout", "section.treats", "affirmed"), ("obesity", "section.treats", "negated")]),
        (WHAT_FOR + "gout | B | not proven\nobesity | X | open\n",
         [("gout", "section.treats", "negated"), ("obesity", "section.treats", "affirmed")]),
    ],
)  # fmt: skip
def test_a_row(extractor: Extractor, text: str, claims: list[tuple[str, str, str]]) -> None:
    document = plain.document(text)
    found = [(text[c.start : c.end], c.rule, c.polarity) for c in extractor.claims(document)]
    assert found == claims
