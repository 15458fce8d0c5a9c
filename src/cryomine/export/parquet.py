"""Apache Parquet, with the table's types (extra ``parquet``)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cryomine.atomic import placed

if TYPE_CHECKING:
    from cryomine.results import Results


def write(results: Results, path: Path, _safe: bool | None) -> int:
    """Write the claims; categories become dictionaries, as pandas and Polars read them back."""
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.Table.from_pandas(results.claims, preserve_index=False)
    with placed(path) as part:
        parquet.write_table(table, part)
    return len(results.claims)
