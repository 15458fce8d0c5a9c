"""The Python API: the same work as the commands, with DataFrames.

``cryomine.extract`` and its neighbours are these functions; the package imports this module when one is first used.
"""

from __future__ import annotations

import warnings
from collections.abc import Hashable, Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeAlias

from cryomine.abstraction import rollup
from cryomine.defaults import PACK, ROWS
from cryomine.errors import CryomineError
from cryomine.table import frame, read_claims

if TYPE_CHECKING:
    import pandas as pd
    import spacy

    from cryomine.comparison import Comparison
    from cryomine.extraction import Extractor
    from cryomine.extraction.several import Several
    from cryomine.packs.schema import Pack, Packs
    from cryomine.rows import Row

    PackOrPacks: TypeAlias = str | Path | Iterable[str | Path]  # names or folders

__all__ = ["compare", "extract", "extract_frame", "extract_text", "load", "read_claims", "rollup"]


def extract(paths: str | Path | Iterable[str | Path], pack: PackOrPacks = PACK) -> pd.DataFrame:
    """The claims of files, folders and web addresses as a typed DataFrame, one row a mention, in the table's order.

    An input that cannot be read is a warning, and stands in ``claims.attrs["failures"]``; the others are read. A text
    that stands in several files is read once, under the first name. ``pack`` is a name or a folder, or a list of them:
    then each therapy gets its own claims, and the column ``pack`` says whose a row is.
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
    claims.attrs["packs"] = _folders(loaded)
    return claims


def extract_text(text: str, title: str = "", pack: PackOrPacks = PACK) -> pd.DataFrame:
    """The claims of one text as a typed DataFrame; offsets are code points into ``text``, end exclusive.

    ``pack`` is as in ``extract``: one pack, or a list of them.
    """
    from cryomine.ingest import plain
    from cryomine.rows import rows_of, sha256

    loaded, extractor = _pack(pack)
    document = plain.document(text, title=title)
    document = replace(document, source=replace(document.source, sha256=sha256(text)))
    claims = frame(rows_of(document, extractor.claims(document), loaded.ref))
    claims.attrs["packs"] = _folders(loaded)
    return claims


def extract_frame(
    articles: pd.DataFrame,
    pack: PackOrPacks = PACK,
    *,
    text: str = "text",
    source: str = "source",
    title: str = "title",
) -> pd.DataFrame:
    """The claims of a DataFrame of articles, one row an article; offsets are code points into its ``text``.

    ``text`` and ``source`` name the columns with the articles' texts and their names, ``title`` one that may be
    missing; ``pack`` is as in ``extract``. A text that is missing, empty or not English gives no claims. The claims
    have the columns and types of the table, in the table's order, whatever the articles: what Spark, Dask, Ray and
    others want of a function that they call on each part of a large table.
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
    claims: pd.DataFrame | str | Path,
    documents: pd.DataFrame | None = None,
    concepts: pd.DataFrame | None = None,
    pack: PackOrPacks | None = None,
    budget: int = ROWS,
) -> Comparison:
    """Who says what, who agrees, who contradicts whom: four DataFrames from a claims table.

    ``claims`` is a table as a DataFrame, or the output folder of a run (or its table), which brings what stands beside
    it. ``documents`` and ``concepts`` are the tables beside it, ``pack`` the folders of packs that their names do not
    lead to (claims from ``extract`` know them); at most about ``budget`` rows are listed in a table. See
    ``cryomine.comparison.compare``.
    """
    import pandas as pd

    from cryomine.comparison import compare as compare_claims

    if isinstance(claims, (str, Path)):
        from cryomine.results import read_results

        results = read_results([claims])
        documents = results.documents if documents is None else documents
        concepts = results.concepts if concepts is None else concepts
        return compare_claims(results.claims, documents, concepts, pack, budget, results.packs)
    if not isinstance(claims, pd.DataFrame):
        raise TypeError(f"compare: a claims table or the output folder of a run, not {type(claims).__name__}")
    return compare_claims(claims, documents, concepts, pack, budget, claims.attrs.get("packs"))


def load(pack: str | Path = PACK) -> spacy.Language:
    """A blank English spaCy pipeline with the components of the extraction; no model, nothing downloaded."""
    from cryomine.extraction import build
    from cryomine.packs import load_pack

    return build(load_pack(pack))


def _pack(pack: PackOrPacks) -> tuple[Pack | Packs, Extractor | Several]:
    """The pack or packs and what finds their claims, made once however often a notebook asks, until a file changes."""
    from cryomine.packs.find import stamp

    names = (pack,) if isinstance(pack, (str, Path)) else tuple(dict.fromkeys(pack))
    if not names:
        raise CryomineError("pack: an empty list; give the name or the folder of at least one pack")
    return _loaded(names, tuple(map(stamp, names)))


@lru_cache(maxsize=4)
def _loaded(names: tuple[str | Path, ...], _stamps: Hashable) -> tuple[Pack | Packs, Extractor | Several]:
    from cryomine.extraction import extractor_for
    from cryomine.packs import load_packs

    loaded = load_packs(names)
    return loaded, extractor_for(loaded)


def _folders(loaded: Pack | Packs) -> dict[str, str]:
    """Where the packs are that a comparison of their claims does not find by name; text, for those who save it."""
    from cryomine.packs.find import named

    return {pack.name: str(pack.folder) for pack in loaded.members if pack.folder and named(pack.name) != pack.folder}
