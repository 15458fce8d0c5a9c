"""Claims tables written as lines of text: ``SOURCE: [not] RELATION CONCEPT [with INTERVENTION] [hedged]``."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import pandas as pd
import pytest

from cryomine.packs import load_pack
from cryomine.packs.schema import Pack
from cryomine.rows import digest, sha256
from cryomine.table import NAMES, frame

LINE = re.compile(r"(\S+): (not )?(treats|contraindicated|side-effect) (.+?)(?: with (.+?))?( hedged)?")
TableOf = Callable[..., pd.DataFrame]


@lru_cache
def cached_pack() -> Pack:
    return load_pack()


def table_of(*lines: str, texts: dict[str, str] | None = None) -> pd.DataFrame:
    """One row a line; a condition that is no concept's name stays unlinked. ``texts``: source -> its whole text."""
    pack = cached_pack()
    ids = {concept.name: concept.id for concept in pack.concepts}
    rows = []
    for number, line in enumerate(lines):
        found = LINE.fullmatch(line)
        assert found, f"{line!r} is no claim"
        source, denied, relation, condition, intervention, hedged = found.groups()
        concept = re.sub(r"^(severe|acute) ", "", condition)
        row: dict[str, object] = dict.fromkeys(NAMES, "")
        row |= {
            "mention_id": digest(source, relation, number), "source": source, "title": source.title(),
            "relation": relation, "polarity": "negated" if denied else "affirmed",
            "certainty": "hedged" if hedged else "asserted", "intervention": intervention or "cryotherapy",
            "intervention_scope": "stated", "condition": condition, "start": number * 50, "end": number * 50 + 5,
            "concept_id": ids.get(concept, ""), "concept": concept if concept in ids else "",
            "link": "exact" if concept in ids else "none", "evidence": f"{source} line {number}: {line}",
            "evidence_start": number * 50, "evidence_end": number * 50 + 40, "cue_start": 0, "cue_end": 1,
            "source_sha256": sha256(source), "text_sha256": sha256((texts or {}).get(source, source)),
            "pack": pack.ref,
        }  # fmt: skip
        rows.append(row)
    return frame(rows)


@pytest.fixture
def table() -> TableOf:
    return table_of
