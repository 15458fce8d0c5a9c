"""The claims table: the record of one claim, and the one definition of the table's columns.

Everything that knows a column (dtypes, CSV, JSON Lines, Data Package, docs, ``read_claims``) takes it from here.
Knows nothing of how claims are found.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim mention in one document, before it becomes a row.

    Offsets are code points into ``Document.text``, end exclusive. ``intervention_id`` is the pack's id,
    ``intervention`` its canonical name. ``negation_cue``/``hedge_cue`` are the words that made the claim negated or
    hedged, empty otherwise. The link fields are filled by the linker: ``link`` is ``exact``, ``fuzzy`` or ``none``,
    ``link_score`` 0 to 100 (``None`` where there is no link). ``pack`` is the ref of the pack that made the claim,
    empty where a run has only one.
    """

    relation: str
    polarity: str
    certainty: str
    intervention_id: str
    intervention: str
    intervention_scope: str
    start: int
    end: int
    section: str
    evidence_start: int
    evidence_end: int
    cue_start: int
    cue_end: int
    negation_cue: str
    hedge_cue: str
    rule: str
    concept_id: str = ""
    concept: str = ""
    link: str = "none"
    link_score: float | None = None
    pack: str = ""


class Kind(StrEnum):
    """The types of a column; the table's files and frames follow from them."""

    STRING = "string"
    CATEGORY = "category"
    INTEGER = "integer"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the claims table: its name, its type, its meaning in a sentence, the values it is confined to.

    ``open`` means that a table may bring further categories (a pack may have relations of its own). ``optional`` is
    true where a value can be missing: empty in CSV, null in JSON, ``<NA>`` in pandas; a string is never missing, only
    empty.
    """

    name: str
    kind: Kind
    description: str
    categories: tuple[str, ...] = ()
    optional: bool = False
    open: bool = False


# What tells the rows of the table apart.
KEY = ("source", "mention_id", "pack")
RELATIONS = ("treats", "contraindicated", "side-effect")

_S, _C, _I, _N = Kind.STRING, Kind.CATEGORY, Kind.INTEGER, Kind.NUMBER

COLUMNS: tuple[Column, ...] = (
    Column(
        "mention_id",
        _S,
        "16 hex digits of a digest of source_sha256, relation, start, end; with source and pack the key of the row, as "
        "two packs can claim the same words",
    ),
    Column(
        "claim_id",
        _S,
        "what is claimed, whoever says it: 16 hex digits of a digest of intervention id, relation, and concept_id "
        "(the folded condition where unlinked); a denial shares it with the affirmation",
    ),
    Column(
        "source",
        _S,
        "path relative to the folder that was given, `/` as separator; `#12` for a record of a table, `!member` for "
        "a member of an archive; or the URL",
    ),
    Column("title", _S, "the document's title, empty where it has none"),
    Column("relation", _C, "what the source says of the two; the relations of the pack", RELATIONS, open=True),
    Column("polarity", _C, "whether the source says or denies it", ("affirmed", "negated")),
    Column("certainty", _C, "whether the source itself weakens it", ("asserted", "hedged")),
    Column(
        "intervention",
        _S,
        "canonical name; the document's main intervention where the text names none for this claim",
    ),
    Column(
        "intervention_scope",
        _C,
        "stated in the evidence, or inherited from heading, lead-in or document",
        ("stated", "inherited"),
    ),
    Column("condition", _S, "the words of the source, `text[start:end]`"),
    Column("start", _I, "0-based offset of the condition in Unicode code points into the document's text"),
    Column("end", _I, "its end, exclusive"),
    Column("concept_id", _S, "id of the vocabulary's concept, empty where none fits"),
    Column("concept", _S, "its preferred name; empty where none fits, never a guess"),
    Column("link", _C, "how the condition was linked to the concept", ("exact", "fuzzy", "none")),
    Column("link_score", _N, "0 to 100; missing where there is no link", optional=True),
    Column("section", _S, "the headings above the claim, outermost first, joined by ` > `"),
    Column("evidence", _S, "the sentence; of a list, the item"),
    Column("evidence_start", _I, "offset of the evidence"),
    Column("evidence_end", _I, "its end, exclusive"),
    Column("cue", _S, "the words that carry the relation (for a list item they stand in its lead-in or heading)"),
    Column("cue_start", _I, "offset of the cue"),
    Column("cue_end", _I, "its end, exclusive"),
    Column("negation_cue", _S, "the words that made it negated, empty otherwise"),
    Column("hedge_cue", _S, "the words that made it hedged, empty otherwise"),
    Column("rule", _S, "id of the rule that fired"),
    Column(
        "source_start",
        _I,
        "offset of the condition in the decoded source file, for text-like formats (txt, md, html, …); missing for "
        "PDF and DOCX",
        optional=True,
    ),
    Column("source_end", _I, "its end, exclusive", optional=True),
    Column(
        "locator",
        _S,
        "a fragment identifier that leads to the claim in the source: `char=120,135` (RFC 5147) for text, "
        "`:~:text=…` (text fragment) for HTML, `page=3` (RFC 8118) for PDF, empty where the format has none",
    ),
    Column("source_sha256", _S, "of the source's raw bytes"),
    Column("text_sha256", _S, "of the document's text as UTF-8"),
    Column("pack", _S, "name@version of the domain pack"),
)


def column(name: str) -> Column:
    """One of ``COLUMNS``, by its name: for tables that say the same."""
    return next(each for each in COLUMNS if each.name == name)
