"""WARC files of a crawl by fastwarc (an extra): the pages that a server gave, one document for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from cryomine.document import Document
from cryomine.errors import ReadError
from cryomine.ingest.records import unused
from cryomine.ingest.registry import Collection, Columns, Reader, Records, Unread, read_with, reader_for, reason

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


def _page(record: Any, name: str, seen: set[int]) -> Iterator[Document | Unread]:
    """The document of one record; none for what is no page: redirects, errors, pictures."""
    address = " ".join((record.headers.get("WARC-Target-URI") or record.record_id or "").strip("<>").split())
    if record.is_http and record.http_headers is not None:
        media_type = record.http_content_type or ""
        if record.http_headers.status_code != 200:
            return
    else:
        media_type = (record.headers.get("Content-Type") or "").partition(";")[0].strip()
    if media_type.lower() not in _MEDIA_TYPES:
        return
    source = unused(f"{name}!{address}", seen)
    try:
        reader = _reader(record, media_type.lower())
        document = read_with(reader[0], reader[1], source)
    except ReadError as error:
        yield Unread(source, str(error))
        return
    metadata = {"url": address} | dict(document.source.metadata)
    yield replace(document, source=replace(document.source, metadata=metadata))


def _reader(record: Any, media_type: str) -> tuple[Reader, bytes]:
    """The reader for a page, by its content first, and its bytes."""
    from cryomine.ingest import html, pdf, plain

    data: bytes = record.reader.read(pdf.MAX_BYTES + 1 if media_type == pdf.MEDIA_TYPE else html.READER.max_bytes + 1)
    known = reader_for(data, "")
    if isinstance(known, Reader) and known is not plain.READER:
        return known, data
    return (html.READER if "html" in media_type else plain.READER), data


FORMAT = Collection("a WARC file", (".warc", ".warc.gz"), _warc, lambda head: head.startswith(b"WARC/1."))
