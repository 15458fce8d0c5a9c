"""The lines of the articles that a score names, in the characters that its offsets count.

The text is the one that the run kept, else what its reader makes of the file: a raw page has other offsets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cryomine.errors import CryomineError
from cryomine.evaluate import document_names
from cryomine.folder import input_paths, kept_text
from cryomine.rows import sha256
from cryomine.score import Span
from cryomine.table import read_rows

AROUND = 160  # characters on either side of the words


class Quotes:
    """The lines of documents by their names in a score; each text is looked up once, when it is first asked for."""

    def __init__(self, table: Path, rows: Iterable[Mapping[str, Any]], folders: Sequence[Path] = ()) -> None:
        """``table`` is the claims table with its ``rows``; ``folders`` hold articles, if not where the run had them."""
        self._folder, self._folders = table.parent, folders
        self._digests = _digests(table.parent, rows)
        self._paths: Mapping[str, Path] | None = None
        self._texts: dict[str, str | None] = {}

    def line(self, row: Span) -> str:
        """The line that holds the row's words, cut on either side; the words in »«; empty where there is no text."""
        if row.doc not in self._texts:
            self._texts[row.doc] = self._text(row.doc)
        text = self._texts[row.doc]
        if text is None or row.end > len(text):
            return ""
        first = max(text.rfind("\n", 0, row.start) + 1, row.start - AROUND)
        last = text.find("\n", row.end)
        last = min(len(text) if last < 0 else last, row.end + AROUND)
        return f"{text[first : row.start]}»{text[row.start : row.end]}«{text[row.end : last]}"

    def _text(self, doc: str) -> str | None:
        source = next(iter(document_names(set(self._digests), [doc])), doc)
        digest = self._digests.get(source, "")
        if digest and (kept := kept_text(self._folder, digest)) is not None:
            return kept
        for path in self._places(doc, source):
            text = _read(path)
            if text is not None and (not digest or sha256(text) == digest):
                return text
        return None

    def _places(self, doc: str, source: str) -> list[Path]:
        """Where the article may be: in the folders given, else where the run had it."""
        if self._paths is None:
            try:
                self._paths = input_paths(self._folder)
            except CryomineError:  # no manifest: the folders given have to do
                self._paths = {}
        given = [folder / name for folder in self._folders for name in dict.fromkeys((doc, source))]
        return given + ([self._paths[source]] if source in self._paths else [])


def sources_read(table: Path) -> frozenset[str] | None:
    """The documents that the run of a table read, with or without a claim; ``None`` where nothing beside it says."""
    beside = table.parent / "documents.csv"
    return frozenset(str(row.get("source", "")) for row in read_rows(beside)) if beside.is_file() else None


def _digests(folder: Path, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The digest of each source's text as the documents table or the claims have it; empty where neither does."""
    beside = folder / "documents.csv"
    described: Iterable[Mapping[str, Any]] = read_rows(beside) if beside.is_file() else ()
    digests: dict[str, str] = {}
    for row in (*described, *rows):
        source = str(row.get("source") or "")
        digests[source] = str(row.get("text_sha256") or "") or digests.get(source, "")
    return digests


def _read(path: Path) -> str | None:
    """What the reader of a file makes of it; ``None`` where it is not there or cannot be read."""
    from cryomine import ingest

    if not path.is_file():
        return None
    try:
        return ingest.read(ingest.Input(path.name, path)).text
    except CryomineError:
        return None
