"""CSV for people who open it in a spreadsheet: with a byte order mark, and cells that run nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cryomine.atomic import placed
from cryomine.export.cells import neutral
from cryomine.table import csv_line

if TYPE_CHECKING:
    from cryomine.results import Results


def write(results: Results, path: Path, safe: bool | None) -> int:
    """Write the claims; the byte order mark is what tells Excel that the file is UTF-8."""
    names = [str(name) for name in results.claims.columns]
    rows = results.rows()
    with placed(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(csv_line(names))
        for row in rows:
            values = [row[name] for name in names]
            file.write(csv_line([neutral(value) for value in values] if safe else values))
    return len(rows)
