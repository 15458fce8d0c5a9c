"""The tables that a score is made of, read and looked over: what is no claims table, no gold, or fits no other.

A score of the wrong tables is a number like any other, so what cannot be meant is refused with file and row. Knows
rows, not how they are scored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cryomine.claims import RELATIONS
from cryomine.errors import ReadError
from cryomine.evaluate import BENEFIT, document_names
from cryomine.folder import table_in
from cryomine.table import header_of, read_rows

Rows = list[dict[str, Any]]

_CLAIMS = ("source", "relation", "polarity", "start", "end")
_GOLD = ("doc", "relation", "polarity", "start", "end")
_PLACES = ("doc", "start", "end")
_VALUES = {"polarity": ("affirmed", "negated"), "certainty": ("asserted", "hedged", "")}


def table_at(path: Path) -> Path:
    """The claims table that is meant: the one given, or that of the output folder given."""
    return table_in(path) if path.is_dir() else path


def read_table(path: Path) -> Rows:
    """The rows of a claims table; ``ReadError`` where a column that the score needs is missing."""
    rows = read_rows(path)
    if missing := _missing(path, rows, _CLAIMS):
        hint = "this is gold, which comes second" if "doc" in _columns(path, rows) else "give the folder of a run"
        raise ReadError(f"{path}: no claims table, the column '{missing}' is missing; {hint}")
    return rows


def read_gold(path: Path) -> Rows:
    """The rows of a gold table; ``ReadError`` where a column is missing, none is there, or a value cannot be meant."""
    rows = read_rows(path)
    wanted = _GOLD if any(_filled(row) for row in rows) else ("doc",)
    if missing := _missing(path, rows, wanted):
        hint = f"its columns are {', '.join(_GOLD)} and more (docs/claims-table.md)"
        if "source" in _columns(path, rows):
            hint = "this looks like a claims table, which comes first"
        raise ReadError(f"{path}: no gold, the column '{missing}' is missing; {hint}")
    if not rows:
        raise ReadError(f"{path}: gold without a row; name at least the documents that make no claim (column doc)")
    for number, row in enumerate(rows, start=1):
        if not row["doc"]:
            raise ReadError(f"{path}: row {number} names no document; fill in the column doc")
        if _filled(row) and not (_whole(row["start"]) and _whole(row["end"])):
            raise ReadError(f"{path}: row {number}: start and end are not whole numbers; count characters from 0")
        for name, values in _VALUES.items() if _filled(row) else ():
            if (value := row.get(name) or "") not in values:
                known = ", ".join(filter(None, values))
                raise ReadError(f"{path}: row {number}: {value!r} is no {name}; give one of {known}")
    return rows


def read_places(path: Path) -> Rows:
    """The rows of a table of places (``doc, start, end``) that a score leaves out."""
    rows = read_rows(path)
    if missing := _missing(path, rows, _PLACES):
        raise ReadError(f"{path}: the column '{missing}' is missing; give a table of {', '.join(_PLACES)}")
    return rows


def doubts(
    gold: Mapping[Path, Rows], claims: Rows, read: Iterable[str] | None, relations: Iterable[str] = ()
) -> list[str]:
    """What of the gold is probably not meant, a line each; ``ReadError`` where no gold names a document of the table.

    ``read`` are the sources that the run read, ``None`` where nobody says; ``relations`` are known beside the usual
    ones and those that the table has.
    """
    said = [*RELATIONS, BENEFIT, *relations, *sorted({str(row["relation"]) for row in claims})]
    known = list(dict.fromkeys(name for name in said if name))
    lines: list[str] = []
    sources = {str(row["source"]) for row in claims} | set(read or ())
    for path, rows in gold.items():
        seen: set[str] = set()
        for number, row in enumerate(rows, start=1):
            relation = str(row.get("relation") or "")
            if _filled(row) and relation not in (*known, *seen):
                seen.add(relation)
                lines.append(f"{path}: row {number}: relation {relation!r} is none of {', '.join(known)}; correct it")
        documents = sorted({str(row["doc"]) for row in rows})
        there = set(document_names(sources, documents).values())
        gone = [doc for doc in documents if doc not in there]
        if sources and not there:
            raise ReadError(
                f"{path}: names no document of the table (the first: {gone[0]}; the table's: {min(sources)}); "
                "give the gold of these articles"
            )
        if gone and read is not None:
            some = ", ".join(gone[:3]) + (", …" if len(gone) > 3 else "")
            lines.append(f"{path}: {len(gone)} of {len(documents)} documents were not read by the run: {some}")
    return lines


def _filled(row: Mapping[str, Any]) -> bool:
    """Whether a row says a claim; one with nothing but ``doc`` names a document."""
    return bool(str("" if row.get("start") is None else row["start"]).strip())


def _whole(value: object) -> bool:
    return isinstance(value, int) or str(value or "").strip().isdecimal()


def _missing(path: Path, rows: Rows, wanted: Sequence[str]) -> str:
    """The first of the columns ``wanted`` that a table does not have; empty where it has them all."""
    columns = _columns(path, rows)
    return next((name for name in wanted if name not in columns), "")


def _columns(path: Path, rows: Rows) -> tuple[str, ...]:
    if not rows and path.suffix in {".jsonl", ".ndjson"}:  # a table without rows, and nothing to name its columns
        return (*_CLAIMS, *_GOLD)
    return tuple(map(str, rows[0])) if rows else header_of(path)
