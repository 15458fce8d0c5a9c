"""The rows as the page's script reads them: every string once, numbers as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryomine.claims import COLUMNS, Kind
from cryomine.report.relations import Look
from cryomine.table import NAMES

NUMBERS = frozenset(column.name for column in COLUMNS if column.kind is Kind.INTEGER)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the script finds an article: ``page`` is the file that holds its text, empty for the same page."""

    page: str
    original: str
    located: bool


def payload(
    rows: Sequence[Mapping[str, Any]],
    indices: Iterable[int],
    places: Mapping[str, Place],
    style: Mapping[str, Look],
    table: str,
) -> dict[str, Any]:
    """The rows ``indices`` as plain data for JSON.

    ``rows`` of the result holds one list per row: its index in the table, then a value per column: an index into
    ``strings`` or, for the columns that ``numbers`` names, the number itself or null. ``places`` gives each source's
    place, ``table`` is the address of the page that holds the table, empty for the same page.
    """
    strings: dict[str, int] = {"": 0}
    coded = []
    used: dict[str, Place] = {}
    for index in indices:
        row = rows[index]
        coded.append([index, *(_coded(row, name, strings) for name in NAMES)])
        used.setdefault(row["source"], places[row["source"]])
    return {
        "columns": list(NAMES),
        "numbers": sorted(NUMBERS),
        "strings": list(strings),
        "rows": coded,
        "places": {source: [place.page, place.original, int(place.located)] for source, place in used.items()},
        "looks": {relation: look.style for relation, look in style.items()},
        "table": table,
    }


def _coded(row: Mapping[str, Any], name: str, strings: dict[str, int]) -> int | None:
    value = row[name]
    if name in NUMBERS:
        return None if value is None else int(value)
    return strings.setdefault("" if value is None else str(value), len(strings))
