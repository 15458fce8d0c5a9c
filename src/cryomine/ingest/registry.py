"""The readers: one per format, looked up by content first, then by the media type that was stated, then by name.

Other packages add formats by the entry-point group ``cryomine.readers``; each entry point is a ``Reader`` or a
``Collection``.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import entry_points
from itertools import islice
from typing import BinaryIO, TypeAlias

from cryomine.document import Document
from cryomine.errors import CryomineError, ReadError

GROUP = "cryomine.readers"
MAX_BYTES = 32 * 1024 * 1024  # an article has some ten thousand characters; beyond this it is a dump or a mistake
HEAD = 4096  # bytes that a format sees when it is asked whether the content is its own
# What servers say of files that they know nothing about: then the name tells more.
_SAYS_NOTHING = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream"})


class Unread(ReadError):
    """What could not be read, with the name that its row in the table of failures has."""

    def __init__(self, source: str, line: str) -> None:
        """``line`` is for people: source, what is wrong, what to do."""
        super().__init__(source, line)
        self.source = source

    def __str__(self) -> str:
        """The line."""
        return str(self.args[1])


@dataclass(frozen=True, slots=True)
class Member:
    """One article that is found but not read yet, so that reading it can fail, hang or crash without its neighbours."""

    source: str
    read: Callable[[], Document]  # raises ``ReadError``

    def document(self) -> Document | Unread:
        """The article, or what is wrong with it."""
        try:
            return self.read()
        except CryomineError as error:
            return error if isinstance(error, Unread) else Unread(self.source, str(error))


Found: TypeAlias = Member | Document | Unread
Records: TypeAlias = Iterator[Found]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table hold what; an empty ``text``, ``url`` or ``title`` is guessed by the column's name.

    Without ``id`` a record is called by its number, from 1.
    """

    text: str = ""
    id: str = ""
    url: str = ""
    title: str = ""


def _never(head: bytes) -> bool:  # noqa: ARG001
    return False


@dataclass(frozen=True, slots=True)
class Reader:
    """A format that holds one article; ``knows`` tells by the first bytes.

    ``read`` takes the bytes, their name, and the charset that came with them, empty where none did.
    """

    name: str
    media_type: str
    extensions: tuple[str, ...]
    read: Callable[[bytes, str, str], Document]
    knows: Callable[[bytes], bool] = _never
    max_bytes: int = MAX_BYTES
    in_folders: bool = True  # whether it is read where only the folder was named
    also: tuple[str, ...] = ()  # other media types that it goes by

    @property
    def media_types(self) -> tuple[str, ...]:
        """All media types that stand for this format, its own first."""
        return (self.media_type, *self.also)


@dataclass(frozen=True, slots=True)
class Collection:
    """A format that holds many articles; ``records`` takes an open file that can seek and gives one after the other.

    It yields what is still to be read, and what went wrong with a record; it raises what went wrong with the whole.
    """

    name: str
    extensions: tuple[str, ...]
    records: Callable[[BinaryIO, str, Columns], Records]
    knows: Callable[[bytes], bool] = _never
    in_folders: bool = True
    media_types: tuple[str, ...] = ()  # that stand for this format


Format: TypeAlias = Reader | Collection


@lru_cache(maxsize=1)
def readers() -> tuple[Format, ...]:
    """All formats: those of other packages first (by name), then our own, plain text last."""
    from cryomine.ingest import archives, docx, html, jats, markdown, pdf, plain, tables, warc

    added: list[Format] = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        try:
            reader = point.load()
        except Exception as error:
            raise CryomineError(f"{point.value}: the reader {point.name} does not load ({error}); mend it") from error
        if not isinstance(reader, Reader | Collection):
            raise CryomineError(f"{point.value}: the reader {point.name} is no cryomine Reader; mend or remove it")
        added.append(reader)
    documents = (html.READER, pdf.READER, jats.READER, jats.PUBMED, markdown.READER)
    return (*added, *documents, *archives.FORMATS, docx.READER, warc.FORMAT, *tables.FORMATS, plain.READER)


def extensions() -> tuple[str, ...]:
    """The file name endings that are read where only the folder was named, lower case with the dot, sorted."""
    return tuple(sorted({ending for reader in readers() if reader.in_folders for ending in reader.extensions}))


