"""One input after the other: read its documents, extract their claims, hand back plain rows or the reason why not.

This is the part of a run that workers can take over: inputs in, ``Result`` out, nothing else shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count, islice
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urljoin

from cryomine.batch.limits import TimeIsUp, time_limit
from cryomine.duplicates import sketch
from cryomine.errors import CryomineError
from cryomine.fetch import is_address
from cryomine.ingest.registry import Columns, Member, Unread
from cryomine.language import english_part
from cryomine.rows import Row, rows_of, sha256

if TYPE_CHECKING:
    from cryomine.claims import Claim
    from cryomine.document import Document
    from cryomine.ingest import Input
    from cryomine.ingest.registry import Found

SEEKING = -1  # which document is in work, where none is


class ClaimsOf(Protocol):
    """What a run needs of an extractor."""

    def claims(self, document: Document) -> list[Claim]:
        """The linked claims of one document."""
        ...


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave nothing: what is wrong with it and what to do, in words."""

    source: str
    error: str
    hint: str

    @classmethod
    def of(cls, error: CryomineError, source: str = "") -> Failure:
        """From an error's one line, ``FILE: what is wrong; what to do``; ``source`` where the file's name is known."""
        line = str(error)
        source = source or line.partition(": ")[0]
        what, _, hint = line.removeprefix(f"{source}: ").partition("; ")
        return cls(source, what, hint)

    def __str__(self) -> str:
        """One line for people, as ``of`` takes it."""
        return f"{self.source}: {self.error}" + (f"; {self.hint}" if self.hint else "")


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one document: a row for documents.csv and the rows of its claims, or a failure.

    ``text`` is the document's text where the table's folder has to keep it, because no file holds just these
    characters. ``sketch`` is what it is compared with others by. ``note`` says what was decided about the input on the
    way. A failure that ``may_pass`` had to do with time, memory or a mistake of ours.
    """

    source: str
    document: Row | None = None
    claims: tuple[Row, ...] = ()
    text: str | None = None
    sketch: bytes = b""
    note: str = ""
    failure: Failure | None = None
    may_pass: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """All that a worker must know beside the extractor. ``seconds`` is the time for one document, 0 for no limit."""

    pack_ref: str
    table_format: str = "csv"
    seconds: float = 0.0
    columns: Columns = field(default_factory=Columns)


def too_slow(seconds: float) -> tuple[str, str]:
    """Error and hint for a document that took longer than it may."""
    return f"took more than {seconds:g} seconds", "split it, or give more with --time-limit"


def results(inputs: Iterable[Input], extractor: ClaimsOf, pack_ref: str) -> Iterator[Result]:
    """One result a document, in the order of the inputs."""
    for item in inputs:
        yield from work(item, extractor, Task(pack_ref))


def entries_of(found: Iterable[Result]) -> Iterator[tuple[str, str, str, bytes]]:
    """What documents are compared by: source, digests of source and text, sketch."""
    for result in found:
        if result.document is not None:
            row = result.document
            yield result.source, str(row["source_sha256"]), str(row["text_sha256"]), result.sketch


def get_ready() -> None:
    """Import what documents need, so that the time limit of the first one does not run meanwhile."""
    from cryomine.ingest.registry import readers

    readers()
    sketch("")


@dataclass(frozen=True, slots=True)
class Part:
    """What of an input is to be done: everything, or what is left of it after a process that read it has ended.

    Documents are counted from 0. The first ``begin`` are done; ``given_up`` holds the numbers of those that ended their
    process or took too long, each with error and hint: they are found, but neither read nor extracted.
    """

    begin: int = 0
    given_up: tuple[tuple[int, str, str], ...] = ()


ALL = Part()


def work(
    item: Input, extractor: ClaimsOf, task: Task, part: Part = ALL, at: Callable[[int], None] = lambda _number: None
) -> Iterator[Result]:
    """Read and extract one input, document by document; what goes wrong is a failure of this document alone.

    ``at`` is told the number of the document that is taken in hand, ``SEEKING`` while the next one is looked for.
    """
    from cryomine import ingest

    members = ingest.members(item, task.columns)
    given_up = {number: (error, hint) for number, error, hint in part.given_up}
    for number in count():
        at(SEEKING)
        found: list[Found] = []
        failure = _trouble(item.name, task.seconds, partial(_find, members, found))
        if failure is not None:  # a stream that was interrupted does not go on
            yield failure
            return
        if not found:
            return
        if number < part.begin:
            continue
        (member,) = found
        name = member.source if isinstance(member, Member | Unread) else member.source.name
        if number in given_up:
            yield Result(name, failure=Failure(name, *given_up[number]), may_pass=True)
            continue
        at(number)
        done: list[Result] = []
        extract = partial(_read_and_extract, member, item, extractor, task.pack_ref, done)
        yield _trouble(name, task.seconds, extract) or done[0]


def _trouble(name: str, seconds: float, step: Callable[[], None]) -> Result | None:
    """Take one step on a document; the failure where it goes wrong."""
    try:
        with time_limit(seconds):
            step()
    except CryomineError as error:
        return Result(name, failure=Failure.of(error, name))
    except TimeIsUp:
        return Result(name, failure=Failure(name, *too_slow(seconds)), may_pass=True)
    except MemoryError:
        return Result(name, failure=Failure(name, "needs more memory than there is", "split it"), may_pass=True)
    except Exception as error:  # a document that trips a component must not end the run
        reason = f"internal error ({type(error).__name__}: {error})".replace("\n", " ")
        return Result(name, failure=Failure(name, reason, "report it together with this file"), may_pass=True)
    return None


def _find(members: Iterator[Found], found: list[Found]) -> None:
    """Append the next document, if there is one."""
    found.extend(islice(members, 1))


def _read_and_extract(member: Found, item: Input, extractor: ClaimsOf, pack_ref: str, done: list[Result]) -> None:
    """Append the result of one document."""
    document = member.document() if isinstance(member, Member) else member
    if isinstance(document, Unread):
        done.append(Result(document.source, failure=Failure.of(document, document.source)))
        return
    part = english_part(document)
    rows = rows_of(part.document, extractor.claims(part.document), pack_ref) if part.document.blocks else []
    source, metadata = document.source, document.source.metadata
    described: Row = {
        "source": source.name,
        "title": document.title,
        "url": urljoin(item.name if is_address(item.name) else "", metadata.get("url", "")),
        "date": metadata.get("date", ""),
        "language": part.language,
        "media_type": source.media_type,
        "reader": source.reader,
        "encoding": source.encoding,
        "encoding_reason": source.encoding_reason,
        "words": len(document.text.split()),
        "blocks": len(document.blocks),
        "skipped": part.skipped,
        "source_sha256": source.sha256,
        "text_sha256": sha256(document.text),
        "claims": len(rows),
    }
    own_file = source.media_type == "text/plain" and item.path is not None and source.name == item.name
    column = metadata.get("text_column", "")
    note = f"text from column {column!r}" if column else ""
    kept = None if own_file else document.text
    done.append(Result(source.name, described, tuple(rows), kept, sketch(document.text), note))
