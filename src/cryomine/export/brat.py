"""brat standoff: for each document its text and its claims, each claim an event that its cue triggers.

Offsets are code points, as in the table. brat allows no line break inside a span, so such a span becomes fragments.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryomine.atomic import replacing
from cryomine.claims import RELATIONS
from cryomine.errors import CryomineError
from cryomine.rows import digest

if TYPE_CHECKING:
    from cryomine.results import Results

CONDITION, NEGATED, HEDGED, SPACE = "Condition", "Negated", "Hedged", "Cryomine"
_LINE = re.compile(r"[^\r\n]+")
_UNSAFE = re.compile(r'[<>:"|?*\\\x00-\x1f]')


def write(results: Results, folder: Path, _safe: bool | None) -> int:
    """Write ``NAME.txt`` and ``NAME.ann`` for each source with claims, and the configuration; gives their number.

    A source's name is kept, folders and ending included (``a/page.html.ann``), so that ``import brat`` finds it again.
    """
    by_source: dict[str, list[dict[str, Any]]] = {}
    for row in results.rows():
        by_source.setdefault(row["source"], []).append(row)
    folder.mkdir(parents=True, exist_ok=True)
    taken: dict[str, str] = {}
    for source, rows in sorted(by_source.items()):
        text = results.text_of(source, rows[0]["text_sha256"])
        if text is None:
            raise CryomineError(f"{source}: its text is not there; give the output folder of the run, not the table")
        name = safe_name(source)
        if taken.setdefault(name.casefold(), source) != source:
            name = f"{name}-{digest(source)[:8]}"
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with replacing(place.with_name(f"{place.name}.txt")) as file:
            file.write(text)
        with replacing(place.with_name(f"{place.name}.ann")) as file:
            file.write(standoff(rows, text))
    relations = sorted({row["relation"] for rows in by_source.values() for row in rows} | set(RELATIONS))
    with replacing(folder / "annotation.conf") as file:
        file.write(configuration(relations))
    return len(by_source)


def safe_name(source: str) -> str:
    """A source's name as a path below the folder, wherever it may point."""
    parts = (_UNSAFE.sub("_", part) for part in source.split("/"))
    return "/".join(part for part in parts if part not in {"", ".", ".."}) or "_"


def standoff(rows: Sequence[Mapping[str, Any]], text: str) -> str:
    """The annotations of one document, one a line."""
    lines: list[str] = []
    spans: dict[tuple[str, int, int], str] = {}

    def span(kind: str, start: int, end: int) -> str:
        """The id of a text-bound annotation, made when it is first needed."""
        key = (kind, start, end)
        if key not in spans:
            spans[key] = f"T{len(spans) + 1}"
            places, words = fragments(text, start, end)
            lines.append(f"{spans[key]}\t{kind} {places}\t{words}")
        return spans[key]

    attributes = 0
    linked: set[tuple[str, str]] = set()
    for number, row in enumerate(rows, start=1):
        condition = span(CONDITION, row["start"], row["end"])
        cue = (row["cue_start"], row["cue_end"])
        trigger = span(row["relation"], *(cue if text[slice(*cue)].strip() else (row["start"], row["end"])))
        lines.append(f"E{number}\t{row['relation']}:{trigger} {CONDITION}:{condition}")
        for wanted, name in ((row["polarity"] == "negated", NEGATED), (row["certainty"] == "hedged", HEDGED)):
            if wanted:
                attributes += 1
                lines.append(f"A{attributes}\t{name} E{number}")
        if row["concept_id"] and (condition, row["concept_id"]) not in linked:
            linked.add((condition, row["concept_id"]))
            lines.append(f"N{len(linked)}\tReference {condition} {SPACE}:{row['concept_id']}\t{row['concept']}")
        lines.append(f"#{number}\tAnnotatorNotes E{number}\tintervention={row['intervention']}")
    return "".join(f"{line}\n" for line in lines)


def fragments(text: str, start: int, end: int) -> tuple[str, str]:
    """A span's offsets as brat writes them (``3 8;9 12``) and its words, line breaks left out of both."""
    found = [(start + m.start(), start + m.end()) for m in _LINE.finditer(text[start:end])]
    places = ";".join(f"{first} {last}" for first, last in found)
    return places, " ".join(text[first:last] for first, last in found)


def configuration(relations: Sequence[str]) -> str:
    """``annotation.conf``, without which brat shows nothing of a type."""
    events = "\n".join(f"{relation}\tCondition:{CONDITION}" for relation in relations)
    return (
        f"[entities]\n{CONDITION}\n\n[relations]\n\n[events]\n{events}\n\n"
        f"[attributes]\n{NEGATED}\tArg:<EVENT>\n{HEDGED}\tArg:<EVENT>\n"
    )