def is_article(name: str) -> bool:
    """Whether a file is read by its name's ending alone, as in a folder."""
    return name.lower().endswith(extensions())


def reader_for(head: bytes, name: str, media_type: str = "") -> Format:
    """The format of a file by its first bytes, by the media type that came with it, and by its name.

    Of the formats that know the content the one of this media type, else the one that has the ending, else the first;
    where none knows it, the one of this media type, else the one that has the ending, else plain text.
    """
    ending = _path(name).lower()
    stated = set() if media_type in _SAYS_NOTHING else {media_type}
    if media_type.endswith("+xml"):  # a feed, say: for the reader of XML to say that it is none of its own
        stated.add("application/xml")
    known = [reader for reader in readers() if reader.knows(head[:HEAD])]
    typed = [reader for reader in readers() if stated.intersection(reader.media_types)]
    named = [reader for reader in readers() if ending.endswith(reader.extensions)]
    both = [reader for fits in (typed, named) for reader in known if reader in fits]
    return (both or known or typed or named or readers()[-1:])[0]


def _path(name: str) -> str:
    """What of a name can end as formats do: of an address, not its host (example.md) nor its query."""
    _, is_address, rest = name.partition("://")
    return re.split(r"[?#]", rest, maxsplit=1)[0].partition("/")[2] if is_address else name


def records_of(collection: Collection, file: BinaryIO, name: str, columns: Columns) -> Records:
    """The records of a collection; an error of someone else's ends them as an ``Unread``."""
    try:
        yield from collection.records(file, name, columns)
    except (CryomineError, MemoryError):
        raise
    except Exception as error:
        line = f"{name}: could not be read to its end as {collection.name} ({reason(error)}); check that it is whole"
        yield Unread(name, line)


def read_bytes(data: bytes, name: str, media_type: str = "", charset: str = "") -> Document:
    """The document in ``data``, the bytes of the file ``name``; ``ReadError`` where there is none.

    ``media_type`` and ``charset`` are what came with the bytes, as a server states them.
    """
    reader = reader_for(data, name, media_type)
    if isinstance(reader, Collection):
        return only(reader, io.BytesIO(data), name)
    return read_with(reader, data, name, charset)


def only(collection: Collection, file: BinaryIO, name: str) -> Document:
    """The one document of a collection; ``ReadError`` where it holds another number of them."""
    found = list(islice(collection.records(file, name, Columns()), 2))
    if len(found) > 1:
        raise ReadError(f"{name}: is {collection.name} of several articles; give it to `cryomine extract`")
    if not found:
        raise ReadError(f"{name}: is {collection.name} without articles; give one article")
    document = found[0].document() if isinstance(found[0], Member) else found[0]
    if isinstance(document, Unread):
        raise document
    return document


def read_with(reader: Reader, data: bytes, name: str, charset: str = "") -> Document:
    """The document that a reader finds in ``data``, its source and reader named and its digest taken."""
    if len(data) > reader.max_bytes:
        raise too_large(name, reader.max_bytes)
    if not data.strip(b"\xef\xbb\xbf \t\r\n\f\v\0"):
        raise ReadError(f"{name}: is empty; give a file with text in it")
    try:
        document = reader.read(data, name, charset)
    except CryomineError:
        raise
    except Exception as error:
        raise ReadError(
            f"{name}: could not be read as {reader.name} ({reason(error)}); save the article as plain text"
        ) from error
    if not document.blocks:
        raise ReadError(f"{name}: has no text to read; check that the article is in the file itself")
    source = replace(document.source, name=name, sha256=hashlib.sha256(data).hexdigest(), reader=reader.name)
    return replace(document, source=source)


def reason(error: BaseException) -> str:
    """An error of someone else's as a part of our one line."""
    return f"{type(error).__name__}: {error}".replace("\n", " ").replace(";", ",")[:300]


def too_large(name: str, limit: int = MAX_BYTES) -> ReadError:
    """The error for a file that is no single article."""
    return ReadError(f"{name}: is larger than {limit >> 20} MB; split it into one file for each article")
