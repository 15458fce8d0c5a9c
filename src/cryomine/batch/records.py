"""What is kept of a document: its lines of the tables, ready to be copied, and what the small tables count.

Plain values only, so that a worker can send it, the store keep it, and a later run take it as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from cryomine.batch.manifest import DOCUMENTS
from cryomine.batch.work import ClaimsOf, Failure, Result, work
from cryomine.rows import Row, folded
from cryomine.table import NAMES, csv_line, json_line

if TYPE_CHECKING:
    from cryomine.batch.jobs import Job

_values = itemgetter(*NAMES)


@dataclass(frozen=True, slots=True)
class Record:
    """One document: its line of documents.csv, its lines of the claims table, in order.

    ``unlinked`` holds, for each claim without a concept, the condition folded, as it is written, and where.
    ``text_sha256`` is given where the folder has to keep the document's text.
    """

    source: str
    document: str
    claims: str
    words: int
    rows: int
    linked: int
    relations: dict[str, int]
    unlinked: tuple[tuple[str, str, str], ...]
    text_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of job ``number``: records and the texts to keep, by digest, or a failure.

    ``sha256`` is of the input's raw bytes. Neither records nor failure: the input is as the store last saw it.
    """

    number: int
    name: str
    sha256: str = ""
    signature: str = ""
    records: tuple[Record, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """All that a worker must know beside the extractor."""

    pack_ref: str
    table_format: str
    seconds: float


def outcome_of(job: Job, extractor: ClaimsOf, task: Task) -> Outcome:
    """Do one job; an input that changes while it is read is read again, and is a failure if it goes on changing."""
    for _ in range(3):
        signature = job.signature()
        if job.known_sha256 and job.digest() == job.known_sha256:
            return Outcome(job.number, job.item.name, job.known_sha256, signature)
        result = work(job.item, extractor, task.pack_ref, task.seconds)
        if result.failure or signature == job.signature():
            return _outcome(job, result, task, signature)
    failure = Failure(job.item.name, "changes while it is read", "run again when it is complete")
    return Outcome(job.number, job.item.name, failure=failure)


def _outcome(job: Job, result: Result, task: Task, signature: str) -> Outcome:
    if result.document is None:
        return Outcome(job.number, job.item.name, failure=result.failure)
    record = record_of(result, task.table_format)
    texts = {record.text_sha256: result.text} if result.text is not None else {}
    sha256 = str(result.document["source_sha256"])
    return Outcome(job.number, job.item.name, sha256, job.lasting(signature), (record,), texts)


def record_of(result: Result, table_format: str) -> Record:
    """The record of a result that is no failure."""
    assert result.document is not None
    return Record(
        result.source,
        csv_line(result.document[column.name] for column in DOCUMENTS),
        "".join(map(json_line, result.claims)) if table_format == "jsonl" else _csv(result.claims),
        words=int(result.document["words"] or 0),
        rows=len(result.claims),
        linked=sum(row["link"] != "none" for row in result.claims),
        relations=dict(Counter(str(row["relation"]) for row in result.claims)),
        unlinked=tuple(_unlinked(row) for row in result.claims if row["link"] == "none"),
        text_sha256="" if result.text is None else str(result.document["text_sha256"]),
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
