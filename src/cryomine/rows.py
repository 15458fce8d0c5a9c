"""From the claims of a document to the rows of the table: keys, words, places.

Knows documents and claims, not how claims are found nor what file the rows go to.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import TypeAlias

from cryomine.claims import COLUMNS, Claim
from cryomine.document import Document
from cryomine.locators import locator_of

Value: TypeAlias = str | int | float | None
Row: TypeAlias = dict[str, Value]

# The table's order, then every other column, so that no two runs can differ in the order of rows that share a place.
_ORDER = ("source", "start", "end", "relation", "polarity", "intervention", "rule")
_REST = tuple(column.name for column in COLUMNS if column.name not in _ORDER)


def rows_of(document: Document, claims: Iterable[Claim], pack_ref: str) -> list[Row]:
    """The rows of one document, in the table's order, with every column of ``COLUMNS``.

    ``pack_ref`` is ``name@version`` of the pack that the claims were made with.
    """
    text, source = document.text, document.source
    text_sha256 = sha256(text)
    locate = locator_of(document)
    rows: list[Row] = []
    for claim in claims:
        condition = text[claim.start : claim.end]
        source_start, source_end = document.source_span(claim.start, claim.end) or (None, None)
        row: Row = {
            "mention_id": digest(source.sha256, claim.relation, claim.start, claim.end),
            "claim_id": digest(claim.intervention_id, claim.relation, claim.concept_id or folded(condition)),
            "source": source.name,
            "title": document.title,
            "relation": claim.relation,
            "polarity": claim.polarity,
            "certainty": claim.certainty,
            "intervention": claim.intervention,
            "intervention_scope": claim.intervention_scope,
            "condition": condition,
            "start": claim.start,
            "end": claim.end,
            "concept_id": claim.concept_id,
            "concept": claim.concept,
            "link": claim.link,
            "link_score": None if claim.link_score is None else round(claim.link_score, 1),
            "section": claim.section,
            "evidence": text[claim.evidence_start : claim.evidence_end],
            "evidence_start": claim.evidence_start,
            "evidence_end": claim.evidence_end,
            "cue": text[claim.cue_start : claim.cue_end],
            "cue_start": claim.cue_start,
            "cue_end": claim.cue_end,
            "negation_cue": claim.negation_cue,
            "hedge_cue": claim.hedge_cue,
            "rule": claim.rule,
            "source_start": source_start,
            "source_end": source_end,
            "locator": locate(claim.start, claim.end),
            "source_sha256": source.sha256,
            "text_sha256": text_sha256,
            "pack": claim.pack or pack_ref,
        }
        rows.append(row)
    rows.sort(key=sort_key)
    return rows


def sort_key(row: Mapping[str, Value]) -> tuple[object, ...]:
    """The table's order: source, start, end, relation; rows that share these by their remaining values."""
    return (*itemgetter(*_ORDER)(row), *(str(row[name]) for name in _REST))


def digest(*parts: str | int) -> str:
    """A key made of ``parts``: SHA-256 over the parts as UTF-8 text, joined by U+001F; its first 16 hex digits.

    ``mention_id`` is made of source_sha256, relation, start, end; ``claim_id`` of the intervention's id, the relation,
    and the concept's id or, where there is none, the condition as ``folded`` gives it.
    """
    return sha256("\x1f".join(str(part) for part in parts))[:16]


def folded(words: str) -> str:
    """``words`` as ``claim_id`` compares them: NFKC, case folded, white space collapsed."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def sha256(text: str) -> str:
    """The digest of ``text`` as UTF-8, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
