"""WARC files of a crawl by fastwarc (an extra): the pages that a server gave, one document for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any, BinaryIO

from cryomine.content_type import content_type
from cryomine.document import Document
from cryomine.errors import ReadError
from cryomine.ingest.records import unused
from cryomine.ingest.registry import Collection, Columns, Member, Reader, Records, read_with, reader_for, reason

MAX_RECORDS = 1_000_000
# What is worth reading, by the media type that the server gave; scripts, pictures and feeds are no articles.
_MEDIA_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf")


def _warc(file: BinaryIO, name: str, columns: Columns) -> Records:  # noqa: ARG001
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise ReadError(f"{name}: needs fastwarc to read WARC; pip install 'cryomine[warc]'") from error
    kinds = WarcRecordType.response | WarcRecordType.resource
    seen: set[int] = set()
    read = 0
    try:
        for record in ArchiveIterator(file, record_types=kinds, parse_http=True, auto_decode="all"):
            read += 1
            if read > MAX_RECORDS:
                raise ReadError(f"{name}: has more than {MAX_RECORDS:,} records; split the file")
            yield from _page(record, name, seen)
    except (OSError, ValueError, EOFError) as error:
        raise ReadError(f"{name}: is damaged or cut off ({reason(error)}); get the whole file") from error
    if not read:
        raise ReadError(f"{name}: has no page in it; check that it is the WARC file of a crawl")


def _page(record: Any, name: str, seen: set[int]) -> Iterator[Member]:
    """The page of one record; none for what is no page: redirects, errors, pictures."""
    address = " ".join((record.headers.get("WARC-Target-URI") or record.record_id or "").strip("<>").split())
    headers = record.headers
    if record.is_http and record.http_headers is not None:
        headers = record.http_headers
        if headers.status_code != 200:
            return
    media_type, charset = content_type(headers.get("Content-Type") or "")
    if media_type not in _MEDIA_TYPES:
        return
    source = unused(f"{name}!{address}", seen)
    reader, data = _reader(record, address, media_type)
    yield Member(source, partial(_read, reader, data, source, charset, address))


def _read(reader: Reader, data: bytes, source: str, charset: str, address: str) -> Document:
    document = read_with(reader, data, source, charset)
    metadata = {"url": address} | dict(document.source.metadata)
    return replace(document, source=replace(document.source, metadata=metadata))


def _reader(record: Any, address: str, media_type: str) -> tuple[Reader, bytes]:
    """The reader for a page, and its bytes."""
    from cryomine.ingest import html, pdf, plain

    data: bytes = record.reader.read(pdf.MAX_BYTES + 1 if media_type == pdf.MEDIA_TYPE else html.READER.max_bytes + 1)
    known = reader_for(data, address, media_type)
    return (known if isinstance(known, Reader) else plain.READER), data


FORMAT = Collection("a WARC file", (".warc", ".warc.gz"), _warc, lambda head: head.startswith(b"WARC/1."))
