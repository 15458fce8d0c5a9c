"""What a run left behind, read back: the claims, and what stands beside them (documents, concepts, texts).

Takes a table or an output folder; knows nothing of how claims are found or what is done with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryomine.beside import COUNTS
from cryomine.claims import KEY
from cryomine.errors import ReadError
from cryomine.folder import TABLES, input_paths, kept_text, pack_paths, table_in
from cryomine.rows import sha256
from cryomine.table import read_claims, read_rows

if TYPE_CHECKING:
    import pandas as pd


@dataclass(eq=False)
class Results:
    """One or several claims tables as one; ``documents`` and ``concepts`` are ``None`` where no table has them."""

    claims: pd.DataFrame
    documents: pd.DataFrame | None = None
    concepts: pd.DataFrame | None = None
    folders: tuple[Path, ...] = ()
    _texts: dict[str, str | None] = field(default_factory=dict)
    _described: dict[str, dict[str, str]] = field(default_factory=dict)

    def text(self, text_sha256: str) -> str | None:
        """The text of a document by its digest, where the folder keeps it; ``None`` where not."""
        if text_sha256 not in self._texts:
            texts = (kept_text(folder, text_sha256) for folder in self.folders)
            self._texts[text_sha256] = next((text for text in texts if text is not None), None)
        return self._texts[text_sha256]

    def text_of(self, source: str, text_sha256: str) -> str | None:
        """The text of a document: the kept one, or the plain-text file itself where the run found it.

        ``None`` where neither is there, or where the file is no longer the one that was read.
        """
        kept = self.text(text_sha256)
        path = self.paths.get(source)
        if kept is not None or path is None or not path.is_file():
            return kept
        encoding = self.described(source, "encoding") or "utf-8"
        text = path.read_bytes().decode(encoding, errors="replace").removeprefix("\ufeff")
        self._texts[text_sha256] = text if sha256(text) == text_sha256 else None
        return self._texts[text_sha256]

    def described(self, source: str, column: str) -> str:
        """What the documents table says of a source in one of its columns; empty where it does not."""
        if column not in self._described:
            known: dict[str, str] = {}
            if self.documents is not None and column in self.documents:
                values = self.documents[column].fillna("").astype(str)
                known = dict(zip(self.documents["source"].astype(str), values, strict=True))
            self._described[column] = known
        return self._described[column].get(source, "")

    @cached_property
    def paths(self) -> dict[str, Path]:
        """Where the run manifests say that each source is."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            with suppress(ReadError):  # no manifest: the texts that are kept have to do
                found |= input_paths(folder)
        return found

    @cached_property
    def packs(self) -> dict[str, Path]:
        """Where the run manifests say that packs are which are not found by their names; those that are still there."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            with suppress(ReadError):
                found = pack_paths(folder) | found
        return found

    def document_rows(self) -> list[dict[str, Any]]:
        """The documents table as records, its counts as numbers; ``None`` where one is missing."""
        if self.documents is None:
            return []
        return [
            {str(name): _count(value) if name in COUNTS else value for name, value in row.items()}
            for row in self.documents.astype(str).to_dict("records")
        ]

    def rows(self) -> list[dict[str, Any]]:
        """The claims as records, ``None`` for what is missing."""
        import pandas as pd

        plain = self.claims.astype(object).where(self.claims.notna(), None)
        return [
            {str(name): None if value is pd.NA else value for name, value in row.items()}
            for row in plain.to_dict("records")
        ]


def read_results(paths: Sequence[str | Path]) -> Results:
    """Read claims tables (CSV, JSON Lines, Parquet) or output folders that hold one.

    A source that two tables call by one name, though it is not the same file, is told apart by its folder's name. A
    row that two tables share is kept once.
    """
    import pandas as pd

    tables = [_table(Path(path)) for path in paths]
    if not tables:
        raise ReadError("no claims table; give the output folder of a run, or its claims.csv")
    claims, documents = [], []
    seen: dict[str, str] = {}
    for path in tables:
        table = read_claims(path)
        pairs = set(zip(table["source"], table["source_sha256"], strict=True))
        strangers = {source for source, digest in pairs if seen.setdefault(source, digest) != digest}
        renamed = {source: f"{path.resolve().parent.name}/{source}" for source in strangers}
        claims.append(table.assign(source=table["source"].replace(renamed)) if renamed else table)
        beside = _beside(path, "documents.csv")
        if beside is not None:
            documents.append(beside.assign(source=beside["source"].replace(renamed)) if renamed else beside)
    joined = _joined(claims)
    return Results(
        joined,
        pd.concat(documents, ignore_index=True).drop_duplicates("source") if documents else None,
        next((found for path in tables if (found := _beside(path, "concepts.csv")) is not None), None),
        tuple(dict.fromkeys(path.parent for path in tables)),
    )


def _joined(claims: list[pd.DataFrame]) -> pd.DataFrame:
    """Several tables as one, in the table's order; categories are made anew, as the tables' own can differ."""
    import pandas as pd

    from cryomine.table import typed

    if len(claims) == 1:
        return claims[0]
    plain = [table.astype(dict.fromkeys(table.select_dtypes("category"), "string")) for table in claims]
    table = pd.concat(plain, ignore_index=True).drop_duplicates(list(KEY))
    table = table.sort_values(
        ["source", "start", "end", "relation", "mention_id", "pack"], kind="stable", ignore_index=True
    )
    return typed(table)


def _table(path: Path) -> Path:
    return table_in(path, (*TABLES, "claims.parquet")) if path.is_dir() else path


def _beside(table: Path, name: str) -> pd.DataFrame | None:
    """A table that stands beside the claims, every value as text; ``None`` where there is none."""
    import pandas as pd

    path = table.parent / name
    if not path.is_file():
        return None
    rows = read_rows(path)
    return pd.DataFrame(rows, dtype="string").fillna("") if rows else None


def _count(written: str) -> int | None:
    return int(written) if written.isdecimal() else None
