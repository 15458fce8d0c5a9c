"""A comparison's four CSV files. Knows files and the columns; judges nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cryomine.atomic import replacing, sole_writer
from cryomine.comparison.columns import MATRIX_KEY
from cryomine.comparison.frames import head
from cryomine.table import csv_line

if TYPE_CHECKING:
    import pandas as pd

    from cryomine.comparison.tables import Comparison


def write(comparison: Comparison, folder: Path) -> None:
    """The four files, each whole or not at all.

    The matrix goes out line by line: as a frame it would grow with concepts times sources.
    """
    with sole_writer(folder):
        for name in ("agreements", "contradictions", "sources"):
            table: pd.DataFrame = getattr(comparison, name)
            with replacing(folder / f"{name}.csv") as file:
                file.write(csv_line(table.columns))
                records = table.astype(object).where(table.notna(), None).itertuples(index=False, name=None)
                file.writelines(csv_line(record) for record in records)
        everyone = comparison.sources["source"].tolist()
        place = {source: number for number, source in enumerate(everyone)}
        with replacing(folder / "matrix.csv") as file:
            file.write(csv_line([column.name for column in MATRIX_KEY] + everyone))
            for line, stances in comparison.lines.items():
                key = csv_line(head(line, comparison.names)).rstrip("\n")
                file.write(key + _cells({place[source]: said for source, said in stances.items()}, len(everyone)))


def _cells(stances: dict[int, str], width: int) -> str:
    """The rest of a matrix line after its key: most cells are empty, so only the others are looked at."""
    parts, last = [], -1
    for place in sorted(stances):
        parts += ["," * (place - last), stances[place]]
        last = place
    return "".join(parts) + "," * (width - 1 - last) + "\n"
