"""Where a row of the claims table stands: its text, its source file, and the address that leads there.

Works from the output folder and the sources alone; knows nothing of readers, packs or how claims are found.
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryomine.errors import CryomineError, ReadError
from cryomine.fetch import is_address
from cryomine.folder import has_offsets, input_paths, kept_text, pack_paths, table_in
from cryomine.table import read_rows

_LINE_END = re.compile(r"\r\n|\r|\n")
LONG_LINE, WINDOW = 400, 160  # characters: what is longer is shown around what is marked


@dataclass(frozen=True, slots=True)
class Place:
    """One row and what is known of its place.

    ``text`` is the document's text, ``None`` where neither the folder nor the source has it any more; ``is_source``
    where its lines are the source file's own. ``line`` counts from 1 in the source file, ``None`` where that has no
    lines or is not there. ``links`` open the claim: the file, and the address of the page where one is known. ``pack``
    is the pack's folder where the run manifest has it, else its name.
    """

    row: Mapping[str, Any]
    text: str | None
    is_source: bool
    path: Path | None
    line: int | None
    links: tuple[str, ...]
    pack: str | Path


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text to show; ``start``/``end`` are offsets into the text, without the line end.

    ``after_gap``: lines are left out before it.
    """

    number: int
    start: int
    end: int
    after_gap: bool = False


def places(folder: Path, mention_id: str) -> list[Place]:
    """The rows of the table in ``folder`` whose mention_id is, or begins with, ``mention_id``, each with its place.

    Two sources with the same bytes have rows with the same id. An id that is not there, or the beginning of several,
    raises ``CryomineError``.
    """
    wanted = mention_id.strip().lower()
    rows = list(_rows(folder, wanted))
    ids = sorted({str(row["mention_id"]) for row in rows})
    if not ids:
        raise CryomineError(f"{mention_id}: no such mention_id in {folder}; look it up in the table's first column")
    if len(ids) > 1:
        shown = ", ".join(ids[:4]) + (", …" if len(ids) > 4 else "")
        raise CryomineError(f"{mention_id}: stands for {len(ids)} rows ({shown}); give more of it")
    files, packs = _files(folder), _packs(folder)
    described = {row["source"]: row for row in read_rows(folder / "documents.csv")}
    return [_place(folder, row, files, described.get(str(row["source"]), {}), packs) for row in rows]


def _rows(folder: Path, wanted: str) -> Iterator[dict[str, Any]]:
    """The rows of the table that fit, read one after the other: a table can be larger than memory."""
    path = table_in(folder)
    if not wanted:
        return
    csv.field_size_limit(2**31 - 1)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = map(json.loads, filter(str.strip, file)) if path.suffix == ".jsonl" else csv.DictReader(file)
            yield from (row for row in rows if str(row["mention_id"]).startswith(wanted))
    except (OSError, ValueError, KeyError, TypeError, csv.Error) as error:
        raise CryomineError(f"{path}: is no claims table ({error}); give the output folder of a run") from error


def _files(folder: Path) -> dict[str, Path]:
    """Where the run manifest says that each input is, as a path to show."""
    try:
        return {source: Path(os.path.normpath(path)) for source, path in input_paths(folder).items()}
    except ReadError:  # the text may be enough
        return {}


def _packs(folder: Path) -> dict[str, Path]:
    """Where the run manifest says that packs are; nothing where it is none."""
    try:
        return pack_paths(folder)
    except ReadError:
        return {}


def _place(
    folder: Path,
    row: Mapping[str, Any],
    files: Mapping[str, Path],
    described: Mapping[str, Any],
    packs: Mapping[str, Path],
) -> Place:
    source, locator = str(row["source"]), str(row["locator"])
    path = _file_of(source, files)
    inside = source not in files  # a record of a table, a member of an archive
    decoded = None
    if path is not None and not inside and has_offsets(str(described.get("media_type", ""))):
        decoded = path.read_bytes().decode(str(described.get("encoding") or "utf-8"), errors="replace")
    text = kept_text(folder, str(row["text_sha256"]))
    is_source = text is None and described.get("media_type") == "text/plain"
    text = decoded if is_source else text
    at = row["source_start"]
    line = None
    if decoded is not None and at not in ("", None):
        line = len(_LINE_END.findall(decoded, 0, int(at))) + 1
    fragment = f"#{locator}" if locator else ""
    links = []
    if path is not None and not is_address(source):
        links.append(path.resolve().as_uri() + ("" if inside else fragment))
    address = source if is_address(source) else str(described.get("url") or "")
    if is_address(address):
        # Offsets and page numbers are those of the file that was read; only the words of a quote are the page's too.
        links.append(address.partition("#")[0] + (fragment if locator.startswith(":~:") else ""))
    name = str(row.get("pack", "")).partition("@")[0]
    return Place(row, text, is_source, path, line, tuple(links), packs.get(name, name))


def _file_of(source: str, files: Mapping[str, Path]) -> Path | None:
    """The file that a source is in; ``None`` where it is no longer there."""
    path = files.get(source)
    if path is None:  # the longest input that the name goes on from: ``crawl.zip!page.html``, ``table.csv#12``
        holders = [name for name in files if source.startswith((f"{name}!", f"{name}#"))]
        path = files[max(holders, key=len)] if holders else None
    return path if path is not None and path.is_file() else None


def lines_around(place: Place, count: int = 2) -> list[Line]:
    """The lines of the evidence with ``count`` others before and after, and the line of the cue where it is elsewhere.

    Empty lines are not counted and not shown. Without a text there are none.
    """
    text, row = place.text, place.row
    if text is None:
        return []
    lines = [line for line in _lines(text) if text[line.start : line.end].strip()]
    evidence = [i for i, line in enumerate(lines) if _meet(line, row, "evidence")]
    cue = [i for i, line in enumerate(lines) if _meet(line, row, "cue")]
    if not evidence:
        return []
    wanted = sorted({*range(max(0, evidence[0] - count), min(len(lines), evidence[-1] + count + 1)), *cue})
    shown: list[Line] = []
    for at, index in enumerate(wanted):
        line = lines[index]
        gap = at > 0 and wanted[at - 1] != index - 1
        shown.append(Line(line.number, line.start, line.end, gap))
    return shown


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for number, found in enumerate(_LINE_END.finditer(text), start=1):
        yield Line(number, start, found.start())
        start = found.end()
    yield Line(len(_LINE_END.findall(text)) + 1, start, len(text))


def _meet(line: Line, row: Mapping[str, Any], name: str) -> bool:
    start, end = int(row[f"{name}_start"]), int(row[f"{name}_end"])
    return start < line.end and line.start < end


def cut(line: Line, marks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of a line to show: all of it, or, where it is long, what stands around the marks in it."""
    if line.end - line.start <= LONG_LINE:
        return [(line.start, line.end)]
    inside = [(a, b) for a, b in marks if a < line.end and line.start < b] or [(line.start, line.start)]
    stretches: list[tuple[int, int]] = []
    for a, b in sorted(inside):
        start, end = max(line.start, a - WINDOW), min(line.end, b + WINDOW)
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((start, end))
    return stretches
