"""A claim's sentence as a quote: the condition set off from the words around it, cut to a length that can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

AROUND = 280  # code points kept on either side of the condition: two long sentences


@dataclass(frozen=True, slots=True)
class Quote:
    """One mention: ``before + words + after`` is its sentence, unless ``apart``: the condition stands elsewhere."""

    row: int
    before: str
    words: str
    after: str
    apart: bool


def quote_of(index: int, row: Mapping[str, Any]) -> Quote:
    """The evidence of row ``index``, with ``…`` where it was cut."""
    evidence, words = str(row["evidence"]), str(row["condition"])
    start = int(row["start"]) - int(row["evidence_start"])
    end = start + len(words)
    if start < 0 or evidence[start:end] != words:
        return Quote(index, _clipped(evidence, 2 * AROUND), words, "", apart=True)
    before, after = evidence[:start], evidence[end:]
    before = before if len(before) <= AROUND else "…" + before[-AROUND:]
    return Quote(index, before, words, _clipped(after, AROUND), apart=False)


def _clipped(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length] + "…"
