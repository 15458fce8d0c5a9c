"""The pages that were fetched: each file as it came, under its digest, and a record of where it came from.

``fetched.csv`` has a line for each address, also for one that gave no page. Knows nothing of how pages are fetched.
"""

from __future__ import annotations

import csv
import hashlib
import os
import time
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from cryomine.atomic import placed
from cryomine.errors import CryomineError

RECORD = "fetched.csv"
SAVE_EVERY = 2.0  # seconds of work that a killed run may lose


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record. ``fetched`` is in UTC; ``status`` of the last answer, empty where there was none.

    ``sha256`` is of the page's bytes (content encoding undone), empty where there is no page; then ``error`` says why,
    as ``what is wrong; what to do``.
    """

    address: str
    final_address: str = ""
    fetched: str = ""
    status: str = ""
    media_type: str = ""
    charset: str = ""
    bytes: int = 0
    sha256: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one address: its line of the record and, where there is a page, its bytes."""

    entry: Entry
    body: bytes = b""


def now() -> str:
    """The time as the record has it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Snapshot:
    """The folder; a context manager while pages are put in, so that the record is written whatever happens."""

    def __init__(self, folder: Path) -> None:
        """Read the record of ``folder``, which need not be there yet."""
        self.folder = folder
        self.entries: dict[str, Entry] = _read(folder / RECORD)
        self._whole: dict[str, bool] = {}
        self._saved = time.monotonic()

    def __enter__(self) -> Snapshot:
        """Make the folder."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unwritable(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the record, also after an interruption."""
        self._save()

    def path_of(self, entry: Entry) -> Path:
        """The file of a page."""
        return self.folder / entry.sha256

    def kept(self, address: str) -> Entry | None:
        """The entry of a page that is here, whole; ``None`` where it is not."""
        entry = self.entries.get(address)
        if entry is None or not entry.sha256:
            return None
        if entry.sha256 not in self._whole:
            try:
                digest = hashlib.sha256(self.path_of(entry).read_bytes()).hexdigest()
            except OSError:
                digest = ""
            self._whole[entry.sha256] = digest == entry.sha256
        return entry if self._whole[entry.sha256] else None

    def put(self, answer: Answer) -> None:
        """Keep what came of an address in place of what was known of it."""
        entry = answer.entry
        self.entries[entry.address] = entry
        if entry.sha256:
            self._write(self.path_of(entry), answer.body)
            self._whole[entry.sha256] = True
        if time.monotonic() - self._saved > SAVE_EVERY:
            self._save()

    def _save(self) -> None:
        lines = [tuple(field.name for field in fields(Entry))]
        lines += [tuple(map(str, astuple(entry))) for _, entry in sorted(self.entries.items())]
        try:
            with placed(self.folder / RECORD) as part, part.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(lines)
        except OSError as error:
            raise self._unwritable(error) from error
        self._saved = time.monotonic()

    def _write(self, path: Path, data: bytes) -> None:
        try:
            with placed(path) as part, part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> CryomineError:
        reason = error.strerror or str(error)
        return CryomineError(f"{self.folder}: cannot be written ({reason}); choose another folder with -o")


def _read(path: Path) -> dict[str, Entry]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            names, *rows = csv.reader(file, strict=True)
        if names != [field.name for field in fields(Entry)]:
            raise ValueError("other columns")
        entries = [dict(zip(names, row, strict=True)) for row in rows]
        return {entry["address"]: Entry(**{**entry, "bytes": int(entry["bytes"])}) for entry in entries}  # type: ignore[arg-type]
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise CryomineError(f"{path}: cannot be read ({error.strerror}); check the permissions") from error
    except (ValueError, IndexError, TypeError, csv.Error) as error:
        raise CryomineError(
            f"{path}: is no record of fetched pages ({error}); move it away to fetch them anew"
        ) from error
