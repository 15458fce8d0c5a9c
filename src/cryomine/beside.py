"""The small tables beside the claims table: their columns. Knows how a column is described, nothing else."""

from __future__ import annotations

from cryomine.claims import Column, Kind, column

_S, _I = Kind.STRING, Kind.INTEGER

DOCUMENTS = (
    column("source"),
    column("title"),
    Column("url", _S, "its address, where the source states one"),
    Column("date", _S, "when it was published, as the source states it"),
    Column("language", _S, "`en`; the language with most of the text first (`de+en`); `und` where it cannot be told"),
    Column("media_type", _S, "what the reader took the file for"),
    Column("reader", _S, "the reader that read it: its format, or the kind of table that it is a record of"),
    Column("encoding", _S, "the encoding that the file was decoded with"),
    Column(
        "encoding_reason",
        _S,
        "how that was decided: `bom`, `utf-8`, `header` (of the HTTP answer), `declared`, `fallback`",
    ),
    Column("words", _I, "words of the text, split at white space"),
    Column("blocks", _I, "headings, paragraphs, list items, cells"),
    Column("skipped", _S, "what was not read, and why: text that is not English"),
    column("source_sha256"),
    column("text_sha256"),
    Column("claims", _I, "rows of the claims table; 0 for a copy of a text that has them"),
    Column("duplicate_of", _S, "the document that this one is a copy of; see duplicates.csv"),
)
FAILURES = (
    Column("source", _S, "the input that gave nothing"),
    Column("error", _S, "what is wrong with it"),
    Column("hint", _S, "what to do"),
)
UNLINKED = (
    Column("surface", _S, "a condition without a concept, as it is first written"),
    Column("count", _I, "rows of the claims table with it, case and white space aside"),
    Column("sources", _I, "sources that have it"),
    Column("example", _S, "source and locator of the first"),
)
CONCEPTS = (
    Column("concept_id", _S, "as in the claims table; concepts of the background vocabulary are not among these"),
    Column("name", _S, "preferred name"),
    Column("kind", _S, "disease, symptom, injury, lesion, state, procedure-related, goal or class"),
    Column("parents", _S, "ids of what it is a kind of, joined by `|`"),
    Column("ancestors", _S, "ids of all above it, the nearest first, joined by `|`"),
    Column("systems", _S, "ids of the classes (body systems) it belongs to, joined by `|`"),
    Column("icd10", _S, "ICD-10 codes, joined by `|`"),
    Column("mondo", _S, "MONDO ids, joined by `|`"),
    Column("hpo", _S, "HPO ids, joined by `|`"),
)
# The columns of documents.csv that count something.
COUNTS = tuple(each.name for each in DOCUMENTS if each.kind is Kind.INTEGER)
