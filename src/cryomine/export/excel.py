"""An Excel workbook with typed columns (extra ``excel``): claims, and the documents and concepts beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryomine.atomic import placed
from cryomine.errors import CryomineError
from cryomine.export.cells import neutral
from cryomine.export.vocabulary import vocabulary

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from cryomine.results import Results

MAX_ROWS, MAX_CELL = 1_048_576, 32_767  # of the file format
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0 has no way to write these
_WIDE = {"condition": 28, "concept": 28, "evidence": 80, "title": 32, "source": 32, "section": 32, "cue": 20}


def write(results: Results, path: Path, safe: bool | None) -> int:
    """Write the workbook; numbers are number cells, text is text and never a formula, with or without ``safe``.

    With ``safe`` text that a spreadsheet would run keeps an apostrophe in front, so that it stays text when the sheet
    is saved as CSV or pasted. The header is frozen and has filters.
    """
    from openpyxl import Workbook

    rows = results.rows()
    if len(rows) >= MAX_ROWS:
        raise CryomineError(f"{path}: {len(rows):,} claims are more than an Excel sheet holds; use parquet or sqlite")
    book = Workbook(write_only=True)
    book.properties.creator = "cryomine"
    _sheet(book.create_sheet("claims"), [str(name) for name in results.claims.columns], rows, safe)
    if results.documents is not None:
        _sheet(book.create_sheet("documents"), list(results.documents.columns), results.document_rows(), safe)
    if results.concepts is not None:
        _sheet(book.create_sheet("concepts"), list(results.concepts.columns), vocabulary(results).values(), safe)
    with placed(path) as part:
        book.save(part)
    return len(rows)


def _sheet(
    sheet: WriteOnlyWorksheet, names: Sequence[str], rows: Iterable[Mapping[str, Any]], safe: bool | None
) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    def cell(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        text = _FORBIDDEN.sub("�", neutral(value) if safe else value)
        written = WriteOnlyCell(sheet, text[:MAX_CELL])
        written.data_type = "s"  # openpyxl takes text with "=" in front for a formula
        return written

    sheet.freeze_panes = "A2"
    for number, name in enumerate(names, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDE.get(name, 14)
    heads = [cell(name) for name in names]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    count = 1
    for row in rows:
        sheet.append([cell(row[name]) for name in names])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{count}"
