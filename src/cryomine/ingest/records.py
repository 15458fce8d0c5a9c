"""From the rows of a table to documents: which column holds the text, what a record is called.

Knows nothing of the formats that tables come in: those give rows, this makes documents.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice

from cryomine.document import Document
from cryomine.errors import ReadError
from cryomine.ingest.registry import HEAD, MAX_BYTES, Columns, Member, Records, Unread, reason

MAX_RECORDS = 1_000_000  # in one table; beyond this the table is to be split
_SAMPLE = 50  # records that a guess rests on
_ARTICLE = 120  # characters that the texts of a column have in the middle where it is taken for articles
# Names of columns, best first; compared without case and signs.
_TEXT = ("text", "fulltext", "articletext", "bodytext", "content", "body", "article", "html", "markdown", "abstract")
_TITLE = ("title", "headline", "articletitle", "heading")
_URL = ("url", "link", "address", "sourceurl", "pageurl", "canonicalurl", "permalink")
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body|article|section|main|div|p|h[1-6]|ul|ol|table|span)\b", re.I)

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be read; ``what`` is what is wrong with it, and what to do."""

    what: str


class NoText(ReadError):
    """A table in which no column looks like one of articles."""


def records(rows: Iterable[Row | BadRow], name: str, columns: Columns, reader: str) -> Records:
    """One document for each row of the table ``name``; raises where no column holds texts.

    ``reader`` is what reads the table, as it is called in each document's source.
    """
    iterator = iter(rows)
    sample = list(islice(iterator, _SAMPLE))
    known = [row for row in sample if not isinstance(row, BadRow)]
    chosen = _chosen(known, name, columns) if known else columns
    yield from _documents(chain(sample, iterator), name, chosen, reader)


def _documents(rows: Iterator[Row | BadRow], name: str, columns: Columns, reader: str) -> Records:
    seen: set[int] = set()
    for number, row in enumerate(rows, start=1):
        source = f"{name}#{number}"
        if number > MAX_RECORDS:
            raise ReadError(f"{name}: has more than {MAX_RECORDS:,} records; split the table")
        if isinstance(row, BadRow):
            yield Unread(source, f"{source}: {row.what}")
            continue
        if columns.id and (key := _words(row.get(columns.id))):
            source = unused(f"{name}#{key}", seen)
        yield Member(source, partial(_read, row, source, columns, reader))


def unused(key: str, seen: set[int]) -> str:
    """The key, with a number where one like it was ``seen`` (digests, so that a million of them take little)."""
    given, number = key, 1
    while (digest := int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big")) in seen:
        number += 1
        key = f"{given}~{number}"
    seen.add(digest)
    return key


def _read(row: Row, source: str, columns: Columns, reader: str) -> Document:
    """The document of a row; whatever goes wrong is a ``ReadError``."""
    try:
        document = _document(row, source, columns)
    except ReadError:
        raise
    except Exception as error:
        raise ReadError(f"{source}: could not be read ({reason(error)}); check the record") from error
    return replace(document, source=replace(document.source, reader=reader))


def _document(row: Row, source: str, columns: Columns) -> Document:
    from cryomine.ingest import html, plain

    value = row.get(columns.text)
    text = value if isinstance(value, str) else "" if value is None else str(value)
    if not text.strip():
        raise ReadError(f"{source}: has nothing in the column {columns.text!r}; name another one with --text-column")
    if len(text) > MAX_BYTES:
        raise ReadError(f"{source}: is longer than {MAX_BYTES >> 20} million characters; split it")
    data = text.encode("utf-8", "replace")
    text = data.decode("utf-8")  # a lone surrogate cannot be written
    title = _words(row.get(columns.title)) if columns.title else ""
    if _MARKUP.match(text):
        document = html.document(text, source, fragment=not html.READER.knows(data[:HEAD]))
        document = replace(document, title=title or document.title)
    else:
        document = plain.document(text, title=title, name=source)
    if not document.blocks:
        raise ReadError(f"{source}: has no text to read in the column {columns.text!r}; check the record")
    metadata = dict(document.source.metadata) | {"text_column": columns.text}
    for key, column in (("url", columns.url), ("id", columns.id)):
        if column and (words := _words(row.get(column))):
            metadata[key] = words
    described = replace(document.source, name=source, sha256=hashlib.sha256(data).hexdigest(), metadata=metadata)
    return replace(document, source=described)


def _words(value: object) -> str:
    """A short value as one line."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).encode("utf-8", "replace").decode().split())[:500]


def _chosen(rows: Sequence[Row], name: str, columns: Columns) -> Columns:
    """The columns, guessed where they are not given; raises where a given one is not there."""
    there = list(dict.fromkeys(key for row in rows for key in row))
    for given in (columns.text, columns.id, columns.url, columns.title):
        if given and given not in there:
            raise ReadError(f"{name}: has no column {given!r}; it has {_listed(there)}")
    text = columns.text or _named(there, _TEXT, rows) or _longest(there, rows)
    if not text:
        raise NoText(f"{name}: no column looks like articles; name it with --text-column ({_listed(there)})")
    others = [column for column in there if column != text]
    return Columns(
        text, columns.id, columns.url or _named(others, _URL, rows), columns.title or _named(others, _TITLE, rows)
    )


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return " ".join(shown.replace(";", ",").split())[:300]


def _named(there: Sequence[str], wanted: Sequence[str], rows: Sequence[Row]) -> str:
    """The first column with one of the names that has a text in some row."""
    bare = {re.sub(r"[\W_]", "", column).casefold(): column for column in reversed(there)}
    found = (bare[want] for want in wanted if want in bare)
    return next((column for column in found if any(isinstance(row.get(column), str) for row in rows)), "")


def _longest(there: Sequence[str], rows: Sequence[Row]) -> str:
    """The column whose texts are the longest in the middle, where those are as long as articles."""
    middles: dict[str, int] = {}
    for column in there:
        lengths = sorted(len(value) for row in rows if isinstance(value := row.get(column), str))
        middles[column] = lengths[len(lengths) // 2] if lengths else 0
    best = max(there, key=lambda column: middles[column], default="")
    return best if best and middles[best] >= _ARTICLE else ""
