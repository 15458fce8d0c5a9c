"""The readers: one per format, looked up by content first and name second.

Other packages add readers by the entry-point group ``cryomine.readers``; each entry point is a ``Reader``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import PurePosixPath

from cryomine.document import Document
from cryomine.errors import CryomineError, ReadError

GROUP = "cryomine.readers"
MAX_BYTES = 32 * 1024 * 1024  # an article has some ten thousand characters; beyond this it is a dump or a mistake
_HEAD = 4096  # bytes that a reader sees when it is asked whether the content is its own


def _never(head: bytes) -> bool:  # noqa: ARG001
    return False


@dataclass(frozen=True, slots=True)
class Reader:
    """One format. ``read`` takes bytes and name; ``knows`` tells by the first bytes whether they are of this format."""

    name: str
    media_type: str
    extensions: tuple[str, ...]
    read: Callable[[bytes, str], Document]
    knows: Callable[[bytes], bool] = _never


@lru_cache(maxsize=1)
def readers() -> tuple[Reader, ...]:
    """All readers: those of other packages first (by name), then our own, plain text last."""
    from cryomine.ingest import html, markdown, plain

    added: list[Reader] = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        try:
            reader = point.load()
        except Exception as error:
            raise CryomineError(f"{point.value}: the reader {point.name} does not load ({error}); mend it") from error
        if not isinstance(reader, Reader):
            raise CryomineError(f"{point.value}: the reader {point.name} is no cryomine Reader; mend or remove it")
        added.append(reader)
    return (*added, html.READER, markdown.READER, plain.READER)


def extensions() -> tuple[str, ...]:
    """The file name endings that some reader handles, lower case with the dot, sorted."""
    return tuple(sorted({ending for reader in readers() for ending in reader.extensions}))


def reader_for(data: bytes, name: str) -> Reader:
    """The reader for a file: the first that knows its content, else the one for its ending, else plain text."""
    head = data[:_HEAD]
    ending = PurePosixPath(name).suffix.lower()
    known = (reader for reader in readers() if reader.knows(head))
    named = (reader for reader in readers() if ending in reader.extensions)
    return next(known, None) or next(named, None) or readers()[-1]


def read_bytes(data: bytes, name: str) -> Document:
    """The document in ``data``, the bytes of the file ``name``; ``ReadError`` where there is none."""
    if len(data) > MAX_BYTES:
        raise too_large(name)
    if not data.strip(b"\xef\xbb\xbf \t\r\n\f\v\0"):
        raise ReadError(f"{name}: is empty; give a file with text in it")
    reader = reader_for(data, name)
    try:
        document = reader.read(data, name)
    except CryomineError:
        raise
    except Exception as error:
        what = f"{type(error).__name__}: {error}".replace("\n", " ").replace("; ", ", ")
        raise ReadError(
            f"{name}: could not be read as {reader.name} ({what}); save the article as plain text"
        ) from error
    if not document.blocks:
        raise ReadError(f"{name}: has no text to read; check that the article is in the file itself")
    source = replace(document.source, name=name, sha256=hashlib.sha256(data).hexdigest())
    return replace(document, source=source)


def too_large(name: str) -> ReadError:
    """The error for a file that is no single article."""
    return ReadError(f"{name}: is larger than {MAX_BYTES >> 20} MB; split it into one file for each article")
