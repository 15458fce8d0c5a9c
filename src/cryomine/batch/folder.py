"""The output folder: what a run writes, in which order, so that a reader finds the old table or the new one.

Rows arrive document by document, in the table's order, and are written as they come; every file takes its place when
all are whole, the claims table last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TextIO

from cryomine.batch.atomic import replacing, sole_writer
from cryomine.batch.manifest import DOCUMENTS, FAILURES, UNLINKED, as_json, data_package
from cryomine.batch.work import Failure, Result
from cryomine.claims import COLUMNS
from cryomine.rows import Row, folded
from cryomine.table import NAMES, csv_line, json_line

_KEPT_TEXT = re.compile(r"[0-9a-f]{64}\.txt")


@dataclass(slots=True)
class _Surface:
    """The uses of one unlinked condition, however it is written."""

    first: str
    example: str
    count: int = 0
    sources: set[str] = field(default_factory=set)


class OutputFolder:
    """A context manager: ``add`` results, then ``close_with`` the rest; leaving it otherwise changes nothing."""

    def __init__(self, path: Path, table_format: str) -> None:
        """Nothing is touched before the block is entered."""
        self.path = path
        self.table = path / f"claims.{table_format}"
        self._line = json_line if table_format == "jsonl" else _csv_row
        self._surfaces: dict[str, _Surface] = {}
        self._texts: set[str] = set()
        self._stack = ExitStack()

    def __enter__(self) -> OutputFolder:
        """Take hold of the folder and open every file under a name that no reader looks at."""
        with ExitStack() as stack:
            stack.enter_context(sole_writer(self.path))
            # Left in the reverse order, so the claims table takes its place last.
            self._claims = stack.enter_context(replacing(self.table))
            if self.table.suffix == ".csv":
                self._claims.write(csv_line(NAMES))
            self._files: dict[str, TextIO] = {
                name: stack.enter_context(replacing(self.path / name))
                for name in ("run.json", "datapackage.json", "unlinked.csv", "failures.csv", "documents.csv")
            }
            self._files["documents.csv"].write(csv_line(column.name for column in DOCUMENTS))
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put every file in its place, or, after an error, take the new ones away."""
        self._stack.__exit__(kind, error, trace)
        if kind is None:
            self._tidy()

    def add(self, result: Result) -> None:
        """Write the rows of one document; a failure is written by ``close_with``."""
        if result.document is None:
            return
        self._files["documents.csv"].write(csv_line(result.document[column.name] for column in DOCUMENTS))
        if result.text is not None:
            self._keep(str(result.document["text_sha256"]), result.text)
        for row in result.claims:
            self._claims.write(self._line(row))
            if row["link"] == "none":
                self._note_unlinked(row)

    def close_with(self, failures: Sequence[Failure], run: Mapping[str, object]) -> None:
        """Write what is known only at the end: failures, unlinked conditions, schema, manifest."""
        write = self._files["failures.csv"].write
        write(csv_line(column.name for column in FAILURES))
        for failure in failures:
            write(csv_line((failure.source, failure.error, failure.hint)))
        write = self._files["unlinked.csv"].write
        write(csv_line(column.name for column in UNLINKED))
        for _, surface in sorted(self._surfaces.items(), key=lambda item: (-item[1].count, item[0])):
            write(csv_line((surface.first, surface.count, len(surface.sources), surface.example)))
        self._files["datapackage.json"].write(as_json(data_package(self.table.name)))
        self._files["run.json"].write(as_json(run))

    def _note_unlinked(self, row: Row) -> None:
        source, words = str(row["source"]), str(row["condition"])
        example = f"{source}#{row['locator']}" if row["locator"] else source
        surface = self._surfaces.setdefault(folded(words), _Surface(" ".join(words.split()), example))
        surface.count += 1
        surface.sources.add(source)

    def _keep(self, text_sha256: str, text: str) -> None:
        """Keep a document's text under its digest, unless an earlier run already did."""
        folder = self.path / "texts"
        folder.mkdir(exist_ok=True)
        path = folder / f"{text_sha256}.txt"
        self._texts.add(path.name)
        if not path.exists():
            with replacing(path) as file:
                file.write(text)

    def _tidy(self) -> None:
        """Take away what the new table does not use: texts of an earlier one, and the table in the other format."""
        for path in sorted((self.path / "texts").glob("*.txt")):
            if _KEPT_TEXT.fullmatch(path.name) and path.name not in self._texts:
                path.unlink()
        for name in ("claims.csv", "claims.jsonl"):
            if name != self.table.name:
                (self.path / name).unlink(missing_ok=True)


def _csv_row(row: Row) -> str:
    return csv_line(row[column.name] for column in COLUMNS)
