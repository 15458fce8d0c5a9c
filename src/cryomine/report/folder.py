"""What a report is made of: the rows of an output folder, its articles in order, its counts.

Reads the folder alone; the articles' texts are looked up one by one, when a page needs them (`texts`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryomine.errors import CryomineError
from cryomine.results import Results, read_results
from cryomine.table import read_rows

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Article:
    """One source: its place in the report (from 1), its name and title, and the indices of its rows.

    ``path`` is where the run found the file, ``None`` where nobody says. ``words`` is ``None`` where it is not known.
    """

    number: int
    source: str
    title: str
    media_type: str
    encoding: str
    words: int | None
    text_sha256: str
    source_sha256: str
    path: Path | None
    rows: tuple[int, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Folder:
    """An output folder as the report sees it: the tables, and the rows as records; a missing number is ``None``."""

    path: Path
    results: Results
    rows: tuple[Row, ...]
    articles: tuple[Article, ...]
    failures: int
    pack: str


def load(path: Path, sources: Path | None = None) -> Folder:
    """The output folder ``path``, or that of the table ``path``.

    ``sources`` is where the articles are now, if not where the run found them. Only the table has to be there. Raises
    ``CryomineError`` where it is missing or no table of ours.
    """
    results = read_results([path])
    path = path.parent if path.is_file() else path
    rows = tuple(results.rows())
    _check(path, rows)
    described = [] if results.documents is None else results.documents.to_dict("records")
    failures = path / "failures.csv"
    return Folder(
        path=path,
        results=results,
        rows=rows,
        articles=_articles(rows, described, results.paths, sources),
        failures=len(read_rows(failures)) if failures.is_file() else 0,
        pack=", ".join(sorted({str(row["pack"]) for row in rows})),
    )


def _check(path: Path, rows: tuple[Row, ...]) -> None:
    for number, row in enumerate(rows, start=1):
        for name in ("start", "end", "evidence_start", "evidence_end", "cue_start", "cue_end"):
            if row[name] is None:
                raise CryomineError(
                    f"{path}: row {number} of the claims has no {name}; give the table that cryomine wrote"
                )


def _articles(
    rows: tuple[Row, ...], described: Sequence[Mapping[Any, Any]], paths: Mapping[str, Path], sources: Path | None
) -> tuple[Article, ...]:
    """Every source of the documents table or, without one, of the claims; by name."""
    by_source: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        by_source.setdefault(str(row["source"]), []).append(index)
    documents = {str(document.get("source", "")): document for document in described}
    articles = []
    for number, source in enumerate(sorted(documents.keys() | by_source.keys()), start=1):
        indices = tuple(by_source.get(source, ()))
        known: Mapping[Any, Any] = documents.get(source, rows[indices[0]] if indices else {})
        words = str(known.get("words") or "")
        articles.append(
            Article(
                number=number,
                source=source,
                title=str(known.get("title") or ""),
                media_type=str(known.get("media_type") or "text/plain"),
                encoding=str(known.get("encoding") or "utf-8"),
                words=int(words) if words.isdecimal() else None,
                text_sha256=str(known.get("text_sha256") or ""),
                source_sha256=str(known.get("source_sha256") or ""),
                path=sources / source if sources else paths.get(source),
                rows=indices,
            )
        )
    return tuple(articles)
