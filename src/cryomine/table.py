"""The claims table's files: rows to CSV, JSON Lines and Table Schema, and back to a typed DataFrame.

Takes the columns from ``claims.COLUMNS``; knows nothing of how rows come about.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryomine.claims import COLUMNS, Column, Kind
from cryomine.errors import ReadError

if TYPE_CHECKING:
    import pandas as pd

NAMES = tuple(column.name for column in COLUMNS)
_NEEDS_QUOTES = re.compile(r'[,"\r\n]')


def csv_line(values: Iterable[object]) -> str:
    """One record of RFC 4180, ended by a line feed; a missing value is empty.

    The csv module leaves a lone carriage return unquoted or not, depending on Python's version; here the same values
    are the same bytes everywhere.
    """
    texts = ("" if value is None else str(value) for value in values)
    return ",".join('"' + t.replace('"', '""') + '"' if _NEEDS_QUOTES.search(t) else t for t in texts) + "\n"


def json_line(row: Mapping[str, object], names: Sequence[str] = NAMES) -> str:
    """One line of JSON Lines; a missing value is null."""
    return json.dumps({name: row[name] for name in names}, ensure_ascii=False) + "\n"


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a CSV or JSON Lines file, as they stand in it: a CSV gives every value as text."""
    csv.field_size_limit(2**31 - 1)  # the usual 128 kB is less than a sentence can have in a text without stops
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            if path.suffix in {".jsonl", ".ndjson"}:
                return [json.loads(line) for line in file if line.strip()]
            return list(csv.DictReader(file, strict=True))
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        if b"\0" in error.object[:4096]:
            raise ReadError(f"{path}: no text but a binary file; give a table as CSV or JSON Lines") from error
        raise ReadError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise ReadError(f"{path}: not JSON Lines ({error.msg}); give the file that cryomine wrote") from error
    except csv.Error as error:
        raise ReadError(f"{path}: not a CSV table ({error}); give the file that cryomine wrote") from error


def read_claims(path: str | Path) -> pd.DataFrame:
    """A claims table as a DataFrame with the types of ``COLUMNS``, from CSV, JSON Lines or Parquet (by pyarrow).

    Strings are ``string`` and empty where there is nothing, never missing; integers are ``Int64``, numbers
    ``Float64``, both ``<NA>`` where missing; categories are ``category``. Extra columns are kept as they are.
    """
    path = Path(path)
    if path.suffix == ".parquet":
        import pandas as pd

        try:
            return typed(pd.read_parquet(path))
        except ImportError as error:
            raise ReadError(f"{path}: Parquet needs pyarrow; pip install 'cryomine[parquet]'") from error
        except OSError as error:
            raise ReadError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error
    rows = read_rows(path)
    return frame(rows, header_of(path) if not rows else tuple(rows[0]), str(path))


def frame(rows: Sequence[Mapping[str, Any]], names: Sequence[str] = NAMES, origin: str = "the rows") -> pd.DataFrame:
    """Rows as a typed DataFrame with the columns ``names``; empty text counts as missing where a number belongs.

    ``origin`` names the rows in an error.
    """
    import pandas as pd

    missing = [name for name in NAMES if name not in names]
    if missing:
        raise ReadError(f"{origin}: no claims table, the column {missing[0]!r} is missing; give a table of cryomine's")
    try:
        return typed(pd.DataFrame({name: [row[name] for row in rows] for name in names}, columns=list(names)))
    except ValueError as error:
        raise ReadError(f"{origin}: {error}; give a table of cryomine's") from error


def typed(claims: pd.DataFrame) -> pd.DataFrame:
    """The same table with the types of ``COLUMNS``; raises ``ValueError`` for a value that its column cannot hold."""
    import pandas as pd

    claims = claims.copy()
    for column in COLUMNS:
        values = claims[column.name]
        if column.kind in (Kind.INTEGER, Kind.NUMBER):
            numbers = pd.to_numeric(values.replace("", None))
            claims[column.name] = numbers.astype("Int64" if column.kind is Kind.INTEGER else "Float64")
        elif column.kind is Kind.CATEGORY:
            claims[column.name] = pd.Categorical(values, categories=_categories(column, set(values)))
        else:
            claims[column.name] = values.astype("string").fillna("")
    return claims


def _categories(column: Column, values: set[str]) -> list[str]:
    strange = sorted(values.difference(column.categories))
    if strange and not column.open:
        raise ValueError(f"{strange[0]!r} is not a {column.name} ({', '.join(column.categories)})")
    return [*column.categories, *strange]


def header_of(path: Path) -> tuple[str, ...]:
    """The columns of a table without rows: a CSV still names them, JSON Lines has none to name."""
    if path.suffix in {".jsonl", ".ndjson"}:
        return NAMES
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(next(csv.reader(file), ()))


_SCHEMA_TYPES = {
    Kind.STRING: "string",
    Kind.CATEGORY: "string",
    Kind.INTEGER: "integer",
    Kind.NUMBER: "number",
}


def schema(columns: Sequence[Column] = COLUMNS, key: Sequence[str] = ()) -> dict[str, Any]:
    """The Table Schema (Frictionless) of ``columns``; ``key`` names the columns that tell rows apart."""
    fields = []
    for column in columns:
        field: dict[str, Any] = {"name": column.name, "type": _SCHEMA_TYPES[column.kind]}
        field["description"] = column.description
        constraints: dict[str, Any] = {}
        if column.kind in (Kind.INTEGER, Kind.NUMBER) and not column.optional:
            constraints["required"] = True
        if column.categories and not column.open:
            constraints |= {"required": True, "enum": list(column.categories)}
        if constraints:
            field["constraints"] = constraints
        fields.append(field)
    return {"fields": fields, "missingValues": [""], **({"primaryKey": list(key)} if key else {})}


def columns_as_markdown() -> str:
    """The table of columns as docs/claims-table.md shows it."""
    lines = ["| column | type | values | meaning |", "| --- | --- | --- | --- |"]
    types = {Kind.INTEGER: "Int64", Kind.NUMBER: "Float64"}
    for column in COLUMNS:
        values = ", ".join(f"`{value}`" for value in column.categories) + (", …" if column.open else "")
        meaning = column.description.replace("|", "\\|")
        lines.append(f"| {column.name} | {types.get(column.kind, column.kind.value)} | {values} | {meaning} |")
    return "\n".join(lines) + "\n"
