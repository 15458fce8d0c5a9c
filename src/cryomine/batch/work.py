"""One input after the other: read it, extract its claims, hand back plain rows or the reason why not.

This is the part of a run that workers can take over: inputs in, ``Result`` out, nothing else shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from cryomine.batch.limits import TimeIsUp, time_limit
from cryomine.errors import CryomineError
from cryomine.rows import Row, rows_of, sha256

if TYPE_CHECKING:
    from cryomine.claims import Claim
    from cryomine.document import Document
    from cryomine.ingest import Input


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

    @classmethod
    def too_slow(cls, source: str, seconds: float) -> Failure:
        """A document that took longer than it may."""
        return cls(source, f"took more than {seconds:g} seconds", "split it, or give more with --time-limit")

    def __str__(self) -> str:
        """One line for people, as ``of`` takes it."""
        return f"{self.source}: {self.error}" + (f"; {self.hint}" if self.hint else "")


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one input: a row for documents.csv and the rows of its claims, or a failure.

    ``text`` is the document's text where the table's folder has to keep it, because the source's own characters are
    not the text.
    """

    source: str
    document: Row | None = None
    claims: tuple[Row, ...] = ()
    text: str | None = None
    failure: Failure | None = None


def results(inputs: Iterable[Input], extractor: ClaimsOf, pack_ref: str) -> Iterator[Result]:
    """One result an input, in the order of the inputs."""
    for item in inputs:
        yield work(item, extractor, pack_ref)


def work(item: Input, extractor: ClaimsOf, pack_ref: str, seconds: float = 0) -> Result:
    """Read and extract one input; whatever goes wrong with it is a failure of this input alone.

    ``seconds`` is the time that it may take, 0 for all the time in the world.
    """
    from cryomine import ingest

    try:
        with time_limit(seconds):
            document = ingest.read(item)
            rows = rows_of(document, extractor.claims(document), pack_ref)
    except CryomineError as error:
        return Result(item.name, failure=Failure.of(error, item.name))
    except TimeIsUp:
        return Result(item.name, failure=Failure.too_slow(item.name, seconds))
    except MemoryError:
        return Result(item.name, failure=Failure(item.name, "needs more memory than there is", "split it"))
    except Exception as error:  # a document that trips a component must not end the run
        reason = f"internal error ({type(error).__name__}: {error})".replace("\n", " ")
        return Result(item.name, failure=Failure(item.name, reason, "report it together with this file"))
    source = document.source
    described: Row = {
        "source": source.name,
        "title": document.title,
        "media_type": source.media_type,
        "encoding": source.encoding,
        "words": len(document.text.split()),
        "blocks": len(document.blocks),
        "claims": len(rows),
        "source_sha256": source.sha256,
        "text_sha256": sha256(document.text),
    }
    kept = None if source.media_type == "text/plain" and item.path else document.text
    return Result(source.name, described, tuple(rows), kept)
