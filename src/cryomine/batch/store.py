"""What is done, on disk: the records of every document, so that a run can go on where another one was stopped.

An SQLite file in the output folder. It is never half written, whatever happens to the process; what it holds is good
for one fingerprint (pack, version, options) only. Knows nothing of how a record comes about.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from types import TracebackType

from cryomine.batch.records import Outcome, Record
from cryomine.batch.work import Failure
from cryomine.errors import CryomineError
from cryomine.folder import text_path

FOLDER = ".cache"  # in the output folder; to delete it costs time and nothing else
_FILE = "done.sqlite"
_VERSION = 2  # of the tables below

# An input has a line in ``inputs`` when it is done; its ``sha256`` is empty where it is to be read again.
_TABLES = """
CREATE TABLE fingerprint (value TEXT NOT NULL);
CREATE TABLE inputs (
    name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, signature TEXT NOT NULL, note TEXT NOT NULL, stated TEXT NOT NULL
);
CREATE TABLE failures (input TEXT NOT NULL, source TEXT NOT NULL, error TEXT NOT NULL, hint TEXT NOT NULL);
CREATE INDEX failures_of_input ON failures (input);
CREATE TABLE records (
    source TEXT PRIMARY KEY, source_sha256 TEXT NOT NULL, text_sha256 TEXT NOT NULL, kept INTEGER NOT NULL,
    sketch BLOB NOT NULL, document TEXT NOT NULL, claims TEXT NOT NULL, words INTEGER NOT NULL, rows INTEGER NOT NULL,
    linked INTEGER NOT NULL, relations TEXT NOT NULL, unlinked TEXT NOT NULL, input TEXT NOT NULL
);
CREATE INDEX records_of_input ON records (input);
"""


class Store:
    """A context manager: what is ``put`` stays, even if the process is killed the moment after ``save``."""

    def __init__(self, output: Path, fingerprint: str, *, fresh: bool = False) -> None:
        """For the output folder ``output``; ``fresh`` forgets what an earlier run did."""
        self.folder = output / FOLDER
        self._fingerprint = f"{_VERSION}:{fingerprint}"
        self._fresh = fresh
        self._db: sqlite3.Connection

    def __enter__(self) -> Store:
        """Open the file, or begin a new one where there is none that can be used."""
        with self._told():
            self.folder.mkdir(exist_ok=True)
            (self.folder / ".gitignore").write_text("*\n", encoding="utf-8")
            if self._fresh or not self._usable():
                self._begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keep what was put, whatever ended the run."""
        try:
            self._db.commit()
        except sqlite3.Error:
            if kind is None:
                raise
        finally:
            self._db.close()

    def known(self, name: str, stated: str = "") -> tuple[str, str]:
        """Digest and signature of an input whose records are here; two empty strings where they are not.

        Nor are they where something else was ``stated`` of it, or a text that goes with a record is no longer in the
        output folder.
        """
        query = "SELECT sha256, signature FROM inputs WHERE name = ? AND stated = ?"
        found = self._db.execute(query, (name, stated)).fetchone()
        if found is None:
            return "", ""
        texts = self._db.execute("SELECT text_sha256 FROM records WHERE input = ? AND kept", (name,))
        if not all(text_path(self.folder.parent, row[0]).exists() for row in texts):
            return "", ""
        return found[0], found[1]

    def put(self, outcome: Outcome) -> None:
        """Keep a part of what came of an input, the first part in place of what was there."""
        name, execute = outcome.name, self._db.execute
        with self._told():
            if outcome.unchanged:
                execute("UPDATE inputs SET signature = ? WHERE name = ?", (outcome.signature, name))
                return
            if outcome.first:
                self._forget([name])
            rows = (_row(record, name) for record in outcome.records)
            self._db.executemany(f"INSERT OR REPLACE INTO records VALUES ({', '.join('?' * 13)})", rows)
            for failure in outcome.failures:
                failed = (name, failure.source, failure.error, failure.hint)
                execute("INSERT INTO failures VALUES (?, ?, ?, ?)", failed)
            if outcome.last:
                done = (name, outcome.sha256, outcome.signature, outcome.note, outcome.stated)
                execute("INSERT INTO inputs VALUES (?, ?, ?, ?, ?)", done)

    def save(self) -> None:
        """From here on, what was put survives."""
        with self._told():
            self._db.commit()

    def keep_only(self, names: Iterable[str]) -> None:
        """Forget the inputs that are not among ``names``."""
        with self._told():
            self._db.execute("CREATE TEMP TABLE wanted (name TEXT PRIMARY KEY)")
            self._db.executemany("INSERT INTO wanted VALUES (?)", ((name,) for name in names))
            gone = self._db.execute(
                "SELECT name FROM inputs UNION SELECT input FROM records UNION SELECT input FROM failures "
                "EXCEPT SELECT name FROM wanted"
            ).fetchall()
            self._forget(row[0] for row in gone)
            self._db.execute("DROP TABLE wanted")
            self._db.commit()

    def inputs(self) -> dict[str, str]:
        """The digest of every input, empty where it has to be read again."""
        return dict(self._db.execute("SELECT name, sha256 FROM inputs"))

    def notes(self) -> dict[str, str]:
        """What is to be said of an input."""
        return dict(self._db.execute("SELECT name, note FROM inputs WHERE note != '' ORDER BY name"))

    def failures(self) -> list[Failure]:
        """What could not be read."""
        return [Failure(*row) for row in self._db.execute("SELECT source, error, hint FROM failures")]

    def entries(self) -> Iterator[tuple[str, str, str, bytes]]:
        """What documents are compared by: source, digests of source and text, sketch; in the table's order."""
        return self._db.execute("SELECT source, source_sha256, text_sha256, sketch FROM records ORDER BY source")

    def records(self) -> Iterator[Record]:
        """All records in the table's order: by source, code point by code point."""
        names = [field.name for field in fields(Record)]
        for row in self._db.execute(f"SELECT {', '.join(names)} FROM records ORDER BY source"):
            values = dict(zip(names, row, strict=True))
            values["relations"] = json.loads(values["relations"])
            values["unlinked"] = tuple(map(tuple, json.loads(values["unlinked"])))
            yield Record(**values)

    def _forget(self, names: Iterable[str]) -> None:
        for name in names:
            for table, column in (("records", "input"), ("failures", "input"), ("inputs", "name")):
                self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (name,))

    def _usable(self) -> bool:
        """Open the file that is there; whether it is whole and of this fingerprint."""
        if not (self.folder / _FILE).exists():
            return False
        try:
            self._open()
            return bool(self._db.execute("SELECT value FROM fingerprint").fetchall() == [(self._fingerprint,)])
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and "no such table" not in str(error):
                raise
            return False

    def _begin(self) -> None:
        if hasattr(self, "_db"):
            self._db.close()
        for path in self.folder.glob(f"{_FILE}*"):
            path.unlink()
        self._open()
        self._db.executescript(_TABLES)
        self._db.execute("INSERT INTO fingerprint VALUES (?)", (self._fingerprint,))
        self._db.commit()

    def _open(self) -> None:
        self._db = sqlite3.connect(self.folder / _FILE, isolation_level="DEFERRED")
        # One process uses the file (the folder's lock sees to it), so no shared memory, which network drives lack.
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell people what is wrong with the disk."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise CryomineError(
                f"{self.folder}: cannot be written ({error}); make room there or choose another folder with -o, then "
                "run the same command to go on"
            ) from error


def _row(record: Record, name: str) -> tuple[str | int | bytes, ...]:
    r = record
    counts = json.dumps(r.relations), json.dumps(r.unlinked, ensure_ascii=False)
    digests = (r.source, r.source_sha256, r.text_sha256, r.kept, r.sketch)
    return (*digests, r.document, r.claims, r.words, r.rows, r.linked, *counts, name)
