"""The Python API: the same work as the commands, with DataFrames.

``cryomine.extract`` and its neighbours are these functions; the package imports this module when one is first used.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cryomine.defaults import PACK, ROWS
from cryomine.errors import CryomineError
from cryomine.table import frame, read_claims

if TYPE_CHECKING:
    import pandas as pd
    import spacy

    from cryomine.comparison import Comparison
    from cryomine.extraction import Extractor
    from cryomine.packs.schema import Pack
    from cryomine.rows import Row

__all__ = ["compare", "extract", "extract_frame", "extract_text", "load", "read_claims"]


def extract(paths: str | Path | Iterable[str | Path], pack: str | Path = PACK) -> pd.DataFrame:
    """The claims of files, folders and web addresses as a typed DataFrame, one row a mention, in the table's order.

    An input that cannot be read is a warning, and stands in ``claims.attrs["failures"]``; the others are read. A text
    that stands in several files is read once, under the first name.
    """
    from cryomine.batch.inputs import inputs_of
    from cryomine.batch.work import entries_of, results
    from cryomine.duplicates import NEAR, find_duplicates

    loaded, extractor = _pack(pack)
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    with TemporaryDirectory(prefix="cryomine-") as folder:  # for the pages of web addresses
        inputs, failures = inputs_of(given, Path(folder))
        found = sorted(results(inputs, extractor, loaded.ref), key=lambda result: result.source)
    failures += [result.failure for result in found if result.failure]
    copies = {copy.source for copy in find_duplicates(entries_of(found)) if copy.kind != NEAR}
    rows = [row for result in found if result.source not in copies for row in result.claims]
    for failure in failures:
        warnings.warn(str(failure), stacklevel=2)
    claims = frame(rows)
    claims.attrs["failures"] = [str(failure) for failure in failures]
    return claims


def extract_text(text: str, title: str = "", pack: str | Path = PACK) -> pd.DataFrame:
    """The claims of one text as a typed DataFrame; offsets are code points into ``text``, end exclusive."""
    from cryomine.ingest import plain
    from cryomine.rows import rows_of, sha256

    loaded, extractor = _pack(pack)
    document = plain.document(text, title=title)
    document = replace(document, source=replace(document.source, sha256=sha256(text)))
    return frame(rows_of(document, extractor.claims(document), loaded.ref))


def extract_frame(
    articles: pd.DataFrame,
    pack: str | Path = PACK,
    *,
    text: str = "text",
    source: str = "source",
    title: str = "title",
) -> pd.DataFrame:
    """The claims of a DataFrame of articles, one row an article; offsets are code points into its ``text``.

    ``text`` and ``source`` name the columns with the articles' texts and their names, ``title`` one that may be
    missing. A text that is missing, empty or not English gives no claims. The claims have the columns and types of the
    table, in the table's order, whatever the articles: what Spark, Dask, Ray and others want of a function that they
    call on each part of a large table.
    """
    from cryomine.ingest import plain
    from cryomine.language import english_part
    from cryomine.rows import rows_of, sha256, sort_key

    for name in (text, source):
        if name not in articles.columns:
            raise CryomineError(f"extract_frame: no column {name!r}; say which one it is, as text= or source=")
    loaded, extractor = _pack(pack)
    titles = articles[title] if title in articles.columns else [""] * len(articles)
    rows: list[Row] = []
    for words, name, heading in zip(articles[text], articles[source], titles, strict=True):
        if not isinstance(words, str) or not words.strip():
            continue
        document = plain.document(words, title=heading if isinstance(heading, str) else "")
        document = replace(document, source=replace(document.source, name=str(name), sha256=sha256(words)))
        document = english_part(document).document
        rows += rows_of(document, extractor.claims(document), loaded.ref) if document.blocks else []
    rows.sort(key=sort_key)
    return frame(rows)


def compare(
    claims: pd.DataFrame,
    documents: pd.DataFrame | None = None,
    concepts: pd.DataFrame | None = None,
    pack: str | Path | None = None,
    budget: int = ROWS,
) -> Comparison:
    """Who says what, who agrees, who contradicts whom: four DataFrames from a claims table.

    ``documents`` and ``concepts`` are the tables beside it, ``pack`` the pack's folder where its name is not enough;
    at most about ``budget`` rows are listed in a table. See ``cryomine.comparison.compare``.
    """
    from cryomine.comparison import compare as compare_claims

    return compare_claims(claims, documents, concepts, pack, budget)


def load(pack: str | Path = PACK) -> spacy.Language:
    """A blank English spaCy pipeline with the components of the extraction; no model, nothing downloaded."""
    from cryomine.extraction import build

    return build(_pack(pack)[0])


@lru_cache(maxsize=4)
def _pack(pack: str | Path) -> tuple[Pack, Extractor]:
    """The pack and its extractor, made once however often a notebook asks."""
    from cryomine.extraction import Extractor
    from cryomine.packs import load_pack

    loaded = load_pack(pack)
    return loaded, Extractor(loaded)
