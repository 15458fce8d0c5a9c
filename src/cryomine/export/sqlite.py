"""A SQLite database ready for Datasette: claims, documents, concepts, keys between them, full-text search.

No library but the standard one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryomine.atomic import placed
from cryomine.beside import COUNTS
from cryomine.claims import COLUMNS, KEY, Kind
from cryomine.export.vocabulary import vocabulary

if TYPE_CHECKING:
    from cryomine.results import Results

_TYPES = {Kind.INTEGER: "INTEGER", Kind.NUMBER: "REAL"}
_CLAIM_TYPES = {column.name: _TYPES.get(column.kind, "TEXT") for column in COLUMNS}
_INDEXED = ("source", "relation", "polarity", "concept_id", "intervention", "claim_id")
SEARCHED = ("evidence", "condition", "concept")


def write(results: Results, path: Path, _safe: bool | None) -> int:
    """Write the database; a source or concept that no table describes gets a row of its own, so that keys hold."""
    rows = results.rows()
    documents = _documents(results, rows)
    concepts = _concepts(results, rows)
    with placed(path) as part:
        database = sqlite3.connect(part)
        try:
            with database:
                _table(database, "documents", documents, "source", dict.fromkeys(COUNTS, "INTEGER"))
                _table(database, "concepts", concepts, "concept_id", {})
                _claims(database, [str(name) for name in results.claims.columns], rows)
            database.execute("VACUUM")
        finally:
            database.close()
    return len(rows)


def _claims(database: sqlite3.Connection, names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Claims with keys to documents and concepts; an unlinked claim has no concept, so NULL and not an empty key."""
    columns = ", ".join(f"{_quoted(name)} {_CLAIM_TYPES.get(name, 'TEXT')}" for name in names)
    database.execute(
        f"CREATE TABLE claims (row_id INTEGER PRIMARY KEY, {columns}, "
        "FOREIGN KEY (source) REFERENCES documents (source), "
        f"FOREIGN KEY (concept_id) REFERENCES concepts (concept_id), UNIQUE ({', '.join(KEY)}))"
    )
    values = ([row[name] if name != "concept_id" else row[name] or None for name in names] for row in rows)
    places = ", ".join("?" * len(names))
    database.executemany(f"INSERT INTO claims ({', '.join(map(_quoted, names))}) VALUES ({places})", values)
    for name in _INDEXED:
        database.execute(f"CREATE INDEX claims_{name} ON claims ({name})")
    searched = ", ".join(SEARCHED)
    database.execute(
        f"CREATE VIRTUAL TABLE claims_fts USING fts5 ({searched}, content='claims', content_rowid='row_id', "
        "tokenize='porter unicode61')"
    )
    database.execute(f"INSERT INTO claims_fts (rowid, {searched}) SELECT row_id, {searched} FROM claims")


def _table(
    database: sqlite3.Connection, name: str, rows: Sequence[Mapping[str, Any]], key: str, types: Mapping[str, str]
) -> None:
    names = list(rows[0]) if rows else [key, "name"]
    columns = ", ".join(
        f"{_quoted(each)} {types.get(each, 'TEXT')}{' PRIMARY KEY' if each == key else ''}" for each in names
    )
    database.execute(f"CREATE TABLE {name} ({columns})")
    places = ", ".join("?" * len(names))
    database.executemany(f"INSERT INTO {name} VALUES ({places})", ([row[each] for each in names] for row in rows))


def _documents(results: Results, claims: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found = {row["source"]: row for row in results.document_rows()}
    names = list(next(iter(found.values()), {"source": "", "title": "", "source_sha256": "", "text_sha256": ""}))
    for row in claims:
        if row["source"] not in found:
            found[row["source"]] = {name: None if name in COUNTS else row.get(name, "") for name in names}
    return [found[key] for key in sorted(found)]


def _concepts(results: Results, claims: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {key: dict(row) for key, row in vocabulary(results).items()}
    names = list(next(iter(found.values()), {"concept_id": "", "name": ""}))
    for row in claims:
        key = row["concept_id"]
        if key and key not in found:
            known = {"concept_id": key, "name": row["concept"]}
            found[key] = {name: known.get(name, "") for name in names}
    return [found[key] for key in sorted(found)]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
