"""What looks like a claim and is none, or looks affirmed and is denied (traps.txt); the traps of the seeds."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cryomine.extraction import Extractor
from cryomine.ingest import plain
from extraction.markup import cases, check

CASES = cases(Path(__file__).with_name("traps.txt"), lines=True)


@pytest.mark.parametrize(("title", "marked"), [case.param(case.title, case.marked) for case in CASES])
def test_traps(title: str, marked: str, extractor: Extractor) -> None:
    check(extractor, marked, title)


@pytest.mark.parametrize(("title", "marked"), [(case.title, case.marked) for case in CASES if not case.gap])
def test_traps_hold_where_weights_help(title: str, marked: str, whole: Extractor) -> None:
    check(whole, marked, title)


def test_there_are_enough() -> None:
    assert len(CASES) >= 150


def test_traps_of_the_real_articles(whole: Extractor, shared: Path) -> None:
    with (shared / "seeds" / "traps.csv").open(encoding="utf-8", newline="") as file:
        traps = list(csv.DictReader(file))
    hit = []
    for name in sorted({trap["doc"] for trap in traps}):
        text = (shared / "seeds" / name).read_bytes().decode()
        spans = [(int(t["start"]), int(t["end"])) for t in traps if t["doc"] == name]
        for claim in whole.claims(plain.document(text)):
            hit += [(name, a, b, claim.rule) for a, b in spans if claim.start < b and a < claim.end]
    assert len(hit) <= 1, hit
