"""The Python API: the same work as the commands, with DataFrames.

``cryomine.extract`` and its neighbours are these functions; the package imports this module when one is first used.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cryomine.table import frame, read_claims

if TYPE_CHECKING:
    import pandas as pd
    import spacy

    from cryomine.extraction import Extractor
    from cryomine.packs.schema import Pack
    from cryomine.rows import Row

__all__ = ["extract", "extract_text", "load", "read_claims"]


def extract(paths: str | Path | Iterable[str | Path], pack: str | Path = "cryotherapy") -> pd.DataFrame:
    """The claims of files and folders as a typed DataFrame, one row a claim mention, in the table's order.

    An input that cannot be read is a warning, and stands in ``claims.attrs["failures"]``; the others are read.
    """
    from cryomine.batch.run import discover
    from cryomine.batch.work import results

    loaded, extractor = _pack(pack)
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    inputs, failures = discover(given)
    rows: list[Row] = []
    for result in results(inputs, extractor, loaded.ref):
        rows += result.claims
        failures += [result.failure] if result.failure else []
    for failure in failures:
        warnings.warn(str(failure), stacklevel=2)
    claims = frame(rows)
    claims.attrs["failures"] = [str(failure) for failure in failures]
    return claims


def extract_text(text: str, title: str = "", pack: str | Path = "cryotherapy") -> pd.DataFrame:
    """The claims of one text as a typed DataFrame; offsets are code points into ``text``, end exclusive."""
    from cryomine.ingest import plain
    from cryomine.rows import rows_of, sha256

    loaded, extractor = _pack(pack)
    document = plain.document(text, title=title)
    document = replace(document, source=replace(document.source, sha256=sha256(text)))
    return frame(rows_of(document, extractor.claims(document), loaded.ref))


def load(pack: str | Path = "cryotherapy") -> spacy.Language:
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
