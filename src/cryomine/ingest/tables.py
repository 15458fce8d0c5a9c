"""Tables of articles as text: CSV, TSV and JSON Lines, row by row; and the register of all table formats."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator
from typing import BinaryIO

from cryomine.errors import ReadError
from cryomine.ingest import tables_binary
from cryomine.ingest.records import BadRow, Row, records
from cryomine.ingest.registry import MAX_BYTES, Collection, Columns, Records

MAX_TABLE = 1 << 30  # bytes
MAX_FIELD = 8_000_000  # characters; an open quote swallows the rest of the file up to here
_CHUNK = 1 << 20


def _csv(file: BinaryIO, name: str, columns: Columns) -> Records:
    encoding = _encoding(file, name)
    with _as_text(file, encoding) as text:
        head = text.readline(_CHUNK)
    delimiter = "\t" if name.lower().endswith((".tsv", ".tab")) else max(",;\t|", key=head.count)
    file.seek(0)
    with _as_text(file, encoding) as text:
        yield from records(_csv_rows(text, name, delimiter), name, columns, "CSV table")


def _csv_rows(text: io.TextIOWrapper, name: str, delimiter: str) -> Iterator[Row]:
    # The limit is one for the whole process: what another part set is put back between the rows.
    reader = csv.reader(_lines(text, name), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    number = 0
    while True:
        before = csv.field_size_limit(MAX_FIELD)
        try:
            row = next(reader, None)
        except csv.Error as error:
            what = f"{name}: cannot be read beyond record {number} ({error}); mend the quotes from there on"
            raise ReadError(what) from error
        finally:
            csv.field_size_limit(before)
        if row is None:
            break
        if not row:
            continue
        if header is None:
            header = [column.strip() for column in row]
            continue
        number += 1
        yield dict(zip(header, row, strict=False))
    if not number:
        raise ReadError(f"{name}: is a table without records; give one with a header and a row for each article")


def _lines(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    """The lines of a table; raises at one that would fill the memory."""
    while line := text.readline(MAX_FIELD):
        if len(line) == MAX_FIELD:
            raise ReadError(f"{name}: has a line of more than {MAX_FIELD:,} characters; check that it is a table")
        yield line


def _json_lines(file: BinaryIO, name: str, columns: Columns) -> Records:
    if _encoding(file, name) not in {"utf-8", "utf-8-sig"}:
        raise ReadError(f"{name}: is not in UTF-8, as JSON Lines are; save the file as UTF-8")
    yield from records(_json_rows(file), name, columns, "JSON Lines table")


def _json_rows(file: BinaryIO) -> Iterator[Row | BadRow]:
    while line := file.readline(MAX_BYTES):
        if len(line) == MAX_BYTES and not line.endswith(b"\n"):
            yield BadRow(f"is longer than {MAX_BYTES >> 20} MB; split it")
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_BYTES)
            continue
        if not line.strip():
            continue
        try:
            value = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            yield BadRow(f"is no JSON ({type(error).__name__}); write one object on each line")
            continue
        yield value if isinstance(value, dict) else BadRow("is no JSON object; write one object on each line")


def _encoding(file: BinaryIO, name: str) -> str:
    """The encoding of a table, found in one pass over it: a byte order mark, UTF-8, else Windows-1252."""
    if file.seek(0, io.SEEK_END) > MAX_TABLE:
        raise ReadError(f"{name}: is larger than {MAX_TABLE >> 20} MB; split the table")
    file.seek(0)
    first = file.read(_CHUNK)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        file.seek(0)
        return "utf-16"
    encoding = "utf-8-sig" if first.startswith(codecs.BOM_UTF8) else "utf-8"
    decoder = codecs.getincrementaldecoder("utf-8")()
    chunk = first
    while chunk:
        if b"\0" in chunk:
            raise ReadError(f"{name}: has a NUL byte, so it is no text; save the table as UTF-8")
        if encoding != "cp1252":
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                encoding = "cp1252"
        chunk = file.read(_CHUNK)
    file.seek(0)
    return encoding


def _as_text(file: BinaryIO, encoding: str) -> _Text:
    return _Text(file, encoding=encoding, errors="replace" if encoding == "cp1252" else "strict", newline="")


class _Text(io.TextIOWrapper):
    """A text view that leaves the file open."""

    def __exit__(self, *error: object) -> None:
        """Let go of the file."""
        self.detach()


FORMATS = (
    Collection(
        "a CSV table",
        (".csv", ".tab", ".tsv"),
        _csv,
        in_folders=False,
        media_types=("text/csv", "text/tab-separated-values"),
    ),
    Collection(
        "a JSON Lines table",
        (".jsonl", ".ndjson"),
        _json_lines,
        in_folders=False,
        media_types=("application/jsonl", "application/x-ndjson"),
    ),
    *tables_binary.FORMATS,
)
