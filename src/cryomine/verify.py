"""The grounding invariant: every row of a table against the characters that it points at.

Works from the output folder and the sources alone; knows nothing of readers, packs or how claims are found.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryomine.claims import KEY
from cryomine.folder import has_offsets, input_paths, kept_text, table_in
from cryomine.rows import digest, sha256
from cryomine.table import read_rows

# What a reader may have taken out from between the characters of a condition.
_BREAKS = re.compile(r"<(?:br|/?(?:p|div|li|ul|ol|td|th|tr|dd|dt|h[1-6]|sec|title))\b[^>]*>", re.IGNORECASE)
_TAGS = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_MARKDOWN = re.compile(r"\]\([^)]*\)|[*_`~\[\]\\]|(?m:^\s*>)")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Problem:
    """One row that does not hold; ``row`` counts from 1, without the header."""

    row: int
    source: str
    mention_id: str
    what: str

    def __str__(self) -> str:
        """One line for people."""
        return f"row {self.row} ({self.mention_id}, {self.source}): {self.what}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome: how many rows were checked, in how many documents, and what does not hold."""

    rows: int
    documents: int
    problems: tuple[Problem, ...]


def verify(folder: Path, sources: Path | None = None) -> Verdict:
    """Check every row of the claims table in ``folder``.

    Sources are looked up where ``run.json`` says they were, relative to ``folder``, or by their name under
    ``sources``. A source that is not there is a problem, unless the folder keeps the document's text and the row
    points at no characters of the source, or the source is a part of a file (a record of a table, a member of an
    archive).
    """
    table = table_in(folder)
    described = {row["source"]: row for row in read_rows(folder / "documents.csv")}
    paths = input_paths(folder)
    documents: dict[str, _Grounds] = {}
    problems: list[Problem] = []
    rows = read_rows(table)
    seen: set[tuple[str, ...]] = set()
    for number, row in enumerate(rows, start=1):
        source = str(row["source"])
        if source not in documents:
            place = sources / source if sources else paths.get(source)
            documents[source] = _Grounds(folder, place, described.get(source, {}), row, part=_is_part(source, paths))
        mistakes = list(documents[source].mistakes(row))
        key = tuple(str(row[name]) for name in KEY)
        if key in seen:
            mistakes.append("mention_id is not the only one of its kind")
        seen.add(key)
        problems += [Problem(number, source, str(row["mention_id"]), what) for what in mistakes]
    return Verdict(len(rows), len(documents), tuple(problems))


class _Grounds:
    """What the rows of one document rest on: its text, its decoded source, and the digests of both."""

    def __init__(
        self, folder: Path, path: Path | None, described: Mapping[str, Any], row: Mapping[str, Any], *, part: bool
    ) -> None:
        self.part = part
        self.media_type = str(described.get("media_type", "text/plain"))
        self.source_sha256 = ""
        self.decoded: str | None = None
        if path is not None and path.is_file():
            raw = path.read_bytes()
            self.source_sha256 = hashlib.sha256(raw).hexdigest()
            if has_offsets(self.media_type):
                self.decoded = raw.decode(str(described.get("encoding") or "utf-8"), errors="replace")
        self.text = kept_text(folder, str(row["text_sha256"]))
        if self.media_type == "text/plain":  # text and decoded source are the same characters
            self.text = self.text if self.text is not None else self.decoded
            self.decoded = self.decoded if self.decoded is not None else self.text
        self.text_sha256 = sha256(self.text) if self.text is not None else ""

    def mistakes(self, row: Mapping[str, Any]) -> Iterator[str]:
        """What does not hold of one row, in words."""
        if self.text is None:
            yield "neither its text nor its source is there; give the sources' folder with --sources"
            return
        # Of another file or another text nothing else can be asked: what it holds elsewhere follows from that.
        if self.source_sha256 and self.source_sha256 != row["source_sha256"]:
            yield "the source has changed since (source_sha256)"
            return
        if self.text_sha256 != row["text_sha256"]:
            yield "the text is not the one that the row was made from (text_sha256)"
            return
        for name, start, end in _SPANS:
            words = self.text[int(row[start]) : int(row[end])]
            if words != row[name]:
                yield f"{name} is {row[name]!r}, but {start}:{end} holds {words!r}"
        if row["mention_id"] != digest(row["source_sha256"], row["relation"], row["start"], row["end"]):
            yield "mention_id is not the digest of source_sha256, relation, start, end"
        if row["source_start"] not in ("", None):
            yield from self._source_mistakes(row)

    def _source_mistakes(self, row: Mapping[str, Any]) -> Iterator[str]:
        if self.decoded is None and self.part:  # the characters lie inside a file that only its reader can open
            return
        if self.decoded is None:
            yield "source_start cannot be checked, the source is not there; give its folder with --sources"
            return
        raw = self.decoded[int(row["source_start"]) : int(row["source_end"])]
        if _bare(raw, self.media_type) != _bare(row["condition"], ""):
            yield f"condition is {row['condition']!r}, but source_start:source_end holds {raw!r}"


_SPANS = (
    ("condition", "start", "end"),
    ("evidence", "evidence_start", "evidence_end"),
    ("cue", "cue_start", "cue_end"),
)


def _bare(words: str, media_type: str) -> str:
    """``words`` without markup, entities decoded, white space folded: what source and text are compared by."""
    if "html" in media_type or "xml" in media_type:
        words = html.unescape(_TAGS.sub("", _BREAKS.sub(" ", words)))
    elif media_type == "text/markdown":
        words = html.unescape(_MARKDOWN.sub("", _TAGS.sub("", _BREAKS.sub(" ", words))))
    return " ".join(_INVISIBLE.sub("", words).split())


def _is_part(source: str, paths: Mapping[str, Path]) -> bool:
    """Whether a source is a record of a table or a member of an archive: its text alone is checked."""
    return any(source[: sign.start()] in paths for sign in re.finditer("[#!]", source))
