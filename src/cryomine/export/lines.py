"""JSON Lines: one claim a line, as ``read_claims`` reads it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cryomine.atomic import placed
from cryomine.table import NAMES, json_line

if TYPE_CHECKING:
    from cryomine.results import Results


def write(results: Results, path: Path, _safe: bool | None) -> int:
    """Write every claim with its missing values as null; further columns of the table come last."""
    rows = results.rows()
    names = (*NAMES, *(name for name in map(str, results.claims.columns) if name not in NAMES))
    with placed(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        file.writelines(json_line(row, names) for row in rows)
    return len(rows)
