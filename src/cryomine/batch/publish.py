"""From the store to the output folder: every file is written whole, and takes its place at the end, the table last.

Documents come from the store in the table's order, one at a time, so memory does not grow with the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from cryomine.atomic import replacing
from cryomine.batch.manifest import as_json, data_package
from cryomine.batch.records import Record
from cryomine.batch.work import Failure
from cryomine.beside import DOCUMENTS, FAILURES, UNLINKED
from cryomine.duplicates import COLUMNS as DUPLICATES
from cryomine.duplicates import NEAR, Duplicate
from cryomine.folder import TABLES, TEXTS, text_path
from cryomine.packs.hierarchy import Hierarchy
from cryomine.packs.schema import Concept
from cryomine.table import NAMES, csv_line

_KEPT_TEXT = re.compile(r"[0-9a-f]{64}\.txt")
BESIDE = ("concepts.csv", "unlinked.csv", "failures.csv", "duplicates.csv", "documents.csv")


@dataclass(slots=True)
class _Surface:
    """The uses of one unlinked condition, however it is written; sources come one after the other."""

    first: str
    example: str
    last: str = ""
    count: int = 0
    sources: int = 0

    def seen_in(self, source: str) -> None:
        self.count += 1
        self.sources += source != self.last
        self.last = source


class Tables:
    """A context manager over the files of an output folder; leaving it by an error changes none of them."""

    def __init__(self, output: Path, table_format: str) -> None:
        """For the folder ``output``, which is there."""
        self.output = output
        self.table = output / f"claims.{table_format}"
        self._surfaces: dict[str, _Surface] = {}
        self._texts: set[str] = set()

    def __enter__(self) -> Tables:
        """Open every file under a name that no reader looks at."""
        self._stack = ExitStack()
        with ExitStack() as stack:
            # Left in the reverse order, so the claims table takes its place last.
            names = (self.table.name, "run.json", "datapackage.json", *BESIDE)
            self._files: dict[str, TextIO] = {
                name: stack.enter_context(replacing(self.output / name)) for name in names
            }
            self._stack = stack.pop_all()
        if self.table.suffix == ".csv":
            self._files[self.table.name].write(csv_line(NAMES))
        self._files["documents.csv"].write(csv_line(column.name for column in DOCUMENTS))
        return self

    def __exit__(self, *error: object) -> None:
        """Put every file in its place, or, after an error, take the new ones away."""
        self._stack.__exit__(*error)  # type: ignore[arg-type]
        if error[0] is None:
            self._tidy()

    def write(self, records: Iterable[Record], duplicates: Mapping[str, Duplicate]) -> Iterator[Record]:
        """Write the lines of each document, and hand it on to whoever counts.

        ``duplicates`` are by source; a text that was read already has its claims there.
        """
        documents, claims = self._files["documents.csv"].write, self._files[self.table.name].write
        for record in records:
            duplicate = duplicates.get(record.source)
            if duplicate and duplicate.kind != NEAR:
                record = replace(record, claims="", rows=0, linked=0, relations={}, unlinked=())
            rest = csv_line((record.rows, duplicate.duplicate_of if duplicate else ""))
            documents(f"{record.document},{rest}")
            claims(record.claims)
            if record.kept:
                self._texts.add(record.text_sha256)
            for key, words, place in record.unlinked:
                self._surfaces.setdefault(key, _Surface(words, place)).seen_in(record.source)
            yield record

    def close_with(
        self,
        failures: Sequence[Failure],
        duplicates: Iterable[Duplicate],
        concepts: Iterable[Concept],
        run: Mapping[str, object],
    ) -> None:
        """Write what does not come document by document: failures, copies, unlinked conditions, concepts, manifests."""
        write = self._files["duplicates.csv"].write
        write(csv_line(column.name for column in DUPLICATES))
        for duplicate in duplicates:
            write(csv_line(getattr(duplicate, column.name) for column in DUPLICATES))
        write = self._files["failures.csv"].write
        write(csv_line(column.name for column in FAILURES))
        for failure in failures:
            write(csv_line((failure.source, failure.error, failure.hint)))
        write = self._files["unlinked.csv"].write
        write(csv_line(column.name for column in UNLINKED))
        for _, surface in sorted(self._surfaces.items(), key=lambda item: (-item[1].count, item[0])):
            write(csv_line((surface.first, surface.count, surface.sources, surface.example)))
        self._files["concepts.csv"].write(Hierarchy(concepts).csv())
        self._files["datapackage.json"].write(as_json(data_package(self.table.name)))
        self._files["run.json"].write(as_json(run))

    def _tidy(self) -> None:
        """Take away what the new table does not use: texts of an earlier one, and the table in the other format."""
        for path in (self.output / TEXTS).glob("*.txt"):
            if _KEPT_TEXT.fullmatch(path.name) and path.stem not in self._texts:
                path.unlink()
        if (self.output / TEXTS).is_dir() and not any((self.output / TEXTS).iterdir()):
            (self.output / TEXTS).rmdir()
        for name in TABLES:
            if name != self.table.name:
                (self.output / name).unlink(missing_ok=True)


def keep_text(output: Path, text_sha256: str, text: str) -> None:
    """Keep a document's text under its digest, unless it is there already."""
    path = text_path(output, text_sha256)
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        with replacing(path, sync=False) as file:  # thousands of files: to wait for the disk each time takes minutes
            file.write(text)
