"""The files of a report: one page or, for many articles, one page and a file for each article beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cryomine.atomic import placed
from cryomine.errors import CryomineError
from cryomine.report.folder import Article, Folder, load
from cryomine.report.page import render
from cryomine.report.pairs import pairs_of
from cryomine.report.payload import Place, payload
from cryomine.report.relations import Look, looks
from cryomine.report.texts import Original, original_of
from cryomine.report.view import article_view, index_view

# Above these one page takes a browser long to lay out, and a reader longer.
ONE_PAGE_ARTICLES = 200
ONE_PAGE_WORDS = 500_000

_OURS = re.compile(r"\d{4,}\.html")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the page to open, the articles and claims in it, and how many files stand beside it.

    ``note`` says why the page has no agreements and contradictions where the sources could not be compared.
    """

    page: Path
    articles: int
    claims: int
    beside: int
    note: str = ""


def report(folder: Path, page: Path, sources: Path | None = None, packs: Sequence[str | Path] = ()) -> Written:
    """Write the report of the output folder ``folder`` to the file ``page``.

    Articles go into the page itself or, where they are many, into the folder ``<page>_files`` beside it. ``sources``
    is where the articles are now, if not where the run found them, ``packs`` the packs with the rules of
    comparison, where they are no longer where the run had them. The same folder gives the same bytes.
    """
    loaded = load(folder, sources)
    if page.is_dir():
        raise CryomineError(f"{page}: a folder; name the file to write with -o")
    beside = page.with_name(f"{page.stem}_files")
    style = looks(str(row["relation"]) for row in loaded.rows)
    files = _files(loaded, beside)
    originals = {a.source: original_of(a, page.parent) for a in loaded.articles}
    places = {a.source: _place(files.get(a.source, ""), originals[a.source]) for a in loaded.articles}
    data = payload(loaded.rows, range(len(loaded.rows)), places, style, "")
    results = loaded.results
    pairs = pairs_of(results.claims, results.documents, results.concepts, packs, results.packs)
    values = index_view(loaded, pairs, style, originals, files)
    _write(page, render("report.html.j2", ("marks.js", "table.js"), {**values, "data": data}))
    if beside.is_dir():
        _tidy(beside, {Path(name).name for name in files.values()})
    for article in loaded.articles if files else ():
        _write(beside / _name(article), _article_page(loaded, article, style, page, beside))
    return Written(page, len(loaded.articles), len(loaded.rows), len(files), pairs.note)


def _files(folder: Folder, beside: Path) -> dict[str, str]:
    """The file of each article as an address from the page; empty where the page holds them all."""
    words = sum(article.words or 0 for article in folder.articles)
    if len(folder.articles) <= ONE_PAGE_ARTICLES and words <= ONE_PAGE_WORDS:
        return {}
    return {article.source: f"{quote(beside.name)}/{_name(article)}" for article in folder.articles}


def _name(article: Article) -> str:
    return f"{article.number:04}.html"


def _article_page(folder: Folder, article: Article, style: Mapping[str, Look], page: Path, beside: Path) -> str:
    table = f"../{quote(page.name)}"
    original = original_of(article, beside)
    values: dict[str, Any] = {
        "article": article_view(folder, article, style, original),
        "looks": list(style.values()),
        "table": table,
        "data": payload(folder.rows, article.rows, {article.source: _place("", original)}, style, table),
    }
    return render("article.html.j2", ("marks.js",), values)


def _place(page: str, original: Original) -> Place:
    return Place(page, original.href, original.located)


def _write(path: Path, content: str) -> None:
    """Write the file whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with placed(path) as part:
            part.write_bytes(content.encode("utf-8", errors="replace"))
    except OSError as error:
        raise CryomineError(f"{path}: cannot be written ({error.strerror}); choose another file with -o") from error


def _tidy(beside: Path, names: set[str]) -> None:
    """Take away article pages of an earlier report that the new one does not have."""
    for path in sorted(beside.glob("*.html")):
        if _OURS.fullmatch(path.name) and path.name not in names:
            path.unlink()
