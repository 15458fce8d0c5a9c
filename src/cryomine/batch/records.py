"""What is kept of a document: its lines of the tables, ready to be copied, and what the small tables count.

Plain values only, so that a worker can send it, the store keep it, and a later run take it as it is.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import TYPE_CHECKING

from cryomine.batch.work import ALL, ClaimsOf, Failure, Result, Task, work
from cryomine.beside import DOCUMENTS
from cryomine.rows import Row, folded
from cryomine.table import NAMES, csv_line, json_line

if TYPE_CHECKING:
    from cryomine.batch.jobs import Job

# An input of many documents is handed on in parts, so that nobody has to hold all of it.
PART_RECORDS, PART_CHARACTERS, PART_SECONDS = 64, 1_000_000, 1.0
ATTEMPTS = 3  # to read a file that changes meanwhile

_values = itemgetter(*NAMES)
# What publishing puts behind a document's line, because it is known only when all documents are.
DESCRIBED = tuple(column.name for column in DOCUMENTS if column.name not in ("claims", "duplicate_of"))


@dataclass(frozen=True, slots=True)
class Record:
    """One document: its line of documents.csv without its last two columns, its lines of the claims table, in order.

    ``unlinked`` holds, for each claim without a concept, the condition folded, as it is written, and where. ``kept``
    says that the output folder has to keep the document's text.
    """

    source: str
    source_sha256: str
    text_sha256: str
    kept: bool
    sketch: bytes
    document: str
    claims: str
    words: int
    rows: int
    linked: int
    relations: dict[str, int]
    unlinked: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A part of what came of job ``number``: records, the texts to keep by digest, failures.

    The ``first`` part takes the place of whatever was known of the input. The ``last`` one has the digest of the
    input's bytes, or none where the input has to be read again by the next run; ``note`` goes with it. ``signature`` is
    that of the input: on the last part if it can be relied on later, on the others as it is.
    ``stated`` is what was said of the input when it was read. ``unchanged``: the input is as the store last saw it, and
    this is all there is to say.
    """

    number: int
    name: str
    records: tuple[Record, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    first: bool = True
    last: bool = True
    unchanged: bool = False
    sha256: str = ""
    signature: str = ""
    note: str = ""
    stated: str = ""

    @classmethod
    def failed(cls, job: Job, error: str, hint: str) -> Outcome:
        """The last outcome of an input that could not be dealt with, or no further than to some document of it."""
        failure = Failure(job.item.name, error, hint)
        return cls(job.number, job.item.name, failures=(failure,), first=not job.part.begin)


def outcomes_of(
    job: Job, extractor: Callable[[], ClaimsOf], task: Task, at: Callable[[int], None] = lambda _number: None
) -> Iterator[Outcome]:
    """Do one job; an input that changes while it is read is read again, and is a failure if it goes on changing.

    ``extractor`` is asked for only where there is something to extract; ``at`` is told as by ``work``.
    """
    number, name = job.number, job.item.name
    for attempt in range(ATTEMPTS):
        signature = job.signature()
        if attempt or (job.begun_as and signature != job.begun_as):  # it has changed: what was done of it is void
            job = replace(job, part=ALL)
        if job.known_sha256 and job.digest() == job.known_sha256:
            yield Outcome(number, name, unchanged=True, sha256=job.known_sha256, signature=job.lasting(signature))
            return
        parts = _Parts(job, task, signature)
        for result in work(job.item, extractor(), task, job.part, at):
            yield from parts.add(result)
        last = parts.last()
        if signature == job.signature():
            yield last
            return
    yield Outcome.failed(job, "changes while it is read", "run again when it is complete")


class _Parts:
    """The documents of one input, gathered into parts of a handy size."""

    def __init__(self, job: Job, task: Task, signature: str) -> None:
        self._job, self._format, self._signature = job, task.table_format, signature
        self._first = not job.part.begin
        self._again = job.part != ALL  # a process has ended over it: perhaps it does not the next time
        self._sha256 = self._note = ""
        self._empty()

    def _empty(self) -> None:
        self._records: list[Record] = []
        self._texts: dict[str, str] = {}
        self._failures: list[Failure] = []
        self._size = 0
        self._since = time.monotonic()

    def add(self, result: Result) -> Iterator[Outcome]:
        """Take a result in; gives a part where that is full."""
        if result.failure:
            self._failures.append(result.failure)
            # What went wrong with the whole input, or may go right another time, is tried again by the next run.
            self._again |= result.may_pass or result.source == self._job.item.name
        else:
            record = record_of(result, self._format)
            self._records.append(record)
            self._note = self._note or result.note
            self._size += len(record.claims) + len(result.text or "")
            if result.source == self._job.item.name:
                self._sha256 = record.source_sha256
            if result.text is not None:
                self._texts[record.text_sha256] = result.text
        full = len(self._records) + len(self._failures) >= PART_RECORDS or self._size > PART_CHARACTERS
        if full or time.monotonic() - self._since > PART_SECONDS:
            yield Outcome(self._job.number, self._job.item.name, *self._taken(), last=False, signature=self._signature)
            self._first = False
            self._empty()

    def last(self) -> Outcome:
        """What is left, and the input's digest: that of its only document, or taken from the file."""
        sha256 = "" if self._again else self._sha256 or self._job.digest()
        lasting = self._job.lasting(self._signature) if sha256 else ""
        item = self._job.item
        return Outcome(
            self._job.number, item.name, *self._taken(), last=True,
            sha256=sha256, signature=lasting, note=self._note, stated=item.stated,
        )  # fmt: skip

    def _taken(self) -> tuple[tuple[Record, ...], dict[str, str], tuple[Failure, ...], bool]:
        return tuple(self._records), self._texts, tuple(self._failures), self._first


def record_of(result: Result, table_format: str) -> Record:
    """The record of a result that is no failure."""
    row = result.document
    assert row is not None
    return Record(
        result.source,
        str(row["source_sha256"]),
        str(row["text_sha256"]),
        result.text is not None,
        result.sketch,
        csv_line(row[name] for name in DESCRIBED)[:-1],
        "".join(map(json_line, result.claims)) if table_format == "jsonl" else _csv(result.claims),
        words=int(row["words"] or 0),
        rows=len(result.claims),
        linked=sum(row["link"] != "none" for row in result.claims),
        relations=dict(Counter(str(row["relation"]) for row in result.claims)),
        unlinked=tuple(_unlinked(row) for row in result.claims if row["link"] == "none"),
    )


class _Cells(dict[str, str]):
    """A text as it stands in a CSV file, worked out once: most of a document's rows say the same in most columns."""

    def __missing__(self, text: str) -> str:
        special = "," in text or '"' in text or "\n" in text or "\r" in text
        self[text] = cell = csv_line((text,))[:-1] if special else text
        return cell


def _csv(rows: Sequence[Row]) -> str:
    """The rows as ``csv_line`` gives them, in a third of the time."""
    cells = _Cells()
    return "".join([
        ",".join([cells[v] if v.__class__ is str else "" if v is None else str(v) for v in _values(row)]) + "\n"
        for row in rows
    ])  # fmt: skip


def _unlinked(row: Row) -> tuple[str, str, str]:
    source, words = str(row["source"]), str(row["condition"])
    return folded(words), " ".join(words.split()), f"{source}#{row['locator']}" if row["locator"] else source
