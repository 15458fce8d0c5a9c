"""Tables of articles in binary formats: Parquet by pyarrow, Excel by openpyxl, row by row. Both are extras."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from cryomine.errors import ReadError
from cryomine.ingest import office
from cryomine.ingest.records import Row, records
from cryomine.ingest.registry import Collection, Columns, Records, reason

MAX_UNPACKED = 1 << 30  # bytes
_BATCH = 32  # records that are in memory at a time


def _parquet(file: BinaryIO, name: str, columns: Columns) -> Records:
    try:
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise ReadError(f"{name}: needs pyarrow to read Parquet; pip install 'cryomine[parquet]'") from error
    try:
        table = parquet.ParquetFile(file)
        unpacked = sum(table.metadata.row_group(i).total_byte_size for i in range(table.metadata.num_row_groups))
    except (OSError, ValueError) as error:
        raise ReadError(f"{name}: is a damaged Parquet file ({reason(error)}); get it again") from error
    if unpacked > MAX_UNPACKED:
        raise ReadError(f"{name}: unpacks to more than {MAX_UNPACKED >> 20} MB; split the table")

    def rows() -> Iterator[Row]:
        for batch in table.iter_batches(batch_size=_BATCH):
            yield from batch.to_pylist()

    yield from records(rows(), name, columns, "Parquet table")


def _excel(file: BinaryIO, name: str, columns: Columns) -> Records:
    try:
        import openpyxl
    except ImportError as error:
        raise ReadError(f"{name}: needs openpyxl to read Excel; pip install 'cryomine[excel]'") from error
    office.check(file, name, office.EXCEL, MAX_UNPACKED, "the table as CSV")
    book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    try:
        yield from records(_excel_rows(book.worksheets[0], name), name, columns, "Excel table")
    finally:
        book.close()


def _excel_rows(sheet: object, name: str) -> Iterator[Row]:
    """The rows of the first sheet below its header, the first row with anything in it."""
    header: list[str] | None = None
    found = False
    for row in sheet.iter_rows(values_only=True):  # type: ignore[attr-defined]
        if all(value is None for value in row):
            continue
        if header is None:
            header = ["" if value is None else str(value).strip() for value in row]
            continue
        found = True
        yield {column: value for column, value in zip(header, row, strict=False) if column}
    if not found:
        raise ReadError(f"{name}: its first sheet has no records; give one with a header and a row for each article")


FORMATS = (
    Collection(
        "a Parquet table",
        (".parquet",),
        _parquet,
        lambda head: head.startswith(b"PAR1"),
        in_folders=False,
        media_types=("application/vnd.apache.parquet",),
    ),
    Collection(
        "an Excel table",
        (".xlsx", ".xlsm"),
        _excel,
        lambda head: head.startswith(b"PK\x03\x04"),
        in_folders=False,
        media_types=(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.ms-excel.sheet.macroenabled.12",
        ),
    ),
)
