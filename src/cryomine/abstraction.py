"""Claims counted one level up: by body system, by parent, or by concept.

Takes a claims table and the hierarchy beside it; knows nothing of how claims are found. (Not named after its function:
a module of that name would hide ``cryomine.rollup``.)
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cryomine.defaults import PACK
from cryomine.errors import CryomineError

if TYPE_CHECKING:
    import pandas as pd

Level = Literal["system", "parent", "concept"]
_COLUMN = {"system": "systems", "parent": "parents", "concept": "concept_id"}


def concepts_frame(pack: str | Path = PACK) -> pd.DataFrame:
    """A pack's hierarchy as a DataFrame, one row a concept: what ``concepts.csv`` beside a table holds.

    Several ids in one cell (``parents``, ``ancestors``, ``systems``, codes) are joined by ``|``.
    """
    import pandas as pd

    from cryomine.packs import load_pack
    from cryomine.packs.hierarchy import COLUMNS, Hierarchy

    rows = list(Hierarchy(load_pack(pack).concepts).rows())
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="string")


def rollup(claims: pd.DataFrame, level: Level = "system", concepts: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count claims by the classes above their concepts.

    ``level``: ``system`` (the body-system classes), ``parent`` (the concepts' direct parents) or ``concept``.
    ``concepts`` is the table beside the claims (``pd.read_csv("concepts.csv")``); without it, that of the pack which
    the claims name. Gives one row per class, relation and polarity, sorted so: ``class_id``, ``name``, ``relation``,
    ``polarity``, ``claims``, ``concepts``, ``sources`` (numbers of rows, of distinct concepts, of distinct sources).
    A concept with several classes counts in each; claims without a concept or a class stand under an empty class_id.
    """
    import pandas as pd

    if level not in _COLUMN:
        raise CryomineError(f"rollup: no level '{level}'; give one of {', '.join(_COLUMN)}")
    table = concepts_frame(_pack_of(claims)) if concepts is None else concepts.fillna("").astype("string")
    names = dict(zip(table["concept_id"], table["name"], strict=True))
    classes = dict(zip(table["concept_id"], table[_COLUMN[level]].str.split("|"), strict=True))
    wanted = claims[["concept_id", "relation", "polarity", "source"]].astype("string").fillna("")
    wanted["class_id"] = pd.Series([classes.get(key) or [""] for key in wanted["concept_id"]], index=wanted.index)
    wanted = wanted.explode("class_id")
    wanted["concept_id"] = wanted["concept_id"].where(wanted["concept_id"] != "")  # unlinked is no concept to count
    keys = ["class_id", "relation", "polarity"]
    counted = wanted.groupby(keys, sort=True, observed=True).agg(
        claims=("source", "size"), concepts=("concept_id", "nunique"), sources=("source", "nunique")
    )
    counted = counted.reset_index()
    counted.insert(1, "name", counted["class_id"].map(names).fillna(""))
    return counted.astype(
        {"class_id": "string", "name": "string", "claims": "Int64", "concepts": "Int64", "sources": "Int64"}
    )


def _pack_of(claims: pd.DataFrame) -> str | Path:
    """Name or folder of the one pack that made the claims; the shipped one for an empty table."""
    names = sorted({str(ref).split("@")[0] for ref in claims["pack"].dropna().unique()} - {""})
    if len(names) > 1:
        raise CryomineError(f"rollup: the claims are of {len(names)} packs ({', '.join(names)}); give `concepts`")
    folders: dict[str, str] = claims.attrs.get("packs", {})  # as ``cryomine.extract`` leaves them
    return folders.get(names[0], names[0]) if names else PACK
