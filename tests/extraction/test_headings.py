"""Headings and lead-ins in many words (headings.txt), over one and the same list."""

from __future__ import annotations

from pathlib import Path

import pytest

from cryomine.extraction import Extractor
from extraction.markup import cases, check

CASES = cases(Path(__file__).with_name("headings.txt"), lines=True)


@pytest.mark.parametrize(("tag", "heading"), [case.param(case.group, case.marked) for case in CASES])
def test_a_heading_and_its_list(tag: str, heading: str, extractor: Extractor) -> None:
    items = [item if tag == "none" else f"<{tag}>{item}</>" for item in ("eczema", "gout")]
    check(extractor, f"{heading}\n\n- {items[0]}\n- {items[1]}\n\nA session lasts three minutes.")
