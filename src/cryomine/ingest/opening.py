"""From one input to its documents: opens the file, finds its format, and turns what goes wrong into one line."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import BinaryIO

from cryomine.document import Document
from cryomine.errors import CryomineError, ReadError
from cryomine.ingest.inputs import Input
from cryomine.ingest.registry import (
    HEAD,
    MAX_BYTES,
    Collection,
    Columns,
    Member,
    Reader,
    Records,
    Unread,
    only,
    read_with,
    reader_for,
    records_of,
)

_SMALL = 64 * 1024  # bytes; nearly every article has fewer


def read(item: Input) -> Document:
    """The document of an input that holds one article; ``ReadError`` (file, what is wrong, what to do) otherwise."""
    with _opened(item) as file:
        reader = _reader(file, item)
        if isinstance(reader, Collection):
            return only(reader, file, item.name)
        return read_with(reader, file.read(reader.max_bytes + 1), item.name, item.charset)


def documents(item: Input, columns: Columns = Columns()) -> Iterator[Document | Unread]:  # noqa: B008 (frozen)
    """The documents of an input, one at a time in the order of the file, and what could not be read of it.

    ``columns`` are those of tables. Raises nothing of its own: whatever is wrong is an ``Unread`` among the rest.
    """
    for found in members(item, columns):
        yield found.document() if isinstance(found, Member) else found


def members(item: Input, columns: Columns = Columns()) -> Records:  # noqa: B008 (frozen)
    """What ``documents`` gives, each article found and not yet read: reading it is up to the caller."""
    try:
        with _opened(item) as file:
            reader = _reader(file, item)
            if isinstance(reader, Reader):
                data = _content(file, reader.max_bytes + 1)
                yield Member(item.name, partial(read_with, reader, data, item.name, item.charset))
            else:
                yield from records_of(reader, file, item.name, columns)
    except CryomineError as error:
        yield error if isinstance(error, Unread) else Unread(item.name, str(error))


@contextmanager
def _opened(item: Input) -> Iterator[BinaryIO]:
    """The input as a file that can seek."""
    if item.path is None:
        yield io.BytesIO(sys.stdin.buffer.read(MAX_BYTES + 1))
        return
    try:
        with item.path.open("rb") as file:
            if not file.seekable():  # a pipe
                yield io.BytesIO(file.read(MAX_BYTES + 1))
            else:
                yield file
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise ReadError(f"{item.name}: cannot be opened ({why}); check that it is a readable file") from error


def _content(file: BinaryIO, limit: int) -> bytes:
    """The bytes of a file, at most ``limit``. Memory for all that is asked for is set aside first: ask for little."""
    data = file.read(_SMALL)
    return data if len(data) < _SMALL else data + file.read(limit - _SMALL)


def _reader(file: BinaryIO, item: Input) -> Reader | Collection:
    head = file.read(HEAD)
    file.seek(0)
    return reader_for(head, item.name, item.media_type)
